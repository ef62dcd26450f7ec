"""The claim, measured: how much of what a perfect reader extracts from workbooks nobody here invented is read."""

import pytest
from rich.console import Console

from tests.lib.failing import judge_folder
from tests.lib.scoring import BOUNDS, calibrate, pool, score_folder
from tests.score import FAILING, SHARED, print_kinds, print_scores

LEAST = 0.98

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"buku kerja bersama tidak ada di {SHARED}")


@pytest.fixture(scope="module")
def scores():
    return score_folder(SHARED)


def test_nearly_every_expected_cell_is_right_in_all_and_per_kind_of_file(scores, capsys):
    with capsys.disabled():
        print_scores(scores, Console(width=160), details=5)
    assert len(scores) >= 17
    short = {kind: f"{right}/{total}" for kind, (right, total) in pool(scores).items() if right < LEAST * total}
    assert not short


def test_the_same_content_in_another_format_is_read_the_same(scores):
    by_stem = {}
    for score in scores:
        by_stem.setdefault(score.berkas.rsplit(".", 1)[0], []).append(score)
    twins = [group for group in by_stem.values() if len(group) > 1]
    assert len(twins) >= 2
    for group in twins:
        assert len({(s.right, tuple(s.wrong), tuple(s.extra_rows), tuple(sorted(s.extra_fields))) for s in group}) == 1


@pytest.mark.parametrize("fault", ["trouble", "taken", "silent", "hidden"])
def test_nothing_is_read_wrong_without_saying_so(scores, fault):
    """No file breaks the reader, no ignored row becomes data, no value is wrong without a finding at its cell."""
    assert not {score.berkas: getattr(score, fault) for score in scores if getattr(score, fault)}


ASKED_IN_VAIN = "1111-issued-workbook22.xlsx"
"""Wanted to be refused, for one reader did not find its workbook part; every reader finds it now, and reads it right."""


def test_small_inputs_of_every_kind_are_read_right_and_certainty_means_something(scores, capsys):
    if not FAILING.is_dir():
        pytest.skip(f"masukan kecil tidak ada di {FAILING}")
    judged = judge_folder(FAILING)
    with capsys.disabled():
        print_kinds(judged, Console(width=160))
    assert len(judged) >= 47
    assert {case.berkas for case in judged if not case.is_right} <= {ASKED_IN_VAIN}
    pairs = [pair for thing in (*scores, *judged) if thing.berkas != ASKED_IN_VAIN for pair in thing.certainty]
    wrong, total = calibrate(pairs)[BOUNDS[-1]]
    assert (wrong, total > 4000) == (0, True)
