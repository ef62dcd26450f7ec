"""Which quarters a figure of several rests on: counted indicator by indicator, and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from pipelines.numerals import roman
from pipelines.report.wording import join_words


class Part(NamedTuple):
    """What of a figure was measured in one of its quarters: how many indicators, of how many asked.

    `tercukupi`: how many lack nothing of the quarter, for they were measured in it, or a later one stands for it.
    """

    triwulan: int
    terukur: int
    total: int
    tercukupi: int


def add_parts(figures: Iterable[Sequence[Part]]) -> list[Part]:
    """Of several figures together how much was measured in each quarter; what a quarter did not ask does not count."""
    found = defaultdict[int, list[Part]](list)
    for part in chain.from_iterable(figures):
        found[part.triwulan] += [part] if part.total else []
    return [
        Part(q, sum(p.terukur for p in asked), len(asked), sum(p.tercukupi for p in asked))
        for q, asked in sorted(found.items())
    ]


def say_quarters(parts: Sequence[Part], whole: int) -> str:
    """Which quarters a figure of several rests on: `TW I saja`, `TW I, serta TW II hanya 3 dari 4`.

    Empty where each has all of the `whole` measured, or stood for by a later quarter: what no quarter has is in the
    count of the period already. Where one is lacking, each is told by what was measured in it, as the marts count it.
    """
    asked = [p for p in parts if p.total]
    there = [p for p in asked if p.terukur]
    lacking = any(p.tercukupi < min(p.total, whole) for p in asked)
    if len(asked) < 2 or not there or not lacking:
        return ""
    part = [p for p in there if p.terukur < min(p.total, whole)]
    others = [f"TW {roman(p.triwulan)}" for p in there if p not in part]
    partly = [_partly(group) for group in _alike(part)]
    told = ", serta ".join(join_words(names) for names in (others, partly) if names)
    rest = "" if len(there) == len(asked) else ", lainnya belum ada" if partly else " saja"
    return f"{told}{rest}"


def _alike(parts: Iterable[Part]) -> Iterable[list[Part]]:
    """Quarters of which as many came, together."""
    groups = defaultdict[tuple[int, int], list[Part]](list)
    for part in parts:
        groups[part.terukur, part.total].append(part)
    return groups.values()


def _partly(group: Sequence[Part]) -> str:
    """`TW III dan TW IV masing-masing hanya 3 dari 4`."""
    names = join_words([f"TW {roman(p.triwulan)}" for p in group])
    return f"{names}{' masing-masing' if len(group) > 1 else ''} hanya {group[0].terukur} dari {group[0].total}"
