"""Where the header of a sheet stands, which column is which, and which rows below it hold no data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from schemas.layout import Field, SheetLayout, field_by_label, fold_label
from schemas.workbook import Cell, Grid

HEADER_SEARCH_ROWS = 40
"""A header stands below at most this many rows of titles."""

_NUMBERING = re.compile(r"^\(?\d{1,2}\)?$")


def find_header(grid: Grid, layout: SheetLayout) -> int:
    """The one-based row that holds the most of the layout's labels; 0 where none holds at least two."""
    known, required = field_by_label(layout), {f.name for f in layout.fields if f.required}
    best, row_number = 1, 0
    for number, row in enumerate(grid.rows[:HEADER_SEARCH_ROWS], 1):
        folded = (fold_label(cell) for cell in row if isinstance(cell, str) and cell)
        names = {known[label].name for label in folded if label in known}
        if len(names) > best:
            best, row_number = len(names), number
        if required <= names:
            return number
    return row_number


def match_header(row: Iterable[Cell], layout: SheetLayout) -> dict[int, Field]:
    """Column number → field, by label, in whatever order the columns stand; the first of two equal labels counts."""
    known, columns, taken = field_by_label(layout), dict[int, Field](), set[str]()
    for column, cell in enumerate(row, 1):
        f = known.get(fold_label(cell))
        if f and f.name not in taken:
            columns[column] = f
            taken.add(f.name)
    return columns


def is_numbering(row: Iterable[Cell]) -> bool:
    """A row of column numbers, `(1) (2) (3)`, below the header."""
    filled = [str(cell).removesuffix(".0").strip() for cell in row if cell not in (None, "")]
    expected = [str(n) for n in range(1, len(filled) + 1)]
    return len(filled) >= 3 and all(map(_NUMBERING.match, filled)) and [t.strip("()") for t in filled] == expected


@cache
def _folded_stops(stop: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold_label(word) for word in stop)


def stop_word(row: Iterable[Cell], stop: tuple[str, ...]) -> str | None:
    """The first text of a total, note or signature row, where the row begins with one of the stop words."""
    first = next((c for c in row if isinstance(c, str) and c.strip()), None)
    if first and fold_label(first).startswith(_folded_stops(stop)) and stop:
        return first.strip()
    return None
