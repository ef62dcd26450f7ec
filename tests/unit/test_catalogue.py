"""The catalogue of findings: the guide shows what the program says, and every code is used and belongs somewhere."""

import re

from pipelines.validate.checks import check_codes
from schemas.finding import catalogue
from schemas.vocabulary import Ditanya, Tingkat
from tests.catalogue import PAGE, families, render, with_catalogue


def test_the_guide_shows_the_catalogue_the_program_uses():
    page = PAGE.read_text("utf-8")
    assert page == with_catalogue(page), "docs/panduan.md is behind: run `python -m tests.catalogue`"


def test_every_code_has_its_line_and_its_family():
    page = render()
    lines = re.findall(
        r"^\| ([A-Z]+-\d{3}) \| (?:Kesalahan|Peringatan(?:, ditanyakan)?|Catatan) \| \S.* \| \S.* \|.*\|$", page, re.M
    )
    assert lines == sorted(catalogue(), key=lambda code: (list(families()).index(code.split("-")[0]), code))


def test_every_check_has_its_text_and_the_severity_its_query_names():
    from importlib.resources import files

    for code in check_codes():
        name = f"check_{code.lower().replace('-', '_')}.sql"
        first = files("pipelines.validate").joinpath(f"sql/{name}").read_text("utf-8").splitlines()[0]
        assert first.startswith(f"-- code: {code} ({catalogue()[code].tingkat}"), name


def test_only_a_warning_asks_for_an_error_goes_back_anyway_and_a_note_is_to_be_known():
    asked = {code: entry for code, entry in catalogue().items() if entry.ditanyakan}
    assert {entry.tingkat for entry in asked.values()} == {Tingkat.WARNING}
    assert {code for code, entry in asked.items() if entry.ditanyakan is Ditanya.NILAI} == {
        "BCA-044",
        "BCA-054",
        "CAP-003",
        "RWT-002",
    }


def test_a_warning_that_asks_says_what_the_skpd_is_to_do():
    nothing = {code for code, e in catalogue().items() if e.ditanyakan and e.saran.startswith("Tidak perlu tindakan")}
    assert not nothing


def test_what_only_the_office_can_do_is_never_given_to_the_skpd():
    """A workbook goes back with what its SKPD is to act on: it has neither the references nor the questions."""
    of_office = ("usulan-padanan.xlsx", "tambahkan ke acuan", "angka SKPD tidak perlu diubah")
    warned = {code: e for code, e in catalogue().items() if e.tingkat is not Tingkat.ERROR}
    assert not {code for code, e in warned.items() if not e.kantor and any(said in e.saran for said in of_office)}
    assert not {code for code, e in catalogue().items() if e.kantor and e.ditanyakan}
    assert {"REG-007", "REG-024", "REG-052"} <= {code for code, e in catalogue().items() if e.kantor}
    assert not catalogue()["KOR-008"].kantor, "it asks for the figure to be mended in the next workbook"
