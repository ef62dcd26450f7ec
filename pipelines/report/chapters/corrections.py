"""The corrections a document rests on: old and new value, with reason and basis."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.numerals import format_date, roman
from pipelines.report.blocks import Block, Column, Paragraph, Row, Table
from pipelines.report.chapters.evidence import name_of
from pipelines.report.corrected import corrections_of, is_of
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.office_rows import CorrectionRow
from schemas.period import Periode

_INTRO = (
    "Nilai berikut dikoreksi oleh penyusun. Buku kerja SKPD tetap seperti diterima; koreksi hanya berlaku selama "
    "buku kerja berisi nilai yang tercantum."
)
_EARLIER = "Koreksi atas {} sebelumnya tercantum karena angka {} ikut bertumpu padanya."


def corrections_blocks(facts: Facts, unit: Unit, periode: Periode) -> list[Block]:
    """Corrections on which the figures of a period rest; empty where there are none."""
    found = corrections_of(facts, unit, periode)
    if not found:
        return []
    earlier = [c for c in found if not is_of(c, periode)]
    what = "triwulan atau tahun" if any(c.tahun != periode.tahun for c in earlier) else "triwulan"
    intro = f"{_INTRO} {_EARLIER.format(what, periode.label)}" if earlier else _INTRO
    whose = unit is KABUPATEN or len({c.kode_skpd for c in found} | {unit}) > 1
    table = corrections_table(facts, found, f"Koreksi yang diterapkan untuk {periode.label}", whose=whose)
    return [Paragraph(intro), table]


def corrections_table(facts: Facts, found: Sequence[CorrectionRow], caption: str, *, whose: bool) -> Table:
    """One row per correction; `whose`: with the SKPD whose data it is about."""
    columns = (
        Column("No", 5, "center"), Column("TW", 6, "center"), Column("Data yang dikoreksi", 29),
        Column("Nilai pada buku kerja", 14), Column("Nilai yang dipakai", 14), Column("Alasan, dasar, tanggal", 32),
    )  # fmt: skip
    rows: list[Row] = []
    for number, c in enumerate(found, 1):
        name = f"{name_of(facts, c.kode_skpd)}\n" if whose else ""
        cell = f"{name}{c.kolom} {c.kode}\n{c.lembar}{f'!{c.sel}' if c.sel else ''}"
        why = f"{c.alasan}\nDasar: {c.dasar}\n{format_date(c.tanggal)}, {c.peran}"
        quarter = roman(c.triwulan) if c.tahun == facts.tahun else f"{roman(c.triwulan)}\n{c.tahun}"
        rows.append(Row((str(number), quarter, cell, c.nilai_lama, c.nilai_baru, why)))
    return Table(columns, tuple(rows), caption)
