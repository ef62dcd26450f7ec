"""SOP Perjanjian Kinerja: the PK documents of a year."""

from __future__ import annotations

from prefect import flow
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner

from pipelines.flows import tasks
from pipelines.flows.context import asked_units, scheduled_time, working_folder
from pipelines.flows.ending import ends_in_words
from pipelines.flows.parameters import Pdf, Ruang, Tahun, Unit
from pipelines.flows.pengumpulan import read_all
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import journal
from pipelines.steps.papers import Command
from schemas.period import tahun_period


def _name() -> str:
    return f"Tahun {flow_run.parameters.get('tahun') or scheduled_time().year}"


@flow(
    name="Perjanjian kinerja",
    flow_run_name=_name,
    persist_result=False,
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
)
@ends_in_words
def agree(ruang: Ruang, tahun: Tahun = None, skpd: Unit = None, pdf: Pdf = False) -> RunSummary:
    """The PK of each SKPD and of the kabupaten, for the year itself.

    What was registered is checked by the references as they are now: marts are never made of rows checked by others.
    """
    with working_folder(ruang) as settings:
        year = tahun or _this_year(settings)
        known = tasks.read_references(settings, year, settings.now())
        read, checked = read_all(settings, year), tasks.check_year(settings, year)
        journal.note_checked(settings, year, settings.now())
        built = tasks.build_marts(settings, year)
        written = tasks.write_documents(settings, Command.PK, year, 0, asked_units(settings, year, skpd), pdf=pdf)
        journal.note_documents(settings, year, 0, written.made, settings.now())
        compared = tasks.compare_printed(settings)
        return RunSummary(tahun_period(year), (known, read, checked, built, written, compared))


def _this_year(settings: Settings) -> int:
    return scheduled_time().astimezone(settings.zone).year
