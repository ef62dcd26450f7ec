"""Rows that say again what the rows above them say: sums and averages, by their formulas or by their figures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from pipelines.extract.cells import is_number
from pipelines.extract.forms.columns import MONEY, TEXTS
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.view import View
from pipelines.extract.readings import exact
from schemas.workbook import address, column_letter

_CALLS = re.compile(r"(?<![A-Z.])([A-Z][A-Z.]*+)\s*+\(")
_AVERAGE = "AVERAGE"
_DIVIDED = re.compile(r"/(?:\d|COUNTA?\()")
"""A sum shared out among its rows."""
_SUMMARY = frozenset({"SUM", "AVERAGE", "SUBTOTAL", "AGGREGATE"})
_AROUND = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN", "IFERROR", "COUNT", "COUNTA"})
_OF = re.compile(r"(?<![A-Z!'.])\$?([A-Z]{1,3})\$?(\d{1,7})(?!\d)")
_OTHER = re.compile(r"[*!^&<>]|(?<![(,;+=])-")
"""Signs of a formula that says more than a sum or an average."""

_ALL = None
"""The rows of every level."""
_PARTS = 2
_RUPIAH = Decimal(1)
"""Parts that were rounded for themselves may miss their total by so much."""


def sums_above(formula: str, column: int, first: int, row: int) -> bool:
    """Whether a formula is a sum or an average of its own column, of two rows or more from `first` to above `row`."""
    text = formula.upper()
    calls, cells = set(_CALLS.findall(text)), _OF.findall(text)
    if _OTHER.search(text) or not calls <= _SUMMARY | _AROUND or not (calls & _SUMMARY or "+" in text):
        return False
    rows = [int(number) for _, number in cells]
    own = all(letter == column_letter(column) for letter, _ in cells)
    return own and bool(rows) and first <= min(rows) < max(rows) < row


def averages_above(formula: str, column: int, first: int, row: int) -> bool:
    """The same of an average alone."""
    text = formula.upper()
    averaged = _AVERAGE in _CALLS.findall(text) or bool(_DIVIDED.search(text))
    return averaged and sums_above(formula, column, first, row)


class Totals:
    """Tells the rows of one table that have no number or code of their own and sum or average those above.

    Where nothing is numbered a unit of its own makes a row one of data. What the rows above come to is carried along:
    a table may have tens of thousands.
    """

    def __init__(self, view: View, roles: Roles, first: int) -> None:
        self.view, self.first = view, first
        self.figures = [c.number for c in roles.columns if c.field not in TEXTS]
        self.money = [c.number for c in roles.columns if c.field in MONEY]
        self.marks = [c.number for c in roles.columns if c.field in ("no", "kode")]
        self.units = [c.number for c in roles.columns if c.field == "satuan"]
        self.codes = [c.number for c in roles.columns if c.field == "kode"]
        self.counted = False
        self.rows = Counter[int | None]()
        self.sums = defaultdict[tuple[int | None, int], Decimal](Decimal)

    def add(self, row: int) -> None:
        """Take a row of data: it counts to all of them, and to those of its level of codes."""
        self.counted = self.counted or self.is_marked(row)
        for level in (_ALL, self._depth(row)):
            self.rows[level] += 1
            for column in self.money:
                self.sums[level, column] += self._amount(row, column) or 0

    def is_marked(self, row: int) -> bool:
        """Whether a row has a number or a code of its own."""
        return self._fills(row, self.marks)

    def is_coded(self, row: int) -> bool:
        """Whether a row has a code of its own; a number is given to a total as well."""
        return self._fills(row, self.codes)

    def repeats(self, row: int) -> bool:
        """Whether the row is a sum or an average of rows of data above it."""
        if self.rows[_ALL] < _PARTS or self.is_marked(row):
            return False
        measured = self._fills(row, self.units)
        if measured and not self.counted:
            return False
        return self._by_formulas(row) or (self.counted and not measured and self._adds_up(row))

    def _fills(self, row: int, columns: Sequence[int]) -> bool:
        return any(self.view.own(row, c) is not None for c in columns)

    def _by_formulas(self, row: int) -> bool:
        """All its figures are worked out, and at least one is a sum or an average of its own column above."""
        filled = [c for c in self.figures if self.view.own(row, c) is not None]
        formulas = {c: self.view.grid.formulas.get(address(row, c)) for c in filled}
        return all(formulas.values()) and any(sums_above(f, c, self.first, row) for c, f in formulas.items() if f)

    def _adds_up(self, row: int) -> bool:
        """Every amount of money is what the rows above amount to: all of them, or those of one level of codes."""
        amounts = {c: amount for c in self.money if (amount := self._amount(row, c)) is not None}
        if not any(amounts.values()):
            return False
        levels = [level for level, count in self.rows.items() if count >= _PARTS]
        return any(
            all(abs(self.sums[level, c] - amount) <= _RUPIAH for c, amount in amounts.items()) for level in levels
        )

    def _depth(self, row: int) -> int:
        return max((str(self.view.own(row, c) or "").count(".") for c in self.codes), default=0)

    def _amount(self, row: int, column: int) -> Decimal | None:
        value = self.view.own(row, column)
        return exact(value) if is_number(value) and isinstance(value, (int, float)) else None
