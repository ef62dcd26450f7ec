"""Looking at budgets: programs of a unit, their sum, which of them serve an indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipelines.numerals import spell
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import Budget, BudgetTotal, Skpd
from pipelines.report.wording import read_part
from schemas.period import Periode, tahun_period, triwulan_period
from schemas.vocabulary import Level


def budget_rows(facts: Facts, unit: Unit, periode: Periode, *levels: Level) -> tuple[Budget, ...]:
    """Budget rows of a unit by code, of the levels asked; the kabupaten's are the programs of all SKPD together."""
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
    return tuple(b for b in budget_rows(facts, KABUPATEN, periode, Level.PROGRAM) if b.kode in codes)


def shared_programs(facts: Facts, periode: Periode) -> frozenset[str]:
    """The codes of programs that several SKPD have: no one of them declares the physical progress of the whole."""
    have = Counter(b.kode for kode in facts.skpd for b in budget_rows(facts, kode, periode, Level.PROGRAM))
    return frozenset(kode for kode, count in have.items() if count > 1)


def unit_budget(facts: Facts, unit: Unit, periode: Periode) -> BudgetTotal | None:
    """The whole budget of a unit; None where it has none in the marts."""
    return facts.totals.get((unit, str(periode)))


def whole_budgets(facts: Facts, periode: Periode) -> tuple[tuple[Skpd, BudgetTotal | None], ...]:
    """Everyone whose budget makes up the kabupaten's; who is measured from its units may have none of its own."""
    found = ((s, unit_budget(facts, s.kode_skpd, periode)) for s in facts.reporting)
    return tuple((s, total) for s, total in found if total is not None or s.kode_skpd not in facts.composed)


def unspent(facts: Facts, periode: Periode) -> tuple[Skpd, ...]:
    """Of whom no realisasi is known, so that the serapan of the kabupaten is that of the others."""
    return tuple(s for s, total in whole_budgets(facts, periode) if total is None or total.realisasi_rp is None)


def partly_spent(facts: Facts, periode: Periode) -> tuple[Skpd, ...]:
    """Of whom realisasi is known of some sub kegiatan only."""
    return tuple(s for s, total in whole_budgets(facts, periode) if total is not None and read_part(total))


def spent_part(facts: Facts, unit: Unit, periode: Periode) -> str:
    """Of which part of the budget realisasi is known: `4 dari 6 SKPD`, and of how many of these only in part.

    Empty where of all or of none.
    """
    total = unit_budget(facts, unit, periode)
    if total is None or total.realisasi_rp is None:
        return ""
    if unit is KABUPATEN and (silent := unspent(facts, periode)):
        whole = len(whole_budgets(facts, periode))
        partly = len(partly_spent(facts, periode))
        return f"{whole - len(silent)} dari {whole} SKPD{f', {spell(partly)} di antaranya sebagian' if partly else ''}"
    return read_part(total)


def last_spent(facts: Facts, unit: Unit, periode: Periode) -> tuple[int, BudgetTotal] | None:
    """The last quarter up to which realisasi is known, where up to the end of the period it is not."""
    total = unit_budget(facts, unit, periode)
    if total is None or total.realisasi_rp is not None:
        return None
    for quarter in range(periode.triwulan[-1] - 1, 0, -1):
        earlier = unit_budget(facts, unit, triwulan_period(periode.tahun, quarter))
        if earlier is not None and earlier.realisasi_rp is not None:
            return quarter, earlier
    return None


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


def serving_in_part(
    facts: Facts, unit: str, periode: Periode, rows: Iterable[Budget], indicators: frozenset[str]
) -> tuple[str, ...]:
    """The codes of those programs and kegiatan of which some sub kegiatan serves none of the indicators."""
    served = {b.kode: b.kode_indikator for b in facts.budgets.get((unit, str(periode)), ())}
    subs = [b.kode for b in budget_rows(facts, unit, periode, Level.SUB_KEGIATAN)]
    others = [kode for kode in subs if _served(kode, served) not in indicators]
    return tuple(b.kode for b in rows if any(kode.startswith(f"{b.kode}.") for kode in others))


def _served(kode: str, served: Mapping[str, str | None]) -> str | None:
    """The indicator a row names, else the one its kegiatan or its program does."""
    parts = kode.split(".")
    return next((x for n in range(len(parts), 0, -1) if (x := served.get(".".join(parts[:n])))), None)


def latest_budget_period(facts: Facts, unit: Unit) -> Periode | None:
    """The latest period for which the unit has a budget in the marts."""
    periods = [tahun_period(facts.tahun), *(triwulan_period(facts.tahun, q) for q in (4, 3, 2, 1))]
    return next((p for p in periods if unit_budget(facts, unit, p) is not None), None)
