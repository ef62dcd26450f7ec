"""What stands behind the figures: what the SKPD wrote, open findings, sources, the rule choices in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from pipelines.numerals import ABSENT, capitalize_first, format_date, format_figure, roman, spell
from pipelines.report.blocks import Block, BulletList, Column, Paragraph, Passing, Row, Table, placeholder
from pipelines.report.facets import narratives_of, submissions, unit_name
from pipelines.report.found import open_findings, with_office
from pipelines.report.model import KABUPATEN, Facts, PemdaFacts, Unit
from pipelines.report.narrative import LABELS_OF, join_words, missing_columns, owed_figure, quote, said_in
from pipelines.report.rows import FindingRow, Measure, Narrative, Sent
from schemas.finding import advise_skpd
from schemas.period import Periode
from schemas.typed import NARRATIVES
from schemas.vocabulary import LABELS, StatusPengajuan, Tingkat

_EVIDENCE = "bukti_dukung"
_FACTORS = tuple(column for column in NARRATIVES if column != _EVIDENCE)
ALL_OWED = "faktor pendukung atau penghambat, upaya, dan rencana tindak lanjut"
"""What an SKPD is asked to write of its indicators."""
_TURUN = {"turun_2t_r": "(2T − R)/T × 100", "turun_t_r": "T/R × 100"}
_LEVELS = (
    "Kesalahan: harus diperbaiki; baris yang ditahan tidak ikut dihitung. Peringatan: yang terbaca dihitung "
    "seperti tertulis, jadi angkanya dibaca bersama daftar ini."
)
_BOOKS = {
    "KOR": "daftar koreksi",
    "ACU": "data acuan",
    "REG": "kotak masuk",
    "REK": "rekonsiliasi",
    "COC": "formulir SKPD",
}
"""Where the office has to act, or what waits for it, by the codes of what is found there."""
_HASH = 12
_FEW = 3
"""So many findings that lie with the office are told in its words."""


def factors_table(facts: Facts, unit: Unit, measures: Sequence[Measure], periode: Periode, caption: str) -> Table:
    """What the SKPD wrote of each indicator, in its own words; what it owes and did not write is asked for.

    The evidence of a year has a Lampiran of its own.
    """
    told = _FACTORS if periode.jenis == "tahun" else (*_FACTORS, _EVIDENCE)
    rows: list[Row] = []
    for number, measure in enumerate(measures, 1):
        rows.append(Row((f"{number}. {measure.indikator or measure.kode_indikator}",), "group"))
        written = narratives_of(facts, unit, measure, periode)
        owner = "SKPD" if unit is not KABUPATEN else name_of(facts, measure.kode_skpd)
        rows += [row for name in told if (row := _factor_row(_heading(name), name, written))]
        rows += _owed_rows(measure, written, owner)
    source = "Sumber: kolom penjelasan pada buku kerja SKPD; hanya ejaan tanda bacanya yang dirapikan."
    return Table((Column("Hal", 22), Column("Penjelasan SKPD", 78)), tuple(rows), caption, note=source)


def name_of(facts: Facts, kode_skpd: str) -> str:
    """The name of an SKPD that a document asks for something."""
    return facts.skpd[kode_skpd].nama_skpd if kode_skpd in facts.skpd else "SKPD"


def _owed_rows(measure: Measure, written: Sequence[Narrative], owner: str) -> list[Row]:
    """What asks for the figure still owed and for what is not explained.

    A line for an indicator that neither owes nor has anything.
    """
    figure, missing = owed_figure(measure), missing_columns(measure, written)
    rows = [Row(("Perlu dilengkapi", placeholder(owner, figure)))] if figure else []
    if missing:
        label = "Belum dijelaskan" if written else "Penjelasan"
        rows.append(Row((label, placeholder(owner, join_words([LABELS_OF[c] for c in missing])))))
    said = any(said_in(written, name) for name in _FACTORS)
    return rows if rows or said else [Row(("Penjelasan", "Tidak ada penjelasan untuk periode ini."))]


def _heading(column: str) -> str:
    """What the form calls a column, as a line begins: `Rencana tindak lanjut`; an abbreviation stays one."""
    first, *others = NARRATIVES[column].split()
    return " ".join([first, *(word if word.isupper() else word.lower() for word in others)])


def _factor_row(label: str, name: str, written: Sequence[Narrative]) -> Row | None:
    said = [(triwulan, quote(text)) for triwulan, text in said_in(written, name)]
    if not said:
        return None
    quarters: dict[str, list[str]] = {}
    for triwulan, text in said:
        quarters.setdefault(text, []).append(roman(triwulan))
    if len(quarters) == 1:
        return Row((label, said[0][1]))
    return Row((label, "\n".join(f"TW {join_words(numbers)}: {text}" for text, numbers in quarters.items())))


def evidence_blocks(facts: Facts, unit: Unit, measures: Sequence[Measure], periode: Periode) -> list[Block]:
    """The evidence named for each indicator, by quarter; nothing where none is named."""
    rows: list[Row] = []
    for measure in measures:
        found = _factor_row("", _EVIDENCE, narratives_of(facts, unit, measure, periode))
        if found:
            rows.append(Row((str(len(rows) + 1), measure.indikator or measure.kode_indikator, found.cells[1])))
    columns = (Column("No", 5, "center"), Column("Indikator Kinerja", 40), Column("Bukti dukung", 55))
    return [Table(columns, tuple(rows), f"Bukti dukung yang disebut SKPD, {periode.label}")] if rows else []


def findings_blocks(facts: Facts, unit: str, periode: Periode) -> list[Block]:
    """Findings still open, gravest first, or a sentence that there are none; then those that lie with the office."""
    found = with_office(facts, unit, periode)
    return [*_own_findings(facts, unit, periode), *([Paragraph(_tell_office(found))] if found else [])]


def _tell_office(found: Sequence[FindingRow]) -> str:
    """How many findings about an SKPD stand in which book of the office; what they say, where they are few."""
    codes = join_words(sorted({f.kode for f in found}))
    told = " ".join(f.pesan for f in found) if len(found) <= _FEW else ""
    books = [book for prefix, book in _BOOKS.items() if any(f.kode.startswith(prefix) for f in found)]
    where = f" pada {join_words(books)}" if books else ""
    counted = capitalize_first(spell(len(found)))
    return f"{counted} temuan{where} tentang data SKPD ini ({codes}) ditangani Bagian Organisasi. {told}".rstrip()


def _own_findings(facts: Facts, unit: str, periode: Periode) -> list[Block]:
    findings = open_findings(facts, unit, periode)
    if not findings and unit in facts.composed:
        return [Paragraph("Temuan atas data yang diukur disajikan pada laporan setiap unit.")]
    if not findings and not submissions(facts, unit, periode):
        return [Paragraph(f"Belum ada data {periode.label} yang diperiksa.")]
    if not findings:
        return [Paragraph(f"Tidak ada temuan terbuka atas data {periode.label}.")]
    columns = (
        Column("No", 5, "center"), Column("Tingkat", 13, "center"), Column("Kode", 11, "center"),
        Column("Tempat", 15), Column("Nilai terbaca", 19), Column("Temuan dan saran", 47),
    )  # fmt: skip
    used = {s.pengajuan_id for s in submissions(facts, unit, periode)}
    rows = tuple(
        Row(
            (
                str(n), LABELS[Tingkat(f.tingkat)], f.kode, _place(f, used),
                f.nilai or ABSENT, f"{f.pesan}\nSaran: {advise_skpd(f.kode, f.saran)}",
            )
        )
        for n, f in enumerate(findings, 1)
    )  # fmt: skip
    return [Table(columns, rows, f"Temuan terbuka atas data {periode.label}", note=_LEVELS)]


def _place(f: FindingRow, used: Collection[str]) -> str:
    """The quarter, and below it the cell; of a file whose data are not in use its name: it is not about the others."""
    where = "!".join(x for x in (f.lembar, f.sel) if x)
    if not where and f.berkas and f.pengajuan_id not in used:
        where = PurePosixPath(f.berkas).name
    quarter = f"TW {roman(f.triwulan)}" if f.triwulan else "Setahun"
    return f"{quarter}\n{where}" if where else quarter


def sources_blocks(facts: Facts, unit: str, periode: Periode) -> list[Block]:
    """Files the figures of an SKPD came from: name, fingerprint, sheets, when received."""
    sent = submissions(facts, unit, periode)
    if not sent:
        return [Paragraph(f"Belum ada buku kerja {unit_name(facts, unit)} yang dipakai untuk {periode.label}.")]
    columns = (
        Column("TW", 7, "center"), Column("Berkas", 38), Column("SHA-256", 17, "center"),
        Column("Lembar", 25), Column("Diterima", 20, "center"),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                roman(s.triwulan), Passing(s.berkas), Passing(s.sha256[:_HASH]), _sheets(facts, s),
                Passing(f"{format_date(s.diterima_pada.date())}\n{LABELS[StatusPengajuan(s.status)]}, versi {s.versi}"),
            )
        )
        for s in sent
    )  # fmt: skip
    note = f"SHA-256: {_HASH} angka pertama dari sidik isi berkas; berkas asli tersimpan dalam arsip aplikasi."
    return [Table(columns, rows, f"Sumber data {unit_name(facts, unit)}", note=note)]


def _sheets(facts: Facts, sent: Sent) -> str:
    sheets = (s.lembar for s in facts.sources.get(sent.kode_skpd, ()) if s.sha256 == sent.sha256)
    return ", ".join(dict.fromkeys(sheets)) or ABSENT


def rule_blocks(pemda: PemdaFacts) -> list[Block]:
    """The choices measurement leaves to the pemda, as used in the document."""
    cap = (
        "tanpa batas atas"
        if pemda.batas_capaian is None
        else f"paling tinggi {format_figure(pemda.batas_capaian)} persen (nilai asli tetap ditampilkan)"
    )
    items = [
        "Indikator naik (semakin tinggi semakin baik): R/T × 100; T adalah target dan R adalah realisasi.",
        f"Indikator turun (semakin rendah semakin baik): {_TURUN.get(pemda.rumus_turun, pemda.rumus_turun)}.",
        "Indikator rentang: 100 di dalam rentang; di luarnya dihitung terhadap batas yang terdekat.",
        "Indikator stabil: R/T × 100 bila R tidak melebihi T; selebihnya 200 − R/T × 100.",
        "Indikator predikat: R/T × 100 atas urutan predikat, atau atas nilainya bila nilainya tercantum.",
        f"Capaian yang masuk ke dalam rata-rata: paling rendah 0 persen dan {cap}.",
        f"Capaian SKPD: rata-rata capaian {pemda.rerata_skpd} yang terukur; yang belum terukur tidak dianggap nol.",
        f"Skala kategori: {_scale(pemda)}.",
        "Persentase ditampilkan dengan dua angka di belakang koma; kategori ditetapkan dari nilai sebelum pembulatan.",
    ]
    return [Paragraph("Pengukuran dalam dokumen ini memakai aturan berikut."), BulletList(tuple(items))]


def _scale(pemda: PemdaFacts) -> str:
    bands = [
        f"{b.kategori} ({'di bawahnya' if b.batas_bawah is None else f'{b.tanda} {format_figure(b.batas_bawah)}'})"
        for b in pemda.skala
    ]
    basis = f" menurut {pemda.dasar_skala}" if pemda.dasar_skala else ""
    return f"{', '.join(bands) or pemda.skala_kategori}{basis}"
