"""The columns of a table: field, period and labels; and what the cells below their headings look like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.view import View
from schemas.headings import Period, without_period
from schemas.typed import NARRATIVES
from schemas.workbook import Cell, column_letter

NAMES = ("tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan", "campuran", "indikator", "uraian")
"""Fields that name what a row is about."""

DETAIL_NAMES = (
    "rencana_aksi",
    "sub_rencana_aksi",
    "sasaran_program",
    "indikator_program",
    "sasaran_kegiatan",
    "indikator_kegiatan",
)
TEXTS = frozenset(
    {
        *NAMES,
        *DETAIL_NAMES,
        "indikator_sasaran",
        "indikator_tujuan",
        "ukuran",
        "no",
        "kode",
        "kode_rekening",
        "rekening",
        "kode_skpd",
        "skpd",
        "sub_skpd",
        "nomor_dokumen",
        "periode_spd",
        "satuan",
        "periode",
        "keterangan",
        *NARRATIVES,
        "cara_pengukuran",
        "definisi_operasional",
        "formulasi",
        "sumber_data",
        "alasan_pemilihan",
        "sumber_dana",
        "penanggung_jawab",
    }
)
"""Fields that hold text; every other field holds a figure."""

MONEY = frozenset(
    {
        "pagu",
        "realisasi_anggaran",
        "realisasi_anggaran_tw",
        "realisasi_anggaran_bulan",
        "anggaran_tw",
        "anggaran_bulan",
        "setoran",
        "target_renstra_rp",
    }
)
"""Fields in rupiah."""

SAMPLE = 80
"""So many rows below a header show what a column holds."""

_YEAR = re.compile(r"\b20\d\d\b")
_MONEY_FROM = 100_000
"""No count of a quarter was seen beyond this, no budget below it."""


@dataclass(frozen=True)
class Column:
    """One column: its number, field, period (`tw` 1-4 or `bln` 1-12) and the labels above it."""

    number: int
    field: str
    period: Period | None
    path: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The column letter."""
        return column_letter(self.number)

    @property
    def key(self) -> tuple[str, int | None]:
        """Field and number of the period: what only one column of a table can be."""
        return self.field, self.period.number if self.period else None

    def shows_percent(self) -> bool:
        """Whether its label says it holds percentages of something else."""
        return self.path[-1].endswith(("%", "(%)", "persen", "persentase"))


def rule_path(path: Iterable[str]) -> list[str]:
    """A path of labels as the rules know it: quarters and months as placeholders."""
    return [without_period(label) for label in path]


def layout_label(path: Iterable[str]) -> str:
    """A path of labels as a confirmed layout knows it: the form of next year differs by its year alone."""
    return _YEAR.sub("20##", " > ".join(rule_path(path)))


def body_sample(view: View, header: Header, column: int) -> list[Cell]:
    """The first filled cells below the header."""
    rows = range(header.bottom + 1, min(header.bottom + SAMPLE, view.height) + 1)
    return [value for row in rows if (value := view.own(row, column)) is not None]


def is_filled(view: View, header: Header, column: Column) -> bool:
    """Whether anything stands below the heading."""
    return bool(body_sample(view, header, column.number))


def looks_numeric(cell: Cell) -> bool:
    """Whether a cell may hold a figure: a number, or a short text with one."""
    if isinstance(cell, str):
        text = cell.strip()
        return (
            len(text) <= 40
            and any(ch.isdigit() for ch in text)
            and (text[0].isdigit() or not text[0].isalpha() or text[:2].casefold() == "rp")
        )
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def is_text_column(view: View, header: Header, column: int) -> bool:
    """Whether most of what stands below is text."""
    sample = [v for v in body_sample(view, header, column) if v != "-"]
    texts = [v for v in sample if not looks_numeric(v)]
    return bool(sample) and len(texts) * 2 > len(sample)


def holds_money(view: View, header: Header, column: int) -> bool:
    """Whether the figures below are those of a budget: rupiah, or beyond any count seen."""
    sample = body_sample(view, header, column)
    big = sum(map(_is_money, sample))
    return big > 0 and big * 2 >= sum(looks_numeric(v) and v != 0 for v in sample)


def _is_money(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.strip()[:2].casefold() == "rp"
    return isinstance(cell, (int, float)) and abs(cell) >= _MONEY_FROM
