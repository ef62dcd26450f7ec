"""How one row of the Realisasi sheet is measured: its target taken apart, its formula, what to take off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from schemas.form import FormValue, PkRow, Prior, RumusTurun
from schemas.scales import fold_grade, rule_tables
from schemas.vocabulary import CaraIsi, Konsolidasi, Polaritas

HUNDRED = Decimal(100)
_RANGE = re.compile(r"^\s*(-?[\d.,]+)\s*%?\s*(?:-|–|—|s\.?d\.?|s/d|sampai(?: dengan)?)\s*(-?[\d.,]+)\s*%?\s*$")
_SCORE = re.compile(r"\(\s*([\d.,]+)\s*\)\s*$")


@dataclass(frozen=True)
class Target:
    """The target of a quarter: a figure, two bounds, or a grade with its score and what other grades are worth."""

    nilai: Decimal | None = None
    atas: Decimal | None = None
    skor: Decimal | None = None
    predikat: tuple[tuple[str, Decimal], ...] = ()

    @property
    def graded(self) -> bool:
        """Whether it is a grade."""
        return self.skor is not None or bool(self.predikat)


@dataclass(frozen=True)
class Rule:
    """How one row is measured: the id of its formula, whether from a ratio, against what, and what to take off."""

    rumus: str
    rasio: bool
    target: Target
    prior: Prior | None


def make_rule(pk: PkRow, triwulan: int, rumus_turun: RumusTurun, prior: Prior | None) -> Rule | None:
    """The rule of an indicator in a quarter; None where nothing is measured in it."""
    annual = pk.konsolidasi is Konsolidasi.TAHUNAN
    if annual and triwulan < 4:
        return None
    target = parse_target(pk.target_tahunan if annual else pk.target_tw(triwulan), pk.indikator or "")
    if target is None:
        return None
    summed = pk.cara_isi is CaraIsi.KUMULATIF and pk.konsolidasi in (Konsolidasi.JUMLAH, Konsolidasi.RASIO)
    rasio = pk.konsolidasi is Konsolidasi.RASIO and not target.graded
    taken_off = prior if summed and not target.graded else None
    rumus = _rumus(pk, target, rumus_turun)
    if rumus == rumus_turun and pk.nilai_terburuk and _is_nought(target, None if rasio else taken_off):
        return Rule("turun_terburuk", rasio, Target(target.nilai, pk.nilai_terburuk), taken_off)
    return Rule(rumus, rasio, target, taken_off)


def _is_nought(target: Target, prior: Prior | None) -> bool:
    """Whether the target of the quarter alone is zero: then the worst value is what is measured against."""
    return target.nilai == ((prior.target or 0) if prior else 0)


def _rumus(pk: PkRow, target: Target, rumus_turun: RumusTurun) -> str:
    """The id of the formula, as the macro `rumus_of` of schemas/formulas.sql chooses it."""
    if target.graded:
        return "predikat"
    if target.atas != target.nilai or pk.polaritas is Polaritas.RENTANG:
        return "rentang_turun" if pk.polaritas is Polaritas.TURUN else "rentang"
    if pk.polaritas is Polaritas.TURUN:
        return rumus_turun
    return "stabil" if pk.polaritas is Polaritas.STABIL else "naik"


def parse_target(value: FormValue, indikator: str) -> Target | None:
    """A target as the PK words it; None for an absence or words that are no target."""
    if isinstance(value, (Decimal, int)):
        return Target(Decimal(value), Decimal(value))
    if not isinstance(value, str):
        return None
    bounds = _RANGE.match(value)
    if bounds:
        return Target(_decimal(bounds[1]), _decimal(bounds[2]))
    target = Target(skor=score_of(value), predikat=_worths(fold_grade(value), indikator))
    return target if target.graded else None


def score_of(value: FormValue) -> Decimal | None:
    """The score in the brackets of a grade: `BB (79,39)` → 79.39."""
    found = _SCORE.search(value) if isinstance(value, str) else None
    return _decimal(found[1]) if found else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _worths(grade: str, indikator: str) -> tuple[tuple[str, Decimal], ...]:
    """What every grade is worth against this one, in percent, by the scales that know it.

    Letters occur in several scales: those the indicator's name hints at come first, then their order in the file.
    """
    rows = rule_tables()["skala_predikat"].to_pylist()
    known = [row for row in rows if row["ejaan"] == grade]
    known.sort(key=lambda row: (re.search(row["kata_kunci"], indikator.lower()) is None, row["urutan"]))
    worths: dict[str, Decimal] = {}
    for scale in known:
        for row in rows:
            if row["skala"] == scale["skala"]:
                worths.setdefault(row["ejaan"], Decimal(row["tingkat"]) / scale["tingkat"] * HUNDRED)
    return tuple(worths.items())
