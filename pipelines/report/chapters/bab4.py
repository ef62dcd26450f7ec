"""Bab IV Penutup: conclusion from the figures; steps ahead in the SKPD's own words."""

from __future__ import annotations

from pipelines.report.blocks import Block, BulletList, Heading, Paragraph, placeholder
from pipelines.report.chapters.common import owner_of
from pipelines.report.chapters.measured import missed
from pipelines.report.facets import narratives_of, sasaran_views, unit_name
from pipelines.report.funds import unit_budget
from pipelines.report.model import Facts, Unit
from pipelines.report.narrative import describe_budget, describe_outcomes, describe_unit, unmeasured_note
from pipelines.report.rows import Measure
from schemas.period import tahun_period


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
    measures = [m for v in sasaran_views(facts, unit, periode) for m in v.measures]
    up, total = facts.units.get((unit, str(periode))), unit_budget(facts, unit, periode)
    sentences = [
        f"{describe_unit(nama, periode, up, len(measures))} {describe_outcomes(measures)}",
        unmeasured_note(measures),
        describe_budget(nama, periode, total) if total else None,
    ]
    return [Paragraph(sentence) for sentence in sentences if sentence]


def _steps_ahead(facts: Facts, unit: Unit) -> list[Block]:
    """Follow-up of the indicators that fell short, as the SKPD wrote it."""
    periode = tahun_period(facts.tahun)
    behind = missed([m for v in sasaran_views(facts, unit, periode) for m in v.measures])
    steps = [step for m in behind if (step := _follow_up(facts, unit, m))]
    asked = Paragraph(placeholder(owner_of(unit), "langkah perbaikan kinerja pada tahun berikutnya"))
    if not steps:
        return [asked]
    lead = Paragraph("Untuk indikator yang belum mencapai target, tindak lanjut yang direncanakan adalah:")
    return [lead, BulletList(tuple(steps)), asked]


def _follow_up(facts: Facts, unit: Unit, measure: Measure) -> str | None:
    """The latest follow-up written of an indicator."""
    written = narratives_of(facts, unit, measure, tahun_period(facts.tahun))
    plans = [n.rencana_tindak_lanjut.strip() for n in written if n.rencana_tindak_lanjut]
    return f"{measure.indikator or measure.kode_indikator}: {plans[-1]}" if plans else None
