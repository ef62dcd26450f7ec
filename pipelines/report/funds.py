"""Looking at budgets: programs of a unit, their sum, which of them serve an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby

from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import Budget
from schemas.period import Periode, tahun_period, triwulan_period
from schemas.vocabulary import Level

_EXACT = Context(prec=40, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class BudgetTotal:
    """Σ pagu and Σ realisasi of the programs, and what share of the pagu was spent."""

    pagu_rp: Decimal
    realisasi_rp: Decimal | None
    serapan_pct: Decimal | None


def budget_rows(facts: Facts, unit: Unit, periode: Periode, *levels: Level) -> tuple[Budget, ...]:
    """Budget rows of a unit by code, of the levels asked; the kabupaten's are the programs of all SKPD together."""
    if unit is KABUPATEN:
        return _programs_of_all(facts, periode)
    return tuple(b for b in facts.budgets.get((unit, str(periode)), ()) if b.level in levels)


def pk_programs(facts: Facts, unit: Unit, periode: Periode) -> tuple[Budget, ...]:
    """The programs of a PK: all of an SKPD's; of the kabupaten's, those that serve the sasaran of the bupati's PK."""
    if unit is not KABUPATEN:
        return budget_rows(facts, unit, periode, Level.PROGRAM)
    fed: dict[str, set[str]] = {}
    for feed in facts.feeds.values():
        fed.setdefault(feed.kode_skpd, set()).update((feed.kode_indikator_skpd,) if feed.kode_indikator_skpd else ())
    serving = (b for skpd, kode in fed.items() for b in programs_serving(facts, skpd, periode, frozenset(kode)))
    codes = {b.kode for b in serving if b.level == Level.PROGRAM}
    return tuple(b for b in _programs_of_all(facts, periode) if b.kode in codes)


def _programs_of_all(facts: Facts, periode: Periode) -> tuple[Budget, ...]:
    rows = [
        b
        for (_, text), budgets in facts.budgets.items()
        if text == str(periode)
        for b in budgets
        if b.level == Level.PROGRAM
    ]
    rows.sort(key=lambda b: (b.kode, b.kode_skpd))
    return tuple(_one_program(tuple(same), periode) for _, same in groupby(rows, key=lambda b: b.kode))


def _one_program(same: tuple[Budget, ...], periode: Periode) -> Budget:
    total = total_budget(same)
    first = same[0]
    return Budget(
        str(periode), "", first.kode, first.uraian, first.level, None,
        total.pagu_rp, total.realisasi_rp, total.serapan_pct, None,
    )  # fmt: skip


def total_budget(rows: Iterable[Budget]) -> BudgetTotal:
    """ΣR/ΣP of rows of one level (§6): the marts hold no row for an SKPD as a whole."""
    rows = tuple(rows)
    pagu = sum((b.pagu_rp for b in rows if b.pagu_rp is not None), Decimal(0))
    spent = [b.realisasi_rp for b in rows if b.realisasi_rp is not None]
    realisasi = sum(spent, Decimal(0)) if spent else None
    share = _EXACT.divide(realisasi * 100, pagu) if realisasi is not None and pagu else None
    return BudgetTotal(pagu, realisasi, share)


def unit_budget(facts: Facts, unit: Unit, periode: Periode) -> BudgetTotal | None:
    """The whole budget of a unit, from its programs; None where the unit has no budget in the marts."""
    rows = budget_rows(facts, unit, periode, Level.PROGRAM)
    return total_budget(rows) if rows else None


def programs_serving(facts: Facts, unit: str, periode: Periode, indicators: frozenset[str]) -> tuple[Budget, ...]:
    """Programs and kegiatan below which some row names one of the indicators."""
    rows = facts.budgets.get((unit, str(periode)), ())
    serving = [b.kode for b in rows if b.kode_indikator in indicators]
    wanted = frozenset((Level.PROGRAM, Level.KEGIATAN))
    return tuple(
        b
        for b in rows
        if b.level in wanted and any(kode == b.kode or kode.startswith(f"{b.kode}.") for kode in serving)
    )


def latest_budget_period(facts: Facts, unit: Unit) -> Periode | None:
    """The latest period for which the unit has a budget in the marts."""
    periods = [tahun_period(facts.tahun), *(triwulan_period(facts.tahun, q) for q in (4, 3, 2, 1))]
    return next((p for p in periods if unit_budget(facts, unit, p) is not None), None)
