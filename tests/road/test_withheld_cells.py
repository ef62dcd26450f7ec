"""What came in a form of an SKPD's own and is not read because it is asked: withheld and told so, never not there."""

import re

import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps import places, returning
from pipelines.steps.explain import Wanted, explain
from pipelines.stores.tables import read_table
from schemas.finding import TEMUAN
from schemas.marts import MARTS
from tests.lib.docx_text import project
from tests.lib.foreign import make_room, pk_row, receive, walk, write_acuan

DINAS = "1.03.0.00.0.00.01.0000"
NAMES = {
    "Persentase jalan mantap": ("Persen", 0.185),
    "Persentase air minum layak": ("Persen", 21.1),
    "Persentase irigasi baik": ("Persen", 81.25),
    "Jumlah jembatan yang dibangun": ("Unit", 1.25),
    "Persentase rumah layak huni": ("Persen", "sekitar dua puluh"),
    "Persentase drainase baik": ("Persen", None),
}
CODES = [f"IK-{n}" for n in range(1, 7)]
MISSED = {"IK-1": "BCA-060", "IK-3": "BCA-059", "IK-4": "BCA-064", "IK-5": "BCA-003"}
"""What reading the form asks of each indicator whose realisasi came."""


def write_form(path, **others):
    """The form, `others` in the cells they name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinerja"
    sheet.append(["LAPORAN CAPAIAN KINERJA DINAS PEKERJAAN UMUM TRIWULAN I TAHUN 2025"])
    sheet.append([])
    quarters = [f"{what} Triwulan {q}" for what in ("Target", "Realisasi") for q in ("I", "II", "III", "IV")]
    sheet.append(["No", "Sasaran", "Indikator", "Satuan", *quarters])
    for number, (name, (satuan, realisasi)) in enumerate(NAMES.items(), 1):
        sheet.append([number, "Sasaran contoh", name, satuan, 20, 45, 70, 100, realisasi])
    sheet.merge_cells("I6:L6")
    for cell, value in others.items():
        sheet[cell] = value
    book.save(path)
    return path


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """One form of TW I in which four realisasi came and are asked; to be read only."""
    settings = walk_form(tmp_path_factory.mktemp("tertahan"))
    returning.write_returns(settings, 2025, 1, None)
    return settings


def walk_form(folder):
    settings = make_room(folder / "ruang")
    skpd = {"kode_skpd": DINAS, "nama_skpd": "Dinas Pekerjaan Umum", "singkatan": "DPU"}
    pk = [pk_row(DINAS, kode, name, satuan=NAMES[name][0]) for kode, name in zip(CODES, NAMES, strict=True)]
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": [skpd], "PK SKPD": pk})
    receive(settings, write_form(folder / "form.xlsx"), 2025, 1, "DPU")
    walk(settings, 2025, 1)
    return settings


def mart(settings, name):
    (table,) = [t for t in MARTS if t.name == name]
    return read_table(places.marts(settings) / f"{name}.parquet", table).to_pylist()


def paragraphs(settings, pattern):
    (path,) = settings.root.glob(f"reports/2025/tw1/{pattern}")
    return project(path.read_bytes())


def test_what_is_asked_is_withheld_with_the_finding_that_says_why(walked):
    rows = mart(walked, "isian_tertahan")
    assert {(r["kode_indikator"], r["sebab"], r["kode"]) for r in rows} == {
        (kode, "ditahan", finding) for kode, finding in MISSED.items()
    }
    measured = {r["kode_indikator"]: r["realisasi"] for r in mart(walked, "capaian_triwulan") if r["triwulan"] == 1}
    assert {kode for kode, realisasi in measured.items() if realisasi is not None} == {"IK-2"}


def test_the_documents_say_that_it_came(walked):
    report, recap = paragraphs(walked, "laporan-dpu.docx"), paragraphs(walked, "rekap-kabupaten.docx")
    letter = paragraphs(walked, "pengembalian/dpu/surat-*.docx")
    assert "dikembalikan untuk diperbaiki; baris yang ditahan tidak dihitung" in report
    assert all(f"Barisnya ditahan / (lihat temuan {code})" in report for code in MISSED.values())
    assert "baris yang ditahan tidak dipakai" in recap
    assert "baris yang ditahan tidak ikut dihitung" in letter
    for text in (report, recap, letter):
        assert "tetap dihitung" not in text.replace("yang lain tetap dihitung", "")


@pytest.mark.parametrize(("kode", "finding"), MISSED.items())
def test_a_quarter_says_the_reason_of_the_finding(walked, kode, finding):
    (quarter,) = explain(load_settings(walked.root), Wanted("DPU", kode, periode="2025-TW1")).triwulan
    assert finding in quarter.sebab and "galat Excel" not in quarter.sebab
    told = walked.year(2025).rows(TEMUAN)
    (message,) = [f["pesan"] for f in told if f["kode"] == finding]
    assert message.rstrip(".") in quarter.sebab


def test_an_empty_cell_is_not_withheld(walked):
    (quarter,) = explain(load_settings(walked.root), Wanted("DPU", "IK-6", periode="2025-TW1")).triwulan
    assert "kosong" in quarter.sebab and "CAP-003" in quarter.sebab


def test_figures_in_findings_have_a_comma(walked):
    told = walked.year(2025).rows(TEMUAN)
    values = {f["kode"]: f["nilai"] for f in told if f["kode"] in MISSED.values()}
    assert values == {"BCA-060": "0,185", "BCA-059": "81,25", "BCA-064": "1,25", "BCA-003": "sekitar dua puluh"}
    assert not [f["pesan"] for f in told if re.search(r"\b(81\.25|1\.25)\b", f["pesan"])]


def test_a_figure_that_is_withheld_now_was_not_restated(tmp_path):
    settings = walk_form(tmp_path)
    receive(settings, write_form(tmp_path / "form perbaikan.xlsx", I5="empat objek", I8=22.5), 2025, 1, "DPU")
    walk(settings, 2025, 1)
    told = settings.year(2025).rows(TEMUAN)
    assert {f["sel"] for f in told if f["kode"] == "RWT-001"} == {"I8"}
    assert "I5" in {f["sel"] for f in told if f["kode"] == "BCA-003"}
