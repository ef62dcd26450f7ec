"""A folder that is worked in year after year: each January the year before lies beside the new one."""

import shutil
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps import aggregate, extract, intake, places, references, report, validate
from pipelines.steps.editions import record_edition
from pipelines.steps.papers import Command
from pipelines.steps.past import open_past
from pipelines.steps.sample import write_sample
from pipelines.stores.warehouse import open_read

ORDINARY = (12000, 31000, 52000, 64000)
"""Patients since January: sums as every hospital has them."""
EXTREME = ("0.000001", "9876543210123.45", "98765432101234.5", "987654321012345")
"""A ratio of a millionth in TW I, rupiah in trillions and hundreds of trillions after it."""
YEARS = {2022: ORDINARY, 2023: ORDINARY, 2024: ORDINARY, 2025: EXTREME}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two SKPD and the papers of four years in one working folder, nothing run yet."""
    root = tmp_path_factory.mktemp("tahun") / "ruang"
    for tahun, figures in YEARS.items():
        made = root if tahun == min(YEARS) else root.with_name(str(tahun))
        list(write_sample(made, tahun, 2))
        fill(made / f"data/raw/{tahun}", figures)
        if made != root:
            shutil.copytree(made / f"data/raw/{tahun}", root / f"data/raw/{tahun}")
    return root


def fill(inbox, figures):
    """Every realisasi of a quarter becomes the figure of that quarter."""
    for triwulan, figure in enumerate(figures, 1):
        for path in (inbox / f"tw{triwulan}").rglob("*.xlsx"):
            book = openpyxl.load_workbook(path)
            for row in book["Realisasi"].iter_rows(min_row=2, min_col=5, max_col=5):
                row[0].value = Decimal(figure) if isinstance(row[0].value, (int, float)) else row[0].value
            book.save(path)


def walk_year(settings, tahun):
    """The whole year as of its January."""
    now = datetime(tahun + 1, 1, 15, 8)
    references.read_references(settings, tahun, now)
    intake.register_inbox(settings, tahun, 4, now)
    extract.read_submissions(settings, tahun, extract.list_unread(settings, tahun))
    validate.check_year(settings, tahun)
    aggregate.build_marts(settings, tahun)
    record_edition(settings, tahun, now)


def seasonal(settings, tahun):
    """What the quarters of a year let expect by the course of the year before."""
    sql = "select * from prakiraan where tahun = $tahun and metode = 'musim_tahun_lalu'"
    with open_read(places.warehouse(settings)) as query:
        return query(sql, {"tahun": tahun}).to_pylist()


def test_a_second_year_in_one_folder_does_not_end_the_run(folder):
    settings = load_settings(folder)
    for tahun in YEARS:
        walk_year(settings, tahun)
    assert [bool(seasonal(settings, tahun)) for tahun in YEARS] == [False, True, True, True]
    assert open_past(settings, "2024-01-31").notices[-1] == "Semua angka sama dengan yang terbit saat itu."
    report.write_documents(settings, Command.LKJIP, 2025, 0, None)
