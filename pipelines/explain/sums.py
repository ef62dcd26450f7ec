"""Sums written out: a formula with its numbers, and a period put together from its quarters.

A sum is shown only where it gives the stored figure again; where it does not, the figure stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.explain.expression import agrees, holds, write, write_figure, write_signs
from pipelines.explain.facts import Quarter, Rule, Sum
from pipelines.explain.quarters import running_base
from pipelines.explain.wording import words
from pipelines.numerals import format_exact, roman
from schemas.period import Periode
from schemas.vocabulary import CaraIsi, Konsolidasi

Figures = Mapping[str, Any]


def name_rule(figure: Figures) -> Rule | None:
    """The formula of a row of the marts, with the branch that applied; None where nothing was reckoned."""
    entry = words()["rumus"].get(figure["rumus"])
    if entry is None:
        return None
    branch = _branch(entry, figure)
    return Rule(
        rumus=figure["rumus"],
        nama=entry["nama"],
        umum=write_signs(branch["tulis"]),
        aturan=entry["aturan"],
        dasar=entry["dasar"],
        berlaku=entry["berlaku"],
        sebab=branch.get("sebab"),
    )


def write_formula(figure: Figures) -> Sum | None:
    """The formula with its numbers; None where the figure was not reckoned."""
    entry = words()["rumus"].get(figure["rumus"])
    if entry is None or figure["capaian_pct"] is None:
        return None
    text = write(_branch(entry, figure)["tulis"], _names(figure))
    return _checked("capaian", figure["capaian_pct"], text)


def _names(figure: Figures) -> dict[str, Decimal]:
    upper = figure["target_atas"] if figure["target_atas"] is not None else figure["target"]
    values = {"R": figure["realisasi"], "T": figure["target"], "A": upper, "W": figure.get("nilai_terburuk")}
    return {name: value for name, value in values.items() if value is not None}


def _branch(entry: Mapping[str, Any], figure: Figures) -> Mapping[str, Any]:
    names = _names(figure)
    branches: list[Mapping[str, Any]] = entry["cabang"]
    complete = "R" in names and "T" in names
    return next((b for b in branches if complete and holds(b.get("bila", ""), names)), branches[-1])


def _checked(uraian: str, hasil: Decimal, text: str | None) -> Sum:
    """A sum whose written form holds; else the figure alone."""
    return Sum(uraian, hasil, text if agrees(text, hasil) else None)


def write_realisasi(figure: Figures, quarters: Sequence[Quarter], konsolidasi: str | None) -> Sum | None:
    """How the realisasi of the period came from its measured quarters; None where there is none."""
    measured = [q for q in quarters if q.terukur]
    if figure["realisasi"] is None or not measured:
        return None
    if figure["realisasi_teks"] is not None:
        return Sum(f"predikat Triwulan {roman(measured[-1].triwulan)}", figure["realisasi"])
    compose = _REALISASI.get(konsolidasi or "")
    return _checked(_words_of(konsolidasi), figure["realisasi"], compose(measured, figure) if compose else None)


def _words_of(konsolidasi: str | None) -> str:
    rule = words()["konsolidasi"].get(konsolidasi)
    return str(rule["kalimat"]) if rule else "sesuai nilai triwulan"


def _total(measured: Sequence[Quarter], _: Figures) -> str | None:
    return _added(q.realisasi for q in measured)


def _mean(measured: Sequence[Quarter], _: Figures) -> str | None:
    return _averaged([q.realisasi for q in measured])


def _last(measured: Sequence[Quarter], _: Figures) -> str | None:
    return _added([measured[-1].realisasi])


def _largest(measured: Sequence[Quarter], _: Figures) -> str | None:
    values = [q.realisasi for q in measured if q.realisasi is not None]
    return write_figure(max(values)) if values else None


def _ratio(measured: Sequence[Quarter], figure: Figures) -> str | None:
    """Σ numerators / Σ denominators, cumulative ones as they were written last less what lay before the period."""
    if figure["cara_isi"] == CaraIsi.KUMULATIF:
        measured = measured[-1:]
    above, below = _added(q.pembilang for q in measured), _added(q.penyebut for q in measured)
    if above is None or below is None:
        return None
    return f"({above}) / ({below}) × 100" if len(measured) > 1 else f"{above} / {below} × 100"


_REALISASI: Mapping[str, Callable[[Sequence[Quarter], Figures], str | None]] = {
    Konsolidasi.JUMLAH: _total,
    Konsolidasi.RATA_RATA: _mean,
    Konsolidasi.POSISI_AKHIR: _last,
    Konsolidasi.TAHUNAN: _last,
    Konsolidasi.MAKSIMUM: _largest,
    Konsolidasi.RASIO: _ratio,
}


def _added(values: Iterable[Decimal | None]) -> str | None:
    listed = list(values)
    known = [v for v in listed if v is not None]
    return " + ".join(write_figure(v) for v in known) if known and len(known) == len(listed) else None


def _averaged(values: Sequence[Decimal | None]) -> str | None:
    total = _added(values)
    return total if total is None or len(values) == 1 else f"({total}) / {len(values)}"


_UNCOUNTED = "target {triwulan} menurut PK, karena isian kumulatif mencakup triwulan sebelumnya yang tidak dihitung"


def write_target(figure: Figures, quarters: Sequence[Quarter], periode: Periode) -> Sum | None:
    """Where the target of the period comes from: the annual PK target, or the targets of its quarters."""
    if figure["target"] is None:
        return None
    if periode.jenis == "tahun":
        first = figure["target_murni"]
        before = f"; pada PK murni {format_exact(first)}" if first not in (None, figure["target"]) else ""
        return Sum(f"target tahunan PK yang terakhir berlaku{before}", figure["target"])
    if len(periode.triwulan) == 1 or figure["target_teks"] is not None:
        spans = [q for q in quarters if q.sejak_tw] if figure["konsolidasi"] == Konsolidasi.JUMLAH else []
        if spans:
            return Sum(_UNCOUNTED.format(triwulan=name_covered(spans[0])), figure["target"])
        return Sum("target triwulan menurut PK yang berlaku pada triwulan itu", figure["target"])
    return _joined_target(figure, quarters)


def _joined_target(figure: Figures, quarters: Sequence[Quarter]) -> Sum:
    measured = [q for q in quarters if q.terukur] or list(quarters)
    same = ", ".join(name_covered(q) for q in measured)
    if figure["konsolidasi"] == Konsolidasi.JUMLAH:
        return _checked(
            f"jumlah target triwulan yang sama ({same})", figure["target"], _added(q.target for q in measured)
        )
    if figure["konsolidasi"] == Konsolidasi.RATA_RATA:
        text = _averaged([q.target for q in measured if q.target is not None])
        return _checked(f"rata-rata target triwulan yang sama ({same})", figure["target"], text)
    last = measured[-1]
    return _checked(f"target Triwulan {roman(last.triwulan)}", figure["target"], _added([last.target]))


def name_covered(quarter: Quarter) -> str:
    """The quarters a figure holds: its own, or `TW II–III` where it holds unmeasured ones before it too."""
    if quarter.sejak_tw is None:
        return f"TW {roman(quarter.triwulan)}"
    return f"TW {roman(quarter.sejak_tw)}–{roman(quarter.triwulan)}"


def write_part(quarter: Quarter, konsolidasi: str | None) -> str | None:
    """A cumulative cell as what belongs to its own quarters: `25 − 10 = 15`; None where nothing was taken off."""
    base = running_base(quarter) if konsolidasi == Konsolidasi.JUMLAH else None
    if base is None or quarter.tertulis is None or quarter.realisasi is None:
        return None
    return f"{write_figure(quarter.tertulis)} − {write_figure(base)} = {write_figure(quarter.realisasi)}"
