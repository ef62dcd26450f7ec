"""Percentages that formulas give and nobody believes: several years over the target of one, another scale or unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pipelines.extract.audit.limits import limits
from pipelines.extract.audit.sheet import FormulaSheet, listed
from pipelines.extract.formula_syntax import Chain, Node, Number
from pipelines.extract.formulas import Place
from pipelines.extract.readings import round_half_up
from pipelines.numerals import format_percent
from schemas import finding
from schemas.workbook import address, column_letter

_HUNDRED = Number(Fraction(100))


def audit_percentages(sheet: FormulaSheet, place: finding.Place) -> Iterator[finding.Finding]:
    """One finding per column whose quotients are beyond what a capaian can be, with every such cell."""
    for column, cells in sorted(_by_column(sheet).items()):
        at, share = max(cells, key=lambda cell: cell[1])
        yield finding.make_finding(
            "RUM-011",
            replace(place, sel=address(*at)),
            f"{_shown(share)}%",
            kolom=column_letter(column),
            rumus=sheet.texts[at],
            jumlah=len(cells),
            batas=limits().persen_tertinggi,
            rincian=listed([f"{address(*cell)} {_shown(value)}%" for cell, value in cells]),
        )


def _by_column(sheet: FormulaSheet) -> Mapping[int, Sequence[tuple[Place, Fraction]]]:
    found: dict[int, list[tuple[Place, Fraction]]] = {}
    for at, tree in sorted(sheet.trees.items()):
        share = _share(sheet, at, tree)
        if share is not None and share > limits().persen_tertinggi and sheet.is_named(at):
            found.setdefault(at[1], []).append((at, share))
    return found


def _share(sheet: FormulaSheet, at: Place, tree: Node) -> Fraction | None:
    """What a quotient says in percent: it is multiplied by a hundred, or its cell is shown as a percentage."""
    if not isinstance(tree, Chain) or not _divides(tree):
        return None
    figure = sheet.figure(at)
    if figure is None:
        return None
    if address(*at) in sheet.grid.percent:
        return figure * 100
    return figure if ("*", _HUNDRED) in tree.rest else None


def _divides(tree: Node) -> bool:
    return isinstance(tree, Chain) and (any(sign == "/" for sign, _ in tree.rest) or _divides(tree.first))


def _shown(share: Fraction) -> str:
    return format_percent(round_half_up(share))
