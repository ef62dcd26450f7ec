"""What a formula without a cached value gives, where it is simple arithmetic over known cells of its own sheet.

Worked out in fractions, exactly, and rounded half-up to ten places only at the end. Whatever goes beyond that (another
sheet, an unknown function, a division by zero, a circle) has no value: the reader asks instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipelines.extract.formula_arithmetic import (
    SUBTOTALS,
    TOTALS,
    Content,
    ExcelError,
    Nothing,
    figure_of,
    operate,
    rounded,
    truth_of,
)
from pipelines.extract.formula_syntax import Area, Call, Chain, Node, NotSimple, Number, parse
from pipelines.extract.readings import LIMIT, round_half_up
from schemas.workbook import address

_MAX_CELLS = 200_000
_OUTSIDE = re.compile(r"\[[^\[\]]+\](?:[\w. ]*|[^'!]*')!|'?(?:file|https?):|\|[^|]*!", re.I)
_FALSE = Number(value=False)
_TEXT = re.compile(r'"(?:[^"]|"")*"')


Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a formula can see: the content of a cell, cells that are themselves subtotals, and rows that are hidden.

    Cells are (row, column), one-based. `look` raises NotSimple for a cell whose content cannot be known, ExcelError
    for an error cell. `blank_is_zero`: an empty operand is a zero, as it is to a spreadsheet; that is right only where
    the question is whether the file still says what its own program worked out.
    """

    look: Callable[[Place], Content]
    subtotals: Container[Place] = ()
    hidden_rows: Container[int] = ()
    blank_is_zero: bool = False


def compute(formula: str, value_of: Callable[[str], Decimal | None]) -> Decimal | None:
    """The figure a formula gives, in the scale of its cells; None where it is not simple arithmetic over known cells.

    `value_of` gives the figure of a cell (`K12`). None there means that no figure stands in it: ranges pass over such
    a cell as a spreadsheet does, an operand without a figure leaves the formula without one. A cell that *has* a
    figure nobody knows (a formula that cannot be worked out) must raise NotSimple, or a sum over it would be wrong;
    `recalculation.recalculate` does all of this for a whole sheet.
    """

    def look(place: Place) -> Content:
        figure = value_of(address(*place))
        return Nothing.UNCLEAR if figure is None else Fraction(figure)

    return evaluate(formula, Sheet(look))


def evaluate(formula: str, sheet: Sheet) -> Decimal | None:
    """The figure a formula gives on `sheet`, or None."""
    try:
        return evaluate_tree(parse(formula), sheet)
    except NotSimple:
        return None


def evaluate_tree(tree: Node, sheet: Sheet) -> Decimal | None:
    """The figure a parsed formula gives on `sheet`, or None."""
    result = _result(tree, sheet)
    if not isinstance(result, Fraction) or abs(result) >= Fraction(LIMIT):
        return None
    return round_half_up(result)


def _result(tree: Node, sheet: Sheet) -> Content:
    try:
        if sum(size_of(area) for area in areas(tree)) > _MAX_CELLS:
            return Nothing.UNCLEAR
        return _value(tree, sheet)
    except (NotSimple, ExcelError):
        return Nothing.UNCLEAR


def shows_nothing(formula: str, sheet: Sheet) -> bool:
    """Whether a formula gives the empty text, as `=IF(COUNT(A1)=0,"",A1)` does where nothing stands in the cell."""
    try:
        return _result(parse(formula), sheet) == ""
    except NotSimple:
        return False


def areas(node: Node) -> Iterator[Area]:
    """Every cell and range in a tree."""
    match node:
        case Area():
            yield node
        case Chain(first, rest):
            yield from areas(first)
            for _, operand in rest:
                yield from areas(operand)
        case Call(_, arguments):
            for argument in arguments:
                yield from areas(argument)


def links_outside(formula: str) -> bool:
    """Whether a formula takes a value from another workbook: `[1]Sheet!A1`, `'[x.xlsx]S'!A1`, a DDE link."""
    return bool(_OUTSIDE.search(_TEXT.sub("", formula)))


def _value(node: Node, sheet: Sheet) -> Content:
    match node:
        case Number(value):
            return value
        case Area():
            return _cell(node, sheet)
        case Chain(first, rest):
            result = _value(first, sheet)
            for sign, operand in rest:
                result = operate(sign, _operand(sign, result, sheet), _operand(sign, _value(operand, sheet), sheet))
            return result
        case Call(name, arguments):
            return _call(name, arguments, sheet)


