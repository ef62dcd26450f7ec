"""Analysis 2: this year against earlier years, in realisasi and in capaian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipelines.numerals import capitalize_first, format_percent
from pipelines.report.narrative.words import (
    Passage,
    amount,
    count_groups,
    difference,
    inline,
    list_or_run,
    run_on,
    say_reached,
)
from pipelines.report.rows import History, Measure
from pipelines.report.wording import join_words, show_value
from schemas.vocabulary import Polaritas

Pair = tuple[Measure, History]
Histories = Mapping[str, tuple[History, ...]]
_BETTER = {Polaritas.NAIK: 1, Polaritas.PREDIKAT: 1, Polaritas.TURUN: -1}
"""Which direction of realisasi is an improvement; of a range or a fixed value none is by itself."""
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


def describe_years(histories: Histories, measures: Sequence[Measure], turn: int) -> list[Passage]:
    """What rose, fell and stayed since the year before, then what moved one way over the years shown."""
    pairs = [(m, h) for m in measures if (h := _latest(histories.get(m.kode_indikator, ()))) and _comparable(m, h)]
    if not pairs:
        return []
    passages = [Passage(f"{capitalize_first(_alone(*pairs[0]))}.")] if len(pairs) == 1 else _together(pairs, turn)
    missing = [inline(m) for m in measures if m.terukur and not histories.get(m.kode_indikator)]
    if missing:
        passages.append(Passage(f"Realisasi tahun sebelumnya belum tersedia untuk {join_words(missing[:_NAMED])}."))
    runs = _runs(histories, measures)
    return run_on([*passages, *([Passage(runs)] if runs else [])])


def _latest(rows: Sequence[History]) -> History | None:
    return max(rows, key=lambda h: h.tahun_lalu, default=None)


def _comparable(measure: Measure, earlier: History) -> bool:
    return measure.realisasi is not None and earlier.realisasi is not None


def _together(pairs: Sequence[Pair], turn: int) -> list[Passage]:
    """Several indicators: how many went which way, then those of each way."""
    years = {h.tahun_lalu for _, h in pairs}
    ways = {way: [p for p in pairs if _way(*p) == way] for way in (*_TOLD, "tetap")}
    since = f"tahun {years.pop()}" if len(years) == 1 else "tahun terakhir yang datanya tersedia"
    counted = count_groups([(len(found), way) for way, found in ways.items()])
    passages = [Passage(f"Dibandingkan dengan {since}, realisasi {counted}.")]
    for way, (leads, listed) in _TOLD.items():
        if shown := ways[way][:_NAMED]:
            limited = f" (sepuluh dari {len(ways[way])})" if len(ways[way]) > len(shown) else ""
            items = [_moved(m, h, dated=bool(years)) for m, h in shown]
            alone = way == "memburuk" and not ways["membaik"]
            lead = leads[0 if alone else turn % 2]
            passages.append(list_or_run(lead, listed + limited, items))
    return [*passages, *_stayed(ways["tetap"])]


def _way(measure: Measure, earlier: History) -> str:
    change = _step(measure, earlier)
    if change == 0:
        return "tetap"
    good = _BETTER.get(Polaritas(measure.polaritas), 0) if measure.polaritas else 0
    return "berubah" if good == 0 else "membaik" if change * good > 0 else "memburuk"


def _step(measure: Measure, earlier: History) -> Decimal:
    return (measure.realisasi or Decimal(0)) - (earlier.realisasi or Decimal(0))


def _stayed(pairs: Sequence[Pair]) -> list[Passage]:
    if not pairs:
        return []
    if len(pairs) > _NAMED:
        return [Passage(f"Realisasi {len(pairs)} indikator tidak berubah.")]
    names = join_words([f"{inline(m)} sebesar {say_reached(m)}" for m, _ in pairs])
    return [Passage(f"Realisasi {names} tidak berubah.")]


def _moved(measure: Measure, earlier: History, *, dated: bool) -> str:
    """`prevalensi stunting, turun 0,69 poin persen dari 15,94% menjadi 15,25% (capaian dari 100,38 menjadi …)`."""
    change = _step(measure, earlier)
    graded = bool(measure.realisasi_teks or earlier.realisasi_teks)
    by = "" if graded else f" {difference(change, measure.satuan)}"
    before = amount(show_value(earlier.realisasi, earlier.realisasi_teks, measure.satuan), measure.satuan)
    when = f" pada tahun {earlier.tahun_lalu}" if dated else ""
    word = "naik" if change > 0 else "turun"
    now = say_reached(measure, _capaian_change(measure, earlier))
    return f"{inline(measure)}, {word}{by} dari {before}{when} menjadi {now}"


def _alone(measure: Measure, earlier: History) -> str:
    """One indicator, in a sentence of its own."""
    if _step(measure, earlier) == 0:
        now = say_reached(measure, _capaian_change(measure, earlier))
        return f"realisasi {inline(measure)} tidak berubah dari tahun {earlier.tahun_lalu}, yaitu {now}"
    return f"realisasi {_moved(measure, earlier, dated=True).replace(', ', ' ', 1)}"


def _capaian_change(measure: Measure, earlier: History) -> str:
    if measure.capaian_pct is None or earlier.capaian_pct is None:
        return ""
    before, now = format_percent(earlier.capaian_pct), format_percent(measure.capaian_pct)
    return f"capaian tetap {now} persen" if before == now else f"capaian dari {before} menjadi {now} persen"


def _runs(histories: Histories, measures: Sequence[Measure]) -> str | None:
    """Indicators that rose, or fell, in every one of the years known."""
    runs: dict[tuple[int, str], list[str]] = {}
    for measure in measures:
        known = {h.tahun_lalu: h.realisasi for h in histories.get(measure.kode_indikator, ())}
        way = _one_way(known, measure.realisasi)
        if way:
            runs.setdefault((min(known), way), []).append(inline(measure))
    by_year: dict[int, list[str]] = {}
    for (first, way), names in sorted(runs.items()):
        shown = join_words(names) if len(names) <= _NAMED else f"{len(names)} indikator"
        by_year.setdefault(first, []).append(f"realisasi {shown} {way} setiap tahun")
    return " ".join(f"Sejak tahun {y}, {', sedangkan '.join(said)}." for y, said in by_year.items()) or None


def _one_way(known: Mapping[int, Decimal | None], now: Decimal | None) -> str | None:
    """`naik` or `turun` where every step of an unbroken run of years goes that way; None otherwise."""
    years = sorted(known)
    if len(years) < _LONG or years != list(range(years[0], years[-1] + 1)):
        return None
    pairs = list(pairwise([*(known[y] for y in years), now]))
    steps = [b - a for a, b in pairs if a is not None and b is not None]
    if len(steps) < len(pairs):
        return None
    return "naik" if all(s > 0 for s in steps) else "turun" if all(s < 0 for s in steps) else None
