"""Cells of an issued form that somebody merged: the figure of one row or column then covers that of the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field
from schemas.workbook import Grid, address

FIGURES = frozenset({"measure", "number", "rupiah", "whole"})
"""Kinds of fields that hold a figure of their own in every row; a text may well be that of several rows."""
_MOST = 100
"""Columns of a merged range that are looked at: no form is wider."""


def covered_cells(grid: Grid) -> Mapping[str, tuple[str, str]]:
    """Every cell below or beside a filled one it is merged with → that one, and the range of both."""
    return {
        address(row, column): (address(top, left), f"{address(top, left)}:{address(bottom, right)}")
        for top, left, bottom, right in grid.merges
        if grid.value(top, left) not in (None, "")
        for row in range(top, min(bottom, len(grid.rows)) + 1)
        for column in range(left, min(right, left + _MOST) + 1)
        if (row, column) != (top, left)
    }


def covered_figures(
    covered: Mapping[str, tuple[str, str]], f: Field, addresses: Sequence[str], row_ids: Sequence[str], place: Place
) -> Iterator[tuple[int, Finding]]:
    """Figures that have no cell of their own: theirs is merged with another."""
    for n, at in enumerate(addresses):
        if f.kind in FIGURES and at in covered:
            above, merged = covered[at]
            at_cell = replace(place, sel=at, row_id=row_ids[n])
            yield n, make_finding("BCA-044", at_cell, kolom=f.label, rentang=merged, atas=above)
