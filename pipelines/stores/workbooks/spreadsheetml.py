"""An Excel 2003 XML workbook (SpreadsheetML) in full."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace

from openpyxl.utils.datetime import from_ISO8601

from pipelines.stores.workbooks.book import broken
from pipelines.stores.workbooks.colours import BLACK, WHITE, are_one, written
from pipelines.stores.workbooks.faces import PLAIN, Face, Run, seen_cell
from pipelines.stores.workbooks.number_formats import whole, without_midnight
from pipelines.stores.workbooks.sax import parse
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from pipelines.stores.workbooks.web_styles import format_of_name
from schemas.workbook import Cell, Grid, column_letter

_QUOTED = re.compile(r'("(?:[^"]|"")*")')
_MARKS = {"S": Face(struck=True), "Sup": Face(raised=True), "Sub": Face(lowered=True)}
"""What stands within a text of several looks."""
_R1C1 = re.compile(r"(?<![\w.])R(\[-?\d+\]|\d+)?C(\[-?\d+\]|\d+)?(?![\w(])")


def read_spreadsheetml(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name, in the order of the workbook."""
    listener = _Listener(wanted)
    parse(content, listener)
    if not listener.found:
        raise broken("berkas XML tanpa lembar kerja")
    return {builder.name: builder.grid() for builder in listener.sheets}


