"""Analysis 5: what the SKPD itself wrote of success and failure. No cause is made up; the words stay the SKPD's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pipelines.numerals import format_percent, roman
from pipelines.report.narrative.outcomes import FULL, say_since
from pipelines.report.narrative.words import Passage, inline, name_of, quote
from pipelines.report.rows import Measure, Narrative
from pipelines.report.wording import join_words
from schemas.vocabulary import StatusUkur

Written = Callable[[Measure], Sequence[Narrative]]
_NAMED = 10
HELPED, HINDERED, DONE, PLANNED = "faktor_pendukung", "faktor_penghambat", "upaya", "rencana_tindak_lanjut"
LABELS_OF = {
    HELPED: "faktor pendukung",
    HINDERED: "faktor penghambat",
    DONE: "upaya yang telah dilakukan",
    PLANNED: "rencana tindak lanjut",
}
"""Column of the workbook → what it is called in a sentence."""


def owed_columns(measure: Measure) -> tuple[str, ...]:
    """What must be explained: of a target that was met, what helped; of any other, what hindered and what was done.

    An indicator without a target in the period owes nothing, and one that only a figure still owed keeps from its
    target has nothing to explain yet.
    """
    if measure.status_ukur in (StatusUkur.TIDAK_DITARGETKAN, StatusUkur.BELUM_TERSEDIA) or measure.hanya_tinggal:
        return ()
    return (HELPED,) if _is_met(measure) else (HINDERED, DONE, PLANNED)


def owed_figure(measure: Measure) -> str | None:
    """The realisasi an SKPD still owes, quarter by quarter where others have one: `realisasi TW II`."""
    if measure.tinggal:
        withheld = {w.triwulan for w in measure.tertahan}
        asked = (("perbaikan isian realisasi", True), ("realisasi", False))
        groups = ((what, [roman(q) for q in measure.tinggal if (q in withheld) is held]) for what, held in asked)
        return join_words([f"{what} TW {join_words(numbers)}" for what, numbers in groups if numbers])
    if measure.status_ukur != StatusUkur.BELUM_TERSEDIA:
        return None
    return "perbaikan isian realisasi" if measure.tertahan else "realisasi"


def _is_met(measure: Measure) -> bool:
    return measure.terukur and (measure.capaian_pct or 0) >= FULL


def said_in(written: Iterable[Narrative], column: str) -> list[tuple[int, str]]:
    """The quarters in which a column was filled, each with what it says."""
    return [(n.triwulan, text) for n in written if (text := str(n.isi.get(column) or "")).strip()]


def latest(written: Sequence[Narrative], column: str) -> tuple[int, str] | None:
    """The last quarter in which a column was filled, and what it says."""
    return max(said_in(written, column), default=None, key=lambda x: x[0])


def missing_columns(measure: Measure, written: Sequence[Narrative]) -> tuple[str, ...]:
    """The columns an SKPD owes of an indicator and has filled in no quarter of the period."""
    return tuple(c for c in owed_columns(measure) if latest(written, c) is None)


def describe_causes(measures: Sequence[Measure], written: Written) -> list[Passage]:
    """Failures first, one by one, with hindrance, solution and plan; then what helped where targets were met."""
    behind = [m for m in measures if m.status_ukur != StatusUkur.TIDAK_DITARGETKAN and not _is_met(m)]
    told = [sentence for m in behind[:_NAMED] if (sentence := _told(m, written(m)))]
    passages = []
    if len(told) == 1:
        passages.append(Passage(told[0]))
    elif told:
        lead = "Hambatan, upaya, dan rencana tindak lanjut menurut SKPD pada indikator yang belum mencapai target:"
        passages.append(Passage(lead, tuple(told)))
    helped = _helped([m for m in measures if _is_met(m)], written)
    return [*passages, *([Passage(helped)] if helped else [])]


def _told(measure: Measure, written: Sequence[Narrative]) -> str | None:
    said = [(label, found) for column, label in _SENTENCES.items() if (found := latest(written, column))]
    if not said:
        return None
    capaian = f"capaian {format_percent(measure.capaian_pct)} persen{say_since(measure, ', ')}"
    reached = capaian if measure.terukur else "belum terukur"
    newest = max(quarter for _, (quarter, _) in said)
    parts = [f"{label}{_when(quarter, newest)}: {quote(text)}" for label, (quarter, text) in said]
    return f"{name_of(measure)} ({reached}). {' '.join(parts)}"


def _when(quarter: int, newest: int) -> str:
    """The quarter of what was not said again in the newest one."""
    return "" if quarter == newest else f" (TW {roman(quarter)})"


_SENTENCES = {
    HINDERED: "Hambatan yang disampaikan",
    DONE: "Upaya yang telah dilakukan",
    PLANNED: "Rencana tindak lanjut",
}


def _helped(measures: Sequence[Measure], written: Written) -> str | None:
    """The same words for several indicators stand once."""
    words: dict[str, list[str]] = {}
    for measure in measures:
        found = latest(written(measure), HELPED)
        if found:
            words.setdefault(quote(found[1]).rstrip("."), []).append(inline(measure))
    if not words:
        return None
    shown = [f"“{text}” ({join_words(names)})" for text, names in list(words.items())[:_NAMED]]
    subject = "indikator yang mencapai target" if len(measures) > 1 else "pencapaian target"
    return f"Faktor pendukung {subject} menurut SKPD: {'; '.join(shown)}."
