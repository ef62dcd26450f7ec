"""The sums along one column or one row: which cells each of them counts, through the sums it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pipelines.extract.audit.sheet import FormulaSheet
from pipelines.extract.formula_syntax import Area, Call, Chain, Node, NotSimple, Number
from pipelines.extract.formulas import Place

Span = tuple[int, int]
"""First and last position of a range along a line."""

_MAX_WORK = 2_000_000
"""Sums within sums that are followed in one line; beyond it the line is not judged."""


class Axis(StrEnum):
    """The direction in which cells are added up; the values are what people read."""

    COLUMN = "kolom"
    ROW = "baris"


class TooLarge(Exception):  # noqa: N818  # it is no fault of the sheet: the line is beyond what is followed here
    """A line holds more sums within sums than are followed."""


@dataclass
class Line:
    """The sums of one column (or row) over cells of that same column (or row); positions are rows (or columns)."""

    axis: Axis
    number: int
    sums: dict[int, tuple[Span, ...]] = field(default_factory=dict)

    def place(self, position: int) -> Place:
        """Row and column of a position."""
        return (position, self.number) if self.axis is Axis.COLUMN else (self.number, position)

    @cached_property
    def formula_bits(self) -> int:
        """The positions that hold a sum themselves."""
        return sum(1 << position for position in self.sums)

    @cached_property
    def covered(self) -> int:
        """Every position that some sum of the line names."""
        bits = 0
        for spans in self.sums.values():
            for span in spans:
                bits |= mask(span)
        return bits

    @cached_property
    def leaves(self) -> Mapping[int, int]:
        """Of every sum, the cells it counts in the end; a circle counts for itself alone. Raises TooLarge."""
        return _Leaves(self).settled()

    def members(self, position: int) -> Iterator[tuple[int, int]]:
        """The sums a sum names, each with what it counts; one named twice comes twice."""
        for span in self.sums[position]:
            for inner in bits_of(mask(span) & self.formula_bits):
                yield inner, self.leaves[inner]

    def plain(self, position: int) -> Iterator[int]:
        """The cells a sum names that are no sums, as bits, one per range."""
        for span in self.sums[position]:
            yield mask(span) & ~self.formula_bits


class _Leaves:
    def __init__(self, line: Line) -> None:
        self.line, self.found, self.work = line, dict[int, int](), _MAX_WORK

    def settled(self) -> Mapping[int, int]:
        for position in self.line.sums:
            self._settle(position)
        return self.found

    def _settle(self, position: int) -> None:
        """Follow a sum to its end without recursion: sums may be chained over thousands of rows."""
        waiting, begun = [position], set[int]()
        while waiting:
            top = waiting[-1]
            inner = [] if top in self.found else self._open(top)
            if not inner:
                waiting.pop()
                self.found.setdefault(top, self._joined(top) if top not in self.found else 0)
            elif top in begun:
                self.found[waiting.pop()] = 1 << top
            else:
                begun.add(top)
                waiting += inner

    def _open(self, position: int) -> list[int]:
        bits = 0
        for span in self.line.sums[position]:
            bits |= mask(span)
        named = list(bits_of(bits & self.line.formula_bits))
        self.work -= len(named) + 1
        if self.work < 0:
            raise TooLarge
        return [p for p in named if p not in self.found]

    def _joined(self, position: int) -> int:
        bits = 0
        for span in self.line.sums[position]:
            bits |= mask(span)
        counted = bits & ~self.line.formula_bits
        for inner in bits_of(bits & self.line.formula_bits):
            counted |= self.found[inner]
        return counted


def find_lines(sheet: FormulaSheet) -> Sequence[Line]:
    """The columns and rows of a sheet that hold sums over themselves."""
    lines: dict[tuple[Axis, int], Line] = {}
    for place, tree in sheet.trees.items():
        found = _sum_along(place, tree)
        if found:
            axis, number, position, spans = found
            lines.setdefault((axis, number), Line(axis, number)).sums[position] = spans
    return [lines[key] for key in sorted(lines)]


def _sum_along(place: Place, tree: Node) -> tuple[Axis, int, int, tuple[Span, ...]] | None:
    row, column = place
    try:
        areas = list(addends(tree))
    except NotSimple:
        return None
    if areas and all(a.left == a.right == column and not a.top <= row <= a.bottom for a in areas):
        return Axis.COLUMN, column, row, tuple((a.top, a.bottom) for a in areas)
    if areas and all(a.top == a.bottom == row and not a.left <= column <= a.right for a in areas):
        return Axis.ROW, row, column, tuple((a.left, a.right) for a in areas)
    return None


def addends(node: Node) -> Iterator[Area]:
    """The cells a formula adds up, and nothing else; raises NotSimple where it does anything besides."""
    match node:
        case Area():
            yield node
        case Chain(first, rest) if all(sign == "+" for sign, _ in rest):
            yield from addends(first)
            for _, operand in rest:
                yield from addends(operand)
        case Call("SUM", arguments):
            for argument in arguments:
                yield from addends(argument)
        case Call("IF", (_, Number(""), result)):
            yield from addends(result)
        case _:
            raise NotSimple


def mask(span: Span) -> int:
    """A range as bits."""
    return (1 << (span[1] + 1)) - (1 << span[0])


def bits_of(bits: int) -> Iterator[int]:
    """The positions of a set of bits, in order."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
