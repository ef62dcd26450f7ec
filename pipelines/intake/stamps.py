"""Days and times of day as people, and Excel in any language, write them: the day stands before the month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from schemas.headings import MONTH_WORDS, fold_text

_ENGLISH = (
    "january", "february", "march", "", "", "june", "july", "august aug", "", "october oct", "", "december dec"
)  # fmt: skip
_MONTH = {
    word: number
    for number, (words, english) in enumerate(zip(MONTH_WORDS, _ENGLISH, strict=True), 1)
    for word in (*words, *english.split())
}
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 — day 0 of Excel
_TIME = (
    r"(?:(?: |, ?|t)(?:pukul |jam )?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d)(?:[.,]\d{1,6})?)?"
    r" ?(?P<half>[ap]m)?(?: ?(?:wib|wita|wit))?)?"
)
_YEAR = r"(?P<year>\d{4}|\d\d)"
_WEEKDAY = r"(?:[a-z']{3,9},? )?"
_NUMERIC = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep){_YEAR}{_TIME}")
_FORMS = (
    _NUMERIC,
    re.compile(rf"(?P<year>\d{{4}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_TIME}"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[ /.-](?P<month>[a-z]{{3,9}})[ /.-]{_YEAR}{_TIME}"),
    re.compile(rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}}) (?P<day>\d{{1,2}}),? {_YEAR}{_TIME}"),
)
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,](?P<part>\d{1,12}))?")
"""A day as Excel counts it: what a cell shows that is not formatted as a date."""


def parse_stamp(text: str | None) -> datetime | None:
    """The moment a text names, local and to the second; None where it names none."""
    return next(_readings(fold_text(text)), None)


def parse_turned(text: str | None) -> datetime | None:
    """The moment it would name if the month stood before the day, as in the United States; None for other texts."""
    found = _NUMERIC.fullmatch(fold_text(text))
    return _moment({**found.groupdict(), "day": found["month"], "month": found["day"]}) if found else None


def _readings(text: str) -> Iterator[datetime]:
    if text[4:5] == "-" or len(text) == len("20250610"):  # it makes something of any row of digits
        with suppress(ValueError):
            yield datetime.fromisoformat(text.upper()).replace(tzinfo=None, microsecond=0)
    for form in _FORMS:
        if (found := form.fullmatch(text)) and (moment := _moment(found.groupdict())):
            yield moment
    if found := _SERIAL.fullmatch(text):
        part = float(f"0.{found['part'] or 0}")
        yield _EPOCH + timedelta(days=int(found["days"]), seconds=round(part * 86_400))


def _moment(parts: dict[str, str | None]) -> datetime | None:
    number: Callable[[str], int] = lambda name: int(parts[name] or 0)  # noqa: E731
    month, year, hour = str(parts["month"]), number("year"), number("hour")
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"] == "pm")
    with suppress(ValueError):
        return datetime(  # noqa: DTZ001 — local, as people wrote it
            year if year > 99 else 2000 + year,
            _MONTH.get(month) or int(month),
            number("day"), hour, number("minute"), number("second"),
        )  # fmt: skip
    return None
