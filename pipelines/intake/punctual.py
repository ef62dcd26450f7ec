"""Whether data came in time: measured by what was sent first, where what counts now answers a letter of the office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from schemas.finding import Finding, Place, make_finding
from schemas.period import CALL_MONTHS, triwulan_period
from schemas.submission import Submission, is_final, split_isi


@dataclass(frozen=True)
class Returns:
    """When things came and went back, as places in the journal: a day that is written may be of long before.

    `returned` holds SKPD, quarter and sha256 of what went back, to be mended or to be explained, `received` the sha256
    and path of what came, each with the place of its first entry.
    """

    returned: Mapping[tuple[str, int, str], int] = field(default_factory=dict)
    received: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def came_before(self, v: Submission, s: Submission) -> bool:
        """Whether `v` had gone back when `s` was registered; what the journal does not know yet comes last."""
        back = self.returned.get((v.kode_skpd, v.triwulan, v.sha256))
        return back is not None and back < self.received.get((s.sha256, s.berkas), back + 1)


NO_RETURNS = Returns()


@dataclass(frozen=True)
class Deadline:
    """When the call goes out (day of the call month) and how many days an SKPD has to answer.

    Data are called for before the quarter has ended; final ones have `final_days` from its end.
    """

    call_day: int
    days: int
    final_days: int

    def of(self, tahun: int, triwulan: int, status_data: str | None = None) -> date:
        """The last day data of this Status Data (Sementara, where it says nothing) are in time."""
        if is_final(status_data):
            return triwulan_period(tahun, triwulan).last_date + timedelta(days=self.final_days)
        return self.asked_on(tahun, triwulan) + timedelta(days=self.days)

    def asked_on(self, tahun: int, triwulan: int) -> date:
        """The day the call for the quarter goes out."""
        return date(tahun, CALL_MONTHS[triwulan - 1], self.call_day)


@dataclass(frozen=True)
class Arrival:
    """By which submission one is in time or late, its deadline, and whether that one went back and this answers it."""

    first: Submission
    due: date
    resent: bool = False

    @property
    def days_late(self) -> int:
        """Days after the deadline; 0 in time."""
        return max((self.first.diterima_pada.date() - self.due).days, 0)


def judge_arrival(s: Submission, submissions: Iterable[Submission], returned: Returns, deadline: Deadline) -> Arrival:
    """How a submission came; `submissions` are those of the year, the versions of each SKPD and quarter in their order.

    What is sent again because the office asked for it is not late: the letter gives it days of its own, from a date
    that is written by hand. The SKPD was in time, or late, with what it sent first.
    """
    own = Arrival(s, deadline.of(s.tahun, s.triwulan, s.status_data))
    answered = _answered(s, submissions, returned) if own.days_late else None
    if answered is None:
        return own
    return replace(judge_arrival(answered, submissions, returned, deadline), resent=True)


def _answered(s: Submission, submissions: Iterable[Submission], returned: Returns) -> Submission | None:
    """The last version before it, on any matter it reports on too, that had gone back when it was registered."""
    found = None
    for v in (v for v in submissions if (v.kode_skpd, v.triwulan) == (s.kode_skpd, s.triwulan)):
        if v.pengajuan_id == s.pengajuan_id:
            return found
        if returned.came_before(v, s) and set(split_isi(v.isi)) & set(split_isi(s.isi)):
            found = v
    return found


def check_arrival(place: Place, arrival: Arrival) -> Iterator[Finding]:
    """That a submission is late, or the one it answers was."""
    if arrival.days_late:
        first, tanggal = arrival.first, f"{arrival.first.diterima_pada:%d-%m-%Y}"
        words = {
            "tanggal": tanggal,
            "hari": arrival.days_late,
            "data": "final" if is_final(first.status_data) else "sementara",
            "batas": f"{arrival.due:%d-%m-%Y}",
            "versi": first.versi,
        }
        yield make_finding("REG-052" if arrival.resent else "REG-007", place, tanggal, **words)
