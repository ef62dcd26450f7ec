"""Perbandingan Versi: a workbook that was sent again beside the version before it, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from pipelines.collect.texts import link_cell, writable
from pipelines.numerals import capitalize_first
from schemas.returned import COMPARISON_SHEET, FATES, Change, Nasib, tell_fates

_COLUMNS = (
    ("No", 5), ("Keadaan", 13), ("Lembar", 14), ("Sel", 9), ("Sel semula", 9), ("Isi semula", 26), ("Isi sekarang", 26),
    ("Temuan atas isi semula", 48), ("Temuan atas isi sekarang", 48),
)  # fmt: skip
_CELL = next(at for at, (label, _) in enumerate(_COLUMNS) if label == "Sel")
_HEADER_ROW = 4
_ORDER = tuple(FATES)
_LOOKS = {
    Nasib.MASIH_SALAH: "error", Nasib.BERTEMUAN: "error", Nasib.BERUBAH: "warning", Nasib.IKUT: "polos",
    Nasib.LEPAS: "polos", Nasib.DIPERBAIKI: "diperbaiki",
}  # fmt: skip
_BY_NOW = (
    "Kedua isi dinilai dengan acuan, padanan, dan aturan yang berlaku sekarang, jadi temuan atas isi semula dapat lain "
    "daripada yang disampaikan waktu itu."
)
"""What was told when a version went back is not kept: the archive is read again, so that any day gives the same."""


@dataclass(frozen=True)
class Comparison:
    """What became of each cell since the version `versi_semula`, received on that day."""

    perihal: str
    versi_semula: int
    diterima_semula: date
    changes: tuple[Change, ...]


def write_comparison(comparison: Comparison, tahun: int, bulan: int) -> bytes:
    """The comparison as a workbook of its own, without links. Same changes, same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, COMPARISON_SHEET, tahun, bulan)
        draw_comparison(book, Palette(book), comparison, ())
    return buffer.getvalue()


def draw_comparison(book: Workbook, palette: Palette, comparison: Comparison, shown: Sequence[str]) -> None:
    """The sheet: what is still wrong first, then what changed, then what was mended; `shown` sheets can be gone to."""
    sheet = book.add_worksheet(COMPARISON_SHEET)
    title = f"{COMPARISON_SHEET} – {writable(comparison.perihal)}"
    for row, text in enumerate((title, *_lines(comparison))):
        sheet.write_string(row, 0, text, palette.format("anak_judul" if row else "judul"))
    for at, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADER_ROW - 1, at, label, palette.format("kepala"))
    ordered = sorted(comparison.changes, key=lambda c: _ORDER.index(c.nasib))
    for number, change in enumerate(ordered, 1):
        _draw_row(sheet, palette, number, change, shown)
    sheet.freeze_panes(_HEADER_ROW, _CELL + 1)
    sheet.autofilter(_HEADER_ROW - 1, 0, _HEADER_ROW - 1 + max(len(ordered), 1), len(_COLUMNS) - 1)
    set_up_page(sheet, _HEADER_ROW, title[:200])


def _lines(comparison: Comparison) -> tuple[str, str]:
    before = f"versi {comparison.versi_semula} yang diterima {comparison.diterima_semula:%d-%m-%Y}"
    how = f"Dibandingkan dengan {before}. {_BY_NOW} Hasil rumus yang ikut berubah tidak didaftar."
    return how, capitalize_first(tell_fates(comparison.changes, " · "))


def _draw_row(sheet: Worksheet, palette: Palette, number: int, change: Change, shown: Sequence[str]) -> None:
    row = _HEADER_ROW - 1 + number
    texts = (
        str(change.nasib).capitalize(), change.lembar, change.sel, change.sel_lama, change.lama, change.baru,
        change.temuan_lama, change.temuan_baru,
    )  # fmt: skip
    told = (number, *(writable(text) if text else None for text in texts))
    for at, value in enumerate(told):
        write_value(sheet, row, at, value, palette.format(_LOOKS[change.nasib] if at == 1 else "polos"))
    if change.lembar in shown and change.sel and change.lembar:
        link_cell(sheet, palette, (row, _CELL), change.lembar, change.sel)
    sheet.set_row(row, height_of((value, width) for value, (_, width) in zip(told, _COLUMNS, strict=True)))
