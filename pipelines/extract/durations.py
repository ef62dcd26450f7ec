"""Lengths of time in a cell: `3 jam 15 menit`, `1:07:38`, a native time."""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal
from fractions import Fraction

from pipelines.extract.numbers import read_figure
from pipelines.extract.readings import round_half_up
from schemas.units import is_other_time, seconds_of

_PART = re.compile(
    r"(?P<amount>\d[\d.,]*)\s*(?P<unit>detik|menit|mnt|jam|hari(?: kerja)?|minggu|bulan|tahun)\b[\s,]*", re.I
)
_CLOCK = re.compile(r"^(?P<jam>\d{1,4}):(?P<menit>[0-5]\d)(?::(?P<detik>[0-5]\d))?$")
_Part = tuple[str, str]


def read_span(text: str, satuan: str | None) -> tuple[bool, Decimal | None]:
    """Whether the text is a length of time that has to be converted, and what it is in `satuan`.

    One part in the row's own unit, or in a row without unit, needs no conversion: it is an ordinary figure with its
    unit. None for what has no certain length: a working day, `01:30` (hours or minutes), a unit that is no time.
    """
    if _CLOCK.match(text):
        return True, _clock(text, satuan)
    parts = _parts(text)
    if not parts or (len(parts) == 1 and not is_other_time(parts[0][1], satuan)):
        return False, None
    return True, _in_unit(_sum(parts), satuan)


def read_clock(cell: time | timedelta, satuan: str | None) -> Decimal | None:
    """A native time or duration in `satuan`; None where that is no unit of time with a fixed length."""
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    return _in_unit(Fraction(cell // timedelta(microseconds=1), 10**6), satuan)


def _parts(text: str) -> tuple[_Part, ...]:
    """`3 jam 15 menit` → its parts; nothing where other words stand between them."""
    found = tuple((match["amount"], match["unit"]) for match in _PART.finditer(text))
    return found if not _PART.sub("", text).strip() else ()


def _sum(parts: tuple[_Part, ...]) -> Fraction | None:
    total = Fraction(0)
    for amount, unit in parts:
        figure, seconds = read_figure(amount).nilai, seconds_of(unit)
        if figure is None or seconds is None:
            return None
        total += Fraction(figure) * Fraction(seconds)
    return total


def _clock(text: str, satuan: str | None) -> Decimal | None:
    hours, minutes, *rest = (int(part) for part in text.split(":"))
    return _in_unit(Fraction(hours * 3600 + minutes * 60 + rest[0]), satuan) if rest else None


def _in_unit(seconds: Fraction | None, satuan: str | None) -> Decimal | None:
    length = seconds_of(satuan)
    if seconds is None or length is None:
        return None
    return round_half_up(seconds / Fraction(length))
