"""Which row of one version of a sheet is which row of the next: one inserted row must not make every other one new."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from schemas.workbook import Cell, Grid

_MOST_ROWS = 3_000
"""Rows beyond which those of the same number are taken for the same."""
_LABELS = 2

Pair = tuple[int | None, int | None]
"""A row of the version before and of the one after, one-based; None where it has no counterpart."""


def pair_rows(old: Grid, new: Grid) -> Iterator[Pair]:
    """Every row of both, in order: alike by their first texts, and what lies between those by its place."""
    before, after = [_label(row) for row in old.rows], [_label(row) for row in new.rows]
    if before == after or max(len(before), len(after)) > _MOST_ROWS:
        yield from _by_place((0, len(before)), (0, len(after)))
        return
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield from _by_place((a, b), (c, d))


def _by_place(old: tuple[int, int], new: tuple[int, int]) -> Iterator[Pair]:
    (first, last), (begin, end) = old, new
    for step in range(max(last - first, end - begin)):
        yield (
            first + step + 1 if first + step < last else None,
            begin + step + 1 if begin + step < end else None,
        )


def _label(row: object) -> tuple[str, ...]:
    """The first texts of a row: its code, its name."""
    cells: list[Cell] = list(row)  # type: ignore[call-overload]
    return tuple(c.strip() for c in cells if isinstance(c, str) and c.strip())[:_LABELS]
