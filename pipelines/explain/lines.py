"""An explanation as lines of at most 100 columns that a person of the office understands at first reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from pipelines.explain.declared import differs
from pipelines.explain.facts import (
    Alternative,
    BudgetExplanation,
    Explanation,
    FigureExplanation,
    MeanExplanation,
    Member,
    Quarter,
    Sum,
)
from pipelines.explain.phrases import (
    basis,
    cells,
    corrections,
    equation,
    fold,
    head,
    made_of,
    say,
    write_earlier,
)
from pipelines.explain.sums import name_covered, write_part
from pipelines.explain.wording import words
from pipelines.numerals import (
    ABSENT,
    format_date,
    format_exact,
    format_percent,
    format_rupiah,
    roman,
)
from schemas.vocabulary import LABELS, CaraIsi, Konsolidasi, Polaritas, StatusUkur


def compose_lines(explanation: Explanation) -> list[str]:
    """The whole explanation; no line is longer than `WIDTH`, save a name that has no space in it."""
    match explanation:
        case FigureExplanation():
            return list(_figure(explanation))
        case MeanExplanation():
            return list(_mean(explanation))
        case BudgetExplanation():
            return list(_budget(explanation))


def _figure(e: FigureExplanation) -> Iterator[str]:
    yield from head(e.perihal, f"{e.kode_indikator} {e.angka['indikator'] or ''}")
    yield from say("Sasaran", e.angka["sasaran"])
    if e.perihal.lingkup == "kabupaten":
        yield from say("Pengampu", f"{e.angka['kode_skpd']}, indikator {e.angka['kode_isian'] or ABSENT}")
    yield from _result(e)
    yield from _formula(e)
    yield from _inputs(e)
    yield from _quarters(e)
    yield from cells(e.sel)
    yield from corrections(e.koreksi)
    yield from basis(e.skala, e.pilihan)
    yield from made_of(e.dasar)
    for notice in e.catatan:
        yield from say("Catatan", notice)
    yield from _others(e.lain)


def _result(e: FigureExplanation) -> Iterator[str]:
    figure = e.angka
    if figure["capaian_pct"] is None:
        yield from say("Capaian", f"{ABSENT}  {_unmeasured(e)}")
        return
    parts = [format_percent(figure["capaian_pct"]), f"kategori {figure['kategori']}"]
    parts += [f"data {figure['status_data']}"] if figure["status_data"] else []
    yield from say("Capaian (%)", " · ".join(parts))
    if figure["capaian_rerata_pct"] != figure["capaian_pct"]:
        yield from say("Dalam rata-rata", f"{format_percent(figure['capaian_rerata_pct'])}  (batas atas dan lantai 0)")


def _unmeasured(e: FigureExplanation) -> str:
    """What came of a figure that is not there is told quarter by quarter: it may be held back, or in a merged cell."""
    status = StatusUkur(str(e.angka["status_ukur"]))
    told = status == StatusUkur.BELUM_TERSEDIA and any(q.sebab for q in e.triwulan)
    return "belum terukur; sebabnya pada triwulannya di bawah" if told else LABELS[status].lower()


def _formula(e: FigureExplanation) -> Iterator[str]:
    if e.rumus is None:
        return
    constant = e.rumus.umum.isdecimal()
    yield from say("Rumus", e.rumus.nama if constant else f"{e.rumus.umum}   {e.rumus.nama}")
    if e.rumus.sebab:
        yield from say("", e.rumus.sebab)
    if e.hitungan and not constant:
        yield from say("Hitungan", equation(e.hitungan))
    yield from say("Aturan", e.rumus.aturan)
    yield from say("Dasar", f"{e.rumus.dasar}; untuk data mulai tahun {e.rumus.berlaku.year}")


def _inputs(e: FigureExplanation) -> Iterator[str]:
    unit = f" {e.angka['satuan']}" if e.angka["satuan"] else ""
    for label, total, text in (("Target", e.target, "target_teks"), ("Realisasi", e.realisasi, "realisasi_teks")):
        if total is None:
            yield from say(label, ABSENT)
        else:
            yield from say(label, f"{_figure_of(e.angka, total, text)}{unit}   {_how(total)}")
    yield from say("Cara ukur", _attributes(e.angka))
    for kind in ("konsolidasi", "cara_isi"):
        rule = words()[kind].get(e.angka[kind])
        if rule:
            since = f"mulai tahun {rule['berlaku'].year}"
            yield from say("", f"{kind.replace('_', ' ')}: {rule['kalimat']}. {rule['dasar']}; {since}")


def _figure_of(figure: Mapping[str, Any], total: Sum, text: str) -> str:
    """The figure, or the grade or range as it was written."""
    written, counted = figure[text], format_exact(total.hasil)
    if text == "realisasi_teks":
        return f"{written} (dihitung {counted})" if written else counted
    if written is None and figure["target_atas"] is not None:
        return f"{counted} – {format_exact(figure['target_atas'])}"
    return written or counted


def _how(total: Sum) -> str:
    simple = total.tertulis is None or total.tertulis == format_exact(total.hasil)
    return total.uraian if simple else f"{total.uraian}: {total.tertulis}"


def _attributes(figure: Mapping[str, Any]) -> str:
    parts = [f"polaritas {LABELS[Polaritas(figure['polaritas'])]}"] if figure["polaritas"] else []
    parts += [f"konsolidasi {LABELS[Konsolidasi(figure['konsolidasi'])]}"] if figure["konsolidasi"] else []
    parts += [f"cara isi {LABELS[CaraIsi(figure['cara_isi'])]}"] if figure["cara_isi"] else []
    return " · ".join(parts)


def _quarters(e: FigureExplanation) -> Iterator[str]:
    if not e.triwulan:
        return
    measured = sum(1 for q in e.triwulan if q.terukur)
    yield ""
    yield f"Triwulan: {measured} dari {len(e.triwulan)} terukur, digabung menurut aturan pengukuran §4"
    for quarter in e.triwulan:
        yield from say(f"  TW {roman(quarter.triwulan)}", _quarter(quarter, e.angka))
        yield from say("", " · ".join(part for part in (quarter.berkas, quarter.sel) if part))
        yield from say("", _sending(quarter))
        for earlier in quarter.terdahulu:
            yield from say("", write_earlier(earlier))
        yield from _declared(quarter)


def _quarter(q: Quarter, figure: Mapping[str, Any]) -> str:
    if not q.terukur:
        return f"{ABSENT}  {q.sebab}"
    value = q.teks if figure["realisasi_teks"] else None
    parts = [f"realisasi {value or (format_exact(q.realisasi) if q.realisasi is not None else ABSENT)}"]
    part = write_part(q, figure["konsolidasi"])
    parts += [f"dari isian kumulatif {part}"] if part else []
    parts += [f"mencakup {name_covered(q)}"] if q.sejak_tw else []
    if q.pembilang is not None and q.penyebut is not None:
        parts.append(f"pembilang {format_exact(q.pembilang)}, penyebut {format_exact(q.penyebut)}")
    parts += [f"target {q.target_teks or format_exact(q.target)}"] if q.target is not None else []
    parts += [f"capaian {format_percent(q.capaian_pct)}"] if q.capaian_pct is not None else []
    return " · ".join(parts)


def _declared(q: Quarter) -> Iterator[str]:
    """The capaian of the SKPD's own sheet, where it is another."""
    if differs(q):
        yield from say("", f"SKPD menyatakan capaian {format_percent(q.dinyatakan_pct)}")
        for cause in q.dinyatakan_sebab:
            yield from say("", f"  {cause}")


