"""A ledger made to differ in known ways is reported as those, nothing else; from workbook cells to findings."""

from __future__ import annotations

import shutil
from decimal import Decimal

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest

from pipelines.report.chapters import reconciling
from pipelines.settings import load_settings
from pipelines.steps import accept, aggregate, inspection, journal, reconcile, references, validate
from pipelines.steps.sample import write_sample
from schemas.vocabulary import Selisih
from tests.lib.docx_text import project
from tests.road.conftest import NOW, YEAR, walk

LEDGER, PLAN, PK = "buku-besar-bkd.xlsx", "rencana-bappeda.xlsx", "pk-skpd.xlsx"
SKPD, TW = "1.02.2.14.0.00.01.0000", 3  # an SKPD whose budget was revised in this quarter
CODE, ACCOUNT, NAME, QUARTER, PAGU, SPENT = 2, 3, 4, 5, 6, 7


@pytest.fixture(scope="module")
def equal(tmp_path_factory):
    """A small kabupaten whose books agree, run through its third quarter."""
    root = tmp_path_factory.mktemp("rekonsiliasi") / "ruang"
    list(write_sample(root, YEAR, 2))
    walk(root, TW)
    return root


@pytest.fixture
def changed(equal, tmp_path):
    """Change a reference book of a copy of that folder, run again, and give what was found."""

    def change(edit, book=LEDGER):
        root = tmp_path / "ruang"
        if not root.exists():
            shutil.copytree(equal, root)
        path = root / f"data/raw/{YEAR}/acuan/{book}"
        opened = openpyxl.load_workbook(path)
        edit(opened)
        opened.save(path)
        references.read_references(load_settings(root), YEAR, NOW)
        validate.check_year(load_settings(root), YEAR)
        return root

    return change


def mart(root, name):
    return pq.read_table(root / f"data/processed/{YEAR}/{name}.parquet").to_pylist()


def told(root):
    return {(f["kode"], f["sel"], f["triwulan"]) for f in mart(root, "temuan") if f["kode"].startswith("REK")}


class Ledger:
    """The rows of the SKPD's quarter in the ledger, and the cells of the same sub kegiatan in its workbook."""

    def __init__(self, book, root):
        self.sheet = book["BKD"]
        rows = range(4, self.sheet.max_row + 1)
        at = {(self.get(r, CODE), self.get(r, QUARTER)): r for r in rows if self.get(r, 1) == SKPD}
        self.row = {code: {q: at[code, q] for q in range(1, 5)} for code, quarter in at if quarter == TW}
        ours = [r for r in mart(root, "rekonsiliasi") if r["triwulan"] == TW and r["pihak"] == "bkd"]
        self.cell = {(r["kode"], r["besaran"]): r["sel_skpd"] for r in ours}
        big = [c for c in self.row if self.spent(c) > 20_000_000 and self.spent(c) % 1000 and self.revised(c)]
        self.codes = iter(big)

    def get(self, row, column):
        return self.sheet.cell(row, column).value

    def spent(self, code, quarter=TW):
        return self.get(self.row[code][quarter], SPENT)

    def revised(self, code):
        return self.get(self.row[code][2], PAGU) != self.get(self.row[code][TW], PAGU)

    def put(self, code, column, value, quarter=TW):
        self.sheet.cell(self.row[code][quarter], column, value)

    def append(self, code, account, name, pagu, spent):
        self.sheet.append([SKPD, code, account, name, TW, pagu, spent])
        return self.sheet.max_row


def test_books_that_agree_differ_in_nothing(equal):
    rows = mart(equal, "rekonsiliasi")
    assert {r["triwulan"] for r in rows} == {1, 2, 3} and len(rows) > 500
    assert {r["jenis"] for r in rows} == {Selisih.SAMA}
    assert [r for r in rows if r["besaran"] == "target" and r["nilai_skpd"] is None], "words are compared as words"
    assert not told(equal)


