"""The workbook of a reconciliation as Excel will see it."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl

from pipelines.collect.reconciliation import write_reconciliation
from schemas.period import triwulan_period
from schemas.reconciliation import Compared
from schemas.vocabulary import Besaran, Pihak, Selisih


def test_targets_that_differ_are_seen_to_differ():
    """0,795 beside 0,80 is a difference of 0,005, and not 0,01 of 0,80."""
    ours, theirs = Decimal("0.795"), Decimal("0.8")
    row = Compared(
        "1.02", 2025, 1, "IK-01", "Rasio", Besaran.TARGET, Pihak.RENCANA, ours, theirs, ours - theirs,
        Selisih.BELUM_TERJELASKAN, None,
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(write_reconciliation(triwulan_period(2025, 1), "Dinas", [row])))
    for sheet, columns in (("Target", "DEF"), ("Rincian Selisih", "EGI")):
        assert {book[sheet][f"{column}6"].number_format for column in columns} == {"#,##0.00##"}
