"""What the marts say for or against a statement of the Checklist Reviu; where they say nothing, a person judges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.report.facets import narratives_of, open_findings, sasaran_views, silent_senders, submissions
from pipelines.report.funds import unit_budget
from pipelines.report.model import KABUPATEN, Facts
from pipelines.report.narrative import join_words, missing_columns
from pipelines.report.rows import Measure
from schemas.period import tahun_period
from schemas.vocabulary import Bagian, StatusUkur


@dataclass(frozen=True)
class Proof:
    """Whether the data bear a statement out, and by which figures."""

    holds: bool
    figures: str


def measures_of(facts: Facts) -> list[Measure]:
    """The indicators of the bupati in the year."""
    return [m for v in sasaran_views(facts, KABUPATEN, tahun_period(facts.tahun)) for m in v.measures]


def _key_data(facts: Facts) -> Proof:
    known = {
        "gambaran umum": bool(facts.texts.get((KABUPATEN, Bagian.GAMBARAN_UMUM))),
        "perjanjian kinerja": bool(facts.agreed.get(KABUPATEN)),
        "anggaran": unit_budget(facts, KABUPATEN, tahun_period(facts.tahun)) is not None,
    }
    return _each(known)


def _each(known: Mapping[str, bool]) -> Proof:
    missing = [name for name, there in known.items() if not there]
    present = [name for name, there in known.items() if there]
    words = [f"tersedia: {join_words(present)}" if present else "", f"belum: {join_words(missing)}" if missing else ""]
    return Proof(not missing, "; ".join(w for w in words if w))


def _targets(facts: Facts) -> Proof:
    rows = facts.agreed.get(KABUPATEN, ())
    with_target = sum(a.target_tahunan is not None or bool(a.target_tahunan_teks) for a in rows)
    return _share(with_target, len(rows), "indikator bertarget")


def _share(part: int, whole: int, what: str) -> Proof:
    return Proof(part == whole > 0, f"{part} dari {whole} {what}")


def _measured(facts: Facts) -> Proof:
    due = [m for m in measures_of(facts) if m.status_ukur != StatusUkur.TIDAK_DITARGETKAN]
    return _share(sum(m.terukur for m in due), len(due), "indikator yang ditargetkan terukur")


def _annexes(facts: Facts) -> Proof:
    measured = bool(measures_of(facts))
    return _each({
        "perjanjian kinerja": bool(facts.agreed.get(KABUPATEN)),
        "pengukuran triwulanan": measured,
        "cascading": measured,
        "sumber data": bool(submissions(facts, KABUPATEN, tahun_period(facts.tahun))),
    })  # fmt: skip


def _improvements(facts: Facts) -> Proof:
    steps = len(facts.texts.get((KABUPATEN, Bagian.LANGKAH), ()))
    told = sum(f.tindak_lanjut is not None for f in facts.followups.get(KABUPATEN, ()))
    words = f"{steps} langkah ke depan tercatat; {told} rekomendasi tahun lalu telah dijelaskan tindak lanjutnya"
    return Proof(steps > 0, words)


def _money(facts: Facts) -> Proof:
    spent = [unit_budget(facts, s.kode_skpd, tahun_period(facts.tahun)) for s in facts.senders]
    told = sum(total is not None and total.realisasi_rp is not None for total in spent)
    return _share(told, len(spent), "SKPD dengan realisasi anggaran")


def _complete(facts: Facts) -> Proof:
    silent = [s.singkatan for s in facts.senders if any(s in silent_senders(facts, q) for q in (1, 2, 3, 4))]
    if not silent:
        return Proof(holds=True, figures=f"{len(facts.senders)} SKPD mengirim data keempat triwulan")
    return Proof(holds=False, figures=f"data tidak lengkap keempat triwulan: {join_words(silent)}")


def _delivery(facts: Facts) -> Proof:
    sent = submissions(facts, KABUPATEN, tahun_period(facts.tahun))
    units = len({s.kode_skpd for s in sent})
    return Proof(bool(sent), f"{len(sent)} buku kerja dari {units} SKPD tercatat beserta waktu terima dan sidik isinya")


def _own_agreement(facts: Facts) -> Proof:
    count = len(facts.agreed.get(KABUPATEN, ()))
    return Proof(
        count > 0, f"capaian kabupaten dihitung dari {count} indikator perjanjian kinerja kepala daerah sendiri"
    )


def _same_sasaran(facts: Facts) -> Proof:
    agreed = {a.sasaran for a in facts.agreed.get(KABUPATEN, ())}
    shown = {m.sasaran for m in measures_of(facts)}
    return Proof(bool(agreed) and agreed == shown, f"{len(agreed & shown)} dari {len(agreed | shown)} sasaran sama")


def _same_targets(facts: Facts) -> Proof:
    agreed = {
        a.kode_indikator: (a.target_tahunan, a.target_tahunan_atas, a.target_tahunan_teks)
        for a in facts.agreed.get(KABUPATEN, ())
    }
    shown = {m.kode_indikator: m for m in measures_of(facts)}
    same = sum(kode in shown and _target(shown[kode])[:2] == target[:2] for kode, target in agreed.items())
    return _share(same, len(agreed.keys() | shown.keys()), "target indikator sama")


def _target(measure: Measure) -> tuple[object, object]:
    return measure.target, measure.target_atas


def _comparisons(facts: Facts) -> Proof:
    measures = measures_of(facts)
    before = sum(bool(facts.history.get((KABUPATEN, m.kode_indikator))) for m in measures)
    goals = [facts.medium.get((KABUPATEN, m.kode_indikator)) for m in measures]
    standards = sum(g is not None and (g.standar_nasional is not None or bool(g.standar_nasional_teks)) for g in goals)
    words = (
        f"{before} dari {len(measures)} indikator dibandingkan dengan tahun lalu, {standards} dengan standar nasional"
    )
    return Proof(before == len(measures) > 0 and standards > 0, words)


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
    levels = [f.tingkat for unit in (KABUPATEN, *facts.skpd) for f in open_findings(facts, unit, periode)]
    measures = measures_of(facts)
    told = sum(not missing_columns(m, narratives_of(facts, KABUPATEN, m, periode)) for m in measures)
    goals = sum((KABUPATEN, m.kode_indikator) in facts.medium for m in measures)
    views = sasaran_views(facts, KABUPATEN, periode)
    return {
        "penyusun": facts.pemda.unit_penyusun,
        "temuan": f"{levels.count('error')} kesalahan dan {levels.count('warning')} peringatan",
        "dijelaskan": f"{told} dari {len(measures)} indikator",
        "jangka_menengah": f"{goals} dari {len(measures)} indikator",
        "per_sasaran": f"{len(measures)} indikator mengukur {len(views)} sasaran",
    }
