"""Which period a run is for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.errors import UsageError
from pipelines.flows.jadwal import ZONE, quarter_called, quarter_for, year_for, year_reported


def wita(*parts: int) -> datetime:
    """A moment told on a clock in Makassar."""
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("scheduled", "period"),
    [
        (wita(2025, 3, 3, 6), "2025-TW1"),
        (wita(2025, 6, 30, 23, 59), "2025-TW2"),
        (wita(2025, 9, 1), "2025-TW3"),
        (wita(2025, 12, 31, 23, 59), "2025-TW4"),
    ],
)
def test_call_month_names_the_quarter(scheduled: datetime, period: str) -> None:
    assert str(quarter_called(scheduled)) == period


@pytest.mark.parametrize(
    ("now", "period"),
    [
        (wita(2025, 2, 28, 23, 59), "2024-TW4"),
        (wita(2025, 1, 1), "2024-TW4"),
        (wita(2025, 5, 31), "2025-TW1"),
        (wita(2025, 8, 15), "2025-TW2"),
        (wita(2025, 11, 30), "2025-TW3"),
    ],
)
def test_started_by_hand_takes_the_quarter_called_last(now: datetime, period: str) -> None:
    assert str(quarter_for(now)) == period


def test_the_border_is_midnight_in_makassar_not_in_utc() -> None:
    before = datetime(2025, 2, 28, 15, 59, tzinfo=UTC)
    assert str(quarter_called(before)) == "2024-TW4"
    assert str(quarter_called(before + timedelta(minutes=1))) == "2025-TW1"


def test_makassar_has_no_summer_time() -> None:
    assert {wita(2025, month, 1).utcoffset() for month in range(1, 13)} == {timedelta(hours=8)}


def test_late_by_a_quarter_keeps_its_own_quarter() -> None:
    scheduled, started = wita(2025, 3, 31, 6), wita(2025, 7, 2, 9)
    assert str(quarter_for(scheduled)) == "2025-TW1"
    assert str(quarter_for(started)) == "2025-TW2"


def test_missed_runs_are_one_period_each_whatever_their_order() -> None:
    missed = [wita(2025, 9, 1, 6), wita(2025, 3, 3, 6), wita(2025, 6, 2, 6), wita(2025, 6, 9, 6)]
    assert [str(quarter_for(time)) for time in missed] == ["2025-TW3", "2025-TW1", "2025-TW2", "2025-TW2"]


def test_what_is_asked_for_wins() -> None:
    scheduled = wita(2025, 6, 2, 6)
    assert str(quarter_for(scheduled, 2023, 4)) == "2023-TW4"
    assert str(quarter_for(scheduled, triwulan=2)) == "2025-TW2"
    assert str(quarter_for(scheduled, triwulan=3)) == "2024-TW3", "TW III 2025 has not been called yet"
    assert str(quarter_for(scheduled, tahun=2025)) == "2025-TW2"
    assert str(quarter_for(scheduled, tahun=2024)) == "2024-TW4"


@pytest.mark.parametrize("asked", [{"triwulan": 5}, {"triwulan": 0}, {"tahun": 2026}])
def test_what_cannot_be_is_refused(asked: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        quarter_for(wita(2025, 6, 2, 6), **asked)


@pytest.mark.parametrize("scheduled", [wita(2026, 1, 1), wita(2026, 2, 28, 23), datetime(2025, 12, 31, 16, tzinfo=UTC)])
def test_lkjip_is_about_the_year_before(scheduled: datetime) -> None:
    assert str(year_reported(scheduled)) == "2025"
    assert str(year_for(scheduled, 2023)) == "2023"
