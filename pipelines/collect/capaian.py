"""The value of Capaian (%) for a row as it stands: what its Excel formula shows.

The marts compute by schemas/formulas.sql; this twin fills the cached values of a workbook that Excel has not opened
yet, and tests hold the three together. A capaian that cannot be had is None: never 0.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.collect.rule import HUNDRED, Rule, Target, score_of
from schemas.form import FormValue, Prior, RealisasiRow
from schemas.scales import fold_grade


def compute_capaian(rule: Rule | None, row: RealisasiRow) -> Decimal | None:
    """The value the formula has for the row as it stands; None where the formula shows an empty text."""
    if rule is None:
        return None
    if rule.target.graded:
        return _graded_capaian(rule.target, row.realisasi_tw)
    realisasi, target = _realisasi_value(rule, row), _target_value(rule)
    if realisasi is None or target is None:
        return None
    bounded = rule.rumus.startswith("rentang") or rule.rumus == "turun_terburuk"
    upper = rule.target.atas if bounded and rule.target.atas is not None else target
    return _FORMULAS[rule.rumus](realisasi, target, upper)


def _target_value(rule: Rule) -> Decimal | None:
    """The target of the quarter alone: of a sum, what is beyond the last measured quarter's."""
    before = rule.prior.target if rule.prior and not rule.rasio else None
    value = rule.target.nilai
    return value - before if value is not None and before is not None else value


def _graded_capaian(target: Target, value: FormValue) -> Decimal | None:
    score = score_of(value)
    if score is not None and target.skor:
        return score / target.skor * HUNDRED
    return dict(target.predikat).get(fold_grade(value)) if isinstance(value, str) else None


def _realisasi_value(rule: Rule, row: RealisasiRow) -> Decimal | None:
    if rule.rasio:
        return _ratio(row.pembilang, row.penyebut, rule.prior)
    value = Decimal(row.realisasi_tw) if isinstance(row.realisasi_tw, (Decimal, int)) else None
    before = rule.prior.realisasi if rule.prior else None
    return value - before if value is not None and before is not None else value


def _ratio(part: Decimal | None, whole: Decimal | None, prior: Prior | None) -> Decimal | None:
    if part is None or not whole:
        return None
    if prior is not None and prior.pembilang is not None and prior.penyebut is not None and prior.penyebut != whole:
        part, whole = part - prior.pembilang, whole - prior.penyebut
    return part / whole * HUNDRED


def _naik(r: Decimal, t: Decimal, _: Decimal) -> Decimal | None:
    if t == 0:
        return None
    return (2 * t - r if t < 0 else r) / t * HUNDRED


def _turun_2t_r(r: Decimal, t: Decimal, _: Decimal) -> Decimal | None:
    if t == 0:
        return HUNDRED if r <= 0 else Decimal(0)
    return (r if t < 0 else 2 * t - r) / t * HUNDRED


def _turun_terburuk(r: Decimal, _: Decimal, w: Decimal) -> Decimal | None:
    return HUNDRED if r <= 0 else (w - r) / w * HUNDRED


def _turun_t_r(r: Decimal, t: Decimal, a: Decimal) -> Decimal | None:
    return _turun_2t_r(r, t, a) if t <= 0 or r <= 0 else t / r * HUNDRED


def _rentang(r: Decimal, t: Decimal, a: Decimal) -> Decimal | None:
    return _naik(r, t, a) if r < t else _naik(r, a, a) if r > a else HUNDRED


def _rentang_turun(r: Decimal, t: Decimal, a: Decimal) -> Decimal | None:
    return _turun_2t_r(r, t, a) if r < t else _turun_2t_r(r, a, a) if r > a else HUNDRED


def _stabil(r: Decimal, t: Decimal, _: Decimal) -> Decimal | None:
    if t == 0:
        return HUNDRED if r == 0 else None
    over = r > t if t > 0 else r < t
    return (2 * t - r if over else r) / t * HUNDRED


_FORMULAS = {
    "naik": _naik,
    "turun_2t_r": _turun_2t_r,
    "turun_terburuk": _turun_terburuk,
    "turun_t_r": _turun_t_r,
    "rentang": _rentang,
    "rentang_turun": _rentang_turun,
    "stabil": _stabil,
}
