"""Deadlines on the sample: data called for before the quarter has ended, and what they are restated as afterwards."""

from datetime import date, timedelta

import openpyxl

from pipelines.settings import load_settings
from pipelines.steps import journal
from pipelines.steps.register import write_inventory_of, write_register
from pipelines.steps.returning import write_returns
from pipelines.steps.status import list_findings, list_status, list_versions
from tests.lib.docx_text import project
from tests.road.conftest import NOW, YEAR, walk
from tests.road.test_road import mart


def test_a_final_of_january_is_not_late_for_having_come_after_the_call_of_december(few, copy_of):
    root = copy_of(few)
    sent = next(s for s in mart(root, "pengajuan") if (s["triwulan"], s["status"]) == (4, "terverifikasi"))
    book = openpyxl.load_workbook(root / f"data/raw/{YEAR}" / sent["berkas"])
    (said,) = (row[1] for row in book["Identitas"].iter_rows() if row[0].value == "Status Data")
    said.value = "Final"
    book.save(root / f"data/raw/{YEAR}/tw4/final.xlsx")
    with (root / f"data/raw/{YEAR}/tw4/penerimaan.csv").open("a", encoding="utf-8") as receipts:
        receipts.write("final.xlsx;2026-01-20T09:00:00\n")
    walk(root)
    settings = load_settings(root)
    (row,) = [r for r in list_status(settings, YEAR, 4) if r.kode_skpd == sent["kode_skpd"]]
    assert (row.versi, row.diterima, row.batas, row.hari_terlambat) == (2, date(2026, 1, 20), date(2026, 1, 30), 0)
    assert [v.hari_terlambat for v in list_versions(settings, YEAR, 4) if v.kode_skpd == sent["kode_skpd"]] == [0, 0]
    assert not [f for f in list_findings(settings, YEAR, 4) if (f.kode, f.kode_skpd) == ("REG-007", sent["kode_skpd"])]


def test_what_is_sent_again_after_a_return_is_not_late(few, copy_of):
    root = copy_of(few)
    settings = load_settings(root)
    sent = next(s for s in mart(root, "pengajuan") if (s["triwulan"], s["status"]) == (2, "dikembalikan"))
    kode = sent["kode_skpd"]
    journal.note_received(settings, YEAR, NOW)
    journal.note_checked(settings, YEAR, NOW)  # an office in arrears: what is written of the next one lies before this
    book = openpyxl.load_workbook(root / f"data/raw/{YEAR}" / sent["berkas"])
    book["Realisasi"]["I6"] = "Diperbaiki sesudah dikembalikan."
    book.save(root / f"data/raw/{YEAR}/tw2/perbaikan.xlsx")
    with (root / f"data/raw/{YEAR}/tw2/penerimaan.csv").open("a", encoding="utf-8") as receipts:
        receipts.write("perbaikan.xlsx;2025-06-28T09:00:00\n")
    walk(root)
    journal.note_received(settings, YEAR, NOW)
    (row,) = [r for r in list_status(settings, YEAR, 2) if r.kode_skpd == kode]
    assert (row.versi, row.batas, row.hari_terlambat, row.dikirim_ulang) == (2, date(2025, 6, 15), 0, True)
    late = ("REG-007", "REG-052")
    assert not [f for f in list_findings(settings, YEAR, 2) if f.kode in late and f.kode_skpd == kode]
    first, again = (v for v in list_versions(settings, YEAR, 2) if v.kode_skpd == kode)
    assert (first.dikirim_ulang, again.hari_terlambat, again.dikirim_ulang) == (False, 0, True)
    said = "iriman pertama tepat waktu; dikirim ulang setelah dikembalikan atau ditanyakan"
    for sheet in openpyxl.load_workbook(write_inventory_of(settings, YEAR, 2).path):
        assert any(f"K{said}" in line for line in sheet.iter_rows(values_only=True)), sheet.title
    (receipt,) = (p for p in write_register(settings, YEAR, 2, [kode]).made if p.stem.endswith("-v2"))
    assert f"(k{said})" in project(receipt.read_bytes())


def test_an_answer_to_a_request_for_explanation_is_not_late(few, copy_of):
    root = copy_of(few)
    settings = load_settings(root)
    like = (2, "terverifikasi", "Sementara")
    sent = next(s for s in mart(root, "pengajuan") if (s["triwulan"], s["status"], s["status_data"]) == like)
    kode, source = sent["kode_skpd"], root / f"data/raw/{YEAR}" / sent["berkas"]
    book = openpyxl.load_workbook(source)
    empty = next(c for c in book["Realisasi"]["E"] if isinstance(c.value, int | float)).coordinate
    book["Realisasi"][empty] = None
    book.save(source.with_name("kosong.xlsx"))
    receive(root, "kosong.xlsx;2025-06-14T09:00:00")
    for moment in (NOW, NOW + timedelta(hours=1)):  # a letter that was written already tells nothing new
        walk(root, 2)
        journal.note_received(settings, YEAR, moment)
        journal.note_checked(settings, YEAR, moment)
        journal.note_run(settings, YEAR, 2, "sidik", [write_returns(settings, YEAR, 2, None)], moment)
    asking = [r.surat for r in list_status(settings, YEAR, 2) if r.kode_skpd == kode]
    assert any("surat-permintaan-penjelasan" in path for path in asking[0]), asking
    book["Realisasi"][empty] = 7
    book.save(source.with_name("jawaban.xlsx"))
    receive(root, "jawaban.xlsx;2025-06-21T09:00:00")
    walk(root, 2)
    journal.note_received(settings, YEAR, NOW + timedelta(days=1))
    (row,) = [r for r in list_status(settings, YEAR, 2) if r.kode_skpd == kode]
    assert (row.versi, row.batas, row.hari_terlambat, row.dikirim_ulang) == (3, date(2025, 6, 15), 0, True)
    late = ("REG-007", "REG-052")
    assert not [f for f in list_findings(settings, YEAR, 2) if f.kode in late and f.kode_skpd == kode]
    (receipt,) = (p for p in write_register(settings, YEAR, 2, [kode]).made if p.stem.endswith("-v3"))
    assert "(kiriman pertama tepat waktu; dikirim ulang setelah dikembalikan atau ditanyakan)" in project(
        receipt.read_bytes()
    )


def receive(root, line):
    with (root / f"data/raw/{YEAR}/tw2/penerimaan.csv").open("a", encoding="utf-8") as receipts:
        receipts.write(f"{line}\n")
