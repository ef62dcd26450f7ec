"""Which figures a chapter shows as a chart: the marts' own, side by side; None where there is too little to see."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import capitalize_first, format_percent, roman, spell
from pipelines.report.came_in import Part, say_quarters
from pipelines.report.chapters.measured import UNCOUNTED, shown_history
from pipelines.report.facets import SasaranView, quarters
from pipelines.report.figures import Chart, Series
from pipelines.report.model import Facts, Unit
from pipelines.report.narrative import join_words
from pipelines.report.rows import Efficiency, Measure
from pipelines.report.wording import places_within, read_part
from schemas.period import tahun_period
from schemas.units import is_percent_unit
from schemas.vocabulary import Polaritas

_FULL = Decimal(100)
_MOST, _MOST_LINES = 12, 5
"""More bars or lines than these are not legible in print."""
_LONGEST = 58


def sasaran_chart(views: Sequence[SasaranView], caption: str, key: str = "") -> Chart | None:
    """Capaian of each sasaran, with the line of a target met."""
    shown = [(f"Sasaran {v.nomor}", v.capaian_pct) for v in views]
    if len([1 for _, c in shown if c is not None]) < 2 or len(shown) > _MOST:
        return None
    labels, values = zip(*shown, strict=True)
    met = Series("Target tercapai (100%)", (_FULL,) * len(shown), line=True)
    said = f"Capaian {len(shown)} sasaran dibandingkan dengan 100 persen: {_listed(labels, values)}."
    return Chart("columns", labels, (Series("Capaian", values), met), caption, said, key=key)


def target_chart(view: SasaranView, caption: str, key: str = "") -> Chart | None:
    """Target beside realisasi of the indicators in percent, the only ones that share an axis."""
    shown = [m for m in view.measures if _plain_percent(m)]
    if not 2 <= len(shown) <= _MOST:
        return None
    names = tuple(_short(m) for m in shown)
    series = (Series("Target", tuple(m.target for m in shown)), Series("Realisasi", tuple(m.realisasi for m in shown)))
    lower = [_short(m) for m in shown if m.polaritas == Polaritas.TURUN]
    note = f"Semakin rendah semakin baik: {join_words(lower)}." if lower else ""
    rest = len(view.measures) - len(shown)
    left = f" Indikator bersatuan lain ({rest}) disajikan pada tabel." if rest else ""
    said = f"Target dan realisasi {len(shown)} indikator bersatuan persen pada sasaran {view.nomor}."
    places = max(places_within(m) for m in shown)
    return Chart("bars", names, series, caption, said, places=places, note=f"{note}{left}".strip(), key=key)


def _plain_percent(measure: Measure) -> bool:
    return (
        is_percent_unit(measure.satuan or "")
        and measure.target is not None
        and measure.target_atas is None
        and measure.realisasi is not None
    )


def _short(measure: Measure) -> str:
    name = measure.indikator or measure.kode_indikator
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rsplit(' ', 1)[0]} …"


def years_chart(facts: Facts, unit: Unit, measures: Sequence[Measure], caption: str, key: str = "") -> Chart | None:
    """Capaian of each indicator over the years known."""
    histories = shown_history(facts, unit, measures)
    years = sorted({h.tahun_lalu for rows in histories.values() for h in rows})
    drawn = [m for m in measures if histories[m.kode_indikator] and m.capaian_pct is not None]
    if len(years) < 2 or not 1 <= len(drawn) <= _MOST_LINES:
        return None
    series = []
    for measure in drawn:
        known = {h.tahun_lalu: h.capaian_pct for h in histories[measure.kode_indikator]}
        series.append(Series(_short(measure), (*(known.get(y) for y in years), measure.capaian_pct)))
    labels = tuple(str(y) for y in (*years, facts.tahun))
    said = f"Capaian {len(drawn)} indikator dari tahun {labels[0]} sampai tahun {labels[-1]}."
    return Chart("lines", labels, tuple(series), caption, said, key=key)


def quarters_chart(facts: Facts, unit: Unit, caption: str, key: str = "") -> Chart | None:
    """Capaian of a unit quarter by quarter."""
    periods = quarters(tahun_period(facts.tahun))
    values = tuple(up.capaian_pct if (up := facts.units.get((unit, str(p)))) else None for p in periods)
    if len([v for v in values if v is not None]) < 2:
        return None
    labels = tuple(f"TW {roman(p.nomor)}" for p in periods)
    met = Series("Target tercapai (100%)", (_FULL,) * len(values), line=True)
    said = f"Capaian setiap triwulan: {_listed(labels, values)}."
    series = (Series("Capaian", values), met)
    return Chart("columns", labels, series, caption, said, note=_unlike(facts, unit), key=key)


def _unlike(facts: Facts, unit: Unit) -> str:
    """What quarters side by side are not alike in: indicators measured in some alone, figures that hold several.

    Each column is the mean of its own quarter, so a quarter that a later cell covers is one that this one lacks.
    """
    year = tahun_period(facts.tahun)
    up = facts.units.get((unit, str(year)))
    rolled = ((q, facts.units.get((unit, str(q)))) for q in quarters(year))
    parts = [Part(q.nomor, r.indikator_terukur, r.indikator_total, r.indikator_terukur) for q, r in rolled if r]
    came = say_quarters(parts, up.indikator_terukur) if up else ""
    rows = ((q, sum(bool(m.sejak_tw) for m in facts.measures.get((unit, str(q)), ()))) for q in quarters(year))
    held = [f"{spell(count)} indikator pada TW {roman(q.nomor)}" for q, count in rows if count]
    told = [f"Indikator yang masuk: {came}."] if came else []
    told += [f"{capitalize_first(join_words(held))} terhitung sejak triwulan sebelumnya, {UNCOUNTED}."] if held else []
    return " ".join(told)


def budget_chart(rows: Sequence[Efficiency], numbers: Sequence[int], caption: str, key: str = "") -> Chart | None:
    """Capaian beside serapan, a pair of columns per sasaran."""
    if not 2 <= len(rows) <= _MOST:
        return None
    labels = tuple(f"Sasaran {n}" for n in numbers)
    series = (Series("Capaian", tuple(r.capaian_pct for r in rows)),
              Series("Serapan", tuple(r.serapan_pct for r in rows)))  # fmt: skip
    said = f"Capaian dan serapan anggaran {len(rows)} sasaran, berdampingan."
    partly = [f"Sasaran {n} atas {read_part(r)}" for n, r in zip(numbers, rows, strict=True) if read_part(r)]
    came = [f"Sasaran {n} data {r.masuk}" for n, r in zip(numbers, rows, strict=True) if r.masuk]
    told = [f"Capaian belum lengkap: {'; '.join(came)}."] if came else []
    told += [f"Serapan hanya atas yang realisasinya ada: {join_words(partly)}."] if partly else []
    return Chart("columns", labels, series, caption, said, note=" ".join(told), key=key)


def _listed(labels: Sequence[str], values: Sequence[Decimal | None]) -> str:
    return join_words([f"{label} {format_percent(v)}" for label, v in zip(labels, values, strict=True)])
