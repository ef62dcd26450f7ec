"""The claim, measured: how much of what a perfect reader extracts from workbooks nobody here invented is read."""

import pytest
from rich.console import Console

from tests.lib.scoring import pool, score_folder
from tests.score import SHARED, print_scores

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
