"""How wide the columns of a table are: shares of the text's width, but never so narrow that a figure would be torn."""

from __future__ import annotations

from pipelines.report.blocks import Cell, Row, Table

CELL_SIDES = 140
"""The margins of a cell, left and right together, in twentieths of a point."""

_DIGIT, _POINT, _LETTER = 92, 47, 105
"""Width of a digit, of a point or comma, and of another character in the figures of a table (9 point)."""

_LEAST = 1_000
"""A column of text gives up no more than what leaves it this wide."""


def column_widths(table: Table, total: int) -> list[int]:
    """Widths that add up to the width of the text exactly; columns of text give columns of figures what these lack."""
    widths = share_widths([c.width for c in table.columns], total)
    lacking = [max(0, need - width) for need, width in zip(_needs(table), widths, strict=True)]
    spare = [
        max(0, width - _LEAST) if column.align == "left" else 0
        for column, width in zip(table.columns, widths, strict=True)
    ]
    wanted = min(sum(lacking), sum(spare))
    if not wanted:
        return widths
    gained = share_widths([float(n) for n in lacking], wanted)
    given = share_widths([float(n) for n in spare], wanted)
    return [width + more - less for width, more, less in zip(widths, gained, given, strict=True)]


def share_widths(shares: list[float], total: int) -> list[int]:
    """A width divided by shares, without a remainder."""
    whole = sum(shares)
    widths = [int(total * share / whole) for share in shares]
    widths[max(range(len(shares)), key=shares.__getitem__)] += total - sum(widths)
    return widths


def _needs(table: Table) -> list[int]:
    """What the longest figure of each right-aligned column takes; nothing for the others."""
    figures = [n for n, column in enumerate(table.columns) if column.align == "right"]
    longest = dict.fromkeys(figures, "")
    for row in table.rows if figures else ():
        cells = row.cells if len(row.cells) == len(table.columns) else _spread(row)
        for n in figures:
            if n < len(cells):
                cell = cells[n]
                text = cell if isinstance(cell, str) else cell.text
                if len(text) > len(longest[n]):
                    longest[n] = text
    words = [longest.get(n, "").split() for n in range(len(table.columns))]
    return [max(map(_width, found)) + CELL_SIDES if found else 0 for found in words]


def _spread(row: Row) -> list[str | Cell]:
    """The cells of a row by column; one that lies across several leaves those empty."""
    cells: list[str | Cell] = []
    for cell in row.cells if row.kind != "group" else ():
        span = 1 if isinstance(cell, str) else cell.span
        cells += [cell] if span == 1 else [""] * span
    return cells


def _width(word: str) -> int:
    digits = sum(map(str.isdigit, word))
    points = word.count(".") + word.count(",")
    return _DIGIT * digits + _POINT * points + _LETTER * (len(word) - digits - points)
