"""What the office does not know, the SKPD fills: rows are open, and come back like any other."""

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipelines.settings import load_settings
from pipelines.steps import collect, references
from pipelines.steps.preview import preview_files
from pipelines.steps.sample import write_sample
from schemas.form import HEADER_ROW
from tests.road.conftest import NOW, YEAR, walk

SHEETS = ("PK", "IKU", "Realisasi", "Anggaran", "Pengesahan")


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "ruang"
    list(write_sample(root, YEAR, 2))
    return root


def forget(root, *sheets):
    """Take sheets out of the references: the office has not got them."""
    for path in (root / f"data/raw/{YEAR}/acuan").glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        for name in set(sheets) & set(book.sheetnames):
            del book[name]
        if book.sheetnames:
            book.save(path)
        else:
            path.unlink()


def issue(root):
    """The forms of the first quarter, by SKPD."""
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    made = [path for path in collect.write_forms(settings, YEAR, 1, None).made if path.name.startswith("format")]
    return {openpyxl.load_workbook(path)["Identitas"]["B4"].value: path for path in made}


def sent(root):
    """What the SKPD sent for that quarter in the sample, by SKPD."""
    books = {p: openpyxl.load_workbook(p, data_only=True) for p in (root / f"data/raw/{YEAR}/tw1").rglob("*.xlsx")}
    return {book["Identitas"]["B4"].value: (path, book) for path, book in books.items()}


def fill(path, answer):
    """Type the answer into the open cells, row by row, as a person does; returns the cells that were not open."""
    book, closed = openpyxl.load_workbook(path), set()
    for name in SHEETS:
        sheet = book[name]
        labels = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
        for row in answer[name].iter_rows(min_row=HEADER_ROW + 1):
            for cell in row:
                at = sheet.cell(cell.row, labels[answer[name].cell(HEADER_ROW, cell.column).value])
                if cell.value in (None, at.value):
                    continue
                if at.protection.locked:
                    closed.add((name, sheet.cell(HEADER_ROW, at.column).value))
                at.value = cell.value
    for row in range(5, 14):
        book["Identitas"].cell(row, 2).value = answer["Identitas"].cell(row, 2).value
    book.save(path)
    return closed


def told(preview):
    return [(f.kode, f.lembar, f.sel, f.nilai) for f in preview.findings]


def held(root, name):
    """The rows of a verified subject, without what tells one submission from another."""
    rows = pq.read_table(load_settings(root).processed / f"{YEAR}/verified/{name}.parquet").to_pylist()
    apart = {"row_id", "pengajuan_id"}
    return {tuple((k, v) for k, v in row.items() if k not in apart) for row in rows if row["triwulan"] == 1}


def test_without_plan_iku_and_pk_the_skpd_fills_its_rows_itself(root):
    walk(root, 1)
    known = {name: held(root, name) for name in ("pk", "iku", "realisasi", "anggaran")}
    forget(root, "Rencana", "Target Rencana", "IKU SKPD", "PK SKPD", "PK Kabupaten")
    forms, answers = issue(root), sent(root)
    assert set(forms) == set(answers)
    for kode, (path, answer) in answers.items():
        assert fill(forms[kode], answer) <= {("Realisasi", "Capaian (%)")}, "everything else is open"
        assert told(preview_files(root, forms[kode])) == told(preview_files(root, path))
        path.write_bytes(forms[kode].read_bytes())
    walk(root, 1)
    assert {name: held(root, name) for name in known} == known
    assert all(known.values())
