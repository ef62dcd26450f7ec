"""Looking at corrections: which the figures of a document rest on."""

from __future__ import annotations

from collections.abc import Collection

from pipelines.report.facets import quarters, sources_of
from pipelines.report.model import Facts, Unit
from pipelines.report.office_rows import CorrectionRow
from schemas.period import Periode

_COMPARED = frozenset({"PK", "Anggaran"})
"""The sheets whose figures are held beside the books of BKD and Bappeda."""


def corrections_of(facts: Facts, unit: Unit, periode: Periode) -> tuple[CorrectionRow, ...]:
    """Corrections in the quarters of a period, and those of earlier ones and years that its figures rest on.

    Of one SKPD and the units it is measured from, or of all, in the order of their figures.
    """
    shown = {str(periode), *map(str, quarters(periode))}
    mine = (c for kode in sources_of(facts, unit) for c in facts.corrections.get(kode, ()))
    rows = (c for c in mine if is_of(c, periode) or not shown.isdisjoint(c.menopang))
    return tuple(sorted(rows, key=lambda c: (c.kode_skpd, c.tahun, c.triwulan, c.lembar, c.kode, c.kolom)))


def is_of(c: CorrectionRow, periode: Periode) -> bool:
    """Whether it is about a workbook of a quarter of the period."""
    return c.tahun == periode.tahun and c.triwulan in periode.triwulan


def corrected_among(facts: Facts, unit: str, triwulan: int, codes: Collection[str]) -> tuple[CorrectionRow, ...]:
    """Corrections in what an SKPD sent for a quarter, of the codes whose figures are compared with other books."""
    known = {kode.casefold() for kode in codes}
    return tuple(
        c
        for c in facts.corrections.get(unit, ())
        if (c.tahun, c.triwulan) == (facts.tahun, triwulan) and c.lembar in _COMPARED and c.kode.casefold() in known
    )
