"""Bab III Akuntabilitas Kinerja: capaian of every sasaran, realisasi anggaran, follow-up of last year's evaluation."""

from __future__ import annotations

from pipelines.report.blocks import Block, Heading, Paragraph, placeholder
from pipelines.report.chapters.budgets import budget_blocks
from pipelines.report.chapters.charts import budget_chart, quarters_chart
from pipelines.report.chapters.common import owner_of
from pipelines.report.chapters.efficiency import efficiency_table, rated_sasaran
from pipelines.report.chapters.evidence import rule_blocks
from pipelines.report.chapters.followup import followup_blocks
from pipelines.report.chapters.measured import summary_table
from pipelines.report.chapters.recap import share_table
from pipelines.report.chapters.sasaran import sasaran_blocks
from pipelines.report.chapters.units import units_blocks
from pipelines.report.facets import SasaranView, sasaran_views, unit_name
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import describe_efficiencies, describe_missing, describe_sasaran_all
from schemas.period import tahun_period


def bab3_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """A. Capaian Kinerja Organisasi, sasaran by sasaran; B. Realisasi Anggaran; C. follow-up."""
    periode = tahun_period(facts.tahun)
    views = sasaran_views(facts, unit, periode)
    return [
        Heading(1, "BAB III  AKUNTABILITAS KINERJA"),
        Heading(2, "A. Capaian Kinerja Organisasi"),
        *_overview(facts, unit, views),
        *(block for view in views for block in sasaran_blocks(facts, unit, view)),
        Heading(2, "B. Realisasi Anggaran"),
        *budget_blocks(facts, unit, periode),
        *_by_sasaran(facts, unit, views),
        *([share_table(facts, periode)] if unit is KABUPATEN else []),
        Heading(2, "C. Tindak Lanjut atas Hasil Evaluasi Tahun Lalu"),
        *followup_blocks(facts, unit),
    ]


def _overview(facts: Facts, unit: Unit, views: tuple[SasaranView, ...]) -> list[Block]:
    nama = unit_name(facts, unit)
    if not views and (units := units_blocks(facts, unit, tahun_period(facts.tahun))):
        return [*units, *rule_blocks(facts.pemda)]
    if not views:
        asked = placeholder(owner_of(unit), "realisasi kinerja setahun")
        sentence = f"Capaian kinerja {nama} Tahun {facts.tahun} belum tersedia. {asked}"
        return [Paragraph(sentence), *rule_blocks(facts.pemda)]
    quarterly = quarters_chart(facts, unit, f"Capaian kinerja setiap triwulan Tahun {facts.tahun}")
    said = [
        f"Kinerja {nama} diukur dengan membandingkan realisasi terhadap target Perjanjian Kinerja Tahun {facts.tahun}.",
        describe_sasaran_all(views),
        describe_missing(views),
    ]
    return [
        Paragraph(" ".join(s for s in said if s)),
        summary_table(facts, views, f"Ringkasan capaian sasaran strategis Tahun {facts.tahun}"),
        *((quarterly,) if quarterly else ()),
        *rule_blocks(facts.pemda),
    ]


def _by_sasaran(facts: Facts, unit: Unit, views: tuple[SasaranView, ...]) -> list[Block]:
    """What each sasaran of an SKPD cost beside what it reached."""
    found = {e.sasaran: e for e in rated_sasaran(facts, unit)} if unit is not KABUPATEN else {}
    numbered = [(v.nomor, found[v.sasaran]) for v in views if v.sasaran in found]
    if len(numbered) < 2:
        return []
    rows = [row for _, row in numbered]
    said = describe_efficiencies(rows)
    table = efficiency_table(facts, unit, rows, f"Capaian dan anggaran per sasaran Tahun {facts.tahun}")
    caption = f"Capaian dan serapan anggaran per sasaran Tahun {facts.tahun}"
    chart = budget_chart(rows, [n for n, _ in numbered], caption)
    return [table, *((Paragraph(said),) if said else ()), *((chart,) if chart else ())]
