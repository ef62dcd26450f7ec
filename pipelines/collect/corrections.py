"""The empty ledger of corrections: its columns, what may be chosen in them, and how a row is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from schemas.correction import CORRECTABLE, EMPTY_WORD, LEDGER_SHEET
from schemas.layout import load_layout
from schemas.period import ROMAN
from schemas.workbook import column_letter

_HEADER_ROW, _ROWS = 3, 40
_WIDTHS = {
    "kode_skpd": 24, "untuk_triwulan": 10, "untuk_lembar": 11, "kode": 22, "untuk_kolom": 20, "nilai_lama": 15,
    "nilai_baru": 15, "alasan": 42, "dasar": 36, "tanggal": 13, "peran": 28,
}  # fmt: skip
_HELP = (
    "Koreksi diterapkan hanya bila buku kerja memang berisi Nilai Lama. Semua kolom wajib diisi; cara mengisinya pada "
    "lembar Petunjuk."
)
_CHOICES = "Pilihan"
_RULES = (
    "Satu baris untuk satu sel buku kerja SKPD. Buku kerja sendiri tidak diubah; nilai lama dan baru dicatat.",
    "Kode SKPD, Triwulan, Lembar, dan Kolom dipilih dari daftar. Kode: kode indikator, atau kode anggaran pada lembar "
    "Anggaran, seperti tertulis pada buku kerja.",
    "Nilai Lama: nilai yang kini tertulis pada buku kerja, sebagai pengaman. Bila SKPD sudah mengirim nilai lain, "
    "koreksi tidak diterapkan dan muncul sebagai temuan KOR-006.",
    f"Sel yang semula kosong, atau yang hendak dikosongkan, ditulis {EMPTY_WORD}. Data yang belum ada ditulis n/a.",
    "Alasan, Dasar (surat, berita acara, dokumen sumber), Tanggal, dan Peran tercetak pada lampiran laporan.",
    "Mengoreksi sekali lagi: tambah baris baru di bawahnya, dengan Nilai Lama = Nilai Baru yang sebelumnya.",
    "Bila buku kerja yang benar sudah diterima, hapus barisnya; sampai dihapus ia muncul sebagai KOR-006 atau KOR-007.",
)


def write_ledger(tahun: int, skpd: Mapping[str, str]) -> bytes:
    """A ledger nobody has written in; `skpd` gives the names by code. Same register, same bytes."""
    buffer, title = BytesIO(), f"Daftar Koreksi Data Kinerja Tahun {tahun}"
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, title, tahun, 1)
        palette, ledger = Palette(book), book.add_worksheet(LEDGER_SHEET)
        _draw_rules(book.add_worksheet("Petunjuk"), palette)
        _draw_choices(book, book.add_worksheet(_CHOICES), palette, skpd)
        _draw_ledger(ledger, palette, title, len(skpd))
    return buffer.getvalue()


def _draw_ledger(sheet: Worksheet, palette: Palette, title: str, skpd: int) -> None:
    fields = load_layout("acuan").sheet(LEDGER_SHEET).fields
    sheet.write_string(0, 0, title, palette.format("judul"))
    sheet.write_string(1, 0, _HELP, palette.format("anak_judul"))
    for at, f in enumerate(fields):
        sheet.set_column(at, at, _WIDTHS[f.name])
        sheet.write_string(_HEADER_ROW - 1, at, f.label, palette.format("kepala"))
        for row in range(_HEADER_ROW, _HEADER_ROW + _ROWS):
            write_value(sheet, row, at, None, palette.format("isian", "date" if f.kind == "date" else "teks"))
        if rule := _rule(f.name, skpd):
            sheet.data_validation(_HEADER_ROW, at, 1000, at, rule)
    sheet.set_row(_HEADER_ROW - 1, 32)
    sheet.freeze_panes(_HEADER_ROW, 1)
    set_up_page(sheet, _HEADER_ROW, title)


def _rule(name: str, skpd: int) -> dict[str, Any] | None:
    """The list a column is chosen from; the columns to choose from are those of the sheet chosen in the row."""
    sources: dict[str, Sequence[str] | str] = {
        "untuk_triwulan": ROMAN,
        "untuk_lembar": tuple(CORRECTABLE),
        "untuk_kolom": f'=INDIRECT("Kolom_"&$C{_HEADER_ROW + 1})',
        **({"kode_skpd": f"={_CHOICES}!$A$2:$A${skpd + 1}"} if skpd else {}),
    }
    source = sources.get(name)
    if source is None:
        return None
    return {"validate": "list", "source": list(source) if isinstance(source, tuple) else source, "ignore_blank": True}


def _draw_choices(book: Workbook, sheet: Worksheet, palette: Palette, skpd: Mapping[str, str]) -> None:
    columns = {name: [f.label for f in load_layout("format_pengisian").sheet(name).fields] for name in CORRECTABLE}
    listed = {
        "Kode SKPD": list(skpd), "Nama SKPD": list(skpd.values()),
        **{f"Kolom {name}": labels for name, labels in columns.items()},
    }  # fmt: skip
    for at, (label, words) in enumerate(listed.items()):
        sheet.set_column(at, at, 66 if label.startswith("Nama") else 28)
        sheet.write_string(0, at, label, palette.format("kepala"))
        for row, word in enumerate(words, 1):
            write_value(sheet, row, at, word, palette.format("polos"))
        if label.startswith("Kolom"):
            letter = column_letter(at + 1)
            book.define_name(label.replace(" ", "_"), f"={_CHOICES}!${letter}$2:${letter}${len(words) + 1}")
    set_up_page(sheet, 1, "Pilihan pada Daftar Koreksi")


def _draw_rules(sheet: Worksheet, palette: Palette) -> None:
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, "Cara mengisi daftar koreksi", palette.format("judul"))
    for row, rule in enumerate(_RULES, 2):
        sheet.write_number(row, 0, row - 1, palette.format("polos", "whole"))
        sheet.write_string(row, 1, rule, palette.format("polos"))
        sheet.set_row(row, height_of([(rule, 96)]))
    set_up_page(sheet, 0, "Petunjuk Daftar Koreksi")
