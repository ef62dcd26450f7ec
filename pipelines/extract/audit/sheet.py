"""One sheet as its auditor sees it: every formula parsed once, beside the figures and names around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from pipelines.extract.forms.view import View
from pipelines.extract.formula_arithmetic import Content, ExcelError, Nothing
from pipelines.extract.formula_syntax import Node, NotSimple, parse
from pipelines.extract.formulas import Place, Sheet, areas, evaluate_tree, size_of
from pipelines.extract.readings import round_half_up, to_ten_places
from pipelines.extract.recalculation import content_of, place_of
from pipelines.numerals import format_exact, format_rupiah
from schemas.headings import fold_text
from schemas.labels import load_labels
from schemas.workbook import Grid, address, column_letter

_WORD = re.compile(r"[^\W\d_]{3}")
_MONEY = re.compile(r"\brp\b|rupiah|anggaran|pagu")
_HEADINGS = 3
"""So many texts above a cell may say that its column is money."""
_LISTED = 40
_REMEMBERED = 8_192
"""Formulas kept parsed: those of one form come back in every quarter and, by row, in every SKPD."""
_MAX_WORK = 2_000_000
"""Cells looked at by the formulas of one sheet."""
_TOO_LONG = 60


class FormulaSheet:
    """The formulas of one sheet by place (row, column), one-based; those beyond simple arithmetic are left out."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.view = grid, View(grid)
        self.texts = {place_of(cell): text for cell, text in grid.formulas.items()}
        self.trees = {place: tree for place, text in self.texts.items() if (tree := _parsed(text)) is not None}
        self._known: dict[Place, Content] = {}
        self.budget = _MAX_WORK
        self._seen = Sheet(self.look, hidden_rows=grid.hidden_rows, blank_is_zero=True)

    def look(self, place: Place) -> Content:
        """What a formula sees in a cell: the value the file keeps, else the one that was worked out."""
        if place not in self._known:
            self._known[place] = self._content(place)
        return self._known[place]

    def _content(self, place: Place) -> Content:
        cell = address(*place)
        if cell not in self.grid.uncached:
            return content_of(self.grid.value(*place))
        figure = self.view.recalculated.get(cell)
        if figure is None:
            return Nothing.UNCLEAR
        return figure if isinstance(figure, str) else Fraction(figure)

    def figure(self, place: Place) -> Fraction | None:
        """The figure in a cell; None where there is none."""
        try:
            content = self.look(place)
        except (NotSimple, ExcelError):
            return None
        return content if isinstance(content, Fraction) else None

    def compute(self, tree: Node) -> Decimal | None:
        """What a formula gives over the values the file keeps, as the spreadsheet itself would work it out.

        None where it is beyond simple arithmetic, or once so many cells were looked at that `budget` is used up.
        """
        self.budget -= sum(map(size_of, areas(tree)))
        return evaluate_tree(tree, self._seen) if self.budget >= 0 else None

    def is_hidden(self, place: Place) -> bool:
        """Whether a person does not see the cell."""
        return place[0] in self.grid.hidden_rows or place[1] in self.grid.hidden_columns

    @cached_property
    def _names(self) -> dict[int, tuple[int, str]]:
        """By row with a name, the column of the name and the name."""
        return dict(self._first_words())

    def _first_words(self) -> Iterator[tuple[int, tuple[int, str]]]:
        for number, row in enumerate(self.grid.rows, 1):
            for column, cell in enumerate(row, 1):
                if isinstance(cell, str) and _WORD.search(cell):
                    yield number, (column, cell)
                    break

    def is_named(self, place: Place) -> bool:
        """Whether the row says, before this cell, what it is, and is no row of totals."""
        return self._names.get(place[0], (place[1], ""))[0] < place[1] and not self.is_total(place[0])

    def is_total(self, row: int) -> bool:
        """Whether a row begins with the words of a total."""
        return row in self._names and bool(load_labels().rows.jumlah.search(fold_text(self._names[row][1])))

    def is_heading(self, row: int) -> bool:
        """A row of words without a figure or a formula: headings of columns, where a pattern ends."""
        return row in self._headings

    @cached_property
    def _headings(self) -> frozenset[int]:
        worked = {row for row, _ in self.texts}
        return frozenset(
            number
            for number, row in enumerate(self.grid.rows, 1)
            if number not in worked
            and sum(isinstance(c, str) and not c.isspace() and c != "" for c in row) >= _HEADINGS
            and not any(isinstance(c, (int, float)) and not isinstance(c, bool) for c in row)
        )

    def _labels(self, column: int) -> tuple[list[int], list[str]]:
        """The rows of the texts of a column and the texts; a merged heading counts for every column it covers."""
        if column not in self._by_column:
            found = [
                (number, cell)
                for number, row in enumerate(self.grid.rows, 1)
                if len(row) >= column and isinstance(cell := row[column - 1], str) and _label(cell)
            ]
            self._by_column[column] = _unzipped(sorted([*found, *self._covering.get(column, ())]))
        return self._by_column[column]

    @cached_property
    def _by_column(self) -> dict[int, tuple[list[int], list[str]]]:
        """Labels of the columns that were asked for."""
        return {}

    @cached_property
    def _covering(self) -> dict[int, list[tuple[int, str]]]:
        """By column, the merged headings that begin left of it."""
        found: dict[int, list[tuple[int, str]]] = {}
        for top, left, _, right in self.grid.merges:
            cell = self.grid.value(top, left)
            if right > left and isinstance(cell, str) and _label(cell):
                for column in range(left + 1, min(right, self.view.width) + 1):
                    found.setdefault(column, []).append((top, cell))
        return found

    def headings_above(self, place: Place) -> Sequence[str]:
        """The texts nearest above a cell in its column."""
        rows, texts = self._labels(place[1])
        above = bisect_left(rows, place[0])
        return texts[max(0, above - _HEADINGS) : above]

    def amount(self, place: Place, value: Fraction | Decimal) -> str:
        """A figure as people write it, in rupiah where the column says that it is money."""
        figure = value if isinstance(value, Decimal) else round_half_up(value)
        return format_rupiah(figure) if self.is_money(place) else format_exact(to_ten_places(figure))

    def is_money(self, place: Place) -> bool:
        """Whether the headings above a cell say that its column is money."""
        return any(_MONEY.search(fold_text(text)) for text in self.headings_above(place))


def cells(places: Iterable[Place]) -> str:
    """`R12, U12 dan X12`; a long list says how many more there are."""
    return listed([address(*place) for place in places])


def columns(numbers: Iterable[int]) -> str:
    """`R, U dan X`."""
    return listed([column_letter(number) for number in numbers])


def listed(words: Sequence[str]) -> str:
    """Words in a sentence; beyond forty of them, how many more."""
    shown = [*words[:_LISTED], *([f"{len(words) - _LISTED} lagi"] if len(words) > _LISTED else [])]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} dan {shown[-1]}"


@lru_cache(_REMEMBERED)
def _parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except NotSimple:
        return None


def _label(cell: str) -> bool:
    return len(cell) <= _TOO_LONG and bool(re.search(r"[^\W\d_]", cell) or "%" in cell)


def _unzipped(found: Sequence[tuple[int, str]]) -> tuple[list[int], list[str]]:
    return [row for row, _ in found], [text for _, text in found]
