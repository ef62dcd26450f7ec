"""What a workbook made by the program holds, as plain values: one format pengisian, one reference book.

The stations that make the values and the one that draws them share these; a field carries the name of its
column in the layout, so that no label is ever typed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from schemas.layout import load_layout
from schemas.vocabulary import CaraIsi, Konsolidasi, Polaritas
from schemas.workbook import address

FormValue = str | Decimal | int | date | None
"""What may stand in a cell: a figure, a word (`BB (79,39)`, `80 - 90`, `-`, `n/a`), a date, or nothing."""

RumusTurun = Literal["turun_2t_r", "turun_t_r"]
"""The pemda's choice for indicators of which less is better (measurement rules §3)."""

HEADER_ROW = 4
"""Row of the column labels on every table sheet of the form; above it stand the title and a line of help."""

NUMBER_LABEL = "No"
"""The running number; on paper every table of a government office begins with it."""

NUMBERED_SHEETS = ("PK", "IKU")

DOKUMEN_PK = ("Murni", "Perubahan")
STATUS_DATA = ("Sementara", "Final")
PERAN = ("Diisi", "Diverifikasi", "Divalidasi")


@dataclass(frozen=True)
class FormIdentity:
    """Whose workbook it is and of when; `None` is left for the SKPD to fill."""

    kode_skpd: str
    nama_skpd: str
    tahun: int
    triwulan: int
    dokumen_pk: str | None = "Murni"
    status_data: str | None = None
    kepala_skpd: str | None = None
    nip: str | None = None
    penanggung_jawab: str | None = None
    versi_format: str = "1"


@dataclass(frozen=True)
class PkRow:
    """One indicator of the PK in force; a row of nothing is left for an SKPD whose PK is not in the register."""

    sasaran: str | None
    kode_indikator: str | None
    indikator: str | None
    satuan: str | None
    polaritas: Polaritas | None
    konsolidasi: Konsolidasi | None
    cara_isi: CaraIsi | None
    bobot: Decimal | None
    target_tahunan: FormValue
    target_tw1: FormValue
    target_tw2: FormValue
    target_tw3: FormValue
    target_tw4: FormValue
    nilai_terburuk: Decimal | None = field(default=None, kw_only=True)

    def target_tw(self, triwulan: int) -> FormValue:
        """The target of one quarter as the PK words it."""
        return (self.target_tw1, self.target_tw2, self.target_tw3, self.target_tw4)[triwulan - 1]


@dataclass(frozen=True)
class IkuRow:
    """One IKU with what makes it measurable; a row of nothing is left where the office does not know the IKU."""

    kode_indikator: str | None
    indikator: str | None
    definisi_operasional: str | None = None
    formulasi: str | None = None
    sumber_data: str | None = None
    penanggung_jawab: str | None = None
    alasan_pemilihan: str | None = None


@dataclass(frozen=True)
class RealisasiRow:
    """One indicator as measured; everything after the target is left empty in a form that is sent out."""

    kode_indikator: str | None
    indikator: str | None
    satuan: str | None
    target_tw: FormValue
    realisasi_tw: FormValue = None
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    narasi: Mapping[str, str | None] = field(default_factory=dict)
    """What is told of it, by the name of the column."""


@dataclass(frozen=True)
class AnggaranRow:
    """One program, kegiatan or sub kegiatan; a parent's realisasi is a sum the workbook makes itself.

    A row of nothing is left for an SKPD whose plan the office does not know.
    """

    kode: str | None
    uraian: str | None
    kode_indikator: str | None
    pagu_rp: Decimal | None
    realisasi_rp: FormValue = None
    realisasi_fisik_pct: FormValue = None


@dataclass(frozen=True)
class PengesahanRow:
    """One signature line."""

    peran: str
    nama: str | None = None
    nip: str | None = None
    jabatan: str | None = None
    tanggal: date | None = None


@dataclass(frozen=True)
class Prior:
    """Cumulative values of the last earlier quarter that was measured; the quarter alone is what is beyond them.

    A sum is counted from `realisasi` and `target`, a ratio from `pembilang` and `penyebut`.
    """

    kode_indikator: str
    realisasi: Decimal | None = None
    target: Decimal | None = None
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None


@dataclass(frozen=True)
class FormContent:
    """One format pengisian: what is prefilled, what is filled, and what its formulas need from earlier quarters."""

    identitas: FormIdentity
    pk: tuple[PkRow, ...]
    iku: tuple[IkuRow, ...]
    realisasi: tuple[RealisasiRow, ...]
    anggaran: tuple[AnggaranRow, ...]
    pengesahan: tuple[PengesahanRow, ...] = tuple(PengesahanRow(peran) for peran in PERAN)
    priors: tuple[Prior, ...] = ()
    rumus_turun: RumusTurun = "turun_2t_r"

    @property
    def blank_sheets(self) -> tuple[str, ...]:
        """The sheets of which the office knew nothing to fill in advance."""
        documents: dict[str, tuple[PkRow | IkuRow | AnggaranRow, ...]]
        documents = {"PK": self.pk, "IKU": self.iku, "Anggaran": self.anggaran}
        return tuple(sheet for sheet, rows in documents.items() if not any(_is_filled(row) for row in rows))


def _is_filled(row: PkRow | IkuRow | AnggaranRow) -> bool:
    return any(value is not None for value in vars(row).values())


@dataclass(frozen=True)
class ReferenceSheet:
    """One sheet of a reference book; a row holds its values in the order of the layout's fields."""

    sheet: str
    rows: tuple[tuple[FormValue, ...], ...]


@dataclass(frozen=True)
class ReferenceBook:
    """One reference workbook of data/raw/<tahun>/acuan."""

    title: str
    tahun: int
    sheets: tuple[ReferenceSheet, ...]


@dataclass(frozen=True)
class LedgerForm:
    """An empty ledger of corrections: the year, and the names of the SKPD by code."""

    tahun: int
    skpd: Mapping[str, str]


@cache
def form_columns(sheet: str) -> tuple[str, ...]:
    """The columns of one table sheet of the form, left to right, by field name; the running number is ``"no"``."""
    names = tuple(field.name for field in load_layout("format_pengisian").sheet(sheet).fields)
    return ("no", *names) if sheet in NUMBERED_SHEETS else names


def form_cell(sheet: str, name: str, index: int) -> str:
    """The address of field `name` in row `index` (from 0) of a table sheet as the program draws it."""
    return address(HEADER_ROW + 1 + index, form_columns(sheet).index(name) + 1)
