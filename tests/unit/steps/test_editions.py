"""Editions: of a year the one written last is the last, whatever the clock of the computer said."""

import json
from dataclasses import asdict
from datetime import datetime

import pytest

from pipelines.settings import Pemda, Settings
from pipelines.steps import editions, places
from pipelines.steps.editions import Edition, differing_marts, editions_until, state_id

FIRST, BACK, LAST = datetime(2026, 1, 15), datetime(2025, 12, 1), datetime(2026, 2, 1)


@pytest.fixture
def settings(tmp_path):
    return Settings(root=tmp_path, pemda=Pemda(kode="63.11", nama="-", ibu_kota="-", provinsi="-"))


def publish(settings, nomor, terbit, mart, tahun=2025):
    page = Edition(tahun, nomor, terbit, 1, "p", "a", {}, nomor, (), {}, {"pk": mart})
    folder = places.editions(settings, tahun)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{nomor:04}.json").write_text(json.dumps(asdict(page), default=str), "utf-8")
    return page


def test_what_was_published_by_a_clock_set_back_is_the_last(settings):
    assert state_id(settings) == ""
    publish(settings, 1, FIRST, "satu")
    before = state_id(settings)
    second = publish(settings, 2, BACK, "dua")
    assert state_id(settings) != before, "documents of before may be outdated"
    assert editions_until(settings, LAST) == editions_until(settings, BACK) == [second]
    other = publish(settings, 1, datetime(2025, 3, 1), "dua", tahun=2024)
    assert editions_until(settings, LAST) == [other, second], "the years in order of publication"


def test_the_marts_are_held_against_the_edition_written_last(settings, monkeypatch):
    for shape in ("_parquet", "_database"):
        monkeypatch.setattr(editions, shape, lambda _: {"pk": "dua"})
    publish(settings, 1, FIRST, "satu")
    assert differing_marts(settings) == {"parquet": ["pk"], places.WAREHOUSE: ["pk"]}
    publish(settings, 2, BACK, "dua")
    assert differing_marts(settings) == {}
