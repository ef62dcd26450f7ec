"""A sheet whose file keeps no values for some formulas: what those formulas give, each worked out once."""

from __future__ import annotations

import math
import re
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from pipelines.extract.formula_arithmetic import Content, ExcelError, Nothing
from pipelines.extract.formula_syntax import NotSimple, area_of, parse
from pipelines.extract.formulas import Place, Sheet, areas, cells_of, evaluate, shows_nothing, size_of
from pipelines.extract.numbers import is_error
from pipelines.extract.readings import exact
from schemas.workbook import Cell, Grid, address

_MAX_WORK = 3_000_000
"""Cells looked at and signs read in one sheet; beyond it the rest of the formulas stays without a figure."""

_SUBTOTAL = re.compile(r"\bSUBTOTAL\s*\(", re.I)


def recalculate(grid: Grid) -> dict[str, Decimal | str | None]:
    """The figure of every formula cell without a cached value, by address.

    None where it cannot be worked out, the empty text where the formula gives that: nothing stands there.

    Figures are in the scale of the cells: of a cell shown as a percentage it is the share (0.985), as its cache would
    be. A circle, a reference to another sheet or to a cell that cannot be worked out itself gives None.
    """
    work = _Work(grid)
    for place in sorted(work.uncached):
        work.settle(place)
    return {address(*place): figure for place, figure in work.figures.items()}


class _Work:
    """The formulas of one sheet by place (row, column), and what has been worked out of them."""

    def __init__(self, grid: Grid) -> None:
        formulas = {place_of(cell): formula for cell, formula in grid.formulas.items()}
        self.grid = grid
        self.uncached = {place_of(cell): grid.formulas.get(cell, "") for cell in grid.uncached}
        self.figures: dict[Place, Decimal | str | None] = {}
        self.contents: dict[Place, Content] = {}
        self.budget = _MAX_WORK
        subtotals = frozenset(place for place, formula in formulas.items() if _SUBTOTAL.search(formula))
        self.sheet = Sheet(self._look, subtotals, grid.hidden_rows)

    def settle(self, place: Place) -> None:
        """Work out a cell after all it rests on, without recursion: a running total may be thousands of rows long."""
        waiting, begun = [place], set[Place]()
        while waiting:
            top = waiting[-1]
            if top in self.figures:
                waiting.pop()
            elif top in begun:
                self.figures[waiting.pop()] = self._evaluated(top)
            else:
                begun.add(top)
                open_ends = [other for other in self._rests_on(top) if other not in self.figures]
                if any(other in begun for other in open_ends):
                    self.figures[waiting.pop()] = None
                else:
                    waiting += open_ends

    def _evaluated(self, place: Place) -> Decimal | str | None:
        if self.budget <= 0:
            return None
        figure = evaluate(self.uncached[place], self.sheet)
        return "" if figure is None and shows_nothing(self.uncached[place], self.sheet) else figure

    def _rests_on(self, place: Place) -> list[Place]:
        """The cells without a cached value that a formula names."""
        self.budget -= len(self.uncached[place])
        try:
            named = list(areas(parse(self.uncached[place]))) if self.budget > 0 else []
        except NotSimple:
            return []
        self.budget -= sum(map(size_of, named))
        return [cell for area in named for cell in cells_of(area) if cell in self.uncached] if self.budget > 0 else []

    def _look(self, place: Place) -> Content:
        if place in self.uncached:
            figure = self.figures.get(place)
            if figure is None:
                raise NotSimple
            return figure if isinstance(figure, str) else Fraction(figure)
        if place not in self.contents:
            self.contents[place] = content_of(self.grid.value(*place))
        return self.contents[place]


def place_of(cell: str) -> Place:
    """`K12` → (12, 11)."""
    area = area_of(cell)
    return area.top, area.left


def content_of(cell: Cell) -> Content:
    """What a formula sees in a cell; a date is a number to a spreadsheet, but none that anybody meant."""
    if cell is None:
        return Nothing.EMPTY
    if isinstance(cell, (date, time, timedelta)):
        raise NotSimple
    if isinstance(cell, str) and is_error(cell):
        raise ExcelError
    if isinstance(cell, (str, bool)):
        return cell
    return Fraction(exact(cell)) if isinstance(cell, int) or math.isfinite(cell) else Nothing.UNCLEAR
