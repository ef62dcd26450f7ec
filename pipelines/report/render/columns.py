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
    needs = [0] * len(table.columns)
    figures = [n for n, column in enumerate(table.columns) if column.align == "right"]
    for row in table.rows if figures else ():
        texts = _texts(row)
        for n in figures:
            if text := texts.get(n):
                needs[n] = max(needs[n], max(map(_width, text.split()), default=0) + CELL_SIDES)
    return needs


def _texts(row: Row) -> dict[int, str]:
    """The text of each cell that lies in one column, by its place."""
    if row.kind == "group":
        return {}
    if all(isinstance(cell, str) for cell in row.cells):
        return {n: cell for n, cell in enumerate(row.cells) if isinstance(cell, str)}
    texts, at = {}, 0
    for cell in row.cells:
        full = Cell(cell) if isinstance(cell, str) else cell
        if full.span == 1:
            texts[at] = full.text
        at += full.span
    return texts


def _width(word: str) -> int:
    digits = sum(map(str.isdigit, word))
    points = word.count(".") + word.count(",")
    return _DIGIT * digits + _POINT * points + _LETTER * (len(word) - digits - points)
