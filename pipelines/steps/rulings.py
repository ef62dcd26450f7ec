"""Putusan: what people decided on contents, and what went back, as the journal tells it."""

from __future__ import annotations

from datetime import datetime

from pipelines.intake.punctual import Returns
from pipelines.settings import Settings
from pipelines.stores.journal import read_journal
from schemas.journal import RECEIPTS, Entry, Peristiwa, Ruling

_RULED = (Peristiwa.DISAHKAN, Peristiwa.DIBUKA, Peristiwa.DITARIK)


def list_rulings(settings: Settings, tahun: int) -> tuple[Ruling, ...]:
    """Every decision about a year, in the order in which they were made; an entry that was altered is none."""
    return tuple(_ruling(e) for e in read_journal(settings.journal).entries if e.tahun == tahun and is_ruling(e))


def list_returns(settings: Settings, tahun: int) -> Returns:
    """Where in the journal each content of a year first came, and first went back to be mended."""
    returned: dict[tuple[str, int, str], int] = {}
    received: dict[tuple[str, str], int] = {}
    for place, e in enumerate(read_journal(settings.journal).entries):
        told = e.rincian
        if e.tahun == tahun and e.peristiwa == Peristiwa.DIKEMBALIKAN:
            returned.setdefault((str(told["kode_skpd"]), e.triwulan, str(told["sha256"])), place)
        elif e.tahun == tahun and e.peristiwa in RECEIPTS:
            received.setdefault((str(told["sha256"]), str(told["berkas"])), place)
    return Returns(returned, received)


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
