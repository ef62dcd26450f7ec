"""An error in a cell of money holds back the row that lacks its figure, and no row that has it from elsewhere."""

import pytest

from pipelines.match.held import hold_rows
from pipelines.match.rows import Cell
from pipelines.steps.match import matched_tables
from schemas.finding import Place, make_finding
from tests.unit.match.test_anggaran import match, row


def held(*rows, sel, kode="BCA-003"):
    """The rows an error in that cell holds back."""
    made = match([*rows])
    fault = make_finding(
        kode, Place(2025, 2, "1.02", "e81.xlsx", "E81", sel, "f1"), "dua juta", kolom="k", kode_indikator="-"
    )
    told = hold_rows([fault], {table.name: data for table, data in matched_tables(made).items()})
    return [(f.row_id or "").split("!")[-1] for f in told]


def spent(cara_isi, **fields):
    return row(1, "program", cara_isi, kode="1.02.02", program="Program Kesehatan", pagu=30, **fields)


WORD = [Cell("H9", False, None, None, "dua juta", "galat")]


@pytest.mark.parametrize(
    ("cara_isi", "fields", "row_id"),
    [
        ("per_triwulan", {"realisasi_anggaran_tw_1": WORD, "realisasi_anggaran_tw_2": 20}, "R1"),
        ("per_triwulan", {"realisasi_anggaran_tw_1": 10, "realisasi_anggaran_tw_2": WORD}, "R1"),
        ("per_triwulan", {"realisasi_anggaran_tw_2": 20, "realisasi_anggaran_tw_3": WORD}, ""),
        ("kumulatif", {"realisasi_anggaran_tw_1": 10, "realisasi_anggaran_tw_2": WORD}, "R1"),
        ("kumulatif", {"realisasi_anggaran_tw_1": WORD, "realisasi_anggaran_tw_2": 20}, ""),
        (None, {"realisasi_anggaran": WORD}, "R1"),
        (None, {"realisasi_anggaran": 20, "keterangan": WORD}, ""),
    ],
)
def test_money_that_was_not_read_holds_the_row_that_lacks_it(cara_isi, fields, row_id):
    assert held(spent(cara_isi, **fields), sel="H9") == [row_id]


def test_a_cell_over_two_rows_holds_both():
    rows = [
        row(
            n,
            "program",
            kode=kode,
            program=name,
            pagu=[Cell("D4", False, None, None, "?", "galat")],
            realisasi_anggaran=5,
        )
        for n, (kode, name) in enumerate([("1.02.01", "Program Penunjang Urusan"), ("1.02.02", "Program Kesehatan")], 1)
    ]
    assert held(*rows, sel="D4") == ["R1", "R2"]


def test_a_warning_holds_nothing():
    assert held(spent(None, realisasi_anggaran=WORD), sel="H9", kode="CAP-003") == [""]
