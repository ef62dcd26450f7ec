"""A published figure, what a usual formula gives for it, and what is said of a cause that reproduces it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from pipelines.explain.expression import PLACES, evaluate, round_half_up, write
from pipelines.numerals import format_exact, format_number
from schemas.vocabulary import LABELS, Polaritas


@dataclass(frozen=True)
class Other:
    """Figures printed near by for the same indicator: another year, another quarter, the PK murni."""

    nama: str
    target: Decimal | None = None
    realisasi: Decimal | None = None
    capaian: Decimal | None = None


@dataclass(frozen=True)
class Published:
    """A printed figure. Target and realisasi keep the decimals they were printed with; capaian is percent.

    `desimal` are the decimals of the printed capaian; `bagian` the exact percentages of what it is the total of.
    """

    target: Decimal | None
    realisasi: Decimal | None
    capaian: Decimal
    desimal: int
    polaritas: str = Polaritas.NAIK
    rumus_turun: str = "turun_2t_r"
    lain: tuple[Other, ...] = ()
    bagian: tuple[Decimal, ...] = ()

    @property
    def rumus(self) -> str:
        """The formula the rules apply to these figures (§3)."""
        target, realisasi = self.target or Decimal(0), self.realisasi or Decimal(0)
        if self.polaritas == Polaritas.TURUN:
            plain = self.rumus_turun if realisasi > 0 else "turun_2t_r"
            return plain if target >= 0 else "naik"
        if self.polaritas == Polaritas.STABIL:
            return "stabil" if (realisasi - target) * (1 if target >= 0 else -1) > 0 else "naik"
        return "naik" if target >= 0 or self.polaritas == Polaritas.PREDIKAT else "turun_2t_r"

    @property
    def by_rule(self) -> Fraction | None:
        """What the rules give, exactly; None where they give nothing."""
        if self.target == 0 and self.realisasi is not None and self.polaritas == Polaritas.TURUN:
            return Fraction(100 if self.realisasi <= 0 else 0)
        if self.target == self.realisasi == 0 and self.polaritas == Polaritas.STABIL:
            return Fraction(100)
        return reckon(self.rumus, self.target, self.realisasi)

    def is_printed(self, value: Fraction | None) -> bool:
        """Whether a value, rounded half-up, is what was printed."""
        if value is None:
            return False
        return round_half_up(value, self.desimal) == round_half_up(Fraction(self.capaian), self.desimal)


@dataclass(frozen=True)
class Match:
    """A cause that reproduces the figure (`cocok`), or what can be said where none does."""

    sebab: str
    kalimat: str
    cocok: bool = True


@cache
def texts() -> Mapping[str, Any]:
    """The whole of `sebab.toml`."""
    return tomllib.loads(files("pipelines.explain").joinpath("sebab.toml").read_text("utf-8"))


def reckon(rumus: str, target: Decimal | None, realisasi: Decimal | None) -> Fraction | None:
    """A usual formula on a target and a realisasi, exactly; None where it cannot be had."""
    if target is None or realisasi is None:
        return None
    return evaluate(texts()["rumus"][rumus], {"T": target, "R": realisasi})


def match(p: Published, sebab: str, value: Fraction | None, *, cocok: bool = True, **fields: str) -> Match:
    """What is said of one cause; `value` is the figure it speaks of."""
    figures = {"R": p.realisasi, "T": p.target}
    known = {name: figure for name, figure in figures.items() if figure is not None}
    said = {
        "nilai": _show(value),
        "tercetak": format_number(p.capaian, p.desimal),
        "target": format_exact(p.target) if p.target is not None else "tidak ada",
        "realisasi": format_exact(p.realisasi) if p.realisasi is not None else "tidak ada",
        "hitungan": write(texts()["rumus"][p.rumus], known) if p.target else "target nol",
        "polaritas": LABELS[Polaritas(p.polaritas)].lower(),
    }
    return Match(sebab, texts()["kalimat"][sebab].format(**{**said, **fields}), cocok)


def _show(value: Fraction | None) -> str:
    return format_number(None if value is None else round_half_up(value, PLACES), 4).rstrip("0").rstrip(",")


def replaced(p: Published, sebab: str, field: str, figure: Decimal, nama: str = "") -> Match:
    """A match in which `field` (target or realisasi) is another figure; `nama` says whose."""
    target, realisasi = (figure, p.realisasi) if field == "target" else (p.target, figure)
    said = {"lain": nama, "semula": format_exact(getattr(p, field)), field: format_exact(figure)}
    return match(p, sebab, reckon(p.rumus, target, realisasi), cocok=True, **said)
