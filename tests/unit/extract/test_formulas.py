"""Formulas without a cached value: worked out where that is simple arithmetic, given up where it is not."""

import time
from datetime import date
from decimal import Decimal

import pytest

from pipelines.extract.formula_syntax import NotSimple
from pipelines.extract.formulas import compute, links_outside
from pipelines.extract.recalculation import recalculate
from schemas.workbook import Grid, address

CELLS = {
    "A1": Decimal("0.1"),
    "A2": Decimal("0.2"),
    "A3": Decimal(3),
    "B1": Decimal(-4),
    "C1": Decimal(0),
    "AB12": Decimal(7),
}


@pytest.mark.parametrize(
    ("formula", "figure"),
    [
        ("=A1+A2", "0.3"),
        ("=SUM(500000000,312500500)", "812500500"),
        ("=$A$3*2-B1", "10"),
        ("=-A3^2", "9"),
        ("=2^3^2", "64"),
        ("=A3-1-1", "1"),
        ("=12/4/3", "1"),
        ("=(A3/4)*100%", "0.75"),
        ("=50%%", "0.005"),
        ("=--A3", "3"),
        ("=1/3", "0.3333333333"),
        ("=2/3", "0.6666666667"),
        ("=-2/3", "-0.6666666667"),
        ("=1.5E2+.5", "150.5"),
        ("=sum(a1:a3;b1)", "-0.7"),
        ("=SUM(A3:A1)", "3.3"),
        ("=SUM(A1:A2:A3)", "3.3"),
        ("=SUM(A1:A9)", "3.3"),
        ("=AVERAGE(A1,A2,A3)", "1.1"),
        ("=MIN(A1:B3)", "-4"),
        ("=MAX(A1:B3,5)", "5"),
        ("=COUNT(A1:A9)", "3"),
        ("=PRODUCT(A1:A3)", "0.06"),
        ("=ROUND(2.5,0)", "3"),
        ("=ROUND(-2.5,0)", "-3"),
        ("=ROUND(1234.567,-2)", "1200"),
        ("=IF(A3>=3,A3*2,1/0)", "6"),
        ("=IF(A3<>3,1,2)", "2"),
        ('=IF("ya"="YA",1,2)', "1"),
        ("=IF(ISNUMBER(A3),A3/4*100,0)", "75"),
        ("=IFERROR(A3/C1,9)", "9"),
        ("=IFERROR(A3,9)", "3"),
        ("=SUBTOTAL(9,A1:A3)", "3.3"),
        ("=SUBTOTAL(101,A1:A3)", "1.1"),
        ("=AB12", "7"),
        (" = A1 + A2 ", "0.3"),
    ],
)
def test_simple_arithmetic_is_exact(formula, figure):
    assert compute(formula, CELLS.get) == Decimal(figure)


@pytest.mark.parametrize(
    "formula",
    [
        "=A3/C1",
        "=0^0",
        "=A9+1",
        "=SUM(A9:A10)",
        "=AVERAGE(A9)",
        "=VLOOKUP(A1,A1:B3,2)",
        "=Sheet2!A1",
        "='renja 2025'!A1",
        "='[1]renja 2025'!A1",
        "=[1]Sheet1!A1+1",
        "=A:A",
        "=SUM(1:3)",
        "=A1:A3",
        '="7"',
        '="7"+1',
        "=A1=A1",
        "=IF(A9,1,2)",
        "=IF(ISNUMBER(A9),1,2)",
        "=IF(A3>5,1)",
        "=2^0.5",
        "=2^1000",
        "=9^60^60^60",
        "=SUM()",
        "=SUM(A1",
        "=A1+",
        "=A1 A2",
        "=Table1[Pagu]",
        "={1,2}",
        "=#REF!+1",
        "=1E15",
        "=ROUND(A1,0.5)",
        "=SUBTOTAL(8,A1:A3)",
        "=SUBTOTAL(9,5)",
        "=SUM(A1:XFD1048576)",
        "",
    ],
)
def test_what_goes_beyond_has_no_value(formula):
    assert compute(formula, CELLS.get) is None


def test_a_cell_with_a_figure_nobody_knows_is_not_passed_over():
    def value_of(cell):
        if cell == "A2":
            raise NotSimple
        return CELLS.get(cell)

    assert compute("=SUM(A1:A3)", value_of) is None
    assert compute("=IFERROR(A2,5)", value_of) is None


