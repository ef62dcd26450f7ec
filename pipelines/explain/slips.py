"""Slips of the hand: what a figure becomes when a digit is wrong, lost, doubled or changes places."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal


def transposed(written: str) -> Iterator[str]:
    """Two neighbouring digits changed places."""
    for at in range(len(written) - 1):
        pair = written[at : at + 2]
        if pair.isdecimal() and pair[0] != pair[1]:
            yield f"{written[:at]}{pair[1]}{pair[0]}{written[at + 2 :]}"


def substituted(written: str) -> Iterator[str]:
    """One digit is another."""
    for at, sign in enumerate(written):
        if sign.isdecimal():
            yield from (f"{written[:at]}{d}{written[at + 1 :]}" for d in "0123456789" if d != sign)


def dropped(written: str) -> Iterator[str]:
    """One digit is lost."""
    for at, sign in enumerate(written):
        if sign.isdecimal() and len(written) > 1:
            yield f"{written[:at]}{written[at + 1 :]}"


def one_slip_apart(printed: str, meant: str) -> str | None:
    """The slip that turns `meant` into `printed`: tertukar, salah or hilang; None where none does."""
    if printed == meant:
        return None
    if printed in transposed(meant):
        return "tertukar"
    if printed in substituted(meant):
        return "salah"
    return "hilang" if printed in dropped(meant) or meant in dropped(printed) else None


def simplest_between(low: Decimal, high: Decimal, most_places: int) -> Decimal | None:
    """The figure with the fewest decimals in [low, high], if it needs no more than `most_places`."""
    for places in range(most_places + 1):
        candidate = _round_up(low, places)
        if candidate <= high:
            return candidate
    return None


def _round_up(value: Decimal, places: int) -> Decimal:
    unit = Decimal(1).scaleb(-places)
    whole = value // unit
    return (whole if whole * unit == value else whole + 1) * unit
