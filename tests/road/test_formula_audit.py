"""The auditor on workbooks nobody here invented: the traps their readers wrote down, and no noise beside them."""

import json

import pytest

from pipelines.extract.audit.auditor import audit_workbook
from pipelines.extract.sheets import Source
from pipelines.steps.preview import preview_files
from pipelines.steps.reading import read_file
from pipelines.stores.workbooks import read_workbook
from tests.score import SHARED

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"buku kerja bersama tidak ada di {SHARED}")

REAL = SHARED / "real"
DELI_SERDANG = "evaluasi-renja-bappedalitbang-2025.xlsx"
CIREBON = "cirebon-data-yang-ingin-dijadikan-grafik.xlsx"


def audited(path):
    book = read_workbook(path.read_bytes(), full=True)
    return list(audit_workbook(book.grids, Source("p", None, 0, 0, path.name)))


@pytest.fixture(scope="module")
def found():
    paths = sorted(p for p in SHARED.glob("*/*.*") if p.suffix not in (".json", ".md"))
    return {path.name: audited(path) for path in paths}


def at(findings, kode, sel):
    (finding,) = [f for f in findings if (f.kode, f.sel) == (kode, sel)]
    return finding


def test_the_subtotal_counted_twice_is_told_with_its_amount(found):
    finding = at(found[DELI_SERDANG], "RUM-005", "R12")
    assert "R11 dan R113 menghitung R91 dan R96 dua kali" in finding.pesan
    assert "lewat R12" in finding.pesan
    assert (
        "kelebihannya Rp104.990.014 (R Rp32.763.514, U Rp6.785.000, X Rp26.272.500 dan AA Rp39.169.000)"
        in finding.pesan
    )
    assert "=SUM(R13+R55+R70+R91+R96)" in finding.saran


@pytest.mark.parametrize(
    ("file", "kode", "sel", "words"),
    [
        (DELI_SERDANG, "RUM-004", "U15", "=20906000-R15"),
        (DELI_SERDANG, "RUM-003", "P16", "P24 0 (rumus 0,25)"),
        (DELI_SERDANG, "RUM-008", "K39", "K40, K41 dan K43"),
        (DELI_SERDANG, "RUM-001", "AE64", "=M64+AF64"),
        (DELI_SERDANG, "RUM-011", "AF42", "AF23 1.388,89%"),
        (CIREBON, "RUM-011", "AD91", "AD91 1.593,13%"),
        (CIREBON, "RUM-001", "W29", "(=M29) menyimpang dari pola kolomnya (=O29+Q29+S29+U29)"),
        (CIREBON, "RUM-002", "Y91", "0,00004"),
        (CIREBON, "RUM-005", "R71", "Rp6.506.645"),
        ("cirebon-renja-2026-v1.xlsx", "RUM-001", "S12", "(=(K12+M12)/2)"),
    ],
)
def test_the_faults_in_formulas_their_readers_named_are_told_at_their_cells(found, file, kode, sel, words):
    assert words in at(found[file], kode, sel).pesan


def test_a_misspelt_unit_is_told_at_its_cell(tmp_path):
    told = [(f.kode, f.sel, f.nilai) for f in read_file(tmp_path, REAL / DELI_SERDANG).reading.findings]
    assert ("BCA-042", "I40", "Unir") in told


def test_nothing_is_told_beyond_what_was_looked_at_and_judged(found):
    """Every finding of these files was opened and judged right; a change of this count wants the same."""
    counts = {name: len(findings) for name, findings in found.items() if findings}
    assert counts == {"bjm-rfk.xls": 2, CIREBON: 11, "cirebon-renja-2026-v1.xlsx": 12, DELI_SERDANG: 14}


def test_baca_and_periksa_tell_what_the_audit_found(tmp_path, found):
    told = {(f.kode, f.sel, f.pesan) for f in found[DELI_SERDANG]}
    read = read_file(tmp_path, REAL / DELI_SERDANG)
    checked = preview_files(tmp_path, REAL / DELI_SERDANG)
    assert told <= {(f.kode, f.sel, f.pesan) for f in read.reading.findings}
    assert told <= {(f.kode, f.sel, f.pesan) for f in checked.findings}
    assert json.dumps(read.as_json(), default=str)
