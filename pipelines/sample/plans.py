"""One SKPD of the sample for a whole year: its PK before and after a revision, and what it achieved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random

from pipelines.sample.budget import Budget, plan_budget
from pipelines.sample.data import SampleIndicator, SampleSkpd, load_indicators, read_rows
from pipelines.sample.figures import jitter, places_of, round_to, seeded
from pipelines.sample.series import Series, revise_targets, spread_year
from schemas.form import FormValue, PkRow
from schemas.vocabulary import Konsolidasi

REVISED_FROM_TW = 3
"""A PK perubahan follows the revised budget, which is in force from the third quarter."""


@dataclass(frozen=True)
class Measured:
    """One indicator of one SKPD over the year; `revised` are the quarter targets of a PK perubahan."""

    kode: str
    indicator: SampleIndicator
    series: Series
    revised_target: Decimal | None = None
    revised: tuple[FormValue, ...] | None = None

    def pk_row(self, triwulan: int) -> PkRow:
        """The indicator as the PK in force in a quarter has it."""
        renewed = triwulan >= REVISED_FROM_TW and self.revised is not None
        targets = self.revised if renewed and self.revised else self.series.targets
        i = self.indicator
        target = self.revised_target if renewed else i.target
        return PkRow(
            i.sasaran, self.kode, i.indikator, i.satuan, i.polaritas, i.konsolidasi, i.cara_isi, i.bobot,
            target, *targets,
        )  # fmt: skip

    def target(self, triwulan: int) -> FormValue:
        """The target a quarter is measured against: once a year, the annual one."""
        if self.indicator.konsolidasi is Konsolidasi.TAHUNAN and triwulan == 4:
            return self.pk_row(4).target_tahunan
        return self.pk_row(triwulan).target_tw(triwulan)


@dataclass(frozen=True)
class Plan:
    """Everything one SKPD does in the year."""

    skpd: SampleSkpd
    measured: tuple[Measured, ...]
    budget: Budget

    def dokumen_pk(self, triwulan: int) -> str:
        """The document in force in a quarter."""
        return "Perubahan" if self.skpd.perubahan and triwulan >= REVISED_FROM_TW else "Murni"

    def find(self, indikator: str) -> Measured:
        """The indicator of that name; raises StopIteration where there is none."""
        return next(m for m in self.measured if m.indicator.indikator == indikator)


def plan_year(skpd: SampleSkpd) -> Plan:
    """The year of one SKPD; seeded by its own name, so that leaving another out changes nothing here."""
    indicators = load_indicators(skpd.kelompok)
    measured = tuple(_measure(skpd, f"IK-{number:02d}", i) for number, i in enumerate(indicators, 1))
    return Plan(skpd, measured, plan_budget(skpd))


def _measure(skpd: SampleSkpd, kode: str, indicator: SampleIndicator) -> Measured:
    random = seeded(skpd.kunci, kode)
    if skpd.kelompok == "kecamatan":
        indicator = _vary(indicator, random)
    series = spread_year(indicator, random)
    target = _revisions().get((skpd.kunci, indicator.indikator))
    revised = revise_targets(indicator, series.targets, target) if target is not None else None
    return Measured(kode, indicator, series, target, revised)


def _vary(indicator: SampleIndicator, random: Random) -> SampleIndicator:
    """Kecamatan share their indicators, not their results."""
    realisasi = indicator.realisasi
    if not isinstance(realisasi, Decimal) or indicator.konsolidasi is Konsolidasi.JUMLAH:
        return indicator
    return replace(indicator, realisasi=round_to(realisasi * (1 + jitter(random, "0.02")), places_of(realisasi)))


@cache
def _revisions() -> Mapping[tuple[str, str], Decimal]:
    return {(row["kunci"], row["indikator"]): Decimal(row["target"]) for row in read_rows("perubahan")}
