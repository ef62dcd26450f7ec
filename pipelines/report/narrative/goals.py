"""Analyses 3 and 4: this year on the way to the target of Renstra or RPJMD, and against the national standard."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import capitalize_first, format_percent, spell, spell_all
from pipelines.report.narrative.outcomes import FULL
from pipelines.report.narrative.words import (
    Passage,
    amount,
    difference,
    inline,
    list_or_run,
    run_on,
    say_reached,
)
from pipelines.report.rows import Measure, MediumTerm
from pipelines.report.wording import join_words, places_within, show_final, show_standard
from schemas.vocabulary import Polaritas

Pair = tuple[Measure, MediumTerm]
_NAMED = 10
_TOWARDS = {Polaritas.NAIK: "naik", Polaritas.TURUN: "turun"}


def describe_medium(pairs: Sequence[Pair], tahun: int, others: int, turn: int) -> list[Passage]:
    """Analysis 3: which indicators have reached the final target, and how far the others are; `others` have no goal."""
    known = [(m, x) for m, x in pairs if x.tingkat_kemajuan_pct is not None]
    if not known:
        return []
    done = [(m, x) for m, x in known if _progress(x) >= FULL]
    left = sorted(((m, x) for m, x in known if _progress(x) < FULL), key=lambda p: _progress(p[1]))
    some = bool(others) or len(known) < len(pairs)
    passages = [Passage(_standing(known, done, tahun, " yang dapat dibandingkan" if some else "")), *_done(done)]
    if left:
        leads = ("Yang masih tersisa adalah", "Jarak ke target akhir masih tersisa pada")
        listed = "Jarak ke target akhir, mulai dari tingkat kemajuan terendah"
        passages.append(list_or_run(leads[turn % 2], listed, [_distance(m, x) for m, x in left[:_NAMED]]))
    return run_on(passages)


def _progress(medium: MediumTerm) -> Decimal:
    return medium.tingkat_kemajuan_pct or Decimal(0)


def _standing(known: Sequence[Pair], done: Sequence[Pair], tahun: int, which: str) -> str:
    """How many have arrived, and how much time is left; `which` says so where these are not all."""
    documents = {" ".join(str(x) for x in (g.dokumen, g.tahun_akhir) if x) for _, g in known}
    target = f"target akhir {documents.pop()}" if len(documents) == 1 else "target akhir jangka menengah"
    last = max((g.tahun_akhir or 0 for _, g in known), default=0)
    time = f"dengan sisa waktu {spell(last - tahun)} tahun, " if last > tahun else ""
    total = len(known)
    if total == 1:
        subject = f"{inline(known[0][0])} {'telah' if done else 'belum'} mencapai"
    elif len(done) == total:
        subject = f"{spell_all(total)} indikator{which} telah mencapai"
    elif not done:
        subject = f"belum satu pun dari {spell(total)} indikator{which} mencapai"
    else:
        subject = f"{spell(len(done))} dari {spell(total)} indikator{which} telah mencapai"
    return capitalize_first(f"{time}{subject} {target}.")


def _done(pairs: Sequence[Pair]) -> list[Passage]:
    if not pairs:
        return []
    shown = [_on_the_way(m, x) for m, x in pairs[:_NAMED]]
    return [Passage(f"Target akhir telah tercapai pada {join_words(shown)}.")]


def _on_the_way(measure: Measure, medium: MediumTerm) -> str:
    final = amount(show_final(measure, medium), measure.satuan)
    return f"{inline(measure)} sebesar {say_reached(measure, medium.target_akhir)} dari target {final}"


def _distance(measure: Measure, medium: MediumTerm) -> str:
    """`prevalensi stunting sebesar 15,25% dari target 13,60% (tingkat kemajuan 87,87 persen, masih perlu turun …)`."""
    progress = format_percent(medium.tingkat_kemajuan_pct)
    return f"{_on_the_way(measure, medium)} (tingkat kemajuan {progress} persen{_to_go(measure, medium)})"


def _to_go(measure: Measure, medium: MediumTerm) -> str:
    graded = measure.realisasi_teks or medium.target_akhir_teks or measure.polaritas not in _TOWARDS
    if graded or measure.realisasi is None or medium.target_akhir is None:
        return ""
    places = places_within(measure, medium.target_akhir)
    gap = difference(medium.target_akhir - measure.realisasi, measure.satuan, places)
    return f", masih perlu {_TOWARDS[Polaritas(measure.polaritas or '')]} {gap}"


def describe_standard(pairs: Sequence[Pair], others: int, turn: int) -> list[Passage]:
    """Analysis 4: which indicators meet the national standard, source by source; `others` have none."""
    known = [(m, x) for m, x in pairs if x.capaian_standar_pct is not None]
    sources = dict.fromkeys(x.sumber_standar or "" for _, x in known)
    passages = [p for s in sources for p in _by_source(s, [k for k in known if (k[1].sumber_standar or "") == s], turn)]
    if known and others:
        subject = "Satu indikator" if others == 1 else capitalize_first(f"{spell(others)} indikator")
        passages.append(Passage(f"{subject} lain pada sasaran ini tidak memiliki standar nasional yang tercatat."))
    return run_on(passages)


def _by_source(source: str, pairs: Sequence[Pair], turn: int) -> list[Passage]:
    meets = [_against(m, x) for m, x in pairs if (x.capaian_standar_pct or 0) >= FULL][:_NAMED]
    fails = [_against(m, x) for m, x in pairs if (x.capaian_standar_pct or 0) < FULL][:_NAMED]
    named = f"Standar nasional menurut {source}" if source else "Standar nasional"
    passages = []
    if meets:
        passages.append(list_or_run(f"{named} dipenuhi pada", f"{named} dipenuhi pada indikator berikut", meets))
    if fails:
        subject = named if not meets else ("Standar itu" if turn % 2 else "Standar tersebut")
        lead = f"{subject} belum dipenuhi pada"
        passages.append(list_or_run(lead, f"{lead} indikator berikut", fails))
    return passages


def _against(measure: Measure, medium: MediumTerm) -> str:
    standard = show_standard(measure, medium)
    reached = format_percent(medium.capaian_standar_pct)
    shown = f"{say_reached(measure, medium.standar_nasional)} terhadap standar {amount(standard, measure.satuan)}"
    return f"{inline(measure)} sebesar {shown} ({reached} persen)"
