"""What is left on screen when a run cannot go on: our own line, whatever went wrong, and nothing of the libraries."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipelines.steps.sample import write_sample

YEAR = 2025
HOUSE = str(Path(__file__).parents[2])
BREAKING = """
import warnings
from pipelines.errors import WorkspaceError
from pipelines.steps import report

def load_facts(*_):
    warnings.warn("a library speaks to its programmer", FutureWarning)
    raise {error}

report.load_facts = load_facts
from pipelines.cli import main
main()
"""


@pytest.fixture
def ruang(tmp_path):
    root = tmp_path / "ruang"
    list(write_sample(root, YEAR, 1))
    return root


def run(root, *command):
    home = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "PYTHONWARN"))}
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, timeout=240, check=False, encoding="utf-8",
        env=home | {"PYTHONPATH": HOUSE}, cwd=root,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        ("WorkspaceError('Contoh gangguan.')", 11, "✗ Contoh gangguan."),
        ("KeyboardInterrupt", 130, "✗ Dihentikan. Hasil terakhir yang utuh tetap berlaku."),
        ("ValueError('tak terduga')", 10, "✗ Gangguan program (ValueError)."),
    ],
)
def test_a_run_that_fails_while_the_database_is_open_leaves_our_own_lines_only(ruang, error, code, said):
    done = run(ruang, "-c", BREAKING.format(error=error), "jalankan", "--tahun", str(YEAR), "--triwulan", "1")
    *steps, last = done.stderr.strip().splitlines()
    assert (done.returncode, done.stdout) == (code, "") and last.startswith(said)
    assert steps and all(line.startswith("· ") for line in steps)


def test_a_date_no_calendar_has_lets_no_line_of_a_library_through(ruang):
    path = next((ruang / f"data/raw/{YEAR}/tw1").rglob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    book["Pengesahan"]["Z50"], book["Pengesahan"]["Z50"].number_format = -777000777000, "dd-mm-yyyy"
    book.save(path)
    below = "import os, sys; from pipelines.cli.streams import settle_streams; settle_streams()"
    below += "; os.write(2, b'panicked'); print('kami', file=sys.stderr)"
    spoken = run(ruang, "-c", below)
    assert spoken.stderr == "kami\n", "what is written below Python does not arrive, what the program says does"
    done = run(ruang, "-m", "pipelines", "periksa", str(path))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[:500]
    assert path.name in done.stdout


@pytest.mark.slow
def test_a_wrong_year_is_not_walked_to_its_end_to_be_told_to_walk_it(ruang):
    done = run(ruang, "-m", "pipelines", "jalankan", "--tahun", str(YEAR - 1), "--triwulan", "1")
    step, trouble = done.stderr.strip().splitlines()
    assert (done.returncode, done.stdout, step) == (11, "", "· Baca data acuan …")
    assert f"Register SKPD Tahun {YEAR - 1} belum ada" in trouble and f"{YEAR - 1}/acuan" in trouble
    assert "Jalankan dulu" not in trouble
    assert not (ruang / "data/processed").exists(), "nothing of that year, and no history of nothing"


@pytest.mark.slow
def test_faults_of_the_references_are_the_answer_of_siapkan(ruang):
    (ruang / f"data/raw/{YEAR}/acuan/pk-skpd.xlsx").write_bytes(b"")
    done = run(ruang, "-m", "pipelines", "siapkan", "--tahun", str(YEAR), "--triwulan", "1")
    assert done.returncode == 1
    assert f"Acuan Tahun {YEAR}: 1 kesalahan" in done.stdout and "acuan/pk-skpd.xlsx" in done.stdout
    *steps, last = done.stderr.strip().splitlines()
    assert all(line.startswith("· ") for line in steps) and last.startswith("✗ Tidak ada yang dibuat.")
    assert not (ruang / "reports").exists()
