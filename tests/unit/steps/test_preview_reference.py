"""A reference workbook of the office that is checked alone: its ledger of corrections is checked too."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from pipelines.steps.preview import choices_of
from pipelines.steps.preview_reference import check_reference
from schemas.layout import load_layout

LABELS = [field.label for field in load_layout("acuan").sheet("Koreksi").fields]
GOOD = ("1.02", "IV", "Realisasi", "IK-1", "Realisasi TW", 20, 23, "Salah ketik", "BA", date(2026, 1, 12), "Analis")


def ledger(*rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Koreksi"
    for row in (LABELS, *rows):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"Alasan": None}, [("KOR-001", "A2")]),
        ({"Kolom": "Realisasi"}, [("KOR-002", "E2")]),
        ({"Triwulan": "V"}, [("KOR-002", "B2")]),
        ({"Lembar": "Lampiran"}, [("KOR-002", "C2")]),
    ],
)
def test_a_row_of_the_ledger_at_fault_is_told_before_a_run(tmp_path, changes, told):
    row = [changes.get(label, value) for label, value in zip(LABELS, GOOD, strict=True)]
    found = check_reference(choices_of(tmp_path), tmp_path / "koreksi.xlsx", ledger(row)) or []
    assert [(f.kode, f.sel) for f in found if f.kode.startswith("KOR")] == told
