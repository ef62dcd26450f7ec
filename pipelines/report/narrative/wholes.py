"""A sasaran, an SKPD or the kabupaten as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import format_percent, spell, spell_all
from pipelines.report.facets import SasaranView
from pipelines.report.rows import UnitRow
from pipelines.report.wording import count_measured, join_words, resting_on
from schemas.period import Periode


def describe_sasaran(view: SasaranView, turn: int = 0) -> str:
    """The sasaran as a whole."""
    counted = f"{count_measured(view.terukur, view.total)}{resting_on(view.masuk)}"
    if view.capaian_pct is None:
        return f"Capaian sasaran ini belum dapat dihitung: {counted}."
    figure = f"{format_percent(view.capaian_pct)} persen"
    if turn % 2 and view.kategori:
        return f"Dengan capaian {figure}, sasaran ini berada pada kategori {view.kategori} ({counted})."
    category = f" dengan kategori {view.kategori}" if view.kategori else ""
    return f"Capaian sasaran ini {figure}{category} ({counted})."


def describe_unit(nama: str, periode: Periode, up: UnitRow | None, indicators: int, masuk: str) -> str:
    """The unit as a whole in a period; `indicators` counts what there is where nothing was rolled up.

    `masuk`: the quarters it rests on, empty for all.
    """
    counted = count_measured(up.indikator_terukur, up.indikator_total) if up else count_measured(0, indicators)
    counted += resting_on(masuk)
    if up is None or up.capaian_pct is None:
        return f"Capaian kinerja {nama} pada {periode.label} belum dapat dihitung: {counted}."
    category = f" dengan kategori {up.kategori}" if up.kategori else ""
    capaian = format_percent(up.capaian_pct)
    return f"Capaian kinerja {nama} pada {periode.label} sebesar {capaian} persen{category} ({counted})."


def describe_sasaran_all(views: Sequence[SasaranView]) -> str | None:
    """Sasaran beside one another: how many reached 100 percent, the highest and the lowest; None for fewer than two."""
    known = [(v.capaian_pct, v) for v in views if v.capaian_pct is not None]
    if len(known) < 2:
        return None
    full = sum(c >= Decimal(100) for c, _ in known)
    sasaran = f"sasaran{' yang terukur' if len(known) < len(views) else ''}"
    of = f"{spell(len(known))} {sasaran}"
    reached = (
        f"{spell_all(len(known)).capitalize()} {sasaran} mencapai 100 persen atau lebih"
        if full == len(known)
        else f"{spell(full).capitalize()} dari {of} mencapai 100 persen atau lebih"
        if full
        else f"Belum satu pun dari {of} mencapai 100 persen"
    )
    high, low = max(known, key=lambda x: x[0])[1], min(known, key=lambda x: x[0])[1]
    if format_percent(high.capaian_pct) == format_percent(low.capaian_pct):
        return f"{reached}."
    return f"{reached}; capaian tertinggi pada {_named(high)} dan terendah pada {_named(low)}."


def count_reached(views: Sequence[SasaranView]) -> str | None:
    """Which sasaran reached 100 percent and which did not, by number; None where none has a capaian."""
    known = [v for v in views if v.capaian_pct is not None]
    full = [v for v in known if v.capaian_pct is not None and v.capaian_pct >= 100]
    below = [v for v in known if v not in full]
    if not known:
        return None
    parts = [
        f"sasaran {join_words([f'{v.nomor}{_came(v)}' for v in group])} {what}"
        for group, what in ((full, "mencapai 100 persen atau lebih"), (below, "belum mencapai 100 persen"))
        if group
    ]
    return f"Menurut sasaran, {', sedangkan '.join(parts)}."


def _came(view: SasaranView) -> str:
    return f" (data {view.masuk})" if view.masuk else ""


def _named(view: SasaranView) -> str:
    return f"sasaran {view.nomor} ({format_percent(view.capaian_pct)} persen{resting_on(view.masuk)})"


def describe_missing(views: Sequence[SasaranView]) -> str | None:
    """Sasaran without a capaian; None where all have one."""
    missing = [f"sasaran {v.nomor}" for v in views if v.capaian_pct is None]
    return f"Capaian {join_words(missing)} belum dapat dihitung." if missing else None
