"""A receipt: what it says of the moment something came."""

from datetime import datetime

import pytest

from pipelines.report.chapters.receipt import _tell_moment


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2025, 6, 10), "10 Juni 2025"),
        (datetime(2025, 6, 10, 8, 5), "10 Juni 2025 pukul 08.05"),
        (datetime(2025, 6, 10, 0, 0, 1), "10 Juni 2025 pukul 00.00"),
    ],
)
def test_a_time_is_told_only_where_one_is_known(moment, told):
    assert _tell_moment(moment) == told
