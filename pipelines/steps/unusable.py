"""What came and cannot be used, or is no data; what was not opened is noted with every look at the inboxes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from pipelines.intake.forms import SkpdNames, own_file
from pipelines.intake.register import Whose
from pipelines.settings import Settings
from pipelines.steps.recognise import DOCUMENT
from pipelines.stores.submissions import InboxFile
from pipelines.stores.tables import from_columns
from schemas.finding import catalogue
from schemas.submission import TERHALANG, ReceivedFile
from schemas.vocabulary import Tingkat


def note_unopened(settings: Settings, tahun: int, files: Iterable[InboxFile]) -> None:
    """Keep what of the inboxes was not opened just now, and why."""
    rows = [(f.berkas, f.triwulan, f.told.kode, f.told.sebab) for f in files if f.told]
    columns = dict(zip(TERHALANG.names, map(list, zip(*rows, strict=True)), strict=True)) if rows else None
    settings.year(tahun).write(TERHALANG, from_columns(TERHALANG, columns))


def list_unopened(settings: Settings, tahun: int) -> list[Mapping[str, Any]]:
    """The same, row by row."""
    return [*settings.year(tahun).rows(TERHALANG)]


def refuse_unopened(settings: Settings, tahun: int, names: SkpdNames) -> list[ReceivedFile]:
    """The same as files that are refused: they are in no register, for nobody knows what they hold."""
    undated = datetime(tahun, 1, 1)  # noqa: DTZ001 — nothing was received of them
    rows = list_unopened(settings, tahun)
    files = (ReceivedFile("", folder_tahun=tahun, diterima_pada=undated, urutan=0, **row) for row in rows)
    return [own_file(file, names) for file in files]


def is_under(berkas: str, unopened: Iterable[InboxFile]) -> bool:
    """Whether a file may still lie where it lay: that place, or a folder above it, was not opened."""
    closed = {f.berkas for f in unopened}
    path = PurePosixPath(berkas)
    return any(str(place) in closed for place in (path, *path.parents))


def list_unusable(files: Iterable[ReceivedFile]) -> dict[Whose, list[str]]:
    """By SKPD (`""`: not known) and quarter what lies there and cannot be used, each file with its finding.

    Documents are no data.
    """
    found = defaultdict[Whose, list[str]](list)
    for f in files:
        if f.ada and f.tolak_kode and catalogue()[f.tolak_kode].tingkat == Tingkat.ERROR:
            found[f.kode_skpd or "", f.folder_tahun, f.folder_triwulan].append(f"{f.berkas} ({f.tolak_kode})")
    return found


def count_documents(received: Iterable[ReceivedFile]) -> Counter[tuple[str, int]]:
    """By SKPD and quarter the documents received beside its workbooks, as far as it shows whose they are.

    One that was moved counts where it lies now; one that lies nowhere any more was received all the same.
    """
    files = [f for f in received if f.tolak_kode == DOCUMENT]
    there = {f.sha256 for f in files if f.ada}
    kept = (f for f in files if f.kode_skpd and (f.ada or f.sha256 not in there))
    found = {(f.kode_skpd, f.folder_triwulan, f.sha256) for f in kept if f.kode_skpd}
    return Counter((kode, triwulan) for kode, triwulan, _ in found)
