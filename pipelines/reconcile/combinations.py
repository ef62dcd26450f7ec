"""Rows whose sum is exactly a difference: a bounded search, stated only where chance would hardly give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb, gcd

from schemas.reconciliation import Combinations

_SCALE = 10**10
"""Figures hold at most ten places: as whole numbers of these they are added without a decimal's cost."""

Places = tuple[int, ...]
"""The places of values in the list searched, rising."""


@dataclass(frozen=True)
class Sums:
    """Every way to make the sum with the fewest rows; none where there is none, or where chance makes some."""

    found: tuple[Places, ...] = ()

    @property
    def certain(self) -> Places | None:
        """The one way, where there is one only."""
        return self.found[0] if len(self.found) == 1 else None


def find_sums(wanted: Decimal, values: Sequence[Decimal], rules: Combinations, *, own: bool = False) -> Sums:
    """The smallest sets of values that add up to `wanted`; all of that size.

    Chance is the number of sets tried over the number of different sums they could make: with values that are all
    whole millions few sums are possible and some set always fits, so nothing is said. `own`: the values are parts of
    the very figure that differs, and a single one of them needs no odds.
    """
    whole = [int(value * _SCALE) for value in values]
    target, usable = int(wanted * _SCALE), [n for n, value in enumerate(whole) if value]
    if not target or not usable or len(usable) > rules.calon:
        return Sums()
    possible = sum(abs(whole[n]) for n in usable) // gcd(*(whole[n] for n in usable)) + 1
    tried = 0
    for size, sets in enumerate(_by_size(target, whole, usable, rules.baris), 1):
        tried += comb(len(usable), size)
        if sets:
            sure = (own and size == 1) or tried <= rules.peluang * possible
            return Sums(tuple(sorted(sets))) if sure else Sums()
    return Sums()


def _by_size(target: int, values: Sequence[int], usable: Sequence[int], most: int) -> Iterator[set[Places]]:
    """The sets of one value, of two, of three and of four that make the target, found by what is left of it."""
    single = _index(((n,), values[n]) for n in usable)
    yield set(single.get(target, ()))
    if most >= 2:
        yield set(_joined(target, values, [(n,) for n in usable], single))
    if most >= 3:
        pairs = list(combinations(usable, 2))
        yield set(_joined(target, values, pairs, single))
        if most >= 4:
            double = _index((pair, values[pair[0]] + values[pair[1]]) for pair in pairs)
            yield set(_joined(target, values, pairs, double))


def _index(sums: Iterator[tuple[Places, int]]) -> Mapping[int, list[Places]]:
    found: dict[int, list[Places]] = defaultdict(list)
    for places, value in sums:
        found[value].append(places)
    return found


def _joined(
    target: int, values: Sequence[int], firsts: Sequence[Places], rest: Mapping[int, list[Places]]
) -> Iterator[Places]:
    for first in firsts:
        for second in rest.get(target - sum(values[n] for n in first), ()):
            if not set(first) & set(second):
                yield tuple(sorted((*first, *second)))
