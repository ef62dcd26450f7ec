"""A narrative column said in the layout of the form alone, in a copy of the program, is issued, read and printed."""

import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from schemas.form import HEADER_ROW
from tests.lib.docx_text import project

TREE = Path(__file__).parents[2]
DECLARED = (
    '  { name = "kendala_spbe", label = "Kendala SPBE Daerah", kind = "narrative", fill = "always", width = 31 },\n'
)
BEFORE = '  { name = "bukti_dukung"'
TOLD = "Aplikasi belum tersambung dengan server provinsi"
ROAD = """
import sys
from pathlib import Path
import openpyxl
from pipelines.settings import load_settings
from pipelines.steps import collect, report
from pipelines.steps.papers import Command
from pipelines.steps.sample import write_sample
from tests.road.conftest import YEAR, walk

root = Path(sys.argv[1])
list(write_sample(root, YEAR, 1))
(sent,) = root.glob("data/raw/*/tw4/*.xlsx")
book = openpyxl.load_workbook(sent)
head = next(c for row in book["Realisasi"] for c in row if c.value == "Kendala SPBE Daerah")
head.offset(1).value = sys.argv[2]
book.save(sent)
walk(root)
report.write_documents(load_settings(root), Command.LKJIP, YEAR, 0, None)
collect.write_forms(load_settings(root), YEAR, 4, None)
"""


@pytest.fixture(scope="module")
def walked_with_column(tmp_path_factory) -> Path:
    program = tmp_path_factory.mktemp("program")
    for room in ("pipelines", "schemas"):
        shutil.copytree(TREE / room, program / room, ignore=shutil.ignore_patterns("__pycache__"))
    layout = program / "schemas/layouts/format_pengisian.toml"
    said = layout.read_text("utf-8")
    assert said.count(BEFORE) == 1
    layout.write_text(said.replace(BEFORE, DECLARED + BEFORE), "utf-8")
    root = tmp_path_factory.mktemp("ruang")
    path = f"import sys; sys.path[:0] = [{str(program)!r}, {str(TREE)!r}]\n"
    command = [sys.executable, "-P", "-c", path + ROAD, str(root), TOLD]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    return root


def test_it_is_issued_open_and_as_wide_as_declared(walked_with_column):
    (issued,) = walked_with_column.glob("reports/*/tw4/permintaan/format-pengisian-*.xlsx")
    sheet = openpyxl.load_workbook(issued)["Realisasi"]
    (head,) = (c for c in sheet[HEADER_ROW] if c.value == "Kendala SPBE Daerah")
    assert not head.offset(1).protection.locked
    assert int(sheet.column_dimensions[head.column_letter].width) == 31


def test_what_is_told_in_it_reaches_the_mart(walked_with_column):
    told = pq.read_table(walked_with_column / "data/processed/marts/narasi.parquet")
    assert [text for text in told["kendala_spbe"].to_pylist() if text] == [TOLD]


def test_the_lkjip_prints_it_among_the_causes_and_keeps_the_abbreviation(walked_with_column):
    (draft,) = walked_with_column.glob("reports/*/lkjip/setda/draf-1.docx")
    lines = project(draft.read_bytes()).splitlines()
    (row,) = (line for line in lines if TOLD in line)
    assert "Kendala SPBE daerah" in row
