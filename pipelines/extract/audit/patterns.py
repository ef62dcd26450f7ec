"""Formulas that break the pattern of their column, and figures typed where the column is worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipelines.extract.audit.limits import limits
from pipelines.extract.audit.sheet import FormulaSheet, listed
from pipelines.extract.formula_syntax import Area, Call, Chain, Node, NotSimple, Number, parse
from pipelines.extract.formulas import Place, areas
from schemas import finding
from schemas.workbook import address, column_letter

_ONE = Number(Fraction(1))


def row_pattern(node: Node, row: int) -> Node:
    """What a formula does with the cells of its own row, the same in every row it is copied to.

    Factors of one (`* 100%`) say nothing. Raises NotSimple where it looks at another row.
    """
    match node:
        case Area():
            if (node.top, node.bottom) != (row, row):
                raise NotSimple
            return replace(node, top=0, bottom=0)
        case Chain(first, rest):
            return _chain(row_pattern(first, row), [(sign, row_pattern(operand, row)) for sign, operand in rest])
        case Call(name, arguments):
            return Call(name, tuple(row_pattern(argument, row) for argument in arguments))
        case _:
            return node


def _chain(first: Node, rest: list[tuple[str, Node]]) -> Node:
    if _is_plain(first) and all(sign == "/" and _is_plain(operand) and operand.value for sign, operand in rest):  # type: ignore[union-attr]
        quotient = first.value  # type: ignore[union-attr]
        for _, operand in rest:
            quotient /= operand.value  # type: ignore[union-attr, operator]
        return Number(quotient)
    kept = tuple((sign, operand) for sign, operand in rest if sign not in "*/" or operand != _ONE)
    return Chain(first, kept) if kept else first


def _is_plain(node: Node) -> bool:
    return isinstance(node, Number) and isinstance(node.value, Fraction)


@dataclass(frozen=True)
class Pattern:
    """The formula of a column between two headings: `text` as it stands in row `row`, and the cells that follow it."""

    column: int
    tree: Node
    row: int
    text: str
    rows: frozenset[int]
    others: tuple[int, ...]

    def text_at(self, row: int) -> str:
        """The formula as it would read in another row."""
        return re.sub(rf"(?<=[A-Za-z$]){self.row}(?!\d)", str(row), self.text)


def find_patterns(sheet: FormulaSheet) -> Iterator[Pattern]:
    """The columns that are worked out by one formula in nearly every row, a stretch between headings at a time."""
    for column, stretch in _stretches(sheet):
        found: dict[Node, list[int]] = {}
        for row in stretch:
            try:
                tree = row_pattern(sheet.trees[row, column], row)
            except NotSimple:
                continue
            if any(True for _ in areas(tree)):
                found.setdefault(tree, []).append(row)
        if found:
            tree, rows = max(found.items(), key=lambda item: len(item[1]))
            count, every = len(rows), sum(map(len, found.values()))
            if count >= limits().pola_terkecil and count >= limits().pola_bagian * every:
                others = tuple(sorted(row for key, numbers in found.items() if key != tree for row in numbers))
                yield Pattern(column, tree, rows[0], sheet.texts[rows[0], column], frozenset(rows), others)


def _stretches(sheet: FormulaSheet) -> Iterator[tuple[int, list[int]]]:
    """By column, the rows with a formula, parted at headings; columns without any heading are scratch."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(sheet.trees):
        columns.setdefault(column, []).append(row)
    ends = sorted(row for row in range(1, sheet.view.height + 1) if sheet.is_heading(row))
    for column, rows in sorted(columns.items()):
        if sheet.headings_above((rows[0], column)):
            parts: dict[int, list[int]] = {}
            for row in rows:
                parts.setdefault(sum(end < row for end in ends), []).append(row)
            yield from ((column, part) for part in parts.values())


def audit_patterns(sheet: FormulaSheet, place: finding.Place) -> Iterator[finding.Finding]:
    """Every departure from a pattern that changes a figure."""
    for pattern in find_patterns(sheet):
        for row in pattern.others:
            if sheet.is_named((row, pattern.column)) and not _same_cells(sheet, pattern, row):
                yield from _odd_formula(sheet, pattern, row, place)
        yield from _typed(sheet, pattern, place)


def _same_cells(sheet: FormulaSheet, pattern: Pattern, row: int) -> bool:
    """Another way to work with the same cells is a choice (an indicator that should fall), not a slip."""
    own = {(a.left, a.right) for a in areas(sheet.trees[row, pattern.column])}
    return own == {(a.left, a.right) for a in areas(pattern.tree)}


def _odd_formula(sheet: FormulaSheet, pattern: Pattern, row: int, place: finding.Place) -> Iterator[finding.Finding]:
    at = (row, pattern.column)
    figure, due = sheet.figure(at), _due(sheet, pattern, row)
    if figure is not None and due is not None and limits().differ(figure, Fraction(due)):
        yield finding.make_finding(
            "RUM-001",
            replace(place, sel=address(*at)),
            sheet.texts[at],
            rumus=sheet.texts[at],
            pola=pattern.text_at(row),
            tertulis=sheet.amount(at, figure),
            seharusnya=sheet.amount(at, due),
        )


def _due(sheet: FormulaSheet, pattern: Pattern, row: int) -> Decimal | None:
    """What the pattern gives in a row; None where all it would work with is empty."""
    tree = parse(pattern.text_at(row))
    cells = [sheet.grid.value(row, column) for a in areas(tree) for column in range(a.left, a.right + 1)]
    return sheet.compute(tree) if any(cell not in (None, "") for cell in cells) else None


def _typed(sheet: FormulaSheet, pattern: Pattern, place: finding.Place) -> Iterator[finding.Finding]:
    """Figures typed between the formulas of a pattern that are not what it gives there."""
    found = dict(_typed_rows(sheet, pattern))
    kode = "RUM-002" if len(found) <= limits().ketikan_satu_satu else "RUM-003"
    rows = [[row] for row in found] if kode == "RUM-002" else [list(found)]
    for group in rows:
        at = (group[0], pattern.column)
        figure = sheet.figure(at) or Fraction(0)
        yield finding.make_finding(
            kode,
            replace(place, sel=address(*at)),
            sheet.amount(at, figure),
            pola=pattern.text_at(group[0]),
            tertulis=sheet.amount(at, figure),
            seharusnya=sheet.amount(at, found[group[0]]),
            kolom=column_letter(pattern.column),
            jumlah=len(group),
            jumlah_rumus=len(pattern.rows),
            rincian=listed([_told(sheet, (row, pattern.column), found[row]) for row in group]),
        )


def _told(sheet: FormulaSheet, at: Place, due: Decimal) -> str:
    figure = sheet.figure(at) or Fraction(0)
    return f"{address(*at)} {sheet.amount(at, figure)} (rumus {sheet.amount(at, due)})"


def _typed_rows(sheet: FormulaSheet, pattern: Pattern) -> Iterator[tuple[int, Decimal]]:
    for row in range(min(pattern.rows), max(pattern.rows) + 1):
        at = (row, pattern.column)
        if at in sheet.texts or sheet.is_hidden(at) or not sheet.is_named(at):
            continue
        figure = sheet.figure(at)
        due = None if figure is None else _due(sheet, pattern, row)
        if figure is not None and due is not None and limits().differ(figure, Fraction(due)):
            yield row, due
