"""The run: collect, measure, report, for the quarter it was scheduled for, or for a year with its last quarter."""

from __future__ import annotations

from prefect import flow

from pipelines.flows import tasks
from pipelines.flows.context import asked_quarter, asked_units, asked_year, quarter_name, working_folder, year_name
from pipelines.flows.ending import carry_out, ends_in_words
from pipelines.flows.parameters import Ruang, Tahun, Triwulan, Unit
from pipelines.flows.pelaporan import report
from pipelines.flows.pengukuran import measure
from pipelines.flows.pengumpulan import collect_data
from pipelines.flows.progress import LOG
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import runs
from schemas.period import Periode, triwulan_period


@flow(name="Kinerja triwulanan", flow_run_name=quarter_name, persist_result=False)
@ends_in_words
def run_quarter(ruang: Ruang, tahun: Tahun = None, triwulan: Triwulan = None, skpd: Unit = None) -> RunSummary:
    """The whole road of a quarter; ends at once where the same inputs have been worked on before."""
    with working_folder(ruang) as settings:
        return _run(settings, asked_quarter(settings, tahun, triwulan), skpd)


@flow(name="Penyusunan LKjIP", flow_run_name=year_name, persist_result=False)
@ends_in_words
def report_year(ruang: Ruang, tahun: Tahun = None, skpd: Unit = None) -> RunSummary:
    """The LKjIP drafts of a year, on what has come until now: the road of its last quarter, which ends with them."""
    with working_folder(ruang) as settings:
        return _run(settings, triwulan_period(asked_year(settings, tahun).tahun, 4), skpd)


def _run(settings: Settings, period: Periode, skpd: list[str] | None) -> RunSummary:
    # the period goes on as parameters: a subflow's own scheduled time is the moment it starts
    quarter = (str(settings.root), period.tahun, period.nomor)
    runs.check_called(settings, *quarter[1:])
    units = asked_units(settings, period.tahun, skpd)
    collected = carry_out(collect_data, *quarter)
    # taken between registering and measuring: a pure function of what there is, wherever it lies
    inputs = runs.fingerprint(settings, *quarter[1:])
    if earlier := tasks.find_unchanged(settings, *quarter[1:], units, inputs):
        LOG.info("%s: tidak ada yang berubah.", period.label)
        return RunSummary(period, earlier=earlier)
    runs.begin(settings, *quarter[1:], units)
    parts = (collected, carry_out(measure, *quarter), carry_out(report, *quarter, units))
    outcomes = tuple(outcome for part in parts for outcome in part.outcomes)
    tasks.record_run(settings, *quarter[1:], units, inputs, outcomes)
    return RunSummary(period, (*outcomes, tasks.compare_printed(settings)))
