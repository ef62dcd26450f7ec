"""What a cell meant for a figure says, and digits with points and commas → an exact figure (measurement rules §1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction

from pipelines.numerals import format_exact
from schemas.vocabulary import Keadaan

PLACES = Decimal("1e-10")
"""Figures are kept to ten places (schemas.columns.DECIMAL)."""

_WIDE = Context(prec=60)

LIMIT = Decimal("1e15")
"""Beyond this Excel itself no longer keeps every digit."""

PERCENTAGES = Decimal(100)
"""What a share amounts to at most."""

_ENGLISH = re.compile(r"^\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$")
"""Grouped by commas with a point or several groups: it can be read in no other way."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says; `kode` names the finding it deserves and `words` fill its sentences.

    `satuan` is the unit written behind the figure, `tanda` the sign of a bound (`>`, `≥`, `<`, `≤`).
    """

    keadaan: Keadaan
    nilai: Decimal | None = None
    atas: Decimal | None = None
    teks: str | None = None
    kode: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    satuan: str | None = None
    tanda: str | None = None


EMPTY = Reading(Keadaan.KOSONG)


def exact(cell: float) -> Decimal:
    """The figure a person sees: Excel keeps fifteen digits, what a binary float has beyond them is dust."""
    if isinstance(cell, int) or cell.is_integer():
        return Decimal(int(cell))
    return to_ten_places(Decimal(format(cell, ".15g")))


def to_ten_places(figure: Decimal) -> Decimal:
    """The figure at the precision everything is kept at, half away from zero."""
    places: int = figure.as_tuple().exponent  # type: ignore[assignment]  # only NaN and infinity have none
    return figure.quantize(PLACES, ROUND_HALF_UP) if places < -10 else figure


def bounded(figure: Decimal, teks: str, kode: str | None = None) -> Reading:
    """A figure read from `teks`, unless it is beyond what can be kept exactly; `kode` is the finding it deserves."""
    if abs(figure) >= LIMIT:
        return fault("BCA-013", teks)
    figure = to_ten_places(figure)
    if kode is None:
        return Reading(Keadaan.ANGKA, figure)
    return Reading(Keadaan.ANGKA, figure, teks=teks, kode=kode, words={"dibaca": format_exact(figure)})


def fault(kode: str, teks: str, **words: str) -> Reading:
    """No figure, and the finding that says why."""
    return Reading(Keadaan.GALAT, teks=teks, kode=kode, words=words)


def either_share(figure: Decimal, satuan: str | None) -> Reading:
    """A cell shown as a percentage whose unit is none, nor one that counts: which is meant is a hundredfold apart."""
    words = {"persen": format_exact(figure * 100), "dibaca": format_exact(figure), "satuan": satuan or "–"}
    return fault("BCA-056", words["dibaca"], **words)


def is_no_rupiah(figure: object) -> bool:
    """Whether a figure by itself can be no amount of rupiah: `79,01` is a percentage, or an amount in billions."""
    return isinstance(figure, Decimal) and 0 < abs(figure) <= PERCENTAGES and figure % 1 != 0


def read_digits(digits: str, whole: bool) -> Reading:
    """Digits with points and commas, read as id-ID: points group by three, the comma is the decimal."""
    digits = digits.rstrip(".,")
    return _english(digits) or _indonesian(digits, whole)


def _english(digits: str) -> Reading | None:
    """`1,285,750,000.00`, as programs export it: no other reading fits, so it is read and told."""
    if not _ENGLISH.match(digits):
        return None
    head, _, places = digits.replace(",", "").partition(".")
    return _decimal(head, places, digits, "BCA-010")


def _indonesian(digits: str, whole: bool) -> Reading:
    head, comma, places = digits.partition(",")
    groups = head.split(".")
    grouped = len(groups) > 1 and all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3
    if "," in places or "." in places or (comma and len(groups) > 1 and not grouped):
        return fault("BCA-006", digits)
    if len(groups) == 1 or comma or len(groups) > 2:
        if len(groups) > 1 and not grouped:
            return fault("BCA-006", digits)
        return _decimal("".join(groups), places, digits, "BCA-004")
    if not grouped or groups[0] == "0":
        return _decimal(groups[0], groups[1], digits, "BCA-010")
    if whole:
        return _decimal("".join(groups), "", digits, "BCA-004")
    return fault("BCA-005", digits, arti_ribuan="".join(groups), arti_desimal=f"{groups[0]},{groups[1]}")


def _decimal(head: str, places: str, raw: str, kode: str) -> Reading:
    try:
        return bounded(Decimal(f"{head or '0'}.{places or '0'}"), raw, kode)
    except InvalidOperation:
        return fault("BCA-003", raw)


def round_half_up(figure: Fraction) -> Decimal:
    """An exact quotient as a figure of ten places, half away from zero."""
    scaled = abs(figure) * 10**10
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if figure >= 0 else -whole).scaleb(-10, _WIDE)
