"""SOP Pengukuran Kinerja: check what was read, compute capaian, consolidate."""

from __future__ import annotations

from prefect import flow

from pipelines.flows import tasks
from pipelines.flows.context import asked_quarter, quarter_name, working_folder
from pipelines.flows.summary import RunSummary
from pipelines.steps import journal


@flow(name="Pengukuran kinerja", flow_run_name=quarter_name, persist_result=False)
def measure(ruang: str, tahun: int | None = None, triwulan: int | None = None) -> RunSummary:
    """Findings, verified rows and the marts of the quarter's year."""
    with working_folder(ruang) as settings:
        period = asked_quarter(settings, tahun, triwulan)
        checked = tasks.check_year(settings, period.tahun)
        journal.note_checked(settings, period.tahun, settings.now())
        built = tasks.build_marts(settings, period.tahun)
        return RunSummary(period, (checked, built))
