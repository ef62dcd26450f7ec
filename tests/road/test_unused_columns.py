"""What `baca` reads of a form and the road does not take is told, with its cells."""

import openpyxl

from pipelines.settings import load_settings
from pipelines.steps import places, returning
from pipelines.steps.explain import Wanted, explain
from pipelines.steps.preview import preview_files
from pipelines.steps.reading import read_file
from pipelines.stores.tables import read_table
from schemas.finding import TEMUAN
from schemas.marts import CAPAIAN_TRIWULAN
from tests.lib.command import capaian
from tests.lib.docx_text import project
from tests.lib.foreign import make_room, pk_row, receive, walk, write_acuan
from tests.road.test_withheld_cells import mart

DPUPR = "1.03.0.00.0.00.01.0000"
NAMES = ("Persentase jalan mantap", "Persentase air minum layak", "Persentase irigasi baik")
MONTHS = ("Januari", "Februari", "Maret")


def write_form(path, *, quarter):
    """A form with what was reached in January, February and March, and with or without the quarter beside them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinerja"
    sheet.append(["LAPORAN REALISASI KINERJA DINAS PEKERJAAN UMUM"])
    sheet.append(["TRIWULAN I TAHUN 2025"])
    sheet.append(["No", "Indikator Kinerja", "Satuan", "Target 2025", "Realisasi", None, None])
    sheet.append([None, None, None, None, *MONTHS])
    sheet.merge_cells("E3:G3")
    for number, name in enumerate(NAMES, 1):
        sheet.append([number, name, "Persen", 100, 10 + number, 15 + number, 20 + number])
    if quarter:
        sheet["H3"] = "Realisasi TW I"
        for row in range(5, 8):
            sheet[f"H{row}"] = 20
    book.save(path)
    return path


def findings_of(tmp_path, **form):
    settings = make_room(tmp_path / "ruang")
    skpd = {"kode_skpd": DPUPR, "nama_skpd": "Dinas Pekerjaan Umum", "singkatan": "DPUPR"}
    pk = [pk_row(DPUPR, f"IK-{n}", name) for n, name in enumerate(NAMES, 1)]
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": [skpd], "PK SKPD": pk})
    receive(settings, write_form(tmp_path / "bulanan.xlsx", **form), 2025, 1, "DPUPR")
    walk(settings, 2025, 1)
    found = settings.year(2025).rows(TEMUAN)
    measured = read_table(places.marts(settings) / "capaian_triwulan.parquet", CAPAIAN_TRIWULAN).to_pylist()
    told = [f for f in found if f["kode"] in ("COC-013", "COC-014")]
    return told, {r["realisasi"] for r in measured}


def test_monthly_figures_that_are_not_counted_are_named_with_their_cells(tmp_path):
    (told,), realisasi = findings_of(tmp_path, quarter=False)
    assert realisasi == {None}
    (quarter,) = explain(load_settings(tmp_path / "ruang"), Wanted("DPUPR", NAMES[0], periode="2025-TW1")).triwulan
    assert "(COC-013: Kolom realisasi bulanan" in quarter.sebab and "capaian jalankan" not in quarter.sebab
    assert (told["kode"], told["tingkat"], told["lembar"], told["sel"]) == ("COC-013", "warning", "Kinerja", "E5")
    assert "realisasi bulanan Januari, Februari, Maret (kolom E, F, G, baris 5–7)" in told["pesan"]
    assert "3 baris" in told["pesan"] and "belum dihitung" in told["pesan"]


def test_what_came_and_is_counted_nowhere_is_told_as_that_everywhere(tmp_path):
    findings_of(tmp_path, quarter=False)
    settings = load_settings(tmp_path / "ruang")
    withheld = {(r["kode_indikator"], r["sebab"], r["kode"]) for r in mart(settings, "isian_tertahan")}
    assert withheld == {(f"IK-{n}", "belum_dihitung", "COC-013") for n in (1, 2, 3)}
    returning.write_returns(settings, 2025, 1, None)
    folder = settings.root / "reports/2025/tw1"
    (letter,) = folder.glob("pengembalian/dpupr/surat-permintaan-penjelasan-*.docx")
    told = project(letter.read_bytes())
    assert "Kinerja!E5" in told and "Tulis angka triwulan ini pada kolom realisasi triwulan" in told
    assert "isian yang belum dapat dipakai tidak ikut dihitung" in told and "seperti tertulis" not in told
    report = project((folder / "laporan-dpupr.docx").read_bytes())
    assert "belum dapat diukur karena isiannya belum dapat dipakai (lihat temuan COC-013)" in report
    assert "realisasinya belum tersedia" not in report
    assert "diterima, tetapi isinya belum dapat dipakai. Laporan ini disusun tanpa data tersebut." in report
    recap = project((folder / "rekap-kabupaten.docx").read_bytes())
    assert "Data 0 dari 1 SKPD dipakai." in recap
    assert "Isinya belum dapat dipakai: Dinas Pekerjaan Umum" in recap
    used = recap.partition("Data yang dipakai untuk")[2]
    assert "| 1 | Dinas Pekerjaan Umum |" not in used
    done = capaian("sahkan", "--tahun", "2025", "--triwulan", "1", "--semua", "--ruang", str(settings.root))
    assert "COC-013" in done.stdout + done.stderr
    assert {s["status"] for s in mart(settings, "pengajuan")} == {"terverifikasi"}


def test_months_beside_the_quarter_that_counts_are_a_note(tmp_path):
    (told,), realisasi = findings_of(tmp_path, quarter=True)
    assert realisasi == {20}
    assert (told["kode"], told["tingkat"]) == ("COC-014", "note")
    assert "realisasi bulanan Januari, Februari, Maret (kolom E, F, G, baris 5–7)" in told["pesan"]


def test_outside_a_working_folder_monthly_figures_are_named_too(tmp_path):
    """There no PK says what is agreed: what the form itself names stands for it."""
    monthly = write_form(tmp_path / "bulanan.xlsx", quarter=False)
    beside = write_form(tmp_path / "dan-triwulan.xlsx", quarter=True)
    for path, kode in ((monthly, "COC-013"), (beside, "COC-014")):
        for told in (preview_files(tmp_path, path).findings, read_file(tmp_path, path).reading.findings):
            (found,) = told
            assert (found.kode, found.lembar) == (kode, "Kinerja")
            assert "realisasi bulanan Januari, Februari, Maret (kolom E, F, G, baris 5–7)" in found.pesan


def test_a_form_that_does_not_say_its_quarter_is_only_told_what_no_quarter_uses(tmp_path):
    book = openpyxl.load_workbook(write_form(tmp_path / "bulanan.xlsx", quarter=True))
    book.active["A2"] = "TAHUN 2025"
    book.save(tmp_path / "tanpa-triwulan.xlsx")
    assert {f.kode for f in read_file(tmp_path, tmp_path / "tanpa-triwulan.xlsx").reading.findings} == {"COC-014"}
