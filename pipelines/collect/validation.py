"""Excel data validation: lists where words are closed, gentle prompts where more than a figure may stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from schemas.form import DOKUMEN_PK, HEADER_ROW, PERAN, STATUS_DATA
from schemas.layout import Field
from schemas.vocabulary import CaraIsi, Konsolidasi, Polaritas, labels_of

_LISTS = {
    "polaritas": labels_of(Polaritas),
    "konsolidasi": labels_of(Konsolidasi),
    "cara_isi": labels_of(CaraIsi),
    "dokumen_pk": DOKUMEN_PK,
    "status_data": STATUS_DATA,
    "peran": PERAN,
}
_PART = "Angka pembentuk rasio. Kosongkan bila indikator bukan rasio."
_FIGURES = {
    "pembilang": ("Pembilang", _PART, None),
    "penyebut": ("Penyebut", _PART, None),
    "pagu_rp": ("Pagu", "Rupiah penuh menurut DPA yang berlaku, tanpa titik.", None),
    "realisasi_rp": ("Realisasi s.d. TW", "Rupiah penuh sejak 1 Januari, tanpa titik.", None),
    "realisasi_fisik_pct": ("Realisasi Fisik", "Antara 0 dan 100.", 100),
    "bobot": ("Bobot", "Bobot dalam sasaran.", None),
}
_REALISASI = "Angka (desimal koma), predikat seperti BB (79,39), atau n/a bila data belum tersedia."
_CODES = {
    "kode": "Kode lengkap menurut DPA, misalnya 1.02.02.2.01.0005.",
    "kode_indikator": "Kode yang sama pada lembar PK, IKU, Realisasi, dan Anggaran, misalnya IK-01.",
}
_TARGET = "Seperti pada PK: angka (desimal koma), predikat, rentang seperti 80 - 90, atau - bila tidak ditargetkan."


def add_validation(sheet: Worksheet, column: Field, at: int, rows: int, tahun: int, *, blank: bool) -> None:
    """What the cells of one column accept; in a `blank` table it is also said what stands in a code or a target."""
    rule = _rule(column, tahun) or (_hint(column) if blank else None)
    if rule is not None and rows:
        sheet.data_validation(HEADER_ROW, at, HEADER_ROW + rows - 1, at, rule)


def add_cell_validation(sheet: Worksheet, row: int, column: int, name: str) -> None:
    """The list of one single cell, by field name."""
    if name in _LISTS:
        sheet.data_validation(row, column, row, column, _list_of(name))


def _rule(column: Field, tahun: int) -> dict[str, Any] | None:
    if column.name in _LISTS:
        return _list_of(column.name)
    if column.name in _FIGURES:
        return _figure(*_FIGURES[column.name])
    if column.kind == "date":
        return _date(tahun)
    return _prompt(column.label, _REALISASI) if column.name == "realisasi_tw" else None


def _hint(column: Field) -> dict[str, Any] | None:
    told = _CODES.get(column.name) or (_TARGET if column.kind == "measure" else None)
    return _prompt(column.label, told) if told else None


def _list_of(name: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(_LISTS[name]),
        "error_title": "Pilih dari daftar",
        "error_message": "Pilih salah satu: " + ", ".join(_LISTS[name]),
    }


def _figure(title: str, prompt: str, maximum: int | None) -> dict[str, Any]:
    least = {"criteria": ">=", "value": 0}
    bounds = least if maximum is None else {"criteria": "between", "minimum": 0, "maximum": maximum}
    return {
        "validate": "decimal",
        **bounds,
        "input_title": title,
        "input_message": prompt,
        "error_title": "Harus angka",
        "error_message": "Isi dengan angka saja, desimal memakai koma.",
        "error_type": "warning",
    }


def _date(tahun: int) -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(tahun, 1, 1),
        "maximum": date(tahun + 1, 12, 31),
        "input_title": "Tanggal",
        "input_message": "Contoh: 12/06/2025",
        "error_title": "Tanggal tidak dikenal",
        "error_message": "Tulis sebagai tanggal, misalnya 12/06/2025.",
        "error_type": "warning",
    }


def _prompt(title: str, message: str) -> dict[str, Any]:
    """Nothing is refused, what is expected is said."""
    return {"validate": "any", "input_title": title, "input_message": message}
