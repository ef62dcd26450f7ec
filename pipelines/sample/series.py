"""A year's target and realisasi spread over four quarters, so that putting them together gives the year again.

One function per konsolidasi; each follows measurement rules §4, so a check of the targets finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from pipelines.sample.data import SampleIndicator
from pipelines.sample.figures import (
    HUNDRED,
    accumulate_quarters,
    four,
    jitter,
    places_of,
    round_to,
    split_total,
)
from schemas.form import FormValue
from schemas.units import is_percent_unit
from schemas.vocabulary import CaraIsi, Konsolidasi, Polaritas

_SCORE = re.compile(r"\(([\d,]+)\)")

NOT_AIMED, NOT_YET = "-", "n/a"
"""What a PK writes where a quarter has no target, and what an SKPD writes where there is no figure yet."""

_WEIGHTS = tuple(Decimal(w) for w in (22, 25, 27, 26))
_PROGRESS = tuple(Decimal(p) for p in ("0.20", "0.45", "0.72", "1"))
_BASES = tuple(Decimal(b) for b in (40, 50, 80, 100, 125, 200, 250, 400))
"""Denominators whose hundredths are finite: a ratio shown with two places is then exact."""


@dataclass(frozen=True)
class Series:
    """Four quarters of one indicator: targets, realisasi, and the parts of a ratio."""

    targets: tuple[FormValue, ...]
    realisasi: tuple[FormValue, ...]
    pembilang: tuple[Decimal | None, ...] = (None,) * 4
    penyebut: tuple[Decimal | None, ...] = (None,) * 4


def spread_year(indicator: SampleIndicator, random: Random) -> Series:
    """The four quarters of an indicator."""
    series = _SPREADERS[indicator.konsolidasi](indicator, random)
    if indicator.polaritas is Polaritas.RENTANG:
        return Series((indicator.target,) * 4, series.realisasi)
    return series


def revise_targets(
    indicator: SampleIndicator, targets: tuple[FormValue, ...], target: Decimal
) -> tuple[FormValue, ...]:
    """Targets under a PK perubahan in force from TW III: the first half stays, the second reaches the new target."""
    first, second, third, fourth = (value for value in targets if isinstance(value, Decimal))
    places = places_of(indicator.target, target)
    if indicator.konsolidasi is not Konsolidasi.JUMLAH or indicator.cara_isi is CaraIsi.KUMULATIF:
        return first, second, round_to(third + (target - fourth) / 2, places), target
    extra = target - (first + second + third + fourth)
    half = round_to(extra / 2, places)
    return first, second, third + half, fourth + extra - half


def _figures(indicator: SampleIndicator) -> tuple[Decimal, Decimal, int]:
    """Target (of a range: the realisasi stands in), realisasi and decimal places."""
    realisasi = indicator.realisasi if isinstance(indicator.realisasi, Decimal) else Decimal(0)
    target = indicator.target if isinstance(indicator.target, Decimal) else realisasi
    return target, realisasi, min(places_of(target, realisasi), 4)


def _ceiling(indicator: SampleIndicator, value: Decimal) -> Decimal:
    """No percentage goes beyond the hundred unless the year itself does."""
    year = indicator.realisasi if isinstance(indicator.realisasi, Decimal) else HUNDRED
    return min(value, max(HUNDRED, year)) if is_percent_unit(indicator.satuan) else value


def _spread_sum(indicator: SampleIndicator, random: Random) -> Series:
    target, realisasi, places = _figures(indicator)
    targets = split_total(target, _WEIGHTS, places)
    values = split_total(realisasi, [w * (1 + jitter(random, "0.05")) for w in _WEIGHTS], places)
    if indicator.cara_isi is CaraIsi.KUMULATIF:
        return Series(accumulate_quarters(targets), accumulate_quarters(values))
    return Series(targets, values)


def _spread_position(indicator: SampleIndicator, random: Random) -> Series:
    if indicator.cara_isi is CaraIsi.KUMULATIF:
        return _spread_progress(indicator, random)
    target, realisasi, places = _figures(indicator)
    start = {Polaritas.NAIK: Decimal("-0.045"), Polaritas.TURUN: Decimal("0.06")}.get(indicator.polaritas, Decimal(0))
    levels = [1 + start * step / 3 for step in (3, 2, 1, 0)]
    targets = [round_to(target * level, places) for level in levels]
    drift = [jitter(random, "0.012") for _ in range(3)] + [Decimal(0)]
    pairs = zip(levels, drift, strict=True)
    values = [_ceiling(indicator, round_to(realisasi * level * (1 + off), places)) for level, off in pairs]
    return Series(four([*targets[:3], target]), four([*values[:3], realisasi]))


def _spread_progress(indicator: SampleIndicator, random: Random) -> Series:
    target, realisasi, places = _figures(indicator)
    places = max(places, 1)
    targets = [round_to(target * share, places) for share in _PROGRESS[:3]]
    values = [round_to(realisasi * share * (1 + jitter(random, "0.06")), places) for share in _PROGRESS[:3]]
    return Series(four([*targets, target]), four([*values, realisasi]))


def _spread_mean(indicator: SampleIndicator, random: Random) -> Series:
    target, realisasi, places = _figures(indicator)
    room = max(HUNDRED - realisasi, Decimal(0)) / 4 if is_percent_unit(indicator.satuan) else realisasi
    width = min(realisasi * Decimal("0.015"), room)
    first, second = (round_to(width * random.randint(-10, 10) / 10, places) for _ in range(2))
    return Series((target,) * 4, four([realisasi + first, realisasi + second, realisasi - first, realisasi - second]))


def _spread_ratio(indicator: SampleIndicator, random: Random) -> Series:
    target, realisasi, _ = _figures(indicator)
    share = min((realisasi or target * (1 + jitter(random, "0.05"))) / HUNDRED, Decimal(1))
    bases = four([random.choice(_BASES) for _ in range(4)])
    parts = four([min(round_to(base * share * (1 + jitter(random, "0.02")), 0), base) for base in bases])
    if share == 1:
        parts = bases
    values = [part / base * HUNDRED for part, base in zip(parts, bases, strict=True)]
    return Series((target,) * 4, four(values), parts, bases)


def _spread_annual(indicator: SampleIndicator, _: Random) -> Series:
    return Series((NOT_AIMED,) * 4, (NOT_YET, NOT_YET, NOT_YET, indicator.realisasi))


def _spread_peak(indicator: SampleIndicator, random: Random) -> Series:
    target, realisasi, places = _figures(indicator)
    values = [round_to(realisasi * (1 - abs(jitter(random, "0.10"))), places) for _ in range(4)]
    values[random.randrange(4)] = realisasi
    return Series((target,) * 4, four(values))


_SPREADERS: dict[Konsolidasi, Callable[[SampleIndicator, Random], Series]] = {
    Konsolidasi.JUMLAH: _spread_sum,
    Konsolidasi.POSISI_AKHIR: _spread_position,
    Konsolidasi.RATA_RATA: _spread_mean,
    Konsolidasi.RASIO: _spread_ratio,
    Konsolidasi.TAHUNAN: _spread_annual,
    Konsolidasi.MAKSIMUM: _spread_peak,
}


def is_met(polaritas: Polaritas, target: FormValue, realisasi: FormValue) -> bool:
    """Whether a realisasi is as good as its target; decides which narrative column is filled."""
    aim, reached = score_of(target), score_of(realisasi)
    if aim is None or reached is None:
        return True
    if polaritas is Polaritas.TURUN:
        return reached <= aim
    return reached == aim if polaritas is Polaritas.STABIL else reached >= aim


def score_of(value: FormValue) -> Decimal | None:
    """A figure, or the score in the brackets of a grade; None for a range, a bare grade or an absence."""
    if isinstance(value, str):
        found = _SCORE.search(value)
        return Decimal(found[1].replace(",", ".")) if found else None
    return Decimal(value) if isinstance(value, (int, Decimal)) else None
