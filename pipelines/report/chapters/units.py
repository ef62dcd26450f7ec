"""An SKPD without a PK of its own: what it is measured from, said in words and unit by unit."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.numerals import ABSENT, format_percent
from pipelines.report.blocks import Block, Column, Paragraph, Row, Table
from pipelines.report.facets import unit_name, unit_quarters
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import describe_outcomes, describe_unit, join_words
from pipelines.report.rows import Measure
from pipelines.report.wording import CAME_IN, in_brackets, kategori_cell
from schemas.period import Periode


def describe_composition(facts: Facts, unit: Unit) -> str | None:
    """Which units an SKPD is measured from; None for one that has a PK of its own, or none to measure."""
    units = facts.composed.get(unit, ()) if unit is not KABUPATEN else ()
    if not units:
        return None
    listed = join_words([u.nama_skpd for u in units])
    return f"{unit_name(facts, unit)} tidak mempunyai Perjanjian Kinerja sendiri; kinerjanya diukur dari {listed}."


def describe_whole(facts: Facts, unit: Unit, periode: Periode, nama: str, measures: Sequence[Measure]) -> str:
    """The unit as a whole in a period, with the quarters its capaian rests on."""
    up = facts.units.get((unit, str(periode)))
    return describe_unit(nama, periode, up, len(measures), unit_quarters(facts, unit, periode))


def describe_reached(facts: Facts, unit: Unit, measures: Sequence[Measure]) -> str:
    """How the indicators of a unit came out, or that it has none because its units are measured."""
    composition = None if measures else describe_composition(facts, unit)
    return composition or describe_outcomes(measures)


def measured_cell(facts: Facts, unit: Unit, periode: Periode) -> str:
    """How many indicators of a unit are measured in a period and, where not by all of its quarters, by which."""
    up = facts.units.get((unit, str(periode)))
    if up is None:
        return ABSENT
    return f"{up.indikator_terukur} dari {up.indikator_total}{in_brackets(unit_quarters(facts, unit, periode))}"


def units_blocks(facts: Facts, unit: Unit, periode: Periode) -> list[Block]:
    """What each of the units reached in the period; nothing for an SKPD with a PK of its own."""
    said = describe_composition(facts, unit)
    if said is None or unit is KABUPATEN:
        return []
    columns = (
        Column("No", 5, "center"), Column("Unit", 51), Column("Indikator terukur", 15, "center"),
        Column("Capaian (%)", 13, "right"), Column("Kategori", 16, "center"),
    )  # fmt: skip
    rows: list[Row] = []
    for number, member in enumerate(facts.composed[unit], 1):
        up = facts.units.get((member.kode_skpd, str(periode)))
        rows.append(Row((
            str(number), member.nama_skpd, measured_cell(facts, member.kode_skpd, periode),
            format_percent(up.capaian_pct if up else None), kategori_cell(facts.pemda, up.kategori if up else None),
        )))  # fmt: skip
    note = "Indikator, penjelasan, dan anggaran setiap unit disajikan pada laporannya sendiri."
    if any(unit_quarters(facts, member.kode_skpd, periode) for member in facts.composed[unit]):
        note += f" {CAME_IN}"
    return [Paragraph(said), Table(columns, tuple(rows), f"Capaian kinerja unit {periode.label}", note=note)]