def test_the_minutes_assent_to_nothing_while_a_row_of_the_workbook_is_held(equal, tmp_path):
    root = shutil.copytree(equal, tmp_path / "ruang")
    assert "para pihak menyatakan" in minutes_of(root, {SKPD})
    path = workbook_of(root)
    book = openpyxl.load_workbook(path)
    sheet = book["Anggaran"]
    row = next(r for r in range(5, 60) if str(sheet.cell(r, 1).value).count(".") == 5)
    sheet.cell(row, 5).value = sheet.cell(row, 4).value + 31_518_600  # more than its budget: the row is held
    book.save(path)
    walk(root, TW)
    shown = minutes_of(root, {SKPD})
    assert "para pihak menyatakan" not in shown and "Dari yang lain, 3 belum dapat dibandingkan" in shown
    assert str(sheet.cell(row, 1).value) in shown, "which one, and why"


def minutes_of(root, skpd):
    made = reconcile.write_reconciliations(settled(root), YEAR, TW, sorted(skpd)).made
    (path,) = (p for p in made if p.suffix == ".docx")
    return project(path.read_bytes())


def test_a_ledger_made_to_differ_in_known_ways_is_reported_as_those(equal, changed):
    """Thirteen ways, of every class; each at the cell of the SKPD that shows it, each once."""
    expected, words = {}, {}

    def edit(book):
        ledger = Ledger(book, equal)

        def expect(kind, code, besaran="realisasi"):
            expected[kind, ledger.cell[code, besaran]] = code

        code = next(ledger.codes)  # booked after the SKPD's day: the ledger comes to the same a quarter later
        ledger.put(code, SPENT, ledger.spent(code), 4)
        ledger.put(code, SPENT, ledger.spent(code) - 9_876_500)
        expect("REK-012", code)

        code = next(ledger.codes)  # still the pagu of the quarter before the revision
        ledger.put(code, PAGU, ledger.get(ledger.row[code][2], PAGU))
        expect("REK-009", code, "pagu")

        code = next(ledger.codes)  # rounded to thousands
        ledger.put(code, SPENT, round(ledger.spent(code), -3))
        expect("REK-013", code)

        code = next(ledger.codes)  # kept in thousands
        ledger.put(code, SPENT, ledger.spent(code) // 1000)
        expect("REK-008", code)

        code = next(ledger.codes)  # what the SKPD wrote is this quarter alone
        ledger.put(code, SPENT, ledger.spent(code, 2) + ledger.spent(code))
        expect("REK-007", code)

        one, other = next(ledger.codes), next(ledger.codes)  # booked under another sub kegiatan
        ledger.put(one, SPENT, ledger.spent(one) + 7_654_321)
        ledger.put(other, SPENT, ledger.spent(other) - 7_654_321)
        expect("REK-006", one)
        expect("REK-006", other)

        code = next(ledger.codes)  # by account, two of which the SKPD does not have
        pagu, spent = ledger.get(ledger.row[code][TW], PAGU), ledger.spent(code)
        ledger.put(code, SPENT, None)  # the sum in a row of its own, left empty here
        ledger.append(code, "5.1.02.01.01.0024", "ATK", pagu, spent - 3_210_700)
        ledger.append(code, "5.1.02.01.01.0025", "Kertas", 0, 3_210_700)
        missed = [ledger.append(code, f"5.1.02.02.01.000{n}", "Jasa", 0, v) for n, v in ((1, 1_111_150), (2, 842_375))]
        expect("REK-002", code)
        words[ledger.cell[code, "realisasi"]] = f"selisih = baris {missed[0]} + {missed[1]}"

        code = next(ledger.codes)  # by account, one of which the SKPD has counted twice; and a subtotal above them
        pagu, spent, part = ledger.get(ledger.row[code][TW], PAGU), ledger.spent(code), 4_321_050
        ledger.put(code, SPENT, spent - part)
        ledger.append(code, "5.1.02", "Barang dan Jasa", pagu, spent - part)
        ledger.append(code, "5.1.02.03.02.0035", "Pemeliharaan", pagu, spent - 2 * part)
        twice = ledger.append(code, "5.1.02.03.02.0036", "Suku cadang", 0, part)
        expect("REK-003", code)
        words[ledger.cell[code, "realisasi"]] = f"selisih = baris {twice}"

        code = next(ledger.codes)  # the same row twice in the ledger
        ledger.append(code, None, "Dua kali", ledger.get(ledger.row[code][TW], PAGU), ledger.spent(code))
        expect("REK-010", code)

        code = next(ledger.codes)  # not in the ledger
        ledger.put(code, CODE, "9.99.99.9.99.0001")
        ledger.put(code, NAME, "Belanja tidak terduga yang tidak dikenal")
        ledger.put(code, 1, "9.99.9.99.9.99.99.9999")
        expect("REK-005", code)

        ledger.append("1.02.02.2.02.7777", None, "Operasi Katarak Keliling", 90_000_000, 61_234_500)  # only there
        expected["REK-004", None] = "1.02.02.2.02.7777"

        code = next(ledger.codes)  # no reason found
        ledger.put(code, SPENT, ledger.spent(code) + 1_234_567)
        expect("REK-001", code)

    root = changed(edit)
    found = [f for f in mart(root, "temuan") if f["kode"].startswith("REK")]
    assert {(f["kode"], f["sel"]) for f in found} == set(expected) and len(found) == len(expected) == 13
    assert {(f["kode_skpd"], f["triwulan"]) for f in found} == {(SKPD, TW)}
    for f in found:
        assert expected[f["kode"], f["sel"]] in f["pesan"] and f["saran"] and f["berkas"]
        assert words.get(f["sel"], "") in f["pesan"]
    assert_sheet_tells_the_same(root, expected)


def assert_sheet_tells_the_same(root, expected):
    """The sheet lists exactly the differences found, each with its cell; its differences are formulas that fit."""
    made = reconcile.write_reconciliations(settled(root), YEAR, TW, [SKPD]).made
    assert [p.name for p in made] == ["dinkes.xlsx", "berita-acara-dinkes.docx"]
    formulas, values = (openpyxl.load_workbook(made[0], data_only=shown) for shown in (False, True))
    rows = list(values["Rincian Selisih"].iter_rows(min_row=6, values_only=True))
    sheets = {(row[11], (row[5] or "").removeprefix("Anggaran!") or None) for row in rows}
    assert {(kode, sel) for kode, sel in sheets if sel is None or sel.startswith("E")} == {
        (kode, sel) for kode, sel in expected if sel is None or sel.startswith("E")
    }
    assert {row[0] for row in rows} == set(expected.values())
    for line, shown in zip(formulas["Rincian Selisih"].iter_rows(min_row=6), rows, strict=True):
        assert line[8].value.startswith("=IF(") and line[12].value is None
        both = shown[4] is not None and shown[6] is not None
        assert shown[8] == (shown[4] - shown[6] if both else None) or not both
    sums = next(r for r in values["Rekonsiliasi"].iter_rows(values_only=True) if r[2] == "Jumlah")
    column = [r[8] for r in values["Rekonsiliasi"].iter_rows(min_row=6, values_only=True) if isinstance(r[0], int)]
    assert sums[8] == sum(v for v in column if v is not None) and sums[5] == sums[3] - sums[4]
    again = reconcile.write_reconciliations(settled(root), YEAR, TW, [SKPD])
    assert again.counts["dokumen tetap"] == 2


def test_minutes_that_say_the_same_stay_the_very_file_whatever_day_their_data_are_of(equal, tmp_path, monkeypatch):
    root = shutil.copytree(equal, tmp_path / "ruang")
    first = reconcile.write_reconciliations(settled(root), YEAR, TW, [SKPD]).made
    before = [p.read_bytes() for p in first]
    monkeypatch.setattr(reconciling, "data_date", lambda *_: NOW.date())
    again = reconcile.write_reconciliations(load_settings(root), YEAR, TW, [SKPD])
    assert again.counts["dokumen tetap"] == 2 and [p.read_bytes() for p in again.made] == before


def settled(root):
    """The settings of a folder whose marts are made."""
    aggregate.build_marts(load_settings(root), YEAR)
    return load_settings(root)


def test_of_the_rows_that_agree_the_differing_ledger_changes_none(equal, changed):
    root = changed(lambda book: Ledger(book, equal).put(next(Ledger(book, equal).codes), SPENT, 123_456_789))
    before = {k: r for r in mart(equal, "rekonsiliasi") for k in [(r["kode"], r["triwulan"], r["besaran"], r["pihak"])]}
    after = {k: r for r in mart(root, "rekonsiliasi") for k in [(r["kode"], r["triwulan"], r["besaran"], r["pihak"])]}
    differing = [k for k in before if before[k]["jenis"] != after[k]["jenis"]]
    assert len(differing) == 1 and after.keys() == before.keys()
    (row,) = (after[k] for k in differing)
    assert row["selisih"] == row["nilai_skpd"] - Decimal(123_456_789)
    assert (row["lembar_pihak"], row["berkas_pihak"]) == ("BKD", f"acuan/{LEDGER}")


def test_a_cell_of_the_ledger_nobody_can_read_is_told_to_the_office_and_returns_no_workbook(equal, changed):
    at = {}

    def edit(book):
        ledger = Ledger(book, equal)
        typo, broken, empty = (next(ledger.codes) for _ in range(3))
        ledger.put(typo, SPENT, "1 jt-an")
        ledger.put(broken, PAGU, "#REF!")
        book["BKD"].cell(ledger.row[empty][TW], SPENT).value = None
        at.update(typo=ledger.row[typo][TW], broken=ledger.row[broken][TW], empty=empty)

    root = changed(edit)
    (finding,) = [f for f in mart(root, "temuan") if f["kode"].startswith("REK")]
    assert finding["kode"] == "REK-019" and at["empty"] in finding["pesan"], "what is empty is empty"
    noted = {(f["kode"], f["sel"]) for f in mart(root, "temuan") if f["berkas"] == f"acuan/{LEDGER}"}
    assert noted == {("BCA-003", f"G{at['typo']}"), ("BCA-007", f"F{at['broken']}")}
    shown = minutes_of(root, {SKPD})
    for cell in (f"G{at['typo']}", f"F{at['broken']}"):
        assert f"Belum dibandingkan; angka BKD tidak terbaca (BKD!{cell})" in shown
    assert shown.count("tidak memuat angka pada BKD") == 1 and "2 belum dapat dibandingkan" in shown


def test_a_plan_left_behind_is_told_to_the_plan_not_to_the_skpd(equal, changed):
    def edit(book):
        sheet = book["Rencana"]
        revised = (r for r in range(4, sheet.max_row + 1) if sheet.cell(r, 6).value == "Perubahan")
        row = next(r for r in revised if str(sheet.cell(r, 2).value).count(".") == 5)
        sheet.cell(row, 5, sheet.cell(row, 5).value + 5_000)

    root = changed(edit, PLAN)
    found = [f for f in mart(root, "temuan") if f["kode"].startswith("REK")]
    assert {(f["kode"], f["tingkat"]) for f in found} == {("REK-015", "warning")}
    assert {f["triwulan"] for f in found} == {TW}


def test_a_target_of_the_plan_that_is_another_is_found_in_the_pk_sheet(equal, changed):
    def edit(book):
        sheet = book["Target Rencana"]
        row = next(r for r in range(4, sheet.max_row + 1) if isinstance(sheet.cell(r, 4).value, (int, float)))
        sheet.cell(row, 4, sheet.cell(row, 4).value + 3)

    root = changed(edit, PLAN)
    found = [f for f in mart(root, "temuan") if f["kode"].startswith("REK")]
    assert {(f["kode"], f["lembar"]) for f in found} <= {("REK-001", "PK"), ("REK-009", "PK")} and found
    assert not [f for f in found if "DPA" in f["saran"]], "a target is in no book of spending"


def test_another_code_with_the_same_name_is_a_question_until_it_is_confirmed(equal, changed):
    asked = {}

    def edit(book):
        ledger = Ledger(book, equal)
        code = next(ledger.codes)
        asked["code"] = code
        for quarter in range(1, 5):
            ledger.put(code, CODE, f"{code[:-4]}8888", quarter)

    root = changed(edit)
    assert {kode for kode, _, _ in told(root)} == {"REK-011"}
    other = f"{asked['code'][:-4]}8888"
    questions = openpyxl.load_workbook(root / f"reports/{YEAR}/tw{TW}/usulan-padanan.xlsx").active
    lines = [[c.value for c in row] for row in questions.iter_rows(min_row=5)]
    assert [line[2:4] for line in lines if line[2]] == [[other, asked["code"]]]

    def confirm(book):
        sheet = book.create_sheet("Padanan")
        sheet.append(["Kode SKPD", "Jenis", "Nama di Buku Kerja", "Kode", "Dasar", "Tanggal"])
        sheet.append([SKPD, "Program", other, asked["code"], "surat BKD", None])

    assert not told(changed(confirm, PK))


def test_codes_in_every_spelling_are_one(equal, changed):
    def edit(book):
        ledger = Ledger(book, equal)
        for n, code in enumerate(list(ledger.row)):
            *head, last = code.split(".")
            spelled = (f"{'.'.join(head)}.{int(last):02d}", f" {code}. ", f"X.XX.{'.'.join(code.split('.')[2:])}")
            for quarter in range(1, 5):
                ledger.put(code, CODE, spelled[n % 3 if head[2] == "01" else n % 2], quarter)

    assert not told(changed(edit))


def test_a_ledger_without_the_skpd_or_without_the_quarter_says_so_once(equal, changed):
    def drop(book, *owners):
        sheet = book["BKD"]
        for row in range(sheet.max_row, 3, -1):
            if sheet.cell(row, 1).value in owners and sheet.cell(row, QUARTER).value == TW:
                sheet.delete_rows(row)

    setda = "4.01.0.00.0.00.01.0000"
    root = changed(lambda book: drop(book, SKPD))
    assert told(root) == {("REK-017", None, TW)}
    said = "Buku BKD triwulan ini tidak memuat SKPD ini, sehingga realisasi belum dibandingkan."
    assert said in minutes_of(root, {SKPD})
    assert told(changed(lambda book: drop(book, setda))) == {("REK-018", None, TW)}


def test_where_there_is_no_ledger_at_all_every_quarter_says_so_once(equal, tmp_path):
    root = shutil.copytree(equal, tmp_path / "ruang")
    (root / f"data/raw/{YEAR}/acuan/{LEDGER}").unlink()
    references.read_references(load_settings(root), YEAR, NOW)
    validate.check_year(load_settings(root), YEAR)
    assert told(root) == {("REK-018", None, quarter) for quarter in (1, 2, 3)}
    shown = minutes_of(root, {SKPD})
    assert "Pejabat BKD" not in shown and "| Pihak kedua | : | Pejabat Bappeda" in shown
    assert "Buku BKD triwulan ini belum ada, sehingga realisasi belum dibandingkan." in shown


def test_a_workbook_without_budget_rows_is_not_told_of_the_books_that_have_them(equal, tmp_path):
    """Nor is one without targets: the books hold the SKPD, and their keepers are parties."""
    root = shutil.copytree(equal, tmp_path / "ruang")
    path = workbook_of(root)
    left = {"Anggaran": "baris anggaran", "PK": "target tahunan"}
    for name, said in left.items():
        book = openpyxl.load_workbook(path)
        kept = path.read_bytes()
        book[name].delete_rows(5, book[name].max_row)
        book.save(path)
        walk(root, TW)
        shown = minutes_of(root, {SKPD})
        assert f"Buku kerja SKPD tidak memuat {said} yang terbaca, sehingga" in shown, name
        assert "tidak memuat SKPD ini" not in shown and "belum ada, sehingga" not in shown
        assert "Pejabat BKD" in shown and "Pejabat Bappeda" in shown
        path.write_bytes(kept)


def workbook_of(root):
    (ours,) = {r["berkas_skpd"] for r in mart(root, "rekonsiliasi") if (r["kode_skpd"], r["triwulan"]) == (SKPD, TW)}
    return root / f"data/raw/{YEAR}" / ours


def test_the_minutes_name_only_the_version_that_was_compared_of_those_of_one_name(equal, tmp_path):
    root = shutil.copytree(equal, tmp_path / "ruang")
    path = workbook_of(root)
    book = openpyxl.load_workbook(path)
    book["Anggaran"]["E7"] = book["Anggaran"]["E7"].value - 100
    book.save(path)
    walk(root, TW)
    shown = minutes_of(root, {SKPD})
    assert f"({path.name}, versi 2, diterima" in shown and "versi 1" not in shown


def test_what_was_made_of_a_withdrawn_workbook_is_laid_aside_and_told(equal, tmp_path):
    """Not what people have filled in, nor what is of another SKPD; sent again it is made again."""
    root = shutil.copytree(equal, tmp_path / "ruang")
    settings, folder = settled(root), root / f"reports/{YEAR}/tw{TW}/rekonsiliasi"
    made = reconcile.write_reconciliations(settings, YEAR, TW, None).made
    journal.note_documents(settings, YEAR, TW, made, NOW)
    minutes, sheet = folder / "berita-acara-dinkes.docx", folder / "dinkes.xlsx"
    (sent,) = [s for s in mart(root, "pengajuan") if (s["kode_skpd"], s["triwulan"]) == (SKPD, TW)]
    accept.withdraw(settings, sent["pengajuan_id"], "salah unggah", None, NOW)
    walk(root, TW)
    gone = reconcile.write_reconciliations(settings, YEAR, TW, None)
    assert not minutes.exists() and not sheet.exists()
    laid = {p.name for p in (folder / "arsip").iterdir()}
    assert laid == {"berita-acara-dinkes-1.docx", "dinkes-1.xlsx"}
    (told,) = [t for t in gone.told if "arsip" in t]
    assert minutes.name in told and sheet.name in told
    assert {p.name for p in folder.iterdir()} == {"arsip", "berita-acara-setda.docx", "setda.xlsx"}
    inspected = inspection.inspect_folder(settings)
    assert not [name for name in inspected.hilang if "rekonsiliasi" in name], "what was laid aside is not missing"
    again = reconcile.write_reconciliations(settings, YEAR, TW, None)
    assert not [t for t in again.told if "arsip" in t], "once"


def test_what_people_filled_in_of_a_withdrawn_workbook_stays_where_they_know_it(equal, tmp_path):
    root = shutil.copytree(equal, tmp_path / "ruang")
    settings, folder = settled(root), root / f"reports/{YEAR}/tw{TW}/rekonsiliasi"
    reconcile.write_reconciliations(settings, YEAR, TW, None)
    minutes = folder / "berita-acara-dinkes.docx"
    document = docx.Document(minutes)
    document.add_paragraph("Disepakati.")
    document.save(minutes)
    (sent,) = [s for s in mart(root, "pengajuan") if (s["kode_skpd"], s["triwulan"]) == (SKPD, TW)]
    accept.withdraw(settings, sent["pengajuan_id"], "salah unggah", None, NOW)
    walk(root, TW)
    gone = reconcile.write_reconciliations(settings, YEAR, TW, [SKPD])
    assert minutes.exists() and {p.name for p in (folder / "arsip").iterdir()} == {"dinkes-1.xlsx"}
    assert any(minutes.name in t and "disunting orang" in t for t in gone.told)


def test_a_plan_without_the_skpd_is_told_at_its_sheet(changed):
    def drop(book):
        sheet = book["Rencana"]
        for row in range(sheet.max_row, 3, -1):
            if sheet.cell(row, 1).value == SKPD:
                sheet.delete_rows(row)

    found = [f for f in mart(changed(drop, PLAN), "temuan") if f["kode"] == "REK-020"]
    assert {(f["kode_skpd"], f["triwulan"], f["lembar"]) for f in found} == {(SKPD, q, "Anggaran") for q in (1, 2, 3)}


def export(root, book, rows, name="bkd-tw3 lra.xlsx"):
    """Put an LRA export with these rows (code, name, pagu, spent) into the acuan; the ledger loses the SKPD's quarter."""
    (skpd,) = [r for r in mart(root, "ref_skpd") if r["kode_skpd"] == SKPD]
    out = openpyxl.Workbook()
    sheet = out.active
    for title in ("LAPORAN REALISASI ANGGARAN", skpd["nama_skpd"], f"TAHUN ANGGARAN {YEAR}"):
        sheet.append([title])
    sheet.append([])
    sheet.append(["Kode Rekening", "Uraian", "Anggaran", "Realisasi"])
    for row in rows:
        sheet.append(row)
    out.save(root / f"data/raw/{YEAR}/acuan/{name}")
    for row in range(book["BKD"].max_row, 3, -1):
        if book["BKD"].cell(row, 1).value == SKPD and book["BKD"].cell(row, QUARTER).value == TW:
            book["BKD"].delete_rows(row)


@pytest.mark.parametrize("with_sub_kegiatan", [True, False])
def test_an_lra_export_is_the_ledger_as_it_is(equal, changed, tmp_path, with_sub_kegiatan):
    """Accounts below their sub kegiatan, or accounts alone: then the whole is compared."""

    def edit(book, missing=0):
        ledger, rows = Ledger(book, equal), []
        for code in ledger.row:
            pagu, spent = (ledger.get(ledger.row[code][TW], column) for column in (PAGU, SPENT))
            rows += [(code, ledger.get(ledger.row[code][TW], NAME), pagu, spent)] if with_sub_kegiatan else []
            rows += [("5.1.02", "Belanja Barang dan Jasa", pagu, spent), ("5.1.02.01", "Belanja Barang", pagu, spent)]
        if not with_sub_kegiatan:
            pagu, spent = (sum(r[n] for r in rows if r[0] == "5.1.02.01") for n in (2, 3))
            rows = [("5", "BELANJA", pagu, spent), ("5.1", "BELANJA OPERASI", pagu, spent)]
            rows += [("5.1.01", "Belanja Pegawai", pagu - 900, spent - 500), ("5.1.02", "Belanja Barang", 900, 500)]
        code, *rest = rows[-1]
        rows[-1] = (code, *rest[:-1], rest[-1] - missing)
        export(tmp_path / "ruang", book, rows)

    root = changed(edit)
    ours = [r for r in mart(root, "rekonsiliasi") if (r["kode_skpd"], r["triwulan"], r["pihak"]) == (SKPD, TW, "bkd")]
    assert {r["jenis"] for r in ours} == {Selisih.SAMA} and not told(root)
    assert {r["berkas_pihak"] for r in ours} == {"acuan/bkd-tw3 lra.xlsx"}
    assert len(ours) == (2 * len({r["kode"] for r in ours}) if with_sub_kegiatan else 2)
    shutil.copy(equal / f"data/raw/{YEAR}/acuan/{LEDGER}", root / f"data/raw/{YEAR}/acuan/{LEDGER}")
    root = changed(lambda book: edit(book, missing=4_400_123))
    (finding,) = [f for f in mart(root, "temuan") if f["kode"].startswith("REK")]
    assert finding["kode"] == "REK-001" and "4.400.123" in finding["pesan"] and "bkd-tw3 lra.xlsx" in finding["pesan"]
    assert finding["row_id"] is None and finding["tingkat"] == "error", "returned, with no row held back"


def test_a_cell_of_an_export_nobody_can_read_is_not_called_empty(equal, changed, tmp_path):
    """Beside a figure, and alone in its row: the row is there all the same."""
    cells = {}

    def edit(book):
        ledger = Ledger(book, equal)
        rows = [[code, *(ledger.get(ledger.row[code][TW], n) for n in (NAME, PAGU, SPENT))] for code in ledger.row]
        rows[0][3] = "1 jt-an"
        rows[1][2:] = ["sekitar 2 jt", "1 jt-an"]
        cells.update({rows[0][0]: ["realisasi"], rows[1][0]: ["pagu", "realisasi"]})
        export(tmp_path / "ruang", book, rows)

    root = changed(edit)
    assert not told(root)
    ours = [r for r in mart(root, "rekonsiliasi") if (r["kode_skpd"], r["triwulan"], r["pihak"]) == (SKPD, TW, "bkd")]
    held = {code: sorted(r["besaran"] for r in ours if r["kode"] == code and r["jenis"] == "ditahan") for code in cells}
    assert held == cells and len([r for r in ours if r["jenis"] != Selisih.SAMA]) == 3


def test_an_export_of_nobody_known_is_told_and_used_for_none(equal, changed, tmp_path):
    def edit(book):
        export(tmp_path / "ruang", book, [("5.1.02", "Belanja Barang", 900, 500)])
        path = tmp_path / f"ruang/data/raw/{YEAR}/acuan/bkd-tw3 lra.xlsx"
        lra = openpyxl.load_workbook(path)
        lra.active["A2"] = "DINAS YANG TIDAK ADA"
        lra.save(path)

    found = [f for f in mart(changed(edit), "temuan") if f["kode"] == "ACU-002"]
    assert [f["berkas"] for f in found] == ["acuan/bkd-tw3 lra.xlsx"] and "Padanan" in found[0]["pesan"]
