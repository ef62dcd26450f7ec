"""A sheet whose cells get another look: a cell that is not there yet is put in its place, its row too."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipelines.stores.workbooks.annotate.package import Element, add, child, local, namespace
from pipelines.stores.workbooks.book import RefusedError
from pipelines.stores.workbooks.parts import row_column
from schemas.workbook import Merge, address

AFTER_DRAWING = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
"""What comes behind the relation to the comments' shapes, in the order the standard fixes."""


@dataclass
class SheetCells:
    """The rows and cells of one worksheet part by number; those without an address of their own get one."""

    root: Element
    numbers: list[int] = field(default_factory=list)
    rows: dict[int, Element] = field(default_factory=dict)
    cells: dict[int, dict[int, Element]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._index_rows()
        merged = child(self.root, "mergeCells")
        self.merges = [] if merged is None else [m for e in merged if (m := _range(e.get("ref", "")))]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell itself, or the first one of the merged range it lies in: only that one is shown."""
        covering = (m for m in self.merges if m[0] <= row <= m[2] and m[1] <= column <= m[3])
        return next(((top, left) for top, left, _, _ in covering), (row, column))

    def cell(self, row: int, column: int) -> Element:
        """The cell at an address, put there with the look of its row or column where it is missing."""
        found = self._cells_of(row)
        if column not in found:
            found[column] = self._insert(row, column, found)
        return found[column]

    def _index_rows(self) -> None:
        data = child(self.root, "sheetData")
        number = 0
        for row in (e for e in data if local(e) == "row"):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self.rows.setdefault(number, row)
        self.numbers = sorted(self.rows)

    def _cells_of(self, row: int) -> dict[int, Element]:
        if row not in self.cells:
            self.cells[row] = dict(self._index_cells(row))
        return self.cells[row]

    def _index_cells(self, row: int) -> Iterator[tuple[int, Element]]:
        if row not in self.rows:
            self._insert_row(row)
        column = 0
        for cell in (e for e in self.rows[row] if local(e) == "c"):
            column = row_column(cell.get("r"))[1] if cell.get("r") else column + 1
            cell.set("r", address(row, column))
            yield column, cell

    def _insert_row(self, number: int) -> None:
        made = etree.Element(f"{{{namespace(self.root)}}}row", r=str(number))
        at = bisect_right(self.numbers, number)
        if at < len(self.numbers):
            self.rows[self.numbers[at]].addprevious(made)
        else:
            child(self.root, "sheetData").append(made)
        insort(self.numbers, number)
        self.rows[number] = made

    def _insert(self, row: int, column: int, known: Mapping[int, Element]) -> Element:
        made = etree.Element(f"{{{namespace(self.root)}}}c", r=address(row, column))
        if style := self._inherited(row, column):
            made.set("s", style)
        later = min((c for c in known if c > column), default=None)
        if later is None:
            self.rows[row].append(made)
        else:
            known[later].addprevious(made)
        self.rows[row].attrib.pop("spans", None)
        self._widen(row, column)
        return made

    def _inherited(self, row: int, column: int) -> str | None:
        """The style an empty cell shows: that of its row, else that of its column."""
        of_row = self.rows[row]
        if of_row.get("customFormat") in ("1", "true"):
            return str(of_row.get("s", "")) or None
        columns = child(self.root, "cols")
        for element in () if columns is None else columns:
            if int(element.get("min", 0)) <= column <= int(element.get("max", 0)):
                return str(element.get("style", "")) or None
        return None

    def _widen(self, row: int, column: int) -> None:
        """The sheet says where its cells end; programs that trust it would not see a cell beyond."""
        dimension = child(self.root, "dimension")
        if dimension is None or not dimension.get("ref"):
            return
        top, left, bottom, right = _range(dimension.get("ref")) or (row, column, row, column)
        first, last = address(min(top, row), min(left, column)), address(max(bottom, row), max(right, column))
        dimension.set("ref", first if first == last else f"{first}:{last}")


def styled(root: Element) -> Iterable[tuple[Element, str]]:
    """Everything on a sheet that has a style, with the attribute that names it."""
    keys = {"c": "s", "row": "s", "col": "style"}
    for name, key in keys.items():
        yield from ((e, key) for e in root.iter(f"{{{namespace(root)}}}{name}") if e.get(key))


def style_of(cell: Element) -> int:
    """The number of a cell's style."""
    return _style(cell.get("s"))


def link_drawing(root: Element, relations: str, key: str) -> None:
    """Point the sheet to the part with the shapes of its comments."""
    made = add(root, "legacyDrawing")
    made.set(f"{{{relations}}}id", key)
    before = next((e for e in root if local(e) in AFTER_DRAWING), None)
    if before is not None:
        before.addprevious(made)


def _style(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _range(ref: str) -> Merge | None:
    first, _, last = ref.partition(":")
    try:
        (top, left), (bottom, right) = row_column(first), row_column(last or first)
    except RefusedError:
        return None
    return top, left, bottom, right
