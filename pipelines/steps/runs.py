"""What a run worked on and what it made, so that the next on the same inputs ends at once, and two never mix."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import BusyError
from pipelines.settings import FILE_NAME, Settings
from pipelines.steps import places
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.references import reference_paths
from pipelines.steps.rulings import list_rulings
from pipelines.stores.submissions import RECEIPT_BOOK, hash_bytes, list_inbox, read_bytes
from pipelines.stores.tables import write_text

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
    """Hold the working folder for one run; raises BusyError where another one does not end in time."""
    settings.processed.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.processed / ".kunci", timeout=wait):
            yield
    except Timeout:
        raise BusyError(
            "Proses lain sedang bekerja di folder ini. Tunggu sampai selesai, lalu jalankan lagi."
        ) from None


def find_unchanged(
    settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None, inputs: str
) -> EarlierRun | None:
    """The earlier run of this period, if its inputs were the very same and all it made is still there.

    `inputs` is the fingerprint of what lies there now.
    """
    earlier = _earlier(settings, tahun, triwulan, skpd)
    if earlier is None or earlier.fingerprint != inputs:
        return None
    return earlier if all((settings.root / made).exists() for made in earlier.made) else None


def list_outdated(settings: Settings, tahun: int, triwulan: int) -> list[int]:
    """The other quarters whose reports were made from inputs that have changed since."""
    others = ((q, _earlier(settings, tahun, q, None)) for q in range(1, 5) if q != triwulan)
    return [q for q, run in others if run and _data(run.fingerprint) != _data(fingerprint(settings, tahun, q))]


def _data(mark: str) -> str:
    """The part of a fingerprint that the data make, without the program."""
    return mark.rpartition("-")[2]


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
    """What a run of this quarter works with: the program, and a sha256 over all it reads."""
    return f"{places.program_id()}-{hash_bytes(chr(10).join(_inputs(settings, tahun, triwulan)).encode())}"


def _inputs(settings: Settings, tahun: int, triwulan: int) -> Iterator[str]:
    yield from (_hash(path) for path in (settings.root / FILE_NAME, settings.template) if path.exists())
    yield places.layouts_id(settings)
    for q in range(1, triwulan + 1):
        inbox = settings.inbox(tahun, q)
        yield from (f"{f.berkas} {f.sha256}" for f in list_inbox(inbox, q))
        if (inbox / RECEIPT_BOOK).exists():
            yield _hash(inbox / RECEIPT_BOOK)
    yield from (_hash(path) for path in reference_paths(settings.references(tahun)))
    yield from (f"{r.peristiwa} {r.content} {sorted(r.tempat)}" for r in list_rulings(settings, tahun))
    yield from (_hash(path) for path in sorted(settings.processed.glob(f"{tahun - 1}/verified/*.parquet")))


def _hash(path: Path) -> str:
    return f"{path.name} {hash_bytes(read_bytes(path))}"


def _path(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> Path:
    name = f"tw{triwulan}" + (f"-{hash_bytes('|'.join(sorted(skpd)).encode())[:8]}" if skpd else "")
    return places.year(settings, tahun) / "proses" / f"{name}.json"
