"""Zeros a spreadsheet puts where nothing stands: a formula that reaches but empty cells measured nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipelines.extract.formula_syntax import area_of
from schemas.workbook import Cell, Doubt, Grid, Unsure, address

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_REFERENCE = re.compile(
    rf"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?(?<![\w.$\]])(?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w(!.:])"
)
_LINK = re.compile(rf"=\s*\+?\s*{_REFERENCE.pattern}\s*")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_PICKS = re.compile(r"\b(?:IF|IFS|IFERROR|IFNA|CHOOSE|[VHX]?LOOKUP|INDEX|SWITCH)\s*\(", re.I)
_COUNTS = re.compile(r"\b(?:COUNT\w*|ROWS?|COLUMNS?|MATCH|DAYS\w*)\s*\(", re.I)
_EXACT = re.compile(r"[,;]\s*(?:0|FALSE)\s*\)", re.I)
_ZERO = re.compile(r"(?<![\w.$:<>=])0(?:\.0+)?(?![\w.:])")
_UNREAD = "="
"""A formula of which a binary format tells no more than that it stands there."""
_MOST = 20_000
"""Cells one formula may reach to be looked at; a sheet that adds up more was not left empty."""

_Place = tuple[str, int, int]


@dataclass
class _Book:
    """The sheets, and how many more cells are looked at."""

    grids: Mapping[str, Grid]
    budget: int = 2_000_000

    def value(self, place: _Place) -> Cell:
        """What stands in a cell."""
        sheet, row, column = place
        return self.grids[sheet].value(row, column)

    def is_empty(self, place: _Place) -> bool:
        """Whether neither a value nor a formula stands in a cell."""
        sheet, row, column = place
        return self.value(place) in (None, "") and address(row, column) not in self.grids[sheet].formulas


def settle_zeros(grids: Mapping[str, Grid]) -> Mapping[str, Grid]:
    """The sheets without zeros that stand for an empty cell: a bare link to one shows nothing, any other is asked."""
    zeros = {name: _zeros(grid) for name, grid in grids.items()}
    if not any(zeros.values()):
        return grids
    book = _Book(grids)
    while True:
        linked = {name: {c for c in cells if _links_to_nothing(book, name, c)} for name, cells in zeros.items()}
        if not any(linked.values()):
            break
        book.grids = {name: _emptied(grid, linked[name]) for name, grid in book.grids.items()}
        zeros = {name: [cell for cell in cells if cell not in linked[name]] for name, cells in zeros.items()}
    found = {name: {c: why for c in cells if (why := _why_open(book, name, c))} for name, cells in zeros.items()}
    return {name: _doubted(grid, found[name]) for name, grid in book.grids.items()}


def _why_open(book: _Book, sheet: str, cell: str) -> Doubt | None:
    """Why a zero of a formula may stand for nothing; None where it does not."""
    if book.grids[sheet].formulas[cell] == _UNREAD:
        return Doubt(Unsure.UNREAD_ZERO)
    return Doubt(Unsure.BORROWED_ZERO) if _reaches_nothing(book, sheet, cell) else None


def _zeros(grid: Grid) -> list[str]:
    """The formulas whose kept value is a zero."""
    return [cell for cell in grid.formulas if (v := _value(grid, cell)) == 0 and not isinstance(v, (bool, str))]


def _value(grid: Grid, cell: str) -> Cell:
    area = area_of(cell)
    return grid.value(area.top, area.left)


def _links_to_nothing(book: _Book, sheet: str, cell: str) -> bool:
    """Whether a cell shows but another one, which is empty; one below or above it is a sum of a single part."""
    formula = book.grids[sheet].formulas[cell]
    found = _LINK.fullmatch(formula)
    places = None if found is None or found["last"] else _places(book, sheet, formula)
    own = sheet, area_of(cell).left
    return bool(places) and all(book.is_empty(place) and (place[0], place[2]) != own for place in places or ())


def _reaches_nothing(book: _Book, sheet: str, cell: str) -> bool:
    """Whether a zero comes of empty cells only, or was picked where no zero stands."""
    formula = _TEXT.sub('""', book.grids[sheet].formulas[cell])
    places = _places(book, sheet, formula)
    if not places or _COUNTS.search(formula):
        return False
    if all(map(book.is_empty, places)):
        return True
    written = _ZERO.search(_EXACT.sub(")", formula) if "LOOKUP" in formula.upper() else formula)
    held = any(book.value(place) == 0 for place in places)
    return bool(_PICKS.search(formula)) and not written and not held and any(map(book.is_empty, places))


def _places(book: _Book, sheet: str, formula: str) -> list[_Place] | None:
    """Every cell a formula names; None where one lies outside of what is known."""
    if "[" in formula:
        return None
    places: list[_Place] = []
    for found in _REFERENCE.finditer(formula):
        name = (found["sheet"] or sheet).strip("'").replace("''", "'")
        area = area_of(*filter(None, (found["first"], found["last"])))
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        book.budget -= size
        if name not in book.grids or len(places) + size > _MOST or book.budget < 0:
            return None
        places += _cells(name, area.top, area.left, area.bottom, area.right)
    return places


def _cells(name: str, top: int, left: int, bottom: int, right: int) -> Iterator[_Place]:
    return ((name, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _emptied(grid: Grid, cells: set[str]) -> Grid:
    if not cells:
        return grid
    rows = [list(row) for row in grid.rows]
    for cell in cells:
        area = area_of(cell)
        rows[area.top - 1][area.left - 1] = None
    formulas = {cell: formula for cell, formula in grid.formulas.items() if cell not in cells}
    doubts = {cell: doubt for cell, doubt in grid.doubts.items() if cell not in cells}
    return replace(grid, rows=rows, formulas=formulas, doubts=doubts)


def _doubted(grid: Grid, found: Mapping[str, Doubt]) -> Grid:
    """What is doubtful already, such as a zero nobody sees, stays so."""
    return replace(grid, doubts={**found, **grid.doubts}) if found else grid
