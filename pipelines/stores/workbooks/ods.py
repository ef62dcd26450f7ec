"""An .ods in full: one pass over its content part, in which a repeated row or column costs only what it fills."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date, datetime, time, timedelta

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import broken, locked
from pipelines.stores.workbooks.faces import PLAIN, Face, Run, seen_cell
from pipelines.stores.workbooks.number_formats import GENERAL, Format, read_format, whole, without_midnight
from pipelines.stores.workbooks.ods_styles import OdsStyles
from pipelines.stores.workbooks.sax import parse
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from schemas.workbook import Cell, Doubt, Grid

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_DURATION = re.compile(r"-?PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_CELLS = ("table-cell", "covered-table-cell")
_HIDDEN = ("collapse", "filter")
_PERCENT = read_format("0%")


def read_ods(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name, in the order of the workbook."""
    with open_archive(content) as archive:
        if "meta-inf/manifest.xml" in archive.NameToInfo and b"encryption-data" in archive.read(
            "meta-inf/manifest.xml"
        ):
            raise locked("buku kerja .ods dengan kata sandi")
        styles = OdsStyles()
        if "styles.xml" in archive.NameToInfo:
            parse(archive.read("styles.xml"), styles)
        if "settings.xml" in archive.NameToInfo:
            parse(archive.read("settings.xml"), styles)
        listener = _Content(wanted, styles)
        parse(archive.read("content.xml"), listener)
    return {builder.name: builder.grid() for builder in listener.sheets}


