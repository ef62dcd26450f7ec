"""What a person asked for, found or answered with what comes near; never guessed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.errors import UsageError
from pipelines.explain.lookup import (
    find_budget,
    find_indicator,
    find_period,
    find_sasaran,
    find_skpd,
    latest_period,
    parse_periode,
)
from pipelines.queries import read_sql
from schemas.period import semester_period, tahun_period, triwulan_period

RUN = "capaian jalankan --tahun 2025 --triwulan 2"

SKPD = [
    {"kode_skpd": "1.02", "nama_skpd": "Dinas Kesehatan", "singkatan": "dinkes"},
    {"kode_skpd": "7.01", "nama_skpd": "Kecamatan Utara", "singkatan": "kec-utara"},
]
INDICATORS = [
    {"lingkup": "skpd", "kode_skpd": "1.02", "kode_indikator": "IK-01", "indikator": "Umur harapan hidup"},
    {"lingkup": "skpd", "kode_skpd": "7.01", "kode_indikator": "IK-02", "indikator": "Indeks kepuasan"},
    {"lingkup": "kabupaten", "kode_skpd": "-", "kode_indikator": "KAB-01", "indikator": "IPM"},
]


def query_of(**answers):
    texts = {read_sql("pipelines.explain", name): rows for name, rows in answers.items()}
    return lambda sql, parameters=None: pa.Table.from_pylist(texts[sql])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025", tahun_period(2025)),
        ("2025-S1", semester_period(2025, 1)),
        ("2025-tw2", triwulan_period(2025, 2)),
    ],
)
def test_a_period_is_read_as_the_contract_spells_it(text, period):
    assert parse_periode(text) == period


@pytest.mark.parametrize("text", ["2025-S3", "2025-TW5", "TW2", "25", "2025-"])
def test_anything_else_is_no_period(text):
    with pytest.raises(UsageError, match="2025-TW2"):
        parse_periode(text)


def test_without_any_figure_the_command_that_makes_them_is_named():
    with pytest.raises(UsageError, match=RUN):
        find_period(query_of(daftar_periode=[]), None, RUN)
    with pytest.raises(UsageError, match=RUN):
        latest_period(query_of(daftar_periode=[{"periode": "2024"}]), 2025, RUN)


def test_without_a_period_the_latest_and_broadest_is_taken():
    query = query_of(daftar_periode=[{"periode": p} for p in ("2025-TW4", "2025", "2025-S2", "2024")])
    assert find_period(query, None, RUN) == tahun_period(2025)
    query = query_of(daftar_periode=[{"periode": p} for p in ("2025-TW2", "2025-S1", "2025-TW3")])
    assert find_period(query, None, RUN) == triwulan_period(2025, 3)


def test_a_period_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(UsageError, match="2025-TW1"):
        find_period(query_of(daftar_periode=[{"periode": "2025-TW1"}]), "2025", RUN)


@pytest.mark.parametrize("asked", ["1.02", "DINKES", "dinas kesehatan"])
def test_an_skpd_is_known_by_code_short_name_and_name(asked):
    assert find_skpd(query_of(daftar_skpd=SKPD), 2025, asked) == ("1.02", "Dinas Kesehatan")


def test_a_near_name_is_told_and_never_taken():
    with pytest.raises(UsageError, match=r"1\.02 dinkes"):
        find_skpd(query_of(daftar_skpd=SKPD), 2025, "dinkez")
    with pytest.raises(UsageError, match=r"Yang ada: 1\.02, 7\.01"):
        find_skpd(query_of(daftar_skpd=SKPD), 2025, "zzz")


def test_an_indicator_is_looked_for_within_its_scope():
    query = query_of(daftar_indikator=INDICATORS)
    assert find_indicator(query, 2025, "skpd", "1.02", "umur harapan hidup") == "IK-01"
    assert find_indicator(query, 2025, "kabupaten", "-", "KAB-01") == "KAB-01"
    with pytest.raises(UsageError, match="IK-01"):
        find_indicator(query, 2025, "skpd", "1.02", "IK-02")


def test_a_name_two_indicators_share_must_be_asked_by_code():
    twice = [INDICATORS[0], INDICATORS[0] | {"kode_indikator": "IK-09"}]
    with pytest.raises(UsageError, match="IK-01 Umur harapan hidup; IK-09 Umur harapan hidup"):
        find_indicator(query_of(daftar_indikator=twice), 2025, "skpd", "1.02", "Umur harapan hidup")


def test_a_sasaran_is_known_by_number_and_text():
    rows = [{"nomor": 1, "sasaran": "Sehat"}, {"nomor": 2, "sasaran": "Pintar"}]
    assert find_sasaran(rows, "2") is rows[1]
    assert find_sasaran(rows, "sehat") is rows[0]


def test_a_budget_code_is_taken_whole():
    query = query_of(
        daftar_anggaran=[{"kode": "1.02.01", "uraian": "Program A"}, {"kode": "1.02.01.2.01", "uraian": ""}]
    )
    assert find_budget(query, tahun_period(2025), "1.02", "1.02.01") == "1.02.01"
    with pytest.raises(UsageError, match="tidak dikenal"):
        find_budget(query, tahun_period(2025), "1.02", "1.02.0")
