"""The quarterly run: collect, measure, report, for the quarter it was scheduled for."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.states import Completed

from pipelines.flows import tasks
from pipelines.flows.context import asked_quarter, quarter_name, working_folder
from pipelines.flows.pelaporan import report
from pipelines.flows.pengukuran import measure
from pipelines.flows.pengumpulan import collect_data
from pipelines.flows.progress import LOG
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import runs
from pipelines.steps.runs import EarlierRun
from schemas.period import Periode


@flow(name="Kinerja triwulanan", flow_run_name=quarter_name, persist_result=False)
def run_quarter(
    ruang: str, tahun: int | None = None, triwulan: int | None = None, skpd: list[str] | None = None
) -> Any:
    """The whole road of a quarter; ends at once where the same inputs have been worked on before."""
    with working_folder(ruang) as settings:
        period = asked_quarter(settings, tahun, triwulan)
        # taken before the work: what comes in meanwhile is for the next run
        inputs = runs.fingerprint(settings, period.tahun, period.nomor)
        if earlier := tasks.find_unchanged(settings, period.tahun, period.nomor, skpd, inputs):
            return _unchanged(period, earlier)
        summary = _whole_road(settings, period, skpd)
        tasks.record_run(settings, period.tahun, period.nomor, skpd, inputs, summary.outcomes)
        return summary


def _whole_road(settings: Settings, period: Periode, skpd: list[str] | None) -> RunSummary:
    # the period goes on as parameters: a subflow's own scheduled time is the moment it starts
    quarter = (str(settings.root), period.tahun, period.nomor)
    parts = (collect_data(*quarter), measure(*quarter), report(*quarter, skpd))
    return RunSummary(period, tuple(outcome for part in parts for outcome in part.outcomes))


def _unchanged(period: Periode, earlier: EarlierRun) -> Any:
    done = f"{earlier.finished_at:%d-%m-%Y %H:%M}"
    message = f"{period.label}: masukan sama dengan proses {done}; tidak ada yang berubah."
    LOG.info(message)
    summary = RunSummary(period, earlier=earlier)
    return Completed(name="Tidak berubah", message=message, data=summary)
