"""Usulan padanan: the open questions of a quarter as a workbook, ready to be confirmed and copied to the acuan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from schemas.form import FormValue
from schemas.layout import load_layout
from schemas.period import Periode
from schemas.question import Question

_CONFIRMED = {"kode_skpd": 24, "jenis": 11, "nama": 38, "kode": 18, "dasar": 18, "tanggal": 12}
_BESIDE = (
    ("Nama pada acuan", 38), ("Kemiripan (%)", 14), ("Pilihan lain", 32), ("SKPD", 28), ("Berkas", 26),
    ("Lembar", 14), ("Sel", 8), ("Pertanyaan", 40),
)  # fmt: skip
_FIRST_PAGE = len(_CONFIRMED) + 1  # what is confirmed, beside the name it would be tied to
_HELP = (
    "Periksa setiap baris. Bila Kode yang diusulkan benar (atau setelah diperbaiki), isi Dasar dan Tanggal, lalu salin "
    "kolom A–F ke lembar Padanan pada buku kerja acuan. Usulan ini sendiri tidak mengubah apa pun."
)
_HEADER_ROW = 4


def write_questions(periode: Periode, questions: Sequence[Question], names: Mapping[str, str]) -> bytes:
    """One row per question, each name once; columns A–F are those of the sheet Padanan. Same questions, same bytes."""
    buffer, title = BytesIO(), f"Usulan Padanan {periode.label}"
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, title, periode.tahun, 3 * periode.triwulan[-1])
        palette, sheet = Palette(book), book.add_worksheet("Usulan Padanan")
        sheet.write_string(0, 0, title, palette.format("judul"))
        sheet.write_string(1, 0, _HELP, palette.format("anak_judul"))
        _draw_rows(sheet, palette, [_cells(q, names) for q in questions])
        set_up_page(sheet, _HEADER_ROW, title)
        sheet.fit_to_pages(2, 0)  # on one, fourteen columns of names are too small to read
        sheet.set_v_pagebreaks([_FIRST_PAGE])
    return buffer.getvalue()


def _columns() -> list[tuple[str, int]]:
    labels = {f.name: f.label for f in load_layout("acuan").sheet("Padanan").fields}
    return [*((labels[name], width) for name, width in _CONFIRMED.items()), *_BESIDE]


def _cells(q: Question, names: Mapping[str, str]) -> tuple[FormValue, ...]:
    return (
        q.kode_skpd, str(q.jenis), q.nama, q.kode, None, None, q.nama_acuan, q.skor, q.lain,
        names.get(q.kode_skpd or ""), q.berkas, q.lembar, q.sel, q.sebab,
    )  # fmt: skip


def _draw_rows(sheet: Worksheet, palette: Palette, rows: Sequence[tuple[FormValue, ...]]) -> None:
    columns = _columns()
    for at, (label, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADER_ROW - 1, at, label, palette.format("kepala"))
    for number, row in enumerate(rows, _HEADER_ROW):
        for at, value in enumerate(row):
            write_value(sheet, number, at, value, palette.format("polos"))
        sheet.set_row(number, height_of((value, width) for value, (_, width) in zip(row, columns, strict=True)))
    sheet.freeze_panes(_HEADER_ROW, 4)
    sheet.autofilter(_HEADER_ROW - 1, 0, _HEADER_ROW - 1 + max(len(rows), 1), len(columns) - 1)
