"""The tables and lines of text of a web page, in the order of reading, gathered without a tree; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipelines.stores.workbooks.book import broken, unsafe

_SPACE = re.compile(r"[ \t\r\n\f]+")
_SILENT = frozenset({"head", "title", "script", "xml", "noscript", "template", "select"})
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "center", "hr", "address", "dd", "dt"}
)
_DEEPEST = 200
_MAX_MARKS = 1_000_000


@dataclass
class WebCell:
    """A cell: its attributes and what stands in it, texts and tables."""

    attributes: Mapping[str, str]
    blocks: list[str | WebTable] = field(default_factory=list)

    def text(self) -> str:
        """Its lines of text."""
        return "\n".join(block for block in self.blocks if isinstance(block, str)).strip("\n")


@dataclass
class WebRow:
    """A row of cells."""

    attributes: Mapping[str, str]
    cells: list[WebCell] = field(default_factory=list)


@dataclass
class WebTable:
    """A table: its rows, and the attributes of its columns."""

    rows: list[WebRow] = field(default_factory=list)
    columns: list[Mapping[str, str]] = field(default_factory=list)

    def is_layout(self) -> bool:
        """Whether it only places other tables on the page."""
        return any(isinstance(block, WebTable) for row in self.rows for cell in row.cells for block in cell.blocks)


@dataclass
class WebPage:
    """What a page shows, and its style sheets."""

    blocks: list[str | WebTable] = field(default_factory=list)
    css: str = ""


def read_page(html: str) -> WebPage:
    """The page; raises a refusal beyond the bounds."""
    if html.count("<") > _MAX_MARKS:
        raise unsafe("halaman webnya memuat terlalu banyak unsur")
    listener = _Listener()
    parser = etree.HTMLParser(target=listener, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        parser.feed(html.encode("utf-8", "replace"))
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        raise broken() from None
    return listener.page


class _Listener:
    """Listens to the parser of lxml. `stack` holds the open tables; text goes to the open cell, else to the page."""

    def __init__(self) -> None:
        self.page = WebPage()
        self.stack: list[WebTable] = []
        self.line: list[str] = []
        self.css: list[str] = []
        self.silent = 0
        self.in_style = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.silent += name in _SILENT
        self.in_style = name == "style"
        if begin := _BEGIN.get(name):
            begin(self, dict(attributes))
        elif name == "br":
            self._end_line(even_empty=True)
        elif name in _BLOCKS:
            self._end_line()

    def end(self, name: str) -> None:
        self.silent -= name in _SILENT
        self.in_style = False
        if name in _BLOCKS or name in ("table", "td", "th", "caption"):
            self._end_line()
        if name == "table" and self.stack:
            self.stack.pop()

    def data(self, text: str) -> None:
        if self.in_style:
            self.css.append(text)
        elif not self.silent:
            self.line.append(text)

    def close(self) -> None:
        self._end_line()
        self.page.css = "".join(self.css)

    def _place(self) -> list[str | WebTable]:
        """Where text and tables go: the open cell; text between the cells of a table stands before it on the page."""
        if not self.stack:
            return self.page.blocks
        table = self.stack[-1]
        return table.rows[-1].cells[-1].blocks if table.rows and table.rows[-1].cells else self.page.blocks

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = _SPACE.sub(" ", "".join(self.line)).strip(" ")
        self.line.clear()
        if line or even_empty:
            self._place().append(line)

    def _table(self, _: Mapping[str, str]) -> None:
        self._end_line()
        if len(self.stack) >= _DEEPEST:
            raise unsafe("tabel di dalam tabelnya terlalu dalam")
        table = WebTable()
        self._place().append(table)
        self.stack.append(table)

    def _row(self, attributes: Mapping[str, str]) -> None:
        self._end_line()
        if self.stack:
            self.stack[-1].rows.append(WebRow(attributes))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._end_line()
        if self.stack:
            rows = self.stack[-1].rows
            if not rows:
                rows.append(WebRow({}))
            rows[-1].cells.append(WebCell(attributes))

    def _column(self, attributes: Mapping[str, str]) -> None:
        if self.stack:
            self.stack[-1].columns.append(attributes)


_BEGIN = {
    "table": _Listener._table,
    "tr": _Listener._row,
    "td": _Listener._cell,
    "th": _Listener._cell,
    "col": _Listener._column,
}
