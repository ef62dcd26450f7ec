"""Where the tables of a sheet begin: header rows, wherever they stand, with the path of labels of each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.extract.forms.view import View, is_numbering
from schemas.headings import fold_heading
from schemas.labels import is_anchor, is_child
from schemas.workbook import Cell

_GLANCE = 12
"""Among so many first texts of a header two labels stand; a glance spares the rest of the rows."""

_YEARS = range(2000, 2101)
_OF_QUARTERS = re.compile(r"\b(triwulan|tribulan|tw)\b(?!#)")
_BELOW_QUARTER = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "vi": "iv"}
_YEAR = re.compile(r"^20\d\d$")
_VALUE = re.compile(r"^(-|–|—|n/a|(rp\.? ?)?-?\d[\d.,]*( ?%)?)$", re.IGNORECASE)
MAX_HEADER_ROWS = 8
"""The tallest real header seen has five rows, its numbering row included."""


@dataclass(frozen=True)
class Header:
    """A header: its rows (the numbering row apart), its columns and the labels above each, from the top."""

    rows: tuple[int, ...]
    numbering: tuple[int, ...]
    columns: tuple[int, ...]
    paths: Mapping[int, tuple[str, ...]]

    @property
    def top(self) -> int:
        """The first row."""
        return self.rows[0]

    @property
    def bottom(self) -> int:
        """The last row, a numbering row included."""
        return max(*self.rows, *self.numbering, self.rows[-1])

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The paths in the order of the columns: what makes two headers the same."""
        return tuple(self.paths[c] for c in self.columns)


def find_headers(view: View) -> list[Header]:
    """The headers of a sheet from top to bottom; tables side by side give one each."""
    found: list[Header] = []
    row = 1
    while row <= view.height:
        if _heads_a_table(view, row):
            rows, numbering = _block(view, row)
            found += _split(view, rows, numbering)
            row = max(*rows, *numbering, row) + 1
        else:
            row += 1
    return found


def _heads_a_table(view: View, row: int) -> bool:
    """At least two different column labels, hardly anything else, and nothing that is a value."""
    cells = [value for _, value in view.filled(row)]
    strings = [v for v in cells if isinstance(v, str)]
    if len(strings) < 2 or any(_is_value(v) for v in cells):
        return False
    if sum(is_anchor(fold_heading(v)) for v in strings[:_GLANCE]) < 2:
        return False
    texts = [fold_heading(v) for v in strings]
    labels = {t for t in texts if is_anchor(t)}
    return len(labels) >= 2 and sum(is_anchor(t) or is_child(t) for t in texts) * 2 > len(cells)


def _is_value(cell: Cell) -> bool:
    """A figure, a date or a dash; years may stand in a header."""
    if isinstance(cell, str):
        return bool(_VALUE.match(cell.strip())) and not _YEAR.match(cell.strip())
    return not (isinstance(cell, int) and cell in _YEARS)


def _block(view: View, start: int) -> tuple[list[int], list[int]]:
    """The header rows from `start`, one group row above it included, and the numbering rows among and below them."""
    rows, numbering = [start], list[int]()
    if start > 1 and _is_group_row(view, start - 1, start):
        rows.insert(0, start - 1)
    reach = _reach(view, start)
    for row in range(start + 1, min(start + MAX_HEADER_ROWS, view.height) + 1):
        values = [v for _, v in view.filled(row)]
        if is_numbering(values) and not _numbers_quarters(view, row, rows):
            numbering.append(row)
        elif row <= reach or _is_sub_header(view, row, rows):
            rows.append(row)
            reach = max(reach, _reach(view, row))
        elif values:
            break
    last = max(rows)
    return rows, [n for n in numbering if n <= last + 1 or not _between(view, last, n)]


def _numbers_quarters(view: View, row: int, above: list[int]) -> bool:
    """`1 2 3 4` where each stands under a heading of quarters numbers those, not the columns."""
    filled = list(view.filled(row))
    headings = [" ".join(view.label(r, column) for r in above) for column, _ in filled]
    return all(_OF_QUARTERS.search(h) for h in headings) and all(v in (1, 2, 3, 4, *"1234") for _, v in filled)


def _between(view: View, above: int, below: int) -> bool:
    return any(not view.is_blank(row) for row in range(above + 1, below))


def _reach(view: View, row: int) -> int:
    """How far down the merged labels of a row go."""
    return max((view.merge(row, column)[2] for column, _ in view.filled(row)), default=row)


