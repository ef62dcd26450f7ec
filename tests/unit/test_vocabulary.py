"""The closed word lists: every word has its own printed one, and what counts is the same in code and in SQL."""

import ast
import re
from pathlib import Path

from schemas import vocabulary
from schemas.vocabulary import COUNTING, LABELS, StatusPengajuan

ROOT = Path(__file__).parents[2]


def test_no_two_lists_share_a_word_that_is_printed():
    """Words of two lists that are spelled alike are one key: the one labelled last would name both."""
    (written,) = (
        node.value
        for node in ast.parse(Path(vocabulary.__file__).read_text("utf-8")).body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "LABELS"
    )
    assert len(written.keys) == len(LABELS)


def test_sql_leaves_out_all_that_does_not_count_or_nothing():
    left_out = {str(s) for s in StatusPengajuan} - COUNTING
    for path in sorted((ROOT / "pipelines").rglob("*.sql")):
        for group in re.findall(r"status (?:not )?in \(([^)]*)\)", path.read_text("utf-8")):
            named = set(re.findall(r"'(\w+)'", group))
            assert named in (left_out, {"menunggu", "ditarik"}) or not named & left_out, path.name
