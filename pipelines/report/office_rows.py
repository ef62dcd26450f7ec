"""Rows of the marts of what the office keeps itself: PK documents, follow-up, texts, its ledger of corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """An indicator of one PK document."""

    kode_skpd: str | None
    dokumen_pk: str
    berlaku_dari_tw: int
    kode_indikator: str
    nomor: int
    sasaran: str | None
    indikator: str | None
    satuan: str | None
    target_tahunan: Decimal | None
    target_tahunan_atas: Decimal | None
    target_tahunan_teks: str | None


@dataclass(frozen=True, slots=True)
class AgreedProgram:
    """A program of one PK document."""

    kode_skpd: str
    dokumen_pk: str
    kode: str
    uraian: str | None
    pagu_rp: Decimal | None
    mendukung_iku: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A recommendation of last year's evaluation and what was done about it."""

    kode_skpd: str | None
    nomor: int
    rekomendasi: str
    tindak_lanjut: str | None
    status: str | None
    bukti: str | None


@dataclass(frozen=True, slots=True)
class PartText:
    """A paragraph of a part of the report that people write."""

    kode_skpd: str | None
    bagian: str
    nomor: int
    naskah: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A value of a workbook in whose place one of the ledger is used, of the year or of an earlier one."""

    kode_skpd: str
    tahun: int
    triwulan: int
    lembar: str
    kode: str
    kolom: str
    sel: str | None
    nilai_lama: str
    nilai_baru: str
    alasan: str
    dasar: str
    tanggal: date
    peran: str
    menopang: Sequence[str] = ()
    """The periods whose figures rest on it."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A finding by which the row of an indicator gives no realisasi for a quarter."""

    kode_skpd: str
    kode_indikator: str
    triwulan: int
    sebab: str
    kode: str
