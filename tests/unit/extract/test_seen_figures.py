"""Figures and codes as their number format shows them, in forms of every kind and in issued ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from xlsxwriter.workbook import Workbook

from pipelines.extract.forms.reader import read_form
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.stores.workbooks import read_workbook
from schemas.layout import load_layout
from schemas.reading import FormReading, Value
from schemas.workbook import Doubt, Unsure
from tests.lib.books import make_book
from tests.lib.sheets import draw

SOURCE = Source("uji", "dinkes", 2025, 2, "uji.xlsx")
Written = tuple[object, str] | object
"""What stands in a cell, and the number format it has."""


def book(rows: Sequence[Sequence[Written]], sheet: str = "Lembar") -> bytes:
    def fill(made: Workbook) -> None:
        lines = made.add_worksheet(sheet)
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                value, code = cell if isinstance(cell, tuple) else (cell, "General")
                if value is not None:
                    lines.write(row, column, value, made.add_format({"num_format": code}))

    content: bytes = make_book(fill)
    return content


def read(rows: Sequence[Sequence[Written]]) -> FormReading:
    return read_form(read_workbook(book(rows), full=True).grids, SOURCE)


def values(reading: FormReading) -> dict[str | None, object]:
    held = [v for r in reading.rows for v in r.fields.values()]
    singles = [v for v in held if isinstance(v, Value)]
    return {v.cell: v.value for v in (*singles, *(v for h in held if isinstance(h, Mapping) for v in h.values()))}


def told(reading: FormReading, *codes: str) -> set[tuple[str, str | None]]:
    return {(f.kode, f.sel) for f in reading.findings if f.kode in codes}


def money(title: str, pagu: Written, heading: str = "Pagu") -> FormReading:
    heads = ["No", "Kode", "Program/Kegiatan/Sub Kegiatan", heading, "Realisasi Anggaran s.d. TW II"]
    row = [1, "1.02.02", "PROGRAM PEMENUHAN UPAYA KESEHATAN", pagu, 880500000]
    return read([["REALISASI ANGGARAN TAHUN 2025"], ["DINAS KESEHATAN"], [title], heads, row])


@pytest.mark.parametrize(
    ("title", "pagu", "figure"),
    [
        ("(dalam ribuan rupiah)", (1250000000, "#,##0,"), 1250000000),
        ("(dalam jutaan rupiah)", (1250000000, "#,##0,,"), 1250000000),
        ("(dalam jutaan rupiah)", (1250000, "#,##0.0,"), None),
        ("(dalam ribuan rupiah)", (1250000000, "#,##0,,"), None),
        ("(dalam jutaan rupiah)", (1250000, '#,##0,"juta"'), 1250000000),
        ("(dalam jutaan rupiah)", ("1250", "#,##0,"), 1250000000),
        ("(dalam ribuan rupiah)", (1250000, "#,##0"), 1250000000),
        ("(dalam ribuan rupiah)", (1250000, "General"), 1250000000),
        ("", (1250000000, "#,##0"), 1250000000),
        ("", (1250000000, '#,##0.0,,"jt"'), 1250000000),
        ("(dalam ribuan rupiah)", (1250000000, '#,##0, "ribu"'), 1250000000),
        ("", (1250, '#,##0 "juta"'), 1250000000),
        ("", (0, "#,##0,"), 0),
        ("", (1250000000, "#,##0,"), None),
        ("", (1250000000, '"Rp"#,##0,,'), None),
    ],
)
def test_money_is_what_a_person_sees_by_the_words_of_the_sheet(title: str, pagu: Written, figure: int | None) -> None:
    reading = money(title, pagu)
    assert values(reading)["D5"] == (None if figure is None else Decimal(figure))
    assert told(reading, "BCA-061") == (set() if figure is not None else {("BCA-061", "D5")})


def test_the_words_of_a_heading_say_what_its_figures_are_counted_in() -> None:
    assert values(money("", (1250000000, "#,##0,"), "Pagu (Rp. 000)"))["D5"] == Decimal(1250000000)


def test_a_heading_that_says_other_than_its_format_is_asked() -> None:
    reading = money("", (1250000, "#,##0,"), "Pagu (Rp juta)")
    assert values(reading)["D5"] is None
    (finding,) = (f for f in reading.findings if f.kode == "BCA-061")
    assert "1.250 × 1.000.000 atau 1.250.000" in finding.pesan


def test_both_readings_are_told() -> None:
    (finding,) = (f for f in money("", (1250000000, "#,##0,,")).findings if f.kode == "BCA-061")
    assert "1.250" in finding.pesan and "1.250.000.000" in finding.pesan


def indicators(*rows: Sequence[Written]) -> FormReading:
    return read(
        [["INDIKATOR KINERJA UTAMA 2025"], ["Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi"], *rows]
    )


@pytest.mark.parametrize(
    ("satuan", "code", "figure"),
    [
        ("Juta Rupiah", "#,##0,,", 1250),
        ("Rupiah", "#,##0,,", None),
        ("Orang", "#,##0,", None),
        ("Ribu Orang", "#,##0,", 1250000),
        ("Juta Orang", "#,##0,", None),
        ("Rupiah", '#,##0,,"jt"', 1250000000),
    ],
)
def test_a_target_is_held_against_the_words_of_its_unit(satuan: str, code: str, figure: int | None) -> None:
    reading = indicators(["1", "Nilai investasi", satuan, (1250000000, code), None], ["2", "Indeks", "Indeks", 85, 84])
    assert values(reading)["D3"] == (None if figure is None else Decimal(figure))
    assert told(reading, "BCA-061") == (set() if figure is not None else {("BCA-061", "D3")})


@pytest.mark.parametrize(
    ("kode", "seen", "asked"),
    [
        ((1.1, "0.00"), "1.10", False),
        ((1.1, "0.0"), "1.1", False),
        ((7, "00"), "07", False),
        ((110, '0"."00'), "1.10", False),
        (("1.10", "General"), "1.10", False),
        ((7, "General"), "7", False),
        ((1.1, "General"), "1.1", True),
        ((1.25, "0.0"), "1.25", True),
        ((1.1, "#,##0.00"), "1.10", False),
        ((date(2025, 2, 1), "d.mm"), "2025-02-01", True),
    ],
)
def test_a_code_keeps_the_digits_that_are_seen(kode: Written, seen: str, asked: bool) -> None:
    reading = indicators([kode, "Angka kematian ibu", "Indeks", 85, 84], ["2.05", "Prevalensi", "%", 14, 15.5])
    assert values(reading)["A3"] == seen
    assert told(reading, "BCA-062") == ({("BCA-062", "A3")} if asked else set())


def test_a_part_of_a_split_code_is_asked_only_where_a_digit_may_be_gone() -> None:
    heads = ["KODE", None, None, "Program/Kegiatan", "Pagu"]
    rows = [
        [1, (2, "00"), 2.01, "Penyediaan Fasilitas Kesehatan", 125000000],
        [1, (2, "00"), 2.1, "Pembangunan Puskesmas", 135000000],
        [1, (2, "00"), (2.1, "0.00"), "Rehabilitasi Puskesmas", 145000000],
    ]
    content = read_workbook(book([["ANGGARAN TAHUN 2025"], heads, *rows]), full=True).grids["Lembar"]
    reading = read_form({"Lembar": replace(content, merges=((2, 1, 2, 3),))}, SOURCE)
    assert [str(value.value) for r in reading.rows if isinstance(value := r.fields["kode"], Value)] == [
        "1.02.2.01", "1.02.2.1", "1.02.2.10",
    ]  # fmt: skip
    assert told(reading, "BCA-062") == {("BCA-062", "C4")}


FORM = """
| No | Sasaran Strategis | Indikator Kinerja | Satuan | Target | Realisasi
| 1 | Meningkatnya mutu layanan | Indeks kepuasan | Indeks | 85,5 | 84
| 2 | Terwujudnya tertib arsip | Nilai arsip | Nilai | 70 | 71
"""


@pytest.mark.parametrize("unsure", [Unsure.UNSEEN, Unsure.CAMOUFLAGED])
def test_what_nobody_sees_is_asked_and_not_read(unsure: Unsure) -> None:
    reading = read_form({"Lembar": draw(FORM, doubts={"F2": Doubt(unsure)})}, SOURCE)
    assert (values(reading)["F2"], values(reading)["F3"]) == (None, Decimal(71))
    assert told(reading, "BCA-050") == {("BCA-050", "F2")}


def issued(figure: Written, kode: Written = "IK-01") -> Extract:
    """The form as it was issued, read the fast way."""
    heads = ["Kode Indikator", "Indikator Kinerja", "Satuan", "Target Tahunan", "Realisasi TW"]
    content = book(
        [heads, [kode, "Nilai arsip", "Persen", 70, figure], ["IK-02", "Indeks", "Indeks", 85, 84]], "Realisasi"
    )
    into = Extract()
    extract_workbook(read_workbook(content, ["Realisasi"]).grids, load_layout("format_pengisian"), SOURCE, into)
    return into


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        ((880500000, "#,##0,"), {"BCA-061"}),
        ((12, '0"juta"'), {"BCA-061"}),
        ((880500000, '#,##0,,"jt"'), set()),
        ((71, ";;;"), {"BCA-050"}),
        ((0, "0;-0;;@"), {"BCA-050"}),
        ((71, "0.00"), set()),
        ((0, "#,##0,"), set()),
    ],
)
def test_an_issued_form_holds_the_row_of_a_figure_nobody_sees_in_full(figure: Written, found: set[str]) -> None:
    extract = issued(figure)
    held = [f for f in extract.findings if f.kode in ("BCA-050", "BCA-061")]
    assert {(f.kode, f.sel, f.row_id) for f in held} == {(kode, "E2", "uji!Realisasi!R2") for kode in found}


@pytest.mark.parametrize(("figure", "read_as"), [(0.985, "98.5"), (44, "44")])
def test_an_issued_form_reads_a_percentage_where_the_section_is_one(figure: float, read_as: str) -> None:
    extract = issued((figure, "[<=1]0.0%;0.0"))
    assert extract.lists("typed_realisasi")["realisasi_tw_nilai"][0] == Decimal(read_as)


@pytest.mark.parametrize(
    ("kode", "seen", "asked"),
    [((1.1, "0.00"), "1.10", False), ((7, "00"), "07", False), ((1.1, "General"), "1.1", True)],
)
def test_an_issued_form_keeps_the_digits_of_a_code(kode: Written, seen: str, asked: bool) -> None:
    extract = issued(71, kode)
    assert extract.lists("typed_realisasi")["kode_indikator"][0] == seen
    assert [f.sel for f in extract.findings if f.kode == "BCA-043"] == ["A2"] * asked
