"""Formulas of an issued form whose file keeps no value: worked out and told, or told that they cannot be."""

from decimal import Decimal

import pytest

from pipelines.extract.sheets import Extract, Source, extract_workbook
from schemas.layout import Layout, load_layout
from schemas.workbook import Grid

SOURCE = Source("dinkes-2025-tw2-v1", "1.02", 2025, 2, "tw2/dinkes.xlsx")
ANGGARAN = ["Kode", "Program/Kegiatan/Sub Kegiatan", "Kode Indikator", "Pagu", "Realisasi s.d. TW",
            "Realisasi Fisik (%)"]  # fmt: skip
SUM = '=IF(COUNT(E3,E4)=0,"",SUM(E3,E4))'
WEIGHTED = '=IF(OR(COUNT(F3,F4)=0,N(D2)=0),"",ROUND((D3*N(F3)+D4*N(F4))/D2,2))'


def read(sheet, rows, formulas, uncached=None):
    layout = load_layout("format_pengisian")
    only = Layout(name="uji", version="1", sheets=(layout.sheet(sheet),))
    extract = Extract()
    grid = Grid(sheet, rows, formulas=formulas, uncached=frozenset(formulas if uncached is None else uncached))
    extract_workbook({sheet: grid}, only, SOURCE, extract)
    return extract


def budget(first, second, formulas, uncached=None):
    rows = [
        ANGGARAN,
        ["1.02.02.2.01", "Kegiatan", None, 40.0, None, None],
        ["1.02.02.2.01.0001", "Sub satu", None, 10.0, *first],
        ["1.02.02.2.01.0002", "Sub dua", None, 30.0, *second],
    ]
    return read("Anggaran", rows, formulas, uncached)


def told(extract):
    return [(f.kode, f.sel) for f in extract.findings]


def column(extract, name, table="typed_anggaran"):
    return extract.columns[table][name]


def test_the_sums_of_a_kegiatan_are_worked_out_and_told():
    extract = budget((4.0, 50.0), (20.0, 70.0), {"E2": SUM, "F2": WEIGHTED})
    assert told(extract) == [("BCA-037", "E2"), ("BCA-037", "F2")]
    assert column(extract, "realisasi_rp") == [24, 4, 20] and column(extract, "realisasi_fisik_pct") == [65, 50, 70]
    assert "dihitung ulang: 65" in extract.findings[1].pesan and WEIGHTED in extract.findings[1].pesan
    cells = dict(zip(extract.columns["origins"]["sel"], extract.columns["origins"]["kolom"], strict=True))
    assert cells["F2"] == "realisasi_fisik_pct"


def test_a_formula_that_shows_nothing_is_an_empty_cell_and_nothing_is_told():
    extract = budget((None, None), (None, None), {"E2": SUM, "F2": WEIGHTED})
    assert told(extract) == [] and column(extract, "realisasi_rp") == [None] * 3


def test_one_that_cannot_be_worked_out_is_an_error_at_its_cell_and_at_those_that_rest_on_it():
    extract = budget((4.0, None), (20.0, 70.0), {"F3": "=VLOOKUP(1,A1:B3,2)", "F2": WEIGHTED})
    assert told(extract) == [("BCA-036", "F2"), ("BCA-036", "F3")]
    assert column(extract, "realisasi_fisik_pct") == [None, None, 70]
    assert all(f.tingkat == "error" and f.row_id for f in extract.findings)


def test_a_kept_value_is_taken_as_it_is():
    extract = budget((4.0, 50.0), (20.0, 70.0), {"E3": "=2+2"}, uncached=())
    assert told(extract) == [] and column(extract, "realisasi_rp") == [None, 4, 20]


@pytest.mark.parametrize(("formula", "kode", "value"), [("=90+6.5", "BCA-037", Decimal("96.5")),
                                                        ("=Lain!A1", "BCA-036", None)])  # fmt: skip
def test_so_is_a_realisasi_and_not_told_to_be_empty(formula, kode, value):
    header = ["Kode Indikator", "Indikator Kinerja", "Satuan", "Target TW", "Realisasi TW", "Capaian (%)"]
    rows = [header, ["IK-01", "Cakupan", "%", 90.0, None, None]]
    extract = read("Realisasi", rows, {"E2": formula, "F2": "=E2/_meta!D1*100"})
    assert (kode, "E2") in told(extract) and column(extract, "realisasi_tw_nilai", "typed_realisasi") == [value]
    assert not [f for f in extract.findings if f.sel == "F2"], "the program works out capaian itself"


def test_a_sum_of_empty_cells_is_not_worked_out_to_be_nought():
    extract = budget((None, 50.0), (None, 70.0), {"E2": "=SUM(E3:E4)"})
    assert told(extract) == [("BCA-036", "E2")]
