"""Any workbook with formulas → what is wrong with its formulas. Changes no figure and holds back no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from pipelines.extract.audit.figures import audit_constants, audit_kept
from pipelines.extract.audit.lines import TooLarge, find_lines
from pipelines.extract.audit.patterns import audit_patterns
from pipelines.extract.audit.percentages import audit_percentages
from pipelines.extract.audit.sheet import FormulaSheet
from pipelines.extract.audit.totals import audit_totals
from pipelines.extract.audit.typed_totals import audit_typed_totals
from pipelines.extract.sheets import Source
from schemas.finding import Finding, Place, make_finding
from schemas.workbook import Grid

MOST = 300
"""Findings told of one sheet; a sheet with more of them was not made by hand."""


def audit_workbook(grids: Mapping[str, Grid], source: Source) -> Iterator[Finding]:
    """The findings about the formulas of every sheet in sight, in the order of the sheets."""
    for grid in grids.values():
        if not grid.hidden:
            place = source.place(grid.sheet)
            found = _audit(FormulaSheet(grid), place)
            yield from islice(found, MOST)
            if (left := sum(1 for _ in found)) > 0:
                yield make_finding("RUM-009", place, sebab=f"masih ada {left} temuan rumus lain yang sejenis")


def _audit(sheet: FormulaSheet, place: Place) -> Iterator[Finding]:
    yield from _totals(sheet, place)
    yield from audit_typed_totals(sheet, place)
    yield from audit_patterns(sheet, place)
    yield from audit_constants(sheet, place)
    yield from audit_kept(sheet, place)
    yield from audit_percentages(sheet, place)
    if sheet.budget < 0:
        yield make_finding("RUM-009", place, sebab="rumusnya terlalu banyak sehingga sebagian tidak dihitung ulang")


def _totals(sheet: FormulaSheet, place: Place) -> Iterator[Finding]:
    try:
        yield from audit_totals(sheet, find_lines(sheet), place)
    except TooLarge:
        sebab = (
            "rumus jumlahnya terlalu banyak bertingkat, sehingga jumlah ganda dan baris yang terlewat tidak diperiksa"
        )
        yield make_finding("RUM-009", place, sebab=sebab)
