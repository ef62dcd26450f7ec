"""Rekap kabupaten of a quarter or a semester: the bupati's indicators, SKPD side by side, who has not sent."""

from __future__ import annotations

from pipelines.numerals import ABSENT, capitalize_first, format_date, format_percent, format_rupiah, roman
from pipelines.report.blocks import Block, BulletList, Column, Document, Heading, Paragraph, Row, Section, Table
from pipelines.report.chapters.budgets import total_cells
from pipelines.report.chapters.common import closing, glance, passage_blocks, properties, signature, title_blocks
from pipelines.report.chapters.corrections import corrections_blocks
from pipelines.report.chapters.evidence import rule_blocks
from pipelines.report.chapters.measured import measure_table
from pipelines.report.chapters.units import describe_composition, describe_whole, measured_cell
from pipelines.report.facets import (
    IN_USE,
    by_rank,
    is_returned,
    sasaran_views,
    silence,
    silent_senders,
    unit_quarters,
)
from pipelines.report.found import is_held, is_idle
from pipelines.report.funds import partly_spent, spent_part, unit_budget, unspent
from pipelines.report.model import KABUPATEN, Facts
from pipelines.report.narrative import describe_outcomes, describe_targets, join_words
from pipelines.report.rows import Skpd
from pipelines.report.wording import CAME_IN, kategori_cell, spent_of, through
from schemas.period import Periode
from schemas.vocabulary import LABELS, StatusPengajuan

_SINCE = "Realisasi kumulatif sejak Januari. Tanda – berarti belum tersedia."
_HELD = "Dari buku kerja yang dikembalikan, baris yang ditahan tidak dipakai, yang lain tetap dihitung."
_UNITS = "Unit di bawah SKPD, diberi peringkat tersendiri"
_RETURNED = "Isi buku kerja yang dikembalikan tetap dihitung."


def compose_recap(facts: Facts, periode: Periode) -> Document:
    """The recap of the kabupaten for a quarter or a semester."""
    title = f"Rekap Kinerja {periode.label}"
    blocks: list[Block] = [
        Section(numbering="arabic"),
        *title_blocks(facts, KABUPATEN, title),
        glance(facts, KABUPATEN, periode),
        Heading(2, "A. Capaian Indikator Kinerja Kabupaten"),
        *_kabupaten(facts, periode),
        Heading(2, "B. Tabel Peringkat SKPD"),
        *league_blocks(facts, periode),
        Heading(2, "C. Serapan Anggaran"),
        share_table(facts, periode),
        Heading(2, "D. Penyampaian Data"),
        *sending_blocks(facts, periode),
        Heading(2, "E. Aturan Pengukuran"),
        *rule_blocks(facts.pemda),
        *_corrected(facts, periode),
        closing(facts, KABUPATEN, periode, title),
        signature(facts, KABUPATEN),
    ]
    props = properties(facts, KABUPATEN, periode, f"{title} – {facts.pemda.nama}", "Rekap kinerja kabupaten")
    return Document(f"{title} – {facts.pemda.nama}", props, tuple(blocks))


def _corrected(facts: Facts, periode: Periode) -> list[Block]:
    found = corrections_blocks(facts, KABUPATEN, periode)
    return [Heading(2, "F. Koreksi yang Diterapkan"), *found] if found else []


def _kabupaten(facts: Facts, periode: Periode) -> list[Block]:
    views = sasaran_views(facts, KABUPATEN, periode)
    if not views:
        missing = "Perjanjian kinerja kepala daerah belum tersedia, sehingga capaian kabupaten belum disajikan."
        return [Paragraph(missing)]
    measures = [m for v in views for m in v.measures]
    summary = describe_whole(facts, KABUPATEN, periode, facts.pemda.nama, measures)
    blocks: list[Block] = [
        Paragraph(f"{summary} {describe_outcomes(measures)}", "lead"),
        measure_table(facts, views, f"Capaian indikator kinerja {facts.pemda.nama} {periode.label}"),
    ]
    return [*blocks, *(b for v in views for b in passage_blocks(describe_targets(v.measures, v.nomor)))]


def league_blocks(facts: Facts, periode: Periode) -> list[Block]:
    """SKPD by capaian, named as what it is: a ranking, not the capaian of the kabupaten."""
    columns = (
        Column("Peringkat", 11, "center"), Column("SKPD", 45), Column("Indikator terukur", 15, "center"),
        Column("Capaian (%)", 13, "right"), Column("Kategori", 16, "center"),
    )  # fmt: skip
    skpd, units = (
        [_league_row(facts, rank, s, periode) for rank, s in by_rank(facts, periode, units=below)]
        for below in (False, True)
    )
    rows = (*skpd, *([Row((_UNITS,), "group"), *units] if units else ()))
    caption = f"Tabel peringkat SKPD {periode.label}, bukan capaian kabupaten"
    note = "SKPD yang belum memiliki capaian tidak diberi peringkat."
    if any(unit_quarters(facts, s.kode_skpd, periode) for s in facts.reporting):
        note += f" {CAME_IN}"
    return [
        Paragraph(
            "Tabel berikut mengurutkan SKPD menurut capaiannya. Tabel ini adalah tabel peringkat, bukan capaian "
            "kabupaten: capaian kabupaten dihitung hanya dari perjanjian kinerja kepala daerah."
        ),
        Table(columns, rows, caption, note=note),
    ]


