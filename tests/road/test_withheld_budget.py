"""A cell of money in a form of an SKPD's own that cannot be read: its row is held back, and the documents say so."""

import openpyxl

from pipelines.settings import load_settings
from pipelines.steps import returning
from pipelines.steps.advice import advise
from pipelines.steps.overview import view_quarter
from schemas.period import triwulan_period
from tests.lib.docx_text import project
from tests.lib.foreign import make_room, pk_row, receive, walk, write_acuan
from tests.road.test_withheld_cells import DINAS, mart

ROWS = [
    ("1.03.01", "Program A", 1_000_000, 800_000),
    ("1.03.01.2.01", "Kegiatan B", 1_000_000, 800_000),
    ("1.03.01.2.01.0001", "Sub C", 400_000, "sekitar empat ratus"),
    ("1.03.01.2.01.0002", "Sub D", 300_000, 200_000),
    ("1.03.01.2.01.0003", "Sub E", "#REF!", 100_000),
]
TOTAL = ("Realisasi Anggaran (Rp)",)
QUARTERS = ("Realisasi Anggaran Triwulan I (Rp)", "Realisasi Anggaran Triwulan II (Rp)")


def walk_form(folder, realisasi, rows, plan=ROWS, reached=None):
    """One form of TW II with nothing but a budget, or what an indicator reached beside it, from inbox to letter."""
    settings = make_room(folder / "ruang")
    skpd = {"kode_skpd": DINAS, "nama_skpd": "Dinas Pekerjaan Umum", "singkatan": "DPU"}
    rencana = [
        {"kode_skpd": DINAS, "kode": r[0], "uraian": r[1], "dokumen_pk": "Murni", "berlaku_dari_tw": 1} for r in plan
    ]
    pk = [pk_row(DINAS, "IK-1", "Persentase jalan mantap")]
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": [skpd], "Rencana": rencana, "PK SKPD": pk})
    book = openpyxl.Workbook()
    book.active.append(["LAPORAN REALISASI ANGGARAN DINAS PEKERJAAN UMUM TRIWULAN II TAHUN 2025"])
    book.active.append([])
    book.active.append(["Kode", "Program/Kegiatan/Sub Kegiatan", "Pagu Anggaran (Rp)", *realisasi])
    for row in rows:
        book.active.append(row)
    if reached is not None:
        sheet = book.create_sheet("Kinerja")
        sheet.append(["LAPORAN REALISASI KINERJA DINAS PEKERJAAN UMUM TRIWULAN II TAHUN 2025"])
        sheet.append(["No", "Indikator Kinerja", "Satuan", "Target Triwulan II", "Realisasi Triwulan II"])
        sheet.append([1, "Persentase jalan mantap", "Persen", 50, reached])
    book.save(folder / "form.xlsx")
    receive(settings, folder / "form.xlsx", 2025, 2, "DPU")
    walk(settings, 2025, 2)
    returning.write_returns(settings, 2025, 2, None)
    return settings


def told(settings):
    """What the report, the recap and the letter say of what counts meanwhile."""
    names = ("laporan-dpu.docx", "rekap-kabupaten.docx", "pengembalian/dpu/surat-*.docx")
    paths = [path for name in names for path in settings.root.glob(f"reports/2025/tw2/{name}")]
    return [project(path.read_bytes()) for path in paths]


def assert_held(settings):
    report, recap, letter = told(settings)
    assert "dikembalikan untuk diperbaiki; baris yang ditahan tidak dihitung" in report
    assert "baris yang ditahan tidak dipakai" in recap
    assert "baris yang ditahan tidak ikut dihitung" in letter
    for text in (report, recap, letter):
        assert "tetap dihitung" not in text.replace("yang lain tetap dihitung", "")


def test_rows_with_a_cell_that_was_not_read_are_held(tmp_path):
    settings = walk_form(tmp_path, TOTAL, ROWS)
    found = {(f["kode"], f["sel"], (f["row_id"] or "").split("!")[-1]) for f in mart(settings, "temuan") if f["sel"]}
    assert {("BCA-003", "D6", "R6"), ("BCA-007", "C8", "R8")} <= found
    assert not any(kode == "ANG-002" for kode, *_ in found), "the pagu is not empty, it was not read"
    money = {
        r["kode"]: (r["pagu_rp"], r["realisasi_rp"]) for r in mart(settings, "serapan") if r["periode"] == "2025-TW2"
    }
    assert money.get(ROWS[2][0], (None, None)) == (None, None), "half of a row is no row"
    assert money[ROWS[3][0]] == (300_000, 200_000)
    assert_held(settings)


def test_a_form_that_counts_but_for_two_cells_of_money_does_not_count_whole(tmp_path):
    settings = walk_form(tmp_path, TOTAL, ROWS, reached=51)
    measured = [r["realisasi"] for r in mart(settings, "capaian_triwulan") if r["triwulan"] == 2]
    assert measured == [51]
    assert_held(settings)
    assert "Data 1 dari 1 SKPD dipakai." in told(settings)[1]


def test_rows_that_are_held_by_a_finding_about_all_of_them_do_not_count(tmp_path):
    settings = walk_form(tmp_path, QUARTERS, [(*r[:2], 100_000, 20_000, 30_000) for r in ROWS])
    assert [f["row_id"] for f in mart(settings, "temuan") if f["kode"] == "COC-006"] == [None]
    assert_held(settings)


def test_what_waits_for_the_plan_of_the_office_does_not_go_back_to_the_skpd(tmp_path):
    rows = [(None, r[1], 100_000, 20_000) for r in ROWS]
    settings = walk_form(tmp_path, TOTAL, rows, plan=[], reached=51)
    assert [f["row_id"] for f in mart(settings, "temuan") if f["kode"] == "COC-003"] == [None]
    (sent,) = [s for s in mart(settings, "pengajuan") if s["kode_skpd"] == DINAS]
    assert sent["status"] == "terverifikasi" and not list(settings.root.glob("reports/2025/tw2/pengembalian/**/*"))
    report, recap = told(settings)
    said = "temuan pada kotak masuk dan formulir SKPD tentang data SKPD ini (COC-003 dan REG-007) ditangani"
    assert f"{said} Bagian Organisasi. 5 baris anggaran tanpa kode ditahan" in report
    assert "dikembalikan untuk diperbaiki" not in report + recap
    quarter = view_quarter(load_settings(settings.root), triwulan_period(2025, 2), ())
    assert "COC-003" in {f.kode for found in quarter.errors.values() for f in found}
    (step,) = [s.text for s in advise(settings, quarter) if "kesalahan pada acuan" in s.text]
    assert "Perbaiki 1 kesalahan" in step
    (standing,) = [r for r in quarter.register if r.kode_skpd == DINAS]
    assert standing.kesalahan == 0
