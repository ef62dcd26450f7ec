"""What a number format says of a number: a percentage, a date, a time, a duration, or just the number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

from pipelines.stores.workbooks.sheet import whole
from schemas.workbook import Cell

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_UNENDED = re.compile(r'["\[\]]')
_OPTIONAL = re.compile(r"[#, ]*#[#, ]*")
_FOREIGN = frozenset({"standard"})
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_BUILTIN = {
    "percent": frozenset({9, 10}),
    "elapsed": frozenset({46}),
    "date": frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}),
}


@cache
def kind_of(code: str) -> str:
    """`percent`, `date`, `elapsed` or `number`. Quoted and escaped characters say nothing: `0"%"` is no percentage.

    `unclear` is a format that ends within a quotation or a bracket, and the word for a number in another language.
    """
    shown = _LITERAL.sub("", code)
    if _UNENDED.search(_BRACKETS.sub("", shown)) or code.lower() in _FOREIGN:
        return "unclear"
    if "%" in shown:
        return "percent"
    first = shown.split(";", maxsplit=1)[0]
    if _ELAPSED.search(first):
        return "elapsed"
    plain = _BRACKETS.sub("", first)
    return "date" if _DATE.search(plain) and plain.lower() != "general" else "number"


@cache
def hides_zero(code: str) -> bool:
    """Whether a format shows nothing for a zero: an empty third section, or digits that all may be left out."""
    sections = _LITERAL.sub(_as_seen, code).split(";")
    shown = _BRACKETS.sub("", sections[2] if len(sections) > 2 else sections[0]).strip()
    return not shown if len(sections) > 2 else bool(_OPTIONAL.fullmatch(shown))


def _as_seen(literal: re.Match[str]) -> str:
    """A letter for one that is seen, nothing for room that is only kept."""
    return "" if literal[0][0] in "_*" or not literal[0].strip('"\\ ') else "x"


def hides_zero_of_id(number: int, custom: Mapping[int, str]) -> bool:
    """The same of a format by its number; of those every Excel has, none hides a zero."""
    return number in custom and hides_zero(custom[number])


def kind_of_id(number: int, custom: Mapping[int, str]) -> str:
    """The kind of a format by its number: the workbook's own first, else those every Excel has."""
    if number in custom:
        return kind_of(custom[number])
    return next((kind for kind, numbers in _BUILTIN.items() if number in numbers), "number")


def as_shown(number: float, kind: str, *, mac: bool = False) -> Cell:
    """A number as its format means it: date, datetime at a time of day, time below one day, duration, else the number.

    A serial that no calendar has stays a number.
    """
    return _moment(number, kind, mac=mac) if kind in ("date", "elapsed") else whole(number)


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
