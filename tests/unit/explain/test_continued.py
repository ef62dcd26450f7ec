"""An indicator that goes on under another code, explained from the marts a case of SQL gives."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.aggregate.compose import compose_marts
from pipelines.explain.facts import Subject
from pipelines.explain.figure import explain_figure
from pipelines.explain.lines import compose_lines
from pipelines.steps.extract import DIBACA
from pipelines.stores.warehouse import Warehouse
from schemas.marts import MARTS
from schemas.period import semester_period, tahun_period
from tests.lib.given import inputs, read_case

CASE = Path(__file__).parents[2] / "sql/capaian_tahunan/dilanjutkan_dengan_kode_baru"


@pytest.fixture(scope="module")
def query():
    with Warehouse(threads=1) as warehouse:
        given = inputs(read_case(CASE), "verified")
        for name, table in given.items():
            warehouse.register(name, table)
        stored = {table.name: table.empty() for table in MARTS if table.name not in given}
        for name, table in (stored | compose_marts(warehouse)).items():
            warehouse.register(name, table)
        warehouse.register("typed_realisasi", given["verified_realisasi"])
        warehouse.register(DIBACA.name, DIBACA.empty())
        yield warehouse.query


def explained(query, period, kode):
    subject = Subject("skpd", "1.01", "Dinas Satu", str(period), period.label)
    return explain_figure(query, subject, period, kode)


@pytest.mark.parametrize("asked", ["IK-1", "IK-91"])
def test_the_year_is_told_with_the_quarters_of_both_codes(query, asked):
    year = explained(query, tahun_period(2025), asked)
    assert (year.kode_indikator, year.angka["indikator"]) == ("IK-91", "Nama baru")
    assert [q.realisasi for q in year.triwulan] == [Decimal(9), Decimal(18), Decimal(20), Decimal(25)]
    assert year.realisasi.tertulis == "9 + 18 + 20 + 25" and year.realisasi.hasil == 72
    assert "Pada TW I, TW II indikator ini berkode IK-1 dan bernama “Nama lama”" in " ".join(compose_lines(year))


def test_a_semester_before_the_change_keeps_its_code(query):
    half = explained(query, semester_period(2025, 1), "IK-91")
    assert (half.kode_indikator, half.catatan) == ("IK-1", ())


def test_a_name_that_changed_under_one_code_is_told(query):
    year = explained(query, tahun_period(2025), "IK-7")
    assert [q.realisasi for q in year.triwulan] == [Decimal(1)] * 4
    assert "IK-7 dan bernama “Bertahan”" in year.catatan[0]
