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


@step("Baca data acuan")
def read_references(settings: Settings, tahun: int, received_at: datetime) -> StepOutcome:
    """Register SKPD, PK and IKU of the kabupaten, plans, earlier years."""
    return references.read_references(settings, tahun, received_at)


@step("Daftarkan berkas masuk")
def register_inbox(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> StepOutcome:
    """Whose file is it, which period, which version counts."""
    return intake.register_inbox(settings, tahun, triwulan, received_at)


@quiet_task("Baca isi buku kerja")
def read_chunk(settings: Settings, tahun: int, pengajuan_ids: list[str]) -> StepOutcome:
    """Rows, addresses and findings of a handful of submissions."""
    return extract.read_submissions(settings, tahun, pengajuan_ids)


@step("Periksa data setahun")
def check_year(settings: Settings, tahun: int) -> StepOutcome:
    """Every rule on everything read of the year; rows in error are held back."""
    return validate.check_year(settings, tahun)


@step("Hitung capaian dan konsolidasi")
def build_marts(settings: Settings, tahun: int) -> StepOutcome:
    """Quarter, semester, year; sasaran, SKPD, kabupaten; budget. What they were made of is kept for `--per`."""
    built = aggregate.build_marts(settings, tahun)
    editions.record_edition(settings, tahun, settings.now())
    return built


@step("Susun laporan triwulan")
def write_quarter(settings: Settings, tahun: int, triwulan: int, skpd: list[str] | None) -> StepOutcome:
    """Quarterly report of each SKPD and the recap of the kabupaten."""
    return report.write_quarter(settings, tahun, triwulan, skpd)


@step("Kembalikan buku kerja yang salah")
def write_returns(settings: Settings, tahun: int, triwulan: int, skpd: list[str] | None) -> StepOutcome:
    """Annotated workbooks and letters of what must be mended."""
    return returning.write_returns(settings, tahun, triwulan, skpd)


@step("Rekonsiliasi dengan BKD dan Bappeda")
def write_reconciliations(settings: Settings, tahun: int, triwulan: int, skpd: list[str] | None) -> StepOutcome:
    """Sheets and minutes of what was compared with the ledger and the plan."""
    return reconcile.write_reconciliations(settings, tahun, triwulan, skpd)


@step("Susun daftar inventarisasi dan tanda terima")
def write_register(settings: Settings, tahun: int, triwulan: int, skpd: list[str] | None) -> StepOutcome:
    """The register of the quarter to print, a receipt for every workbook received."""
    return register.write_register(settings, tahun, triwulan, skpd)


@step("Susun laporan semester")
def write_semester(settings: Settings, tahun: int, semester: int, skpd: list[str] | None) -> StepOutcome:
    """Semester reports."""
    return report.write_semester(settings, tahun, semester, skpd)


@step("Susun draf LKjIP")
def write_lkjip(settings: Settings, tahun: int, skpd: list[str] | None) -> StepOutcome:
    """LKjIP drafts of each SKPD and of the kabupaten."""
    return report.write_lkjip(settings, tahun, skpd)


@step("Susun perjanjian kinerja")
def write_pk(settings: Settings, tahun: int, skpd: list[str] | None) -> StepOutcome:
    """PK documents."""
    return report.write_pk(settings, tahun, skpd)


@step("Bandingkan laporan yang sudah ada")
def compare_printed(settings: Settings) -> StepOutcome:
    """Which reports written earlier would say something else now."""
    return outdated.compare_printed(settings)


@step("Siapkan format pengisian dan surat permintaan")
def write_forms(settings: Settings, tahun: int, triwulan: int, skpd: list[str] | None) -> StepOutcome:
    """Prefilled workbooks and request letters."""
    return collect.write_forms(settings, tahun, triwulan, skpd)


@quiet_task("Cari hasil dengan masukan yang sama")
def find_unchanged(
    settings: Settings, tahun: int, triwulan: int, skpd: list[str] | None, inputs: str
) -> runs.EarlierRun | None:
    """An earlier run that worked on the very same inputs, or None."""
    return runs.find_unchanged(settings, tahun, triwulan, skpd, inputs)


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
