"""A name makes one harmless part of a path, whatever is written; nothing else makes one."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.names import slug
from pipelines.steps.filing import Filing, Paper
from pipelines.stores.documents import Documents
from pipelines.stores.record import Record

ODD = [
    "../../etc",
    "..",
    "C:\\x",
    "/abs",
    "con",
    "NUL",
    "Com1",
    "a" * 300,
    "é" * 300,
    "",
    "  ",
    "\x00",
    "\udce9",
    "...",
]


@given(st.one_of(st.sampled_from(ODD), st.text(alphabet=st.characters(codec=None), max_size=400)))
def test_a_name_becomes_one_part_of_a_path_that_leads_nowhere(name):
    part = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part) and len(part.encode()) <= 60
    assert slug(part) == part, "what is a part already stays"
    assert not PureWindowsPath(part).is_reserved() and PurePosixPath(part).name == part


@pytest.mark.parametrize(
    ("one", "other"),
    [("É", "e"), (unicodedata.normalize("NFC", "Bèta"), unicodedata.normalize("NFD", "Bèta")), ("DINKES", "dinkes")],
)
def test_what_a_disk_may_take_for_one_name_is_one(one, other):
    assert slug(one) == slug(other)


def test_long_names_that_begin_alike_stay_two():
    assert slug("badan " * 40 + "a") != slug("badan " * 40 + "b")


@pytest.mark.parametrize("code", ["../../../luar", "/luar", "..\\..\\luar", "1.02/../../x"])
def test_a_code_of_nobody_does_not_climb_out_of_the_reports(tmp_path, code):
    filing = Filing(2025, Documents(tmp_path / "reports", Record(tmp_path / "catatan", ())), {}, [])
    for paper in Paper:
        assert (tmp_path / "reports") in filing.place(paper, code, 1, "x").resolve().parents
