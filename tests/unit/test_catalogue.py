"""The catalogue of findings: the guide shows what the program says, and every code is used and belongs somewhere."""

import re
from dataclasses import replace
from io import BytesIO

import openpyxl

from pipelines.collect.mending import Mending, compose_notes, write_mending
from pipelines.report.chapters.returning import _table
from pipelines.validate.checks import check_codes
from schemas.finding import SILENT, Place, advise_skpd, catalogue, is_for_office, make_finding
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
        "CAP-029",
        "COC-013",
        "COC-015",
        "RWT-002",
    }


def test_a_warning_that_asks_says_what_the_skpd_is_to_do():
    nothing = {code for code, e in catalogue().items() if e.ditanyakan and e.saran.startswith("Tidak perlu tindakan")}
    assert not nothing


_OFFICE_WORDS = re.compile(
    r"\bcapaian (baca|tarik|buka|sahkan|jalankan|periksa|status)|--|jalankan|[Aa]cuan\b|[Pp]adanan\.xlsx|lembar Padanan"
    r"|kotak masuk|tata letak|register SKPD|\b(minta|tanyakan kepada) SKPD",
    re.IGNORECASE,
)
"""Commands, references and papers of the office, and what the office is to ask of the SKPD."""


def test_no_advice_in_what_goes_to_an_skpd_tells_it_to_do_what_only_the_office_can():
    found = [make_finding(code, Place(2025, 1, "1.02"), "x", **_ANY) for code in catalogue() if _reaches_skpd(code)]
    assert len(found) > 100
    told = {f.kode: advise_skpd(f.kode, f.saran) for f in found}
    assert not {kode: saran for kode, saran in told.items() if _OFFICE_WORDS.search(saran)}
    assert not {code for code, e in catalogue().items() if e.kantor and e.saran_skpd}, "nobody would read it"
    (tied,) = (f for f in found if f.kode == "COC-001")
    mending = Mending("Dinkes", 2025, 3, "f.xlsx", (replace(tied, lembar="Rekap", sel="C4"),))
    (note,) = compose_notes(mending)
    sheet = openpyxl.load_workbook(BytesIO(write_mending(mending))).active
    told = (note.text, " ".join(str(c.value) for row in sheet for c in row), _letter_table(tied))
    assert all("persis seperti pada PK" in text and not _OFFICE_WORDS.search(text) for text in told)
    assert "usulan-padanan.xlsx" in tied.saran, "the office reads its own"


def _letter_table(found):
    return " ".join(map(str, _table([found], "Kesalahan", ("Kesalahan", "Perbaikan")).rows[0].cells))


def _reaches_skpd(code):
    return not is_for_office(code) and code not in SILENT


_ANY = {
    name: name
    for e in catalogue().values()
    for name in re.findall(r"{(\w+)}", e.pesan + e.saran)
    if name not in {"nilai", "sel", "lembar"}
}


def test_what_only_the_office_can_do_is_never_given_to_the_skpd():
    """A workbook goes back with what its SKPD is to act on: it has neither the references nor the questions."""
    of_office = ("usulan-padanan.xlsx", "tambahkan ke acuan", "angka SKPD tidak perlu diubah")
    warned = {code: e for code, e in catalogue().items() if e.tingkat is not Tingkat.ERROR}
    assert not {code for code, e in warned.items() if not e.kantor and any(said in e.saran for said in of_office)}
    assert not {code for code, e in catalogue().items() if e.kantor and e.ditanyakan}
    assert {"REG-004", "REG-007", "REG-024", "REG-052"} <= {code for code, e in catalogue().items() if e.kantor}
    assert not catalogue()["KOR-008"].kantor, "it asks for the figure to be mended in the next workbook"
