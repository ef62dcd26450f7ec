"""What a run worked on and what it made, so that the next on the same inputs ends at once, and two never mix."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import BusyError, UsageError
from pipelines.names import KABUPATEN_NAME
from pipelines.settings import FILE_NAME, LOCK, Settings
from pipelines.steps import places
from pipelines.steps.editions import differing_marts
from pipelines.steps.inputs import list_years
from pipelines.steps.intake import NOTED, deadline_of, last_called, load_submissions
from pipelines.steps.outcome import StepOutcome, list_findings
from pipelines.steps.printed import load_printed, quarter_of
from pipelines.steps.rulings import list_rulings
from pipelines.stores.submissions import hash_bytes, list_inbox, read_bytes
from pipelines.stores.writing import sweep, write_text
from schemas.finding import TEMUAN
from schemas.period import triwulan_period
from schemas.reference import ACUAN
from schemas.vocabulary import StatusPengajuan

WAIT_SECONDS = 600
"""How long a run waits for another in the same folder: a whole year's run takes a fraction of it."""


@dataclass(frozen=True)
class EarlierRun:
    """A run that is done: when, on what, and the files it left."""

    finished_at: datetime
    fingerprint: str
    made: tuple[str, ...]
    errors: int


@contextmanager
def alone(settings: Settings, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the working folder for one run; raises BusyError where another one does not end in time.

    What one that was killed left half written is swept away.
    """
    settings.processed.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.processed / LOCK, timeout=wait):
            for folder in (settings.processed, settings.root / "reports"):
                sweep(folder)
            yield
    except Timeout:
        raise BusyError(
            "Proses lain sedang bekerja di folder ini. Tunggu sampai selesai, lalu jalankan lagi."
        ) from None


def check_called(settings: Settings, tahun: int, triwulan: int) -> None:
    """Raise UsageError on a quarter that has neither been asked for nor answered: there is nothing to work on."""
    if (early := _tell_early(settings, tahun, triwulan)) and not any(
        list_inbox(settings.inbox(tahun, triwulan), triwulan)
    ):
        inbox = settings.inbox(tahun, triwulan).relative_to(settings.root).as_posix()
        raise UsageError(f"{early} dan kotak masuknya, {inbox}, masih kosong: belum ada yang dapat diproses.")


def tell_unanswered(settings: Settings, tahun: int, triwulan: int) -> str | None:
    """Why there is nothing to report on a quarter: it has not been asked for, and nothing that came can be used."""
    early = _tell_early(settings, tahun, triwulan)
    return early and f"{early} dan belum ada kiriman yang dapat dipakai: belum ada laporan yang disusun."


def _tell_early(settings: Settings, tahun: int, triwulan: int) -> str | None:
    asked_on = deadline_of(settings).asked_on(tahun, triwulan)
    if settings.now().date() >= asked_on or last_called(settings, tahun) >= triwulan:
        return None
    return f"{triwulan_period(tahun, triwulan).label} baru diminta pada {asked_on:%d-%m-%Y}"


def find_unchanged(
    settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None, inputs: str
) -> EarlierRun | None:
    """The earlier run of this period, if its inputs were the very same and all it made is still there, whole and true.

    `inputs` is the fingerprint of what is registered now.
    """
    earlier = _earlier(settings, tahun, triwulan, skpd)
    if earlier is None or earlier.fingerprint != inputs or _told_otherwise(settings, tahun, triwulan, skpd):
        return None
    there = all((settings.root / made).exists() for made in earlier.made)
    return earlier if there and not differing_marts(settings) else None


def _told_otherwise(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> bool:
    """Whether the run of another period has changed what documents of this one would say."""
    printed = load_printed(settings, tahun).items()
    mine = (
        entry
        for name, entry in printed
        if quarter_of(name) == triwulan and (not skpd or (entry.kode_skpd or KABUPATEN_NAME) in skpd)
    )
    return any(entry.outdated for entry in mine)


def begin(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> None:
    """Forget the earlier run of this period: one that is cut short leaves nothing that could be taken for its end."""
    _path(settings, tahun, triwulan, skpd).unlink(missing_ok=True)


def _earlier(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> EarlierRun | None:
    path = _path(settings, tahun, triwulan, skpd)
    if not path.exists():
        return None
    raw = json.loads(path.read_text("utf-8"))
    return EarlierRun(datetime.fromisoformat(raw["selesai"]), raw["sidik"], tuple(raw["hasil"]), raw["kesalahan"])


def record(
    settings: Settings,
    tahun: int,
    triwulan: int,
    skpd: Sequence[str] | None,
    inputs: str,
    outcomes: Sequence[StepOutcome],
    finished_at: datetime,
) -> None:
    """Remember a finished run by the inputs it began with. Written last: one cut short is never taken for done."""
    made = [path.relative_to(settings.root).as_posix() for outcome in outcomes for path in outcome.made]
    errors = max((outcome.findings.get("error", 0) for outcome in outcomes), default=0)
    page = {
        "tahun": tahun,
        "triwulan": triwulan,
        "skpd": sorted(skpd or []),
        "selesai": finished_at.replace(microsecond=0).isoformat(),
        "sidik": inputs,
        "kesalahan": errors,
        "hasil": [*made, places.warehouse(settings).relative_to(settings.root).as_posix()],
    }
    write_text(_path(settings, tahun, triwulan, skpd), json.dumps(page, indent=1, ensure_ascii=False))


def fingerprint(settings: Settings, tahun: int, triwulan: int) -> str:
    """What a run of this quarter computes from: the program, and a sha256 over all that was registered for it.

    To be taken when references are read and the inbox is registered. What a check made of a submission is no part of
    it: that follows from the rest.
    """
    return f"{places.program_id()}-{hash_bytes(chr(10).join(_inputs(settings, tahun, triwulan)).encode())}"


def _inputs(settings: Settings, tahun: int, triwulan: int) -> Iterator[str]:
    yield from (_hash(path) for path in (settings.root / FILE_NAME, settings.template) if path.exists())
    yield places.layouts_id(settings)
    yield from _references(settings, tahun)
    submissions = (s for s in load_submissions(settings, tahun) if s.triwulan <= triwulan)
    yield from (repr(replace(s, status=StatusPengajuan.DITERIMA) if s.counts else s) for s in submissions)
    noted = settings.year(tahun).read(TEMUAN, NOTED)
    yield from (repr(f) for f in list_findings(noted) if f.triwulan <= triwulan)
    rulings = (r for r in list_rulings(settings, tahun) if r.content[2] <= triwulan)
    yield from (f"{r.peristiwa} {r.content} {sorted(r.tempat)}" for r in rulings)
    for earlier in (y for y in list_years(settings) if y < tahun):
        yield from _references(settings, earlier)
        yield from (_hash(path) for path in sorted(settings.year(earlier).folder.glob("verified/*.parquet")))


def _references(settings: Settings, tahun: int) -> Iterator[str]:
    """The workbooks of the acuan as they were read."""
    for row in settings.year(tahun).rows(ACUAN):
        yield f"{row['berkas']} {row['sha256']} {row['diterima_pada']}"


def _hash(path: Path) -> str:
    return f"{path.name} {hash_bytes(read_bytes(path))}"


def _path(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> Path:
    name = f"tw{triwulan}" + (f"-{hash_bytes('|'.join(sorted(skpd)).encode())[:8]}" if skpd else "")
    return settings.year(tahun).folder / "proses" / f"{name}.json"
