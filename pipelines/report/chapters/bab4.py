"""Bab IV Penutup: conclusion from the figures; steps ahead in the SKPD's own words."""

from __future__ import annotations

from pipelines.report.blocks import Block, BulletList, Heading, Paragraph
from pipelines.report.chapters.budgets import tell_budget
from pipelines.report.chapters.common import text_blocks
from pipelines.report.chapters.measured import missed
from pipelines.report.chapters.units import describe_reached, describe_whole
from pipelines.report.facets import narratives_of, sasaran_views, unit_name
from pipelines.report.model import Facts, Unit
from pipelines.report.narrative import (
    count_reached,
    describe_missing,
    latest,
    quote,
    say_since,
)
from pipelines.report.rows import Measure
from schemas.period import tahun_period
from schemas.vocabulary import Bagian


def bab4_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """Simpulan and langkah di masa mendatang."""
    return [
        Heading(1, "BAB IV  PENUTUP"),
        Heading(2, "A. Simpulan"),
        *_conclusion(facts, unit),
        Heading(2, "B. Langkah di Masa Mendatang"),
        *_steps_ahead(facts, unit),
    ]


def _conclusion(facts: Facts, unit: Unit) -> list[Block]:
    periode, nama = tahun_period(facts.tahun), unit_name(facts, unit)
    views = sasaran_views(facts, unit, periode)
    measures = [m for v in views for m in v.measures]
    reached = count_reached(views)
    sentences = [
        f"{describe_whole(facts, unit, periode, nama, measures)} {describe_reached(facts, unit, measures)}",
        " ".join(s for s in (reached, describe_missing(views)) if s) or None,
        tell_budget(facts, unit, periode),
    ]
    return [Paragraph(sentence) for sentence in sentences if sentence]


def _steps_ahead(facts: Facts, unit: Unit) -> list[Block]:
    """What the office wrote itself; then the follow-up of the indicators that fell short, as the SKPD wrote it."""
    periode = tahun_period(facts.tahun)
    behind = missed([m for v in sasaran_views(facts, unit, periode) for m in v.measures])
    steps = [step for m in behind if (step := _follow_up(facts, unit, m))]
    planned: list[Block] = []
    if steps:
        lead = "Untuk indikator yang belum mencapai target, SKPD merencanakan tindak lanjut berikut:"
        planned = [Paragraph(lead), BulletList(tuple(steps))]
    asked = f"langkah perbaikan kinerja Tahun {facts.tahun + 1}"
    return [*planned, *text_blocks(facts, unit, Bagian.LANGKAH, asked)]


def _follow_up(facts: Facts, unit: Unit, measure: Measure) -> str | None:
    """The latest follow-up written of an indicator."""
    found = latest(narratives_of(facts, unit, measure, tahun_period(facts.tahun)), "rencana_tindak_lanjut")
    name = f"{measure.indikator or measure.kode_indikator}{say_since(measure, ' (', ')')}"
    return f"{name}: {quote(found[1])}" if found else None
