"""Bab II Perencanaan Kinerja: the PK, the IKU, programs and budget."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.numerals import ABSENT
from pipelines.report.blocks import Block, Column, Heading, Paragraph, Row, Table, placeholder
from pipelines.report.chapters.common import owner_of
from pipelines.report.chapters.pk import pk_table, program_table
from pipelines.report.chapters.units import describe_composition
from pipelines.report.facets import pk_indicators, unit_name
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import PkRow


def bab2_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """Summary of the PK, indicator definitions, programs and budget."""
    nama, year = unit_name(facts, unit), f"Tahun {facts.tahun}"
    return [
        Heading(1, "BAB II  PERENCANAAN KINERJA"),
        Heading(2, "A. Perjanjian Kinerja"),
        *_agreement(facts, unit),
        Heading(2, "B. Indikator Kinerja Utama"),
        *_iku(facts, unit),
        Heading(2, "C. Program dan Anggaran"),
        Paragraph("Program yang mendukung pencapaian sasaran beserta anggarannya disajikan pada tabel berikut."),
        program_table(facts, unit, f"Program dan anggaran {nama} {year}"),
    ]


def _agreement(facts: Facts, unit: Unit) -> list[Block]:
    nama, rows = unit_name(facts, unit), pk_indicators(facts, unit)
    if not rows and (said := describe_composition(facts, unit)):
        return [Paragraph(said)]
    if not rows:
        return [Paragraph(placeholder(owner_of(unit), f"Perjanjian Kinerja Tahun {facts.tahun}"))]
    changed = any((p.dokumen_pk or "").casefold() == "perubahan" for p in rows)
    used = (
        "Perjanjian Kinerja telah diubah pada tahun berjalan; kinerja setahun diukur terhadap perubahannya."
        if changed
        else "Kinerja setahun diukur terhadap target berikut."
    )
    return [Paragraph(used), pk_table(facts, unit, f"Perjanjian Kinerja {nama} Tahun {facts.tahun}")]


def _iku(facts: Facts, unit: Unit) -> list[Block]:
    rows = [p for p in pk_indicators(facts, unit) if p.iku]
    if not rows:
        return [Paragraph(placeholder(owner_of(unit), "indikator kinerja utama beserta definisi dan formulasinya"))]
    if unit is KABUPATEN:
        return _kabupaten_iku(facts, rows)
    columns = (
        Column("No", 5, "center"), Column("Indikator Kinerja Utama", 31), Column("Definisi operasional", 26),
        Column("Formulasi", 22), Column("Sumber data", 16),
    )  # fmt: skip
    body = tuple(
        Row(
            (
                str(n), p.indikator or p.kode_indikator, p.definisi_operasional or ABSENT, p.formulasi or ABSENT,
                p.sumber_data or ABSENT,
            )
        )
        for n, p in enumerate(rows, 1)
    )  # fmt: skip
    return [Table(columns, body, f"Indikator kinerja utama {unit_name(facts, unit)}")]


def _kabupaten_iku(facts: Facts, rows: Sequence[PkRow]) -> list[Block]:
    """The bupati's IKU with the SKPD that is in charge of each; their definitions stand in the decree on IKU."""
    columns = (
        Column("No", 5, "center"), Column("Indikator Kinerja Utama", 45), Column("Satuan", 15, "center"),
        Column("SKPD pengampu", 35),
    )  # fmt: skip
    names = {kode: skpd.nama_skpd for kode, skpd in facts.skpd.items()}
    body = tuple(
        Row((str(n), p.indikator or p.kode_indikator, p.satuan or ABSENT, names.get(p.kode_skpd, ABSENT)))
        for n, p in enumerate(rows, 1)
    )
    asked = placeholder(owner_of(KABUPATEN), "definisi operasional dan formulasi menurut keputusan tentang IKU")
    return [Table(columns, body, f"Indikator kinerja utama {facts.pemda.nama}"), Paragraph(asked)]
