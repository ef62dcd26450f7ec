"""Cells that hold something whose look, or whose row, says that it may not be meant: asked, never taken in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.extract.numbers import read_figure
from pipelines.extract.scales import SCALED, is_open, question
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field
from schemas.workbook import Cell, Doubt, Grid, Unsure, address

UNKNOWN, RECALCULATED = "BCA-036", "BCA-037"
STRUCK, PART_STRUCK, MOVED, UNWRITTEN, ZERO, SPREAD = "BCA-050", "BCA-051", "BCA-052", "BCA-053", "BCA-054", "BCA-059"
AVERAGE = "BCA-065"
_WHY = {
    Unsure.STRUCK: (STRUCK, "dicoret"),
    Unsure.RAISED: (STRUCK, "seluruhnya ditulis kecil di atas atau di bawah baris, seperti tanda catatan kaki"),
    Unsure.PART_STRUCK: (PART_STRUCK, ""),
    Unsure.UNREAD_ZERO: (ZERO, "berasal dari rumus yang tidak dapat dibaca pada format berkas ini"),
    Unsure.BORROWED_ZERO: (ZERO, "berasal dari rumus yang sumbernya hanya sel kosong"),
    Unsure.UNSEEN_ZERO: (STRUCK, "tidak ditampilkan: lembar atau format selnya menyembunyikan nol"),
    Unsure.UNKNOWN: (UNKNOWN, ""),
    Unsure.RECALCULATED: (RECALCULATED, ""),
    Unsure.UNSEEN: (STRUCK, "tidak ditampilkan: format selnya menyembunyikannya"),
    Unsure.CAMOUFLAGED: (STRUCK, "tidak tampak: warna hurufnya sama dengan warna latarnya"),
    Unsure.FIELD: (UNWRITTEN, "berada dalam kotak isian halaman web; yang dibaca adalah isi yang tampak"),
    Unsure.CONCEALED: (UNWRITTEN, "tidak ditampilkan oleh halaman webnya (“{teks}”); dibaca sebagai sel kosong"),
}
_FORMULA = frozenset({UNKNOWN, RECALCULATED})
_LETTERS = 3
_BARE = re.compile(r"(?:[Rr]p\.? ?)?[-+]?[\d.]*\d")
"""What may stand before a decimal comma."""


@dataclass(frozen=True)
class Open:
    """The finding a cell deserves; one that is `asked` gives no value until somebody says what is meant."""

    kode: str
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> bool:
        """Whether the value must wait."""
        return self.kode in (STRUCK, MOVED, SPREAD, SCALED, AVERAGE)


class Doubts:
    """What is doubtful below the heading of one table.

    `figures` are the columns that hold figures, `averages` the rows that may but average those above.
    """

    def __init__(
        self, grid: Grid, header: Sequence[int], figures: Sequence[int] = (), averages: Iterable[int] = ()
    ) -> None:
        self.grid, self._figures, self._averages = grid, frozenset(figures), frozenset(averages)
        self._spread = dict(_spread_figures(grid, figures))
        widths = dict(enumerate(grid.widths, 1))
        self._labels = max((self._filled(row) for row in header), default=0)
        self._fields = max((widths.get(row, 0) for row in header), default=0)
        below = {width for row, width in widths.items() if row > max(header, default=0) and self._filled(row) > 1}
        # a program that ends every row with its delimiter, but not the heading, moves nothing
        self._ended = below == {self._fields + 1}

    def at(self, row: int, column: int) -> Open | None:
        """What is doubtful of a cell meant for a figure: itself, its row, or the name it belongs to."""
        if not self.any:
            return None
        sel = address(row, column)
        if found := self.of_row(row) or self._spread.get(sel) or self.of_cell(sel):
            return found
        named = any(self._is_struck_name(row, left) for left in range(1, column)) if self.grid.doubts else False
        return Open(STRUCK, {"sebab": "berada pada baris yang namanya dicoret"}) if named else None

    @property
    def any(self) -> bool:
        """Whether anything may be doubtful at all."""
        return bool(self.grid.doubts or self.grid.widths or self.grid.scales or self._spread or self._averages)

    def is_spread(self, sel: str) -> bool:
        """Whether the cell is merged over several columns of figures."""
        return sel in self._spread

    def of_cell(self, sel: str) -> Open | None:
        """What is doubtful of a cell by itself."""
        doubt = self.grid.doubts.get(sel)
        return None if doubt is None else _open(doubt)

    def of_figure(self, sel: str, cell: Cell) -> Open | None:
        """The same of a figure of an issued form, of which its number format may show less than it holds."""
        scale = self.grid.scales.get(sel)
        if scale is None or not is_open(cell, scale):
            return self.of_cell(sel)
        figure = read_figure(cell).nilai
        return self.of_cell(sel) or (None if figure is None else Open(SCALED, question(figure, scale, cell)))

    def is_moved(self, row: int) -> bool:
        """Whether a row of delimited text has more or fewer fields than its heading."""
        if not self._labels or row > len(self.grid.widths):
            return False
        width, filled = self.grid.widths[row - 1], self._filled(row)
        wide = filled > self._labels or (width > self._fields and not self._ended and not self._is_ended(row))
        return wide or width < self._labels

    def _is_ended(self, row: int) -> bool:
        """Whether a row wider than its heading but ends with its delimiter: every field is there and fits its column.

        A name that was parted would leave text among the figures, a figure two bare numbers beside one another.
        """
        fields = self.grid.rows[row - 1]
        if len(fields) != self._labels or any(value in (None, "") for value in fields):
            return False
        texts = [str(value).strip() for value in fields]
        if not self._figures or any(read_figure(texts[column - 1]).nilai is None for column in self._figures):
            return False
        parted = any(_BARE.fullmatch(a) and b.isdecimal() for a, b in pairwise(texts))
        return self.grid.delimiter != "," or not parted

    def _moved(self, row: int) -> Open:
        words = {"baris": str(row), "lebar": str(self.grid.widths[row - 1]), "judul": str(self._labels)}
        return Open(MOVED, words)

    def of_row(self, row: int) -> Open | None:
        """What is doubtful of a row as a whole."""
        if self.is_moved(row):
            return self._moved(row)
        return Open(AVERAGE, {"baris": str(row)}) if row in self._averages else None

    def _filled(self, row: int) -> int:
        return len(self.grid.rows[row - 1]) if row <= len(self.grid.rows) else 0

    def _is_struck_name(self, row: int, column: int) -> bool:
        doubt, value = self.grid.doubts.get(address(row, column)), self.grid.value(row, column)
        struck = doubt is not None and doubt.unsure is Unsure.STRUCK
        return struck and isinstance(value, str) and sum(map(str.isalpha, value)) >= _LETTERS


def _spread_figures(grid: Grid, figures: Sequence[int]) -> Iterator[tuple[str, Open]]:
    """Cells merged over several columns of figures: whose quarter it is, or whether the year's, nobody can tell."""
    for top, left, bottom, right in grid.merges:
        if left in figures and any(left < column <= right for column in figures):
            yield address(top, left), Open(SPREAD, {"rentang": f"{address(top, left)}:{address(bottom, right)}"})