def _operand(sign: str, content: Content, sheet: Sheet) -> Content:
    zero = sheet.blank_is_zero and content is Nothing.EMPTY and sign in "+-*/^"
    return Fraction(0) if zero else content


def _cell(area: Area, sheet: Sheet) -> Content:
    if (area.left, area.top) != (area.right, area.bottom):
        raise NotSimple
    return sheet.look((area.top, area.left))


def _call(name: str, arguments: tuple[Node, ...], sheet: Sheet) -> Content:
    if name in TOTALS and arguments:
        return TOTALS[name]([figure for node in arguments for figure in _figures(node, sheet)])
    if name == "SUBTOTAL" and len(arguments) > 1:
        return _subtotal(figure_of(_value(arguments[0], sheet)), arguments[1:], sheet)
    if name in _TRUTHS and arguments:
        return _TRUTHS[name](truth_of(_value(node, sheet)) for node in arguments)
    function = _FUNCTIONS.get((name, len(arguments)))
    if function is None:
        raise NotSimple(name)
    return function(sheet, *arguments)


def _negative(sheet: Sheet, operand: Node) -> Content:
    return -figure_of(_value(operand, sheet))


def _if(sheet: Sheet, condition: Node, yes: Node, no: Node = _FALSE) -> Content:
    return _value(yes if truth_of(_value(condition, sheet)) else no, sheet)


def _tried(sheet: Sheet, tried: Node, instead: Node) -> Content:
    try:
        return _value(tried, sheet)
    except ExcelError:
        return _value(instead, sheet)


def _is_number(sheet: Sheet, operand: Node) -> Content:
    try:
        content = _value(operand, sheet)
    except ExcelError:
        return False
    if content is Nothing.UNCLEAR:
        raise NotSimple
    return isinstance(content, Fraction)


def _number_or_zero(sheet: Sheet, operand: Node) -> Content:
    content = _value(operand, sheet)
    if content is Nothing.UNCLEAR:
        raise NotSimple
    return content if isinstance(content, Fraction) else Fraction(content is True)


def _rounded(sheet: Sheet, figure: Node, places: Node) -> Content:
    return rounded(figure_of(_value(figure, sheet)), figure_of(_value(places, sheet)))


_TRUTHS: Mapping[str, Callable[[Iterable[bool]], bool]] = {"AND": all, "OR": any}

_FUNCTIONS: Mapping[tuple[str, int], Callable[..., Content]] = {
    ("NEG", 1): _negative,
    ("IF", 2): _if,
    ("IF", 3): _if,
    ("IFERROR", 2): _tried,
    ("ISNUMBER", 1): _is_number,
    ("N", 1): _number_or_zero,
    ("ROUND", 2): _rounded,
}


def _figures(node: Node, sheet: Sheet) -> Iterator[Fraction]:
    """The figures an argument of a total brings: of cells only those that hold one, as a spreadsheet does."""
    if not isinstance(node, Area):
        yield figure_of(_value(node, sheet))
        return
    contents = (sheet.look(place) for place in cells_of(node))
    yield from (content for content in contents if isinstance(content, Fraction))


def cells_of(area: Area) -> Iterator[Place]:
    """The cells of an area, row by row."""
    columns = range(area.left, area.right + 1)
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in columns)


def size_of(area: Area) -> int:
    """How many cells an area has."""
    return (area.right - area.left + 1) * (area.bottom - area.top + 1)


def _subtotal(kind: Fraction, ranges: Sequence[Node], sheet: Sheet) -> Fraction:
    """SUBTOTAL passes over other subtotals; what it does with a hidden row is certain only for the kinds from 101."""
    total = SUBTOTALS.get(int(kind) % 100) if kind in range(1, 112) else None
    if total is None:
        raise NotSimple
    return TOTALS[total]([figure for node in ranges for figure in _visible(node, sheet, certain=kind > 100)])


def _visible(node: Node, sheet: Sheet, certain: bool) -> Iterator[Fraction]:
    if not isinstance(node, Area):
        raise NotSimple
    for place in cells_of(node):
        hidden = place[0] in sheet.hidden_rows
        if hidden and not certain:
            raise NotSimple
        content = Nothing.EMPTY if hidden or place in sheet.subtotals else sheet.look(place)
        if isinstance(content, Fraction):
            yield content
