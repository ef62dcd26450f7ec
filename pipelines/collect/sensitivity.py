"""Kepekaan as a workbook: every indicator and SKPD under every choice, a changed category marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from schemas.form import FormValue

_HEADER_ROW = 4
_FROZEN = {"Indikator": 4, "SKPD": 2}


@dataclass(frozen=True)
class Entry:
    """One cell: its value, the shape of a figure, and whether it is marked."""

    value: FormValue
    kind: str = "teks"
    marked: bool = False


@dataclass(frozen=True)
class Listing:
    """One sheet: name, heading, a line on how to read it, columns with their width, and rows."""

    sheet: str
    title: str
    note: str
    columns: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[Entry]]


def write_sensitivity(title: str, tahun: int, month: int, listings: Sequence[Listing]) -> bytes:
    """A workbook with a sheet per listing, in the order given. Same listings, same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, title, tahun, month)
        palette = Palette(book)
        for listing in listings:
            _draw(book.add_worksheet(listing.sheet), palette, listing)
    return buffer.getvalue()


def _draw(sheet: Worksheet, palette: Palette, listing: Listing) -> None:
    sheet.write_string(0, 0, listing.title, palette.format("judul"))
    sheet.write_string(1, 0, listing.note, palette.format("anak_judul"))
    for at, (label, width) in enumerate(listing.columns):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADER_ROW - 1, at, label, palette.format("kepala"))
    sheet.set_row(_HEADER_ROW - 1, height_of(listing.columns))
    for number, row in enumerate(listing.rows, _HEADER_ROW):
        _draw_row(sheet, palette, number, row)
        widths = [width for _, width in listing.columns]
        sheet.set_row(number, height_of((e.value, width) for e, width in zip(row, widths, strict=True)))
    sheet.freeze_panes(_HEADER_ROW, _FROZEN.get(listing.sheet, 0))
    last = _HEADER_ROW - 1 + max(len(listing.rows), 1)
    sheet.autofilter(_HEADER_ROW - 1, 0, last, len(listing.columns) - 1)
    set_up_page(sheet, _HEADER_ROW, listing.title)


def _draw_row(sheet: Worksheet, palette: Palette, number: int, row: Sequence[Entry]) -> None:
    for at, entry in enumerate(row):
        look = palette.format("warning" if entry.marked else "polos", entry.kind)
        write_value(sheet, number, at, entry.value, look)
