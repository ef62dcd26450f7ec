"""What an explanation says, as facts: the screen and `--json` are two ways to write the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Cell:
    """A cell a figure came from, and the document it stands in."""

    kolom: str
    berkas: str
    lembar: str
    sel: str
    pengajuan_id: str | None = None
    triwulan: int | None = None
    versi: int | None = None
    diterima_pada: datetime | None = None
    status_data: str | None = None
    dokumen: str | None = None
    berlaku_dari_tw: int | None = None


@dataclass(frozen=True)
class Earlier:
    """What an earlier submission of the same quarter gave for the indicator."""

    versi: int
    diterima_pada: datetime
    status_data: str
    berkas: str
    sel: str | None
    keadaan: str
    realisasi: Decimal | None = None
    realisasi_teks: str | None = None
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None


@dataclass(frozen=True)
class Quarter:
    """One quarter of the period: what was written, what of it counts, or why nothing does."""

    triwulan: int
    terukur: bool
    sejak_tw: int | None = None
    tertulis: Decimal | None = None
    teks: str | None = None
    sel: str | None = None
    berkas: str | None = None
    versi: int | None = None
    diterima_pada: datetime | None = None
    status_data: str | None = None
    realisasi: Decimal | None = None
    target: Decimal | None = None
    target_teks: str | None = None
    capaian_pct: Decimal | None = None
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    sebab: str | None = None
    dinyatakan_pct: Decimal | None = None
    dinyatakan_sebab: tuple[str, ...] = ()
    terdahulu: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Sum:
    """A figure with the sum that gives it, which holds to the last stored decimal."""

    uraian: str
    hasil: Decimal
    tertulis: str | None = None


@dataclass(frozen=True)
class Rule:
    """The formula that made a figure: its id, what it is called, and what it rests on."""

    rumus: str
    nama: str
    umum: str
    aturan: str
    dasar: str
    berlaku: date
    sebab: str | None = None


@dataclass(frozen=True)
class Alternative:
    """What another usual way would have given, and why it was not taken."""

    cara: str
    nama: str
    capaian_pct: Decimal
    kategori: str | None
    mengubah_kategori: bool
    sebab: str


@dataclass(frozen=True)
class Scale:
    """The scale of categories of the year: name of each category and its lowest value, the highest first."""

    skala: str
    berlaku_dari: date
    dasar_hukum: str
    kategori: tuple[tuple[str, Decimal | None, str], ...]


@dataclass(frozen=True)
class Choices:
    """What the rules leave to the pemda, as it is set now."""

    rumus_turun: str
    batas_capaian: Decimal | None
    rerata_skpd: str


@dataclass(frozen=True)
class Basis:
    """What a figure was made of, and by which rules: submissions and reference files, and the identity of the rules."""

    pengajuan: tuple[str, ...]
    aturan: str


@dataclass(frozen=True)
class Unit:
    """A unit that an SKPD without a PK of its own is measured from."""

    kode_skpd: str
    nama: str


@dataclass(frozen=True)
class Member:
    """One member of a mean; without capaian it does not enter. `unit` names whose it is where that is another SKPD."""

    kode: str
    nama: str
    bobot: Decimal | None
    capaian_pct: Decimal | None
    masuk_rerata_pct: Decimal | None
    kategori: str | None
    status_ukur: str | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Subject:
    """Whose figure it is, and of when."""

    lingkup: str
    kode_skpd: str | None
    nama: str
    periode: str
    label_periode: str


@dataclass(frozen=True)
class Correction:
    """A value of the workbook in whose place one of the ledger is used, and why."""

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
    berkas_koreksi: str
    sel_koreksi: str


@dataclass(frozen=True)
class FigureExplanation:
    """The capaian of one indicator in one period, from the category down to the cells."""

    perihal: Subject
    kode_indikator: str
    angka: Mapping[str, Any]
    rumus: Rule | None
    hitungan: Sum | None
    realisasi: Sum | None
    target: Sum | None
    triwulan: tuple[Quarter, ...]
    sel: tuple[Cell, ...]
    lain: tuple[Alternative, ...]
    skala: Scale | None
    pilihan: Choices | None
    catatan: tuple[str, ...] = ()
    dasar: Basis | None = None
    koreksi: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class MeanExplanation:
    """The capaian of a sasaran, an SKPD or the kabupaten: its members and their mean."""

    perihal: Subject
    judul: str
    anggota_adalah: str
    capaian_pct: Decimal | None
    kategori: str | None
    terukur: int
    total: int
    berbobot: bool
    hitungan: Sum | None
    anggota: tuple[Member, ...]
    skala: Scale | None
    pilihan: Choices | None
    dasar: Basis | None = None


@dataclass(frozen=True)
class BudgetExplanation:
    """The serapan of one budget code, with its cells and what it is made of."""

    perihal: Subject
    kode: str
    angka: Mapping[str, Any]
    hitungan: Sum | None
    anggota: tuple[Mapping[str, Any], ...]
    sel: tuple[Cell, ...] = field(default=())
    dasar: Basis | None = None
    koreksi: tuple[Correction, ...] = ()


Explanation = FigureExplanation | MeanExplanation | BudgetExplanation


def as_json(explanation: Explanation) -> dict[str, object]:
    """The facts for `--json`; figures stay exact."""
    return {"jenis": _KINDS[type(explanation)], **asdict(explanation)}


_KINDS: Mapping[type, str] = {
    FigureExplanation: "indikator",
    MeanExplanation: "rata-rata",
    BudgetExplanation: "anggaran",
}
