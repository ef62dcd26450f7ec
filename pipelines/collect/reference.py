"""The office's reference workbooks (data/raw/<tahun>/acuan), drawn from plain rows by the layout `acuan`."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, width_of, write_value
from schemas.form import ReferenceBook, ReferenceSheet
from schemas.layout import load_layout

_HEADER_ROW = 3


def write_reference(book: ReferenceBook) -> bytes:
    """One reference workbook; same rows, same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as workbook:
        set_properties(workbook, book.title, book.tahun, 1)
        palette = Palette(workbook)
        for sheet in book.sheets:
            _draw_sheet(palette, workbook.add_worksheet(sheet.sheet), sheet, f"{book.title} Tahun {book.tahun}")
    return buffer.getvalue()


def _draw_sheet(palette: Palette, sheet: Worksheet, content: ReferenceSheet, title: str) -> None:
    fields = load_layout("acuan").sheet(content.sheet).fields
    sheet.write_string(0, 0, title, palette.format("judul"))
    for at, field in enumerate(fields):
        sheet.set_column(at, at, width_of(field))
        sheet.write_string(_HEADER_ROW - 1, at, field.label, palette.format("kepala"))
    sheet.set_row(_HEADER_ROW - 1, 30)
    for number, row in enumerate(content.rows, _HEADER_ROW):
        for at, (field, value) in enumerate(zip(fields, row, strict=True)):
            write_value(sheet, number, at, value, palette.format("polos", field.kind))
        sheet.set_row(number, height_of((value, width_of(f)) for f, value in zip(fields, row, strict=True)))
    sheet.freeze_panes(_HEADER_ROW, 2)
    sheet.autofilter(_HEADER_ROW - 1, 0, _HEADER_ROW - 1 + max(len(content.rows), 1), len(fields) - 1)
    set_up_page(sheet, _HEADER_ROW, title)
