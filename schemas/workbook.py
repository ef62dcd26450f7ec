"""A sheet as read: a grid of plain values that still knows every address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell can hold; an empty cell is None, an error cell is a text beginning with `#`."""


def show_cell(cell: object) -> str:
    """What a cell holds as people here write it: `81,25`, `15-06-2025`, a text as it is; nothing of an empty one."""
    if isinstance(cell, float):
        return format(cell, ".15g").replace(".", ",")
    return f"{cell:%d-%m-%Y}" if isinstance(cell, date) else str("" if cell is None else cell)


Merge = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, one-based and inclusive."""


class Unsure(Enum):
    """Why what stands in a cell may not be what is meant."""

    STRUCK = "all of it is struck out"
    RAISED = "all of it is written as the mark of a footnote"
    CONCEALED = "nothing of it is shown"
    PART_STRUCK = "a part of it is struck out, and left out of the value"
    BORROWED_ZERO = "it is a zero of a formula that takes it from empty cells"
    UNREAD_ZERO = "it is a zero of a formula whose words its format does not tell"
    UNSEEN_ZERO = "it is a zero, and its format or its sheet shows none"
    UNKNOWN = "it is a formula whose file keeps no value, and it cannot be worked out"
    RECALCULATED = "it is a formula whose file keeps no value; what stands there was worked out"
    UNSEEN = "its format shows nothing of it"
    CAMOUFLAGED = "its letters have the colour of their ground"
    FIELD = "it stands in a field of a web page to type in or to choose from"


@dataclass(frozen=True)
class Doubt:
    """What a cell leaves open, the text it is about, and what it was read as where that is not the text itself."""

    unsure: Unsure
    text: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number format cuts what it shows: by thousands so many times, and the word it puts beside it (juta)."""

    thousands: int = 0
    word: Decimal | None = None


@dataclass(frozen=True)
class Grid:
    """The values of one sheet; row 1 column 1 is cell A1. `percent` holds the cells shown as a native percentage.

    The rest is known only where the sheet was read in full: merged ranges, what is hidden, the text of formulas by
    address (`=SUM(K7:K9)`), and of those the ones whose file keeps no value (`uncached`; their value is None).
    `doubts` are the cells whose look says that their value may not be meant. `widths` is how many fields each row has
    in delimited text, where a comma too much moves all that follows it, and `delimiter` what parts them; nothing
    elsewhere. `scales` are the cells whose format shows less than they hold, or says thousands or millions beside it;
    `shown` are the digits of numbers whose format fixes how many are seen (`1.10`, `07`), with a point for the decimal
    sign.
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
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    widths: tuple[int, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ""

    def value(self, row: int, column: int) -> Cell:
        """The value at a one-based row and column; None beyond the edge."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]


@lru_cache(20_000)
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
