"""Kepekaan: which indicators and SKPD change their category under each choice the rules leave to the pemda."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

from pipelines.errors import UsageError
from pipelines.explain.facts import Choices
from pipelines.explain.figure import read_choices
from pipelines.explain.lookup import ask
from pipelines.explain.wording import words
from pipelines.numerals import format_exact, format_percent
from pipelines.queries import Query
from schemas.period import Periode

WIDTH = 100
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """A figure under one choice; `berubah`: its category differs from that under the choices in force."""

    cara: str
    capaian_pct: Decimal | None
    kategori: str | None
    dipakai: bool
    berubah: bool


@dataclass(frozen=True)
class Sensitive:
    """One indicator, or one SKPD (kode_indikator null), under every choice."""

    kode_skpd: str
    nama_skpd: str
    kode_indikator: str | None
    indikator: str | None
    polaritas: str | None
    target: Decimal | None
    realisasi: Decimal | None
    capaian_pct: Decimal | None
    kategori: str | None
    cara: tuple[Way, ...]

    def way(self, cara: str) -> Way | None:
        """The figure under one choice; None where that choice does not touch it."""
        return next((w for w in self.cara if w.cara == cara), None)


@dataclass(frozen=True)
class Sensitivity:
    """Every measured indicator and SKPD of a period."""

    periode: str
    label_periode: str
    pilihan: Choices | None
    indikator: tuple[Sensitive, ...]
    skpd: tuple[Sensitive, ...]

    @property
    def formula(self) -> str | None:
        """The formula for turun in force."""
        return self.pilihan.rumus_turun if self.pilihan else None

    def as_json(self) -> dict[str, object]:
        """The facts for `--json`."""
        return asdict(self)


def load_sensitivity(query: Query, periode: Periode) -> Sensitivity:
    """The sensitivity of a period; raises UsageError where it has no measured figure."""
    names = {str(r["kode_skpd"]): str(r["nama_skpd"]) for r in ask(query, "daftar_skpd", tahun=periode.tahun)}
    figures = [r for r in ask(query, "kepekaan_indikator") if r["periode"] == str(periode)]
    units = [r for r in ask(query, "kepekaan_skpd") if r["periode"] == str(periode)]
    if not figures:
        raise UsageError(f"Belum ada indikator yang terukur pada {periode.label}.")
    return Sensitivity(
        str(periode),
        periode.label,
        read_choices(query, periode.tahun),
        tuple(_indicator(rows, names) for rows in _grouped(figures, ("kode_skpd", "kode_indikator"))),
        tuple(_unit(rows, names) for rows in _grouped(units, ("kode_skpd",))),
    )


def _grouped(rows: Sequence[Row], key: tuple[str, ...]) -> Iterator[list[Row]]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in key), []).append(row)
    yield from groups.values()


def _indicator(rows: Sequence[Row], names: Mapping[str, str]) -> Sensitive:
    first = rows[0]
    kept = ("kode_skpd", "kode_indikator", "indikator", "polaritas", "target", "realisasi", "capaian_pct", "kategori")
    ways = tuple(Way(r["cara"], r["cara_pct"], r["cara_kategori"], r["dipakai"], r["berubah"]) for r in rows)
    return Sensitive(
        **{name: first[name] for name in kept}, nama_skpd=names.get(first["kode_skpd"], first["kode_skpd"]), cara=ways
    )


def _unit(rows: Sequence[Row], names: Mapping[str, str]) -> Sensitive:
    first = next(r for r in rows if r["dipakai"])
    ways = tuple(Way(unit_way(r), r["capaian_pct"], r["kategori"], r["dipakai"], r["berubah"]) for r in rows)
    nama = names.get(first["kode_skpd"], first["kode_skpd"])
    return Sensitive(
        first["kode_skpd"], nama, None, None, None, None, None, first["capaian_pct"], first["kategori"], ways
    )


def unit_way(row: Row) -> str:
    """The three choices of an SKPD's mean in one key: `turun_2t_r|sasaran|120`."""
    return "|".join(
        (row["rumus_turun"], row["rerata_skpd"], "" if row["batas"] is None else format_exact(row["batas"]))
    )


def name_way(cara: str, formula_in_force: str | None = None) -> str:
    """A choice as people say it; of an SKPD's three the formula only where it is another than the one in force."""
    if "|" in cara:
        formula, mean, cap = cara.split("|")
        limit = f"batas {cap}" if cap else "tanpa batas"
        other = "" if formula == formula_in_force else f", indikator turun {_formula(formula)}"
        return f"rata-rata {mean}, {limit}{other}"
    if cara == "tanpa_batas":
        return "tanpa batas"
    return f"batas {cara.removeprefix('batas_')}" if cara.startswith("batas_") else f"indikator turun {_formula(cara)}"


def _formula(rumus: str) -> str:
    return str(words()["rumus"][rumus]["nama"]).split(", ")[-1]


def compose_summary(sensitivity: Sensitivity) -> list[str]:
    """The summary on screen: for each other choice that matters, how many categories it would change, and whose."""
    lines = [f"Kepekaan terhadap pilihan pemda · {sensitivity.label_periode}", "─" * WIDTH]
    for title, rows in (("indikator", sensitivity.indikator), ("SKPD", sensitivity.skpd)):
        lines += ["", f"{len(rows)} {title} terukur"]
        ways = other_ways(rows)
        harmless = [cara for cara in ways if not _count_changed(rows, cara)]
        for cara in ways:
            lines += _told(rows, cara, sensitivity.formula) if cara not in harmless else []
        named = "; ".join(name_way(cara, sensitivity.formula) for cara in harmless)
        lines += _folded(f"tidak mengubah kategori: {named}") if harmless else []
    return lines


def _told(rows: Sequence[Sensitive], cara: str, formula: str | None) -> list[str]:
    changed = [row for row in rows if (way := row.way(cara)) and way.berubah]
    touched = sum(1 for row in rows if row.way(cara))
    lines = _folded(f"{name_way(cara, formula)}: {len(changed)} dari {touched} berubah kategori")
    lines += [line for row in changed[:_SHOWN] for line in _changed(row, cara)]
    return lines + ([f"      … dan {len(changed) - _SHOWN} lagi"] if len(changed) > _SHOWN else [])


def _folded(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


_SHOWN = 5
"""So many are named on screen for each choice; the workbook has them all."""


def _count_changed(rows: Sequence[Sensitive], cara: str) -> int:
    return sum(1 for row in rows if (way := row.way(cara)) and way.berubah)


def other_ways(rows: Sequence[Sensitive]) -> list[str]:
    """The choices to set beside those in force: of an SKPD's three, either the formula or the other two differ."""
    ways = dict.fromkeys(w.cara for row in rows for w in row.cara)
    in_force = {w.cara for row in rows for w in row.cara if w.dipakai}
    return [cara for cara in ways if cara not in in_force and _is_near(cara, in_force)]


def _is_near(cara: str, in_force: Iterable[str]) -> bool:
    formula, _, rest = cara.partition("|")
    return not rest or any(formula == used.partition("|")[0] or rest == used.partition("|")[2] for used in in_force)


def _changed(row: Sensitive, cara: str) -> list[str]:
    way = row.way(cara)
    assert way is not None
    what = f"{row.nama_skpd}" + (f" {row.kode_indikator} {row.indikator}" if row.kode_indikator else "")
    change = f"{format_percent(row.capaian_pct)} {row.kategori} → {format_percent(way.capaian_pct)} {way.kategori}"
    return wrap(f"{what}: {change}", WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 8)
