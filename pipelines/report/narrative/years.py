"""Analysis 2: this year against earlier years, in realisasi and in capaian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.numerals import capitalize_first, format_percent
from pipelines.report.comparison_rows import Growth
from pipelines.report.narrative.words import (
    Passage,
    amount,
    count_groups,
    difference,
    inline,
    list_or_run,
    run_on,
    say_reached,
    say_realisasi,
    with_quarters,
)
from pipelines.report.rows import History, Measure
from pipelines.report.wording import join_words, places_since, show_value
from schemas.vocabulary import Arah, Polaritas

Histories = Mapping[str, tuple[History, ...]]
Growths = Mapping[str, tuple[Growth, ...]]
_BY_CAPAIAN = (Polaritas.RENTANG, Polaritas.STABIL)
"""Where no direction of realisasi is an improvement by itself: the mart tells by the capaian which it was."""
_LONG = 3
"""A run of years says something from three on."""
_NAMED = 10

_TOLD = {
    "membaik": (("Realisasi membaik pada", "Perbaikan terdapat pada"), "Indikator yang realisasinya membaik"),
    "memburuk": (
        ("Realisasi memburuk pada", "Sebaliknya, realisasi memburuk pada"),
        "Indikator yang realisasinya memburuk",
    ),
    "berubah": (("Realisasi berubah pada", "Perubahan terdapat pada"), "Indikator yang realisasinya berubah"),
}
"""What became of an indicator → how a few are introduced, in turns, and how a list of them is."""


@dataclass(frozen=True)
class Change:
    """An indicator beside the earlier year it is compared with."""

    measure: Measure
    earlier: History
    step: Decimal
    arah: str | None

    @property
    def way(self) -> str:
        """One of `_TOLD`, or tetap."""
        if self.step == 0:
            return Arah.TETAP
        return "berubah" if self.arah is None or self.measure.polaritas in _BY_CAPAIAN else self.arah


def describe_years(histories: Histories, growths: Growths, measures: Sequence[Measure], turn: int) -> list[Passage]:
    """What rose, fell and stayed since the year before, then what moved one way over the years shown."""
    changes = [c for m in measures if (c := _change(m, histories, growths))]
    if not changes:
        return []
    passages = [Passage(f"{capitalize_first(_alone(changes[0]))}.")] if len(changes) == 1 else _together(changes, turn)
    missing = [inline(m) for m in measures if m.terukur and not histories.get(m.kode_indikator)]
    if missing:
        passages.append(Passage(f"Realisasi tahun sebelumnya belum tersedia untuk {join_words(missing[:_NAMED])}."))
    runs = _runs(histories, growths, measures)
    return run_on([*passages, *([Passage(runs)] if runs else [])])


def _change(measure: Measure, histories: Histories, growths: Growths) -> Change | None:
    """The year of the report against an earlier one that is shown, as `pertumbuhan` has it."""
    rows = {h.tahun_lalu: h for h in histories.get(measure.kode_indikator, ())}
    now = next((g for g in growths.get(measure.kode_indikator, ()) if str(g.tahun_data) == measure.periode), None)
    earlier = rows.get(now.tahun_pembanding or 0) if now else None
    if now is None or earlier is None or now.pertumbuhan is None:
        return None
    return Change(measure, earlier, now.pertumbuhan, now.arah)


def _together(changes: Sequence[Change], turn: int) -> list[Passage]:
    """Several indicators: how many went which way, then those of each way."""
    years = {c.earlier.tahun_lalu for c in changes}
    ways = {way: [c for c in changes if c.way == way] for way in (*_TOLD, Arah.TETAP)}
    since = f"tahun {years.pop()}" if len(years) == 1 else "tahun terakhir yang datanya tersedia"
    counted = count_groups([(len(found), way) for way, found in ways.items()])
    passages = [Passage(f"Dibandingkan dengan {since}, realisasi {counted}.")]
    for way, (leads, listed) in _TOLD.items():
        if shown := ways[way][:_NAMED]:
            limited = f" (sepuluh dari {len(ways[way])})" if len(ways[way]) > len(shown) else ""
            items = [_moved(c, dated=bool(years)) for c in shown]
            alone = way == "memburuk" and not ways["membaik"]
            lead = leads[0 if alone else turn % 2]
            passages.append(list_or_run(lead, listed + limited, items))
    return [*passages, *_stayed(ways[Arah.TETAP])]


def _stayed(changes: Sequence[Change]) -> list[Passage]:
    if not changes:
        return []
    if len(changes) > _NAMED:
        return [Passage(f"Realisasi {len(changes)} indikator tidak berubah.")]
    names = join_words([f"{inline(c.measure)} sebesar {say_reached(c.measure)}" for c in changes])
    return [Passage(f"Realisasi {names} tidak berubah.")]


def _moved(change: Change, *, dated: bool) -> str:
    """`prevalensi stunting, turun 0,69 poin persen dari 15,94% menjadi 15,25% (capaian dari 100,38 menjadi …)`."""
    measure, earlier = change.measure, change.earlier
    graded = bool(measure.realisasi_teks or earlier.realisasi_teks)
    places = places_since(measure, earlier.realisasi)
    by = "" if graded else f" {difference(change.step, measure.satuan, places)}"
    before = amount(show_value(earlier.realisasi, earlier.realisasi_teks, measure.satuan, places), measure.satuan)
    when = f" pada tahun {earlier.tahun_lalu}" if dated else ""
    word = "naik" if change.step > 0 else "turun"
    reached = amount(show_value(measure.realisasi, measure.realisasi_teks, measure.satuan, places), measure.satuan)
    now = with_quarters(measure, reached, _capaian_change(measure, earlier))
    return f"{inline(measure)}, {word}{by} dari {before}{when} menjadi {now}"


def _alone(change: Change) -> str:
    """One indicator, in a sentence of its own."""
    measure, earlier = change.measure, change.earlier
    if change.step == 0:
        now = with_quarters(measure, say_realisasi(measure), _capaian_change(measure, earlier))
        return f"realisasi {inline(measure)} tidak berubah dari tahun {earlier.tahun_lalu}, yaitu {now}"
    return f"realisasi {_moved(change, dated=True).replace(', ', ' ', 1)}"


def _capaian_change(measure: Measure, earlier: History) -> str:
    if measure.capaian_pct is None or earlier.capaian_pct is None:
        return ""
    before, now = format_percent(earlier.capaian_pct), format_percent(measure.capaian_pct)
    return f"capaian tetap {now} persen" if before == now else f"capaian dari {before} menjadi {now} persen"


def _runs(histories: Histories, growths: Growths, measures: Sequence[Measure]) -> str | None:
    """Indicators that rose, or fell, in every one of the years known."""
    runs: dict[tuple[int, str], list[str]] = {}
    for measure in measures:
        known = sorted(h.tahun_lalu for h in histories.get(measure.kode_indikator, ()))
        way = _one_way(known, growths.get(measure.kode_indikator, ()))
        if way:
            runs.setdefault((known[0], way), []).append(inline(measure))
    by_year: dict[int, list[str]] = {}
    for (first, way), names in sorted(runs.items()):
        shown = join_words(names) if len(names) <= _NAMED else f"{len(names)} indikator"
        by_year.setdefault(first, []).append(f"realisasi {shown} {way} setiap tahun")
    return " ".join(f"Sejak tahun {y}, {', sedangkan '.join(said)}." for y, said in by_year.items()) or None


def _one_way(known: Sequence[int], growth: Sequence[Growth]) -> str | None:
    """`naik` or `turun` where every step of an unbroken run of years goes that way; None otherwise."""
    if len(known) < _LONG or list(known) != list(range(known[0], known[-1] + 1)):
        return None
    steps = {g.tahun_pembanding: g.pertumbuhan or Decimal(0) for g in growth if g.tahun_data > known[0]}
    if list(steps) != list(known):
        return None
    return "naik" if all(s > 0 for s in steps.values()) else "turun" if all(s < 0 for s in steps.values()) else None
