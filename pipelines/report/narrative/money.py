"""Money: serapan of a unit, programs behind a sasaran, efficiency."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.numerals import capitalize_first, format_percent, format_rupiah, roman, spell
from pipelines.report.narrative.outcomes import FULL
from pipelines.report.narrative.words import program_name
from pipelines.report.rows import Budget, BudgetTotal, Efficiency
from pipelines.report.wording import join_words, read_part, through
from schemas.period import Periode
from schemas.vocabulary import Level


def describe_budget(
    nama: str, periode: Periode, total: BudgetTotal, part: str, last: tuple[int, BudgetTotal] | None
) -> str:
    """The budget of a unit, realisasi since January; `part`: of which part alone it is known, empty for all.

    `last`: where it is not known up to the end of the period, up to which quarter it is, and how much that was.
    """
    if total.realisasi_rp is None:
        pagu = f"Pagu anggaran {nama} sebesar {format_rupiah(total.pagu_seluruh_rp)}"
        return f"{pagu}; {_up_to(*last) if last else 'realisasinya belum tersedia'}."
    whole = (
        f" yang realisasinya ada ({part}); pagu yang tercatat seluruhnya {format_rupiah(total.pagu_seluruh_rp)}"
        if part
        else ""
    )
    share = f" atau {format_percent(total.serapan_pct)} persen" if total.serapan_pct is not None else ""
    return (
        f"{capitalize_first(through(periode))}, realisasi anggaran {nama} sebesar {format_rupiah(total.realisasi_rp)}"
        f"{share} dari pagu {format_rupiah(total.pagu_rp)}{whole}."
    )


def _up_to(quarter: int, total: BudgetTotal) -> str:
    """`realisasi yang masuk Rp400 atau 40,00 persen dari pagu Rp1.000 (data TW I saja)`."""
    share = f" atau {format_percent(total.serapan_pct)} persen" if total.serapan_pct is not None else ""
    part = f" atas {read_part(total)}" if read_part(total) else ""
    until = f"data {'sampai dengan ' if quarter > 1 else ''}TW {roman(quarter)} saja"
    spent = f"realisasi yang masuk {format_rupiah(total.realisasi_rp)}{share}"
    return f"{spent} dari pagu {format_rupiah(total.pagu_rp)}{part} ({until})"


def describe_programs(rows: Sequence[Budget], among: str = "") -> str | None:
    """Rows by serapan: the highest and the lowest; None where there is nothing to compare.

    `among`: what they are, where that is not what the text speaks of.
    """
    known = [(p.serapan_pct, p) for p in rows if p.serapan_pct is not None]
    if len(known) < 2:
        return None
    high, low = max(known, key=lambda x: x[0]), min(known, key=lambda x: x[0])
    if format_percent(high[0]) == format_percent(low[0]):
        return None
    extremes = (
        f"serapan tertinggi pada {program_name(high[1])} ({_share(high[1])}) dan terendah pada "
        f"{program_name(low[1])} ({_share(low[1])})."
    )
    return capitalize_first(f"{among}, {extremes}" if among else extremes)


def _share(row: Budget) -> str:
    """The serapan of a row, with the part of it that alone is known: `40,00 persen atas 2 dari 3 sub kegiatan`."""
    return f"{format_percent(row.serapan_pct)} persen{_of_part(row)}"


def _of_part(row: Budget | Efficiency) -> str:
    return f" atas {read_part(row)} yang realisasinya ada" if read_part(row) else ""


def describe_support(rows: Sequence[Budget], by: str = "") -> str:
    """Analysis 7: the programs behind a sasaran, the largest of them, and their serapan."""
    programs = [b for b in rows if b.level == Level.PROGRAM]
    kegiatan = [b for b in rows if b.level == Level.KEGIATAN]
    counted = join_words(
        [f"{spell(len(n))} {word}" for n, word in ((programs, "program"), (kegiatan, "kegiatan")) if n]
    )
    sentences = [f"Sasaran ini ditunjang oleh {counted}{by}."]
    funded = [(b.pagu_seluruh_rp, b) for b in kegiatan if b.pagu_seluruh_rp]
    if len(funded) > 1:
        pagu, largest = max(funded, key=lambda x: x[0])
        share = f" dengan serapan {_share(largest)}" if largest.serapan_pct is not None else ""
        sentences.append(
            f"Pagu terbesar terdapat pada kegiatan {program_name(largest)}, yaitu {format_rupiah(pagu)}{share}."
        )
    elif funded:
        pagu, only = funded[0]
        share = f" dan terserap {_share(only)}" if only.serapan_pct is not None else ""
        sentences.append(f"Kegiatan {program_name(only)} berpagu {format_rupiah(pagu)}{share}.")
    said = describe_programs(kegiatan)
    return " ".join([*sentences, *([said] if said else [])])


def describe_efficiency(row: Efficiency, whose: str = "") -> str:
    """Capaian beside serapan, and what stands against the word efisien; `whose` names the SKPD in another report."""
    subject = f"sasaran “{row.sasaran}” pada {whose}" if whose else "sasaran ini"
    if row.capaian_pct is None or row.serapan_pct is None:
        return f"Efisiensi pada {subject} belum dapat dinilai karena capaian atau serapan anggarannya belum tersedia."
    return (
        f"{capitalize_first(subject)} mencapai {format_percent(row.capaian_pct)} persen"
        f"{f' (data {row.masuk})' if row.masuk else ''} dengan serapan anggaran "
        f"{format_percent(row.serapan_pct)} persen ({format_rupiah(row.realisasi_rp)} dari pagu "
        f"{format_rupiah(row.pagu_rp)}{_of_part(row)}); {_gap(row)}.{_assessed(row)}"
    )


def _gap(row: Efficiency) -> str:
    if not row.selisih_pct:
        return "keduanya sama besar"
    higher, lower = ("capaian", "serapan") if row.selisih_pct > 0 else ("serapan", "capaian")
    return f"{higher} lebih tinggi {format_percent(abs(row.selisih_pct))} poin persen daripada {lower}"


def halves(row: Efficiency) -> tuple[str, ...]:
    """Which of the two figures is of a part only, so that there is no verdict; none where one is not there at all."""
    if row.penilaian or row.capaian_pct is None or row.serapan_pct is None:
        return ()
    spent = ("serapan",) if read_part(row) else ()
    return ("capaian", *spent) if row.masuk or not spent else spent


def _assessed(row: Efficiency) -> str:
    if lacking := halves(row):
        return f" Efisiensi belum dapat dinilai karena {join_words(lacking)}nya belum lengkap."
    against = [
        *(["capaiannya di bawah 100 persen"] if (row.capaian_pct or 0) < FULL else []),
        *(["serapannya tidak kurang dari 100 persen"] if (row.serapan_pct or 0) >= FULL else []),
    ]
    why = f" karena {join_words(against)}" if against and row.penilaian != "efisien" else ""
    return f" Penggunaan anggaran {row.penilaian}{why}."


def describe_efficiencies(rows: Sequence[Efficiency]) -> str | None:
    """Several sasaran: how many are efisien as the mart has it, and how many cannot be judged on half a figure.

    None where nothing is to be said of any.
    """
    judged = [r for r in rows if r.penilaian]
    lacking = [found for r in rows if (found := halves(r))]
    said = [_verdict(judged, len(rows))] if judged else []
    if lacking:
        whose = f"{spell(len(lacking))} sasaran{' lain' if judged else ''}"
        same = len(set(lacking)) == 1
        what = join_words(lacking[0]) if same else "capaian atau serapan"
        said.append(f"Efisiensi {whose} belum dapat dinilai karena {what}nya belum lengkap.")
    return " ".join(said) or None


def _verdict(judged: Sequence[Efficiency], of: int) -> str:
    efficient = sum(r.penilaian == "efisien" for r in judged)
    rest = len(judged) - efficient
    if len(judged) == 1:
        return f"Penggunaan anggaran pada satu sasaran {'dinilai' if efficient else 'belum dapat dinilai'} efisien."
    if not efficient:
        return f"Belum ada dari {spell(len(judged))} sasaran yang penggunaan anggarannya dapat dinilai efisien."
    if not rest:
        told = " yang dapat dinilai" if len(judged) < of else ""
        return f"Penggunaan anggaran pada {spell(len(judged))} sasaran{told} seluruhnya efisien."
    return (
        f"Penggunaan anggaran pada {spell(efficient)} dari {spell(len(judged))} sasaran dinilai efisien; pada "
        f"{spell(rest)} sasaran lain belum dapat dinilai efisien."
    )
