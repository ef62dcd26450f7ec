"""What reconciling an SKPD's figures with the books of BKD and Bappeda gives, and the rules it goes by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from schemas.columns import Table, number, text, whole
from schemas.vocabulary import Besaran, Pihak, Selisih

REKONSILIASI = Table(
    "rekonsiliasi",
    "one row per SKPD, quarter, budget code or indicator, figure and book it was compared with",
    (
        text("kode_skpd", "SKPD, by code"),
        whole("tahun", "year"),
        whole("triwulan", "quarter"),
        text("kode", "code of the sub kegiatan or indicator, as the SKPD writes it where it has it"),
        text("uraian", "its name", null=True),
        text("besaran", "figure compared", words=Besaran),
        text("pihak", "book it was compared with", words=Pihak),
        number("nilai_skpd", "what the SKPD's workbook says; budget since January"),
        number("nilai_pihak", "what the other book says"),
        number("selisih", "SKPD less the other book; null where one of them has no figure"),
        text("jenis", "what the difference is", words=Selisih),
        text("penjelasan", "what explains it, in Bahasa Indonesia", null=True),
        text("kode_temuan", "finding it became", null=True),
        text("berkas_skpd", "file of the SKPD", null=True),
        text("lembar_skpd", "sheet", null=True),
        text("sel_skpd", "cells, separated by commas", null=True),
        text("berkas_pihak", "file of the other book", null=True),
        text("lembar_pihak", "sheet", null=True),
        text("sel_pihak", "cells, separated by commas", null=True),
        text("pengajuan_id", "submission the SKPD's figure stands in", null=True),
    ),
    key=("kode_skpd", "tahun", "triwulan", "kode", "besaran", "pihak"),
)


class Celah(StrEnum):
    """Why a figure could not be held beside its book: what the book lacks, or, in the last two, the SKPD."""

    TANPA_BUKU = "tanpa_buku"
    TANPA_SKPD = "tanpa_skpd"
    TANPA_ANGKA = "tanpa_angka"
    SKPD_TANPA_KODE = "skpd_tanpa_kode"
    SKPD_TANPA_ISI = "skpd_tanpa_isi"


CELAH = Table(
    "celah_rekonsiliasi",
    "one row per SKPD, quarter and figure that could be held beside nothing in the book that is its source",
    (
        text("kode_skpd", "SKPD, by code"),
        whole("tahun", "year"),
        whole("triwulan", "quarter"),
        text("besaran", "figure", words=Besaran),
        text("pihak", "book that is its source", words=Pihak),
        text("sebab", "whose side lacks it", words=Celah),
    ),
    key=("kode_skpd", "tahun", "triwulan", "besaran", "pihak"),
)
SOURCES = ((Besaran.REALISASI, Pihak.BKD), (Besaran.PAGU, Pihak.RENCANA), (Besaran.TARGET, Pihak.RENCANA))
"""The figures each book is the source of."""


@dataclass(frozen=True)
class Gap:
    """One row of `celah_rekonsiliasi`: the fields are its columns."""

    kode_skpd: str
    tahun: int
    triwulan: int
    besaran: Besaran
    pihak: Pihak
    sebab: Celah

    @property
    def is_ours(self) -> bool:
        """Whether it is the SKPD that sent none: the book has it."""
        return self.sebab in (Celah.SKPD_TANPA_ISI, Celah.SKPD_TANPA_KODE)


@dataclass(frozen=True)
class Compared:
    """One row of the mart `rekonsiliasi`: the fields are its columns."""

    kode_skpd: str
    tahun: int
    triwulan: int
    kode: str
    uraian: str | None
    besaran: Besaran
    pihak: Pihak
    nilai_skpd: Decimal | None
    nilai_pihak: Decimal | None
    selisih: Decimal | None
    jenis: Selisih
    penjelasan: str | None = None
    kode_temuan: str | None = None
    berkas_skpd: str | None = None
    lembar_skpd: str | None = None
    sel_skpd: str | None = None
    berkas_pihak: str | None = None
    lembar_pihak: str | None = None
    sel_pihak: str | None = None
    pengajuan_id: str | None = None

    @property
    def differs(self) -> bool:
        """Whether the two books do not say the same, or one of them says nothing."""
        return self.jenis not in (Selisih.SAMA, Selisih.NIHIL)

    @property
    def waits(self) -> bool:
        """Whether the two figures could not be held side by side at all."""
        return self.jenis in (Selisih.DITAHAN, Selisih.MENUNGGU)


_FEW_CELLS = 4


def few_cells(cells: str) -> str:
    """The first of many cells, and how many they are: `G4, G5, G6, G7 … (31 sel)`."""
    listed = cells.split(", ")
    more = f" … ({len(listed)} sel)" if len(listed) > _FEW_CELLS else ""
    return ", ".join(listed[:_FEW_CELLS]) + more


class Combinations(BaseModel):
    """How far rows are searched whose sum is a difference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    baris: int
    calon: int
    selisih: int
    peluang: Decimal
    tampil: int


class Names(BaseModel):
    """When two names are near enough to ask."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kemiripan: int


class ReconciliationRules(BaseModel):
    """`rules/rekonsiliasi.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    satuan: dict[str, int]
    kombinasi: Combinations
    nama: Names


@cache
def reconciliation_rules() -> ReconciliationRules:
    """The rules as they are kept."""
    raw = tomllib.loads(files("schemas").joinpath("rules/rekonsiliasi.toml").read_text("utf-8"))
    return ReconciliationRules.model_validate(raw)
