"""Forms of an SKPD's own of which a whole part never came: the SKPD is asked for it, and nobody accepts it in passing."""

import openpyxl
import pytest

from pipelines.steps import returning
from pipelines.steps.preview import preview_files
from tests.lib.command import capaian
from tests.lib.docx_text import project
from tests.lib.foreign import make_room, pk_row, receive, walk, write_acuan
from tests.road.test_withheld_cells import DINAS, mart

NAMES = ("Persentase jalan mantap", "Persentase air minum layak", "Persentase irigasi baik")
BUDGET = [
    ("1.03.01", "Program A", 1_000_000, 800_000),
    ("1.03.01.2.01", "Kegiatan B", 1_000_000, 800_000),
    ("1.03.01.2.01.0001", "Sub C", 1_000_000, 800_000),
]


def write_budget(path):
    book = openpyxl.Workbook()
    book.active.append(["LAPORAN REALISASI ANGGARAN DINAS PEKERJAAN UMUM TRIWULAN II TAHUN 2025"])
    book.active.append([])
    book.active.append(["Kode", "Program/Kegiatan/Sub Kegiatan", "Pagu Anggaran (Rp)", "Realisasi Anggaran (Rp)"])
    for row in BUDGET:
        book.active.append(row)
    book.save(path)
    return path


def write_performance(path, names=NAMES):
    book = openpyxl.Workbook()
    book.active.append(["LAPORAN REALISASI KINERJA DINAS PEKERJAAN UMUM TRIWULAN II TAHUN 2025"])
    book.active.append(["No", "Indikator Kinerja", "Satuan", "Target Triwulan II", "Realisasi Triwulan II"])
    for number, name in enumerate(names, 1):
        book.active.append([number, name, "Persen", 50, 51])
    book.save(path)
    return path


@pytest.fixture
def settings(tmp_path):
    made = make_room(tmp_path / "ruang")
    skpd = {"kode_skpd": DINAS, "nama_skpd": "Dinas Pekerjaan Umum", "singkatan": "DPU"}
    plan = [
        {"kode_skpd": DINAS, "kode": r[0], "uraian": r[1], "dokumen_pk": "Murni", "berlaku_dari_tw": 1} for r in BUDGET
    ]
    pk = [pk_row(DINAS, f"IK-{n}", name) for n, name in enumerate(NAMES, 1)]
    write_acuan(made.references(2025) / "acuan.xlsx", {"SKPD": [skpd], "Rencana": plan, "PK SKPD": pk})
    return made


def send(settings, path):
    receive(settings, path, 2025, 2, "DPU")
    walk(settings, 2025, 2)
    return {f["kode"]: f for f in mart(settings, "temuan") if f["kode"] in ("CAP-029", "COC-015")}


@pytest.mark.parametrize(
    ("write", "kode", "said"),
    [
        (write_budget, "CAP-029", "3 dari 3 indikator yang bertarget pada triwulan ini tidak terbaca"),
        (write_performance, "COC-015", "tidak memuat realisasi anggaran yang terbaca"),
    ],
)
def test_a_part_that_never_came_is_asked_for(settings, tmp_path, write, kode, said):
    path = write(tmp_path / "formulir.xlsx")
    (told,) = send(settings, path).values()
    assert told["kode"] == kode and said in told["pesan"] and told["pengajuan_id"] == "dpu-2025-tw2-f1"
    returning.write_returns(settings, 2025, 2, None)
    (letter,) = settings.root.glob("reports/2025/tw2/pengembalian/dpu/surat-permintaan-penjelasan-*.docx")
    assert said in project(letter.read_bytes()) and "Seluruh berkas" in project(letter.read_bytes())
    done = capaian("sahkan", "--tahun", "2025", "--triwulan", "2", "--semua", "--ruang", str(settings.root))
    assert kode in done.stdout + done.stderr
    assert {s["status"] for s in mart(settings, "pengajuan")} == {"terverifikasi"}
    assert kode not in {f.kode for f in preview_files(settings.root, path).findings}, "of one form it says nothing"


def test_parts_in_forms_of_their_own_are_whole_together(settings, tmp_path):
    assert send(settings, write_budget(tmp_path / "anggaran.xlsx")).keys() == {"CAP-029"}
    told = send(settings, write_performance(tmp_path / "kinerja.xlsx", NAMES[:2]))
    assert told["CAP-029"]["pesan"].startswith("1 dari 3 indikator") and NAMES[2] in told["CAP-029"]["pesan"]
    assert told["CAP-029"]["pengajuan_id"] == "dpu-2025-tw2-f2", "asked of the form that holds the others"
    assert not send(settings, write_performance(tmp_path / "kinerja lengkap.xlsx"))
