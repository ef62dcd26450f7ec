"""SOP Pelaporan Kinerja: quarterly, semester and yearly drafts from the marts."""

from __future__ import annotations

from collections.abc import Iterator

from prefect import flow

from pipelines.flows import tasks
from pipelines.flows.context import asked_quarter, asked_units, quarter_name, working_folder
from pipelines.flows.ending import ends_in_words
from pipelines.flows.parameters import Ruang, Tahun, Triwulan, Unit
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import runs
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Command
from schemas.period import Periode


@flow(name="Pelaporan kinerja", flow_run_name=quarter_name, persist_result=False)
@ends_in_words
def report(ruang: Ruang, tahun: Tahun = None, triwulan: Triwulan = None, skpd: Unit = None) -> RunSummary:
    """Every report that is due when the quarter is done."""
    with working_folder(ruang) as settings:
        period = asked_quarter(settings, tahun, triwulan)
        units = asked_units(settings, period.tahun, skpd)
        if told := runs.tell_unanswered(settings, period.tahun, period.nomor):
            return RunSummary(period, (StepOutcome("Menyusun laporan", {}, told=(told,)),))
        return RunSummary(period, tuple(_due(settings, period, units)))


def _due(settings: Settings, period: Periode, skpd: list[str] | None) -> Iterator[StepOutcome]:
    """TW II and IV close a semester, TW IV the year."""
    yield tasks.write_documents(settings, Command.TRIWULAN, period.tahun, period.nomor, skpd)
    yield tasks.write_returns(settings, period.tahun, period.nomor, skpd)
    yield tasks.write_reconciliations(settings, period.tahun, period.nomor, skpd)
    yield tasks.write_register(settings, period.tahun, period.nomor, skpd)
    if period.nomor in (2, 4):
        yield tasks.write_documents(settings, Command.SEMESTER, period.tahun, period.nomor // 2, skpd)
    if period.nomor == 4:
        yield tasks.write_documents(settings, Command.LKJIP, period.tahun, 0, skpd)
