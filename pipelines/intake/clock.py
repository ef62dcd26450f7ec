"""Whether the computer's clock stood behind what it had stamped before, when new files were registered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from schemas.finding import Finding, Place, make_finding
from schemas.journal import Entry
from schemas.submission import ReceivedFile


def check_clock(files: Iterable[ReceivedFile], entries: Sequence[Entry]) -> Iterator[Finding]:
    """One finding per run that dated new files behind an earlier stamp, or behind the journal's last entry then.

    `files` are those the clock dated, `entries` the whole journal. All of it is kept, so that later runs tell the same,
    until the book of receipts dates the files.
    """
    noted: dict[tuple[object, ...], int] = {}
    for place, entry in enumerate(entries):
        noted.setdefault((entry.tahun, entry.rincian.get("sha256"), entry.rincian.get("berkas")), place)
    stamps: list[datetime] = []
    for stamp, run in groupby(sorted(files, key=lambda f: f.urutan), key=lambda f: f.diterima_pada):
        together = list(run)
        begun = min(noted.get((f.folder_tahun, f.sha256, f.berkas), len(entries)) for f in together)
        known = max([*stamps, stamp, *(datetime.fromisoformat(e.waktu) for e in entries[:begun][-1:])])
        if stamp < known:
            yield _behind(together, stamp, known)
        stamps.append(stamp)


def _behind(together: Sequence[ReceivedFile], stamp: datetime, known: datetime) -> Finding:
    first, *others = together
    named = f"{first.berkas} dan {len(others)} lainnya" if others else first.berkas
    place = Place(first.folder_tahun, first.folder_triwulan, None, first.berkas)
    return make_finding("REG-047", place, jam=_told(stamp), terakhir=_told(known), jumlah=len(together), berkas=named)


def _told(moment: datetime) -> str:
    return f"{moment:%d-%m-%Y pukul %H.%M.%S}"
