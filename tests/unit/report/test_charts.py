import io
import zipfile
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest
from lxml import etree

from pipelines.report.blocks import (
    Column,
    Document,
    ListOfFigures,
    Paragraph,
    Properties,
    Row,
    Table,
    placeholder,
    refer,
)
from pipelines.report.figures import Chart, Series
from pipelines.report.render import render
from tests.lib.docx_text import W, part, project, text
from tests.lib.package import WP, package_faults

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PROPERTIES = Properties("Judul", "Perihal", "Bagian Organisasi", date(2026, 1, 14))
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
TARGET = Series("Target", (D(20), D("45.50"), D(70), D(12_500_000_000)))
RESULT = Series("=Realisasi <s.d. TW>", (D("18.2500000000"), D(0), None, D("-98.495")))
CHART = Chart("columns", QUARTERS, (TARGET, RESULT), "Target & realisasi", 'Realisasi "TW III" belum ada.', key="uji")


def make(*blocks, owners=()):
    return Document("Judul", PROPERTIES, tuple(blocks), owners=owners)


def drawn(chart):
    content = render(make(chart))
    assert package_faults(content) == []
    return part(content, "word/charts/chart1.xml")


def book_of(content, number=1):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return openpyxl.load_workbook(io.BytesIO(archive.read(f"word/embeddings/diagram{number}.xlsx")))["Data"]


@pytest.mark.parametrize("kind", ["columns", "bars", "lines"])
def test_the_workbook_inside_holds_the_very_figures_that_are_drawn(kind):
    content = render(make(Chart(kind, QUARTERS, (TARGET, RESULT), "Judul", "Ringkas")))
    chart, sheet = part(content, "word/charts/chart1.xml"), book_of(content)
    for series in chart.iter(f"{C}ser"):
        for reference in series.iter(f"{C}strRef", f"{C}numRef"):
            cells = [c for row in cells_of(sheet, reference.find(f"{C}f").text) for c in row]
            held = {n: c.value for n, c in enumerate(cells) if c.value is not None}
            cache = {int(p.get("idx")): p.find(f"{C}v").text for p in reference.iter(f"{C}pt")}
            if reference.tag == f"{C}numRef":
                assert {n: D(str(v)) for n, v in held.items()} == {n: D(v) for n, v in cache.items()}
                assert {c.number_format for c in cells if c.value is not None} == {
                    reference.find(f".//{C}formatCode").text
                }
            else:
                assert held == cache


def cells_of(sheet, reference):
    name, _, area = reference.partition("!")
    assert name == "Data"
    found = sheet[area]
    return found if isinstance(found, tuple) else ((found,),)


def test_a_missing_figure_is_a_gap_and_zero_is_zero():
    chart = drawn(CHART)
    values = list(chart.iter(f"{C}ser"))[1].find(f"{C}val")
    assert [(p.get("idx"), p.find(f"{C}v").text) for p in values.iter(f"{C}pt")] == [
        ("0", "18.25"),
        ("1", "0"),
        ("3", "-98.495"),
    ]
    assert values.find(f".//{C}ptCount").get("val") == "4"
    assert chart.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert book_of(render(make(CHART)))["C4"].value is None


def test_no_text_starts_a_formula():
    cell = book_of(render(make(CHART)))["C1"]
    assert (cell.value, cell.data_type) == ("=Realisasi <s.d. TW>", "s")


def test_bars_begin_at_zero_and_below_it_only_for_a_figure_below_zero():
    def bottom(chart):
        found = drawn(chart).find(f".//{C}valAx/{C}scaling/{C}min")
        return None if found is None else found.get("val")

    rising = Chart("columns", QUARTERS, (TARGET,), "Judul", "Ringkas")
    assert [bottom(CHART), bottom(rising)] == [None, "0"]