def _sending(q: Quarter) -> str:
    version = f"versi {q.versi}" if q.versi else ""
    came = f"diterima {format_date(q.diterima_pada.date())}" if q.diterima_pada else ""
    return " · ".join(part for part in (version, came, (q.status_data or "").lower()) if part)


def _others(alternatives: tuple[Alternative, ...]) -> Iterator[str]:
    """What else was possible, under the reason why it was not taken."""
    if not alternatives:
        return
    yield ""
    yield "Bila dihitung dengan cara lain (tidak dipakai)"
    reasons = list(dict.fromkeys(a.sebab for a in alternatives))
    for reason, group in groupby(sorted(alternatives, key=lambda a: reasons.index(a.sebab)), key=lambda a: a.sebab):
        yield from fold(f"  Tidak dipakai karena {reason}:", " " * 4)
        for other in group:
            change = "  ← kategori lain" if other.mengubah_kategori else ""
            figure = f"{format_percent(other.capaian_pct):>10}  {other.kategori or ABSENT}"
            yield from fold(f"{figure}{change}: {other.nama}", " " * 12)


def _mean(e: MeanExplanation) -> Iterator[str]:
    yield from head(e.perihal, e.judul)
    figure = ABSENT if e.capaian_pct is None else f"{format_percent(e.capaian_pct)} · kategori {e.kategori}"
    yield from say("Capaian (%)", f"{figure} · {e.terukur} dari {e.total} indikator terukur")
    if e.hitungan:
        yield from say("Hitungan", f"{e.hitungan.uraian}: {equation(e.hitungan)}")
    yield from say("Aturan", "Aturan pengukuran §5: yang tidak terukur tidak ikut, dan tidak pernah dihitung nol")
    yield ""
    yield f"Anggota ({e.anggota_adalah})"
    for unit, members in groupby(e.anggota, key=lambda m: m.unit):
        if unit:
            yield from fold(f"  {unit.nama} (--skpd {unit.kode_skpd})", " " * 4)
        for member in members:
            yield from _member(member)
    yield from basis(e.skala, e.pilihan)
    yield from made_of(e.dasar)


