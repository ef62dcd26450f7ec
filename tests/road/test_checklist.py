"""The checklist of the reviewers beside the marts of a whole year."""

from __future__ import annotations

import openpyxl

from pipelines.report.chapters.proofs import PROOFS, measures_of
from pipelines.settings import load_settings
from pipelines.steps import aggregate, references, validate
from pipelines.steps.report import read_facts
from tests.road.conftest import NOW, YEAR


def test_a_target_that_is_a_grade_is_the_same_in_the_agreement_and_in_the_report(few, copy_of):
    root = copy_of(few)
    kode = agree_on_a_grade(root)
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    validate.check_year(settings, YEAR)
    aggregate.build_marts(settings, YEAR)
    facts = read_facts(settings, YEAR)
    measures = measures_of(facts)
    (grade,) = (m for m in measures if m.kode_indikator == kode)
    assert (grade.target_teks, grade.target is not None) == ("BB", True), "its scale gives the grade a figure"
    proof = PROOFS["target_pk"](facts)
    assert (proof.holds, proof.figures) == (True, f"{len(measures)} dari {len(measures)} target indikator sama")
    assert not PROOFS["perbandingan"](facts).holds, "not all of them have a national standard"


def agree_on_a_grade(root):
    """Write the grade alone where the bupati's PK has a grade with its figure; the code of that indicator."""
    for path in sorted((root / f"data/raw/{YEAR}/acuan").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        if "PK Kabupaten" in book.sheetnames:
            rows = [c for row in book["PK Kabupaten"].iter_rows() for c in row if str(c.value).startswith("BB (")]
            for cell in rows:
                cell.value = "BB"
            book.save(path)
            return next(c.value for c in book["PK Kabupaten"][rows[0].row] if str(c.value).startswith("KAB-"))
    raise AssertionError("the sample has no PK of the kabupaten")
