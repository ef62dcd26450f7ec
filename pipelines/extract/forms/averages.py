"""Rows of data that only say the average of those above, though they have a number or a unit of their own: asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from pipelines.extract.cells import is_number
from pipelines.extract.forms.columns import TEXTS
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.totals import averages_above
from pipelines.extract.forms.view import View
from pipelines.extract.readings import exact
from schemas.workbook import address

_ROWS = 3
"""Of fewer rows a figure in their middle is nothing out of the way."""
_ROUNDED, _ROUNDED_SHARE = Decimal("0.005"), Decimal("0.00005")
"""So much the average may miss, where it was typed with two digits; a share below one has four."""


def average_rows(view: View, roles: Roles, first: int, data: Sequence[int]) -> Iterator[int]:
    """The rows without a code all of whose figures average those above: by formulas, or the last of them by figures.

    `first` is the first row below the header, `data` are the rows of data from top to bottom.
    """
    figures = [c.number for c in roles.columns if c.field not in TEXTS]
    codes = [c.number for c in roles.columns if c.field == "kode"]
    for number in data:
        filled = [c for c in figures if view.own(number, c) is not None]
        if not filled or any(view.own(number, c) is not None for c in codes):
            continue
        formulas = [view.grid.formulas.get(address(number, c)) for c in filled]
        by_formulas = all(
            f is not None and averages_above(f, c, first, number) for c, f in zip(filled, formulas, strict=True)
        )
        if by_formulas or (number == data[-1] and _is_average(view, filled, number, data[:-1])):
            yield number


def _is_average(view: View, filled: Sequence[int], number: int, above: Sequence[int]) -> bool:
    """Every figure is the average of its column, and of two columns that do not go together that means something."""
    columns = []
    for column in filled:
        figure = _amount(view, number, column)
        amounts = [amount for row in above if (amount := _amount(view, row, column)) is not None]
        if figure is None or len(amounts) < _ROWS or not _near(figure, sum(amounts, Decimal(0)) / len(amounts)):
            return False
        if len(amounts) == len(above) and len(set(amounts)) > 1:
            columns.append(amounts)
    return any(_differ(a, b) for a, b in combinations(columns, 2))


def _near(figure: Decimal, average: Decimal) -> bool:
    return abs(figure - average) <= (_ROUNDED if abs(average) >= 1 else _ROUNDED_SHARE)


def _differ(some: Sequence[Decimal], others: Sequence[Decimal]) -> bool:
    """Whether one column is no multiple of the other: else what holds for the one does for both."""
    return any(a * others[0] != b * some[0] for a, b in zip(some, others, strict=True))


def _amount(view: View, row: int, column: int) -> Decimal | None:
    value = view.own(row, column)
    return exact(value) if is_number(value) and isinstance(value, (int, float)) else None
