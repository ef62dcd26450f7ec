"""Lampiran cascading: from sasaran to indicator to the programs, kegiatan and sub kegiatan that serve it."""

from __future__ import annotations

from pipelines.numerals import ABSENT
from pipelines.report.blocks import Block, Cell, Column, Paragraph, Row, Table, placeholder
from pipelines.report.chapters.common import owner_of
from pipelines.report.chapters.units import describe_composition
from pipelines.report.facets import pk_indicators, unit_name
from pipelines.report.funds import latest_budget_period
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import Budget, PkRow
from pipelines.report.wording import show_annual_target, with_unit


def cascading_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """The tree of a unit as a table, one branch below the other."""
    rows = _kabupaten_rows(facts) if unit is KABUPATEN else _skpd_rows(facts, unit)
    if not rows and (said := describe_composition(facts, unit)):
        return [Paragraph(f"{said} Cascading disajikan pada laporan setiap unit.")]
    if not rows:
        asked = placeholder(owner_of(unit), "cascading kinerja dari sasaran sampai sub kegiatan")
        return [Paragraph(f"Cascading belum dapat disusun karena Perjanjian Kinerja belum tersedia. {asked}")]
    columns = (
        (Column("Sasaran dan indikator kabupaten", 40), Column("SKPD pengampu", 26), Column("Indikator SKPD", 34))
        if unit is KABUPATEN
        else (Column("Sasaran dan indikator", 40), Column("Target", 14, "right"), Column("Kode", 16),
              Column("Program / kegiatan / sub kegiatan", 30))
    )  # fmt: skip
    caption = f"Cascading kinerja {unit_name(facts, unit)} Tahun {facts.tahun}"
    return [Table(columns, tuple(rows), caption, "Sasaran, indikator, dan yang menunjangnya")]


def _kabupaten_rows(facts: Facts) -> list[Row]:
    """Sasaran of the bupati, each indicator with the SKPD and its indicator that feed it."""
    rows, sasaran = [], None
    for pk in pk_indicators(facts, KABUPATEN):
        if pk.sasaran != sasaran:
            sasaran = pk.sasaran
            rows.append(Row((sasaran or ABSENT,), "group"))
        feed = facts.feeds.get(pk.kode_indikator)
        skpd = facts.skpd[pk.kode_skpd].nama_skpd if pk.kode_skpd in facts.skpd else ABSENT
        own = _indicator_name(facts, pk.kode_skpd, feed.kode_indikator_skpd if feed else None)
        rows.append(Row((_named(pk), skpd, own)))
    return rows


def _indicator_name(facts: Facts, kode_skpd: str, kode: str | None) -> str:
    found = next((p for p in facts.pk.get(kode_skpd, ()) if p.kode_indikator == kode), None)
    return f"{kode}  {_named(found)}" if found else kode or placeholder("Bagian Organisasi", "indikator SKPD penunjang")


def _skpd_rows(facts: Facts, unit: str) -> list[Row]:
    periode = latest_budget_period(facts, unit)
    budgets = facts.budgets.get((unit, str(periode)), ()) if periode else ()
    rows, sasaran = [], None
    for pk in pk_indicators(facts, unit):
        if pk.sasaran != sasaran:
            sasaran = pk.sasaran
            rows.append(Row((sasaran or ABSENT,), "group"))
        serving = {s.kode for s in facts.serving.get((unit, str(periode), pk.kode_indikator), ())}
        rows += _branch(pk, [b for b in budgets if b.kode in serving])
    return rows


def _branch(pk: PkRow, rows: list[Budget]) -> list[Row]:
    head = (_named(pk), with_unit(show_annual_target(pk), pk.satuan))
    if not rows:
        return [Row((*head, ABSENT, placeholder("SKPD", "program dan kegiatan yang menunjang")))]
    return [
        Row((*(head if n == 0 else ("", "")), b.kode, _leveled(b)), continued=0 if n == 0 else 2)
        for n, b in enumerate(rows)
    ]


def _leveled(budget: Budget) -> str | Cell:
    name = budget.uraian or ABSENT
    return Cell(name, bold=True) if budget.level == "program" else name


def _named(pk: PkRow) -> str:
    return pk.indikator or pk.kode_indikator
