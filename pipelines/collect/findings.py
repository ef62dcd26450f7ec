"""Daftar temuan: the findings of a quarter as a workbook that an officer sorts, filters and sends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from schemas.finding import Finding, mended_by
from schemas.period import Periode
from schemas.vocabulary import LABELS

_COLUMNS = (
    ("Tingkat", 12), ("Kode", 10), ("Kode SKPD", 24), ("SKPD", 34), ("Ditangani oleh", 34), ("Berkas", 40),
    ("Lembar", 12), ("Sel", 8), ("Nilai terbaca", 18), ("Temuan", 60), ("Saran", 52), ("Dasar hukum", 30),
)  # fmt: skip
_HEADER_ROW = 3
_OFFICE = "Bagian Organisasi"


def write_findings(periode: Periode, findings: Sequence[Finding], names: Mapping[str, str]) -> bytes:
    """One row per finding, in the order given; `names` gives the SKPD of a code. Same findings, same bytes."""
    buffer, title = BytesIO(), f"Daftar Temuan {periode.label}"
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, title, periode.tahun, 3 * periode.triwulan[-1])
        palette, sheet = Palette(book), book.add_worksheet("Temuan")
        sheet.write_string(0, 0, title, palette.format("judul"))
        _draw_rows(sheet, palette, list_cells(findings, names), findings)
        set_up_page(sheet, _HEADER_ROW, title)
    return buffer.getvalue()


def list_cells(findings: Sequence[Finding], names: Mapping[str, str]) -> list[tuple[str | None, ...]]:
    """What the workbook says of each finding: whom it is about, and whose it is to act on."""
    return [_cells(f, names) for f in findings]


def _cells(f: Finding, names: Mapping[str, str]) -> tuple[str | None, ...]:
    acting = names.get(mended_by(f.kode, f.kode_skpd) or "", _OFFICE)
    return (
        LABELS[f.tingkat], f.kode, f.kode_skpd, names.get(f.kode_skpd or ""), acting, f.berkas, f.lembar, f.sel,
        f.nilai, f.pesan, f.saran, f.dasar_hukum,
    )  # fmt: skip


def _draw_rows(
    sheet: Worksheet,
    palette: Palette,
    rows: Sequence[tuple[str | None, ...]],
    findings: Sequence[Finding],
) -> None:
    for at, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADER_ROW - 1, at, label, palette.format("kepala"))
    for number, (row, finding) in enumerate(zip(rows, findings, strict=True), _HEADER_ROW):
        for at, value in enumerate(row):
            write_value(sheet, number, at, value, palette.format(str(finding.tingkat) if at == 0 else "polos"))
        sheet.set_row(number, height_of((value, width) for value, (_, width) in zip(row, _COLUMNS, strict=True)))
    sheet.freeze_panes(_HEADER_ROW, 2)
    sheet.autofilter(_HEADER_ROW - 1, 0, _HEADER_ROW - 1 + max(len(rows), 1), len(_COLUMNS) - 1)
