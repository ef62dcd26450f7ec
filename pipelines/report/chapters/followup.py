"""What was done about the recommendations of last year's evaluation, as the office keeps it in its acuan."""

from __future__ import annotations

from pipelines.numerals import ABSENT, spell
from pipelines.report.blocks import Block, Column, Paragraph, Row, Table, placeholder
from pipelines.report.chapters.common import owner_of
from pipelines.report.facets import unit_name
from pipelines.report.model import Facts, Unit
from pipelines.report.narrative import quote
from pipelines.report.office_rows import FollowUp


def followup_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """Recommendation, follow-up, state and evidence; where none is kept, an open place."""
    rows, owner = facts.followups.get(unit, ()), owner_of(unit)
    if not rows:
        asked = placeholder(owner, f"tindak lanjut atas hasil evaluasi AKIP Tahun {facts.tahun - 1}")
        sentence = "Rekomendasi hasil evaluasi tahun lalu belum tercatat dalam data acuan."
        return [Paragraph(f"{sentence} {asked}")]
    columns = (
        Column("No", 5, "center"), Column("Rekomendasi", 33), Column("Tindak lanjut", 34),
        Column("Status", 13, "center"), Column("Bukti", 15),
    )  # fmt: skip
    caption = f"Tindak lanjut hasil evaluasi Tahun {facts.tahun - 1}"
    return [Paragraph(_counted(facts, unit, rows)), Table(columns, tuple(_row(r, owner) for r in rows), caption)]


def _row(row: FollowUp, owner: str) -> Row:
    done = quote(row.tindak_lanjut) if row.tindak_lanjut else placeholder(owner, "tindak lanjut rekomendasi ini")
    return Row((str(row.nomor), quote(row.rekomendasi), done, row.status or ABSENT, row.bukti or ABSENT))


def _counted(facts: Facts, unit: Unit, rows: tuple[FollowUp, ...]) -> str:
    told = sum(r.tindak_lanjut is not None for r in rows)
    nama = unit_name(facts, unit)
    evaluated = f"Hasil evaluasi atas akuntabilitas kinerja {nama} Tahun {facts.tahun - 1}"
    head = f"{evaluated} memuat {spell(len(rows))} rekomendasi"
    if told == len(rows):
        return f"{head}, yang seluruhnya telah dijelaskan tindak lanjutnya."
    if not told:
        return f"{head}; tindak lanjutnya belum dijelaskan."
    return f"{head}; {spell(told)} di antaranya telah dijelaskan tindak lanjutnya."
