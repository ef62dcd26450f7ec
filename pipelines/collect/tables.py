"""One table sheet: title, a line of help, header row, then the rows, prefilled cells locked and the others open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, appearance, height_of, set_up_page, width_of, write_value
from pipelines.collect.validation import add_validation
from schemas.form import HEADER_ROW, NUMBER_LABEL, NUMBERED_SHEETS, FormIdentity, FormValue, RealisasiRow
from schemas.layout import Field, SheetLayout, load_layout
from schemas.period import triwulan_period

LOCKED, OPEN = "tetap", "isian"
_NUMBER = Field(name="no", label=NUMBER_LABEL, kind="whole")


@dataclass(frozen=True)
class Drawing:
    """One workbook being drawn: its formats and whose it is."""

    palette: Palette
    identitas: FormIdentity

    @property
    def caption(self) -> str:
        """Whose workbook and of when, for titles and page feet."""
        i = self.identitas
        return f"{i.nama_skpd} · {triwulan_period(i.tahun, i.triwulan).label}"


def columns_of(layout: SheetLayout) -> tuple[Field, ...]:
    """The columns of a sheet, the running number first where there is one."""
    return (_NUMBER, *layout.fields) if layout.sheet in NUMBERED_SHEETS else layout.fields


def draw_table(
    drawing: Drawing,
    sheet: Worksheet,
    rows: Sequence[object],
    role_of_row: Callable[[object], str | None] = lambda _: None,
) -> None:
    """Draw the rows below their header; `role_of_row` gives a whole row one look, None leaves it to its columns."""
    layout = load_layout("format_pengisian").sheet(sheet.get_name())
    columns = columns_of(layout)
    empty = bool(rows) and all(_is_blank(row, columns) for row in rows)
    draw_head(drawing, sheet, columns, blank=empty)
    for number, row in enumerate(rows, 1):
        blank = _is_blank(row, columns)
        for at, column in enumerate(columns):
            value = number if column.name == "no" else _value(row, column)
            look = role_of_row(row) or role_of(column, value)
            look = OPEN if blank and column.name != "no" else look
            write_value(sheet, HEADER_ROW + number - 1, at, value, drawing.palette.format(look, column.kind))
        sheet.set_row(HEADER_ROW + number - 1, _row_height(row, columns))
    for at, column in enumerate(columns):
        add_validation(sheet, column, at, len(rows), drawing.identitas.tahun, blank=empty)


def _is_blank(row: object, columns: Sequence[Field]) -> bool:
    """Whether the office knows nothing of a row: all of it is the SKPD's to fill."""
    return all(_value(row, column) is None for column in columns)


def _value(row: object, column: Field) -> FormValue:
    if column.kind == "narrative" and isinstance(row, RealisasiRow):
        return row.narasi.get(column.name)
    value: FormValue = getattr(row, column.name, None)
    return value


def _row_height(row: object, columns: Sequence[Field]) -> float:
    """Room for the longest text, and for some where an SKPD is to write."""
    least = appearance()["tinggi"]["isian_paling_sedikit"] if isinstance(row, RealisasiRow) else 0
    return height_of(((_value(row, column), width_of(column)) for column in columns), least)


def role_of(column: Field, value: FormValue) -> str:
    """Open or locked: what the SKPD fills, and what the office should have prefilled but could not."""
    opens = column.fill == "always" or (column.fill == "if_empty" and value is None)
    return OPEN if opens else LOCKED


def draw_head(drawing: Drawing, sheet: Worksheet, columns: Sequence[Field], *, blank: bool) -> None:
    """Title, whose and when, one line of help (of a `blank` table how to fill it), and the header row, in sight."""
    look = appearance()["lembar"][sheet.get_name()]
    sheet.write_string(0, 0, look["judul"], drawing.palette.format("judul"))
    sheet.write_string(1, 0, drawing.caption, drawing.palette.format("anak_judul"))
    sheet.write_string(2, 0, look["petunjuk_kosong" if blank else "petunjuk"], drawing.palette.format("anak_judul"))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, width_of(column))
        sheet.write_string(HEADER_ROW - 1, at, column.label, drawing.palette.format("kepala"))
    sheet.set_row(HEADER_ROW - 1, 32)
    sheet.freeze_panes(HEADER_ROW, look["beku"])
    set_up_page(sheet, HEADER_ROW, drawing.caption)
    protect(sheet, grows=blank)


def protect(sheet: Worksheet, *, grows: bool = False) -> None:
    """Lock without a password: against slips, not against people; widths and heights stay the reader's.

    Into a table that `grows` rows may be put: nobody here knows how many there are.
    """
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": grows})
