"""Realisasi against target: what was exceeded, met, missed and not measured."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import capitalize_first, format_percent, spell, spell_all
from pipelines.report.narrative.words import (
    Passage,
    count_groups,
    difference,
    inline,
    list_or_run,
    name_of,
    run_on,
    say_realisasi,
    say_target,
)
from pipelines.report.rows import Measure
from pipelines.report.wording import is_turun, join_words, places_within, say_withheld, since
from schemas.vocabulary import StatusUkur

FULL = Decimal(100)
"""Capaian at which a target is met."""
_NAMED = 10
"""No paragraph names more indicators than this; the table beside it has all of them."""

_UNMEASURED = {
    StatusUkur.BELUM_TERSEDIA: "belum dapat diukur karena realisasinya belum tersedia",
    StatusUkur.TIDAK_DITARGETKAN: "tidak ditargetkan pada periode ini",
    StatusUkur.TIDAK_DAPAT_DIHITUNG: "belum dapat dihitung capaiannya dari target dan realisasi yang ada",
}


def exceeded(measures: Sequence[Measure]) -> list[Measure]:
    """Indicators above their target, highest capaian first."""
    found = [m for m in measures if m.terukur and _capaian(m) > FULL]
    return sorted(found, key=lambda m: -_capaian(m))


def met(measures: Sequence[Measure]) -> list[Measure]:
    """Indicators exactly at their target."""
    return [m for m in measures if m.terukur and _capaian(m) == FULL]


def short(measures: Sequence[Measure]) -> list[Measure]:
    """Measured indicators below their target, lowest capaian first."""
    return sorted((m for m in measures if m.terukur and _capaian(m) < FULL), key=_capaian)


def _capaian(measure: Measure) -> Decimal:
    return measure.capaian_pct if measure.capaian_pct is not None else Decimal(0)


def describe_outcomes(measures: Sequence[Measure]) -> str:
    """How many indicators exceeded, met and missed their targets, and how many have no capaian."""
    untargeted = sum(m.status_ukur == StatusUkur.TIDAK_DITARGETKAN for m in measures)
    measured = sum(m.terukur for m in measures)
    groups = (
        (len(exceeded(measures)), "melampaui target"),
        (len(met(measures)), "tepat mencapai target"),
        (len(short(measures)), "belum mencapai target"),
        (len(measures) - measured - untargeted, "belum memiliki capaian"),
        (untargeted, "tidak ditargetkan pada periode ini"),
    )
    if not measures:
        return "Belum ada indikator yang tercatat."
    present = [what for count, what in groups if count]
    if len(present) == 1:
        whole = "Satu-satunya" if len(measures) == 1 else capitalize_first(spell_all(len(measures)))
        return f"{whole} indikator {present[0]}."
    return f"Dari {spell(len(measures))} indikator, {count_groups(groups, '')}."


def describe_measure(measure: Measure) -> str:
    """One indicator against its target in a sentence of its own."""
    if not measure.terukur or measure.capaian_pct is None:
        return f"{name_of(measure)} {_status(measure)}."
    sentence = (
        f"{name_of(measure)} terealisasi {say_realisasi(measure)} dari target {say_target(measure)}"
        f"{say_since(measure, ' (', ')')}, sehingga "
        f"capaiannya {format_percent(measure.capaian_pct)} persen"
    )
    category = f" dengan kategori {measure.kategori}" if measure.kategori else ""
    return f"{sentence}{category}; {_verdict(measure, measure.capaian_pct)}."


def _status(measure: Measure) -> str:
    if told := say_withheld(measure):
        return f"belum dapat diukur karena {told}"
    return _UNMEASURED.get(StatusUkur(measure.status_ukur), "belum memiliki capaian")


def _verdict(measure: Measure, capaian: Decimal) -> str:
    if capaian > FULL:
        verdict = "target terlampaui"
    elif capaian == FULL:
        verdict = "target tercapai"
    else:
        verdict = f"target belum tercapai{_gap(measure)}"
    return f"{verdict} (semakin rendah semakin baik)" if is_turun(measure) else verdict


def _gap(measure: Measure) -> str:
    """By how much a target was missed, where both are plain figures."""
    plain = measure.target_atas is None and not measure.realisasi_teks
    if not plain or measure.target is None or measure.realisasi is None:
        return ""
    gap = measure.target - measure.realisasi
    return f" dengan selisih {difference(gap, measure.satuan, places_within(measure))}" if gap else ""


def describe_targets(measures: Sequence[Measure], turn: int) -> list[Passage]:
    """Analysis 1: indicators grouped by outcome, each with its figures; `turn` varies the turn of phrase."""
    if len(measures) == 1:
        return [Passage(describe_measure(measures[0]))]
    above, at, below = exceeded(measures), met(measures), short(measures)
    passages = [Passage(describe_outcomes(measures))]
    passages += _above(above, turn) + _at(at) + _below(below, turn)
    passages += _unmeasured(measures)
    lower = [m for m in (*above, *below) if is_turun(m)]
    if lower:
        passages.append(Passage(_lower_is_better(lower)))
    return run_on(passages)


def _figures(measure: Measure) -> str:
    shown = f"{say_realisasi(measure)} dari target {say_target(measure)}"
    capaian = f"capaian {format_percent(measure.capaian_pct)} persen{say_since(measure, ', ')}"
    return f"{inline(measure)} sebesar {shown} ({capaian})"


def say_since(measure: Measure, before: str, after: str = "") -> str:
    """Which quarters a figure holds, where not just those of its period: `data TW I saja`."""
    told = ", ".join([*filter(None, [since(measure)]), *([f"data {measure.masuk}"] if measure.masuk else [])])
    return f"{before}{told}{after}" if told else ""


def _named(measures: Sequence[Measure]) -> list[str]:
    return [_figures(m) for m in measures[:_NAMED]]


_ABOVE = ("Target terlampaui pada", "Realisasi yang lebih baik daripada target terdapat pada")
_ABOVE_LISTED = ("Indikator yang melampaui target", "Target terlampaui pada indikator berikut")


def _above(measures: Sequence[Measure], turn: int) -> list[Passage]:
    if not measures:
        return []
    more = f" ({spell(_NAMED)} dengan capaian tertinggi dari {len(measures)})" if len(measures) > _NAMED else ""
    return [list_or_run(_ABOVE[turn % 2], _ABOVE_LISTED[turn % 2] + more, _named(measures))]


def _at(measures: Sequence[Measure]) -> list[Passage]:
    if not measures:
        return []
    if len(measures) > _NAMED:
        return [Passage(f"Sebanyak {len(measures)} indikator mencapai target dengan capaian tepat 100 persen.")]
    names = capitalize_first(join_words([_met(m) for m in measures]))
    return [Passage(f"{names} tepat mencapai target.")]


def _met(measure: Measure) -> str:
    return f"{inline(measure)} sebesar {say_realisasi(measure)}{say_since(measure, ' (', ')')}"


_BELOW = ("Target belum tercapai pada", "Capaian di bawah 100 persen terdapat pada")
_BELOW_LISTED = (
    "Indikator yang belum mencapai target, mulai dari capaian terendah",
    "Target belum tercapai, diurutkan dari capaian terendah, pada indikator berikut",
)


def _below(measures: Sequence[Measure], turn: int) -> list[Passage]:
    if not measures:
        return []
    more = f" ({spell(_NAMED)} dari {len(measures)} indikator)" if len(measures) > _NAMED else ""
    items = [_short_of(m) for m in measures[:_NAMED]]
    return [list_or_run(_BELOW[turn % 2], _BELOW_LISTED[turn % 2] + more, items)]


def _short_of(measure: Measure) -> str:
    return _figures(measure).removesuffix(")") + f"{_gap(measure).replace(' dengan', ',')})"


def _unmeasured(measures: Sequence[Measure]) -> list[Passage]:
    """Those alike in why they have no capaian in one sentence, in the order of the reasons."""
    alike: dict[str, list[str]] = {}
    for status in _UNMEASURED:
        for measure in measures:
            if not measure.terukur and measure.status_ukur == status:
                alike.setdefault(_status(measure), []).append(inline(measure))
    return [Passage(f"{capitalize_first(join_words(names))} {words}.") for words, names in alike.items()]


def _lower_is_better(measures: Sequence[Measure]) -> str:
    names = join_words([inline(m) for m in measures[:_NAMED]])
    return f"Untuk {names}, realisasi yang lebih rendah menunjukkan kinerja yang lebih baik."


def describe_shortfalls(measures: Sequence[Measure]) -> Passage | None:
    """The indicators that fell short, for a summary; None where none did."""
    below = short(measures)
    if not below:
        return None
    if len(below) == 1:
        return Passage(f"Satu indikator belum mencapai target, yaitu {_short_of(below[0])}.")
    return _below(below, 0)[0]


def unmeasured_note(measures: Sequence[Measure]) -> str | None:
    """Which indicators have no capaian and why; None where all have one."""
    passages = _unmeasured(measures)
    return " ".join(p.text for p in passages) or None
