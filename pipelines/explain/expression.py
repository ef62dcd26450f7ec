"""A formula as it is written: evaluated exactly, printed with its numbers, and read back from print.

One text says both what is printed and what is reckoned, so an explanation cannot show one sum and hold another.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from pipelines.numerals import format_exact

PLACES = 10
"""Stored figures hold ten decimals; a division is rounded there, half away from zero (rules §1.1)."""

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISON: Mapping[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
}
_NAME = re.compile(r"\b[A-Z]\b")
_SIGNS = str.maketrans({"*": "×", "-": "−"})
_BACK = str.maketrans({"×": "*", "−": "-", ".": None, ",": "."})


def evaluate(expression: str, values: Mapping[str, Decimal] | None = None) -> Fraction | None:
    """The exact value of an expression over named figures; None where it divides by zero."""
    try:
        return _value(ast.parse(expression, mode="eval").body, values or {})
    except ZeroDivisionError:
        return None


def holds(condition: str, values: Mapping[str, Decimal]) -> bool:
    """Whether a condition such as `R < T and T > 0` is true; an empty one always is."""
    return not condition or _truth(ast.parse(condition, mode="eval").body, values)


def write(expression: str, values: Mapping[str, Decimal]) -> str:
    """The expression as people write it, with its numbers: `(2 × 12,5 − 11,2) / 12,5 × 100`."""
    return _NAME.sub(
        lambda name: write_figure(values[name[0]]) if name[0] in values else name[0], write_signs(expression)
    )


def write_signs(expression: str) -> str:
    """The expression with the signs of print, its names as they are: `(2 × T − R) / T × 100`."""
    return expression.translate(_SIGNS)


def write_figure(value: Decimal) -> str:
    """A figure within a sum, every digit of it; a negative one in brackets."""
    written = format_exact(abs(value))
    return f"(−{written})" if value < 0 else written


def read_written(text: str) -> Fraction | None:
    """The exact value of a sum as `write` prints it."""
    return evaluate(text.translate(_BACK))


def round_half_up(value: Fraction, places: int) -> Decimal:
    """A fraction at so many decimals, half away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(map(int, str(whole)))
    # not scaleb: it rounds to the precision of the context
    return Decimal((0 if value >= 0 else 1, digits, -places))


def agrees(expression: str | None, stored: Decimal | None) -> bool:
    """Whether a written sum gives the stored figure, rounded where the store rounds."""
    if expression is None or stored is None:
        return False
    value = read_written(expression)
    return value is not None and round_half_up(value, PLACES) == stored


def _value(node: ast.expr, values: Mapping[str, Decimal]) -> Fraction:
    match node:
        case ast.BinOp():
            return _ARITHMETIC[type(node.op)](_value(node.left, values), _value(node.right, values))
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand, values)
        case ast.Name():
            return Fraction(values[node.id])
        case ast.Constant(value=int() | float()):
            # the digits as they stand, not what a binary float makes of them
            return Fraction(ast.unparse(node)) if isinstance(node.value, int) else Fraction(repr(node.value))
    raise ValueError(f"not a formula: {ast.dump(node)}")


def _truth(node: ast.expr, values: Mapping[str, Decimal]) -> bool:
    if isinstance(node, ast.BoolOp):
        return all(_truth(part, values) for part in node.values)
    if not isinstance(node, ast.Compare):
        raise TypeError(f"not a condition: {ast.dump(node)}")
    return _COMPARISON[type(node.ops[0])](_value(node.left, values), _value(node.comparators[0], values))
