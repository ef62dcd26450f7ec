"""Figures that cannot be what the field holds are asked, and rows that only repeat those above them are no data."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from pipelines.extract.forms.reader import read_form
from pipelines.extract.forms.totals import Totals
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


@pytest.mark.parametrize(
    ("figures", "satuan", "target", "cell"),
    [
        ("20 | 45 | 70 | 95 | 1850 | 44 | |", "%", "95", "J3"),
        ("0 | 4 | 8 | 12 | 0 | 300 | |", "Puskesmas", "12", "K3"),
        ("0 | 4 | 8 | 12 | 0 | 3 | |", "Puskesmas", "1200", "E3"),
    ],
)
def test_what_is_a_hundred_times_its_target_is_asked(figures: str, satuan: str, target: str, cell: str) -> None:
    reading = actions(figures, satuan, target)
    assert held(reading)[cell] is None and ("BCA-060", cell) in told(reading)
    assert any("seratus kali lebih besar" in f.pesan for f in reading.findings if f.sel == cell)


@pytest.mark.parametrize("figures", ["20 | 45 | 70 | 95 | 185 | 440 | |", "1 | 4 | 8 | 400 | 1 | 4 | 8 | 390"])
def test_what_is_much_and_not_a_hundredfold_is_not(figures: str) -> None:
    assert "BCA-060" not in {kode for kode, _ in told(actions(figures, "Dokumen", "400"))}


@pytest.mark.parametrize(("formula", "asked"), [("=37/200", True), ("=3/4393*100", False), ("=SUM(A1:A2)", False)])
def test_a_formula_means_what_it_comes_to_but_for_a_bare_division(formula: str, asked: bool) -> None:
    reading = actions("20 | 45 | 70 | 95 | 0.185 | 44 | |", formulas={"J3": formula})
    assert (("BCA-060", "J3") in told(reading)) is asked


def test_part_of_a_person_may_be_thousands_unless_it_was_worked_out() -> None:
    figures = "1000 | 1100 | 1200 | 1250 | 1.204 | 2.3333 | |"
    reading = actions(figures, "Orang", "1250")
    assert held(reading)["J3"] is None and held(reading)["K3"] == Decimal("2.3333")
    (finding,) = (f for f in reading.findings if f.kode in ("BCA-005", "BCA-064"))
    assert (finding.kode, finding.sel, finding.nilai) == ("BCA-064", "J3", "1,204")
    assert "1,204, sedangkan Orang dihitung" in finding.pesan and "dapat berarti 1.204 (titik" in finding.pesan
    assert "bilangan bulat" in finding.saran and "perbaiki satuannya" in finding.saran
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
    assert len([f for f in reading.findings if f.kode == "BCA-059"]) == 2


def test_a_figure_merged_over_quarters_leaves_none_of_them_empty() -> None:
    """The quarter in a column it covers has something written too: it is asked, not missing."""
    realisasi = actions("70 | 70 | 70 | 70 | 44 | < | |").rows[0].fields["realisasi_tw"]
    assert isinstance(realisasi, dict)
    assert [(v.cell, v.kind) for v in (realisasi["1"], realisasi["2"])] == [("J3", "text_unparsed")] * 2
    assert realisasi["3"].kind == "missing"


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


def test_each_amount_is_looked_at_a_few_times_however_long_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, look = Counter[tuple[int, int]](), Totals._amount

    def count(self: Totals, row: int, column: int) -> Decimal | None:
        looked[row, column] += 1
        return look(self, row, column)

    monkeypatch.setattr(Totals, "_amount", count)
    lines = "\n".join(f"| | | Rincian {n} | {1_000_000 + 7 * n} | {500_000 + n}" for n in range(300))
    head = BUDGET.format(no=3, kode="1.02.02.2.01.0003", name="Imunisasi", pagu=1, spent=1).strip()
    assert len(read(f"{head}\n{lines}").rows) == 303
    assert max(looked.values()) <= 3


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
def test_an_indicator_that_begins_alike_is_one(name: str) -> None:
    assert measured(name, 97.5, no="3", satuan="Nilai", target="90") == [2, 3, 4]


@pytest.mark.parametrize(
    "name", ["Rata – rata", "JML", "Nilai Akhir", "Rata-rata Capaian", "Rerata Capaian Kinerja Sasaran", "J M L", "Ø"]
)
def test_a_unit_beside_a_total_makes_no_indicator_of_it(name: str) -> None:
    assert measured(name, 97.5, satuan="%") == [2, 3]
    assert measured(name, 97.5, no="3", satuan="%") == [2, 3], "a total is numbered as well"


def test_nor_does_it_of_an_average_of_all_rows_above() -> None:
    averages = {"D4": "=AVERAGE(D2:D3)", "E4": "=AVERAGE(E2:E3)"}
    assert measured("Kinerja Dinas Kesehatan", 87, satuan="%", target="90", formulas=averages) == [2, 3]


def test_a_total_that_stands_for_an_skpd_is_none() -> None:
    grid: Grid = draw("""
