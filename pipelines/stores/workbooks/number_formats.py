"""What a number format says of a number: a percentage, a date, a time, a duration, or the number; how it is seen."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from math import isfinite
from typing import TypeGuard

from pipelines.stores.workbooks.format_sections import Section, Token, read_section, tokens_of
from schemas.workbook import Cell, Scale

_UNENDED = frozenset('"[]')
_FOREIGN = frozenset({"standard"})
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,18}(?:\.\d{1,15})?)")
_TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_MOST_SECTIONS = 4
_MOMENTS = frozenset({"date", "elapsed"})
_BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), "d"),
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 46: "[h]", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats every Excel has, as far as they are told apart here; the accounts of 41 to 44 show every digit."""

Test = tuple[str, float]
"""Which numbers a section is for: a sign of comparison and a limit."""
_ZERO: Test = ("=", 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number is seen: its kind, whether not at all, how it is cut, its digits where so many are always seen."""

    kind: str = "number"
    hidden: bool = False
    scale: Scale | None = None
    text: str | None = None


AS_IT_IS, _HIDDEN = Shown(), Shown(hidden=True)


@dataclass(frozen=True, slots=True)
class Format:
    """A number format, section by section, each with the numbers it is for.

    `kind` is the kind of every number, or `varied` where that, or how it is seen, depends on the number; `unclear` is
    a format that ends within a quotation or a bracket, and the word for a number in another language.
    """

    sections: tuple[tuple[Test | None, Section], ...] = ()
    hides_text: bool = False
    kind: str = "number"

    @property
    def is_fixed(self) -> bool:
        """Whether the number of digits is fixed, for a code that is a number."""
        return any(section.pattern is not None and not section.whole for _, section in self.sections)

    @property
    def may_be_percent(self) -> bool:
        """Whether it shows some numbers as a percentage."""
        return any(section.kind == "percent" for _, section in self.sections)

    def of(self, value: Cell) -> Shown:
        """How a value is seen; the figure of a formula that nobody has calculated yet as most figures are."""
        if not self.sections or not (value is None or is_number(value)):
            return _HIDDEN if self.hides_text and isinstance(value, str) and value.strip() else AS_IT_IS
        section = self._section(1 if value is None else value)
        if section is None:
            return AS_IT_IS
        kind = "number" if section.kind in _MOMENTS else section.kind
        if value is None:
            return Shown(kind, section.hides(1), section.scale)
        return Shown(kind, section.hides(value), section.scale if value else None, section.text(value))

    def _section(self, number: float) -> Section | None:
        for test, section in self.sections:
            if test is None or _TESTS[test[0]](number, test[1]):
                return section
        return None


GENERAL = Format()


@cache
def read_format(code: str, *, on_white: bool = False) -> Format:
    """A format as Excel writes one; `on_white`: its cell has a white ground."""
    tokens = list(tokens_of(code))
    if code.lower() in _FOREIGN or any(kind == "other" and text in _UNENDED for kind, text in tokens):
        return Format(kind="unclear")
    sections = _parted(tokens)[:_MOST_SECTIONS]
    for_text = sections.pop() if len(sections) == _MOST_SECTIONS or _is_for_text(sections[-1]) else None
    read = [(_test(s), read_section(s, on_white=on_white)) for s in sections] or [(None, Section())]
    hides_text = for_text is not None and not _is_for_text(for_text) and read_section(for_text).hides(0)
    return compose(_with_tests(read), hides_text=hides_text)


def compose(sections: Sequence[tuple[Test | None, Section]], *, hides_text: bool = False) -> Format:
    """A format of these sections; what its first one shows decides whether its numbers are moments."""
    kinds = {section.kind for _, section in sections}
    first = sections[0][1]
    is_open = sections[-1][0] is not None and kinds != {"number"}
    special = hides_text or is_open or any(_is_special(test, section) for test, section in sections)
    if first.kind in _MOMENTS:
        kind = first.kind
    else:
        kind = "varied" if special or len(kinds - _MOMENTS | {first.kind}) > 1 else first.kind
    whole = kind == "number" and not any(s.pattern and not s.whole for _, s in sections)
    return GENERAL if whole else Format(tuple(sections), hides_text, kind)


def _is_special(test: Test | None, section: Section) -> bool:
    """Whether a section may show less of a number than it is; a dash for a zero does not."""
    return section.optional or section.scale is not None or not (section.digits or (section.words and test == _ZERO))


def _parted(tokens: Sequence[Token]) -> list[list[Token]]:
    sections: list[list[Token]] = [[]]
    for token in tokens:
        if token == ("other", ";"):
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _is_for_text(tokens: Sequence[Token]) -> bool:
    return ("other", "@") in tokens


def _test(tokens: Sequence[Token]) -> Test | None:
    found = (_CONDITION.fullmatch(text.strip()) for kind, text in tokens if kind == "bracket")
    return next(((match[1], float(match[2])) for match in found if match), None)


def _with_tests(sections: Sequence[tuple[Test | None, Section]]) -> list[tuple[Test | None, Section]]:
    """Positive, negative, zero, where the sections do not say for which numbers they are."""
    others = None if any(test for test, _ in sections) else _ZERO
    usual: Sequence[Test | None] = {1: (None,), 2: ((">=", 0), None)}.get(len(sections), ((">", 0), ("<", 0), others))
    return [(test or other, section) for (test, section), other in zip(sections, usual, strict=True)]


def format_of_id(number: int, custom: Mapping[int, str], *, on_white: bool = False) -> Format:
    """The format of a number: the workbook's own first, else one every Excel has."""
    code = custom.get(number, _BUILTIN.get(number))
    return GENERAL if code is None else read_format(code, on_white=on_white)


def is_number(value: Cell) -> TypeGuard[int | float]:
    """Whether a cell holds a figure; a truth value is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def whole(value: float) -> int | float:
    """The number as an int where it has no fraction: `80.0` → `80`, so that every format gives the same."""
    return int(value) if isfinite(value) and value.is_integer() else value


def as_shown(number: float, kind: str, *, mac: bool = False) -> Cell:
    """A number as its format means it: date, datetime at a time of day, time below one day, duration, else the number.

    A serial that no calendar has stays a number.
    """
    return _moment(number, kind, mac=mac) if kind in _MOMENTS else whole(number)


def _moment(number: float, kind: str, *, mac: bool) -> Cell:
    # loaded here: openpyxl takes a fifth of a second, and the issued forms never get this far
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    try:
        moment = from_excel(number, MAC_EPOCH if mac else WINDOWS_EPOCH, kind == "elapsed")
    except (OverflowError, ValueError):
        return whole(number)
    return without_midnight(moment)


def without_midnight(moment: date | datetime | time | timedelta) -> Cell:
    """A datetime at midnight is a date; anything else stays."""
    return moment.date() if isinstance(moment, datetime) and moment.time() == time() else moment