@pytest.mark.parametrize(
    ("formula", "outside"),
    [
        ("='[1]renja 2025'!A9", True),
        ("=[2]Sheet1!$A$1*2", True),
        ("='C:\\data\\[pagu.xlsx]S'!A1", True),
        ("='file:///C:/pagu.ods'#$Sheet1.A1", True),
        ("=cmd|' /c calc'!A0", True),
        ("='renja 2025'!A9", False),
        ("=Table1[Pagu]+Sheet2!A1", False),
        ('=IF(A1="[1]x!",1,2)', False),
        ("=SUM(A1:A3)", False),
    ],
)
def test_links_to_other_workbooks_are_seen(formula, outside):
    assert links_outside(formula) is outside


@pytest.mark.parametrize(
    "formula",
    [
        "=" + "(" * 5000 + "1" + ")" * 5000,
        "=" + "1+" * 60_000 + "1",
        "=" + "A1+" * 2000 + "A1",
        "=" + "-" * 8000 + "1",
        "=1" + "%" * 8000,
        "=" + "SUM(A1:A99999)+" * 200 + "1",
        "=" + "IF(1," * 1000 + "1" + ")" * 1000,
        "=1" + "0" * 8000,
        "=1" + "^9" * 4000,
        "=" + '"' * 8000,
    ],
)
def test_a_hostile_formula_ends_at_once(formula):
    begun = time.process_time()
    compute(formula, CELLS.get)
    assert time.process_time() - begun < 1


def test_a_long_sum_is_no_deep_one():
    assert compute("=" + "A3+" * 2000 + "A3", CELLS.get) == 6003


def sheet(rows, formulas, hidden=()):
    return Grid("S", rows, formulas=formulas, uncached=frozenset(formulas), hidden_rows=frozenset(hidden))


def test_formulas_on_formulas_are_worked_out_once_each():
    rows = [[1, None], *([None, None] for _ in range(60))]
    doubling = {f"B{n}": f"=B{n - 1}+B{n - 1}" for n in range(2, 41)} | {"B1": "=A1"}
    begun = time.process_time()
    assert recalculate(sheet(rows, doubling))["B40"] == 2**39
    assert time.process_time() - begun < 1


def test_a_running_total_of_thousands_of_rows_is_no_recursion():
    running = {f"B{n}": f"=B{n - 1}+A{n}" for n in range(2, 5001)} | {"B1": "=A1"}
    assert recalculate(sheet([[1, None]] * 5000, running))["B5000"] == 5000


def test_a_circle_has_no_value_and_neither_has_what_rests_on_it():
    figures = recalculate(sheet([[1]], {"B1": "=C1+1", "C1": "=B1+1", "D1": "=SUM(A1:C1)", "E1": "=E1", "F1": "=A1*2"}))
    assert figures == {"B1": None, "C1": None, "D1": None, "E1": None, "F1": 2}


def test_texts_empty_cells_errors_and_dates_are_told_apart():
    rows = [[5, "teks", None, "#DIV/0!", date(2025, 3, 25), True]]
    formulas = {
        "A2": "=SUM(A1:C1)",
        "B2": "=IF(ISNUMBER(B1),1,2)",
        "C2": '=IF(C1="",3,4)',
        "D2": "=IFERROR(D1,6)",
        "E2": "=SUM(A1:E1)",
        "F2": "=A1+C1",
        "G2": "=SUM(A1,F1)",
        "H2": "=SUM(A1:D1)",
    }
    assert recalculate(sheet([*rows, []], formulas)) == {
        "A2": 5,
        "B2": 2,
        "C2": 3,
        "D2": 6,
        "E2": None,
        "F2": None,
        "G2": 5,
        "H2": None,
    }


def test_subtotals_pass_over_subtotals_and_hidden_rows_only_where_that_is_certain():
    formulas = {"A3": "=SUBTOTAL(9,A1:A2)", "A5": "=SUBTOTAL(9,A1:A4)", "B5": "=SUBTOTAL(109,A1:A4)"}
    rows = [[1], [2], [None], [4], [None]]
    assert recalculate(sheet(rows, formulas)) == {"A3": 3, "A5": 7, "B5": 7}
    assert recalculate(sheet(rows, formulas, hidden=[2])) == {"A3": None, "A5": None, "B5": 5}


def test_a_sheet_of_sums_over_everything_ends_within_seconds():
    size = 2000
    formulas = {address(n, 30): f"=SUM(A1:Z{size})" for n in range(1, size)}
    begun = time.process_time()
    figures = recalculate(sheet([[1] * 26] * size, formulas))
    assert time.process_time() - begun < 30
    assert None in figures.values()
    assert set(figures.values()) <= {None, Decimal(26 * size)}
