"""Small arithmetic on exact figures: places, splitting a sum, a seeded jitter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import accumulate
from random import Random

HUNDRED = Decimal(100)
Quarters = tuple[Decimal, Decimal, Decimal, Decimal]
"""Four figures, TW I–IV."""


def places_of(*values: object) -> int:
    """The most decimal places any of the figures is written with."""
    exponents = (v.as_tuple().exponent for v in values if isinstance(v, Decimal))
    return max((-e for e in exponents if isinstance(e, int)), default=0) if values else 0


def round_to(value: Decimal, places: int) -> Decimal:
    """Half-up to `places`; never fewer than none."""
    return value.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)


def four(values: Sequence[Decimal]) -> Quarters:
    """Four figures as a tuple of four."""
    first, second, third, fourth = values
    return first, second, third, fourth


def split_total(total: Decimal, weights: Sequence[Decimal], places: int) -> Quarters:
    """Four parts in proportion to the weights whose sum is exactly the total (largest remainder)."""
    step = Decimal(1).scaleb(-places)
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [part.quantize(step, ROUND_FLOOR) for part in exact]
    missing = int((total - sum(parts)) / step)
    behind = sorted(range(4), key=lambda i: (parts[i] - exact[i], i))
    for i in behind[:missing]:
        parts[i] += step
    return four(parts)


def accumulate_quarters(values: Quarters) -> Quarters:
    """Values of single quarters as values since January."""
    return four(list(accumulate(values)))


def seeded(*parts: object) -> Random:
    """A generator that gives the same figures for the same name, on any machine and in any order of calls."""
    return Random("|".join(str(part) for part in parts))  # noqa: S311 - a sample, not a secret


def jitter(random: Random, width: str) -> Decimal:
    """A seeded figure between −width and +width, in steps of a hundredth of it."""
    return Decimal(width) * random.randint(-100, 100) / HUNDRED
