"""The analyst's ledger of corrections (sheet Koreksi of the acuan), and the corrections that were applied."""

from __future__ import annotations

from schemas.columns import DATE, Column, Table, number, text, whole
from schemas.typed import place

LEDGER_SHEET = "Koreksi"
IN_FORCE = "KOR-008"
"""The finding by which whoever opens a workbook learns of a correction in it; nobody has to act on it."""
EMPTY_WORD = "(kosong)"
"""What the ledger says of a cell that was, or is to be, empty: an empty cell of the ledger itself says nothing."""

CORRECTABLE = {"PK": "kode_indikator", "IKU": "kode_indikator", "Realisasi": "kode_indikator", "Anggaran": "kode"}
"""The sheets whose cells may be corrected → the column a row is found by."""


def entry(name: str, meaning: str) -> tuple[Column, ...]:
    """Two columns for a cell that is kept as it stands, to be read later as a cell of the column it is meant for."""
    return (
        number(f"{name}_angka", f"{meaning}: a number, as the cell shows it"),
        text(f"{name}_teks", f"{meaning}: anything else, as written", null=True),
    )


REF_KOREKSI = Table(
    "ref_koreksi",
    "one row per correction the analyst wrote down, in the order of the ledger",
    (
        *place(skpd_null=True),
        text("untuk_triwulan", "quarter of the workbook, as written", null=True),
        text("untuk_lembar", "sheet of the format pengisian", null=True),
        text("kode", "code of the indicator or budget row", null=True),
        text("untuk_kolom", "column, by its label", null=True),
        *entry("nilai_lama", "value the workbook is expected to hold"),
        *entry("nilai_baru", "value to be used instead"),
        text("alasan", "why", null=True),
        text("dasar", "what the correction rests on", null=True),
        Column("tanggal", DATE, "day of the correction", null=True),
        text("peran", "role of who corrected", null=True),
    ),
    key=("row_id",),
)
KOREKSI = Table(
    "koreksi",
    "one row per correction in force: old and new value, why, and the two cells",
    (
        text("koreksi_id", "row of the ledger: acuan-2025-koreksi!Koreksi!R5"),
        text("kode_skpd", "SKPD, by code"),
        whole("tahun", "year of the data"),
        whole("triwulan", "quarter of the corrected workbook"),
        text("pengajuan_id", "submission that was corrected"),
        text("row_id", "typed row that was corrected"),
        text("lembar", "sheet, as the ledger names it"),
        text("kode", "code of the indicator or budget row"),
        text("kolom", "column, by its label"),
        text("isian", "typed column"),
        text("sel", "cell of the workbook; null: it is empty", null=True),
        text("nilai_lama", "what the workbook holds, as people write it"),
        text("nilai_baru", "what is used instead"),
        text("alasan", "why"),
        text("dasar", "what it rests on"),
        Column("tanggal", DATE, "day of the correction"),
        text("peran", "role of who corrected"),
        text("acuan_id", "reference file of the ledger"),
        text("sel_koreksi", "cell of the new value in the ledger"),
    ),
    key=("koreksi_id",),
)
