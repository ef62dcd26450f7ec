"""What the marts say for or against a statement of the Checklist Reviu; where they say nothing, a person judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.numerals import capitalize_first
from pipelines.report.chapters.agreed import documents
from pipelines.report.facets import (
    is_returned,
    narratives_of,
    sasaran_views,
    silent_senders,
    submissions,
    unit_quarters,
)
from pipelines.report.found import findings_under, is_idle
from pipelines.report.funds import unit_budget, whole_budgets
from pipelines.report.model import KABUPATEN, Facts
from pipelines.report.narrative import LABELS_OF, join_words, latest
from pipelines.report.narrative.words import join_phrases
from pipelines.report.office_rows import AgreedRow
from pipelines.report.rows import BudgetTotal, Measure, MediumTerm, Narrative, Skpd
from pipelines.report.wording import resting_on, target_key
from schemas.period import Periode, tahun_period
from schemas.vocabulary import Bagian, StatusUkur


@dataclass(frozen=True)
class Proof:
    """Whether the data bear a statement out, and by which figures."""

    holds: bool
    figures: str


def measures_of(facts: Facts) -> list[Measure]:
    """The indicators of the bupati in the year."""
    return [m for v in sasaran_views(facts, KABUPATEN, tahun_period(facts.tahun)) for m in v.measures]


def agreed_in_force(facts: Facts) -> list[AgreedRow]:
    """The bupati's PK as the year ended: what a later document replaced is no longer agreed."""
    last = documents(facts, KABUPATEN)[-1]
    return [a for a in facts.agreed.get(KABUPATEN, ()) if a.dokumen_pk == last]


def _key_data(facts: Facts) -> Proof:
    total = unit_budget(facts, KABUPATEN, tahun_period(facts.tahun))
    known = {
        "gambaran umum": bool(facts.texts.get((KABUPATEN, Bagian.GAMBARAN_UMUM))),
        "perjanjian kinerja": bool(agreed_in_force(facts)),
        "anggaran": total is not None and total.pagu_rp is not None,
    }
    return _each(known)


def _each(known: Mapping[str, bool]) -> Proof:
    missing = [name for name, there in known.items() if not there]
    present = [name for name, there in known.items() if there]
    words = [f"tersedia: {join_words(present)}" if present else "", f"belum: {join_words(missing)}" if missing else ""]
    return Proof(not missing, "; ".join(w for w in words if w))


def _share(part: int, whole: int, noun: str, what: str) -> Proof:
    """A statement about all of them holds where it is true of each, and there are any."""
    if not whole:
        return Proof(holds=False, figures=f"belum ada {noun}")
    return Proof(part == whole, f"{part} dari {whole} {noun} {what}")


def _targets(facts: Facts) -> Proof:
    rows = agreed_in_force(facts)
    return _share(sum(_target_of(a) is not None for a in rows), len(rows), "indikator perjanjian kinerja", "bertarget")


def _measured(facts: Facts) -> Proof:
    due = [m for m in measures_of(facts) if m.status_ukur != StatusUkur.TIDAK_DITARGETKAN]
    came = resting_on(unit_quarters(facts, KABUPATEN, tahun_period(facts.tahun)))
    return _share(sum(m.terukur for m in due), len(due), "indikator yang ditargetkan", f"terukur{came}")


def _annexes(facts: Facts) -> Proof:
    there = bool(measures_of(facts))
    return _each({
        "perjanjian kinerja": bool(agreed_in_force(facts)),
        "pengukuran triwulanan": there,
        "cascading": there,
        "sumber data": bool(submissions(facts, KABUPATEN, tahun_period(facts.tahun))),
    })  # fmt: skip


def _improvements(facts: Facts) -> Proof:
    steps, advice = len(facts.texts.get((KABUPATEN, Bagian.LANGKAH), ())), facts.followups.get(KABUPATEN, ())
    told = sum(f.tindak_lanjut is not None for f in advice)
    words = f"{told} dari {len(advice)} rekomendasi tahun lalu telah dijelaskan tindak lanjutnya"
    rest = words if advice else "tidak ada rekomendasi tahun lalu yang tercatat"
    return Proof(steps > 0 and told == len(advice), f"{steps} langkah ke depan tercatat; {rest}")


def _money(facts: Facts) -> Proof:
    spent = [total for _, total in whole_budgets(facts, tahun_period(facts.tahun))]
    told = sum(total is not None and _is_complete(total) for total in spent)
    return _share(told, len(spent), "SKPD", "dengan realisasi seluruh anggarannya")


def _is_complete(total: BudgetTotal) -> bool:
    """Whether what was spent is known, and of every sub kegiatan."""
    return total.realisasi_rp is not None and total.sub_kegiatan_terbaca == total.sub_kegiatan_total


def _complete(facts: Facts) -> Proof:
    quarters, silent = tahun_period(facts.tahun).triwulan, [s.nama_skpd for s in _silent(facts)]
    returned = [s.nama_skpd for s in facts.senders if any(is_returned(facts, s.kode_skpd, q) for q in quarters)]
    lacks = [f"data tidak lengkap keempat triwulan: {join_phrases(silent)}"] if silent else []
    lacks += [f"buku kerja yang dikembalikan belum diperbaiki: {join_phrases(returned)}"] if returned else []
    if lacks:
        return Proof(holds=False, figures=". ".join(map(capitalize_first, lacks)))
    count = len(facts.senders)
    return _share(count, count, "SKPD", "mengirim data keempat triwulan, tanpa kesalahan yang tersisa")


