"""Sheets written down in a test as they look: a text block, a cell between bars, `^` merged with the one above."""

from __future__ import annotations

from schemas.workbook import Cell, Grid, Merge


def draw(text: str, sheet: str = "Lembar", **more: object) -> Grid:
    """A grid from lines of cells between `|`; `^` continues the cell above, `<` the cell at its left (both merged).

    A cell that reads as an int or float is one, `'5` is the text 5, `0.25%` a native percentage.
    """
    lines = [[part.strip() for part in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    percent: set[str] = set()
    rows = [
        [_cell(part, row, column, percent) for column, part in enumerate(line, 1)] for row, line in enumerate(lines, 1)
    ]
    return Grid(sheet, rows, frozenset(percent), merges=_merges(lines), **more)  # type: ignore[arg-type]


def _cell(part: str, row: int, column: int, percent: set[str]) -> Cell:
    if part in ("", "^", "<"):
        return None
    if part.startswith("'"):
        return part[1:]
    if part.endswith("%") and part[:-1].replace(".", "", 1).isdigit():
        percent.add(f"{chr(64 + column)}{row}")
        return float(part[:-1])
    try:
        return int(part)
    except ValueError:
        pass
    try:
        return float(part)
    except ValueError:
        return part.replace("\\n", "\n")


def _merges(lines: list[list[str]]) -> tuple[Merge, ...]:
    """Every cell with marks below or at its right, as one range."""
    found = []
    for row, line in enumerate(lines):
        for column, part in enumerate(line):
            if part in ("^", "<", ""):
                continue
            right = column
            while right + 1 < len(line) and line[right + 1] == "<":
                right += 1
            bottom = row
            while bottom + 1 < len(lines) and column < len(lines[bottom + 1]) and lines[bottom + 1][column] == "^":
                bottom += 1
            if (right, bottom) != (column, row):
                found.append((row + 1, column + 1, bottom + 1, right + 1))
    return tuple(found)