def _league_row(facts: Facts, rank: int | None, skpd: Skpd, periode: Periode) -> Row:
    up = facts.units.get((skpd.kode_skpd, str(periode)))
    return Row(
        (
            ABSENT if rank is None else str(rank),
            skpd.nama_skpd,
            measured_cell(facts, skpd.kode_skpd, periode),
            format_percent(up.capaian_pct if up else None),
            kategori_cell(facts.pemda, up.kategori if up else None),
        )
    )


def share_table(facts: Facts, periode: Periode) -> Table:
    """Pagu, realisasi and serapan of each SKPD, and of all of them together."""
    columns = (
        Column("No", 5, "center"), Column("SKPD", 45), Column("Pagu (Rp)", 19, "right"),
        Column("Realisasi (Rp)", 19, "right"), Column("Serapan (%)", 12, "right"),
    )  # fmt: skip
    rows = [Row((str(n), *_share(facts, s, periode))) for n, s in enumerate(facts.reporting, 1)]
    part = spent_part(facts, KABUPATEN, periode)
    if total := unit_budget(facts, KABUPATEN, periode):
        rows += [Row(("", *cells), "total") for cells in total_cells(total, part)]
    caption = f"Serapan anggaran per SKPD {through(periode)}"
    return Table(columns, tuple(rows), caption, note=_share_note(facts, periode) if part else _SINCE)


def _share(facts: Facts, skpd: Skpd, periode: Periode) -> tuple[str, str, str, str]:
    """Name, whole pagu, realisasi and serapan; beside the name, of which pagu serapan is the share if not of all."""
    total, part = unit_budget(facts, skpd.kode_skpd, periode), spent_part(facts, skpd.kode_skpd, periode)
    if total is None:
        return skpd.nama_skpd, ABSENT, ABSENT, ABSENT
    pagu, spent = (format_rupiah(value).removeprefix("Rp") for value in (total.pagu_seluruh_rp, total.realisasi_rp))
    return f"{skpd.nama_skpd}{spent_of(total.pagu_rp, part)}", pagu, spent, format_percent(total.serapan_pct)


def _share_note(facts: Facts, periode: Periode) -> str:
    """Whose realisasi is missing from the sum, and whose in part."""
    lacking = (
        (unspent(facts, periode), f"{through(periode)} belum ada"),
        (partly_spent(facts, periode), "baru sebagian"),
    )
    told = [f"realisasi {join_words([s.nama_skpd for s in skpd])} {state}" for skpd, state in lacking if skpd]
    said = capitalize_first("; ".join(told))
    return f"{_SINCE} {said}: serapan pada baris jumlah hanya atas pagu yang realisasinya ada."


def sending_blocks(facts: Facts, periode: Periode) -> list[Block]:
    """Whose data each quarter of the period uses, whose not and why, and whose workbook was returned."""
    blocks: list[Block] = []
    for quarter in periode.triwulan:
        silent = silent_senders(facts, quarter)
        returned = [s for s in facts.reporting if is_returned(facts, s.kode_skpd, quarter)]
        counted = f"Data {len(facts.senders) - len(silent)} dari {len(facts.senders)} SKPD dipakai."
        blocks.append(Paragraph(counted, lead=f"Triwulan {roman(quarter)}."))
        why = silence(facts, silent, quarter)
        names = [f"Belum mengirim: {s.nama_skpd}" for s in why.never]
        names += [f"Berkasnya belum dapat dipakai: {s.nama_skpd}" for s in why.unusable]
        idle = [s for s in why.idle if s not in returned]
        names += [f"Isinya belum dapat dipakai: {s.nama_skpd}" for s in idle]
        names += [f"Datanya ditarik dan belum ada gantinya: {s.nama_skpd}" for s in why.withdrawn]
        names += [f"Dikembalikan untuk diperbaiki: {s.nama_skpd}{_held(facts, s, quarter)}" for s in returned]
        names += [sentence for kode in facts.composed if (sentence := describe_composition(facts, kode))]
        blocks += [BulletList(tuple(names))] if names else []
    return [*blocks, _sent_table(facts, periode)]


def _held(facts: Facts, skpd: Skpd, triwulan: int) -> str:
    return ", baris yang ditahan tidak dipakai" if is_held(facts, skpd.kode_skpd, triwulan) else ""


def _sent_table(facts: Facts, periode: Periode) -> Table:
    columns = (
        Column("No", 5, "center"), Column("SKPD", 47), Column("Triwulan", 11, "center"), Column("Versi", 8, "center"),
        Column("Diterima", 17, "center"), Column("Status", 14, "center"),
    )  # fmt: skip
    used = [
        (skpd, s)
        for skpd in facts.reporting
        for s in facts.sent.get(skpd.kode_skpd, ())
        if s.triwulan in periode.triwulan and s.status in IN_USE and not is_idle(facts, skpd.kode_skpd, s.triwulan)
    ]
    rows = tuple(
        Row(
            (
                str(n), skpd.nama_skpd, roman(s.triwulan), str(s.versi), format_date(s.diterima_pada.date()),
                LABELS[StatusPengajuan(s.status)],
            )
        )
        for n, (skpd, s) in enumerate(used, 1)
    )  # fmt: skip
    back = [s for _, s in used if s.status == StatusPengajuan.DIKEMBALIKAN]
    held = any(is_held(facts, s.kode_skpd, s.triwulan) for s in back)
    note = (_HELD if held else _RETURNED) if back else ""
    return Table(columns, rows, f"Data yang dipakai untuk {periode.label}", note=note)