def _member(m: Member) -> Iterator[str]:
    weight = f" · bobot {format_exact(m.bobot)}" if m.bobot is not None else ""
    capped = m.masuk_rerata_pct is not None and m.masuk_rerata_pct != m.capaian_pct
    enters = f" · masuk rata-rata {format_percent(m.masuk_rerata_pct)}" if capped else ""
    state = f" · {LABELS[StatusUkur(m.status_ukur)].lower()}" if m.capaian_pct is None and m.status_ukur else ""
    category = f" · {m.kategori}" if m.kategori else ""
    yield from fold(
        f"  {format_percent(m.capaian_pct):>8}  {m.kode} {m.nama}{category}{weight}{enters}{state}", " " * 12
    )


def _pagu(figure: Mapping[str, Any]) -> str:
    """The pagu serapan is the share of, and the whole where that is more."""
    part, whole = figure["pagu_rp"], figure["pagu_seluruh_rp"]
    more = f" yang realisasinya ada; seluruhnya {format_rupiah(whole)}" if part != whole else ""
    return f"{format_rupiah(part)}{more}"


def _budget(e: BudgetExplanation) -> Iterator[str]:
    yield from head(e.perihal, f"{e.kode} {e.angka['uraian'] or ''}")
    a: Mapping[str, Any] = e.angka
    yield from say("Serapan (%)", format_percent(a["serapan_pct"]))
    if e.hitungan:
        yield from say("Hitungan", f"{e.hitungan.uraian}: {equation(e.hitungan)}")
    yield from say("Pagu", _pagu(a))
    yield from say("Realisasi", f"{format_rupiah(a['realisasi_rp'])} sejak Januari")
    if a["realisasi_fisik_pct"] is not None:
        yield from say("Fisik (%)", f"{format_percent(a['realisasi_fisik_pct'])}, seperti dinyatakan SKPD")
    if e.anggota:
        yield from say(
            "Terdiri atas", f"{a['sub_kegiatan_terbaca']} dari {a['sub_kegiatan_total']} baris terbawah terbaca"
        )
    yield from say("Aturan", "Aturan pengukuran §6: induk = jumlah realisasi / jumlah pagu, bukan rata-rata persentase")
    for row in e.anggota:
        figures = f"{format_rupiah(row['realisasi_rp'])} / {format_rupiah(row['pagu_rp'])}"
        yield from fold(
            f"  {format_percent(row['serapan_pct']):>8}  {row['kode']} {row['uraian'] or ''}: {figures}", " " * 12
        )
    yield from cells(e.sel)
    yield from corrections(e.koreksi)
    yield from made_of(e.dasar)
