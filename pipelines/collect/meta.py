"""The hidden sheet `_meta`: what the workbook is, a checksum of what was prefilled, and what its formulas look up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from pipelines.collect.formula import Cells
from pipelines.collect.palette import Palette, write_value
from pipelines.collect.rule import Rule
from schemas.form import FormContent, FormValue, RealisasiRow, form_cell
from schemas.workbook import address

SHEET = "_meta"
_COLUMNS = (
    "kode_indikator", "target", "target_atas", "skor", "realisasi_lalu", "target_lalu",
    "pembilang_lalu", "penyebut_lalu",
)  # fmt: skip
_HEADER_ROW = 8
_GRADE_COLUMN = len(_COLUMNS) + 2


@dataclass(frozen=True)
class Lookup:
    """Where every row's figures stand on `_meta`, and its table of grades."""

    grades: Mapping[int, str]

    def cells(self, index: int, row: RealisasiRow, rule: Rule | None) -> Cells:
        """The addresses a formula of the Realisasi sheet needs."""
        at = {name: _absolute(_HEADER_ROW + 1 + index, place) for place, name in enumerate(_COLUMNS, 1)}
        plain = rule is not None and row.target_tw == rule.target.nilai
        return Cells(
            target=form_cell("Realisasi", "target_tw", index) if plain else at["target"],
            realisasi=form_cell("Realisasi", "realisasi_tw", index),
            pembilang=form_cell("Realisasi", "pembilang", index),
            penyebut=form_cell("Realisasi", "penyebut", index),
            atas=at["target_atas"],
            skor=at["skor"],
            realisasi_lalu=at["realisasi_lalu"],
            target_lalu=at["target_lalu"],
            pembilang_lalu=at["pembilang_lalu"],
            penyebut_lalu=at["penyebut_lalu"],
            predikat=self.grades.get(index, at["skor"]),
        )


def _absolute(row: int, column: int) -> str:
    letter = address(row, column).rstrip("0123456789")
    return f"{SHEET}!${letter}${row}"


def draw_meta(palette: Palette, sheet: Worksheet, form: FormContent, rules: Sequence[Rule | None]) -> Lookup:
    """Fill `_meta` and hide it."""
    sheet.hide()
    sheet.protect()
    look = palette.format("dasar")
    for number, (label, value) in enumerate(_facts(form)):
        write_value(sheet, number, 0, label, look)
        write_value(sheet, number, 1, value, look)
    for at, name in enumerate(_COLUMNS):
        sheet.write_string(_HEADER_ROW - 1, at, name, look)
    for index, (row, rule) in enumerate(zip(form.realisasi, rules, strict=True)):
        for at, value in enumerate(_line(row, rule)):
            write_value(sheet, _HEADER_ROW + index, at, value, palette.format("dasar", "number"))
    return Lookup(_draw_grades(palette, sheet, rules))


def _facts(form: FormContent) -> tuple[tuple[str, FormValue], ...]:
    i = form.identitas
    return (
        ("versi_format", i.versi_format),
        ("kode_skpd", i.kode_skpd),
        ("tahun", i.tahun),
        ("triwulan", i.triwulan),
        ("rumus_turun", form.rumus_turun),
        ("checksum", prefilled_checksum(form)),
    )


def _line(row: RealisasiRow, rule: Rule | None) -> tuple[FormValue, ...]:
    if rule is None:
        return (row.kode_indikator,)
    target, prior = rule.target, rule.prior
    before = (prior.realisasi, prior.target, prior.pembilang, prior.penyebut) if prior else ()
    return row.kode_indikator, target.nilai, target.atas, target.skor, *before


def _draw_grades(palette: Palette, sheet: Worksheet, rules: Sequence[Rule | None]) -> dict[int, str]:
    """One table per graded indicator, below each other: the grade as it is folded, and what it is worth in percent."""
    places, row = {}, _HEADER_ROW
    for index, rule in enumerate(rules):
        worths = rule.target.predikat if rule else ()
        for number, (grade, worth) in enumerate(worths):
            write_value(sheet, row + number, _GRADE_COLUMN - 1, grade, palette.format("dasar"))
            write_value(sheet, row + number, _GRADE_COLUMN, worth, palette.format("dasar", "number"))
        if worths:
            first, last = _absolute(row + 1, _GRADE_COLUMN), address(row + len(worths), _GRADE_COLUMN + 1)
            letter = last.rstrip("0123456789")
            places[index] = f"{first}:${letter}${row + len(worths)}"
            row += len(worths) + 1
    return places


def prefilled_checksum(form: FormContent) -> str:
    """SHA-256 of what the office prefilled: it tells an untouched form from one whose locked cells were changed."""
    i = form.identitas
    lines = [
        (i.versi_format, i.kode_skpd, i.nama_skpd, i.tahun, i.triwulan, i.dokumen_pk),
        *((p.sasaran, p.kode_indikator, p.indikator, p.satuan, p.polaritas, p.konsolidasi, p.cara_isi, p.bobot,
           p.target_tahunan, p.target_tw1, p.target_tw2, p.target_tw3, p.target_tw4) for p in form.pk),
        *((a.kode, a.uraian, a.kode_indikator, a.pagu_rp) for a in form.anggaran),
    ]  # fmt: skip
    text = "\n".join("\t".join(_spell(value) for value in line) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


def _spell(value: FormValue) -> str:
    """A value in its one spelling: figures without the zeros they end in."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)
