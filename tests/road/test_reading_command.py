"""`capaian baca` as people type it, on a form the office never issued."""

import json
from decimal import Decimal

import openpyxl
import pytest

from tests.lib.command import capaian

ROWS = [
    ["PENGUKURAN KINERJA TRIWULAN"],
    ["DINAS PERPUSTAKAAN KABUPATEN CONTOH TAHUN 2025"],
    [],
    ["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Realisasi TW I", "Realisasi TW II"],
    [1, "Meningkatnya literasi", "Nilai literasi masyarakat", "Nilai", 70, 12.5, "27.647091.889"],
    [2, None, "Jumlah pengunjung", "Orang", 1000, 250, 300],
    ["Jumlah", None, None, None, 1070, 262.5, 300],
]


@pytest.fixture
def form(tmp_path):
    """A file with one figure that cannot be read."""
    return write(tmp_path / "kiriman.xlsx", ROWS)


@pytest.fixture
def clean(tmp_path):
    return write(tmp_path / "bersih.xlsx", [*ROWS[:4], [*ROWS[4][:6], 27.5], ROWS[5]])


def write(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_it_shows_the_table_the_cells_what_it_left_out_and_the_findings(form, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    answer = capaian("baca", str(form))
    assert answer.returncode == 1 and "Traceback" not in answer.stderr
    for said in (
        "kepala baris 4",
        "Nilai literasi masyarakat C5",
        "12,5 F5",
        "tertulis “27.647091.889”",
        "G5",
        "Dilewati",
    ):
        assert said in " ".join(answer.stdout.split())


def test_json_is_one_exact_document_and_nothing_else(form):
    answer = capaian("baca", str(form), "--json", "--ruang", str(form.parent))
    assert (answer.returncode, answer.stderr) == (1, "")
    document = json.loads(answer.stdout, parse_float=Decimal)
    assert {"file", "sha256", "tables", "rows", "left_out", "findings"} <= document.keys()
    assert {"sheet", "header_rows", "first_data_row", "last_data_row", "orientation", "columns"} <= document["tables"][
        0
    ].keys()
    first = document["rows"][0]
    assert (first["sheet"], first["row"]) == ("Sheet", 5)
    assert first["realisasi_tw"]["1"]["cell"] == "F5" and first["realisasi_tw"]["1"]["value"] == Decimal("12.5")
    assert first["realisasi_tw"]["2"]["value"] is None
    (finding,) = [f for f in document["findings"] if f["cell"] == "G5"]
    assert finding.keys() >= {"severity", "code", "sheet", "cell", "raw", "message", "suggestion"}
    assert finding["severity"] == "error"


def test_a_clean_form_ends_well_and_can_be_confirmed_once(clean):
    ruang = clean.parent
    kept = capaian("baca", str(clean), "--ruang", str(ruang), "--simpan-tata-letak", "pengukuran-2025")
    assert kept.returncode == 0, kept.stdout + kept.stderr
    path = ruang / "tata-letak/pengukuran-2025.toml"
    content = path.read_bytes()
    assert "pengukuran-2025.toml" in kept.stderr
    again = capaian("baca", str(clean), "--ruang", str(ruang), "--simpan-tata-letak", "pengukuran-2025")
    assert again.returncode == 2 and "tidak ditimpa" in again.stderr and again.stdout == ""
    assert path.read_bytes() == content
    after = json.loads(capaian("baca", str(clean), "--ruang", str(ruang), "--json").stdout)
    assert [t["layout"] for t in after["tables"]] == ["pengukuran-2025"]


def test_a_doubtful_form_is_kept_open_and_settled_by_deciding_in_the_file(tmp_path):
    rows = [["PENGUKURAN TRIWULAN II"], ["No", "Indikator Kinerja", "Satuan", "Realisasi", "Realisasi Kinerja"]]
    path = write(tmp_path / "ragu.xlsx", [*rows, [1, "Nilai literasi", "Nilai", 12.5, 13]])
    kept = capaian("baca", str(path), "--ruang", str(tmp_path), "--simpan-tata-letak", "ragu")
    assert kept.returncode == 1 and "Dinyatakan benar" not in kept.stderr
    assert "Belum diputuskan, kolom E: kolom D dan E sama-sama terbaca sebagai realisasi triwulan" in kept.stderr
    layout = tmp_path / "tata-letak/ragu.toml"
    layout.write_text(layout.read_text("utf-8").replace('medan = "?" }', 'medan = "" }'), "utf-8")
    decided = capaian("baca", str(path), "--ruang", str(tmp_path), "--json")
    assert decided.returncode == 0, decided.stdout
    (row,) = json.loads(decided.stdout)["rows"]
    assert row["realisasi_tw"]["2"]["cell"] == "D3"


def test_a_form_whose_doubt_concerns_no_column_ends_well_once_it_is_kept(tmp_path):
    path = write(
        tmp_path / "iku.xlsx", [["No", "Sasaran Strategis", "Indikator Kinerja"], [1, "Meningkatnya", "Nilai"]]
    )
    assert "BCA-032" in capaian("baca", str(path), "--ruang", str(tmp_path)).stdout
    kept = capaian("baca", str(path), "--ruang", str(tmp_path), "--simpan-tata-letak", "iku")
    assert kept.returncode == 0 and "BCA-032" not in kept.stdout
    assert "Dinyatakan benar walaupun tidak ada kolom angka yang dikenali" in kept.stderr


@pytest.mark.parametrize("nama", ["", "../luar", "a/b", "a.toml", "nama lain", "-depan", "a" * 61])
def test_the_name_of_a_layout_is_no_path(clean, nama):
    answer = capaian("baca", str(clean), "--ruang", str(clean.parent), f"--simpan-tata-letak={nama}")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert list(clean.parent.iterdir()) == [clean]


def test_a_layout_that_was_damaged_is_named(clean):
    folder = clean.parent / "tata-letak"
    folder.mkdir()
    (folder / "rusak.toml").write_text("bukan = [toml", "utf-8")
    answer = capaian("baca", str(clean), "--ruang", str(clean.parent))
    assert 2 <= answer.returncode < 20 and "rusak.toml" in answer.stderr and "Traceback" not in answer.stderr


def test_without_any_table_there_is_nothing_to_confirm(tmp_path):
    path = write(tmp_path / "surat.xlsx", [["Kepada Yth."], ["Kepala Bagian Organisasi"]])
    answer = capaian("baca", str(path), "--ruang", str(tmp_path), "--simpan-tata-letak", "surat")
    assert answer.returncode == 2 and "Tidak ada tabel" in answer.stderr
    assert not (tmp_path / "tata-letak").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x00\x01\x02\x03"])
def test_what_cannot_be_opened_is_one_finding(tmp_path, content):
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(content)
    shown, document = capaian("baca", str(path)), capaian("baca", str(path), "--json")
    assert (shown.returncode, document.returncode) == (1, 1)
    assert "Traceback" not in shown.stdout + shown.stderr + document.stderr
    (finding,) = json.loads(document.stdout)["findings"]
    assert finding["code"].startswith("REG-") and finding["code"] in shown.stdout


def test_a_file_that_is_not_there_is_misuse(tmp_path):
    answer = capaian("baca", str(tmp_path / "tidak-ada.xlsx"))
    assert (answer.returncode, answer.stdout) == (2, "") and "tidak ada" in answer.stderr


def test_the_form_the_office_issues_is_a_form_like_any_other(tmp_path):
    assert capaian("contoh", str(tmp_path / "ruang"), "--skpd", "1").returncode == 0
    (path,) = (tmp_path / "ruang/data/raw/2025/tw1").glob("*.xlsx")
    document = json.loads(capaian("baca", str(path), "--json").stdout, parse_float=Decimal)
    assert {"PK", "Realisasi", "Anggaran"} <= {t["sheet"] for t in document["tables"]}
    cells = {
        (row["sheet"], row["row"]): row["indikator"]["value"]
        for row in document["rows"]
        if row["sheet"] == "PK" and "indikator" in row
    }
    sheet = openpyxl.load_workbook(path)["PK"]
    column = next(c.column for row in sheet.iter_rows() for c in row if c.value == "Indikator Kinerja")
    assert cells and all(sheet.cell(row, column).value == text for (_, row), text in cells.items())


HEAD = ("Nama SKPD", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Nomor SP2D",
        "Nilai Realisasi", "Periode SPD", "Nilai SP2D")  # fmt: skip


@pytest.fixture
def export(tmp_path):
    """An export of documents: 300 rows, of which one has a figure that is none."""
    rows = [
        ("Dinas Kesehatan", f"1.02.01.2.0{n % 2 + 1}.0001", f"Sub {n % 2}", "5.1.02.01.001.00024", "Belanja Alat",
         f"81/{n // 3:04}/2026", 1_000 + n, f"Triwulan {n % 3 + 1}", 9_999_999)
        for n in range(300)
    ]  # fmt: skip
    rows[250] = (*rows[250][:6], "seribu-an", *rows[250][7:])
    return write(tmp_path / "sipd.xlsx", [("LAPORAN REALISASI PER DOKUMEN",), ("TAHUN 2026",), (), HEAD, *rows])


def test_of_a_large_table_the_screen_shows_what_it_comes_to_and_a_sample(export, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    answer = capaian("baca", str(export))
    said = " ".join(answer.stdout.split())
    assert len(answer.stdout.splitlines()) < 160
    assert "1.02.01.2.01.0001 Sub 0 TW I 57.350" in said, "what the documents come to, by sub kegiatan and quarter"
    assert "Jumlah TW I: 114.850 dari 100 baris" in said
    assert "11 dari 300 baris ditampilkan; semuanya dengan --semua" in said
    assert "Alat E14" in said and "Alat E15" not in said and "Alat E255" in said, "the first, and what is told of"
    whole = capaian("baca", str(export), "--semua").stdout
    assert all(f"Alat E{row}" in whole for row in range(5, 305)) and "ditampilkan" not in whole


def test_json_holds_every_row_and_what_they_come_to(export):
    document = json.loads(capaian("baca", str(export), "--json").stdout, parse_float=Decimal)
    assert len(document["rows"]) == 300
    first = document["sums"][0]
    assert (first["kode"], first["triwulan"], first["realisasi"]) == ("1.02.01.2.01.0001", 1, 57_350)
    assert sum(s["rows"] for s in document["sums"]) == 299, "a figure that cannot be read is not nought"


def test_a_workbook_of_many_sheets_has_a_line_for_each_in_their_order(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    book = openpyxl.Workbook()
    names = [f"Dinas Contoh {n}" for n in range(9)]
    for name in names:
        sheet = book.create_sheet(name)
        titles = (("PENGUKURAN KINERJA",), (name.upper(),), ("TAHUN 2025",), ())
        measured = (("No", "Indikator Kinerja", "Satuan", "Target", "Realisasi"), (1, "Nilai arsip", "Nilai", 70, 71))
        for row in (*titles, *measured):
            sheet.append(row)
    book["Dinas Contoh 4"]["E6"] = "18,51)"
    book.save(tmp_path / "semua.xlsx")
    lines = capaian("baca", str(tmp_path / "semua.xlsx")).stdout.splitlines()
    shown = [line.split() for line in lines if line.startswith(("Sheet", "Dinas Contoh"))]
    assert [" ".join(words[:3]) for words in shown[1:]] == names and shown[0] == ["Sheet", *["–"] * 6]
    assert [words[-2] for words in shown[1:]] == ["–"] * 4 + ["2"] + ["–"] * 4, "the cell, and its table"
    assert not any(line.startswith("Tabel 1 ") for line in lines), "nine sheets are shown line by line"
    whole = capaian("baca", str(tmp_path / "semua.xlsx"), "--semua").stdout
    assert all(f'pada lembar "{name}"' in whole for name in names)
