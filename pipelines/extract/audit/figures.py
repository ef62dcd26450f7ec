"""Figures in formulas: those somebody typed into one, and those the file keeps although the formula gives others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pipelines.extract.audit.limits import limits
from pipelines.extract.audit.sheet import FormulaSheet, cells, listed
from pipelines.extract.formula_syntax import Area, Call, Chain, Node, Number
from pipelines.extract.formulas import Place, areas
from schemas import finding
from schemas.workbook import address, column_letter

_FEW = 3
"""More cells of one column than this are told in one finding."""
_SHORT = 40
"""A formula of at most so many letters is quoted in a list."""


def audit_constants(sheet: FormulaSheet, place: finding.Place) -> Iterator[finding.Finding]:
    """Figures typed into a sum or difference of cells (`=20906000-R15`), a column at a time."""
    columns: dict[int, list[tuple[Place, list[Fraction]]]] = {}
    for at, tree in sorted(sheet.trees.items()):
        typed = list(_typed_into(tree))
        if typed:
            columns.setdefault(at[1], []).append((at, typed))
    for column, found in sorted(columns.items()):
        first = found[0][0]
        yield finding.make_finding(
            "RUM-004",
            replace(place, sel=address(*first)),
            sheet.texts[first],
            kolom=column_letter(column),
            rincian=listed([_shown(sheet, at, typed) for at, typed in found]),
        )


def _shown(sheet: FormulaSheet, at: Place, typed: Sequence[Fraction]) -> str:
    amounts = listed([sheet.amount(at, figure) for figure in typed])
    text = f"{sheet.texts[at]}, " if len(sheet.texts[at]) <= _SHORT else ""
    return f"{address(*at)} ({text}angka {amounts})"


def _typed_into(node: Node) -> Iterator[Fraction]:
    """The large figures that stand beside cells in a sum or difference anywhere in a formula."""
    match node:
        case Chain(first, rest):
            operands = [first, *(operand for _, operand in rest)]
            if all(sign in "+-" for sign, _ in rest):
                yield from _beside_cells(operands)
            for operand in operands:
                yield from _typed_into(operand)
        case Call("SUM", arguments):
            yield from _beside_cells(arguments)
            for argument in arguments:
                yield from _typed_into(argument)
        case Call(_, arguments):
            for argument in arguments:
                yield from _typed_into(argument)


def _beside_cells(operands: Sequence[Node]) -> Iterator[Fraction]:
    if any(isinstance(area, Area) for operand in operands for area in areas(operand)):
        for operand in operands:
            value = operand.value if isinstance(operand, Number) else None
            if isinstance(value, Fraction) and value >= limits().konstanta_terkecil:
                yield value


def audit_kept(sheet: FormulaSheet, place: finding.Place) -> Iterator[finding.Finding]:
    """Figures the file keeps for a formula that gives something else over the figures it keeps for its cells."""
    columns: dict[int, list[tuple[Place, Fraction, Fraction]]] = {}
    for at, tree in sorted(sheet.trees.items()):
        kept = None if address(*at) in sheet.grid.uncached else sheet.figure(at)
        due = None if kept is None else sheet.compute(tree)
        if kept is not None and due is not None and limits().differ(kept, Fraction(due)):
            columns.setdefault(at[1], []).append((at, kept, Fraction(due)))
    for _, found in sorted(columns.items()):
        told = [[one] for one in found] if len(found) <= _FEW else [found]
        for group in told:
            yield _stale(sheet, group, place)


def _stale(
    sheet: FormulaSheet, group: Sequence[tuple[Place, Fraction, Fraction]], place: finding.Place
) -> finding.Finding:
    at, kept, due = group[0]
    others = cells(other for other, _, _ in group[1:]) if len(group) > 1 else ""
    return finding.make_finding(
        "RUM-007",
        replace(place, sel=address(*at)),
        sheet.amount(at, kept),
        rumus=sheet.texts[at],
        tertulis=sheet.amount(at, kept),
        seharusnya=sheet.amount(at, due),
        selisih=sheet.amount(at, kept - due),
        lainnya=f"; begitu juga {others}" if others else "",
    )
