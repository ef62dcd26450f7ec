"""Bab III Akuntabilitas Kinerja: the seven analyses of PermenPANRB 53/2014 for each sasaran; realisasi anggaran."""

from __future__ import annotations

from pipelines.report.blocks import Block, Heading, Paragraph, Table, placeholder
from pipelines.report.chapters.budgets import budget_blocks, budget_table
from pipelines.report.chapters.common import measure_sentences, owner_of, sentence_blocks
from pipelines.report.chapters.efficiency import efficiency_blocks
from pipelines.report.chapters.evidence import factors_table, rule_blocks
from pipelines.report.chapters.measured import (
    history_table,
    measure_table,
    medium_table,
    standard_table,
    summary_table,
)
from pipelines.report.chapters.recap import share_table
from pipelines.report.facets import SasaranView, sasaran_views, source_indicator, unit_name
from pipelines.report.funds import programs_serving
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import (
    describe_change,
    describe_medium,
    describe_outcomes,
    describe_programs,
    describe_sasaran,
    describe_standard,
    describe_unit,
)
from schemas.period import tahun_period


def bab3_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """A. Capaian Kinerja Organisasi, sasaran by sasaran; B. Realisasi Anggaran."""
    periode = tahun_period(facts.tahun)
    views = sasaran_views(facts, unit, periode)
    per_skpd = [share_table(facts, periode)] if unit is KABUPATEN else []
    return [
        Heading(1, "BAB III  AKUNTABILITAS KINERJA"),
        Heading(2, "A. Capaian Kinerja Organisasi"),
        *_overview(facts, unit, views),
        *(block for view in views for block in _sasaran_blocks(facts, unit, view)),
        Heading(2, "B. Realisasi Anggaran"),
        *budget_blocks(facts, unit, periode),
        *per_skpd,
    ]


def _overview(facts: Facts, unit: Unit, views: tuple[SasaranView, ...]) -> list[Block]:
    periode, nama = tahun_period(facts.tahun), unit_name(facts, unit)
    measures = [m for v in views for m in v.measures]
    up = facts.units.get((unit, str(periode)))
    if not views:
        asked = placeholder(owner_of(unit), "realisasi kinerja setahun")
        sentence = f"Capaian kinerja {nama} Tahun {facts.tahun} belum tersedia. {asked}"
        return [Paragraph(sentence), *rule_blocks(facts.pemda)]
    return [
        Paragraph(f"{describe_unit(nama, periode, up, len(measures))} {describe_outcomes(measures)}"),
        summary_table(facts, views, f"Ringkasan capaian sasaran strategis Tahun {facts.tahun}"),
        *rule_blocks(facts.pemda),
    ]


def _sasaran_blocks(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    """The seven analyses of one sasaran, in the order of the regulation."""
    tahun = facts.tahun
    return [
        Heading(3, f"Sasaran {view.nomor}. {view.sasaran}"),
        Paragraph(describe_sasaran(view)),
        Heading(4, f"1) Target dan realisasi kinerja Tahun {tahun}"),
        *_target(facts, view),
        Heading(4, "2) Perbandingan dengan tahun lalu dan beberapa tahun terakhir"),
        *_history(facts, unit, view),
        Heading(4, "3) Perbandingan dengan target jangka menengah"),
        *_medium(facts, unit, view),
        Heading(4, "4) Perbandingan dengan standar nasional"),
        *_standard(facts, unit, view),
        Heading(4, "5) Penyebab keberhasilan atau kegagalan dan solusi yang telah dilakukan"),
        _causes(facts, unit, view),
        Heading(4, "6) Efisiensi penggunaan sumber daya"),
        *efficiency_blocks(facts, unit, view),
        Heading(4, "7) Program dan kegiatan penunjang"),
        *_programs(facts, unit, view),
    ]


def _target(facts: Facts, view: SasaranView) -> list[Block]:
    caption = f"Target dan realisasi Sasaran {view.nomor} Tahun {facts.tahun}"
    return [measure_table(facts, (view,), caption, grouped=False), *measure_sentences(view.measures)]


def _history(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    table = history_table(facts, unit, view.measures, f"Perbandingan antartahun Sasaran {view.nomor}")
    if table is None:
        asked = placeholder(owner_of(unit), "realisasi tahun-tahun sebelumnya")
        return [Paragraph(f"Realisasi tahun-tahun sebelumnya belum tersedia untuk sasaran ini. {asked}")]
    latest = ((m, facts.history.get((unit, m.kode_indikator), ())) for m in view.measures)
    pairs = [(m, max(rows, key=lambda h: h.tahun_lalu)) for m, rows in latest if rows]
    return _with_sentences(table, [describe_change(m, h, n) for n, (m, h) in enumerate(pairs)])


def _medium(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    table = medium_table(facts, unit, view.measures, f"Kemajuan Sasaran {view.nomor} terhadap target jangka menengah")
    if table is None:
        asked = placeholder(owner_of(unit), "target akhir Renstra atau RPJMD")
        return [Paragraph(f"Target jangka menengah belum tersedia untuk sasaran ini. {asked}")]
    known = ((m, facts.medium.get((unit, m.kode_indikator))) for m in view.measures)
    return _with_sentences(table, [describe_medium(m, x, n) for n, (m, x) in enumerate(known) if x])


def _standard(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    table = standard_table(facts, unit, view.measures, f"Perbandingan Sasaran {view.nomor} dengan standar nasional")
    if table is None:
        return [Paragraph("Tidak ada standar nasional yang tercatat untuk indikator pada sasaran ini.")]
    known = ((m, facts.medium.get((unit, m.kode_indikator))) for m in view.measures)
    return _with_sentences(table, [describe_standard(m, x, n) for n, (m, x) in enumerate(known) if x])


def _with_sentences(table: Table, sentences: list[str | None]) -> list[Block]:
    return [table, *sentence_blocks(sentences)]


def _causes(facts: Facts, unit: Unit, view: SasaranView) -> Table:
    caption = f"Faktor, upaya, dan tindak lanjut Sasaran {view.nomor}"
    return factors_table(facts, unit, view.measures, tahun_period(facts.tahun), caption)


def _programs(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    """Programs that serve the indicators, by SKPD where the sasaran is the kabupaten's."""
    serving: dict[str, set[str]] = {}
    for measure in view.measures:
        skpd, kode = source_indicator(facts, unit, measure)
        serving.setdefault(skpd, set()).update((kode,) if kode else ())
    blocks: list[Block] = []
    for skpd, indicators in serving.items():
        rows = programs_serving(facts, skpd, tahun_period(facts.tahun), frozenset(indicators))
        if not rows:
            continue
        by_whom = f" – {facts.skpd[skpd].nama_skpd}" if unit is KABUPATEN else ""
        blocks += _with_sentences(
            budget_table(rows, f"Program dan kegiatan penunjang Sasaran {view.nomor}{by_whom}", total=False),
            [describe_programs([b for b in rows if b.level == "kegiatan"])],
        )
    asked = placeholder(owner_of(unit), "program dan kegiatan yang menunjang sasaran ini")
    return blocks or [Paragraph(f"Program dan kegiatan penunjang belum dipetakan ke indikator sasaran ini. {asked}")]
