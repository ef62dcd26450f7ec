"""What the form promises: an empty cell is asked about, by letter, and nobody accepts it without a word."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps import returning
from pipelines.steps.sample import write_sample
from pipelines.steps.status import list_findings
from tests.lib.command import capaian
from tests.lib.docx_text import project
from tests.road.conftest import YEAR, walk
from tests.road.test_returning import mart

TW = 1


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    """Two SKPD; in one form somebody merged the cells of two indicators, so the second has no value of its own."""
    root = tmp_path_factory.mktemp("tanya") / "ruang"
    list(write_sample(root, YEAR, 2))
    path = next(p for p in sorted((root / f"data/raw/{YEAR}/tw{TW}").glob("*.xlsx")) if "Setda" not in p.name)
    book = openpyxl.load_workbook(path)
    sheet = book["Realisasi"]
    row = next(r for r in range(5, 30) if all(isinstance(sheet.cell(r + n, 5).value, int | float) for n in (0, 1)))
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=5, end_column=5)
    book.save(path)
    walk(root, TW)
    return root, f"E{row + 1}"


def asked(root):
    (finding,) = (f for f in list_findings(load_settings(root), YEAR) if f.kode == "BCA-044")
    (submission,) = (s for s in mart(root, "pengajuan") if s["pengajuan_id"] == finding.pengajuan_id)
    return finding, submission


def test_an_empty_cell_is_asked_by_letter_and_never_accepted_in_silence(merged, tmp_path):
    root, cell = shutil.copytree(merged[0], tmp_path / "ruang"), merged[1]
    finding, submission = asked(root)
    assert (finding.sel, submission["status"]) == (cell, "terverifikasi")
    settings = load_settings(root)
    before = capaian("status", "--tahun", str(YEAR), "--triwulan", str(TW), "--ruang", str(root)).stdout
    assert "suratnya pada" not in before
    assert f"surat TW I belum dibuat; dibuat dengan: capaian jalankan --tahun {YEAR} --triwulan 1" in before
    done = returning.write_returns(settings, YEAR, TW, None)
    named = {p.name.removesuffix(p.suffix).removesuffix(f"-{submission['pengajuan_id']}"): p for p in done.made}
    assert set(named) == {"pertanyaan", "surat-permintaan-penjelasan"} and done.counts["ditanyakan"] == 1
    told = project(named["surat-permintaan-penjelasan"].read_bytes())
    assert f"Realisasi!{cell}" in told and "Yang perlu dijawab" in told and "kesalahan" not in told
    sheet = openpyxl.load_workbook(named["pertanyaan"])["Realisasi"]
    noted = [c.coordinate for row in sheet.iter_rows() for c in row if c.comment and "BCA-044" in c.comment.text]
    assert noted == [f"E{int(cell[1:]) - 1}"], "on the merged cell, which is seen at its first"
    assert returning.write_returns(settings, YEAR, TW, None).counts["dokumen tetap"] == 2

    place = ("--tahun", str(YEAR), "--triwulan", str(TW), "--ruang", str(root))
    shown = capaian("status", *place)
    assert " ?1" in shown.stdout and "belum dijawab SKPD" in shown.stdout
    assert f"suratnya pada reports/{YEAR}/tw{TW}/pengembalian/" in shown.stdout and "belum dibuat" not in shown.stdout
    rows = json.loads(capaian("status", *place, "--json").stdout)["rows"]
    assert {r["kode_skpd"]: r["pertanyaan"] for r in rows if r["pertanyaan"]} == {submission["kode_skpd"]: 1}

    together = capaian("sahkan", *place, "--semua")
    assert together.returncode == 0, "the others were accepted: this one may not be yet"
    assert "1 pertanyaan belum dijawab" in together.stderr and cell in together.stderr
    assert {s["status"] for s in mart(root, "pengajuan")} == {"disahkan", "terverifikasi"}
    alone = capaian("sahkan", *place, "--skpd", submission["kode_skpd"])
    assert alone.returncode == 0 and "Disahkan dengan pertanyaan terbuka" in alone.stdout and cell in alone.stdout
    assert {s["status"] for s in mart(root, "pengajuan")} == {"disahkan"}
    assert "dengan 1 pertanyaan terbuka (BCA-044)" in capaian("jurnal", "--ruang", str(root)).stdout
    assert " ?1" not in capaian("status", *place).stdout
    assert not returning.write_returns(settings, YEAR, TW, None).made, "accepted as it is: it is asked no more"


def test_telusur_names_the_cell_that_is_merged_and_its_finding(merged):
    root, cell = merged
    _, submission = asked(root)
    sheet = openpyxl.load_workbook(root / f"data/raw/{YEAR}" / submission["berkas"])["Realisasi"]
    kode = sheet[f"A{cell[1:]}"].value
    whose = ("--skpd", submission["kode_skpd"], "--indikator", kode, "--periode", f"{YEAR}-TW{TW}")
    told = capaian("telusur", *whose, "--ruang", str(root))
    said = " ".join(told.stdout.split())
    assert told.returncode == 0 and "sel realisasi kosong" not in said
    assert "Capaian – belum terukur; sebabnya pada triwulannya di bawah" in said
    assert f"Sel {cell}" in said and f"(E{int(cell[1:]) - 1}:{cell})" in said and "(BCA-044)" in said
    assert f"· Realisasi!{cell}" in said, "an empty cell has an address too"
    (quarter,) = json.loads(capaian("telusur", *whose, "--json", "--ruang", str(root)).stdout)["triwulan"]
    assert quarter["sel"] == f"Realisasi!{cell}" and "BCA-044" in quarter["sebab"]


def test_a_question_that_is_answered_is_asked_no_more(merged, tmp_path):
    root, cell = shutil.copytree(merged[0], tmp_path / "ruang"), merged[1]
    _, submission = asked(root)
    source = root / f"data/raw/{YEAR}" / submission["berkas"]
    book = openpyxl.load_workbook(source)
    sheet = book["Realisasi"]
    sheet.unmerge_cells(str(next(iter(sheet.merged_cells.ranges))))
    sheet[cell] = "n/a"
    book.save(source)
    walk(root, TW)
    made = returning.write_returns(load_settings(root), YEAR, TW, None).made
    assert not [p for p in made if "pertanyaan" in p.name or "permintaan" in p.name]
