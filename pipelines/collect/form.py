"""The format pengisian: one workbook per SKPD and quarter, drawn from plain content. Same content, same bytes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.anggaran import draw_anggaran
from pipelines.collect.capaian import compute_capaian
from pipelines.collect.formula import compose_formula
from pipelines.collect.meta import SHEET as META
from pipelines.collect.meta import Lookup, draw_meta
from pipelines.collect.palette import Palette, appearance, height_of, set_properties, set_up_page, write_value
from pipelines.collect.rule import Rule, make_rule
from pipelines.collect.tables import Drawing, draw_table, protect, role_of
from pipelines.collect.validation import add_cell_validation
from schemas.form import HEADER_ROW, FormContent, form_columns
from schemas.layout import load_layout
from schemas.period import CALL_MONTHS

_GUIDE_WIDTH = 96
_LEGEND = (("isian", "Diisi"), ("tetap", "Sudah terisi"), ("rumus", "Dihitung sendiri"))


def write_form(form: FormContent) -> bytes:
    """The workbook of one SKPD for one quarter."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        i = form.identitas
        title = f"Format pengisian {i.nama_skpd} TW {i.triwulan} {i.tahun}"
        set_properties(book, title, i.tahun, CALL_MONTHS[i.triwulan - 1])
        book.set_size(1900, 1100)
        drawing = Drawing(Palette(book), form.identitas)
        sheets = {name: book.add_worksheet(name) for name in _sheet_names()}
        _draw_petunjuk(drawing, sheets["Petunjuk"])
        _draw_identitas(drawing, sheets["Identitas"])
        draw_table(drawing, sheets["PK"], form.pk)
        draw_table(drawing, sheets["IKU"], form.iku)
        rules = _rules(form)
        lookup = draw_meta(drawing.palette, sheets[META], form, rules)
        _draw_realisasi(drawing, sheets["Realisasi"], form, rules, lookup)
        draw_anggaran(drawing, sheets["Anggaran"], form.anggaran)
        draw_table(drawing, sheets["Pengesahan"], form.pengesahan)
        sheets["Petunjuk"].activate()
    return buffer.getvalue()


def _sheet_names() -> tuple[str, ...]:
    return ("Petunjuk", *(sheet.sheet for sheet in load_layout("format_pengisian").sheets), META)


def _rules(form: FormContent) -> list[Rule | None]:
    pk = {row.kode_indikator: row for row in form.pk}
    priors = {prior.kode_indikator: prior for prior in form.priors}
    return [
        make_rule(pk[kode], form.identitas.triwulan, form.rumus_turun, priors.get(kode or "")) if kode in pk else None
        for kode in (row.kode_indikator for row in form.realisasi)
    ]


def _draw_realisasi(
    drawing: Drawing, sheet: Worksheet, form: FormContent, rules: Sequence[Rule | None], lookup: Lookup
) -> None:
    draw_table(drawing, sheet, form.realisasi)
    look = drawing.palette.format("rumus", "percent")
    column = form_columns("Realisasi").index("capaian_dinyatakan_pct")
    for index, (row, rule) in enumerate(zip(form.realisasi, rules, strict=True)):
        value = compute_capaian(rule, row)
        formula = compose_formula(rule, lookup.cells(index, row, rule))
        sheet.write_formula(HEADER_ROW + index, column, formula, look, "" if value is None else float(value))


def _draw_identitas(drawing: Drawing, sheet: Worksheet) -> None:
    """Labels in A, values in B; the title stands above them."""
    palette, look = drawing.palette, appearance()["lembar"]["Identitas"]
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, look["judul"], palette.format("judul"))
    sheet.write_string(1, 0, look["petunjuk"], palette.format("anak_judul"))
    for number, field in enumerate(load_layout("format_pengisian").sheet("Identitas").fields, HEADER_ROW - 1):
        value = getattr(drawing.identitas, field.name)
        sheet.write_string(number, 0, field.label, palette.format("tetap"))
        write_value(sheet, number, 1, value, palette.format(role_of(field, value)))
        sheet.set_row(number, 20)
        add_cell_validation(sheet, number, 1, field.name)
    set_up_page(sheet, 0, drawing.caption)
    protect(sheet)


def _draw_petunjuk(drawing: Drawing, sheet: Worksheet) -> None:
    palette, guide = drawing.palette, _guide()
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, _GUIDE_WIDTH)
    sheet.write_string(0, 0, guide["judul"], palette.format("judul"))
    sheet.write_string(1, 0, drawing.caption, palette.format("anak_judul"))
    row = 3
    for chapter in guide["bab"]:
        row = _draw_chapter(palette, sheet, chapter, row)
    set_up_page(sheet, 0, drawing.caption)
    protect(sheet)


def _draw_chapter(palette: Palette, sheet: Worksheet, chapter: dict[str, Any], row: int) -> int:
    """One chapter with its sentences; the first one shows the colours it speaks of. Returns the next free row."""
    sheet.write_string(row, 0, chapter["judul"], palette.format("bab"))
    sheet.write_blank(row, 1, None, palette.format("bab"))
    for number, sentence in enumerate(chapter["kalimat"], 1):
        sheet.write_number(row + number, 0, number, palette.format("kalimat", "whole"))
        sheet.write_string(row + number, 1, sentence, palette.format("kalimat"))
        sheet.set_row(row + number, height_of([(sentence, _GUIDE_WIDTH)]))
    end = row + len(chapter["kalimat"]) + 1
    return _draw_legend(palette, sheet, end) if chapter.get("warna") else end + 1


def _draw_legend(palette: Palette, sheet: Worksheet, row: int) -> int:
    for at, (role, meaning) in enumerate(_LEGEND):
        sheet.write_blank(row + at, 0, None, palette.format(role))
        sheet.write_string(row + at, 1, meaning, palette.format("kalimat"))
    return row + 4


@cache
def _guide() -> dict[str, Any]:
    return tomllib.loads(files("pipelines.collect").joinpath("petunjuk.toml").read_text("utf-8"))