def _is_group_row(view: View, row: int, start: int) -> bool:
    """A row of headings that span several columns of the header below, and nothing else."""
    filled = list(view.filled(row))
    below = {column for column, _ in view.filled(start)}
    if not filled or not all(isinstance(v, str) and is_anchor(fold_heading(v)) for _, v in filled):
        return False
    spans = [view.merge(row, column) for column, _ in filled]
    wide = any(len(below) > 2 and s[3] - s[1] + 1 >= len(below) for s in spans)
    return not wide and any(s[3] > s[1] and below & set(range(s[1], s[3] + 1)) for s in spans)


def _is_sub_header(view: View, row: int, above: list[int]) -> bool:
    """Labels only, each below a heading, such as quarters, months, `K`, `Rp`."""
    filled = list(view.filled(row))
    texts = [fold_heading(v) for _, v in filled if isinstance(v, str)]
    if not texts or len(texts) < len(filled):
        return _is_year_row(view, row)
    known = [t for t in texts if is_child(t) or is_anchor(t)]
    under = [column for column, _ in filled if any(view.label(r, column) for r in above)]
    grouped = len(known) == len(texts) and any(is_child(t) for t in texts)
    return grouped and (len(under) > 0 or len(texts) >= 2)


def _is_year_row(view: View, row: int) -> bool:
    """Years as numbers below one heading: `TARGET` over 2021 … 2026."""
    filled = list(view.filled(row))
    years = [v for _, v in filled if isinstance(v, int) and v in _YEARS]
    texts = [v for _, v in filled if isinstance(v, str)]
    return len(years) >= 2 and len(years) + len(texts) == len(filled) and all(is_child(fold_heading(t)) for t in texts)


def _split(view: View, rows: list[int], numbering: list[int]) -> Iterator[Header]:
    """One header per run of neighbouring columns; a gap parts tables only where both sides head a table."""
    paths = {c: path for c in range(1, view.width + 1) if (path := _path(view, rows, numbering, c))}
    segments = _segments(sorted(paths))
    heads = [s for s in segments if len({p for c in s for p in paths[c] if is_anchor(p)}) >= 2]
    if len(heads) < 2 or not _repeat_labels(heads, paths):
        heads = [sorted(paths)]
    for columns in heads:
        own = {c: paths[c] for c in columns}
        yield Header(tuple(rows), tuple(numbering), tuple(columns), own)


def _segments(columns: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _repeat_labels(segments: Iterable[list[int]], paths: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether two runs of columns carry one label: then they are two tables, not one with a gap."""
    first = [{paths[c] for c in segment} for segment in segments]
    return any(first[i] & other for i in range(len(first)) for other in first[i + 1 :])


def _path(view: View, rows: list[int], numbering: list[int], column: int) -> tuple[str, ...]:
    """The labels above a column; a blank place under a heading to its left that has no merge belongs to it."""
    labels: list[str] = []
    for depth, row in enumerate(rows):
        if view.merge(row, column)[0] in numbering:
            continue
        label = view.label(row, column) or _heading_to_the_left(view, rows, depth, column)
        if label and (not labels or labels[-1] != label or view.merge(row, column)[0] == row):
            labels.append(label)
    return _with_quarters(_without_repeats(labels))


def _with_quarters(labels: tuple[str, ...]) -> tuple[str, ...]:
    """`1` under `TARGET TRIWULAN` is TW I; `VI` there is a slip for IV."""
    return tuple(
        _BELOW_QUARTER.get(label, label) if n and _OF_QUARTERS.search(" ".join(labels[:n])) else label
        for n, label in enumerate(labels)
    )


def _without_repeats(labels: list[str]) -> tuple[str, ...]:
    return tuple(label for n, label in enumerate(labels) if n == 0 or labels[n - 1] != label)


def _heading_to_the_left(view: View, rows: list[int], depth: int, column: int) -> str:
    """Without merges a heading stands over its first column only: the children to its right are its own."""
    row = rows[depth]
    if depth + 1 == len(rows) or view.merge(row, column) != (row, column, row, column):
        return ""
    if not any(view.own(below, column) for below in rows[depth + 1 :]):
        return ""
    if any(view.own(above, column) for above in rows[:depth]):
        return ""
    for left in range(column - 1, 0, -1):
        if view.own(row, left) is not None:
            return view.label(row, left) if _has_child(view, rows[depth + 1 :], left) else ""
        if not any(view.own(below, left) for below in rows[depth + 1 :]):
            return ""
    return ""


def _has_child(view: View, below: list[int], column: int) -> bool:
    return any(view.own(row, column) is not None for row in below)