def test_series_differ_in_more_than_colour():
    fills = [etree.tostring(s.find(f"{C}spPr")[0]) for s in drawn(CHART).iter(f"{C}ser")]
    assert [b"pattFill" in f for f in fills] == [True, False]
    dashes = [
        d.get("val")
        for d in drawn(Chart("lines", QUARTERS, (TARGET, RESULT), "J", "R")).iter()
        if d.tag.endswith("prstDash")
    ]
    markers = [m.get("val") for m in drawn(Chart("lines", QUARTERS, (TARGET, RESULT), "J", "R")).iter(f"{C}symbol")]
    assert {"solid", "dash"} < {*dashes, "x"}
    assert markers == ["circle", "square"]


def test_of_two_lines_the_lower_label_stands_below():
    chart = drawn(Chart("lines", QUARTERS[:2], (Series("a", (D(1), D(9))), Series("b", (D(2), D(8)))), "J", "R"))
    below = [[p.find(f"{C}idx").get("val") for p in s.iter(f"{C}dLbl")] for s in chart.iter(f"{C}ser")]
    assert below == [["0"], ["1"]]


def test_a_series_must_fit_its_categories():
    with pytest.raises(ValueError, match="Judul"):
        Chart("lines", QUARTERS, (Series("a", (D(1),)),), "Judul", "Ringkas")


def test_a_chart_has_caption_alternative_text_and_its_line_in_the_list():
    content = render(make(ListOfFigures(), CHART))
    shown = next(part(content, "word/document.xml").iter(f"{WP}docPr"))
    assert (shown.get("title"), shown.get("descr")) == ("Target & realisasi", 'Realisasi "TW III" belum ada.')
    assert "[TableofFigures] Gambar 1.  Target & realisasi 1" in project(content)
    assert "[Caption] Gambar 1.  Target & realisasi" in project(content)


def test_the_same_chart_is_the_same_bytes():
    assert render(make(CHART)) == render(make(CHART))


def test_a_reference_is_a_field_that_names_its_target():
    table = Table((Column("No", 1),), (Row(("1",)),), "Judul", key="tabel")
    content = render(make(Paragraph(f"Lihat {refer('tabel')} dan {refer('uji')}."), CHART, table))
    body = part(content, "word/document.xml")
    assert "Lihat Tabel 1 dan Gambar 1." in project(content)
    fields = [f.get(f"{W}instr").split() for f in body.iter(f"{W}fldSimple") if " REF " in f.get(f"{W}instr")]
    starts = {b.get(f"{W}name"): b for b in body.iter(f"{W}bookmarkStart")}
    assert [text(starts[f[1]].getparent())[:8] for f in fields] == ["Tabel 1.", "Gambar 1"]
    assert package_faults(content) == []


def test_an_open_place_has_a_comment_that_names_who_owes_it():
    asked = placeholder("SKPD", "isu strategis")
    table = Table((Column("No", 1),), (Row((placeholder("Bappeda", "target akhir"),)),))
    content = render(make(Paragraph(f"Isu: {asked}."), table, owners=(("SKPD", "Dinas Kesehatan"),)))
    comments = part(content, "word/comments.xml")
    assert [text(c) for c in comments] == [
        "Mohon diisi oleh Dinas Kesehatan: isu strategis.",
        "Mohon diisi oleh Bappeda: target akhir.",
    ]
    assert {c.get(f"{W}date") for c in comments} == {"2026-01-14T00:00:00Z"}
    assert package_faults(content) == []


def test_a_box_can_be_ticked_in_word():
    content = render(make(Paragraph("☐ Ya ☒ Tidak")))
    controls = list(part(content, "word/document.xml").iter(f"{W}sdt"))
    assert [text(c) for c in controls] == ["☐", "☒"]
    assert "☐ Ya ☒ Tidak" in project(content)


def test_what_is_wrong_with_a_package_is_seen():
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(render(make(CHART)))) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            if "embeddings" not in name:
                new.writestr(name, old.read(name).replace(b"bookmarkEnd", b"bookmarkGone"))
    assert package_faults(broken.getvalue()) == [
        "/word/embeddings/diagram1.xlsx is declared and missing",
        "word/charts/_rels/chart1.xml.rels: ../embeddings/diagram1.xlsx is missing", "bookmarks are not paired"
    ]  # fmt: skip
