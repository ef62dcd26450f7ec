"""Where the box of a comment lies on its sheet: rows and columns have their own sizes, and a box is told in cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from pipelines.stores.workbooks.annotate.package import Element, child

_DIGIT, _PADDING = 7, 5
"""Pixels of a digit in the common default font, and beside the digits of a column."""
_LETTERS_PER_LINE, _LINE, _MARGIN = 52, 16, 14
_WIDTH, _LEAST, _MOST = 330, 70, 460
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_BESIDE, _ABOVE = 15, 6
"""How far the box stands off its cell."""


@dataclass(frozen=True)
class Box:
    """A box in cells, zero-based: column, offset in it, row, offset in it, for both corners; its size in pixels."""

    anchor: tuple[int, int, int, int, int, int, int, int]
    width: int
    height: int


@dataclass(frozen=True)
class Sizes:
    """The sizes of the rows and columns of a sheet in pixels."""

    rows: dict[int, int]
    columns: list[tuple[int, int, int]]
    row: int
    column: int

    def width(self, column: int) -> int:
        """Of a zero-based column."""
        given = (px for first, last, px in self.columns if first <= column <= last)
        return next(given, self.column)

    def height(self, row: int) -> int:
        """Of a zero-based row."""
        return self.rows.get(row, self.row)

    def box(self, row: int, column: int, text: str) -> Box:
        """A box right of the cell (zero-based), as high as its text asks for within reason."""
        height = height_of(text)
        left, from_left = column + 1, _BESIDE
        if column >= _LAST_COLUMN - 8:
            left, from_left = column - 8, 0
        top, from_top = (row, _ABOVE) if row < _LAST_ROW - 40 else (row - 40, 0)
        right = self.walk_columns(left, from_left + _WIDTH)
        bottom = self.walk_rows(top, from_top + height)
        return Box((left, from_left, top, from_top, *right, *bottom), _WIDTH, height)

    def walk_columns(self, start: int, distance: int) -> tuple[int, int]:
        """The column that lies so many pixels to the right, and how far in it."""
        return _walk(self.width, start, distance, _LAST_COLUMN)

    def walk_rows(self, start: int, distance: int) -> tuple[int, int]:
        """The row that lies so many pixels below, and how far in it."""
        return _walk(self.height, start, distance, _LAST_ROW)


def _walk(size: Callable[[int], int], start: int, distance: int, last: int) -> tuple[int, int]:
    at = start
    while at < last and distance >= size(at):
        distance -= size(at)
        at += 1
    return at, distance


def read_sizes(root: Element) -> Sizes:
    """The sizes a sheet gives; what is hidden has none."""
    usual = child(root, "sheetFormatPr")
    default = {} if usual is None else dict(usual.attrib)
    rows = {
        int(row.get("r", 0)) - 1: 0 if _is_hidden(row) else _pixels(row.get("ht"))
        for row in child(root, "sheetData")
        if isinstance(row.tag, str) and (row.get("ht") or _is_hidden(row))
    }
    listed = child(root, "cols")
    columns = [] if listed is None else [_column(c) for c in listed]
    width = _digits(default.get("defaultColWidth") or float(default.get("baseColWidth") or 8) + 0.43)
    return Sizes(rows, columns, _pixels(default.get("defaultRowHeight") or 15), width)


def height_of(text: str) -> int:
    """The pixels a text takes in a box."""
    lines = sum(max(1, ceil(len(line) / _LETTERS_PER_LINE)) for line in text.split("\n"))
    return min(max(lines * _LINE + _MARGIN, _LEAST), _MOST)


def _column(element: Element) -> tuple[int, int, int]:
    width = 0 if _is_hidden(element) else _digits(element.get("width") or 8.43)
    return int(element.get("min", 1)) - 1, int(element.get("max", 1)) - 1, width


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") in ("1", "true")


def _digits(width: str | float) -> int:
    return int(float(width) * _DIGIT + _PADDING)


def _pixels(points: str | float) -> int:
    return int(float(points) * 4 / 3)
