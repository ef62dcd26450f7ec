"""Rows of the marts as the report reads them: each class names the columns it wants, in the words of the mart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pipelines.report.office_rows import Withheld
from schemas.vocabulary import StatusUkur


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured indicator in one period."""

    periode: str
    kode_skpd: str
    kode_indikator: str
    sasaran: str | None
    indikator: str | None
    satuan: str | None
    polaritas: str | None
    konsolidasi: str | None
    target: Decimal | None
    target_atas: Decimal | None
    target_teks: str | None
    realisasi: Decimal | None
    realisasi_teks: str | None
    capaian_pct: Decimal | None
    kategori: str | None
    rumus: str | None
    status_data: str | None
    status_ukur: str
    triwulan_terukur: int
    sejak_tw: int | None
    masuk: str | None = None
    """Which quarters a figure of several rests on where not on all (`facets`): `TW I saja`."""
    tinggal: tuple[int, ...] = ()
    hanya_tinggal: bool = False
    """Quarters without a figure where another has one, and whether these alone keep it from its target (`facets`)."""
    tertahan: tuple[Withheld, ...] = ()
    """Why a realisasi is lacking although a row of it came (`facets`); empty where none came, or it counts."""

    @property
    def terukur(self) -> bool:
        """Whether the indicator has a capaian in the period."""
        return self.status_ukur == StatusUkur.TERUKUR and self.capaian_pct is not None


@dataclass(frozen=True, slots=True)
class Feed:
    """Which indicator of which SKPD feeds an indicator of the bupati's PK."""

    kode_indikator: str
    kode_skpd: str
    kode_indikator_skpd: str | None


@dataclass(frozen=True, slots=True)
class SasaranRow:
    """A sasaran rolled up in one period."""

    kode_skpd: str | None
    periode: str
    sasaran: str
    capaian_pct: Decimal | None
    kategori: str | None
    indikator_terukur: int
    indikator_total: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An SKPD or the kabupaten rolled up in one period."""

    kode_skpd: str | None
    periode: str
    capaian_pct: Decimal | None
    kategori: str | None
    indikator_terukur: int
    indikator_total: int


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """The whole budget of an SKPD alone or of the kabupaten in one period; spent since January.

    `pagu_rp` is that of the sub kegiatan whose realisasi is known, of which alone serapan is the share.
    """

    lingkup: str
    kode_unit: str
    periode: str
    pagu_rp: Decimal | None
    realisasi_rp: Decimal | None
    serapan_pct: Decimal | None
    pagu_seluruh_rp: Decimal | None
    sub_kegiatan_terbaca: int
    sub_kegiatan_total: int


@dataclass(frozen=True, slots=True)
class Budget:
    """A program, kegiatan or sub kegiatan in one period, realisasi since January; pagu as in `BudgetTotal`."""

    periode: str
    kode_skpd: str | None
    kode: str
    uraian: str | None
    level: str
    kode_indikator: str | None
    pagu_rp: Decimal | None
    realisasi_rp: Decimal | None
    serapan_pct: Decimal | None
    realisasi_fisik_pct: Decimal | None
    pagu_seluruh_rp: Decimal | None
    sub_kegiatan_terbaca: int
    sub_kegiatan_total: int


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the SKPD itself wrote of an indicator in a quarter."""

    kode_skpd: str
    kode_indikator: str
    triwulan: int
    isi: Mapping[str, object]
    """The row by column: in which of them an SKPD writes is for the layout of its form to say."""


@dataclass(frozen=True, slots=True)
class PkRow:
    """An indicator of the PK in force."""

    kode_skpd: str
    kode_indikator: str
    dokumen_pk: str | None
    nomor: int
    sasaran: str | None
    indikator: str | None
    satuan: str | None
    target_tahunan: Decimal | None
    target_tahunan_atas: Decimal | None
    target_tahunan_teks: str | None
    target_murni: Decimal | None
    iku: bool | None
    definisi_operasional: str | None
    formulasi: str | None
    sumber_data: str | None


@dataclass(frozen=True, slots=True)
class Skpd:
    """An SKPD, or a unit of one."""

    kode_skpd: str
    nama_skpd: str
    singkatan: str
    jenis: str | None
    kode_induk: str | None
    jabatan_kepala: str | None
    kepala_skpd: str | None
    nip: str | None


@dataclass(frozen=True, slots=True)
class History:
    """An indicator in an earlier year."""

    kode_skpd: str | None
    kode_indikator: str
    tahun_lalu: int
    target: Decimal | None
    realisasi: Decimal | None
    realisasi_teks: str | None
    capaian_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class MediumTerm:
    """An indicator against the last year of Renstra or RPJMD, and against the national standard."""

    kode_skpd: str | None
    kode_indikator: str
    dokumen: str | None
    tahun_akhir: int | None
    target_akhir: Decimal | None
    target_akhir_teks: str | None
    realisasi: Decimal | None
    tingkat_kemajuan_pct: Decimal | None
    standar_nasional: Decimal | None
    standar_nasional_teks: str | None
    sumber_standar: str | None
    capaian_standar_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Capaian of a sasaran beside the serapan of what served it; pagu as in `BudgetTotal`, `masuk` as in `Measure`."""

    kode_skpd: str
    sasaran: str
    capaian_pct: Decimal | None
    pagu_rp: Decimal | None
    realisasi_rp: Decimal | None
    serapan_pct: Decimal | None
    selisih_pct: Decimal | None
    penilaian: str | None
    pagu_seluruh_rp: Decimal | None
    sub_kegiatan_terbaca: int
    sub_kegiatan_total: int
    masuk: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission."""

    pengajuan_id: str
    kode_skpd: str
    triwulan: int
    versi: int
    berkas: str
    sha256: str
    diterima_pada: datetime
    status: str
    dokumen_pk: str | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding."""

    kode_skpd: str | None
    triwulan: int
    tingkat: str
    kode: str
    lembar: str | None
    sel: str | None
    nilai: str | None
    pesan: str
    saran: str
    pengajuan_id: str | None = None
    row_id: str | None = None
    berkas: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A sheet of a file from which figures came; the office's own reference files belong to no SKPD."""

    unit: str | None
    berkas: str
    sha256: str
    lembar: str
