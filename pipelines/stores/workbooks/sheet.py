"""One sheet while it is being read: every format puts its cells here, and the bounds are kept here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.stores.workbooks.book import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LETTERS,
    MAX_MERGES,
    MAX_ROWS,
    MAX_SHEETS,
    unsafe,
)
from pipelines.stores.workbooks.number_formats import AS_IT_IS, GENERAL, Format, Shown, is_number
from schemas.workbook import Cell, Doubt, Grid, Merge, Scale, Unsure, address


@dataclass
class Budget:
    """What one workbook may still hold, all its sheets together."""

    cells: int = MAX_CELLS
    letters: int = MAX_LETTERS
    merges: int = MAX_MERGES
    covered: int = MAX_CELLS
    sheets: int = MAX_SHEETS

    def spend(self, what: str, amount: int, name: str) -> None:
        """Take from one bound; raises a refusal when it is used up."""
        left = getattr(self, what) - amount
        if left < 0:
            raise unsafe(f"{name} melebihi batas baca {getattr(Budget, what):,}".replace(",", "."))
        setattr(self, what, left)


@dataclass
class SheetBuilder:
    """Cells, merges and hidden parts of one sheet on their way into a Grid; rows and columns are one-based."""

    name: str
    budget: Budget
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    percent: set[str] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[str, str] = field(default_factory=dict)
    uncached: set[str] = field(default_factory=set)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    widths: list[int] = field(default_factory=list)
    scales: dict[str, Scale] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    shows_zeros: bool = True
    delimiter: str = ""

    def __post_init__(self) -> None:
        self.budget.spend("sheets", 1, "jumlah lembar")

    def put(
        self,
        row: int,
        column: int,
        value: Cell,
        formula: str | None = None,
        *,
        number_format: Format = GENERAL,
        doubt: Doubt | None = None,
    ) -> None:
        """Keep a cell: an empty text is an empty cell, and a formula whose value is None keeps none in the file."""
        shown = number_format.of(value)
        empty = value is None and formula is None
        if (shown.hidden and not empty) or (value == 0 and not self.shows_zeros and is_number(value)):
            doubt = doubt or Doubt(Unsure.UNSEEN_ZERO if value == 0 else Unsure.UNSEEN)
        if value is None or value == "":
            value = None
            if doubt is not None:
                self.doubts[address(row, column)] = doubt
            if formula is None:
                return
        self._within(row, column)
        self.budget.spend("cells", 1, "jumlah sel terisi")
        if isinstance(value, str):
            self.budget.spend("letters", len(value), "jumlah huruf")
        if shown is not AS_IT_IS:
            self._keep_look(address(row, column), shown)
        if formula is not None:
            self.formulas[address(row, column)] = formula
        if doubt is not None:
            self.doubts[address(row, column)] = doubt
        self._place(row, column, value)

    def _keep_look(self, at: str, shown: Shown) -> None:
        """Keep how a number is seen."""
        if shown.kind == "percent":
            self.percent.add(at)
        if shown.scale is not None:
            self.scales[at] = shown.scale
        if shown.text is not None:
            self.shown[at] = shown.text

    def leave_uncached(self, row: int, column: int) -> None:
        """Note that the file keeps a formula here and no value of it."""
        self.uncached.add(address(row, column))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Keep a merged range; a single cell is none."""
        if (top, left) == (bottom, right) or bottom < top or right < left:
            return
        self.budget.spend("merges", 1, "jumlah sel gabungan")
        self.merges.append((top, left, bottom, right))

    def hide_rows(self, first: int, last: int) -> None:
        """Rows that are not shown; what lies beyond the bounds holds no value and is passed over."""
        self.hidden_rows.update(range(first, min(last, MAX_ROWS) + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that are not shown."""
        self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def grid(self) -> Grid:
        """The sheet as read: rows end at their last filled cell, hidden parts and merges at the filled area."""
        width = max((len(row) for row in self.rows), default=0)
        return Grid(
            self.name,
            self.rows,
            frozenset(self.percent),
            tuple(sorted(self._clipped_merges(width))),
            self.hidden,
            frozenset(row for row in self.hidden_rows if row <= len(self.rows)),
            frozenset(column for column in self.hidden_columns if column <= width),
            self.formulas,
            frozenset(self.uncached),
            self.doubts,
            tuple(self.widths),
            self.scales,
            self.shown,
            self.delimiter,
        )

    def _within(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise unsafe(f"lembar {self.name} berisi sel sampai {address(row, column)}")

    def _place(self, row: int, column: int, value: Cell) -> None:
        if row > len(self.rows):
            self.rows.extend([] for _ in range(row - len(self.rows)))
        line = self.rows[row - 1]
        if column > len(line):
            line.extend([None] * (column - len(line)))
        line[column - 1] = value

    def _clipped_merges(self, width: int) -> Iterable[Merge]:
        """Ranges over whole rows or columns end where the values end; ranges beyond them cover nothing."""
        for top, left, bottom, right in self.merges:
            if top > len(self.rows) or left > width:
                continue
            bottom = bottom if bottom <= MAX_ROWS else len(self.rows)
            right = right if right <= MAX_COLUMNS else width
            self.budget.spend("covered", (bottom - top + 1) * (right - left + 1), "luas sel gabungan")
            yield top, left, bottom, right
