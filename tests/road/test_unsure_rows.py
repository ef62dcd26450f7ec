"""A row of a form that is held because nobody is sure whose it is: the indicators it may stand for say so."""

import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps.explain import Wanted, explain
from tests.lib.foreign import make_room, pk_row, receive, walk, write_acuan
from tests.road.test_withheld_cells import DINAS, mart, paragraphs

AGREED = {
    "IK-1": "Persentase jalan mantap",
    "IK-2": "Persentase air minum layak",
    "IK-3": "Persentase irigasi baik",
    "IK-4": "Persentase drainase baik",
    "IK-5": "Indeks kepuasan pelanggan",
}
WRITTEN = [
    ("Persentase jalan yang mantap", 20),
    ("Persentase air minum layak", 21),
    ("Persentase air minum layak", 22),
    ("Persentase irigasi baik", 24),
]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A near name, an indicator with two figures, one that is certain, and two of which nothing came."""
    folder = tmp_path_factory.mktemp("ragu")
    settings = make_room(folder / "ruang")
    skpd = {"kode_skpd": DINAS, "nama_skpd": "Dinas Pekerjaan Umum", "singkatan": "DPU"}
    pk = [pk_row(DINAS, kode, name) for kode, name in AGREED.items()]
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": [skpd], "PK SKPD": pk})
    book = openpyxl.Workbook()
    book.active.append(["LAPORAN CAPAIAN KINERJA DINAS PEKERJAAN UMUM TRIWULAN I TAHUN 2025"])
    book.active.append([])
    book.active.append(["No", "Sasaran", "Indikator", "Satuan", "Target Triwulan I", "Realisasi Triwulan I"])
    for number, (name, figure) in enumerate(WRITTEN, 1):
        book.active.append([number, "Sasaran contoh", name, "Persen", 25, figure])
    book.save(folder / "form.xlsx")
    receive(settings, folder / "form.xlsx", 2025, 1, "DPU")
    walk(settings, 2025, 1)
    return settings


def test_the_indicators_it_may_stand_for_are_withheld(walked):
    rows = {(r["kode_indikator"], r["sebab"], r["kode"]) for r in mart(walked, "isian_tertahan")}
    assert rows == {("IK-1", "mungkin", "COC-001"), ("IK-2", "ditahan", "COC-005")}


def test_the_report_says_so_and_of_the_others_that_nothing_came(walked):
    report = paragraphs(walked, "laporan-dpu.docx")
    assert "Baris yang mungkin memuatnya ditahan / (lihat temuan COC-001)" in report
    assert "Barisnya ditahan / (lihat temuan COC-005)" in report
    assert "Belum tersedia" in report, "of IK-4 and IK-5 nothing came"


@pytest.mark.parametrize(("kode", "finding"), [("IK-1", "COC-001"), ("IK-2", "COC-005")])
def test_a_quarter_says_why(walked, kode, finding):
    (quarter,) = explain(load_settings(walked.root), Wanted("DPU", kode, periode="2025-TW1")).triwulan
    assert quarter.sebab.count(finding) == 1 and quarter.tertulis is None


def test_where_nothing_came_no_other_row_is_the_reason(walked):
    (quarter,) = explain(load_settings(walked.root), Wanted("DPU", "IK-5", periode="2025-TW1")).triwulan
    assert "COC" not in quarter.sebab
