"""Each step as a Prefect task: named for people, tried again where a file is open elsewhere, shown as artifacts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from pipelines.errors import FileLockedError
from pipelines.flows.artifacts import show_outcome
from pipelines.flows.progress import LOG
from pipelines.flows.release import release
from pipelines.settings import Settings
from pipelines.steps import (
    aggregate,
    collect,
    editions,
    extract,
    intake,
    journal,
    outdated,
    reconcile,
    references,
    register,
    report,
    returning,
    runs,
    validate,
)
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Command

P = ParamSpec("P")
R = TypeVar("R")
WAIT_SECONDS = [2.0, 5.0, 10.0]
"""Long enough for someone to close a workbook, or for Excel to finish saving it."""


def file_is_locked(_task: object, _run: object, state: Any) -> bool:
    """Only a file that another program holds is worth a second try."""
    error = state.result(raise_on_failure=False)
    if locked := isinstance(error, FileLockedError):
        LOG.warning("%s Dicoba lagi sebentar lagi.", error)
        release(error)
    return locked


Step = Callable[Concatenate[Settings, P], StepOutcome]


def step(title: str) -> Callable[[Step[P]], Task[Concatenate[Settings, P], StepOutcome]]:
    """Make a task of a function that does one step in a working folder and says what it did."""

    def decorate(function: Step[P]) -> Task[Concatenate[Settings, P], StepOutcome]:
        @wraps(function)
        def shown(settings: Settings, *args: P.args, **kwargs: P.kwargs) -> StepOutcome:
            LOG.info("%s …", title)
            return show_outcome(title, function(settings, *args, **kwargs), settings)

        return quiet_task(title)(shown)

    return decorate


def quiet_task(title: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task that keeps no result outside the working folder and waits for locked files only."""
    return task(
        name=title,
        task_run_name=title,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(WAIT_SECONDS),
        retry_delay_seconds=WAIT_SECONDS,
        retry_condition_fn=file_is_locked,
    )


read_references = step("Baca data acuan")(references.read_references)
register_inbox = step("Daftarkan berkas masuk")(intake.register_inbox)
read_chunk = quiet_task("Baca isi buku kerja")(extract.read_submissions)
check_year = step("Periksa data setahun")(validate.check_year)
write_returns = step("Kembalikan buku kerja yang salah")(returning.write_returns)
write_reconciliations = step("Rekonsiliasi dengan BKD dan Bappeda")(reconcile.write_reconciliations)
write_register = step("Susun daftar inventarisasi dan tanda terima")(register.write_register)
write_forms = step("Siapkan format pengisian dan surat permintaan")(collect.write_forms)
compare_printed = step("Bandingkan laporan yang sudah ada")(outdated.compare_printed)
find_unchanged = quiet_task("Cari hasil dengan masukan yang sama")(runs.find_unchanged)


@step("Hitung capaian dan konsolidasi")
def build_marts(settings: Settings, tahun: int) -> StepOutcome:
    """Quarter, semester, year; sasaran, SKPD, kabupaten; budget. What they were made of is kept for `--per`."""
    built = aggregate.build_marts(settings, tahun)
    editions.record_edition(settings, tahun, settings.now())
    return built


def write_documents(
    settings: Settings, command: Command, tahun: int, nomor: int, skpd: list[str] | None, *, pdf: bool = False
) -> StepOutcome:
    """The documents of one command, as a task of its name."""
    return step(command.title)(report.write_documents)(settings, command, tahun, nomor, skpd, pdf=pdf)


@quiet_task("Catat hasil")
def record_run(
    settings: Settings,
    tahun: int,
    triwulan: int,
    skpd: list[str] | None,
    inputs: str,
    outcomes: tuple[StepOutcome, ...],
) -> None:
    """Remember the inputs of this run, so that the next on the same ends at once."""
    journal.note_run(settings, tahun, triwulan, inputs, outcomes, settings.now())
    runs.record(settings, tahun, triwulan, skpd, inputs, outcomes, datetime.now(settings.zone))
