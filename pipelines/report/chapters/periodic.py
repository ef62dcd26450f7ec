"""Laporan triwulan and laporan semester of an SKPD."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.numerals import capitalize_first, roman
from pipelines.report.blocks import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Table,
    placeholder,
)
from pipelines.report.chapters.budgets import budget_blocks, detail_table
from pipelines.report.chapters.common import (
    closing,
    glance,
    introduced,
    owners,
    passage_blocks,
    properties,
    running_title,
    signature,
    title_blocks,
)
from pipelines.report.chapters.corrections import corrections_blocks
from pipelines.report.chapters.evidence import (
    ALL_OWED,
    factors_table,
    findings_blocks,
    rule_blocks,
    sources_blocks,
)
from pipelines.report.chapters.measured import measure_table, side_by_side_table
from pipelines.report.chapters.units import describe_whole, units_blocks
from pipelines.report.facets import (
    SasaranView,
    is_returned,
    quarters,
    sasaran_views,
    silence,
    silent_senders,
    unit_name,
)
from pipelines.report.found import is_held
from pipelines.report.model import Facts
from pipelines.report.narrative import (
    describe_outcomes,
    describe_sasaran,
    describe_targets,
    join_words,
)
from pipelines.report.rows import Skpd
from schemas.period import Periode, semester_period, triwulan_period


def compose_quarter(facts: Facts, kode_skpd: str, triwulan: int) -> Document:
    """The laporan triwulan of one SKPD."""
    return _compose(facts, kode_skpd, triwulan_period(facts.tahun, triwulan))


def compose_semester(facts: Facts, kode_skpd: str, semester: int) -> Document:
    """The laporan semester of one SKPD, its two quarters beside each other."""
    return _compose(facts, kode_skpd, semester_period(facts.tahun, semester))


def _compose(facts: Facts, unit: str, periode: Periode) -> Document:
    nama, title = unit_name(facts, unit), f"Laporan Kinerja {periode.label}"
    views = sasaran_views(facts, unit, periode)
    blocks: list[Block] = [
        Section(numbering="arabic"),
        *title_blocks(facts, unit, title),
        glance(facts, unit, periode),
        *_summary(facts, unit, periode, views),
        Heading(2, "B. Capaian Indikator Kinerja"),
        *_measured(facts, unit, periode, views),
        Heading(2, "C. Faktor Pendukung, Penghambat, Upaya, dan Tindak Lanjut"),
        *_factors(facts, unit, periode, views),
        Heading(2, "D. Realisasi Anggaran"),
        *budget_blocks(facts, unit, periode),
        Heading(2, "E. Temuan yang Belum Selesai"),
        *findings_blocks(facts, unit, periode),
        Heading(2, "F. Sumber Data"),
        *sources_blocks(facts, unit, periode),
        closing(facts, unit, periode, f"{title} {nama}"),
        signature(facts, unit),
        PageBreak(),
        Heading(2, "Lampiran 1. Aturan Pengukuran"),
        *rule_blocks(facts.pemda),
        *_annex(facts, unit, periode),
    ]
    props = properties(facts, unit, periode, f"{title} – {nama}", "Laporan kinerja berkala SKPD")
    return Document(f"{title} – {nama}", props, tuple(blocks), running_title(facts, unit, title), owners(facts, unit))


def _summary(facts: Facts, unit: str, periode: Periode, views: tuple[SasaranView, ...]) -> list[Block]:
    measures = [m for v in views for m in v.measures]
    sentences = [describe_whole(facts, unit, periode, unit_name(facts, unit), measures)]
    if measures:
        sentences.append(describe_outcomes(measures))
    return [Heading(2, "A. Ringkasan"), Paragraph(" ".join(sentences), "lead"), *_silence(facts, unit, periode)]


def _tell_silent(facts: Facts, triwulan: int, silent: Sequence[Skpd], data: str) -> str:
    """Who has sent nothing, whose files or what is in them cannot be used, and whose data were withdrawn."""
    why = silence(facts, silent, triwulan)
    told = (
        (why.never, "{names} belum mengirim {data}"),
        (why.unusable, "berkas {data} dari {names} belum dapat dipakai"),
        (why.idle, "{data} dari {names} diterima, tetapi isinya belum dapat dipakai"),
        (why.withdrawn, "{data} {names} ditarik dan belum ada gantinya"),
    )
    return "; ".join(
        sentence.format(names=join_words([s.nama_skpd for s in group]), data=data) for group, sentence in told if group
    )


def _silence(facts: Facts, unit: str, periode: Periode) -> list[Block]:
    """Quarters for which nothing came, or what came was returned, said plainly."""
    blocks: list[Block] = []
    for quarter in periode.triwulan:
        data = f"data Triwulan {roman(quarter)} Tahun {periode.tahun}"
        silent = [s for s in silent_senders(facts, quarter) if unit in (s.kode_skpd, s.kode_induk)]
        if is_returned(facts, unit, quarter):
            counted = "baris yang ditahan tidak dihitung" if is_held(facts, unit, quarter) else "datanya tetap dihitung"
            sentence = f"{capitalize_first(data)} dikembalikan untuk diperbaiki; {counted}."
        elif silent and (unit in facts.composed or unit in {s.kode_skpd for s in silent}):
            told = _tell_silent(facts, quarter, silent, data)
            sentence = f"{capitalize_first(told)}. Laporan ini disusun tanpa data tersebut."
        else:
            continue
        blocks.append(Paragraph(sentence))
    return blocks


def _measured(facts: Facts, unit: str, periode: Periode, views: tuple[SasaranView, ...]) -> list[Block]:
    if not views and (units := units_blocks(facts, unit, periode)):
        return units
    if not views:
        asked = placeholder("SKPD", "PK dan realisasi kinerja")
        return [Paragraph(f"Belum ada indikator yang dapat disajikan. {asked}")]
    table = measure_table(facts, views, f"Target, realisasi, dan capaian kinerja {periode.label}")
    blocks = introduced("Target, realisasi, dan capaian setiap indikator disajikan pada {}.", table)
    for view in views:
        blocks.append(Paragraph(describe_sasaran(view, view.nomor), lead=f"Sasaran {view.nomor}."))
        blocks += passage_blocks(describe_targets(view.measures, view.nomor))
    if periode.jenis == "semester":
        both = _quarters_table(facts, unit, periode, views)
        blocks += introduced("Kedua triwulan dapat dibandingkan pada {}.", both)
    return blocks


def _quarters_table(facts: Facts, unit: str, periode: Periode, views: tuple[SasaranView, ...]) -> Table:
    both = quarters(periode)
    names = " dan ".join(f"Triwulan {roman(q.nomor)}" for q in both)
    caption = f"Capaian kinerja {names} dan {periode.label}"
    return side_by_side_table(facts, unit, views, (*both, periode), caption)


def _factors(facts: Facts, unit: str, periode: Periode, views: tuple[SasaranView, ...]) -> list[Block]:
    measures = [m for v in views for m in v.measures]
    if not measures and unit in facts.composed:
        return [Paragraph("Penjelasan disajikan pada laporan setiap unit.")]
    if not measures:
        return [Paragraph(placeholder("SKPD", ALL_OWED))]
    return [factors_table(facts, unit, measures, periode, f"Penjelasan SKPD atas capaian {periode.label}")]


def _annex(facts: Facts, unit: str, periode: Periode) -> list[Block]:
    """The corrections in force and the budget in detail, as far as there are any."""
    corrections, detail = corrections_blocks(facts, unit, periode), detail_table(facts, unit, periode)
    parts: list[tuple[str, bool, list[Block]]] = [
        ("Koreksi yang Diterapkan", False, corrections),
        ("Rincian Anggaran per Sub Kegiatan", True, [detail] if detail else []),
    ]
    present = ((title, wide, blocks) for title, wide, blocks in parts if blocks)
    return [
        block
        for number, (title, wide, blocks) in enumerate(present, 2)
        for block in (*([Section(landscape=True)] if wide else []), Heading(2, f"Lampiran {number}. {title}"), *blocks)
    ]
