"""SOP Pengukuran Kinerja: check what was read, compute capaian, consolidate."""

from __future__ import annotations

from prefect import flow

from pipelines.flows import tasks
from pipelines.flows.artifacts import show_findings
from pipelines.flows.context import asked_quarter, quarter_name, working_folder
from pipelines.flows.ending import ends_in_words
from pipelines.flows.parameters import Ruang, Tahun, Triwulan
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import journal
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.references import load_register
from pipelines.steps.status import list_findings
from schemas.period import Periode


@flow(name="Pengukuran kinerja", flow_run_name=quarter_name, persist_result=False)
@ends_in_words
def measure(ruang: Ruang, tahun: Tahun = None, triwulan: Triwulan = None) -> RunSummary:
    """Findings, verified rows and the marts of the quarter's year."""
    with working_folder(ruang) as settings:
        period = asked_quarter(settings, tahun, triwulan)
        checked = tasks.check_year(settings, period.tahun)
        _show_findings(settings, period)
        journal.note_checked(settings, period.tahun, settings.now())
        built = tasks.build_marts(settings, period.tahun)
        return RunSummary(period, (checked, built, StepOutcome("Memeriksa jurnal", told=journal.tell_faults(settings))))


def _show_findings(settings: Settings, period: Periode) -> None:
    names = {kode: skpd.nama for kode, skpd in load_register(settings, period.tahun).items()}
    show_findings(f"Temuan {period.label}", list_findings(settings, period.tahun, period.nomor), names)
