"""Putusan: what people decided on contents, and what went back, as the journal tells it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath

from pipelines.intake.punctual import Returns
from pipelines.settings import Settings
from pipelines.steps.papers import Paper
from pipelines.stores.journal import read_journal
from schemas.journal import RECEIPTS, Entry, Peristiwa, Ruling

_ASKING = PurePosixPath(Paper.SURAT_PENJELASAN.at("skpd")).name
_LETTER = re.compile(rf"{_ASKING}(?P<pengajuan_id>.+-[vf]\d+)(?:-\d+)?\.docx")
_Content = tuple[str, int, str]
"""SKPD, quarter and sha256."""
_RULED = (Peristiwa.DISAHKAN, Peristiwa.DIBUKA, Peristiwa.DITARIK)


def list_rulings(settings: Settings, tahun: int) -> tuple[Ruling, ...]:
    """Every decision about a year, in the order in which they were made; an entry that was altered is none."""
    return tuple(_ruling(e) for e in read_journal(settings.journal).entries if e.tahun == tahun and is_ruling(e))


def list_returns(settings: Settings, tahun: int) -> Returns:
    """Where in the journal each content of a year first came, and first went back: to be mended, or with questions.

    That it has errors is noted of a content, that it was asked about only of the letter: that gives it days to answer.
    """
    returned: dict[_Content, int] = {}
    received: dict[tuple[str, str], int] = {}
    known: dict[str, _Content] = {}
    for place, e in enumerate(read_journal(settings.journal).entries):
        told = e.rincian
        if e.tahun != tahun:
            continue
        if {"kode_skpd", "pengajuan_id", "sha256"} <= told.keys():
            known[str(told["pengajuan_id"])] = (str(told["kode_skpd"]), e.triwulan, str(told["sha256"]))
        if e.peristiwa == Peristiwa.DIKEMBALIKAN:
            returned.setdefault(known[str(told["pengajuan_id"])], place)
        elif e.peristiwa in RECEIPTS:
            received.setdefault((str(told["sha256"]), str(told["berkas"])), place)
        elif e.peristiwa == Peristiwa.DOKUMEN:
            for content in (known[s] for s in _asked_in(told["dokumen"]) if s in known):
                returned.setdefault(content, place)
    return Returns(returned, received)


def first_owners(settings: Settings, tahun: int) -> dict[str, str]:
    """By sha256 the SKPD that a content of a year was checked as that of, where it was one: a name may change since."""
    owners: dict[str, set[str]] = defaultdict(set)
    for e in read_journal(settings.journal).entries:
        if e.tahun == tahun and {"kode_skpd", "pengajuan_id", "sha256"} <= e.rincian.keys():
            owners[str(e.rincian["sha256"])].add(str(e.rincian["kode_skpd"]))
    return {sha256: next(iter(codes)) for sha256, codes in owners.items() if len(codes) == 1}


def _asked_in(documents: Iterable[str]) -> Iterator[str]:
    """The submissions about which letters among some documents ask."""
    found = (_LETTER.fullmatch(PurePosixPath(path).name) for path in documents)
    return (letter["pengajuan_id"] for letter in found if letter)


def is_ruling(entry: Entry) -> bool:
    """Whether a person decided it: a run of an older program told it too, with what was found."""
    return entry.peristiwa in _RULED and "kesalahan" not in entry.rincian


def _ruling(entry: Entry) -> Ruling:
    told = entry.rincian
    return Ruling(
        peristiwa=entry.peristiwa,
        kode_skpd=str(told["kode_skpd"]),
        tahun=entry.tahun,
        triwulan=entry.triwulan,
        sha256=str(told["sha256"]),
        waktu=datetime.fromisoformat(entry.waktu),
        alasan=told.get("alasan"),
        isi=told.get("isi"),
        tempat=frozenset(told.get("tempat") or ()),
    )
