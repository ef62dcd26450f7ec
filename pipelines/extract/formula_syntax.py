"""The text of a spreadsheet formula → a tree of what it says; other sheets, names and unknown signs are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 8192
"""What Excel itself allows; a longer formula was not made by it."""

_DEEPEST = 40
_MAX_DIGITS = 40
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r'|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(?![\w!$:])"
    r"|(?P<cell>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})(?![\w(!.])"
    r"|(?P<name>[A-Za-z_][\w.]*)\s*(?=\()"
    r"|(?P<truth>TRUE|FALSE)\b(?!\s*[(!])"
    r"|(?P<sign><=|>=|<>|[-+*/^%()<>=:,;])",
    re.I,
)
_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})


class NotSimple(Exception):  # noqa: N818  # it is no fault: the formula is beyond what is worked out here
    """The formula says something beyond simple arithmetic over cells of its own sheet."""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure, a text or a truth value that stands in the formula itself."""

    value: Fraction | str | bool


@dataclass(frozen=True, slots=True)
class Area:
    """A cell, or a range of cells: first and last column and row, one-based; `single` where one cell is named."""

    left: int
    top: int
    right: int
    bottom: int
    single: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """`A1 + A2 - A3`: the first operand, then each operator with the operand it brings, worked out from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `NEG` is the sign before a figure."""

    name: str
    arguments: tuple[Node, ...]


Node = Number | Area | Chain | Call
_Token = tuple[str, str]


def parse(formula: str) -> Node:
    """The tree of a formula (`=SUM(K7:K9)/2`). Raises NotSimple, also for one that is too long or too deep."""
    parser = _Parser(list(tokens(formula)))
    tree = parser.comparison(0)
    if parser.place != len(parser.tokens):
        raise NotSimple(formula)
    return tree


def tokens(formula: str) -> Iterator[_Token]:
    """The signs of a formula in order, without spaces: (kind, text). Raises NotSimple at one that is not known."""
    if len(formula) > LONGEST:
        raise NotSimple
    text = formula.strip().removeprefix("=")
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match or match.lastgroup is None:
            raise NotSimple(text[place : place + 20])
        place = match.end()
        if match.lastgroup != "space":
            yield match.lastgroup, match[match.lastgroup]


def area_of(*cells: str) -> Area:
    """`$K$7`, or the range that holds all the cells named, in whatever order its corners stand."""
    columns, rows = zip(*(_corner(cell) for cell in cells), strict=True)
    return Area(min(columns), min(rows), max(columns), max(rows), single=len(cells) == 1)


def _corner(cell: str) -> tuple[int, int]:
    letters = cell.replace("$", "").upper().rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(cell.replace("$", "")[len(letters) :])


@dataclass
class _Parser:
    """Recursive descent, one method per strength of binding; a sign before a figure binds stronger than `^`."""

    tokens: list[_Token]
    place: int = 0

    def take(self, *texts: str) -> str | None:
        """The next sign, if it is one of `texts`."""
        if self.place < len(self.tokens):
            kind, text = self.tokens[self.place]
            if kind == "sign" and text in texts:
                self.place += 1
                return text
        return None

    def comparison(self, depth: int) -> Node:
        """`A1 > 0`."""
        if depth > _DEEPEST:
            raise NotSimple
        return self.chain(lambda: self.sum(depth), *_COMPARISONS)

    def sum(self, depth: int) -> Node:
        """`A1 + A2 - A3`."""
        return self.chain(lambda: self.product(depth), "+", "-")

    def product(self, depth: int) -> Node:
        """`A1 * A2 / A3`."""
        return self.chain(lambda: self.power(depth), "*", "/")

    def power(self, depth: int) -> Node:
        """`A1 ^ 2`, from the left as Excel does."""
        return self.chain(lambda: self.signed(depth), "^")

    def chain(self, operand: Callable[[], Node], *signs: str) -> Node:
        """Operands of one strength of binding, kept flat: a sum of a thousand terms is not a thousand deep."""
        first, rest = operand(), []
        while sign := self.take(*signs):
            rest.append((sign, operand()))
        return Chain(first, tuple(rest)) if rest else first

    def signed(self, depth: int) -> Node:
        """`-A1`, `+A1`, `--A1`."""
        negative = False
        while sign := self.take("-", "+"):
            negative ^= sign == "-"
        node = self.share(depth)
        return Call("NEG", (node,)) if negative else node

    def share(self, depth: int) -> Node:
        """`A1%`."""
        node, hundredths = self.operand(depth), []
        while self.take("%"):
            hundredths.append(("/", Number(Fraction(100))))
        return Chain(node, tuple(hundredths)) if hundredths else node

    def operand(self, depth: int) -> Node:
        """A figure, a text, cells, brackets or a function."""
        if self.take("("):
            node = self.comparison(depth + 1)
            self.close()
            return node
        if self.place >= len(self.tokens):
            raise NotSimple
        kind, text = self.tokens[self.place]
        self.place += 1
        if kind == "cell":
            return self.cells(text)
        if kind == "name":
            return Call(text.upper(), tuple(self.arguments(depth + 1)))
        return Number(_literal(kind, text))

    def close(self) -> None:
        """The bracket that has to follow."""
        if not self.take(")"):
            raise NotSimple

    def cells(self, first: str) -> Area:
        """A cell or range; `A1:A3:A9` is the range that holds all three."""
        corners = [first]
        while self.take(":"):
            if self.place >= len(self.tokens) or self.tokens[self.place][0] != "cell":
                raise NotSimple
            corners.append(self.tokens[self.place][1])
            self.place += 1
        return area_of(*corners)

    def arguments(self, depth: int) -> Iterator[Node]:
        """What stands between the brackets of a function, parted by `,` or `;`."""
        if not self.take("("):
            raise NotSimple
        if self.take(")"):
            return
        yield self.comparison(depth)
        while self.take(",", ";"):
            yield self.comparison(depth)
        self.close()


def _literal(kind: str, text: str) -> Fraction | str | bool:
    match kind:
        case "number" if len(text) <= _MAX_DIGITS:
            return Fraction(text)
        case "text":
            return text[1:-1].replace('""', '"')
        case "truth":
            return text.upper() == "TRUE"
        case _:
            raise NotSimple(text)
