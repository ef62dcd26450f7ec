from datetime import date
from decimal import Decimal as D

import pytest

from pipelines.report.blocks import (
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Properties,
    Row,
    Section,
    Table,
    TableOfContents,
    refer,
)  # fmt: skip
from pipelines.report.excerpt import list_chapters, take_chapters
from pipelines.report.figures import Chart, Series
from pipelines.report.render import render
from tests.lib.docx_text import W, part, project
from tests.lib.package import package_faults


def table(key):
    return Table((Column("No", 1),), (Row(("1",)),), f"Judul {key}", key=key)


def chart(key):
    return Chart("lines", ("2024", "2025"), (Series("a", (D(1), D(2))),), f"Gambar {key}", "Ringkas", key=key)


BLOCKS = (
    Section(numbering="none"), Heading(1, "DAFTAR ISI"), TableOfContents(), table("depan"),
    Section(restart=True), Heading(1, "BAB I  PENDAHULUAN"), Paragraph("satu"), table("a"), chart("x"), PageBreak(),
    Heading(1, "BAB II  PERENCANAAN"), Paragraph(f"Lihat {refer('a')} dan {refer('b')}."), table("b"), table("c"), PageBreak(),
    Heading(1, "BAB III  AKUNTABILITAS"), Paragraph("tiga"), Section(landscape=True), chart("y"), Section(),
    Heading(1, "BAB IV  PENUTUP"), Paragraph("empat"), Section(landscape=True), Heading(1, "LAMPIRAN 1"), Paragraph("l"),
)  # fmt: skip
WHOLE = Document("LKjIP", Properties("LKjIP", "", "", date(2026, 1, 14)), BLOCKS, "LKjIP 2025")


def test_a_document_knows_its_chapters():
    assert list_chapters(WHOLE) == ("I", "II", "III", "IV")


def test_a_chapter_alone_keeps_the_numbers_of_the_whole_and_begins_its_own_pages():
    content = render(take_chapters(WHOLE, ["II"]))
    assert package_faults(content) == []
    assert project(content).splitlines() == [
        "[Heading1] BAB II  PERENCANAAN",
        "[BodyText] Lihat Tabel 2 dan Tabel 3.",
        "[Caption] Tabel 3.  Judul b",
        "#| No |",
        "| 1 |",
        "[Caption] Tabel 4.  Judul c",
        "#| No |",
        "| 1 |",
        "==== portrait start=1",
    ]
    fields = [f.get(f"{W}instr").split() for f in part(content, "word/document.xml").iter(f"{W}fldSimple")]
    assert [f[1:] for f in fields if f[0] == "SEQ"] == [
        ["Tabel", r"\*", "ARABIC", r"\r", "3"],
        ["Tabel", r"\*", "ARABIC"],
    ]
    assert [f[0] for f in fields] == ["REF", "SEQ", "SEQ"]  # Tabel 2 is not here: its name is plain text


def test_chapters_are_joined_in_their_order_each_on_a_new_page():
    lines = project(render(take_chapters(WHOLE, ["III", "I"]))).splitlines()
    assert [line for line in lines if line.startswith(("[Heading1]", "----", "===="))] == [
        "[Heading1] BAB I  PENDAHULUAN", "---- halaman baru", "[Heading1] BAB III  AKUNTABILITAS",
        "==== portrait start=1", "==== landscape",
    ]  # fmt: skip


def test_all_chapters_hold_every_block_of_theirs_once():
    whole = take_chapters(WHOLE, list_chapters(WHOLE))
    said = [b.text for b in whole.blocks if isinstance(b, Paragraph)]
    assert said == [b.text for b in BLOCKS if isinstance(b, Paragraph)][:-1]
    assert whole.running == "LKjIP 2025 – Bab I, II, III, IV"


def test_a_chapter_the_document_lacks_is_told():
    with pytest.raises(ValueError, match="IX"):
        take_chapters(WHOLE, ["II", "IX"])
