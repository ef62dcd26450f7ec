"""Days and times as people and Excel write them."""

from datetime import datetime

import pytest

from pipelines.intake.stamps import parse_stamp, parse_turned

DAY, MORNING, EVENING = datetime(2025, 6, 10), datetime(2025, 6, 10, 8, 30), datetime(2025, 6, 10, 20, 30, 5)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, DAY) for text in ("2025-06-10", "2025/06/10", "2025.6.10", "20250610", "10/06/2025", "10-6-2025")),
        *((text, DAY) for text in ("10.06.2025", "10/06/25", "10 Juni 2025", "10-Jun-25", "Selasa, 10 Juni 2025")),
        *((text, DAY) for text in ("Tuesday, June 10, 2025", "45818", "2025-06-10T00:00:00", " 10/06/2025 ")),
        *(
            (text, MORNING)
            for text in ("2025-06-10 08:30", "10/06/2025 8:30", "10/06/2025 08.30", "10-06-2025 08:30:00")
        ),
        *(
            (text, MORNING)
            for text in ("10/06/2025 8:30 AM", "10/06/2025 8:30\u202fAM", "10 Juni 2025 pukul 08.30 WIB")
        ),
        *((text, MORNING) for text in ("2025-06-10T08:30:00.123", "45818,3541666667", "45818.3541666667")),
        *((text, EVENING) for text in ("10/06/2025 20:30:05", "10/06/2025 8:30:05 PM", "2025-06-10 20:30:05+07:00")),
        *((text, None) for text in ("06/25/2025", "31/02/2025", "2025", "10/06", "lusa", "", None, "10/06/2025 25:00")),
        *((text, None) for text in ("10/06-2025", "10 Foo 2025", "4581", "#" * 8, "1" * 40_000)),
        ("9 May 2025", datetime(2025, 5, 9)),
        ("1 Agustus 2025", datetime(2025, 8, 1)),
        ("12:00 AM", None),
        ("10/06/2025 12:00 AM", DAY),
    ],
)
def test_a_day_is_read_in_every_spelling_and_the_day_goes_first(text, meant):
    assert parse_stamp(text) == meant


def test_what_it_would_be_with_the_month_first():
    assert parse_turned("06/10/2025 08.30") == MORNING
    assert parse_turned("25/06/2025") is None and parse_turned("2025-06-10") is None
