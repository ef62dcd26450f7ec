"""Grid + layout → typed rows with the cell of every value; what cannot be read is a finding at its cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.cells import parse_date, read_cell
from pipelines.extract.columns import read_column
from pipelines.extract.sheets import Extract, Source, extract_workbook
from schemas.layout import Field, Layout, load_layout
from schemas.workbook import Grid

SOURCE = Source("dinkes-2025-tw2-v1", "1.02", 2025, 2, "tw2/dinkes.xlsx")
REALISASI = [
    "Kode Indikator", "Indikator Kinerja", "Satuan", "Target TW", "Realisasi TW", "Pembilang", "Penyebut",
    "Capaian (%)", "Faktor Pendukung", "Faktor Penghambat", "Upaya", "Rencana Tindak Lanjut", "Bukti Dukung",
]  # fmt: skip
ROW = ["IK-01", "Cakupan imunisasi", "%", 90.0, 87.5, "", "", 97.22, "Kader aktif", "", "", "", "Laporan"]


def read(sheet, rows, percent=frozenset()):
    layout = load_layout("format_pengisian")
    only = Layout(name="uji", version="1", sheets=(layout.sheet(sheet),))
    extract = Extract()
    extract_workbook({sheet: Grid(sheet, rows, frozenset(percent))}, only, SOURCE, extract)
    return extract


def column(extract, table, name):
    return extract.columns.get(table, {}).get(name, [])


def origins(extract):
    c = extract.columns["origins"]
    return dict(zip(zip(c["row_id"], c["kolom"], strict=True), c["sel"], strict=True))


def test_a_row_keeps_its_identity_and_the_cell_of_every_value():
    extract = read("Realisasi", [["REALISASI KINERJA"], [], REALISASI, ROW])
    row_id = "dinkes-2025-tw2-v1!Realisasi!R4"
    assert column(extract, "typed_realisasi", "row_id") == [row_id]
    assert column(extract, "typed_realisasi", "realisasi_tw_nilai") == [Decimal("87.5")]
    assert origins(extract)[(row_id, "realisasi_tw")] == "E4"
    assert (row_id, "pembilang") not in origins(extract)
    assert extract.findings == []


@given(st.permutations(range(len(REALISASI))), st.integers(0, 5), st.integers(0, 3))
def test_column_order_and_place_on_the_sheet_change_nothing_but_the_address(order, down, right):
    rows = [[""] * right + [line[i] for i in order] for line in (REALISASI, ROW)]
    moved = read("Realisasi", [[] for _ in range(down)] + rows)
    plain = read("Realisasi", [REALISASI, ROW])
    for name, values in plain.columns["typed_realisasi"].items():
        if name not in ("row_id", "baris"):
            assert column(moved, "typed_realisasi", name) == values
    cell = origins(moved)[(f"dinkes-2025-tw2-v1!Realisasi!R{down + 2}", "realisasi_tw")]
    assert cell == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[right + order.index(4)] + str(down + 2)


def test_text_where_a_number_belongs_is_quoted_with_its_cell_and_held_by_its_row():
    extract = read("Realisasi", [REALISASI, [*ROW[:4], "sudah tercapai", *ROW[5:]]])
    (finding,) = extract.findings
    assert (finding.kode, finding.sel, finding.nilai) == ("BCA-003", "E2", "sudah tercapai")
    assert finding.row_id == "dinkes-2025-tw2-v1!Realisasi!R2"
    assert column(extract, "typed_realisasi", "realisasi_tw_nilai") == [None]


def test_every_fault_of_a_sheet_is_told_not_only_the_first():
    rows = [REALISASI, [*ROW[:4], "sudah", *ROW[5:]], ["IK-02", "X", "%", "#REF!", "1.234", *ROW[5:]]]
    assert [f.kode for f in read("Realisasi", rows).findings] == ["BCA-003", "BCA-007", "BCA-005"]


def test_a_comma_decimal_kept_as_text_is_read_and_noted():
    extract = read("Realisasi", [REALISASI, [*ROW[:4], "87,5", *ROW[5:]]])
    assert column(extract, "typed_realisasi", "realisasi_tw_nilai") == [Decimal("87.5")]
    assert [f.kode for f in extract.findings] == ["BCA-004"]


@pytest.mark.parametrize(("unit", "value"), [("%", Decimal("98.5")), ("Persen (%)", Decimal("98.5")), ("Indeks", None)])
def test_a_native_percentage_counts_only_where_the_unit_is_a_percentage(unit, value):
    row = [*ROW[:2], unit, 90.0, 0.985, *ROW[5:]]
    extract = read("Realisasi", [REALISASI, row], {"E2"})
    assert column(extract, "typed_realisasi", "realisasi_tw_nilai") == [value]
    assert ("BCA-056" in {f.kode for f in extract.findings}) is (value is None)


def test_missing_columns_are_named_each_and_unknown_ones_noted():
    header = ["Kode Indikator", "Satuan", "Keterangan Pribadi"]
    findings = read("Realisasi", [header, ["IK-01", "%", "x"]]).findings
    assert [(f.kode, f.pesan.split('"')[1]) for f in findings] == [
        ("BCA-002", "Indikator Kinerja"),
        ("BCA-002", "Realisasi TW"),
        ("BCA-011", "Keterangan Pribadi"),
    ]


def test_totals_numbering_rows_and_blank_rows_are_no_data():
    header = [
        "Kode",
        "Program/Kegiatan/Sub Kegiatan",
        "Kode Indikator",
        "Pagu",
        "Realisasi s.d. TW",
        "Realisasi Fisik (%)",
    ]
    rows = [
        header,
        [f"({n})" for n in range(1, 7)],
        ["1.02.02", "PROGRAM", "", 100.0, 50.0, ""],
        ["", " ", "", "", "", ""],
        ["1.02.02.2.01.0001", "Sub", "IK-01", "Rp 1.250.000,-", 0.0, 0.0],
        ["", "JUMLAH TOTAL", "", 100.0, 50.0, ""],
    ]
    extract = read("Anggaran", rows)
    assert column(extract, "typed_anggaran", "level") == ["program", "sub_kegiatan"]
    assert column(extract, "typed_anggaran", "pagu_rp") == [Decimal(100), Decimal(1250000)]
    assert column(extract, "typed_anggaran", "realisasi_rp") == [Decimal(50), Decimal(0)]
    assert {(f.kode, f.sel) for f in extract.findings} == {("BCA-004", "D5"), ("BCA-012", "A6")}


def test_figures_without_the_code_that_owns_them_are_a_finding():
    extract = read("Realisasi", [REALISASI, ["", *ROW[1:]]])
    assert [(f.kode, f.sel) for f in extract.findings] == [("BCA-014", "A2")]


def test_words_of_a_closed_list_are_read_loosely_and_anything_else_is_named_with_the_choices():
    header = [f.label for f in load_layout("format_pengisian").sheet("PK").fields]
    row = ["S1", "IK-01", "X", "%", "naik", "posisi  akhir", "Bulanan", "", 90.0, 1.0, 2.0, 3.0, 90.0]
    extract = read("PK", [header, row])
    assert column(extract, "typed_pk", "konsolidasi") == ["posisi_akhir"]
    (finding,) = extract.findings
    assert (finding.kode, finding.nilai) == ("BCA-008", "Bulanan")
    assert "Per Triwulan, Kumulatif" in finding.saran


def test_a_missing_sheet_is_a_finding():
    extract = Extract()
    extract_workbook({}, load_layout("format_pengisian"), SOURCE, extract)
    assert {f.lembar for f in extract.findings if f.kode == "BCA-001"} == {
        "Identitas", "PK", "IKU", "Realisasi", "Anggaran", "Pengesahan"
    }  # fmt: skip


@pytest.mark.parametrize("text", ["15/06/2025", "15-6-2025", "15 Juni 2025", "15 juni  2025", "2025-06-15"])
def test_dates_are_read_as_people_write_them(text):
    assert parse_date(text).isoformat() == "2025-06-15"


@pytest.mark.parametrize("text", ["31/02/2025", "Juni 2025", "besok", "06/15/2025"])
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


CELLS = st.one_of(
    st.none(),
    st.just(""),
    st.integers(-(10**16), 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["87,5", "n/a", "  ", "sudah", "BB (79,39)", "1.234", " IK-01 ", "80-90", "#REF!"]),
    st.booleans(),
)


@given(
    st.lists(CELLS, min_size=1, max_size=6), st.sampled_from(["text", "code", "number", "rupiah", "percent", "measure"])
)
def test_a_column_read_at_once_is_its_cells_read_one_by_one(cells, kind):
    f = Field(name="x", label="X", kind=kind)
    read = read_column(cells, f, ["%"] * len(cells), [False] * len(cells))
    singly = [read_cell(cell, f, "%", percent=False) for cell in cells]
    assert read.columns == {name: [value.columns[name] for value in singly] for name in singly[0].columns}
    assert read.filled == [value.filled for value in singly]
    assert read.faults == [(n, value) for n, value in enumerate(singly) if value.kode]


def test_a_form_without_an_optional_column_is_read_all_the_same():
    extract = read("Realisasi", [[REALISASI[i] for i in (0, 1, 2, 4)], [ROW[i] for i in (0, 1, 2, 4)]])
    assert column(extract, "typed_realisasi", "target_tw_keadaan") == ["kosong"]
    assert [f.kode for f in extract.findings] == []


def test_a_column_nobody_filled_is_where_its_heading_stands():
    found = origins(read("Realisasi", [["REALISASI KINERJA"], [], REALISASI, ROW]))
    assert found[("dinkes-2025-tw2-v1!Realisasi!R3", "pembilang")] == "F3"
    assert ("dinkes-2025-tw2-v1!Realisasi!R3", "realisasi_tw") not in found


def test_a_figure_merged_with_that_of_the_row_above_is_told_at_its_cell():
    rows = [REALISASI, ROW, ["IK-02", *ROW[1:4], "", *ROW[5:8], ""]]
    layout = load_layout("format_pengisian")
    only = Layout(name="uji", version="1", sheets=(layout.sheet("Realisasi"),))
    extract = Extract()
    # the factors of two indicators may well be the same; their figures are not
    grid = Grid("Realisasi", rows, merges=((2, 5, 3, 5), (2, 9, 3, 9), (2, 6, 3, 6)))
    extract_workbook({"Realisasi": grid}, only, SOURCE, extract)
    (finding,) = extract.findings
    assert (finding.kode, finding.sel, finding.row_id) == ("BCA-044", "E3", "dinkes-2025-tw2-v1!Realisasi!R3")
    assert "tergabung dengan E2 (E2:E3)" in finding.pesan


def test_so_is_one_merged_with_that_of_the_column_before():
    sheet = load_layout("format_pengisian").sheet("Realisasi")
    extract = Extract()
    grid = Grid("Realisasi", [REALISASI, [*ROW[:5], "", *ROW[6:]]], merges=((2, 5, 2, 6),))
    extract_workbook({"Realisasi": grid}, Layout(name="uji", version="1", sheets=(sheet,)), SOURCE, extract)
    (finding,) = (f for f in extract.findings if f.kode == "BCA-044")
    assert finding.sel == "F2" and "tergabung dengan E2 (E2:F2)" in finding.pesan
