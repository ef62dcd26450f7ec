"""A sheet as a person sees it: merged cells show their value in every place they cover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from pipelines.extract.recalculation import recalculate
from schemas.headings import fold_heading
from schemas.invisible import without_invisible
from schemas.labels import is_anchor, is_child
from schemas.workbook import Cell, Grid, Merge

_NUMBERING = re.compile(r"^\(?(\d{1,2}[a-z]?|[a-z]|©)\)?\.?$|^\(?\d{1,2}\)? ?= ?[\d ()+x/×÷:%*.,-]+$", re.IGNORECASE)


class View:
    """A grid with its merges resolved and without invisible characters; rows and columns are one-based."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid = _as_shown(grid)
        self.height = len(grid.rows)
        self.width = max((len(row) for row in grid.rows), default=0)
        self._filled: dict[int, list[tuple[int, Cell]]] = {}

    @cached_property
    def _owner(self) -> dict[tuple[int, int], Merge]:
        """Every covered place → its merge, within the used area."""
        return {
            (row, column): merge
            for merge in self.grid.merges
            for row in range(merge[0], min(merge[2], self.height) + 1)
            for column in range(merge[1], min(merge[3], self.width) + 1)
        }

    @cached_property
    def recalculated(self) -> Mapping[str, Decimal | str | None]:
        """The figures of formulas whose file keeps no value; None where a formula is not simple arithmetic."""
        return recalculate(self.grid)

    def merge(self, row: int, column: int) -> Merge:
        """The merged range a place belongs to; a lone cell is its own."""
        return self._owner.get((row, column), (row, column, row, column))

    def own(self, row: int, column: int) -> Cell:
        """What stands in the cell itself; blank text is nothing."""
        cell = self.grid.value(row, column)
        return None if isinstance(cell, str) and (not cell or cell.isspace()) else cell

    def seen(self, row: int, column: int) -> Cell:
        """What a person sees there: of a merged cell, the value of its first."""
        top, left, _, _ = self.merge(row, column)
        return self.own(top, left)

    def label(self, row: int, column: int) -> str:
        """The text seen there, folded."""
        value = self.seen(row, column)
        return fold_heading(value) if isinstance(value, str) else ("" if value is None else fold_heading(str(value)))

    def filled(self, row: int) -> Sequence[tuple[int, Cell]]:
        """Column and value of the filled cells of a row, merged ones once."""
        if row not in self._filled:
            cells = self.grid.rows[row - 1] if row <= self.height else ()
            self._filled[row] = [
                (n, cell)
                for n, cell in enumerate(cells, 1)
                if cell is not None and not (isinstance(cell, str) and (not cell or cell.isspace()))
            ]
        return self._filled[row]

    def is_blank(self, row: int) -> bool:
        """Whether nothing stands in the row."""
        return not self.filled(row)


def _as_shown(grid: Grid) -> Grid:
    """The same sheet without what nobody sees in its texts: equal texts are to be equal whatever reads them."""
    rows = [_row_as_shown(row) for row in grid.rows]
    return grid if all(a is b for a, b in zip(rows, grid.rows, strict=True)) else replace(grid, rows=rows)


def _row_as_shown(row: Sequence[Cell]) -> Sequence[Cell]:
    if all(not isinstance(cell, str) or cell.isascii() for cell in row):
        return row
    return [without_invisible(cell) if isinstance(cell, str) else cell for cell in row]


def is_numbering(values: Sequence[Cell]) -> bool:
    """Whether the cells of a row number the columns: `1 2 3`, `(a) (b)`, `11 = 7+8`; a label may stand among them."""
    marks, others = list[str](), list[str]()
    for v in values:
        text = str(int(v)) if isinstance(v, float) and v.is_integer() else str(v).strip()
        (marks if _NUMBERING.match(text) else others).append(text)
        if len(others) * 4 > len(values):  # more than a third of the marks there can be
            return False
    if len(marks) < 3 or not all(is_child(t) or is_anchor(t) for t in map(fold_heading, others)):
        return False
    numbers = [int(m[0]) for t in marks if (m := re.match(r"\d+", t.strip("( ")))]
    if numbers:
        return numbers[0] <= 2 and _rises(numbers)
    letters = [t.strip("(). ").casefold() for t in marks]
    return _rises([ord(letter) for letter in letters if letter.isascii()])


def _rises(numbers: list[int]) -> bool:
    """Each at least the one before, and hardly any twice (`6`, `6a`)."""
    return numbers == sorted(numbers) and len(set(numbers)) * 4 >= len(numbers) * 3
