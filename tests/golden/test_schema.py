"""Every document against the schema of Open XML, by a validator that others keep, and as a package."""

from decimal import Decimal as D

import pytest

from pipelines.report import chapters
from pipelines.report.blocks import BulletList, Document, Heading, Paragraph, Properties, Section, placeholder
from pipelines.report.excerpt import take_chapters
from pipelines.report.figures import Chart, Series
from pipelines.report.model import load_facts
from pipelines.report.render import render
from schemas.period import tahun_period
from tests.golden.test_documents import DOCUMENTS
from tests.lib.marts_sample import DINKES, LARGE, PEMDA, SILENT, TAHUN, make_query, sample_tables
from tests.lib.ooxml import schema_faults
from tests.lib.package import package_faults
from tests.unit.report.test_render import edited

QUARTERS = ("TW I", "TW II", "TW III")


@pytest.fixture(scope="module")
def facts():
    return load_facts(make_query(sample_tables()), TAHUN, PEMDA)


def every_chart(_facts):
    """Each kind of chart with one, two and three series, with gaps, with a line over columns."""
    series = [Series(f"Seri {n}", (D(n), None, D("-1.5"))) for n in range(3)]
    shown = [
        Chart(kind, QUARTERS, (*series[:count], *lines), "Judul", "Ringkas", note="Catatan")
        for kind in ("columns", "bars", "lines")
        for count in (1, 2, 3)
        for lines in ((), (Series("Target", (D(1),) * 3, line=True),))
    ]
    texts = (Heading(1, "BAB I  JUDUL"), Paragraph(placeholder("SKPD", "isu")), BulletList(("☐ Ya", "☒ Tidak")))
    properties = Properties("Judul", "Perihal", "Bagian Organisasi", tahun_period(TAHUN).last_date)
    return Document("Judul", properties, (Section(), *texts, Section(landscape=True), *shown))


CHECKED = {
    **DOCUMENTS,
    "gambar": every_chart,
    "bab-iii": lambda f: take_chapters(chapters.compose_lkjip_skpd(f, DINKES), ["II", "III"]),
    "lkjip-besar": lambda f: chapters.compose_lkjip_skpd(f, LARGE),
    "lkjip-tanpa-data": lambda f: chapters.compose_lkjip_skpd(f, SILENT),
}


@pytest.mark.parametrize("name", CHECKED)
def test_the_document_is_valid(facts, name, tmp_path):
    content = render(CHECKED[name](facts))
    assert package_faults(content) == []
    (tmp_path / "dokumen.docx").write_bytes(content)
    assert schema_faults(tmp_path / "dokumen.docx") == []


def test_the_validator_sees_what_word_would_repair(facts, tmp_path):
    """It is only worth asking if it can say no."""
    whole = render(every_chart(facts))
    wrong = edited(whole, "word/document.xml", "<w:keepNext/><w:spacing", '<w:jc w:val="left"/><w:keepNext/><w:spacing')
    (tmp_path / "salah.docx").write_bytes(wrong)
    assert schema_faults(tmp_path / "salah.docx") != []