class _Listener:
    """Listens to the document. Positions are counted on unless an index is given; comments hold data of their own."""

    def __init__(self, wanted: Container[str] | None) -> None:
        self.wanted, self.budget, self.found = wanted, Budget(), False
        self.sheets: list[SheetBuilder] = []
        self.sheet: SheetBuilder | None = None
        self.formats: dict[str, str] = {}
        self.colours: dict[str, str] = {}
        self.grounds: dict[str, str] = {}
        self.style = ""
        self.row = self.column = self.next_row = self.next_column = self.table_column = 0
        self.cell: Mapping[str, str] | None = None
        self.type: str | None = None
        self.pieces: list[str] = []
        self.faces: dict[str, Face] = {}
        self.looks: list[Face | None] = [None]
        self.runs: list[Run] = []
        self.collecting = self.in_comment = False
        self.begin = {
            "Style": self._style, "NumberFormat": self._format, "Font": self._font, "Interior": self._interior,
            "Worksheet": self._worksheet, "Column": self._column,
            "Row": self._row, "Cell": self._cell, "Data": self._data, "Comment": self._comment,
            "Visible": self._visible,
        }  # fmt: skip

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.collecting and name in _MARKS:
            self.looks.append(_MARKS[name])
        elif begin := self.begin.get(name):
            begin({key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        if self.collecting and name in _MARKS:
            self.looks.pop()
        elif name == "Data":
            self.collecting = False
        elif name == "Comment":
            self.in_comment = False
        elif name == "Cell" and self.cell is not None:
            self._put(self.cell)
            self.cell = None
        elif name == "Visible" and self.sheet is not None:
            self.sheet.hidden = "".join(self.pieces).strip() != "SheetVisible"
            self.collecting = False
        elif name == "Worksheet":
            self.sheet = None

    def text(self, data: str) -> None:
        if self.collecting:
            self.pieces.append(data)
            self.runs.append((data, self.looks[-1]))

    def _style(self, attributes: Mapping[str, str]) -> None:
        self.style = attributes.get("ID", "")

    def _format(self, attributes: Mapping[str, str]) -> None:
        self.formats[self.style] = attributes.get("Format", "")

    def _font(self, attributes: Mapping[str, str]) -> None:
        if self.sheet is None:
            place = attributes.get("VerticalAlign", "")
            struck = attributes.get("StrikeThrough") == "1"
            self.faces[self.style] = Face(struck, place == "Superscript", place == "Subscript")
            self.colours[self.style] = written(attributes.get("Color", ""), BLACK)

    def _interior(self, attributes: Mapping[str, str]) -> None:
        patterned = attributes.get("Pattern", "None") not in ("None", "Solid")
        self.grounds[self.style] = "" if patterned else written(attributes.get("Color", ""), WHITE)

    def _worksheet(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("Name", "")
        self.found = True
        if self.wanted is None or name in self.wanted:
            self.sheet = SheetBuilder(name, self.budget)
            self.sheets.append(self.sheet)
        self.next_row = self.table_column = 1

    def _column(self, attributes: Mapping[str, str]) -> None:
        first = _number(attributes, "Index", self.table_column)
        self.table_column = first + _number(attributes, "Span", 0) + 1
        if self.sheet is not None and attributes.get("Hidden") == "1":
            self.sheet.hide_columns(first, self.table_column - 1)

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row = _number(attributes, "Index", self.next_row)
        self.next_row = self.row + _number(attributes, "Span", 0) + 1
        self.next_column = 1
        if self.sheet is not None and attributes.get("Hidden") == "1":
            self.sheet.hide_rows(self.row, self.next_row - 1)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self.column = _number(attributes, "Index", self.next_column)
        self.next_column = self.column + _number(attributes, "MergeAcross", 0) + 1
        self.cell, self.type = attributes, None
        self.pieces.clear()
        self.runs, self.looks = [], [None]

    def _data(self, attributes: Mapping[str, str]) -> None:
        if not self.in_comment and self.cell is not None:
            self.collecting, self.type = True, attributes.get("Type", "String")

    def _comment(self, _: Mapping[str, str]) -> None:
        self.in_comment = True

    def _visible(self, _: Mapping[str, str]) -> None:
        self.pieces.clear()
        self.collecting = True

    def _put(self, cell: Mapping[str, str]) -> None:
        if self.sheet is None:
            return
        style = cell.get("StyleID", "")
        ground = self.grounds.get(style, WHITE)
        hidden = are_one(self.colours.get(style, BLACK), ground)
        face = replace(self.faces.get(style, PLAIN), camouflaged=hidden)
        value, doubt = seen_cell(_value(self.type, "".join(self.pieces)), self.runs, face)
        written = cell.get("Formula")
        formula = None if written is None else as_a1(written, self.row, self.column)
        number_format = format_of_name(self.formats.get(style, ""), on_white=ground == WHITE)
        self.sheet.put(self.row, self.column, value, formula, number_format=number_format, doubt=doubt)
        if formula is not None and self.type is None:
            self.sheet.leave_uncached(self.row, self.column)
        down, across = _number(cell, "MergeDown", 0), _number(cell, "MergeAcross", 0)
        self.sheet.merge(self.row, self.column, self.row + down, self.column + across)


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _value(of_type: str | None, text: str) -> Cell:
    if of_type is None or text == "":
        return None
    try:
        if of_type == "Number":
            return whole(float(text))
        if of_type == "DateTime":
            return _moment(text)
    except ValueError:
        return text
    if of_type == "Boolean":
        return text.strip() == "1"
    return f"#{text.lstrip('#')}" if of_type == "Error" else text


def _moment(text: str) -> Cell:
    """A date; a time of day alone is written on the last day of 1899."""
    moment = from_ISO8601(text)
    return moment.time() if text.startswith("1899-12-31T") else without_midnight(moment)


def as_a1(formula: str, row: int, column: int) -> str:
    """`=SUM(R[-3]C:R[-1]C)` in E10 → `=SUM(E7:E9)`."""

    def one(found: re.Match[str]) -> str:
        return f"{_axis(found[2], column, column_letter)}{_axis(found[1], row, str)}"

    pieces = _QUOTED.split(formula)
    return "".join(piece if piece.startswith('"') else _R1C1.sub(one, piece) for piece in pieces)


def _axis(written: str | None, here: int, show: object) -> str:
    assert callable(show)
    if written is None:
        return str(show(here))
    if written.startswith("["):
        return str(show(max(here + int(written[1:-1]), 1)))
    return f"${show(int(written))}"
