"""An export of documents in place of the ledger: the reconciliation of the sample with it, from its cells to findings."""

from __future__ import annotations

import shutil
from collections import defaultdict
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipelines.settings import load_settings
from pipelines.steps import references, validate
from pipelines.steps.sample import write_sample
from schemas.vocabulary import Besaran, Pihak, Selisih
from tests.road.conftest import NOW, YEAR, walk

TW = 3
HEAD = (
    "Kode SKPD", "Nama SKPD", "Kode Program", "Nama Program", "Kode Sub Kegiatan", "Nama Sub Kegiatan",
    "Kode Rekening", "Nama Rekening", "Nomor Dokumen", "Nilai Realisasi", "Nilai Setoran", "Periode SPD", "Nilai SP2D",
)  # fmt: skip
ACCOUNTS = (("5.1.02.01.001.00024", "Belanja Alat Tulis"), ("5.1.02.02.001.00003", "Belanja Honorarium"))
SPENT, QUARTER = HEAD.index("Nilai Realisasi") + 1, HEAD.index("Periode SPD") + 1


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A sample whose BKD sent the documents of its ledger: what was spent in a quarter, over two accounts."""
    root = tmp_path_factory.mktemp("dokumen") / "ruang"
    list(write_sample(root, YEAR, 2))
    acuan = root / f"data/raw/{YEAR}/acuan"
    documents(acuan / "buku-besar-bkd.xlsx").save(acuan / "Realisasi per dokumen.xlsx")
    (acuan / "buku-besar-bkd.xlsx").unlink()
    walk(root, TW)
    return root


def documents(ledger):
    """The documents a ledger came from."""
    spent = defaultdict(dict)
    for kode_skpd, kode, _, nama, quarter, _, rupiah in openpyxl.load_workbook(ledger)["BKD"].iter_rows(
        min_row=4, max_col=7, values_only=True
    ):
        if kode and rupiah is not None:
            spent[kode_skpd, kode, nama][quarter] = Decimal(str(rupiah))
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (["LAPORAN REALISASI PER DOKUMEN"], [f"TAHUN {YEAR}"], [], HEAD):
        sheet.append(list(line))
    total = Decimal(0)
    for (kode_skpd, kode, nama), quarters in spent.items():
        before = Decimal(0)
        for quarter, rupiah in sorted(quarters.items()):
            first = (rupiah - before) // 3
            for (account, name), part in zip(ACCOUNTS, (first, rupiah - before - first), strict=True):
                known = (kode_skpd, "-", kode[:7], "Program", kode, nama, account, name, f"81/{sheet.max_row}")
                sheet.append([*known, float(part), 0, f"Triwulan {quarter}", 999_999_999])
            before = rupiah
        total += before
    sheet.append(["Total", *[None] * (SPENT - 1), float(total)])
    return book


def mart(root, name):
    return pq.read_table(root / f"data/processed/{YEAR}/{name}.parquet").to_pylist()


def compared(root):
    rows = [r for r in mart(root, "rekonsiliasi") if r["pihak"] == Pihak.BKD]
    assert {r["besaran"] for r in rows} == {Besaran.REALISASI}, "the export knows no pagu, so none is missing in it"
    return rows


def test_the_reconciliation_runs_on_the_documents_of_every_quarter(root):
    rows = compared(root)
    assert {r["triwulan"] for r in rows} == {1, 2, 3} and len(rows) > 100
    assert {r["jenis"] for r in rows} == {Selisih.SAMA}
    assert not [f for f in mart(root, "temuan") if f["kode"].startswith("REK") or f["kode"] == "ACU-002"]
    last = [r for r in rows if r["triwulan"] == TW]
    assert {r["berkas_pihak"] for r in rows} == {"acuan/Realisasi per dokumen.xlsx"}
    assert all(r["sel_pihak"].count("J") == 2 * TW for r in last), "each figure names the documents it adds up"
    references.require_sound(load_settings(root), YEAR)


def test_a_document_whose_money_nobody_can_read_leaves_its_sub_kegiatan_uncompared_from_its_quarter_on(root, tmp_path):
    """It is neither no document nor what the others come to."""
    root = shutil.copytree(root, tmp_path / "ruang")
    path = root / f"data/raw/{YEAR}/acuan/Realisasi per dokumen.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    row = next(r for r in range(5, 500) if sheet.cell(r, QUARTER).value == "Triwulan 2")
    sheet.cell(row, SPENT).value = "1 jt-an"
    book.save(path)
    references.read_references(load_settings(root), YEAR, NOW)
    validate.check_year(load_settings(root), YEAR)
    noted = [f for f in references.load_noted(load_settings(root), YEAR) if f.sel == f"J{row}"]
    assert [f.tingkat for f in noted] == ["error"]
    changed = [r for r in compared(root) if r["jenis"] != Selisih.SAMA]
    assert {(r["kode"], r["triwulan"]) for r in changed} == {(sheet.cell(row, 5).value, q) for q in (2, 3)}
    assert {(r["jenis"], r["nilai_pihak"]) for r in changed} == {(Selisih.DITAHAN, None)}
    assert not [f for f in mart(root, "temuan") if f["kode"].startswith("REK")]


def test_a_document_more_is_a_difference_of_that_sub_kegiatan_alone(root):
    path = root / f"data/raw/{YEAR}/acuan/Realisasi per dokumen.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    row = next(r for r in range(5, 500) if sheet.cell(r, QUARTER).value == f"Triwulan {TW}")
    sheet.cell(row, SPENT).value += 1_234_567
    sheet.cell(row + 1, QUARTER).value = "Semester 2"
    book.save(path)
    references.read_references(load_settings(root), YEAR, NOW)
    validate.check_year(load_settings(root), YEAR)
    changed = [r for r in compared(root) if r["jenis"] != Selisih.SAMA]
    assert {(r["kode"], r["triwulan"]) for r in changed} == {(sheet.cell(row, 5).value, TW)}
    noted = {(f.kode, f.sel) for f in references.load_noted(load_settings(root), YEAR)}
    assert {("BCA-057", f"K{sheet.max_row}"), ("BCA-058", f"L{row + 1}"), ("REK-021", f"J{row + 1}")} <= noted
