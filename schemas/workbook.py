"""A sheet as read: a grid of plain values that still knows every address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell can hold; an empty cell is None, an error cell is a text beginning with `#`."""


Merge = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, one-based and inclusive."""


@dataclass(frozen=True)
class Grid:
    """The values of one sheet; row 1 column 1 is cell A1. `percent` holds the cells shown as a native percentage.

    The rest is known only where the sheet was read in full: merged ranges, what is hidden, the text of formulas by
    address (`=SUM(K7:K9)`), and of those the ones whose file keeps no value (`uncached`; their value is None).
    """

    sheet: str
    rows: Sequence[Sequence[Cell]]
    percent: frozenset[str] = field(default=frozenset())
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: Mapping[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()

    def value(self, row: int, column: int) -> Cell:
        """The value at a one-based row and column; None beyond the edge."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]


def column_letter(column: int) -> str:
    """`1` → `A`, `28` → `AB`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a one-based row and column: `(17, 5)` → `E17`."""
    return f"{column_letter(column)}{row}"