def _silent(facts: Facts) -> list[Skpd]:
    """Of whom some quarter of the year has no data."""
    quarters = tahun_period(facts.tahun).triwulan
    return [s for s in facts.senders if any(s in silent_senders(facts, q) for q in quarters)]


def _delivery(facts: Facts) -> Proof:
    sent = submissions(facts, KABUPATEN, tahun_period(facts.tahun))
    units, known = {s.kode_skpd for s in sent}, facts.senders
    lacking = any(s.kode_skpd in units for s in _silent(facts))
    some = ", sekurangnya untuk satu triwulan" if lacking else ""
    told = _share(sum(s.kode_skpd in units for s in known), len(known), "SKPD", f"telah mengirim buku kerja{some}")
    count = sum(not is_idle(facts, s.kode_skpd, s.triwulan) for s in sent)
    used = f"{count} buku kerja yang dipakai tercatat beserta waktu terima dan sidik isinya"
    return Proof(told.holds, f"{told.figures}; {used}")


def _own_agreement(facts: Facts) -> Proof:
    agreed, shown = {a.kode_indikator for a in agreed_in_force(facts)}, {m.kode_indikator for m in measures_of(facts)}
    what = "menjadi dasar capaian kabupaten, bukan gabungan capaian SKPD"
    return _share(len(agreed & shown), len(agreed | shown), "indikator perjanjian kinerja kepala daerah", what)


def _same_sasaran(facts: Facts) -> Proof:
    agreed = {a.sasaran for a in agreed_in_force(facts)}
    shown = {m.sasaran for m in measures_of(facts)}
    return _share(len(agreed & shown), len(agreed | shown), "sasaran", "sama")


def _same_targets(facts: Facts) -> Proof:
    agreed = {a.kode_indikator: _target_of(a) for a in agreed_in_force(facts)}
    shown = {m.kode_indikator: target_key(m.target, m.target_atas, m.target_teks) for m in measures_of(facts)}
    same = sum(target is not None and shown.get(kode) == target for kode, target in agreed.items())
    return _share(same, len(agreed.keys() | shown.keys()), "target indikator", "sama")


def _target_of(row: AgreedRow) -> object:
    return target_key(row.target_tahunan, row.target_tahunan_atas, row.target_tahunan_teks)


def _comparisons(facts: Facts) -> Proof:
    measures = measures_of(facts)
    before = sum(_known_last_year(facts, m) for m in measures)
    standards = sum(_has_standard(facts.medium.get((KABUPATEN, m.kode_indikator))) for m in measures)
    told = _share(before, len(measures), "indikator", "dibandingkan dengan tahun lalu")
    words = f"{told.figures}, {standards} dengan standar nasional" if measures else told.figures
    return Proof(told.holds and standards == len(measures), words)


def _known_last_year(facts: Facts, measure: Measure) -> bool:
    years = facts.history.get((KABUPATEN, measure.kode_indikator), ())
    last = [h for h in years if h.tahun_lalu == facts.tahun - 1]
    return any(h.realisasi is not None or h.realisasi_teks for h in last)


def _has_standard(goal: MediumTerm | None) -> bool:
    return goal is not None and (goal.standar_nasional is not None or bool(goal.standar_nasional_teks))


PROOFS: Mapping[str, Callable[[Facts], Proof]] = {
    "data_penting": _key_data,
    "target": _targets,
    "capaian": _measured,
    "lampiran": _annexes,
    "perbaikan": _improvements,
    "keuangan": _money,
    "data_memadai": _complete,
    "penyampaian": _delivery,
    "bukan_gabungan": _own_agreement,
    "sasaran": _same_sasaran,
    "target_pk": _same_targets,
    "perbandingan": _comparisons,
}
"""Key in `checklist.toml` → what decides it."""


def hints(facts: Facts) -> Mapping[str, str]:
    """Figures that guide whoever judges."""
    periode = tahun_period(facts.tahun)
    levels = [f.tingkat for f in findings_under(facts, KABUPATEN, periode)]
    measures = measures_of(facts)
    told = sum(any(latest(written, c) for c in LABELS_OF) for written in _written(facts, measures, periode))
    goals = sum(_has_goal(facts.medium.get((KABUPATEN, m.kode_indikator))) for m in measures)
    views = sasaran_views(facts, KABUPATEN, periode)
    return {
        "penyusun": facts.pemda.unit_penyusun,
        "temuan": f"{levels.count('error')} kesalahan dan {levels.count('warning')} peringatan",
        "dijelaskan": f"{told} dari {len(measures)} indikator",
        "jangka_menengah": f"{goals} dari {len(measures)} indikator",
        "per_sasaran": f"{len(measures)} indikator mengukur {len(views)} sasaran",
    }


def _written(facts: Facts, measures: Sequence[Measure], periode: Periode) -> Iterator[Sequence[Narrative]]:
    return (narratives_of(facts, KABUPATEN, m, periode) for m in measures)


def _has_goal(goal: MediumTerm | None) -> bool:
    return goal is not None and (goal.target_akhir is not None or bool(goal.target_akhir_teks))
