"""An answer to a value out of range is the help of its option, so that names the range."""

import re
from pathlib import Path

import pytest

import pipelines.cli

SOURCES = "\n".join(path.read_text("utf-8") for path in Path(pipelines.cli.__file__).parent.glob("*.py"))
RANGED = re.findall(r'"(--[a-z-]+)", min=(\d+), max=(\d+), help="([^"]*)"', SOURCES)


@pytest.mark.parametrize(("option", "lowest", "highest", "told"), RANGED)
def test_the_help_of_a_range_names_both_ends(option, lowest, highest, told):
    assert {lowest, highest} <= set(re.findall(r"\d+", told)), option


def test_every_range_was_found():
    assert len(RANGED) == SOURCES.count("min=")
