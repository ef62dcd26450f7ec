"""The tables and lines of text of a web page, in the order of reading, gathered without a tree; nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipelines.stores.workbooks.book import broken, unsafe
from pipelines.stores.workbooks.colours import WHITE, are_one, written
from pipelines.stores.workbooks.faces import PLAIN, Face
from pipelines.stores.workbooks.web_looks import WebLooks
from pipelines.stores.workbooks.web_table import WebCell, WebLine, WebPage, WebRow, WebTable, folded

_STRUCK, _RAISED, _LOWERED = frozenset({"s", "strike", "del"}), "sup", "sub"
_LAID_OUT = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup"})
_VOID = frozenset(
    {"br", "col", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "embed", "param", "source"}
)
_UNFILLED = frozenset({"button", "submit", "reset", "hidden", "image", "file"})
_SILENT = frozenset({"head", "title", "script", "xml", "noscript", "template", "datalist"})
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "center", "hr", "address", "dd", "dt"}
)
_DEEPEST = 200
_MAX_MARKS = 1_000_000


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


@dataclass(frozen=True)
class _Open:
    """An element that has begun: its look, its colours, and whether what is in it is shown."""

    name: str
    face: Face = PLAIN
    shown: bool = True
    letters: str = ""
    ground: str = WHITE


class _Listener:
    """Listens to the parser of lxml. `stack` holds the open tables; text goes to the open cell, else to the page."""

    def __init__(self) -> None:
        self.page = WebPage()
        self.stack: list[WebTable] = []
        self.open = [_Open("")]
        self.line: WebLine = []
        self.css: list[str] = []
        self.looks = WebLooks()
        self.silent = 0
        self.choices: list[tuple[bool, list[str]]] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.silent += name in _SILENT
        if name not in _VOID:
            self._open(name, attributes)
        if begin := _BEGIN.get(name):
            begin(self, dict(attributes))
        elif name == "br":
            self._end_line(even_empty=self.open[-1].shown)
        elif name in _BLOCKS:
            self._end_line()

    def end(self, name: str) -> None:
        """An element ends."""
        self.silent -= name in _SILENT
        if name in _BLOCKS or name in ("table", "td", "th", "caption"):
            self._end_line()
        if name == "table" and self.stack:
            self.stack.pop()
        elif name == "select":
            self._chosen()
        elif name == "style":
            self.looks = WebLooks("".join(self.css))
        if len(self.open) > 1 and name not in _VOID:
            self.open.pop()

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        if self.open[-1].name == "style":
            self.css.append(text)
        elif self.choices:
            self.choices[-1][1].append(text)
        elif not self.silent and self.choices is None:
            self._say(text)

    def close(self) -> None:
        """The page ends."""
        self._end_line()
        self.page.css = "".join(self.css)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        outer, look = self.open[-1], self.looks.of(attributes)
        struck = outer.face.struck or look.struck or name in _STRUCK
        raised = outer.face.raised or name == _RAISED or (look.raised and name not in _LAID_OUT)
        lowered = outer.face.lowered or name == _LOWERED or (look.lowered and name not in _LAID_OUT)
        # of a row or table that is not shown its cells are read all the same, and told to be hidden
        shown = look.seen and (outer.shown or name in ("td", "th"))
        own = written(attributes.get("color", ""), "") if name == "font" else ""
        letters, ground = own or look.letters or outer.letters, look.ground or outer.ground
        face = Face(struck, raised, lowered, are_one(letters, ground))
        self.open.append(_Open(name, face, shown, letters, ground))

    def _say(self, text: str) -> None:
        """Text goes on the line; what is not shown is only noted."""
        if self.open[-1].shown:
            self.line.append((text, self.open[-1].face))
        elif text.strip() and (cell := self._cell_open()):
            cell.unseen.append(text.strip())

    def _cell_open(self) -> WebCell | None:
        rows = self.stack[-1].rows if self.stack else []
        return rows[-1].cells[-1] if rows and rows[-1].cells else None

    def _place(self) -> list[WebLine | WebTable]:
        """Where text and tables go: the open cell; text between the cells of a table stands before it on the page."""
        cell = self._cell_open()
        return cell.blocks if cell else self.page.blocks

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = folded(self.line)
        self.line = []
        if line or even_empty:
            self._place().append(line)

    def _input(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("type", "text").lower() if self.looks.of(attributes).seen else "hidden"
        if kind in ("checkbox", "radio"):
            self._fill("☑" if "checked" in attributes else "☐")
        elif kind not in _UNFILLED:
            self._fill(attributes.get("value", ""))

    def _fill(self, text: str) -> None:
        """What stands in a field of a form is shown, but is not written on the page."""
        self._say(text)
        if (cell := self._cell_open()) and self.open[-1].shown:
            cell.fields = True

    def _select(self, _: Mapping[str, str]) -> None:
        self.choices = []

    def _option(self, attributes: Mapping[str, str]) -> None:
        if self.choices is not None:
            self.choices.append(("selected" in attributes, []))

    def _chosen(self) -> None:
        """Of several choices the one that was made, else the first, is shown."""
        choices, self.choices = self.choices or [], None
        made = [pieces for chosen, pieces in choices if chosen] or [pieces for _, pieces in choices[:1]]
        self._fill("".join(made[-1]) if made else "")

    def _textarea(self, _: Mapping[str, str]) -> None:
        self._fill("")

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
            self.stack[-1].rows.append(WebRow(attributes, shown=all(element.shown for element in self.open)))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._end_line()
        if self.stack:
            rows = self.stack[-1].rows
            if not rows:
                rows.append(WebRow({}))
            shown, ground = self.looks.of(attributes).shown, self.open[-1].ground
            rows[-1].cells.append(WebCell(attributes, shown=shown, ground=ground))

    def _column(self, attributes: Mapping[str, str]) -> None:
        if self.stack:
            self.stack[-1].columns.append(attributes)


_BEGIN = {
    "table": _Listener._table,
    "tr": _Listener._row,
    "td": _Listener._cell,
    "th": _Listener._cell,
    "col": _Listener._column,
    "input": _Listener._input,
    "select": _Listener._select,
    "option": _Listener._option,
    "textarea": _Listener._textarea,
}
