"""The format pengisian as Excel will see it: labels, locks, validation, formulas, bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from pipelines.collect.form import write_form
from pipelines.collect.meta import prefilled_checksum
from pipelines.extract.forms.reader import read_form
from pipelines.extract.sheets import Source
from pipelines.stores.workbooks import read_workbook
from schemas.form import HEADER_ROW, AnggaranRow, RealisasiRow, form_cell, form_columns
from schemas.form_layout import load_form_layouts
from schemas.layout import load_layout
from schemas.typed import NARRATIVES
from schemas.vocabulary import LABELS
from tests.unit.collect.forms import CASES, SUMMED, K, P, expected, make_form, pk

LAYOUT = load_layout("format_pengisian")
TABLES = [sheet for sheet in LAYOUT.sheets if not sheet.form]


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


@pytest.fixture(scope="module")
def filled() -> bytes:
    return write_form(make_form())


def test_sheets_are_those_of_the_contract_with_a_hidden_meta(filled):
    book = opened(filled)
    assert book.sheetnames == ["Petunjuk", "Identitas", "PK", "IKU", "Realisasi", "Anggaran", "Pengesahan", "_meta"]
    assert book["_meta"].sheet_state == "hidden"


@pytest.mark.parametrize("sheet", TABLES, ids=lambda s: s.sheet)
def test_header_labels_are_those_of_the_layout(filled, sheet):
    found = [cell.value for cell in opened(filled)[sheet.sheet][HEADER_ROW]]
    assert [v for v in found if v != "No"] == [field.label for field in sheet.fields]
    assert ("No" in found) == (sheet.sheet in ("PK", "IKU"))


def test_looked_at_as_a_form_nobody_issued_it_is_known_by_its_own_labels(filled):
    reading = read_form(read_workbook(filled, full=True).grids, Source("uji", None, 2025, 2, ""), load_form_layouts())
    known = {t.sheet: t for t in reading.tables if t.layout == "format-pengisian"}
    assert [*known] == ["PK", "IKU", "Realisasi", "Anggaran"]
    assert known["PK"].columns["target_tw 4"] == "N", "the running number is a column too"
    assert known["IKU"].columns["keterangan"] == "H" and "alasan_pemilihan" not in known["IKU"].columns
    assert {*NARRATIVES, "kode", "realisasi_tw 2"} < {*known["Realisasi"].columns}


def test_identity_stands_as_label_and_value(filled):
    sheet = opened(filled)["Identitas"]
    found = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=HEADER_ROW)}
    assert list(found) == [field.label for field in LAYOUT.sheet("Identitas").fields]
    assert found["Kode SKPD"] == "1.02.0.00.0.00.01.0000"
    assert (found["Tahun"], found["Triwulan"], found["Versi Format"]) == (2025, 2, "1")


def test_prefilled_cells_are_locked_and_cells_to_fill_are_open(filled):
    sheet = opened(write_form(make_form(blank=True)))["Realisasi"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    open_columns = {c for c in form_columns("Realisasi") if not sheet[form_cell("Realisasi", c, 0)].protection.locked}
    assert open_columns == {
        "realisasi_tw", "pembilang", "penyebut", "faktor_pendukung", "faktor_penghambat", "upaya",
        "rencana_tindak_lanjut", "bukti_dukung",
    }  # fmt: skip


def test_an_agreed_target_is_seen_with_its_digits(filled):
    """The SKPD is to tell where its PK says otherwise: 0,795 must not look like 0,80."""
    book = opened(filled)
    for sheet, name in (("PK", "target_tahunan"), ("PK", "target_tw1"), ("Realisasi", "target_tw")):
        assert book[sheet][form_cell(sheet, name, 0)].number_format == "#,##0.00##"


def test_what_the_office_could_not_prefill_is_open():
    form = make_form()
    first = replace(form.pk[0], konsolidasi=None)
    sheet = opened(write_form(replace(form, pk=(first, *form.pk[1:]))))["PK"]
    assert not sheet[form_cell("PK", "konsolidasi", 0)].protection.locked
    assert sheet[form_cell("PK", "konsolidasi", 1)].protection.locked
    assert sheet[form_cell("PK", "bobot", 0)].protection.locked


def test_a_budget_the_office_does_not_know_is_open_coloured_and_says_what_goes_where():
    nothing = (AnggaranRow(None, None, None, None),) * 3
    sheet = opened(write_form(make_form(anggaran=nothing)))["Anggaran"]
    cells = [cell for row in sheet.iter_rows(min_row=HEADER_ROW + 1, max_row=HEADER_ROW + 3) for cell in row]
    assert len(cells) == 3 * len(form_columns("Anggaran"))
    assert {(c.protection.locked, c.fill.start_color.rgb) for c in cells} == {(False, "FFFFF2CC")}
    code = sheet[form_cell("Anggaran", "kode", 0)]
    assert code.number_format == "@", "or Excel makes 1.1 of 1.10"
    told = {str(v.sqref).split(":")[0]: v.type for v in sheet.data_validations.dataValidation}
    wanted = {"kode": None, "pagu_rp": "decimal", "realisasi_rp": "decimal", "realisasi_fisik_pct": "decimal"}
    assert {name: told[form_cell("Anggaran", name, 0)] for name in wanted} == wanted
    assert "menurut DPA" in sheet["A3"].value and not sheet.protection.insertRows
    assert opened(write_form(make_form()))["Anggaran"].protection.insertRows, "true: not allowed"


def test_only_sub_kegiatan_are_filled_in_the_budget(filled):
    sheet = opened(filled)["Anggaran"]
    locked = [sheet[form_cell("Anggaran", "realisasi_rp", n)].protection.locked for n in range(6)]
    assert locked == [True, True, False, False, True, False]


def validations(sheet, address: str) -> list:
    return [v for v in sheet.data_validations.dataValidation if address in v.sqref]


@pytest.mark.parametrize(
    ("sheet", "name", "words"),
    [
        ("PK", "polaritas", "Naik,Turun,Rentang,Stabil,Predikat"),
        ("PK", "konsolidasi", "Jumlah,Posisi Akhir,Rata-rata,Rasio,Tahunan,Maksimum"),
        ("PK", "cara_isi", "Per Triwulan,Kumulatif"),
        ("Pengesahan", "peran", "Diisi,Diverifikasi,Divalidasi"),
    ],
)
def test_closed_words_are_lists(filled, sheet, name, words):
    (found,) = validations(opened(filled)[sheet], form_cell(sheet, name, 0))
    assert (found.type, found.formula1) == ("list", f'"{words}"')


def test_identity_has_its_lists(filled):
    sheet = opened(filled)["Identitas"]
    lists = {v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists == {'"Murni,Perubahan"', '"Sementara,Final"'}


def test_realisasi_takes_words_too_and_amounts_only_figures(filled):
    book = opened(filled)
    (loose,) = validations(book["Realisasi"], form_cell("Realisasi", "realisasi_tw", 3))
    assert loose.type in (None, "none")
    assert loose.prompt
    (strict,) = validations(book["Anggaran"], form_cell("Anggaran", "realisasi_rp", 2))
    assert (strict.type, strict.operator, strict.formula1) == ("decimal", "greaterThanOrEqual", "0")
    (dated,) = validations(book["Pengesahan"], form_cell("Pengesahan", "tanggal", 0))
    assert dated.type == "date"


_MEASURED = ("kode_indikator", "capaian_dinyatakan_pct")


def capaian_cells(sheet) -> dict[str, object]:
    rows = range(len(CASES) + len(SUMMED))
    kodes, values = ([sheet[form_cell("Realisasi", name, n)].value for n in rows] for name in _MEASURED)
    return dict(zip(kodes, values, strict=True))


def assert_capaian(found: dict[str, object], wanted: dict) -> None:
    assert set(found) == set(wanted)
    for kode, value in wanted.items():
        if value is None:
            assert found[kode] in (None, ""), kode
        else:
            assert found[kode] == pytest.approx(float(value), abs=1e-9), kode


def test_capaian_is_a_formula_whose_cached_value_follows_the_rules(filled):
    formulas = capaian_cells(opened(filled)["Realisasi"])
    assert all(str(f).startswith("=") for f in formulas.values())
    assert_capaian(capaian_cells(opened(filled, values=True)["Realisasi"]), expected())


def test_the_other_formula_of_turun():
    found = capaian_cells(opened(write_form(make_form(rumus_turun="turun_t_r")), values=True)["Realisasi"])
    assert found["T1"] == pytest.approx(5.5 / 6.1 * 100)
    assert (found["T3"], found["T4"], found["T5"]) == (100, 0, 125)


def test_tahunan_is_measured_in_the_fourth_quarter_only():
    for triwulan, wanted in ((3, None), (4, 90)):
        annual = replace(pk("N1", P.NAIK, "-", K.TAHUNAN), target_tahunan=make_form().pk[0].target_tahunan)
        form = make_form(triwulan=triwulan, pk=(annual,), realisasi=(RealisasiRow("N1", "I", "Persen", "-", 72),))
        cell = opened(write_form(form), values=True)["Realisasi"][form_cell("Realisasi", "capaian_dinyatakan_pct", 0)]
        assert cell.value in ((None, "") if wanted is None else (wanted,))


def test_parents_sum_their_sub_kegiatan(filled):
    sheet = opened(filled, values=True)["Anggaran"]
    spent = [sheet[form_cell("Anggaran", "realisasi_rp", n)].value for n in range(6)]
    done = [sheet[form_cell("Anggaran", "realisasi_fisik_pct", n)].value for n in range(6)]
    assert spent[:2] == [70, 70]
    assert spent[4] in (None, "")
    assert done[1] == pytest.approx(85.18)  # (100 × 55,55 + 200 × 100) / 300
    assert done[0] == pytest.approx(63.89)


def test_no_error_value_and_no_zero_in_a_blank_form():
    book = opened(write_form(make_form(blank=True)), values=True)
    for sheet in ("Realisasi", "Anggaran"):
        column = "capaian_dinyatakan_pct" if sheet == "Realisasi" else "realisasi_rp"
        rows = range(len(CASES)) if sheet == "Realisasi" else range(6)
        assert {book[sheet][form_cell(sheet, column, n)].value for n in rows} <= {None, ""}


def test_text_never_becomes_a_formula():
    form = make_form()
    evil = replace(
        form.realisasi[0], narasi={"faktor_pendukung": "=1+1", "upaya": "@SUM(A1)", "bukti_dukung": '=HYPERLINK("x")'}
    )
    book = opened(write_form(replace(form, realisasi=(evil, *form.realisasi[1:]))))
    written = {c.coordinate: c for row in book["Realisasi"].iter_rows() for c in row if c.value is not None}
    assert written[form_cell("Realisasi", "upaya", 0)].value == "@SUM(A1)"
    for name in ("faktor_pendukung", "bukti_dukung"):
        assert written[form_cell("Realisasi", name, 0)].data_type == "s"
    capaian = form_columns("Realisasi").index("capaian_dinyatakan_pct") + 1
    assert all(c.column == capaian for c in written.values() if c.data_type == "f")


def test_the_same_content_gives_the_same_bytes(filled):
    assert write_form(make_form()) == filled


def test_checksum_is_of_what_was_prefilled():
    form = make_form()
    assert prefilled_checksum(form) == prefilled_checksum(make_form(blank=True))
    moved = replace(form, pk=(replace(form.pk[0], target_tw2=form.pk[2].target_tw2), *form.pk[1:]))
    assert prefilled_checksum(moved) != prefilled_checksum(form)


def test_meta_carries_version_owner_period_checksum_and_earlier_values(filled):
    sheet = opened(filled)["_meta"]
    facts = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=1, max_row=6)}
    assert facts["kode_skpd"] == "1.02.0.00.0.00.01.0000"
    assert facts["checksum"] == prefilled_checksum(make_form())
    before = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=9)}
    assert (before["J1"], before["J2"]) == (25, None)


def test_words_are_printed_as_people_write_them(filled):
    sheet = opened(filled)["PK"]
    first = make_form().pk[0]
    assert sheet[form_cell("PK", "polaritas", 0)].value == LABELS[first.polaritas]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) tidak terpasang")
def test_libreoffice_calculates_the_same_capaian(tmp_path, filled):
    source = tmp_path / "form.xlsx"
    source.write_bytes(_without_cached_values(filled))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    subprocess.run(
        [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    recalculated = opened((tmp_path / "out" / "form.xlsx").read_bytes(), values=True)
    assert_capaian(capaian_cells(recalculated["Realisasi"]), expected())
    done = recalculated["Anggaran"][form_cell("Anggaran", "realisasi_fisik_pct", 0)].value
    assert done == pytest.approx(63.89)


def _without_cached_values(content: bytes) -> bytes:
    """A workbook that has to be calculated to be read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", before.read(name)))
    return out.getvalue()
