"""Sentences built from figures: level, change, gap, met or missed. No cause is made up, no praise added."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import capitalize_first, format_figure, format_percent, format_rupiah
from pipelines.report.facets import SasaranView
from pipelines.report.funds import BudgetTotal
from pipelines.report.rows import Budget, Efficiency, History, Measure, MediumTerm, UnitRow
from pipelines.report.wording import (
    count_measured,
    is_turun,
    show_realisasi,
    show_status,
    show_target,
    show_value,
    through,
    with_unit,
)
from schemas.period import Periode
from schemas.vocabulary import StatusUkur

FULL = Decimal(100)
"""Capaian at which a target is met."""

_MEASURED = (
    "{nama} terealisasi {r} dari target {t}, atau dengan capaian {c} persen{k}; {hasil}.",
    "Realisasi {nama} mencapai {r}, sedangkan targetnya {t}; capaiannya {c} persen{k} dan {hasil}.",
    "Dari target {t}, {nama} terealisasi {r} sehingga capaiannya {c} persen{k}; {hasil}.",
)
_CHANGED = (
    "Dibandingkan dengan tahun {tahun}, realisasi {nama} {arah} dari {lalu} menjadi {kini}.",
    "Realisasi {nama} {arah}, yaitu dari {lalu} pada tahun {tahun} menjadi {kini} pada tahun ini.",
    "Pada tahun {tahun} realisasi {nama} sebesar {lalu}; tahun ini {kini}, atau {arah}.",
)
_MEDIUM = (
    "Terhadap target akhir {dokumen} ({t}), tingkat kemajuan {nama} sebesar {c} persen; target akhir itu {hasil}.",
    "Tingkat kemajuan {nama} sebesar {c} persen dari target akhir {dokumen} sebesar {t}, yang berarti {hasil}.",
)
_STANDARD = (
    "{nama} {hasil} standar nasional sebesar {s}{sumber}; capaiannya terhadap standar itu {c} persen.",
    "Dengan realisasi {r}, {nama} {hasil} standar nasional {s}{sumber}, atau {c} persen dari standar itu.",
)
_UNMEASURED = {
    StatusUkur.BELUM_TERSEDIA: "{nama} belum dapat diukur karena realisasinya belum tersedia.",
    StatusUkur.TIDAK_DITARGETKAN: "{nama} tidak ditargetkan pada periode ini.",
    StatusUkur.TIDAK_DAPAT_DIHITUNG: "Capaian {nama} tidak dapat dihitung dari target dan realisasi yang ada.",
}


def describe_measure(measure: Measure, turn: int) -> str:
    """One indicator against its target; `turn` picks the turn of phrase, so that neighbours differ."""
    nama = _name(measure)
    if not measure.terukur or measure.capaian_pct is None:
        status = StatusUkur(measure.status_ukur)
        sentence = _UNMEASURED.get(status, "{nama} belum memiliki capaian.")
        return capitalize_first(sentence.format(nama=nama))
    category = f" (kategori {measure.kategori})" if measure.kategori else ""
    sentence = _MEASURED[turn % len(_MEASURED)].format(
        nama=nama,
        r=with_unit(show_realisasi(measure), measure.satuan),
        t=with_unit(show_target(measure), measure.satuan),
        c=format_percent(measure.capaian_pct),
        k=category,
        hasil=_verdict(measure, measure.capaian_pct),
    )
    return capitalize_first(sentence)


def _name(measure: Measure) -> str:
    return (measure.indikator or f"indikator {measure.kode_indikator}").strip().rstrip(".")


def _verdict(measure: Measure, capaian: Decimal) -> str:
    """Met or missed, and by how much where both are plain figures."""
    if capaian > FULL:
        verdict = "target terlampaui"
    elif capaian == FULL:
        verdict = "target tercapai"
    else:
        verdict = f"target belum tercapai{_gap(measure)}"
    return f"{verdict} (semakin rendah semakin baik)" if is_turun(measure) else verdict


def _gap(measure: Measure) -> str:
    plain = measure.target_atas is None and not measure.realisasi_teks
    if not plain or measure.target is None or measure.realisasi is None:
        return ""
    gap = abs(measure.target - measure.realisasi)
    return f", dengan selisih {_amount(gap, measure.satuan)}" if gap else ""


def _amount(value: Decimal, satuan: str | None) -> str:
    """A difference with its unit; a difference of percentages is in percentage points."""
    if (satuan or "").casefold() in ("%", "persen"):
        return f"{format_figure(value)} poin persen"
    return with_unit(show_value(value, None, satuan), satuan)


def describe_sasaran(view: SasaranView) -> str:
    """The sasaran as a whole."""
    counted = count_measured(view.terukur, view.total)
    if view.capaian_pct is None:
        return f"Capaian sasaran ini belum dapat dihitung: {counted}."
    category = f", kategori {view.kategori}" if view.kategori else ""
    return f"Capaian sasaran ini {format_percent(view.capaian_pct)} persen{category} ({counted})."


def describe_unit(nama: str, periode: Periode, up: UnitRow | None, indicators: int) -> str:
    """The unit as a whole in a period; `indicators` counts what there is where nothing was rolled up."""
    counted = count_measured(up.indikator_terukur, up.indikator_total) if up else count_measured(0, indicators)
    if up is None or up.capaian_pct is None:
        return f"Capaian kinerja {nama} pada {periode.label} belum dapat dihitung: {counted}."
    category = f" dengan kategori {up.kategori}" if up.kategori else ""
    capaian = format_percent(up.capaian_pct)
    return f"Capaian kinerja {nama} pada {periode.label} sebesar {capaian} persen{category}, {counted}."


def describe_outcomes(measures: Sequence[Measure]) -> str:
    """How many indicators exceeded, met and missed their targets, and how many have no capaian."""
    figures = [m.capaian_pct for m in measures if m.terukur and m.capaian_pct is not None]
    untargeted = sum(m.status_ukur == StatusUkur.TIDAK_DITARGETKAN for m in measures)
    counts = (
        (sum(f > FULL for f in figures), "melampaui target"),
        (sum(f == FULL for f in figures), "tepat mencapai target"),
        (sum(f < FULL for f in figures), "belum mencapai target"),
        (len(measures) - len(figures) - untargeted, "belum memiliki capaian"),
        (untargeted, "tidak ditargetkan pada periode ini"),
    )
    parts = [f"{count} indikator {what}" for count, what in counts if count]
    return f"Rinciannya: {join_words(parts)}." if parts else "Belum ada indikator yang tercatat."


def join_words(parts: Sequence[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def describe_change(measure: Measure, earlier: History, turn: int) -> str | None:
    """Realisasi against an earlier year; None where one of the two is missing."""
    if measure.realisasi is None or earlier.realisasi is None:
        return None
    sentence = _CHANGED[turn % len(_CHANGED)].format(
        nama=_name(measure),
        tahun=earlier.tahun_lalu,
        lalu=with_unit(show_value(earlier.realisasi, earlier.realisasi_teks, measure.satuan), measure.satuan),
        kini=with_unit(show_realisasi(measure), measure.satuan),
        arah=_direction(measure.realisasi - earlier.realisasi, measure.satuan, graded=bool(measure.realisasi_teks)),
    )
    return capitalize_first(sentence)


def _direction(change: Decimal, satuan: str | None, *, graded: bool) -> str:
    if change == 0:
        return "tidak berubah"
    word = "naik" if change > 0 else "turun"
    return word if graded else f"{word} {_amount(abs(change), satuan)}"


def describe_medium(measure: Measure, medium: MediumTerm, turn: int) -> str | None:
    """Where the year stands on the way to the target of Renstra or RPJMD; None where that cannot be said."""
    if medium.tingkat_kemajuan_pct is None:
        return None
    target = with_unit(show_value(medium.target_akhir, medium.target_akhir_teks, measure.satuan), measure.satuan)
    sentence = _MEDIUM[turn % len(_MEDIUM)].format(
        nama=_name(measure),
        dokumen=" ".join(str(x) for x in (medium.dokumen, medium.tahun_akhir) if x) or "jangka menengah",
        t=target,
        c=format_percent(medium.tingkat_kemajuan_pct),
        hasil="sudah tercapai" if medium.tingkat_kemajuan_pct >= FULL else "belum tercapai",
    )
    return capitalize_first(sentence)


def describe_standard(measure: Measure, medium: MediumTerm, turn: int) -> str | None:
    """The year against the national standard; None where that cannot be said."""
    if medium.capaian_standar_pct is None:
        return None
    standard = show_value(medium.standar_nasional, medium.standar_nasional_teks, measure.satuan)
    sentence = _STANDARD[turn % len(_STANDARD)].format(
        nama=_name(measure),
        hasil="memenuhi" if medium.capaian_standar_pct >= FULL else "belum memenuhi",
        s=with_unit(standard, measure.satuan),
        sumber=f" ({medium.sumber_standar})" if medium.sumber_standar else "",
        r=with_unit(show_realisasi(measure), measure.satuan),
        c=format_percent(medium.capaian_standar_pct),
    )
    return capitalize_first(sentence)


def describe_efficiency(row: Efficiency) -> str:
    """Capaian beside serapan; the word efisien only as the mart gives it."""
    if row.capaian_pct is None or row.serapan_pct is None:
        return "Efisiensi belum dapat dinilai karena capaian atau serapan anggarannya belum tersedia."
    assessed = f"; penggunaan anggaran pada sasaran ini {row.penilaian}" if row.penilaian else ""
    return (
        f"Capaian sasaran {format_percent(row.capaian_pct)} persen, sedangkan serapan anggaran pendukungnya "
        f"{format_percent(row.serapan_pct)} persen ({format_rupiah(row.realisasi_rp)} dari "
        f"{format_rupiah(row.pagu_rp)}). Selisih keduanya {format_percent(row.selisih_pct)} poin persen{assessed}."
    )


def describe_budget(nama: str, periode: Periode, total: BudgetTotal) -> str:
    """The budget of a unit, realisasi since January."""
    if total.realisasi_rp is None:
        return f"Pagu anggaran {nama} sebesar {format_rupiah(total.pagu_rp)}; realisasinya belum tersedia."
    share = f" atau {format_percent(total.serapan_pct)} persen" if total.serapan_pct is not None else ""
    return (
        f"{capitalize_first(through(periode))}, realisasi anggaran {nama} sebesar {format_rupiah(total.realisasi_rp)}"
        f"{share} dari pagu {format_rupiah(total.pagu_rp)}."
    )


def describe_programs(programs: Sequence[Budget]) -> str | None:
    """Programs by serapan: the highest and the lowest; None where there is nothing to compare."""
    known = [(p.serapan_pct, p) for p in programs if p.serapan_pct is not None]
    if len(known) < 2:
        return None
    high, low = max(known, key=lambda x: x[0]), min(known, key=lambda x: x[0])
    if high[0] == low[0]:
        return None
    return (
        f"Serapan tertinggi pada {high[1].uraian or high[1].kode} ({format_percent(high[0])} persen) dan terendah "
        f"pada {low[1].uraian or low[1].kode} ({format_percent(low[0])} persen)."
    )


def unmeasured_note(measures: Sequence[Measure]) -> str | None:
    """Which indicators have no capaian and why; None where all have one."""
    missing = [f"{_name(m)} ({show_status(m).lower()})" for m in measures if not m.terukur]
    return f"Belum memiliki capaian: {join_words(missing)}." if missing else None
