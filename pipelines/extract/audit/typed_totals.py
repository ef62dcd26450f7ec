"""Rows of totals that were typed, not worked out: whether they are the sum of what stands above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pipelines.extract.audit.limits import limits
from pipelines.extract.audit.sheet import FormulaSheet
from schemas import finding
from schemas.codes import level_of
from schemas.vocabulary import Level
from schemas.workbook import address

_ORDER = tuple(Level)


def audit_typed_totals(sheet: FormulaSheet, place: finding.Place) -> Iterator[finding.Finding]:
    """Typed figures of money in a row of totals that no reading of the rows above gives.

    Those rows are added up as they stand and, where they carry codes, one level at a time: a program is the sum of its
    kegiatan, so only one level is meant. A total that any of these gives is right.
    """
    start = 1
    for row in range(1, sheet.view.height + 1):
        if sheet.is_heading(row):
            start = row + 1
        elif sheet.is_total(row):
            yield from _judge(sheet, row, range(start, row), place)
            start = row + 1


def _judge(sheet: FormulaSheet, row: int, body: range, place: finding.Place) -> Iterator[finding.Finding]:
    for column in range(1, sheet.view.width + 1):
        at = (row, column)
        typed = None if at in sheet.texts else sheet.figure(at)
        if typed is None or not sheet.is_money(at):
            continue
        sums = list(_sums(sheet, column, body))
        if sums and all(limits().differ(typed, amount) for _, amount in sums):
            told, due = sums[0]
            yield finding.make_finding(
                "RUM-010",
                replace(place, sel=address(*at)),
                sheet.amount(at, typed),
                tertulis=sheet.amount(at, typed),
                isi=told,
                seharusnya=sheet.amount(at, due),
                selisih=sheet.amount(at, typed - due),
            )


def _sums(sheet: FormulaSheet, column: int, body: range) -> Iterator[tuple[str, Fraction]]:
    """What the rows above come to: the highest level that has codes first, then the others, then all of them."""
    named = (row for row in body if sheet.is_named((row, column)))
    figures = [(row, figure) for row in named if (figure := sheet.figure((row, column))) is not None]
    levels = {row: _level(sheet, row) for row, _ in figures}
    for level in _ORDER:
        amounts = [figure for row, figure in figures if levels[row] is level]
        if amounts:
            yield f"{len(amounts)} {level.replace('_', ' ')}", sum(amounts, Fraction(0))
    if figures:
        yield f"{len(figures)} baris", _sum(figures)


def _sum(figures: Sequence[tuple[int, Fraction]]) -> Fraction:
    return sum((figure for _, figure in figures), Fraction(0))


def _level(sheet: FormulaSheet, row: int) -> Level | None:
    texts = (cell for cell in sheet.grid.rows[row - 1] if isinstance(cell, str))
    return next((level for text in texts if (level := level_of(text.strip()))), None)
