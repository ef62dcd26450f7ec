"""The catalogue of findings: the guide shows what the program says, and every code is used and belongs somewhere."""

import re

from pipelines.validate.checks import check_codes
from schemas.finding import catalogue
from tests.catalogue import PAGE, families, render, with_catalogue


def test_the_guide_shows_the_catalogue_the_program_uses():
    page = PAGE.read_text("utf-8")
    assert page == with_catalogue(page), "docs/panduan.md is behind: run `python -m tests.catalogue`"


def test_every_code_has_its_line_and_its_family():
    page = render()
    lines = re.findall(r"^\| ([A-Z]+-\d{3}) \| (?:Kesalahan|Peringatan|Catatan) \| \S.* \| \S.* \|.*\|$", page, re.M)
    assert lines == sorted(catalogue(), key=lambda code: (list(families()).index(code.split("-")[0]), code))


def test_every_check_has_its_text_and_the_severity_its_query_names():
    from importlib.resources import files

    for code in check_codes():
        name = f"check_{code.lower().replace('-', '_')}.sql"
        first = files("pipelines.validate").joinpath(f"sql/{name}").read_text("utf-8").splitlines()[0]
        assert first.startswith(f"-- code: {code} ({catalogue()[code].tingkat}"), name
