"""A rank of a semester says beside it which quarters are in, where they are not all."""

from dataclasses import replace

import pytest

from pipelines.report import chapters
from pipelines.report.render import render
from schemas.period import semester_period, triwulan_period
from tests.lib.docx_text import project
from tests.lib.marts_sample import LARGE, TAHUN

FIRST, SECOND, HALF = (
    str(p) for p in (triwulan_period(TAHUN, 1), triwulan_period(TAHUN, 2), semester_period(TAHUN, 1))
)
NAME = "Keluarga Berencana"


def ranked(facts, **measured):
    """The row of the large SKPD in the recap of the first semester, with so many indicators measured of those asked."""
    up = facts.units[LARGE, HALF]
    parts = {
        (LARGE, period): replace(up, periode=period, indikator_terukur=there, indikator_total=asked)
        for period, (there, asked) in zip((FIRST, SECOND), measured.values(), strict=True)
    }
    shown = project(
        render(chapters.compose_recap(replace(facts, units={**facts.units, **parts}), semester_period(TAHUN, 1)))
    )
    return next(line for line in shown.splitlines() if f"{NAME} | 60 dari 60" in line)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((60, 60), (60, 60), "60 dari 60 |"),
        ((60, 60), (0, 60), "60 dari 60 / (TW I saja) |"),
        ((0, 60), (60, 60), "60 dari 60 / (TW II saja) |"),
        ((60, 60), (58, 60), "60 dari 60 / (TW I dan TW II: 58 dari 60) |"),
        ((0, 60), (58, 60), "60 dari 60 / (TW II: 58 dari 60 saja) |"),
        ((0, 0), (60, 60), "60 dari 60 |"),
    ],
)
def test_the_quarters_that_are_in(facts, first, second, said):
    assert f"{NAME} | {said}" in ranked(facts, first=first, second=second)


def test_a_quarter_alone_says_nothing_of_quarters(facts):
    shown = project(render(chapters.compose_recap(facts, triwulan_period(TAHUN, 1))))
    assert "saja)" not in shown and "Dalam kurung" not in shown
