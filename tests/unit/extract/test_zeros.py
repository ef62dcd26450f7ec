"""A zero that a spreadsheet put where nothing stands is none, or is asked."""

from __future__ import annotations

import pytest

from pipelines.extract.zeros import settle_zeros
from schemas.workbook import Cell, Grid, Unsure

KEPT, GONE, ASKED = "kept", "gone", "asked"
OTHER = Grid("Isian TW", [[None, 5, 0], ["x", None, 7]])


def judged(formula: str, *more: Cell) -> str:
    """What becomes of a zero in A1 that this formula gives; B1 and so on hold `more`."""
    grid = Grid("A", [[0.0, *more], [None, "x"]], formulas={"A1": formula})
    settled = settle_zeros({"A": grid, "Isian TW": OTHER})["A"]
    if settled.value(1, 1) is None:
        assert "A1" not in settled.formulas
        return GONE
    doubt = settled.doubts.get("A1")
    return KEPT if doubt is None else {Unsure.BORROWED_ZERO: ASKED, Unsure.UNREAD_ZERO: ASKED}[doubt.unsure]


@pytest.mark.parametrize(
    ("formula", "becomes"),
    [
        ("='Isian TW'!A1", GONE),
        ("=+'Isian TW'!$A$1", GONE),
        ("='Isian TW'!Z99", GONE),
        ("=C1", GONE),
        ("=A2", ASKED),
        ("='Isian TW'!C1", KEPT),
        ("='Lain'!A1", KEPT),
        ("='[buku.xlsx]Isian TW'!A1", KEPT),
        ("=SUM('Isian TW'!A3:C9)", ASKED),
        ("=SUM(C1:F1)", ASKED),
        ("=C1-D1", ASKED),
        ("=SUM('Isian TW'!A1:C2)", KEPT),
        ("=COUNTA(C1:F1)", KEPT),
        ("=IF('Isian TW'!B1>0,'Isian TW'!A1,\"\")", ASKED),
        ("=IF('Isian TW'!B1>0,'Isian TW'!C1,'Isian TW'!A1)", KEPT),
        ("=IF('Isian TW'!A1=\"\",0,'Isian TW'!A1)", ASKED),
        ("=IF(B1>9,C1,0)", KEPT),
        ("=VLOOKUP(B1,'Isian TW'!A1:B2,2,FALSE)", ASKED),
        ("=VLOOKUP(B1,'Isian TW'!A1:B2,2,0)", ASKED),
        ("=VLOOKUP(B1,'Isian TW'!A1:C2,3,0)", KEPT),
        ("=0", KEPT),
        ("=", ASKED),
    ],
)
def test_a_zero_of_a_formula(formula: str, becomes: str) -> None:
    assert judged(formula, 3) == becomes


def test_a_link_to_a_link_to_nothing_is_nothing() -> None:
    grid = Grid("A", [[0, 0, 0, 0]], formulas={"A1": "=B1", "B1": "=C1", "C1": "='Isian TW'!A1", "D1": "=SUM(A1:C1)"})
    settled = settle_zeros({"A": grid, "Isian TW": OTHER})["A"]
    assert (list(settled.rows[0]), set(settled.doubts)) == ([None, None, None, 0], {"D1"})


def test_a_circle_is_left_alone() -> None:
    grid = Grid("A", [[0, 0]], formulas={"A1": "=B1", "B1": "=A1"})
    assert settle_zeros({"A": grid})["A"].doubts == {}
