"""Looking at findings: which are open, whose they are, what they hold back."""

from __future__ import annotations

from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import FindingRow
from schemas.correction import IN_FORCE
from schemas.finding import holds_figures, is_settled, told_once
from schemas.period import Periode, triwulan_period
from schemas.vocabulary import StatusPengajuan


def open_findings(facts: Facts, unit: Unit, periode: Periode) -> tuple[FindingRow, ...]:
    """Findings of the unit in the quarters of the period, gravest first; corrections in force have their own table.

    What only tells of a file that it is a copy, was replaced or withdrawn, leaves nothing open.

    A report of a quarter also tells that a version waits to be accepted; one of a year is about what counts alone.
    """
    grave = ("error", "warning", "note")
    yearly = periode.jenis == "tahun"
    quarters = (*periode.triwulan, *((0,) if yearly else ()))
    sent = facts.sent.get(unit, ()) if yearly and unit else ()
    waiting = {s.pengajuan_id for s in sent if s.status == StatusPengajuan.MENUNGGU}
    mine = (f for f in facts.findings.get(unit, ()) if f.pengajuan_id not in waiting)
    rows = told_once(f for f in mine if f.triwulan in quarters and f.kode != IN_FORCE and not is_settled(f.kode))
    return tuple(sorted(rows, key=lambda f: (grave.index(f.tingkat), f.triwulan, f.kode)))


def with_office(facts: Facts, unit: str, periode: Periode) -> tuple[FindingRow, ...]:
    """Open findings about an SKPD that stand in the books of the office, who has to mend them."""
    return tuple(f for f in open_findings(facts, KABUPATEN, periode) if f.kode_skpd == unit)


def findings_under(facts: Facts, unit: Unit, periode: Periode) -> tuple[FindingRow, ...]:
    """The open findings a report of the unit counts: the kabupaten's are those of every SKPD and the office's own."""
    units = (unit,) if unit is not KABUPATEN else (KABUPATEN, *facts.skpd)
    return tuple(f for u in units for f in open_findings(facts, u, periode))


def is_held(facts: Facts, unit: str, triwulan: int) -> bool:
    """Whether a finding takes figures away from what the SKPD sent for the quarter."""
    return any(f.triwulan == triwulan and holds_figures(f) for f in facts.findings.get(unit, ()))


def is_idle(facts: Facts, unit: str, triwulan: int) -> bool:
    """Whether findings take every figure away from what the SKPD sent for the quarter, so that nothing of it counts."""
    quarter = str(triwulan_period(facts.tahun, triwulan))
    spent = facts.totals.get((unit, quarter))
    known = any(m.realisasi is not None or m.realisasi_teks for m in facts.measures.get((unit, quarter), ()))
    return is_held(facts, unit, triwulan) and not known and (spent is None or spent.realisasi_rp is None)