class _Content:
    """Listens to content.xml. Only paragraphs that stand in the cell itself are its text: comments stand deeper."""

    def __init__(self, wanted: Container[str] | None, styles: OdsStyles) -> None:
        self.wanted, self.styles, self.budget = wanted, styles, Budget()
        self.sheets: list[SheetBuilder] = []
        self.sheet: SheetBuilder | None = None
        self.row = self.column = self.row_count = self.columns_seen = 0
        self.depth = self.sheet_depth = self.cell_depth = 0
        self.cell: Mapping[str, str] | None = None
        self.runs: list[Run] = []
        self.faces: list[Face | None] = []
        self.column_styles: list[tuple[int, str]] = []
        self.row_style = ""
        self.in_paragraph = False
        self.begin = {
            "table": self._table,
            "table-source": self._drop,
            "table-column": self._table_column,
            "table-row": self._table_row,
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.cell is not None:
            self._inside(name, attributes)
        elif self.sheet is not None and name in _CELLS:
            self.cell, self.cell_depth, self.runs = attributes, self.depth, []
        elif begin := self.begin.get(name):
            begin(attributes)
        elif self.sheet is None:
            self.styles.start(name, attributes)

    def end(self, name: str) -> None:
        if self.cell is not None and self.depth == self.cell_depth:
            self._put(self.cell)
            self.cell = None
        elif self.in_paragraph and self.depth == self.cell_depth + 1:
            self.in_paragraph = False
        elif self.in_paragraph:
            self.faces.pop()
        elif name == "table" and self.depth == self.sheet_depth:
            self.sheet = None
        elif self.sheet is None:
            self.styles.end(name)
        self.depth -= 1

    def text(self, data: str) -> None:
        if self.in_paragraph:
            self.runs.append((data, self.faces[-1]))
        elif self.sheet is None:
            self.styles.text(data)

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p" and self.depth == self.cell_depth + 1:
            if self.in_paragraph or self.runs or self.faces:
                self.runs.append(("\n", PLAIN))
            self.in_paragraph, self.faces = True, [None]
        elif self.in_paragraph:
            spaces = {"s": " " * min(_count(attributes, "text:c"), 100), "tab": "\t", "line-break": "\n"}
            self.faces.append(self._face_of(attributes) if name == "span" else self.faces[-1])
            self.runs.append((spaces.get(name, ""), self.faces[-1]))

    def _face_of(self, attributes: Mapping[str, str]) -> Face | None:
        """The look of a piece: its own style decides, where it has one that looks in any way."""
        face = self.styles.face(attributes.get("text:style-name", ""))
        return self.faces[-1] if face == PLAIN else face

    def _table(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("table:name", "")
        if self.sheet is not None or (self.wanted is not None and name not in self.wanted):
            return
        self.sheet = SheetBuilder(name, self.budget, attributes.get("table:style-name") in self.styles.hidden)
        self.sheet.shows_zeros = self.styles.shows_zeros(name)
        self.sheets.append(self.sheet)
        self.sheet_depth, self.row, self.row_count, self.columns_seen = self.depth, 1, 0, 0
        self.column_styles = []

    def _drop(self, _: Mapping[str, str]) -> None:
        """What was taken for a sheet is the kept copy of another workbook's."""
        if self.sheet is not None:
            self.sheets.remove(self.sheet)
            self.sheet = None

    def _table_column(self, attributes: Mapping[str, str]) -> None:
        repeated = _count(attributes, "table:number-columns-repeated")
        if self.sheet is not None and attributes.get("table:visibility") in _HIDDEN:
            self.sheet.hide_columns(self.columns_seen + 1, self.columns_seen + repeated)
        self.columns_seen += repeated
        self.column_styles.append((self.columns_seen, attributes.get("table:default-cell-style-name", "")))

    def _table_row(self, attributes: Mapping[str, str]) -> None:
        self.row += self.row_count
        self.row_count, self.column = _count(attributes, "table:number-rows-repeated"), 1
        self.row_style = attributes.get("table:default-cell-style-name", "")
        if self.sheet is not None and attributes.get("table:visibility") in _HIDDEN:
            self.sheet.hide_rows(self.row, self.row + self.row_count - 1)

    def _put(self, cell: Mapping[str, str]) -> None:
        assert self.sheet is not None
        repeated = _count(cell, "table:number-columns-repeated")
        runs, self.faces = [run for run in self.runs if run[0]], []
        value = cell_value(cell, "".join(text for text, _ in runs))
        face, number_format = self.styles.of_cell(self._style_of(cell))
        value, doubt = seen_cell(value, runs if "office:string-value" not in cell else (), face)
        look = _as_typed(number_format, cell.get("office:value-type")), doubt
        formula = as_excel(cell["table:formula"]) if "table:formula" in cell else None
        if value is not None or formula is not None:
            for row in range(self.row, self.row + self.row_count):
                for column in range(self.column, self.column + repeated):
                    self._place(row, column, value, formula, cell, look)
        down, across = _count(cell, "table:number-rows-spanned"), _count(cell, "table:number-columns-spanned")
        self.sheet.merge(self.row, self.column, self.row + down - 1, self.column + across - 1)
        self.column += repeated

    def _style_of(self, cell: Mapping[str, str]) -> str:
        """The style of a cell: its own, else that of its row or column."""
        by_column = next((style for last, style in self.column_styles if self.column <= last), "")
        return cell.get("table:style-name") or self.row_style or by_column

    def _place(
        self,
        row: int,
        column: int,
        value: Cell,
        formula: str | None,
        cell: Mapping[str, str],
        look: tuple[Format, Doubt | None],
    ) -> None:
        assert self.sheet is not None
        number_format, doubt = look
        self.sheet.put(row, column, value, formula, number_format=number_format, doubt=doubt)
        if formula is not None and value is None and "office:value-type" not in cell:
            self.sheet.leave_uncached(row, column)


def _as_typed(number_format: Format, of_type: str | None) -> Format:
    """The type of a value says whether it is a percentage, unless the format says so of some numbers only."""
    if (of_type == "percentage") == number_format.may_be_percent or number_format.kind == "varied":
        return number_format
    return _PERCENT if of_type == "percentage" else GENERAL


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A number of repetitions; one where none is given."""
    text = attributes.get(name, "1")
    if not text.isdecimal() or len(text) > 9:
        raise broken()
    return max(int(text), 1)


def cell_value(cell: Mapping[str, str], shown: str) -> Cell:
    """The value of a cell by its type; an error is what is shown for it."""
    if cell.get("calcext:value-type") == "error" or shown in ERRORS:
        return shown if shown.startswith("#") else f"#{shown}"
    of_type = cell.get("office:value-type")
    try:
        return _typed(of_type, cell, shown)
    except (KeyError, ValueError):
        return shown or None


def _typed(of_type: str | None, cell: Mapping[str, str], shown: str) -> Cell:
    if of_type in ("float", "percentage", "currency"):
        return whole(float(cell["office:value"]))
    if of_type == "date":
        return _moment(cell["office:date-value"])
    if of_type == "time":
        return _duration(cell["office:time-value"])
    if of_type == "boolean":
        return cell["office:boolean-value"] == "true"
    return cell.get("office:string-value", shown) or None


def _moment(text: str) -> Cell:
    if "T" not in text:
        return date.fromisoformat(text)
    return without_midnight(datetime.fromisoformat(text).replace(tzinfo=None))


def _duration(text: str) -> time | timedelta:
    """`PT06H30M00S` → half past six; a day and more is a duration."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError(text)
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return _time_of_day(length) if length < timedelta(days=1) and not text.startswith("-") else length


def _time_of_day(length: timedelta) -> time:
    minutes, seconds = divmod(length.seconds, 60)
    return time(minutes // 60, minutes % 60, seconds, length.microseconds)


_QUOTED = re.compile(r'("(?:[^"]|"")*")')
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_SHEET = re.compile(r"\$?('(?:[^']|'')*'|[^'.:]+)\.")


def as_excel(formula: str) -> str:
    """`of:=SUM([.K7:.K9];1)` → `=SUM(K7:K9,1)`; references to other sheets as Excel writes them."""
    _, _, body = formula.partition("=")
    pieces = _QUOTED.split(body)
    return "=" + "".join(p if p.startswith('"') else _plain(p) for p in pieces)


def _plain(piece: str) -> str:
    """Outside of quoted texts: references unwrapped, arguments parted by commas."""
    parts = _REFERENCE.split(piece)
    parts[::2] = [part.replace(";", ",") for part in parts[::2]]
    parts[1::2] = [_SHEET.sub(r"\1!", part).replace("!.", "!").replace(":.", ":").lstrip(".") for part in parts[1::2]]
    return "".join(parts)
