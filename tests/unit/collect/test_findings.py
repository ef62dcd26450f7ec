"""The list of findings says of each whom it is about, and whose it is to act on."""

from io import BytesIO

import openpyxl

from pipelines.collect.findings import write_findings
from schemas.finding import Place, make_finding
from schemas.period import triwulan_period

DINKES = "1.02.0.00.0.00.01.0000"


def rows_of(*findings):
    content = write_findings(triwulan_period(2025, 2), findings, {DINKES: "Dinas Kesehatan"})
    heads, *rows = list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))[2:]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_whose_a_finding_is_and_whom_it_is_about():
    place = Place(2025, 2, DINKES)
    asked = make_finding("CAP-020", place, lembar="PK")
    listed = make_finding("KOR-003", place, "IK-1", kode_baris="IK-1", lembar_koreksi="PK")
    stranger = make_finding("KOR-001", Place(2025, 2), kurang="Alasan", baris=4)
    found = [(r["SKPD"], r["Ditangani oleh"]) for r in rows_of(asked, listed, stranger)]
    assert found == [
        ("Dinas Kesehatan", "Dinas Kesehatan"),
        ("Dinas Kesehatan", "Bagian Organisasi"),
        (None, "Bagian Organisasi"),
    ]
