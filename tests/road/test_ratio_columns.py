"""A form of its own with columns for Pembilang and Penyebut: what CAP-007 asks for can be given."""

import openpyxl

from pipelines.steps.preview import preview_files
from tests.lib.foreign import make_room, pk_row, receive, walk, write_acuan
from tests.road.test_withheld_cells import DINAS, mart

NAME = "Persentase jalan mantap"


def write(path, *parts):
    book = openpyxl.Workbook()
    book.active.append(["LAPORAN REALISASI KINERJA DINAS PEKERJAAN UMUM TRIWULAN I TAHUN 2025"])
    heads = ("Pembilang", "Penyebut")[: len(parts)]
    book.active.append(["No", "Indikator Kinerja", "Satuan", "Target Triwulan I", "Realisasi Triwulan I", *heads])
    book.active.append([1, NAME, "Persen", 80, 81.25, *parts])
    book.save(path)
    return path


def test_a_ratio_is_measured_from_its_columns(tmp_path):
    settings = make_room(tmp_path / "ruang")
    skpd = {"kode_skpd": DINAS, "nama_skpd": "Dinas Pekerjaan Umum", "singkatan": "DPU"}
    pk = {**pk_row(DINAS, "IK-1", NAME), "konsolidasi": "rasio"}
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": [skpd], "PK SKPD": [pk]})
    receive(settings, write(tmp_path / "kinerja.xlsx"), 2025, 1)
    walk(settings, 2025, 1)
    assert "CAP-007" in {f["kode"] for f in mart(settings, "temuan")}
    receive(settings, write(tmp_path / "lengkap.xlsx", 325, 400), 2025, 1)
    walk(settings, 2025, 1)
    assert not {"CAP-007", "BCA-032"} & {f["kode"] for f in mart(settings, "temuan")}
    (row,) = (r for r in mart(settings, "capaian_triwulan") if r["triwulan"] == 1 and r["kode_skpd"] == DINAS)
    assert row["realisasi"] == 81.25
    assert "BCA-032" not in {f.kode for f in preview_files(settings.root, tmp_path / "lengkap.xlsx").findings}
