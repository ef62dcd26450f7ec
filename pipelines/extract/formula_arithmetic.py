"""What operators and totals of a formula give, in exact fractions, and where a spreadsheet would give an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from fractions import Fraction

from pipelines.extract.formula_syntax import NotSimple

_MAX_BITS = 2048
_MAX_POWER = 64


class Nothing(Enum):
    """A cell without a figure or text: certainly empty, or not known to be."""

    EMPTY = "empty"
    UNCLEAR = "unclear"


Content = Fraction | str | bool | Nothing


class ExcelError(Exception):
    """The formula gives an error value, as a spreadsheet would: IFERROR catches it, nothing else does."""


def operate(sign: str, left: Content, right: Content) -> Content:
    """What an operator gives. Raises NotSimple where an operand is no figure, ExcelError where a spreadsheet would."""
    if sign in "+-*/^":
        return _bounded(_arithmetic(sign, figure_of(left), figure_of(right)))
    if sign in ("=", "<>"):
        return _same(left, right) == (sign == "=")
    a, b = figure_of(left), figure_of(right)
    return {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[sign]


def _arithmetic(sign: str, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return _divide(left, right)
        case _:
            return _power(left, right)


def _divide(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise ExcelError
    return left / right


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > _MAX_POWER:
        raise NotSimple
    if not base and exponent <= 0:
        raise ExcelError
    return Fraction(base ** int(exponent))


def _bounded(figure: Fraction) -> Fraction:
    """A figure that grows beyond all use is given up, so that no formula can keep the reader busy."""
    if max(figure.numerator.bit_length(), figure.denominator.bit_length()) > _MAX_BITS:
        raise NotSimple
    return figure


def figure_of(content: Content) -> Fraction:
    """An operand. An empty cell is no zero here, though a spreadsheet takes it for one: nothing is guessed."""
    if not isinstance(content, Fraction):
        raise NotSimple
    return content


def _same(left: Content, right: Content) -> bool:
    """Equality; an empty cell equals the empty text, and its equality with 0 is not relied on."""
    if Nothing.UNCLEAR in (left, right):
        raise NotSimple
    left, right = (
        "" if side is Nothing.EMPTY and isinstance(other, str) else side for side, other in _both(left, right)
    )
    if type(left) is not type(right):
        raise NotSimple
    return left.casefold() == right.casefold() if isinstance(left, str) and isinstance(right, str) else left == right


def _both(left: Content, right: Content) -> tuple[tuple[Content, Content], tuple[Content, Content]]:
    return (left, right), (right, left)


def truth_of(content: Content) -> bool:
    """A condition: a truth value, or a figure other than 0."""
    return content if isinstance(content, bool) else bool(figure_of(content))


def rounded(figure: Fraction, places: Fraction) -> Fraction:
    """ROUND: half away from zero, to a whole number of places."""
    if places.denominator != 1 or abs(places) > 15:
        raise NotSimple
    scale = Fraction(10) ** int(places)
    whole = (abs(figure) * scale * 2 + 1) // 2
    return Fraction(whole) / scale * (1 if figure >= 0 else -1)


def _average(figures: Sequence[Fraction]) -> Fraction:
    return _divide(sum(figures, Fraction(0)), Fraction(len(figures)))


def _product(figures: Sequence[Fraction]) -> Fraction:
    result = Fraction(1)
    for figure in figures:
        result = _bounded(result * figure)
    return result


def _over_some(total: Callable[[Sequence[Fraction]], Fraction]) -> Callable[[Sequence[Fraction]], Fraction]:
    """A total over no figure at all is no zero here: what is missing stays missing."""

    def checked(figures: Sequence[Fraction]) -> Fraction:
        if not figures:
            raise NotSimple
        return _bounded(total(figures))

    return checked


TOTALS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "SUM": _over_some(lambda figures: sum(figures, Fraction(0))),
    "AVERAGE": _average,
    "MIN": _over_some(min),
    "MAX": _over_some(max),
    "COUNT": lambda figures: Fraction(len(figures)),
    "PRODUCT": _over_some(_product),
}
"""Functions over any number of figures."""

SUBTOTALS = {1: "AVERAGE", 2: "COUNT", 4: "MAX", 5: "MIN", 6: "PRODUCT", 9: "SUM"}
"""What the first argument of SUBTOTAL stands for; 101 to 109 pass over hidden rows."""