def _open(doubt: Doubt) -> Open:
    kode, why = _WHY[doubt.unsure]
    if kode in _FORMULA:
        return Open(kode, {"rumus": doubt.text, "dibaca": doubt.read})
    return Open(kode, {"sebab": why.replace("{teks}", doubt.text), "dicoret": doubt.text})


def doubted(
    doubts: Doubts,
    place: Place,
    numbers: Sequence[int],
    row_ids: Sequence[str],
    slots: Sequence[tuple[Field, Sequence[Cell], Sequence[str]]],
) -> Iterator[tuple[int, int, Finding]]:
    """The findings about the rows of an issued form, by row and by column; what is asked holds its row back."""
    for n, number in enumerate(numbers if doubts.any else ()):
        found = [
            (order, f, cells[n], at[n], doubts.of_figure(at[n], cells[n])) for order, (f, cells, at) in enumerate(slots)
        ]
        if moved := doubts.of_row(number):
            at_row = replace(place, sel=address(number, 1), row_id=row_ids[n])
            yield n, 0, make_finding(moved.kode, at_row, None, kolom="", **moved.words)
        for order, f, cell, sel, doubt in found:
            if doubt is not None and not (f.computed and doubt.kode in _FORMULA):
                at_cell = replace(place, sel=sel, row_id=row_ids[n])
                written = doubt.words.get("rumus", cell)
                yield n, order, make_finding(doubt.kode, at_cell, written, kolom=f.label, **doubt.words)
