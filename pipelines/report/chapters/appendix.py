"""Lampiran of the LKjIP: the PK, the quarters side by side, budget detail, open findings, corrections, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.numerals import ABSENT
from pipelines.report.blocks import Block, Column, Heading, Paragraph, Passing, Row, Section, Table
from pipelines.report.chapters.budgets import detail_table
from pipelines.report.chapters.cascading import cascading_blocks
from pipelines.report.chapters.corrections import corrections_blocks
from pipelines.report.chapters.evidence import evidence_blocks, findings_blocks, sources_blocks
from pipelines.report.chapters.measured import side_by_side_table
from pipelines.report.chapters.pk import annex_blocks
from pipelines.report.facets import quarters, sasaran_views, submissions
from pipelines.report.found import findings_under, is_idle, open_findings
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import FindingRow
from schemas.period import tahun_period

_OTHERS = "Lainnya: yang ditangani Bagian Organisasi, dan yang tidak menyangkut SKPD di atas"
"""Where the findings of the office itself and of nobody known are counted."""


class Annex(NamedTuple):
    """A Lampiran: its title as a sentence names it, whether it needs landscape paper, what stands in it."""

    title: str
    wide: bool
    blocks: Sequence[Block]


def annexes_of(facts: Facts, unit: Unit) -> list[Annex]:
    """The Lampiran of which there is something to show."""
    annexes = (
        Annex("Perjanjian Kinerja", wide=False, blocks=annex_blocks(facts, unit)),
        Annex("pengukuran kinerja triwulanan", wide=True, blocks=_quarters(facts, unit)),
        Annex("cascading kinerja", wide=True, blocks=cascading_blocks(facts, unit)),
        Annex("rincian anggaran", wide=True, blocks=_detail(facts, unit)),
        Annex("bukti dukung", wide=False, blocks=_evidence(facts, unit)),
        Annex("temuan yang belum selesai", wide=False, blocks=_findings(facts, unit)),
        Annex("koreksi yang diterapkan", wide=False, blocks=corrections_blocks(facts, unit, tahun_period(facts.tahun))),
        Annex("sumber data", wide=False, blocks=_sources(facts, unit)),
    )
    return [annex for annex in annexes if annex.blocks]


def appendix_blocks(annexes: Sequence[Annex]) -> list[Block]:
    """All Lampiran; the wide ones on landscape paper."""
    return [
        block
        for n, annex in enumerate(annexes, 1)
        for block in (Section(landscape=annex.wide), Heading(1, f"LAMPIRAN {n}  {annex.title.upper()}"), *annex.blocks)
    ]


def _quarters(facts: Facts, unit: Unit) -> list[Block]:
    periode = tahun_period(facts.tahun)
    views = sasaran_views(facts, unit, periode)
    if not views and unit is not KABUPATEN and unit in facts.composed:
        return [Paragraph("Pengukuran triwulanan disajikan pada laporan setiap unit.")]
    if not views:
        return [Paragraph("Belum ada pengukuran triwulanan yang dapat disajikan.")]
    caption = f"Target, realisasi, dan capaian setiap triwulan dan setahun, Tahun {facts.tahun}"
    return [side_by_side_table(facts, unit, views, (*quarters(periode), periode), caption)]


def _detail(facts: Facts, unit: Unit) -> list[Block]:
    table = detail_table(facts, unit, tahun_period(facts.tahun)) if unit is not KABUPATEN else None
    return [table] if table else []


def _evidence(facts: Facts, unit: Unit) -> list[Block]:
    periode = tahun_period(facts.tahun)
    measures = [m for view in sasaran_views(facts, unit, periode) for m in view.measures]
    return evidence_blocks(facts, unit, measures, periode)


def _findings(facts: Facts, unit: Unit) -> list[Block]:
    """An SKPD's findings one by one; the kabupaten counts them by SKPD: the list is in each SKPD's report."""
    periode = tahun_period(facts.tahun)
    if unit is not KABUPATEN:
        return findings_blocks(facts, unit, periode)
    columns = (
        Column("No", 5, "center"), Column("SKPD", 53), Column("Kesalahan", 14, "right"),
        Column("Peringatan", 14, "right"), Column("Catatan", 14, "right"),
    )  # fmt: skip
    every = findings_under(facts, KABUPATEN, periode)
    found = [(s.nama_skpd, open_findings(facts, s.kode_skpd, periode)) for s in facts.reporting]
    told = {id(f) for _, findings in found for f in findings}
    found.append((_OTHERS, tuple(f for f in every if id(f) not in told)))
    rows = [Row((str(n), nama, *_levels(findings))) for n, (nama, findings) in enumerate(found, 1)]
    rows.append(Row(("", "Jumlah", *_levels(every)), "total"))
    return [Table(columns, tuple(rows), f"Jumlah temuan terbuka per SKPD Tahun {facts.tahun}")]


def _levels(findings: Sequence[FindingRow]) -> tuple[Passing, ...]:
    return tuple(Passing(sum(f.tingkat == level for f in findings)) for level in ("error", "warning", "note"))


def _sources(facts: Facts, unit: Unit) -> list[Block]:
    periode = tahun_period(facts.tahun)
    if unit is not KABUPATEN:
        return sources_blocks(facts, unit, periode)
    columns = (Column("No", 5, "center"), Column("SKPD", 35), Column("TW", 7, "center"), Column("Berkas", 35),
               Column("SHA-256", 18, "center"))  # fmt: skip
    used = (s for s in submissions(facts, KABUPATEN, periode) if not is_idle(facts, s.kode_skpd, s.triwulan))
    rows = tuple(
        Row((str(n), facts.skpd[s.kode_skpd].nama_skpd if s.kode_skpd in facts.skpd else ABSENT, str(s.triwulan),
             Passing(s.berkas), Passing(s.sha256[:12])))
        for n, s in enumerate(used, 1)
    )  # fmt: skip
    sent = Table(columns, rows, f"Buku kerja SKPD yang dipakai Tahun {facts.tahun}")
    return [sent, *_references(facts)]


def _references(facts: Facts) -> list[Block]:
    """The office's own files, every sheet that was read of them."""
    columns = (Column("No", 5, "center"), Column("Berkas", 47), Column("Lembar", 28), Column("SHA-256", 20, "center"))
    rows = tuple(
        Row((str(n), Passing(s.berkas), s.lembar, Passing(s.sha256[:12])))
        for n, s in enumerate(facts.sources.get(KABUPATEN, ()), 1)
    )
    return [Table(columns, rows, f"Berkas acuan yang dipakai Tahun {facts.tahun}")] if rows else []
