"""The capaian an SKPD's own sheet shows beside ours, and what it agrees with where it is another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pipelines.explain.diagnose import diagnose
from pipelines.explain.expression import round_half_up
from pipelines.explain.facts import Correction, Quarter
from pipelines.explain.published import Other, Published
from pipelines.numerals import roman
from schemas.vocabulary import Polaritas

_SHOWN = 2
"""Decimals a capaian is shown with: figures that agree in these are the same."""

_CORRECTED = "Realisasi"
_PLAIN = (Polaritas.NAIK, Polaritas.TURUN, Polaritas.STABIL)


def explain_declared(
    quarters: Sequence[Quarter], figure: Mapping[str, Any], rumus_turun: str, corrections: Sequence[Correction] = ()
) -> tuple[Quarter, ...]:
    """The quarters, each declared capaian that differs from ours with what it agrees with.

    A range or a grade is not a division of two figures: of these the difference alone is shown. Of a quarter the
    office corrected nothing is guessed: the SKPD declared it before.
    """
    corrected = {q: [c for c in corrections if c.triwulan == q and c.lembar == _CORRECTED] for q in (1, 2, 3, 4)}
    plain = figure["polaritas"] in _PLAIN and figure["target_atas"] is None and figure["realisasi_teks"] is None

    def causes(q: Quarter) -> tuple[str, ...]:
        if made := corrected[q.triwulan]:
            return _told(made)
        return _causes(q, quarters, figure["polaritas"], rumus_turun) if plain else ()

    return tuple(replace(q, dinyatakan_sebab=causes(q)) if differs(q) else q for q in quarters)


def _told(corrections: Sequence[Correction]) -> tuple[str, ...]:
    changes = "; ".join(f"{c.kolom} {c.nilai_lama} menjadi {c.nilai_baru}" for c in corrections)
    return (f"dinyatakan SKPD sebelum kantor mengoreksi {changes}",)


def differs(quarter: Quarter) -> bool:
    """Whether an SKPD declares another capaian than the marts hold."""
    if quarter.dinyatakan_pct is None or quarter.capaian_pct is None:
        return False
    return _rounded(quarter.dinyatakan_pct) != _rounded(quarter.capaian_pct)


def _rounded(value: Decimal) -> Decimal:
    return round_half_up(Fraction(value), _SHOWN)


def _causes(q: Quarter, quarters: Sequence[Quarter], polaritas: str, rumus_turun: str) -> tuple[str, ...]:
    assert q.dinyatakan_pct is not None
    near = tuple(
        Other(f"TW {roman(o.triwulan)}", _bare(o.target), _bare(o.realisasi), o.dinyatakan_pct)
        for o in quarters if o.triwulan != q.triwulan
    )  # fmt: skip
    printed = Published(
        _bare(q.target), _bare(q.realisasi), _rounded(q.dinyatakan_pct), _SHOWN, polaritas, rumus_turun, near
    )
    return tuple(match.kalimat for match in diagnose(printed))


def _bare(value: Decimal | None) -> Decimal | None:
    """A stored figure without the zeros of its ten places; a whole one without exponent."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