| No | SKPD | Pagu | Realisasi Anggaran s.d. TW II
| 1 | Dinas Contoh | 100000000 | 30000000
| 2 | Badan Contoh | 240000000 | 60000000
| | TOTAL | 340000000 | 90000000
""")
    assert [r.row for r in read_form({"Lembar": grid}, SOURCE).rows] == [2, 3]


OF_MONEY = """
| No | Sasaran | Indikator Kinerja | Satuan | Target | Realisasi | Pagu | Realisasi Keuangan
| 1 | Meningkatnya mutu | Cakupan layanan | % | 95 | 90 | {pagu} | {spent}
"""


@pytest.mark.parametrize(
    ("pagu", "spent"), [("1000000000", "79.01"), ("1000000000", "79"), ("", "79.01"), ("", "0.79%")]
)
def test_a_percentage_in_a_column_of_rupiah_is_asked(pagu: str, spent: str) -> None:
    reading = read(OF_MONEY.format(pagu=pagu, spent=spent))
    assert held(reading)["H2"] is None and ("BCA-063", "H2") in told(reading)


def test_rupiah_in_billions_where_the_sheet_says_so_is_none() -> None:
    reading = read("| (dalam miliar rupiah)\n" + OF_MONEY.format(pagu="95.5", spent="79.01").strip())
    assert held(reading)["H3"] == Decimal("79010000000") and not {k for k, _ in told(reading)} & {"BCA-063"}


@pytest.mark.parametrize(
    "text",
    [
        "| No | Nama | NIP | Jabatan | Unit Kerja | Keterangan\n| 1 | Pegawai A | '19800101 | Analis | Sekretariat | -",
        "| No | Kode Barang | Nama Barang | Jumlah | Nilai (Rp) | Keterangan\n| 1 | 1.3.2.05 | Laptop | 3 | 45000000 | baik",
        "| No | Uraian | Satuan | 2023 | 2024 | Keterangan\n| 1 | Puskesmas | unit | 10 | 11 | -",
    ],
)
def test_a_list_that_measures_nothing_is_no_table_of_performance(text: str) -> None:
    reading = read(text)
    assert not reading.rows and not any(table.certain for table in reading.tables)
    assert any("tanpa target" in left.reason for left in reading.left_out)


def test_a_list_of_names_with_targets_is_asked_whose_they_are() -> None:
    reading = read("| No | Nama | Target | Realisasi\n| 1 | Pegawai A | 100 | 90\n| 2 | Pegawai B | 100 | 95")
    assert not any(table.certain for table in reading.tables)


@pytest.mark.parametrize(
    "heading", ["Capaian Triwulan (%)", "Capaian Kinerja (%) Triwulan", "Capaian (%) per Triwulan"]
)
def test_a_share_of_the_target_is_no_realisasi(heading: str) -> None:
    text = ACTIONS.format(satuan="Puskesmas", target="12", figures="0 | 4 | 8 | 12 | 25 | 75 | |")
    reading = read(text.replace("Realisasi Triwulan", heading))
    assert not any("realisasi_tw" in record.fields for record in reading.rows)


def test_an_error_is_neither_unit_nor_name() -> None:
    reading = actions("20 | 45 | 70 | 95 | 18.5 | 44 | |", "#REF!")
    (row,) = (r for r in reading.rows if r.row == 3)
    assert "satuan" not in row.fields and ("BCA-007", "D3") in told(reading)


LISTED = """
| No | Sasaran | Indikator Kinerja | Satuan | Target | Realisasi
| 1 | {sasaran} | {indikator} | {satuan} | {target} | 84
"""


def fields(indikator: str, sasaran: str = "Literasi", satuan: str = "", target: str = "") -> dict[str, object]:
    (row,) = read(LISTED.format(indikator=indikator, sasaran=sasaran, satuan=satuan, target=target)).rows
    return {name: value.value for name, value in row.fields.items() if isinstance(value, Value)}


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("1.1.1.1 - Persentase melek huruf", "Persentase melek huruf", "1.1.1.1"),
        ("1.2) Persentase melek huruf", "Persentase melek huruf", "1.2"),
        ("1.1.2 Persentase melek huruf", "Persentase melek huruf", "1.1.2"),
        ("IV.2 Persentase melek huruf", "Persentase melek huruf", "IV.2"),
        ("1. Persentase melek huruf", "Persentase melek huruf", None),
        ("a) Persentase melek huruf", "Persentase melek huruf", None),
        ("3 dokumen perencanaan", "3 dokumen perencanaan", None),
        ("1. Nilai arsip\\n2. Nilai buku", "1. Nilai arsip\n2. Nilai buku", None),
    ],
)
def test_a_number_before_a_name_is_not_its_own(written: str, name: str, code: str | None) -> None:
    read_as = fields(written, satuan="%", target="90")
    assert (read_as["indikator"], read_as.get("kode")) == (name, code)


def test_nor_is_one_before_a_sasaran() -> None:
    assert fields("Nilai arsip", "2. Tertib arsip", "Nilai", "90")["sasaran"] == "Tertib arsip"


@pytest.mark.parametrize(
    ("written", "target", "satuan"),
    [("Minat baca (15 %)", Decimal(15), "%"), ("Jumlah buku baru (1.250 eksemplar)", Decimal(1250), "eksemplar")],
)
def test_a_target_in_the_brackets_of_a_name_is_its_target(written: str, target: Decimal, satuan: str) -> None:
    read_as = fields(written)
    assert (read_as["target_tahunan"], read_as["satuan"]) == (target, satuan)
    assert "(" not in str(read_as["indikator"])
    beside = fields(written, satuan="Nilai", target="90")
    assert (beside["target_tahunan"], beside["satuan"], beside["indikator"]) == (Decimal(90), "Nilai", written)


@pytest.mark.parametrize(("unit", "field"), [("Bidang Kesmas", "penanggung_jawab"), ("Dinas Contoh", "skpd")])
def test_a_unit_within_an_skpd_answers_for_a_row_and_an_skpd_owns_it(unit: str, field: str) -> None:
    reading = read(f"""
