"""Which period a run is for: taken from the time it was scheduled for, never from the clock."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from zoneinfo import ZoneInfo

from pipelines.errors import UsageError
from schemas.period import CALL_MONTHS, Periode, tahun_period, triwulan_period

ZONE = ZoneInfo("Asia/Makassar")
"""The schedules of `prefect.yaml` are told in this zone (WITA, without summer time)."""


def quarter_called(scheduled: datetime, zone: ZoneInfo = ZONE) -> Periode:
    """The quarter whose call month is the latest at or before the scheduled time."""
    local = scheduled.astimezone(zone)
    triwulan = bisect_right(CALL_MONTHS, local.month)
    return triwulan_period(local.year, triwulan) if triwulan else triwulan_period(local.year - 1, 4)


def year_reported(scheduled: datetime, zone: ZoneInfo = ZONE) -> Periode:
    """The year an LKjIP begun at the scheduled time is about: the last one that has ended."""
    return tahun_period(scheduled.astimezone(zone).year - 1)


def quarter_for(
    scheduled: datetime, tahun: int | None = None, triwulan: int | None = None, zone: ZoneInfo = ZONE
) -> Periode:
    """The quarter a run works on; what was asked for wins over what the schedule says."""
    called = quarter_called(scheduled, zone)
    if triwulan is not None and triwulan not in (1, 2, 3, 4):
        raise UsageError(f"Triwulan {triwulan} tidak ada; pilih 1, 2, 3 atau 4.")
    if tahun is not None:
        return triwulan_period(tahun, triwulan or _last_called(tahun, called))
    if triwulan is None:
        return called
    return triwulan_period(called.tahun - (triwulan > called.nomor), triwulan)


def year_for(scheduled: datetime, tahun: int | None = None, zone: ZoneInfo = ZONE) -> Periode:
    """The year a run works on; a year asked for wins."""
    return year_reported(scheduled, zone) if tahun is None else tahun_period(tahun)


def _last_called(tahun: int, called: Periode) -> int:
    if tahun > called.tahun:
        raise UsageError(f"Belum ada triwulan tahun {tahun} yang dipanggil; sebutkan triwulannya.")
    return called.nomor if tahun == called.tahun else 4
