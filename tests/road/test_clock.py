"""The computer's clock set back between two runs: the correction sent since counts all the same, and the run says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pipelines.settings import load_settings
from pipelines.steps import journal, runs, status
from pipelines.steps.versions import version_before
from tests.road.conftest import NOW, YEAR
from tests.road.test_inbox import one, put, register, room, sample, submissions, told  # noqa: F401 two are fixtures

BACK = datetime(2025, 2, 1, 8)
"""Where the clock stands when the correction is registered: before anything was received."""
COPY = "koreksi.xlsx"


def correct(root):
    """A workbook of an SKPD once more, another content: registered by the clock that was set back."""
    source = one(root)
    put(root, COPY, source.read_bytes() + b"\0")
    return source.name


@pytest.fixture
def corrected(room):  # noqa: F811
    """The first run, by a clock that is right, and the run that registers a correction by one set back."""
    journal.note_received(register(room), YEAR, NOW)
    name = correct(room)
    journal.note_received(register(room, moment=BACK), YEAR, BACK)
    return room, name


def test_a_correction_registered_by_a_clock_set_back_counts(corrected):
    root, name = corrected
    mine = submissions(root)
    new, old = mine[f"tw1/{COPY}"], mine[f"tw1/{name}"]
    assert (new.versi, new.counts, old.status) == (old.versi + 1, True, "digantikan")
    assert new.diterima_pada == BACK < old.diterima_pada
    assert version_before(new, [*mine.values()]) == old and version_before(old, [*mine.values()]) is None
    settings = load_settings(root)
    (row,) = (r for r in status.list_status(settings, YEAR, 1) if r.kode_skpd == new.kode_skpd)
    assert (row.versi, row.diterima, row.berkas) == (new.versi, BACK.date(), new.berkas)
    listed = [v.versi for v in status.list_versions(settings, YEAR, 1) if v.kode_skpd == new.kode_skpd]
    assert listed == [1, 2]


def test_it_is_told_once_until_the_book_of_receipts_dates_it(corrected):
    root, _ = corrected
    assert told(root, "REG-047") == [("REG-047", f"tw1/{COPY}")]
    settings = load_settings(root)
    before = runs.fingerprint(settings, YEAR, 1)
    later = NOW + timedelta(days=1)
    journal.note_received(register(root, moment=later), YEAR, later)
    assert runs.fingerprint(settings, YEAR, 1) == before, "a run on the same inputs has nothing to do"
    assert told(root, "REG-047") == [("REG-047", f"tw1/{COPY}")]
    book = root / f"data/raw/{YEAR}/tw1/penerimaan.csv"
    book.write_text(book.read_text("utf-8") + f"{COPY};{NOW:%Y-%m-%d %H:%M};\n", "utf-8")
    register(root, moment=later)
    assert told(root, "REG-047") == []
