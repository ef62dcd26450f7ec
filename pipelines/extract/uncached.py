"""Formulas of an issued form whose file keeps no value: what they give is worked out, or it is said that it cannot be.

Programs that write a workbook without calculating it leave the sums of programs and kegiatan so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pipelines.extract.formula_syntax import area_of
from pipelines.extract.recalculation import recalculate
from pipelines.numerals import format_exact
from schemas.workbook import Cell, Doubt, Grid, Unsure


def fill_uncached(grids: Mapping[str, Grid]) -> Mapping[str, Grid]:
    """The sheets with what their formulas give where the file keeps nothing; one that shows nothing stays empty."""
    return {name: _filled(grid) for name, grid in grids.items()}


def _filled(grid: Grid) -> Grid:
    figures = recalculate(grid) if grid.uncached else {}
    doubts = dict(_doubts(grid, figures))
    if not doubts:
        return grid
    rows = [list(row) for row in grid.rows]
    for cell, figure in figures.items():
        if isinstance(figure, Decimal):
            _put(rows, cell, float(figure))
    # what nobody sees, or is struck out, is asked whatever it comes to
    return replace(grid, rows=rows, doubts={**doubts, **grid.doubts})


def _doubts(grid: Grid, figures: Mapping[str, Decimal | str | None]) -> Iterator[tuple[str, Doubt]]:
    for cell, figure in figures.items():
        formula = grid.formulas.get(cell, "")
        if isinstance(figure, Decimal):
            yield cell, Doubt(Unsure.RECALCULATED, formula, format_exact(figure))
        elif figure is None:
            yield cell, Doubt(Unsure.UNKNOWN, formula)


def _put(rows: list[list[Cell]], cell: str, value: float) -> None:
    """A row ends at its last filled cell, and the sheet at its last filled row."""
    place = area_of(cell)
    rows.extend([] for _ in range(place.top - len(rows)))
    line = rows[place.top - 1]
    line.extend(None for _ in range(place.left - len(line)))
    line[place.left - 1] = value
