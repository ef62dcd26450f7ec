"""Figures, dates, ordinals as people in Indonesia write them; rounding is for display only (rules §1.2)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from schemas.correction import EMPTY_WORD
from schemas.period import ROMAN

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
"""Month names in order."""

_SPELLED = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")

ABSENT = "–"
"""What is printed for a figure that is not there; a missing figure is never 0."""

_WRITTEN_FIGURE = re.compile(r"-?(Rp\.? ?)?\d[\d.,]*( ?%)?")

_SWAP = str.maketrans(",.", ".,")
_HALF_UP = Context(prec=40, rounding=ROUND_HALF_UP)

_KEPT = 10
"""Decimals that the marts keep."""
_WRITTEN = 8
"""Nobody writes a target with more decimals: one that has them was divided (a mean of three quarters, =2/3)."""


def format_number(value: Decimal | None, places: int = 2) -> str:
    """`1.234.567,89`, half-up to `places`; `–` for a missing figure."""
    if value is None:
        return ABSENT
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_HALF_UP)
    return f"{rounded if rounded else abs(rounded):,f}".translate(_SWAP)


def format_figure(value: Decimal | None, places: int = 2) -> str:
    """A target or realisasi: whole figures without decimals, all others with two, up to `places` that say something."""
    if value is None or value == value.to_integral_value():
        return format_number(value, 0)
    shown = format_number(value, places)
    two = len(shown) - places + 2
    return shown[:two] + shown[two:].rstrip("0")


def places_of(target: Decimal) -> int:
    """The decimals of a target that was agreed: all that it has, two at least; of a quotient of others two."""
    exponent = target.normalize(_HALF_UP).as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return 2 if places > _WRITTEN else max(2, places)


def places_apart(figure: Decimal, others: Collection[Decimal], least: int) -> int:
    """The fewest decimals from `least` on at which rounding does not belie what is said of a figure beside others.

    It looks equal only to what it equals, and differs by the difference that is told.
    """
    return next((n for n in range(least, _KEPT) if all(_agree(figure, other, n) for other in others)), _KEPT)


def _agree(one: Decimal, other: Decimal, places: int) -> bool:
    step = Decimal(1).scaleb(-places)
    shown, beside = (value.quantize(step, context=_HALF_UP) for value in (one, other))
    apart = _HALF_UP.abs(_HALF_UP.subtract(one, other)).quantize(step, context=_HALF_UP)
    return _HALF_UP.abs(_HALF_UP.subtract(shown, beside)) == apart and (shown == beside) == (one == other)


def format_exact(value: Decimal) -> str:
    """Every place that says something, none that does not: `1.234.567,8901`."""
    digits = f"{value:,f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).translate(_SWAP)


def format_percent(value: Decimal | None) -> str:
    """A percentage without its sign, always two places: `98,50`."""
    return format_number(value, 2)


def format_rupiah(value: Decimal | None) -> str:
    """`Rp1.250.000.000`; cents are shown only where there are some."""
    if value is None:
        return ABSENT
    return f"{'-' if value < 0 else ''}Rp{format_figure(abs(value))}"


def format_date(day: date) -> str:
    """`21 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spell(count: int) -> str:
    """A count as a sentence has it: in words up to ten."""
    return _SPELLED[count] if 0 <= count < len(_SPELLED) else str(count)


def spell_all(count: int) -> str:
    """All of so many: `kedua`, `ketiga`, beyond ten `seluruh 11`."""
    return f"ke{spell(count)}" if count < len(_SPELLED) else f"seluruh {count}"


def roman(number: int) -> str:
    """Number of a quarter, a semester or a chapter in Roman numerals (1–4)."""
    return ROMAN[number - 1]


def capitalize_first(text: str) -> str:
    """The text with its first letter capital and every other letter as it was."""
    return text[:1].upper() + text[1:]


def say_content(written: str | None) -> str:
    """What a cell holds, as it stands in a sentence: a figure bare, other writing in quotes, nothing as `kosong`."""
    if not written or written == EMPTY_WORD:
        return "kosong"
    return written if _WRITTEN_FIGURE.fullmatch(written) else f"“{written}”"


def say_change(before: str | None, now: str | None) -> str:
    """`dari 5 menjadi 7`; where one of them is no figure, what it was and what it is: `semula “proses”, kini 7`."""
    figures = all(written and _WRITTEN_FIGURE.fullmatch(written) for written in (before, now))
    join = "dari {} menjadi {}" if figures else "semula {}, kini {}"
    return join.format(say_content(before), say_content(now))
