"""How figures are worded: a value with its unit, a target, a count, a category with its tone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import (
    ABSENT,
    capitalize_first,
    format_figure,
    format_percent,
    format_rupiah,
    places_apart,
    places_of,
    roman,
    spell,
    spell_all,
)
from pipelines.report.blocks import Cell, Tone
from pipelines.report.model import PemdaFacts
from pipelines.report.rows import Budget, BudgetTotal, Efficiency, Measure, MediumTerm, PkRow
from schemas.period import Periode
from schemas.vocabulary import LABELS, Polaritas, StatusUkur

_TONES: tuple[Tone, ...] = ("best", "good", "middle", "low", "worst")
_RUPIAH = frozenset({"rp", "rp.", "rupiah"})
_PERCENT = frozenset({"%", "persen"})
_USUAL = 2
"""Decimals with which a target is usually agreed."""
_FINE = 4
"""So many of a realisasi beside a target that was agreed more exactly."""
CAME_IN = "Dalam kurung: triwulan yang masuk, bila tidak seluruhnya terukur setiap triwulan."


def join_words(parts: Sequence[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def show_value(value: Decimal | None, teks: str | None, satuan: str | None, places: int = 2) -> str:
    """A target or realisasi in a table: as written where it is a grade, rupiah as rupiah."""
    if teks and (value is None or not _is_figure(teks)):
        return teks
    return format_rupiah(value) if (satuan or "").casefold() in _RUPIAH else format_figure(value, places)


def _is_figure(teks: str) -> bool:
    """Whether a text is only a figure as typed: then the exact figure is printed instead of the typing."""
    return all(ch in "0123456789.,- %Rp" for ch in teks)


def show_target(measure: Measure) -> str:
    """The target of a measure, a range with both bounds."""
    bounds = (measure.target, measure.target_atas)
    return show_bounded(*bounds, measure.target_teks, measure.satuan, measure.realisasi)


def show_annual_target(row: PkRow) -> str:
    """The target of the year in the PK."""
    return show_bounded(row.target_tahunan, row.target_tahunan_atas, row.target_tahunan_teks, row.satuan)


def show_bounded(
    low: Decimal | None, high: Decimal | None, teks: str | None, satuan: str | None, beside: Decimal | None = None
) -> str:
    """A target by its parts, with all its digits: a range with both bounds, a grade as written.

    `beside`: the realisasi it is compared with.
    """
    places = places_beside(beside, low, high)
    if low is not None and high is not None:
        return f"{show_value(low, None, satuan, places)}–{show_value(high, None, satuan, places)}"
    return show_value(low, teks, satuan, places)


def show_realisasi(measure: Measure, *targets: Decimal | None) -> str:
    """The realisasi of a measure with as many decimals as it needs beside its target, and beside other `targets`."""
    return show_value(measure.realisasi, measure.realisasi_teks, measure.satuan, places_within(measure, *targets))


def places_within(measure: Measure, *targets: Decimal | None) -> int:
    """The decimals of the realisasi of a measure and of what it differs by from its target, or from other `targets`."""
    return places_beside(measure.realisasi, measure.target, measure.target_atas, *targets)


def places_beside(realisasi: Decimal | None, *targets: Decimal | None) -> int:
    """The decimals of targets and of the realisasi beside them: those of the targets, more where it seems another.

    A target that was agreed more exactly than usual stands beside a realisasi as exact, for capaian is computed of it.
    """
    known = [t for t in targets if t is not None]
    least = max(map(places_of, known), default=2)
    if realisasi is None:
        return least
    return places_apart(realisasi, known, max(least, min(places_of(realisasi), _FINE)) if least > _USUAL else least)


def places_since(measure: Measure, earlier: Decimal | None) -> int:
    """The decimals of the realisasi of a measure beside that of an `earlier` year, and of what it changed by."""
    least, now = places_within(measure), measure.realisasi
    return least if now is None or earlier is None else places_apart(now, (earlier,), least)


def show_final(measure: Measure, medium: MediumTerm) -> str:
    """The target of the last year of Renstra or RPJMD."""
    low = medium.target_akhir
    return show_value(low, medium.target_akhir_teks, measure.satuan, places_within(measure, low))


def show_standard(measure: Measure, medium: MediumTerm) -> str:
    """The national standard."""
    low = medium.standar_nasional
    return show_value(low, medium.standar_nasional_teks, measure.satuan, places_within(measure, low))


def resting_on(quarters: str) -> str:
    """The same as a sentence or a card adds it to a count: `; data TW I saja`."""
    return f"; data {quarters}" if quarters else ""


def in_brackets(quarters: str | None) -> str:
    """The same below a name or a count in a table; its note is `CAME_IN`."""
    return f"\n({quarters})" if quarters else ""


def since(measure: Measure) -> str:
    """Of figures that hold unmeasured quarters before their period, from which on: `terhitung sejak Triwulan II`."""
    return f"terhitung sejak Triwulan {roman(measure.sejak_tw)}" if measure.sejak_tw else ""


def target_key(low: Decimal | None, high: Decimal | None, teks: str | None) -> object:
    """What makes two targets one: a grade as written, whatever figure its scale gives it; otherwise the exact bounds.

    None where there is no target.
    """
    if teks and high is None and not _is_figure(teks):
        return " ".join(teks.split()).casefold()
    return None if low is None and high is None else (low, high)


def with_unit(shown: str, satuan: str | None) -> str:
    """A shown value with its unit, as a sentence has it: `98,50%`, `12 dokumen`, `Rp1.000`."""
    unit = (satuan or "").strip()
    if shown == ABSENT or not unit or unit.casefold() in _RUPIAH or not shown[:1].isdigit():
        return shown
    return f"{shown}%" if unit.casefold() in _PERCENT else f"{shown} {unit[:1].lower() + unit[1:]}"


def show_status(measure: Measure) -> str:
    """Why there is no capaian; of a realisasi that came and is not counted, where that is told."""
    if not measure.tertahan:
        return LABELS[StatusUkur(measure.status_ukur)]
    return f"{capitalize_first(join_words(_states(measure)))}\n(lihat temuan {_codes(measure)})"


_WITHHELD = {
    "ditahan": "barisnya ditahan",
    "tergabung": "selnya tergabung dengan sel lain",
    "mungkin": "baris yang mungkin memuatnya ditahan",
    "belum_dihitung": "isiannya belum dapat dipakai",
}
"""What keeps a realisasi that came from being counted."""


def say_withheld(measure: Measure) -> str:
    """The same within a sentence: `barisnya ditahan (lihat temuan CAP-001)`; empty where nothing came."""
    return f"{join_words(_states(measure))} (lihat temuan {_codes(measure)})" if measure.tertahan else ""


def _states(measure: Measure) -> list[str]:
    return [words for sebab, words in _WITHHELD.items() if any(w.sebab == sebab for w in measure.tertahan)]


def _codes(measure: Measure) -> str:
    quarters = sorted({w.triwulan for w in measure.tertahan})
    when = f" pada TW {join_words([roman(q) for q in quarters])}" if "TW" not in measure.periode else ""
    return f"{join_words(sorted({w.kode for w in measure.tertahan}))}{when}"


def kategori_tone(pemda: PemdaFacts, kategori: str | None) -> Tone:
    """The tone of a category by its place in the scale in use; none for a category the scale does not know."""
    names = [band.kategori for band in pemda.skala]
    if kategori not in names:
        return "none"
    return _TONES[round(names.index(kategori) * (len(_TONES) - 1) / max(1, len(names) - 1))]


def kategori_cell(pemda: PemdaFacts, kategori: str | None) -> Cell:
    """A category as a table shows it."""
    return Cell(kategori or ABSENT, kategori_tone(pemda, kategori))


def outcome_cell(pemda: PemdaFacts, measure: Measure) -> Cell:
    """The category of a measure, or why there is none."""
    return kategori_cell(pemda, measure.kategori) if measure.terukur else Cell(show_status(measure))


def count_measured(terukur: int, total: int) -> str:
    """`3 dari 4 indikator yang ditargetkan terukur`, in words that fit the count."""
    if total == 0:
        return "tidak ada indikator yang ditargetkan"
    if total == 1:
        return f"satu-satunya indikator yang ditargetkan {'terukur' if terukur else 'belum terukur'}"
    if terukur == 0:
        return f"belum satu pun dari {spell(total)} indikator yang ditargetkan terukur"
    if terukur == total:
        return f"{spell_all(total)} indikator yang ditargetkan terukur"
    return f"{spell(terukur)} dari {spell(total)} indikator yang ditargetkan terukur"


def percent_or_absent(value: Decimal | None) -> str:
    """A percentage with its sign for a large figure; `–` where there is none."""
    return ABSENT if value is None else f"{format_percent(value)}%"


def budget_share(total: BudgetTotal | None) -> str:
    """The serapan of a unit for a large figure."""
    return percent_or_absent(total.serapan_pct if total else None)


def read_part(row: Budget | BudgetTotal | Efficiency) -> str:
    """Of which sub kegiatan alone realisasi is known: `22 dari 28 sub kegiatan`; empty where of all or of none."""
    read, whole = row.sub_kegiatan_terbaca, row.sub_kegiatan_total
    return f"{read} dari {whole} sub kegiatan" if 0 < read < whole else ""


def spent_of(pagu: Decimal | None, part: str) -> str:
    """Below the name of a row that shows the whole pagu: of which pagu its serapan is the share, if not of all."""
    return f"\n(serapan atas pagu {format_rupiah(pagu)}: {part})" if part else ""


def is_turun(measure: Measure) -> bool:
    """Whether lower is better."""
    return measure.polaritas == Polaritas.TURUN


def through(periode: Periode) -> str:
    """Up to when a budget is spent, which is counted since January: `sampai dengan Triwulan II Tahun 2025`."""
    return f"pada {periode.label}" if periode.jenis == "tahun" else f"sampai dengan {periode.label}"
