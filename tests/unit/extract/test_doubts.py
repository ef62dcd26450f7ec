"""What a sheet shows in a way that says it may not be meant is asked, in forms of every kind and in issued ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.extract.forms.reader import read_form
from pipelines.extract.measures import read_measure
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.stores.workbooks import read_workbook
from schemas.layout import load_layout
from schemas.reading import FormReading, Value
from schemas.workbook import Cell, Doubt, Grid, Unsure
from tests.lib.sheets import draw

SOURCE = Source("uji", None, 2025, 2, "uji.xlsx")
FORM = """
| No | Sasaran Strategis | Indikator Kinerja | Satuan | Target | Realisasi
| 1 | Meningkatnya mutu layanan | Indeks kepuasan | Indeks | 85,5 | 84
| 2 | Terwujudnya tertib arsip | Nilai arsip | Nilai | 70 | 71
"""


def values(reading: FormReading) -> dict[str | None, object]:
    return {v.cell: v.value for r in reading.rows for v in r.fields.values() if isinstance(v, Value)}


def told(reading: FormReading) -> set[tuple[str, str | None]]:
    return {(f.kode, f.sel) for f in reading.findings if f.kode in ("BCA-050", "BCA-051", "BCA-052", "BCA-053")}


def read(**doubts: Doubt) -> FormReading:
    return read_form({"Lembar": draw(FORM, doubts=doubts)}, SOURCE)


@pytest.mark.parametrize("unsure", [Unsure.STRUCK, Unsure.RAISED])
def test_a_struck_figure_is_asked_and_not_read(unsure: Unsure) -> None:
    reading = read(F2=Doubt(unsure))
    assert (values(reading)["F2"], values(reading)["F3"]) == (None, Decimal(71))
    assert told(reading) == {("BCA-050", "F2")}


def test_a_row_whose_name_is_struck_is_asked_with_all_its_figures() -> None:
    reading = read(C3=Doubt(Unsure.STRUCK))
    assert [values(reading)[cell] for cell in ("E2", "F2", "E3", "F3")] == [Decimal("85.5"), Decimal(84), None, None]
    assert told(reading) == {("BCA-050", cell) for cell in ("C3", "E3", "F3")}


def test_a_struck_part_is_left_out_and_told() -> None:
    reading = read(F2=Doubt(Unsure.PART_STRUCK, "80"), C2=Doubt(Unsure.PART_STRUCK, "Nilai"))
    assert values(reading)["F2"] == Decimal(84)
    assert told(reading) == {("BCA-051", "F2"), ("BCA-051", "C2")}


def test_a_field_of_a_page_and_what_it_does_not_show_are_told() -> None:
    assert told(read(F2=Doubt(Unsure.FIELD))) == {("BCA-053", "F2")}
    assert values(read(F2=Doubt(Unsure.FIELD)))["F2"] == Decimal(84)


HEADING = "No;Indikator Kinerja;Satuan;Target;Realisasi"


@pytest.mark.parametrize(
    ("rows", "moved"),
    [
        (["1;Nilai arsip;Nilai;70;71", "2;Indeks layanan;Indeks;85;84"], set()),
        (["1;Nilai arsip;Nilai;70;71;", "2;Indeks layanan;Indeks;85;84;"], set()),
        (["1;Nilai arsip, dinas;Nilai;70;71", "2;Indeks layanan;Indeks;85;"], set()),
        (["1;Nilai; arsip;Nilai;70;71", "2;Indeks layanan;Indeks;85;84"], {"A2", "D2", "E2"}),
        (["1;Nilai arsip;Nilai;70;71", "2;Indeks layanan;Indeks;85"], {"A3", "D3"}),
        (["1;Nilai arsip;Nilai;70;71;5", "2;Indeks layanan;Indeks;85;84"], {"A2", "D2", "E2"}),
        (["1;Nilai arsip;Nilai;70.5;71.5;;", "2;Indeks layanan;Indeks;85;84"], set()),
        (["1;Nilai; arsip;Nilai;70;", "2;Indeks layanan;Indeks;85;84"], {"A2", "D2", "E2"}),
        (["1;Nilai; arsip;;70;", "2;Indeks layanan;Indeks;85;84"], {"A2", "E2"}),
    ],
)
@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_a_row_of_text_wider_or_narrower_than_its_heading_is_held(
    rows: list[str], moved: set[str], delimiter: str
) -> None:
    if delimiter == "," and any("," in row for row in rows):
        return
    text = "\n".join(["LAPORAN", "", HEADING, *rows, "", "Kepala Dinas"][2:]).replace(";", delimiter)
    reading = read_form(read_workbook(f"sep={delimiter}\n{text}".encode()).grids, SOURCE)
    assert told(reading) == {("BCA-052", cell) for cell in moved}
    assert all(values(reading).get(cell) is None for cell in moved if cell[0] in "DE")


def test_a_comma_at_the_end_of_a_row_may_stand_for_one_within_a_figure() -> None:
    row = "1;Nilai arsip;Nilai;70;71;"
    for delimiter, moved in ((";", set()), (",", {"A2", "D2", "E2"})):
        text = f"{HEADING}\n{row}\n2;Indeks layanan;Indeks;85;84".replace(";", delimiter)
        assert {cell for _, cell in told(read_form(read_workbook(text.encode()).grids, SOURCE))} == moved


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("'95", 95),
        ("'-1,5", Decimal("-1.5")),
        ("1,25E+06", 1250000),
        ("1.25E+06", 1250000),
        ("5e-1", Decimal("0.5")),
        ("-2E3", -2000),
    ],
)
def test_what_a_spreadsheet_writes_into_text_is_the_figure_it_is(written: str, figure: Decimal) -> None:
    assert read_measure(written, percent=False).value == figure


@pytest.mark.parametrize("written", ['="95"', '"=""95"""', "'95"])
def test_a_formula_that_is_but_a_text_is_that_text(written: str) -> None:
    text = f"No;Indikator Kinerja;Satuan;Target;Realisasi\n1;Nilai arsip;Nilai;{written};71\n2;Indeks;Indeks;85;84\n"
    assert values(read_form(read_workbook(text.encode()).grids, SOURCE))["D2"] == 95


def test_an_issued_form_holds_the_row_of_a_struck_cell() -> None:
    heading: list[Cell] = ["Kode Indikator", "Indikator Kinerja", "Satuan", "Target Tahunan", "Realisasi TW"]
    rows: list[list[Cell]] = [
        heading,
        ["IK-01", "Nilai arsip", "Nilai", 70.0, 71.0],
        ["IK-02", "Indeks", "Indeks", 85.0, 84.0],
    ]
    extract = Extract()
    grid = Grid("Realisasi", rows, doubts={"E3": Doubt(Unsure.STRUCK)})
    extract_workbook({"Realisasi": grid}, load_layout("format_pengisian"), replace(SOURCE, kode_skpd="dinkes"), extract)
    found = [f for f in extract.findings if f.kode == "BCA-050"]
    assert [(f.sel, f.row_id, str(f.tingkat)) for f in found] == [("E3", "uji!Realisasi!R3", "error")]
