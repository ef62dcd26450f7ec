"""Pulihkan: bookkeeping that cannot be read any more is laid aside and made again from archive and journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.editions import list_editions
from pipelines.steps.inputs import list_years
from pipelines.steps.intake import identify
from pipelines.steps.journal import entries_of
from pipelines.stores.submissions import InboxFile, read_archived, read_bytes
from pipelines.stores.tables import from_rows, is_whole
from schemas.journal import RECEIPTS, Entry
from schemas.reference import ACUAN
from schemas.submission import BERKAS, ReceivedFile

ASIDE = "rusak"
"""The folder beside the years where what was damaged is laid: nothing is thrown away somebody may want to look at."""


def repair(settings: Settings) -> list[str]:
    """Lay aside what is damaged and make it again; a sentence for each. What a run makes anyway is only removed.

    After it, `road.is_behind` tells whether something is to be made again.
    """
    told = [sentence for tahun in list_years(settings) for sentence in _repair_year(settings, tahun)]
    if told:
        places.format_page(settings).unlink(missing_ok=True)
    return told


def _repair_year(settings: Settings, tahun: int) -> Iterator[str]:
    folder = settings.year(tahun).folder
    for page in sorted(p for name in ("proses", "terbitan") for p in (folder / name).glob("*.json")):
        if not _is_page(page):
            yield f"{_lay_aside(page, settings)} rusak dan disisihkan; keadaannya disusun lagi."
    register = settings.year(tahun).path(BERKAS)
    for path in sorted(folder.rglob("*.parquet")):
        if not is_whole(path) and path != register:
            yield f"{_lay_aside(path, settings)} rusak dan disisihkan; isinya disusun lagi dari arsip."
    yield from _repair_register(settings, tahun, register)
    known = [e for e in list_editions(settings, tahun) if e.acuan]
    if known and not settings.year(tahun).path(ACUAN).exists():
        settings.year(tahun).write(ACUAN, known[-1].acuan_table)


def _repair_register(settings: Settings, tahun: int, register: Path) -> Iterator[str]:
    """The register of files, from what the journal says was received and the bytes in the archive."""
    received = list(_first_receipts(settings, tahun))
    if is_whole(register) or not (received or register.exists()):
        return
    name = _lay_aside(register, settings) if register.exists() else register.relative_to(settings.root).as_posix()
    files = [_identify(settings, tahun, entry, n) for n, entry in enumerate(received, 1)]
    settings.year(tahun).write(BERKAS, from_rows(BERKAS, files))
    yield f"{name} rusak atau hilang; daftar {len(files)} berkas yang diterima disusun lagi dari jurnal dan arsip."


def _first_receipts(settings: Settings, tahun: int) -> Iterator[Entry]:
    """One entry for each file and place, the first: files are noted in the order of their registration."""
    seen: set[tuple[str, str]] = set()
    for entry in entries_of(settings, tahun):
        file = (str(entry.rincian.get("sha256")), str(entry.rincian.get("berkas")))
        if entry.peristiwa in RECEIPTS and file not in seen:
            seen.add(file)
            yield entry


def _identify(settings: Settings, tahun: int, entry: Entry, urutan: int) -> ReceivedFile:
    berkas, sha256 = str(entry.rincian["berkas"]), str(entry.rincian["sha256"])
    triwulan = int(berkas.removeprefix("tw")[:1])
    content = read_archived(settings.archive, sha256) or b""
    stamp = datetime.fromisoformat(entry.rincian["diterima_pada"])
    return replace(identify(tahun, InboxFile(berkas, triwulan, content, sha256), stamp), urutan=urutan)


def _is_page(path: Path) -> bool:
    try:
        return isinstance(json.loads(read_bytes(path)), dict)
    except ValueError:
        return False


def _lay_aside(path: Path, settings: Settings) -> str:
    aside = settings.processed / ASIDE / path.relative_to(settings.processed)
    aside.parent.mkdir(parents=True, exist_ok=True)
    path.replace(aside)
    return path.relative_to(settings.root).as_posix()
