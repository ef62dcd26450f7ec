"""Where an SKPD stands: every workbook that went back is counted once, beside the version it led to."""

from datetime import datetime

import pytest

from pipelines.steps.standing import _count_returns
from schemas.submission import Submission
from schemas.vocabulary import StatusPengajuan


def sent(*standing):
    return [
        Submission(
            f"a-2025-tw2-v{n}", "1.02", 2025, 2, n, f"{n}.xlsx", f"{n}", datetime(2025, 6, n), StatusPengajuan(s)
        )
        for n, s in enumerate(standing, 1)
    ]


@pytest.mark.parametrize(
    ("standing", "returned", "expected"),
    [
        (("dikembalikan",), {"v1"}, {1: 1}),
        (("digantikan", "disahkan"), {"v1"}, {2: 1}),
        (("disahkan", "menunggu"), {"v2"}, {1: 0, 2: 1}),
        (("digantikan", "disahkan", "digantikan", "menunggu"), {"v1", "v3"}, {2: 1, 4: 1}),
        (("disahkan", "ditarik"), {"v2"}, {1: 1}),
        (("ditarik",), {"v1"}, {}),
    ],
)
def test_a_return_is_counted_once_beside_what_it_led_to(standing, returned, expected):
    counts = _count_returns(sent(*standing), {("1.02", 2): returned})
    assert counts == {f"a-2025-tw2-v{n}": count for n, count in expected.items()}