| No | Indikator Kinerja | Satuan | Target | Realisasi | Unit Kerja
| 1 | Nilai arsip | Nilai | 90 | 84 | {unit}
""")
    (row,) = reading.rows
    value = row.fields[field]
    assert isinstance(value, Value) and value.value == unit
    assert len({"skpd", "penanggung_jawab"} & {*row.fields}) == 1


@pytest.mark.parametrize(
    "name",
    ["rata " * 6_000 + "x", "1." + " " * 32_000 + "!", "(" + " " * 32_000 + "x", "1.1" * 10_000, "(a) " * 8_000 + "x"],
    ids=["words of a total", "spaces behind a number", "spaces in brackets", "numbers", "brackets"],
)
def test_a_name_of_any_length_is_looked_at_once(name: str) -> None:
    """Each would take longer than anybody waits if a pattern tried it in every way it can be cut."""
    assert fields(name, satuan="%", target="90")["realisasi_tahunan"] == Decimal(84)


def test_so_is_a_formula() -> None:
    for formula in ("=" + "A" * 30_000, "=" + "1/" * 15_000 + "*", "=SUM" + " " * 30_000 + "x"):
        assert budget("Seluruh Belanja Dinas", 1, 1, formulas={"D4": formula, "E4": formula}) == [2, 3, 4]
        reading = actions("20 | 45 | 70 | 95 | 0.185 | 44 | |", formulas={"J3": formula})
        assert held(reading)["J3"] == Decimal("0.185")


@pytest.mark.parametrize(
    ("name", "figures", "asked"),
    [
        ("Rata-rata anak per keluarga", "2 | 2 | 2 | 2 | 1.85 | 1.9 | |", False),
        ("Rasio guru per kelas", "2 | 2 | 2 | 2 | 1.85 | | |", False),
        ("Jumlah anak dibagi banyaknya keluarga", "2 | 2 | 2 | 2 | 1.85 | | |", True),
        ("Jumlah penduduk per 31 Desember", "2 | 2 | 2 | 2 | 1.85 | | |", True),
        ("Jumlah pengunjung per tahun", "2 | 2 | 2 | 2 | 1.85 | | |", True),
        ("Jumlah personel", "2 | 2 | 2 | 2 | 1.85 | | |", True),
        ("Rata-rata pengunjung per hari", "1900 | 1900 | 1900 | 1900 | 1.85 | | |", True),
    ],
)
def test_part_of_a_person_is_plausible_of_an_average(name: str, figures: str, asked: bool) -> None:
    form = ACTIONS.replace("Cakupan layanan", name).format(figures=figures, satuan="Orang", target="2")
    reading = read(form)
    assert (("BCA-064", "J3") in told(reading)) is asked
    assert held(reading)["J3"] == (None if asked else Decimal("1.85"))


def test_shares_beside_what_is_counted_are_not_counted_themselves() -> None:
    reading = read("""
        | No | Indikator Kinerja | Satuan | Target | Realisasi | Realisasi Fisik (%) | Pagu
        | 1 | Jumlah peserta | Orang | 40 | 38 | 95.5 | 850.125
        | 2 | Jumlah penerima | Orang | 20 | 18 | 90 | 1000000
        """)
    assert held(reading)["F2"] == Decimal("95.5")
    assert {cell for kode, cell in told(reading) if kode == "BCA-064"} == {"G2"}


RANKED = """
    | No | Kode | Indikator Kinerja | Satuan | Target | Realisasi
    | 1 | IK-1 | Indeks layanan | Indeks | 80 | 72
    | 2 | IK-2 | Nilai arsip | Indeks | 90 | 80
    | 3 | IK-3 | Indeks inovasi | Indeks | 100 | 91
    | {last}
    """


def ranked(last: str, **more: object) -> tuple[list[int], set[str | None]]:
    """The rows that were read, and the cells that were asked for an average."""
    reading = read(RANKED.format(last=last), **more)
    return [r.row for r in reading.rows], {cell for kode, cell in told(reading) if kode == "BCA-065"}


@pytest.mark.parametrize("name", ["Rata-rata", "Rata-rata capaian kinerja", "Jumlah", "Nilai akhir", "Rerata"])
@pytest.mark.parametrize("satuan", ["Indeks", ""])
def test_a_number_before_a_total_makes_no_indicator_of_it(name: str, satuan: str) -> None:
    assert ranked(f"4 | | {name} | {satuan} | 90 | 80") == ([2, 3, 4], set())
    assert ranked(f"4 | IK-4 | {name} | Indeks | 90 | 80")[0] == [2, 3, 4, 5]


@pytest.mark.parametrize("last", ["4 | | Nilai kinerja | Indeks | 90 | 81", " | | Dinas Arsip | Indeks | 90 | 81"])
def test_a_row_at_the_end_that_averages_all_above_it_is_asked(last: str) -> None:
    assert ranked(last) == ([2, 3, 4, 5], {"A5", "E5", "F5"})


@pytest.mark.parametrize(
    "last",
    [
        "4 | IK-4 | Nilai kinerja | Indeks | 90 | 81",  # a code of its own
        "4 | | Nilai kinerja | Indeks | 90 | 82",
        "4 | | Nilai kinerja | Indeks | 90 |",  # one figure is nobody's average
        "4 | | Nilai kinerja | Indeks | 90 | 81\\n| 5 | | Nilai mutu | Indeks | 70 | 60",
    ],
)
def test_what_may_as_well_be_an_indicator_is_not_asked(last: str) -> None:
    assert ranked(last)[1] == set()


def test_columns_that_go_together_are_one_sign_of_an_average() -> None:
    reading = read("""
        | No | Indikator Kinerja | Satuan | Target | Realisasi
        | 1 | Indeks layanan | Indeks | 80 | 40
        | 2 | Nilai arsip | Indeks | 90 | 45
        | 3 | Indeks inovasi | Indeks | 100 | 50
        | 4 | Nilai mutu | Indeks | 90 | 45
        """)
    assert not told(reading)


@pytest.mark.parametrize(
    ("formulas", "asked"),
    [
        ({"E5": "=AVERAGE(E2:E4)", "F5": "=ROUND(AVERAGE(F2:F4),2)"}, True),
        ({"E5": "=SUM(E2:E4)/3", "F5": "=(F2+F3+F4)/3"}, True),
        ({"E5": "=SUM(E2:E4)/COUNT(E2:E4)", "F5": "=AVERAGE(F2:F4)"}, True),
        ({"F5": "=AVERAGE(F2:F4)"}, False),
        ({"E5": "=SUM(E2:E4)", "F5": "=SUM(F2:F4)"}, False),
        ({"E5": "=AVERAGE(F2:F4)", "F5": "=AVERAGE(G2:G4)"}, False),
    ],
)
def test_so_is_one_whose_formulas_average_the_rows_above(formulas: dict[str, str], asked: bool) -> None:
    below = "4 | | Nilai kinerja | Indeks | 1 | 2\n| 5 | | Nilai mutu | Indeks | 70 | 60"
    assert ranked(below, formulas=formulas)[1] == ({"A5", "E5", "F5"} if asked else set())
