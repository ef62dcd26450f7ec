"""A web page saved as .xls, laid out on one sheet as Excel does on opening: texts and tables one below the other."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container, Mapping

from pipelines.stores.workbooks.book import MAX_COLUMNS, MAX_ROWS, other
from pipelines.stores.workbooks.colours import WHITE
from pipelines.stores.workbooks.delimited import unwrap
from pipelines.stores.workbooks.faces import seen
from pipelines.stores.workbooks.number_formats import Format, as_shown
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from pipelines.stores.workbooks.web_page import read_page
from pipelines.stores.workbooks.web_styles import code_of_style, codes_of_classes, format_of_name
from pipelines.stores.workbooks.web_table import WebCell, WebLine, WebPage, WebRow, WebTable
from schemas.workbook import Cell, Doubt, Grid, Unsure, address

ONLY_SHEET = "Sheet1"
"""The sheet of a file that has no sheets, as a spreadsheet program names it."""
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,100})</x:Name>", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""Thousands, or three decimals: nobody can tell."""
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_html(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The one sheet of the page. Cells stay text unless the page itself says what number they hold."""
    text = decode(content)
    page = read_page(text)
    if not any(isinstance(block, WebTable) for block in page.blocks):
        raise other("halaman web tanpa tabel")
    names = set(_SHEET_NAME.findall(text[:100_000]))
    name = names.pop() if len(names) == 1 else ONLY_SHEET
    if wanted is not None and name not in wanted:
        return {}
    return {name: _Layout(page, SheetBuilder(name, Budget())).grid()}


def decode(content: bytes) -> str:
    """The page as text: by its byte order mark, as it declares itself, as UTF-8, else as Windows writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:4096])
    for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


class _Layout:
    """Places the blocks of a page on a sheet."""

    def __init__(self, page: WebPage, builder: SheetBuilder) -> None:
        self.builder, self.classes = builder, codes_of_classes(page.css)
        self.row = 1
        self._blocks(page.blocks)

    def grid(self) -> Grid:
        return self.builder.grid()

    def _blocks(self, blocks: list[WebLine | WebTable]) -> None:
        for block in blocks:
            if isinstance(block, list):
                self.builder.put(self.row, 1, seen(block)[0])
                self.row += 1
            elif block.is_layout():
                for row in block.rows:
                    for cell in row.cells:
                        self._blocks(cell.blocks)
            else:
                self._table(block)

    def _table(self, table: WebTable) -> None:
        """A table from the present row on; cells that reach down leave no room for others."""
        first, last = self.row, self.row + len(table.rows) - 1
        self._columns(table.columns)
        reaching: dict[int, int] = {}
        for row in table.rows:
            self._row(row, reaching, last)
            self.row += 1
        self.row = max(self.row, first)

    def _row(self, row: WebRow, reaching: dict[int, int], last: int) -> None:
        if not row.shown:
            self.builder.hide_rows(self.row, self.row)
        column, concealed = 1, list[str]()
        for cell in row.cells:
            if not cell.shown:
                concealed += cell.unseen
                continue
            concealed.clear()  # what stands behind it has moved into its place, as a browser shows it
            while reaching.get(column, 0) >= self.row:
                column += 1
            down, across = _span(cell, "rowspan", MAX_ROWS), _span(cell, "colspan", MAX_COLUMNS)
            bottom = min(self.row + down - 1, last)
            self._put(column, cell)
            self.builder.merge(self.row, column, bottom, column + across - 1)
            reaching.update(dict.fromkeys(range(column, column + across), bottom))
            column += across
        for at, text in enumerate(concealed, column):
            self.builder.put(self.row, at, None, doubt=Doubt(Unsure.CONCEALED, text))

    def _put(self, column: int, cell: WebCell) -> None:
        number_format = self._format(cell)
        text, doubt = seen(cell.runs())
        value = _value(cell, unwrap(text), number_format.kind)
        formula = cell.attributes.get("x:fmla")
        doubt = doubt or _doubt(cell, text)
        self.builder.put(self.row, column, value, formula, number_format=number_format, doubt=doubt)
        if isinstance(value, str):
            self._written(address(self.row, column), value, number_format)

    def _written(self, at: str, text: str, number_format: Format) -> None:
        """A number that stays text is seen as its format shows it all the same, once Excel opens the page."""
        if number_format.is_fixed and _PLAIN_NUMBER.fullmatch(text):
            shown = number_format.of(float(text)).text
            self.builder.shown.update({at: shown} if shown else {})
        elif any(map(str.isdigit, text)) and (scale := number_format.of(None).scale) is not None:
            self.builder.scales[at] = scale

    def _format(self, cell: WebCell) -> Format:
        """The number format by the cell's own style, its class, or LibreOffice's `sdnum`."""
        code = code_of_style(cell.attributes.get("style", ""))
        if code is None:
            names = cell.attributes.get("class", "").split()
            of_office = [*cell.attributes.get("sdnum", "").split(";", 2), "", ""][2]
            code = next((self.classes[name] for name in names if name in self.classes), of_office)
        return format_of_name(code, on_white=cell.ground == WHITE)

    def _columns(self, columns: list[Mapping[str, str]]) -> None:
        column = 1
        for attributes in columns:
            across = _number(attributes.get("span"), MAX_COLUMNS)
            if _is_hidden(attributes):
                self.builder.hide_columns(column, column + across - 1)
            column += across


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_NOT_SHOWN.search(attributes.get("style", "")))


def _span(cell: WebCell, name: str, most: int) -> int:
    """How far a cell reaches; `rowspan=0` means to the end."""
    text = cell.attributes.get(name, "1").strip()
    return most if text == "0" and name == "rowspan" else _number(text, most)


def _number(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdecimal() and len(text) < 10 else 1


def _doubt(cell: WebCell, text: str) -> Doubt | None:
    """What a cell leaves open beside the look of its letters."""
    if text and all(face is not None and face.camouflaged for piece, face in cell.runs() if piece.strip()):
        return Doubt(Unsure.CAMOUFLAGED)
    if cell.unseen and not text:
        return Doubt(Unsure.CONCEALED, " ".join(cell.unseen))
    return Doubt(Unsure.FIELD) if cell.fields else None


def _value(cell: WebCell, text: str, kind: str) -> Cell:
    """The text of the cell, or the number the page gives beside it (`x:num`, `sdval`) or formats as no plain one."""
    given = cell.attributes.get("x:num", cell.attributes.get("sdval"))
    formatted = kind == "percent" or (kind == "varied" and not _GROUPED.fullmatch(text))
    number = text if given == "" or (given is None and formatted) else given
    if number is None or "x:str" in cell.attributes:
        return text or None
    if _PLAIN_NUMBER.fullmatch(number.strip()) or (given and _is_float(given)):
        return as_shown(float(number), kind)
    return text or None


def _is_float(text: str) -> bool:
    try:
        return float(text) == float(text) and abs(float(text)) != float("inf")
    except ValueError:
        return False
