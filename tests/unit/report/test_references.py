"""What the texts of a report refer to is in that report, under the number the text gives."""

import pytest

from pipelines.report import chapters
from pipelines.report.blocks import REFERENCE_MARKS, Paragraph
from pipelines.report.render import render
from tests.lib.docx_text import W, part, project, text
from tests.lib.marts_sample import DINKES, KECAMATAN, SILENT

DOCUMENTS = {
    "lkjip": lambda f: chapters.compose_lkjip_skpd(f, DINKES),
    "satu indikator": lambda f: chapters.compose_lkjip_skpd(f, KECAMATAN),
    "kabupaten": chapters.compose_lkjip_kabupaten,
    "semester": lambda f: chapters.compose_semester(f, DINKES, 1),
    "triwulan": lambda f: chapters.compose_quarter(f, DINKES, 2),
}


def words_of(block):
    return block.text if isinstance(block, Paragraph) else ""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_reference_shows_the_number_of_a_caption_that_is_there(facts, name):
    document = DOCUMENTS[name](facts)
    body = part(render(document), "word/document.xml")
    starts = {b.get(f"{W}name"): b.getparent() for b in body.iter(f"{W}bookmarkStart")}
    fields = [f for f in body.iter(f"{W}fldSimple") if " REF " in f" {f.get(f'{W}instr')} "]
    assert len(fields) == sum(words_of(b).count(REFERENCE_MARKS[0]) for b in document.blocks) > 0
    for field in fields:
        caption = starts[field.get(f"{W}instr").split()[1]]
        assert text(caption).startswith(f"{text(field)}. ")


def test_without_a_chart_only_the_table_is_referred_to(facts):
    shown = project(render(chapters.compose_lkjip_skpd(facts, KECAMATAN)))
    assert "Tabel 6 menyajikan target" in shown


def test_without_a_table_nothing_is_referred_to(facts):
    assert not any(REFERENCE_MARKS[0] in words_of(b) for b in chapters.compose_quarter(facts, SILENT, 2).blocks)
