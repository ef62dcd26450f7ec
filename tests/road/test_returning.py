"""What goes back: each returned submission's own workbook with the findings in its cells, and its letter."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps import returning
from pipelines.steps.preview import preview_files
from pipelines.steps.status import list_findings
from pipelines.stores.documents import write_copy
from pipelines.stores.workbooks.annotate import CannotAnnotateError
from schemas.returned import COMPARISON_SHEET, LIST_SHEET
from tests.lib.command import capaian
from tests.lib.docx_text import project
from tests.road.conftest import YEAR, walk


def mart(root, name):
    import pyarrow.parquet as pq

    return pq.read_table(root / f"data/processed/marts/{name}.parquet").to_pylist()


@pytest.fixture(scope="module")
def given_back(walked, tmp_path_factory):
    """The year after the return of every quarter."""
    root = tmp_path_factory.mktemp("kembali") / "ruang"
    shutil.copytree(walked, root)
    for triwulan in range(1, 5):
        returning.write_returns(load_settings(root), YEAR, triwulan, None)
    return root


def folder_of(root, submission):
    return (
        root
        / f"reports/{YEAR}/tw{submission['triwulan']}/pengembalian/{submission['pengajuan_id'].partition(f'-{YEAR}-')[0]}"
    )


def test_every_returned_submission_and_no_other_goes_back(given_back):
    submissions = mart(given_back, "pengajuan")
    returned = [s for s in submissions if s["status"] == "dikembalikan"]
    again = {f["pengajuan_id"] for f in mart(given_back, "temuan") if f["kode"] == "KIR-001"}
    accepted = [s for s in submissions if s["pengajuan_id"] in again and s["status"] == "terverifikasi"]
    expected = {folder_of(given_back, s) / f"perbandingan-{s['pengajuan_id']}.xlsx" for s in accepted} | {
        folder_of(given_back, s) / name
        for s in returned
        for name in (f"perbaikan-{s['pengajuan_id']}.xlsx", f"surat-pengembalian-{s['pengajuan_id']}.docx")
    }
    made = {p for p in (given_back / f"reports/{YEAR}").rglob("*") if p.is_file()}
    assert returned and accepted and made == expected


def test_each_finding_stands_in_its_cell_and_in_the_list_of_the_workbook_returned(given_back):
    findings = list_findings(load_settings(given_back), YEAR)
    for s in (s for s in mart(given_back, "pengajuan") if s["status"] == "dikembalikan"):
        mine = [f for f in findings if f.pengajuan_id == s["pengajuan_id"]]
        book = openpyxl.load_workbook(folder_of(given_back, s) / f"perbaikan-{s['pengajuan_id']}.xlsx")
        listed = [row for row in book[LIST_SHEET].iter_rows(min_row=6, values_only=True) if row[0]]
        assert sorted(row[2] for row in listed) == sorted(f.kode for f in mine)
        for f in mine:
            if f.lembar and f.sel:
                assert f.kode in book[f.lembar][f.sel].comment.text and f.saran in book[f.lembar][f.sel].comment.text


def test_twice_nothing_changes_and_a_letter_that_was_written_in_stays(given_back):
    settings = load_settings(given_back)
    before = {p: p.read_bytes() for p in (given_back / f"reports/{YEAR}").rglob("*") if p.is_file()}
    letter = next(p for p in before if p.suffix == ".docx")
    quarter = int(letter.parts[-4][2:])
    again = returning.write_returns(settings, YEAR, quarter, None)
    assert again.counts["dokumen tetap"] == len(again.made) and again.counts["dokumen baru"] == 0
    assert {p: p.read_bytes() for p in before} == before
    assert returning.write_returns(settings, YEAR, quarter, ["tidak ada"]).made == ()
    letter.write_bytes(b"nomor surat sudah diisi")
    assert returning.write_returns(settings, YEAR, quarter, None).counts["dokumen baru"] == 0  # it would say the same
    longer = settings.model_copy(update={"tenggat": settings.tenggat.model_copy(update={"hari_perbaikan": 21})})
    letters = sum(p.suffix == ".docx" and p.parts[-4] == letter.parts[-4] for p in before)
    for new in (letters, 0):
        assert returning.write_returns(longer, YEAR, quarter, None).counts["dokumen baru"] == new
    assert letter.read_bytes() == b"nomor surat sudah diisi"
    assert letter.with_name(f"{letter.stem}-2.docx").read_bytes() != before[letter]


def test_what_was_sent_is_never_overwritten(tmp_path):
    path = tmp_path / "perbaikan-a.xlsx"
    states = [write_copy(path, content) for content in (b"a", b"b", b"a", b"c", b"b")]
    assert [(w.path.name, w.state) for w in states] == [
        ("perbaikan-a.xlsx", "created"),
        ("perbaikan-a-2.xlsx", "created"),
        ("perbaikan-a.xlsx", "unchanged"),
        ("perbaikan-a-3.xlsx", "created"),
        ("perbaikan-a-2.xlsx", "unchanged"),
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "perbaikan-a-2.xlsx",
        "perbaikan-a-3.xlsx",
        "perbaikan-a.xlsx",
    ]


def faulty(walked):
    wrong = next(f for f in list_findings(load_settings(walked), YEAR) if f.tingkat == "error" and f.sel)
    return next((walked / f"data/raw/{YEAR}").glob(wrong.berkas)), wrong


def test_an_skpd_gets_the_same_notes_before_it_sends(walked, tmp_path):
    path, wrong = faulty(walked)
    source = tmp_path / path.name
    shutil.copy(path, source)
    answer = capaian("periksa", str(source), "--catatan", str(tmp_path / "hasil"), "--json")
    (told,) = json.loads(answer.stdout)
    assert answer.returncode == 1 and source.read_bytes() == path.read_bytes()
    copy = openpyxl.load_workbook(told["annotated"])
    assert wrong.kode in copy[wrong.lembar][wrong.sel].comment.text
    # the copy, checked again as it is, says the same: the list in front is no data
    again = preview_files(tmp_path, tmp_path / "hasil" / f"{source.stem}-catatan.xlsx")
    assert [(f.kode, f.sel) for f in again.findings] == [(f["code"], f["cell"]) for f in told["findings"]]


@pytest.mark.parametrize("suffix", ["csv", "xls"])
def test_what_takes_no_comments_gets_its_list_beside_it(tmp_path, suffix):
    path = tmp_path / f"kiriman.{suffix}"
    path.write_bytes(b"Kode;Nama;Nilai\n1;a;2\n2;b;3\n")
    preview = preview_files(tmp_path, path)
    assert preview.findings
    copy = returning.write_preview(preview, tmp_path / "hasil")
    book = openpyxl.load_workbook(copy)
    assert copy.name == "kiriman-catatan.xlsx" and book.sheetnames == [LIST_SHEET]
    assert "tidak dapat diberi komentar" in book[LIST_SHEET]["A4"].value


def test_what_takes_no_comments_goes_back_whole_beside_its_list(walked, tmp_path, monkeypatch):
    def refuse(*_):
        raise CannotAnnotateError("uji coba")

    monkeypatch.setattr(returning, "annotate_workbook", refuse)
    root = shutil.copytree(walked, tmp_path / "ruang")
    s = next(s for s in mart(root, "pengajuan") if s["status"] == "dikembalikan")
    made = returning.write_returns(load_settings(root), YEAR, s["triwulan"], [s["kode_skpd"]]).made
    named = {p.name: p for p in made if s["pengajuan_id"] in p.name}
    whole = named[f"asli-{s['pengajuan_id']}.xlsx"].read_bytes()
    assert whole == (root / f"data/raw/{YEAR}" / s["berkas"]).read_bytes()
    listed = openpyxl.load_workbook(named[f"perbaikan-{s['pengajuan_id']}.xlsx"])
    assert listed.sheetnames == [LIST_SHEET] and "uji coba" in listed[LIST_SHEET]["A4"].value
    assert "daftar perbaikannya" in project(named[f"surat-pengembalian-{s['pengajuan_id']}.docx"].read_bytes())


def test_a_copy_that_is_returned_holds_every_part_of_the_file_received(given_back):
    for s in (s for s in mart(given_back, "pengajuan") if s["status"] == "dikembalikan"):
        received = (given_back / f"data/raw/{YEAR}" / s["berkas"]).read_bytes()
        back = (folder_of(given_back, s) / f"perbaikan-{s['pengajuan_id']}.xlsx").read_bytes()
        old, new = (zipfile.ZipFile(io.BytesIO(content)) for content in (received, back))
        same = [n for n in old.namelist() if old.read(n) == new.read(n)]
        assert {"xl/sharedStrings.xml", "xl/theme/theme1.xml", "docProps/core.xml"} <= set(same)


def test_what_is_sent_again_is_compared_cell_by_cell_with_what_was_returned(few, copy_of):
    """The SKPD works in the workbook it got back: one fault mended, a figure moved that nobody had asked for."""
    root = copy_of(few)
    returning.write_returns(load_settings(root), YEAR, 2, None)
    errors = [f for f in list_findings(load_settings(root), YEAR) if f.tingkat == "error" and f.lembar == "Realisasi"]
    wrong = next(f for f in errors if f.kode == "BCA-003")
    old = next(s for s in mart(root, "pengajuan") if s["pengajuan_id"] == wrong.pengajuan_id)
    book = openpyxl.load_workbook(folder_of(root, old) / f"perbaikan-{old['pengajuan_id']}.xlsx")
    sheet = book["Realisasi"]
    sheet[wrong.sel].value = sheet[wrong.sel].offset(column=-1).value  # the target
    row = next(r for r in range(5, 20) if isinstance(sheet.cell(r, 5).value, int | float) and str(r) not in wrong.sel)
    sheet.cell(row, 5).value += 1
    book["Pengesahan"]["E5"].value = None  # a new fault
    book.save(root / f"data/raw/{YEAR}/tw{old['triwulan']}/perbaikan.xlsx")
    walk(root)
    settings = load_settings(root)
    (new,) = [s for s in mart(root, "pengajuan") if s["berkas"].endswith("/perbaikan.xlsx")]
    assert (new["versi"], new["status"]) == (old["versi"] + 1, "dikembalikan")
    mine = [f for f in list_findings(settings, YEAR) if f.pengajuan_id == new["pengajuan_id"]]
    assert [f.sel for f in mine if f.kode == "KIR-002"] == [f"E{row}"]
    (whole,) = (f.pesan for f in mine if f.kode == "KIR-001")
    assert whole.endswith(
        ": 1 berubah dan kini bertemuan, 1 berubah pada baris yang semula tanpa temuan, 1 diperbaiki."
    )
    returning.write_returns(settings, YEAR, old["triwulan"], None)
    back = openpyxl.load_workbook(folder_of(root, new) / f"perbaikan-{new['pengajuan_id']}.xlsx")
    assert back.sheetnames[:2] == [LIST_SHEET, COMPARISON_SHEET] and back.active.title == LIST_SHEET
    told = {(r[1], r[2], r[3]) for r in back[COMPARISON_SHEET].iter_rows(min_row=5, values_only=True)}
    assert told == {
        ("Diperbaiki", "Realisasi", wrong.sel),
        ("Berubah", "Realisasi", f"E{row}"),
        ("Kini bertemuan", "Pengesahan", "E5"),
    }
    # the mark of the first return is gone from the cell that was mended, and the cell asks to be filled again
    received = openpyxl.load_workbook(root / f"data/raw/{YEAR}" / old["berkas"])["Realisasi"][wrong.sel]
    mended = back["Realisasi"][wrong.sel]
    assert mended.fill.fgColor.rgb != "FFF8CBAE" and wrong.kode not in (mended.comment.text if mended.comment else "")
    assert mended.fill.fgColor.rgb in (received.fill.fgColor.rgb, "FFDDEBF8")
