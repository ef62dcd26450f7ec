"""Per tanggal: the state of an earlier day laid out from the archive, and the same road gone through it again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from pipelines.errors import UsageError, WorkspaceError, explain_denied
from pipelines.numerals import roman
from pipelines.settings import PastSettings, Settings
from pipelines.steps import aggregate, places, road, runs
from pipelines.steps.editions import Edition, editions_until, first_edition, marts_of
from pipelines.steps.intake import last_run
from pipelines.stores.journal import cut_journal
from pipelines.stores.submissions import restore_bytes
from pipelines.stores.writing import write_text
from schemas.reference import ACUAN
from schemas.submission import BERKAS, HILANG, TERHALANG

_WRITTEN = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<H>\d\d)[:.](?P<M>\d\d))?"),
    re.compile(r"(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>\d{4})(?: (?P<H>\d\d)[:.](?P<M>\d\d))?"),
)
_READY = "keadaan.sidik"
"""Written last: a state laid out half is begun anew."""


@dataclass(frozen=True)
class Past:
    """The working folder as it was, and what a reader of its figures must know."""

    settings: PastSettings
    notices: tuple[str, ...]


def open_past(settings: Settings, asked: str) -> Past:
    """The state at the end of a day (`2025-07-10`) or at a minute of it (`2025-07-10 14:30`), made again if need be.

    Raises UsageError on another spelling or a day before the first run where the archive lacks
    something, BusyError while another run works in the folder.
    """
    moment, label = _parse(asked)
    editions = editions_until(settings, moment)
    if not editions:
        raise UsageError(f"Belum ada hasil per {asked}. {_told_first(settings)}")
    past = _settings_of(settings, editions[-1], label)
    with runs.alone(settings):
        if _mark_of(past) != (mark := _mark(editions)):
            _rebuild(settings, past, editions)
            write_text(past.root / _READY, mark)
    return Past(past, tuple(_notices(settings, past, editions)))


def _parse(asked: str) -> tuple[datetime, str]:
    """The moment, and the name of its folder."""
    match = next((m for pattern in _WRITTEN if (m := pattern.fullmatch(asked.strip()))), None)
    try:
        return _moment(match.groupdict() if match else {})
    except (KeyError, ValueError):
        raise UsageError(
            f"Tanggal {asked!r} tidak dikenal. Tulis misalnya 2025-07-10 atau '2025-07-10 14:30'."
        ) from None


def _moment(parts: Mapping[str, str | None]) -> tuple[datetime, str]:
    day = datetime.fromisoformat(f"{parts['y']}-{parts['m']}-{parts['d']}")
    if parts["H"] is None:
        return datetime.combine(day, time.max), f"{day:%Y-%m-%d}"
    minute = datetime.fromisoformat(f"{day:%Y-%m-%d}T{parts['H']}:{parts['M']}")
    return minute + timedelta(seconds=59), f"{minute:%Y-%m-%d-%H%M}"


def _told_first(settings: Settings) -> str:
    first = first_edition(settings)
    if first is None:
        return f"Jalankan dulu: {last_run(settings)}"
    return f"Terbitan pertama: {first.terbit:%d-%m-%Y %H:%M}."


def _settings_of(settings: Settings, edition: Edition, label: str) -> PastSettings:
    """The choices in force then."""
    root = places.past(settings, label)
    try:
        return PastSettings(**edition.pengaturan, root=root, current=settings.root, label=label)
    except ValidationError:
        raise WorkspaceError(
            f"Pengaturan terbitan {edition.terbit:%d-%m-%Y %H:%M} tidak dikenal oleh versi program ini. "
            "Pakai versi program yang dipakai saat itu."
        ) from None


def _mark(editions: Iterable[Edition]) -> str:
    """What a state made of these pages by this program is marked with."""
    return "\n".join((places.program_id(), *(f"{e.tahun} {e.nomor}" for e in editions)))


def _mark_of(past: PastSettings) -> str | None:
    path = past.root / _READY
    return path.read_text("utf-8") if path.exists() else None


def _rebuild(settings: Settings, past: PastSettings, editions: Sequence[Edition]) -> None:
    """Go the road of the last run of each year, in the order in which they ran, and publish as the last one did."""
    _clear(past)
    for edition in editions:
        _walk(settings, _settings_of(settings, edition, past.label), edition)
    aggregate.build_marts(past, editions[-1].tahun)


def _clear(past: PastSettings) -> None:
    try:
        if past.root.exists():
            shutil.rmtree(past.root)
    except PermissionError as error:
        raise explain_denied(error, Path(error.filename or past.root)) from None


def _walk(settings: Settings, past: PastSettings, edition: Edition) -> None:
    """From the archive to the verified rows of one year; nothing is received on the way."""
    _lay_out(settings, past, edition)
    road.walk(past, edition.tahun, edition.triwulan, edition.terbit)


def _lay_out(settings: Settings, past: PastSettings, edition: Edition) -> None:
    for name, sha256 in edition.kelengkapan.items():
        restore_bytes(past.archive, sha256, past.root / name)
    for row in edition.acuan:
        restore_bytes(past.archive, row["sha256"], past.references(edition.tahun) / PurePosixPath(row["berkas"]).name)
    cut_journal(settings.journal, past.journal, edition.terbit)
    past.year(edition.tahun).write(ACUAN, edition.acuan_table)
    received = settings.year(edition.tahun).read(BERKAS).slice(0, edition.berkas)
    past.year(edition.tahun).write(BERKAS, received)
    gone = received.filter(pc.is_in(received["urutan"], pa.array(edition.hilang, pa.int32())))
    past.year(edition.tahun).write(HILANG, gone)
    unopened = pa.Table.from_pylist([*edition.terhalang], schema=TERHALANG.arrow)
    past.year(edition.tahun).write(TERHALANG, unopened)


def _notices(settings: Settings, past: PastSettings, editions: Sequence[Edition]) -> Iterator[str]:
    last = editions[-1]
    parts = "; ".join(f"Tahun {e.tahun} sampai TW {roman(e.triwulan)}, {e.berkas} berkas" for e in editions)
    yield f"Keadaan terbitan {last.terbit:%d-%m-%Y %H:%M} ({parts})."
    then = past.model_dump(mode="json", include=set(last.pengaturan))
    yield from _changed_settings(then, settings.model_dump(mode="json", exclude={"root"}))
    if last.aturan != places.rules_id():
        yield "Rumus atau aturan program telah berubah sejak saat itu; angka di sini dihitung dengan yang berlaku kini."
    made = marts_of(past)
    differing = sorted(name for name, content in last.mart.items() if made.get(name) != content)
    if differing:
        cause = "Program" if last.program != places.program_id() else "Isi arsip"
        yield f"Tidak sama dengan yang terbit saat itu: {', '.join(differing)}. {cause} telah berubah sejak saat itu."
    else:
        yield "Semua angka sama dengan yang terbit saat itu."


def _changed_settings(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """The choices that were others then; those of then are in force here."""
    for section in sorted(then.keys() | now.keys()):
        old, new = then.get(section) or {}, now.get(section) or {}
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                yield f"Pengaturan saat itu: {section}.{name} = {_shown(old, name)} (kini {_shown(new, name)})."


def _shown(section: Mapping[str, Any], name: str) -> str:
    value = section.get(name)
    return "kosong" if value is None else str(value)
