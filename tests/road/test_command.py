"""The command as people type it: a real Prefect run over the sample, then everything else on what it left."""

import json
import re

import openpyxl
import pytest

from tests.lib.command import capaian

YEAR = "2025"


@pytest.fixture(scope="module")
def ruang(tmp_path_factory):
    root = tmp_path_factory.mktemp("perintah") / "ruang"
    assert capaian("contoh", str(root), "--skpd", "3").returncode == 0
    return root


def run(ruang, triwulan):
    return capaian("jalankan", "--ruang", str(ruang), "--tahun", YEAR, "--triwulan", str(triwulan))


def documents(ruang):
    return {p.relative_to(ruang).as_posix(): p.read_bytes() for p in (ruang / "reports").rglob("*.docx")}


@pytest.mark.slow
def test_a_year_runs_once_and_the_second_time_nothing_changes(ruang):
    first = run(ruang, 4)
    assert first.returncode in (0, 1), first.stderr
    assert not [line for line in first.stderr.splitlines() if not line.startswith("· ")], "no word of a library's own"
    made = documents(ruang)
    assert f"reports/{YEAR}/lkjip/kabupaten/draf-1.docx" in made
    assert sum(re.fullmatch(rf"reports/{YEAR}/lkjip/[^/]+/draf-1.docx", name) is not None for name in made) == 4
    for form in ("berita-acara-pembahasan", "checklist-reviu", "pernyataan-telah-direviu"):
        assert f"reports/{YEAR}/lkjip/kabupaten/{form}.docx" in made
    again = run(ruang, 4)
    assert again.returncode == first.returncode
    assert "tidak ada yang berubah" in again.stdout
    assert documents(ruang) == made


@pytest.mark.slow
def test_a_correction_the_next_day_makes_a_new_draft_of_its_skpd_and_of_the_kabupaten_only(ruang):
    before = documents(ruang)
    source = next((ruang / f"data/raw/{YEAR}/tw4").rglob("*Setda*.xlsx"))
    book = openpyxl.load_workbook(source)
    cell = next(c for c in book["Realisasi"]["E"] if isinstance(c.value, (int, float)))
    cell.value += 1
    book.save(source.with_name("koreksi.xlsx"))  # no line in the book of receipts: it is dated by this run
    done = run(ruang, 4)
    assert done.returncode in (0, 1) and "Gangguan" not in done.stderr
    changed = {name for name, content in documents(ruang).items() if before.get(name) != content}
    drafts = [n for n in changed if "/lkjip/" in n and "/draf-" in n]
    assert {n.split("/")[-2] for n in drafts} == {"setda", "kabupaten"}
    assert all(n.endswith("draf-2.docx") for n in drafts)
    assert {n for n in changed if "/tw4/" in n and "arsip" not in n} == {
        f"reports/{YEAR}/tw4/laporan-setda.docx",
        f"reports/{YEAR}/tw4/rekap-kabupaten.docx",
        f"reports/{YEAR}/tw4/rekonsiliasi/berita-acara-setda.docx",
        f"reports/{YEAR}/tw4/tanda-terima/setda-v2.docx",
    }


@pytest.mark.slow
def test_what_the_marts_hold_can_be_written_again_and_is_the_same(ruang):
    made = documents(ruang)
    for part in (("triwulan", "--triwulan", "4"), ("semester", "--semester", "2"), ("lkjip",)):
        assert capaian("susun", part[0], "--ruang", str(ruang), "--tahun", YEAR, *part[1:]).returncode == 0
    assert documents(ruang) == made


@pytest.mark.slow
def test_forms_for_the_next_call_and_agreements_are_prepared(ruang):
    ready = capaian("siapkan", "--ruang", str(ruang), "--tahun", YEAR, "--triwulan", "3")
    assert ready.returncode == 0, ready.stderr
    forms = sorted((ruang / f"reports/{YEAR}/tw3/permintaan").iterdir())
    assert [p.suffix for p in forms] == [".xlsx"] * 3 + [".docx"] * 3
    assert capaian("periksa", str(forms[0])).returncode == 1  # an empty form is not yet signed
    assert capaian("susun", "pk", "--ruang", str(ruang), "--tahun", YEAR).returncode == 0
    # three SKPD and the kabupaten, and the PK by which one SKPD changed its first
    assert len(list((ruang / f"reports/{YEAR}/pk").glob("*.docx"))) == 5


def test_status_is_one_json_document_and_nothing_else(ruang):
    answer = capaian("status", "--ruang", str(ruang), "--tahun", YEAR, "--json")
    assert answer.returncode == 0
    assert {"kode_skpd", "triwulan", "status"} <= set(json.loads(answer.stdout)["rows"][0])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("jalankan",), 2, "wajib diisi"),
        (("jalankan", "--tahun", YEAR, "--triwulan", "7"), 2, "Triwulan, 1 sampai 4"),
        (("hitung",), 2, "tidak dikenal"),
        (("status", "--tahun", YEAR, "--ruang", "tidak-ada"), 11, "capaian.toml"),
        (("periksa", "tidak-ada.xlsx"), 2, "tidak ada"),
    ],
)
def test_misuse_is_one_line_and_its_own_exit_code(arguments, code, said):
    answer = capaian(*arguments)
    assert (answer.returncode, answer.stdout) == (code, "")
    assert said in answer.stderr and "Traceback" not in answer.stderr


def test_an_unknown_skpd_is_misuse(ruang):
    answer = capaian("susun", "lkjip", "--ruang", str(ruang), "--tahun", YEAR, "--skpd", "9.99")
    assert answer.returncode == 2 and "9.99" in answer.stderr


def test_an_existing_folder_is_never_filled_with_the_sample(ruang):
    assert capaian("contoh", str(ruang)).returncode == 2


@pytest.mark.slow
def test_a_chapter_is_written_apart_and_the_whole_draft_stays(ruang):
    whole = documents(ruang)
    done = capaian("susun", "lkjip", "--ruang", str(ruang), "--tahun", YEAR, "--bab", "3", "--bab", "bab ii")
    assert done.returncode == 0, done.stderr
    made = documents(ruang)
    assert {name for name in made if name not in whole} == {
        f"{name.rpartition('/')[0]}/bab-ii-iii/draf-1.docx" for name in whole if name.endswith("/draf-1.docx")
    }
    assert whole.items() <= made.items()
    wrong = capaian("susun", "lkjip", "--ruang", str(ruang), "--tahun", YEAR, "--bab", "VII")
    assert (wrong.returncode, "VII" in wrong.stderr) == (2, True)


@pytest.mark.slow
def test_an_incomplete_template_of_the_office_is_told_before_anything_is_written(ruang):
    before = documents(ruang)
    assert capaian("templat", "--ruang", str(ruang)).returncode == 0
    template = ruang / "templat" / "laporan.docx"
    whole = template.read_bytes()
    template.write_bytes(b"bukan Word")
    try:
        for command in (("templat",), ("susun", "pk", "--tahun", YEAR)):
            done = capaian(*command, "--ruang", str(ruang))
            assert done.returncode == 11 and "bukan dokumen Word" in done.stderr
        assert documents(ruang) == before
        template.write_bytes(whole)
        assert "semua gaya" in capaian("templat", "--ruang", str(ruang)).stdout
    finally:
        template.unlink()
