"""The live Excel formula of Capaian (%), one per row, from the templates of `formulas.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipelines.collect.rule import Rule


@dataclass(frozen=True)
class Cells:
    """Addresses a formula speaks of: the row's own cells, and those of its line on `_meta`."""

    target: str
    realisasi: str
    pembilang: str
    penyebut: str
    atas: str
    skor: str
    realisasi_lalu: str
    target_lalu: str
    pembilang_lalu: str
    penyebut_lalu: str
    predikat: str


def compose_formula(rule: Rule | None, at: Cells) -> str:
    """The formula of a row; an empty text where nothing can be measured yet."""
    if rule is None:
        return '=""'
    if rule.target.graded:
        return f"={_graded(at)}"
    figures = (at.pembilang, at.penyebut) if rule.rasio else (at.realisasi,)
    capaian = _templates()[rule.rumus].format(R=_realisasi(rule, at), T=_target(rule, at), A=at.atas)
    if rule.rasio:
        capaian = f'IF({at.penyebut}=0,"",{capaian})'
    return f'=IF(COUNT({",".join((at.target, *figures))})={len(figures) + 1},{capaian},"")'


def _graded(at: Cells) -> str:
    parts = {name: _templates()[name].format(E=at.realisasi) for name in ("skor_sel", "predikat_sel")}
    return _templates()["predikat"].format(E=at.realisasi, skor=at.skor, tabel=at.predikat, **parts)


def _realisasi(rule: Rule, at: Cells) -> str:
    if not rule.rasio:
        return f"({at.realisasi}-{at.realisasi_lalu})" if rule.prior else at.realisasi
    plain = f"{at.pembilang}/{at.penyebut}*100"
    if rule.prior is None:
        return f"({plain})"
    beyond = f"({at.pembilang}-{at.pembilang_lalu})/({at.penyebut}-{at.penyebut_lalu})*100"
    return f"IF({at.penyebut}={at.penyebut_lalu},{plain},{beyond})"


def _target(rule: Rule, at: Cells) -> str:
    return f"({at.target}-{at.target_lalu})" if rule.prior and not rule.rasio else at.target


@cache
def _templates() -> dict[str, str]:
    return tomllib.loads(files("pipelines.collect").joinpath("formulas.toml").read_text("utf-8"))
