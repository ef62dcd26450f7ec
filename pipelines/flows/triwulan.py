"""The run: collect, measure, report, for the quarter it was scheduled for, or for a year with its last quarter."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.states import Completed

from pipelines.flows import tasks
from pipelines.flows.context import asked_quarter, asked_year, quarter_name, working_folder, year_name
from pipelines.flows.pelaporan import report
from pipelines.flows.pengukuran import measure
from pipelines.flows.pengumpulan import collect_data
from pipelines.flows.progress import LOG
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import runs
from pipelines.steps.runs import EarlierRun
from schemas.period import Periode, triwulan_period


@flow(name="Kinerja triwulanan", flow_run_name=quarter_name, persist_result=False)
def run_quarter(
    ruang: str, tahun: int | None = None, triwulan: int | None = None, skpd: list[str] | None = None
) -> Any:
    """The whole road of a quarter; ends at once where the same inputs have been worked on before."""
    with working_folder(ruang) as settings:
        return _run(settings, asked_quarter(settings, tahun, triwulan), skpd)


@flow(name="Penyusunan LKjIP", flow_run_name=year_name, persist_result=False)
def report_year(ruang: str, tahun: int | None = None, skpd: list[str] | None = None) -> Any:
    """The LKjIP drafts of a year, on what has come until now: the road of its last quarter, which ends with them."""
    with working_folder(ruang) as settings:
        return _run(settings, triwulan_period(asked_year(settings, tahun).tahun, 4), skpd)


def _run(settings: Settings, period: Periode, skpd: list[str] | None) -> Any:
    # the period goes on as parameters: a subflow's own scheduled time is the moment it starts
    quarter = (str(settings.root), period.tahun, period.nomor)
    runs.check_called(settings, *quarter[1:])
    collected = collect_data(*quarter)
    # taken between registering and measuring: a pure function of what there is, wherever it lies
    inputs = runs.fingerprint(settings, *quarter[1:])
    if earlier := tasks.find_unchanged(settings, *quarter[1:], skpd, inputs):
        return _unchanged(period, earlier)
    runs.begin(settings, *quarter[1:], skpd)
    parts = (collected, measure(*quarter), report(*quarter, skpd))
    outcomes = tuple(outcome for part in parts for outcome in part.outcomes)
    tasks.record_run(settings, *quarter[1:], skpd, inputs, outcomes)
    return RunSummary(period, (*outcomes, tasks.compare_printed(settings)))


def _unchanged(period: Periode, earlier: EarlierRun) -> Any:
    done = f"{earlier.finished_at:%d-%m-%Y %H:%M}"
    message = f"{period.label}: masukan sama dengan proses {done}; tidak ada yang berubah."
    LOG.info(message)
    summary = RunSummary(period, earlier=earlier)
    return Completed(name="Tidak berubah", message=message, data=summary)
