"""What no rule explained, looked at beside the other units: money under another code, rows whose sum it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.reconcile.classify import UNEXPLAINED, Part, Verdict, classify_rest
from pipelines.reconcile.units import Unit
from pipelines.reconcile.wording import explain
from schemas.reconciliation import reconciliation_rules
from schemas.vocabulary import Besaran, Selisih


def explain_rest(units: Sequence[Unit]) -> list[Unit]:
    """The units with a verdict for those that the others explain.

    Where many differ the books are of two different days or makes, and rows that fit one of them would fit by chance.
    """
    paired = _pair_shifts(units)
    few = sum(map(_is_open, paired)) <= reconciliation_rules().kombinasi.selisih
    level = [unit for unit in paired if unit.verdict.jenis is Selisih.SAMA] if few else []
    return [_by_rows(unit, level) if _is_open(unit) else unit for unit in paired]


def _is_open(unit: Unit) -> bool:
    return unit.verdict == UNEXPLAINED and unit.besaran is not Besaran.TARGET


def _pair_shifts(units: Sequence[Unit]) -> list[Unit]:
    """Two codes that differ by the same amount, one up and one down, and no third: booked under the wrong code."""
    groups: dict[Decimal, list[Unit]] = defaultdict(list)
    for unit in units:
        if _is_open(unit) and unit.difference:
            groups[abs(unit.difference)].append(unit)
    pairs = [g for g in groups.values() if len(g) == 2 and sum(u.difference or Decimal(0) for u in g) == 0]
    other = {unit.key: mate for one, two in pairs for unit, mate in ((one, two), (two, one))}
    return [_shifted(unit, other[unit.key]) if unit.key in other else unit for unit in units]


def _shifted(unit: Unit, mate: Unit) -> Unit:
    return replace(unit, verdict=Verdict(Selisih.PERGESERAN, explain("pergeseran", kode=mate.head.kode)))


def _by_rows(unit: Unit, level: Iterable[Unit]) -> Unit:
    if unit.case is None:
        return unit
    others = (_whole(other) for other in level if other.key != unit.key)
    case = replace(unit.case, others=tuple(part for part in others if part.value))
    return replace(unit, verdict=classify_rest(case))


def _whole(unit: Unit) -> Part:
    """The rows of a code that both books agree on, as one."""
    rows = [line.baris for line in unit.theirs]
    label = str(rows[0]) if len(rows) == 1 else f"{min(rows)}–{max(rows)}"
    return Part(label, unit.head.kode, unit.their_value or Decimal(0))
