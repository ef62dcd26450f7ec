"""Figures that cannot be what the field holds are asked, and rows that only repeat those above them are no data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.extract.forms.reader import read_form
from pipelines.extract.sheets import Source
from schemas.reading import FormReading, Value
from schemas.workbook import Grid
from tests.lib.sheets import draw

SOURCE = Source("uji", None, 2025, 2, "uji.xlsx")
ACTIONS = """
| No | Sasaran | Indikator Kinerja | Satuan | Target 2025 | Target Triwulan | < | < | < | Realisasi Triwulan | < | < | <
| ^ | ^ | ^ | ^ | ^ | I | II | III | IV | I | II | III | IV
| 1 | Meningkatnya mutu layanan | Cakupan layanan | {satuan} | {target} | {figures}
| 2 | Terwujudnya tertib arsip | Nilai arsip | Nilai | 70 | 70 | 70 | 70 | 70 | 70 | 71 | |
"""


def read(text: str, **more: object) -> FormReading:
    return read_form({"Lembar": draw(text, **more)}, SOURCE)


def held(reading: FormReading) -> dict[str, object]:
    """Every figure by its cell."""
    found = {}
    for record in reading.rows:
        for field in record.fields.values():
            for value in field.values() if isinstance(field, dict) else [field]:
                if isinstance(value, Value) and value.cell:
                    found[value.cell] = value.value
    return found


def told(reading: FormReading) -> set[tuple[str, str | None]]:
    return {(f.kode, f.sel) for f in reading.findings}


def actions(figures: str, satuan: str = "%", target: str = "95", **more: object) -> FormReading:
    return read(ACTIONS.format(figures=figures, satuan=satuan, target=target), **more)


@pytest.mark.parametrize("satuan", ["%", "Persen", "Indeks", ""])
def test_a_fraction_among_percentages_is_asked(satuan: str) -> None:
    reading = actions("20 | 45 | 70 | 95 | 0.185 | 44 | |", satuan)
    assert held(reading)["J3"] is None and held(reading)["K3"] == Decimal(44)
    (finding,) = (f for f in reading.findings if f.kode == "BCA-060")
    assert finding.sel == "J3" and "0,185 atau 18,5" in finding.pesan


def test_one_of_hundred_is_asked_where_a_hundred_was_aimed_at() -> None:
    assert ("BCA-060", "K3") in told(actions("100 | 100 | 100 | 100 | 100 | 1 | |", target="100"))


@pytest.mark.parametrize(
    ("figures", "satuan", "target"),
    [
        ("0.2 | 0.4 | 0.7 | 0.9 | 0.185 | 0.44 | |", "Indeks", "0.9"),  # a scale of its own
        ("20 | 45 | 70 | 95 | 0.01 | 44 | |", "%", "95"),  # near nothing even as a hundredfold
        ("20 | 45 | 70 | 95 | 0.185% | 44 | |", "%", "95"),  # shown as a percentage, and read as one
        ("1 | 1 | 50 | 100 | 1 | 1 | |", "Dokumen", "100"),
    ],
)
def test_what_may_well_be_meant_is_not(figures: str, satuan: str, target: str) -> None:
    assert "BCA-060" not in {kode for kode, _ in told(actions(figures, satuan, target))}


@pytest.mark.parametrize(("formula", "asked"), [("=37/200", True), ("=3/4393*100", False), ("=SUM(A1:A2)", False)])
def test_a_formula_means_what_it_comes_to_but_for_a_bare_division(formula: str, asked: bool) -> None:
    reading = actions("20 | 45 | 70 | 95 | 0.185 | 44 | |", formulas={"J3": formula})
    assert (("BCA-060", "J3") in told(reading)) is asked


def test_part_of_a_person_may_be_thousands_unless_it_was_worked_out() -> None:
    figures = "1000 | 1100 | 1200 | 1250 | 1.204 | 2.3333 | |"
    reading = actions(figures, "Orang", "1250")
    assert held(reading)["J3"] is None and held(reading)["K3"] == Decimal("2.3333")
    (finding,) = (f for f in reading.findings if f.kode == "BCA-005")
    assert (finding.sel, "1204 atau 1,204" in finding.pesan) == ("J3", True)
    worked_out = actions(figures, "Orang", "1250", formulas={"J3": "=(1+1,408)/2"})
    assert held(worked_out)["J3"] == Decimal("1.204")
    money = actions("12.5 | 12.5 | 12.5 | 12.5 | 11.75 | | |", "Rupiah", "12.5")
    assert held(money)["J3"] == Decimal("11.75")


@pytest.mark.parametrize("text", ["18,51)", "2)", "(3", "Rp 1.000)", "85,1%)"])
def test_a_stray_bracket_is_asked(text: str) -> None:
    reading = actions(f"20 | 45 | 70 | 95 | '{text} | 44 | |")
    assert held(reading)["J3"] is None and any(sel == "J3" for _, sel in told(reading))


def test_brackets_around_a_figure_make_it_negative() -> None:
    assert held(actions("20 | 45 | 70 | 95 | '(3) | 44 | |"))["J3"] == Decimal(-3)


def test_a_figure_merged_over_quarters_is_asked_whichever_they_are() -> None:
    reading = actions("70 | < | < | < | 44 | < | |")
    assert (held(reading)["F3"], held(reading)["J3"]) == (None, None)
    assert {(k, c) for k, c in told(reading) if k == "BCA-059"} == {("BCA-059", "F3"), ("BCA-059", "J3")}
    assert any("F3:I3" in f.pesan for f in reading.findings)


BUDGET = """
| No | Kode | Program/Kegiatan/Sub Kegiatan | Pagu | Realisasi Anggaran s.d. TW II
| 1 | 1.02.02.2.01.0001 | Pembangunan Puskesmas | 1200000000 | 300000000
| 2 | 1.02.02.2.01.0002 | Pengelolaan Obat | 240000000 | 60000000
| {no} | {kode} | {name} | {pagu} | {spent}
"""
MEASURED = """
| No | Indikator Kinerja | Satuan | Target | Realisasi
| 1 | Cakupan K6 | % | 95 | 90
| 2 | Indeks kepuasan | Indeks | 85 | 84
| {no} | {name} | {satuan} | {target} | {realisasi}
"""


def budget(name: str, pagu: int, spent: int, no: str = "", kode: str = "", **more: object) -> list[int]:
    text = BUDGET.format(name=name, pagu=pagu, spent=spent, no=no, kode=kode)
    return [r.row for r in read(text, **more).rows]


def measured(
    name: str, realisasi: float, no: str = "", satuan: str = "", target: str = "", **more: object
) -> list[int]:
    text = MEASURED.format(name=name, realisasi=realisasi, no=no, satuan=satuan, target=target)
    return [r.row for r in read(text, **more).rows]


SUMS = {"D4": "=SUM(D2:D3)", "E4": "=SUM(E2:E3)"}


@pytest.mark.parametrize(
    "formulas",
    [SUMS, {"D4": "=D2+D3", "E4": "=E2+E3"}, {"D4": "=SUBTOTAL(9,D2:D3)", "E4": "=SUBTOTAL(9;E2:E3)"}],
)
def test_a_row_that_sums_those_above_it_is_none_whatever_it_is_called(formulas: dict[str, str]) -> None:
    assert budget("Seluruh Belanja Dinas", 1, 1, formulas=formulas) == [2, 3]


def test_nor_is_one_that_averages_them() -> None:
    assert measured("Kinerja Dinas Kesehatan", 87, formulas={"E4": "=ROUND(AVERAGE(E2:E3),2)"}) == [2, 3]


def test_nor_one_whose_figures_are_the_sum() -> None:
    assert budget("Seluruh Belanja Dinas", 1_440_000_000, 360_000_000) == [2, 3]
    assert budget("Seluruh Belanja Dinas", 1_440_000_000, 360_000_005) == [2, 3, 4], "not the sum: data to be looked at"


def test_what_has_a_number_a_code_or_a_unit_of_its_own_is_data() -> None:
    assert budget("Pengelolaan Mutu", 1, 1, no="3", formulas=SUMS) == [2, 3, 4]
    assert budget("Pengelolaan Mutu", 1, 1, kode="1.02.02.2.01.0003", formulas=SUMS) == [2, 3, 4]
    assert measured("Kunjungan", 174, satuan="Orang", target="170", formulas={"E4": "=SUM(E2:E3)"}) == [2, 3, 4]


def test_a_formula_over_other_cells_sums_nothing_above() -> None:
    other = {"D4": "=SUM(F2:F3)", "E4": "=E2*2"}
    assert budget("Pengelolaan Mutu", 1, 1, formulas=other) == [2, 3, 4]


@pytest.mark.parametrize(
    "name",
    (
        *("JML", "Jlh.", "TOTAL", "Grand Total", "Sub-Jumlah", "Tot.", "Akumulatif", "Kumulatif", "Keseluruhan"),
        *("Rata – rata", "Rata-rata", "Rata2", "Rata2 capaian", "Nilai Akhir"),
    ),
)
def test_the_words_for_a_total_are_known_however_they_are_written(name: str) -> None:
    assert measured(name, 97.5) == [2, 3]


@pytest.mark.parametrize(
    "name", ["Jumlah wisatawan nusantara yang berkunjung", "Nilai akuntabilitas", "Totalitas layanan"]
)
def test_an_indicator_that_begins_alike_is_none(name: str) -> None:
    assert measured(name, 97.5, no="3", satuan="Nilai", target="90") == [2, 3, 4]


def test_a_total_that_stands_for_an_skpd_is_none() -> None:
    grid: Grid = draw("""
| No | SKPD | Pagu | Realisasi Anggaran s.d. TW II
| 1 | Dinas Contoh | 100000000 | 30000000
| 2 | Badan Contoh | 240000000 | 60000000
| | TOTAL | 340000000 | 90000000
""")
    assert [r.row for r in read_form({"Lembar": grid}, SOURCE).rows] == [2, 3]
