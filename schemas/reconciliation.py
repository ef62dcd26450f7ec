"""What reconciling an SKPD's figures with the books of BKD and Bappeda gives, and the rules it goes by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
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
    ),
    key=("kode_skpd", "tahun", "triwulan", "kode", "besaran", "pihak"),
)


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
