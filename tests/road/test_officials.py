"""Who is named on a document, and who is not."""

from __future__ import annotations

from pipelines.report import chapters
from pipelines.report.render import render
from pipelines.settings import load_settings
from pipelines.steps.report import read_facts
from pipelines.steps.status import list_findings
from tests.lib.docx_text import project
from tests.road.conftest import YEAR


def test_a_job_and_a_row_of_noughts_are_not_printed_as_an_official(few):
    """The forms of the sample name nobody: their heads are job titles, their NIP noughts."""
    settings = load_settings(few)
    facts = read_facts(settings, YEAR)
    inspected = [chapters.compose_statement(facts), *(chapters.compose_lkjip_skpd(facts, kode) for kode in facts.pk)]
    signed = [chapters.compose_pk(facts, kode, "Murni") for kode in facts.pk]
    for document in (*signed, *inspected):
        shown = project(render(document))
        assert "NIP 00000000" not in shown, document.title
    for document in signed:
        shown = project(render(document))
        assert "| Nama | : | [DIISI SKPD: nama pejabat] |" in shown and "[DIISI SKPD: NIP]" in shown
    found = [f for f in list_findings(settings, YEAR) if f.kode == "SAH-005"]
    assert {f.lembar for f in found} == {"Identitas", "Pengesahan"}
    assert all(f.sel and f.nilai and f.tingkat == "note" for f in found)
