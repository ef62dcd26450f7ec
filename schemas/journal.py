"""The journal of the register: what happened to which data, when, in which role; entries are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Peristiwa(StrEnum):
    """What an entry tells."""

    DITERIMA = "diterima"
    DITOLAK = "ditolak"
    DITAHAN = "ditahan"
    TIDAK_DIHITUNG = "tidak_dihitung"
    DIKEMBALIKAN = "dikembalikan"
    TERVERIFIKASI = "terverifikasi"
    DIGANTIKAN = "digantikan"
    DISAHKAN = "disahkan"
    MENUNGGU = "menunggu"
    DIBUKA = "dibuka"
    DITARIK = "ditarik"
    DIKOREKSI = "dikoreksi"
    KOREKSI_BERHENTI = "koreksi_berhenti"
    DOKUMEN = "dokumen_dibuat"
    DINAMAI = "dokumen_dinamai_ulang"
    SELESAI = "proses_selesai"
    DIPULIHKAN = "jurnal_dipulihkan"


RECEIPTS = (Peristiwa.DITERIMA, Peristiwa.DITOLAK, Peristiwa.DITAHAN, Peristiwa.TIDAK_DIHITUNG)
"""What can be told of a file that came."""

PERISTIWA_LABELS: Mapping[Peristiwa, str] = {
    Peristiwa.DITERIMA: "Diterima",
    Peristiwa.DITOLAK: "Ditolak",
    Peristiwa.DITAHAN: "Ditahan",
    Peristiwa.TIDAK_DIHITUNG: "Tidak dihitung",
    Peristiwa.DIKEMBALIKAN: "Dikembalikan",
    Peristiwa.TERVERIFIKASI: "Terverifikasi",
    Peristiwa.DIGANTIKAN: "Digantikan",
    Peristiwa.DISAHKAN: "Disahkan",
    Peristiwa.MENUNGGU: "Menunggu",
    Peristiwa.DIBUKA: "Dibuka lagi",
    Peristiwa.DITARIK: "Ditarik",
    Peristiwa.DIKOREKSI: "Koreksi dipakai",
    Peristiwa.KOREKSI_BERHENTI: "Koreksi berhenti",
    Peristiwa.DOKUMEN: "Dokumen dibuat",
    Peristiwa.DINAMAI: "Dinamai ulang",
    Peristiwa.SELESAI: "Proses selesai",
    Peristiwa.DIPULIHKAN: "Jurnal dipulihkan",
}

Details = Mapping[str, Any]
"""What belongs to an event: texts, whole numbers, or a mapping of such; files always with their sha256."""


@dataclass(frozen=True)
class Event:
    """Something to be noted; `triwulan` 0 for the whole year, `tahun` 0 for the journal itself."""

    peristiwa: Peristiwa
    tahun: int
    triwulan: int
    rincian: Details = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """An event as it stands in the journal: numbered, dated, and sealed by a hash that includes the one before it."""

    nomor: int
    waktu: str
    oleh: str
    peristiwa: str
    tahun: int
    triwulan: int
    rincian: Details
    sebelumnya: str
    sidik: str = ""


@dataclass(frozen=True)
class Ruling:
    """What a person decided on the content of a submission: accepted, opened again, withdrawn.

    It is known by what was decided on, not by the name of the submission, which changes with the SKPD's. `isi` is what
    a content was accepted for, `tempat` the places at which it had been received, where that was noted: what was
    withdrawn has been sent again when it comes from elsewhere.
    """

    peristiwa: str
    kode_skpd: str
    tahun: int
    triwulan: int
    sha256: str
    waktu: datetime
    alasan: str | None = None
    isi: str | None = None
    tempat: frozenset[str] = frozenset()

    @property
    def content(self) -> tuple[str, int, int, str]:
        """What was decided on: SKPD, year, quarter, and the sha256 of what it sent."""
        return self.kode_skpd, self.tahun, self.triwulan, self.sha256


@dataclass(frozen=True)
class JournalFault:
    """What is wrong with the journal: the entry it is about, and in words."""

    nomor: int
    pesan: str
