"""Formulas against two oracles: Python's own fractions over generated expressions, and LibreOffice."""

import csv
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.formulas import compute, links_outside
from pipelines.extract.readings import round_half_up
from pipelines.extract.recalculation import recalculate
from schemas.workbook import Grid

VALUES = {f"{column}{row}": Decimal(row * 7 - ord(column)) / 8 for column in "ABC" for row in range(1, 6)}


class Undefined(Exception):
    """What a spreadsheet gives an error for."""


def divide(left, right):
    if right() == 0:
        raise Undefined
    return left() / right()


literals = st.decimals(0, 1000, places=2).map(lambda d: (f"{d:f}", lambda: Fraction(d)))
cells = st.sampled_from(sorted(VALUES)).map(lambda a: (a, lambda: Fraction(VALUES[a])))
squares = cells.map(lambda a: (f"({a[0]}^2)", lambda: a[1]() ** 2))
ranges = st.tuples(st.sampled_from("ABC"), st.integers(1, 3), st.integers(3, 5))


def total(name, reduce, columns):
    column, top, bottom = columns
    figures = [Fraction(VALUES[f"{column}{row}"]) for row in range(top, bottom + 1)]
    return f"{name}({column}{top}:${column}${bottom})", lambda: reduce(figures)


totals = st.one_of(
    ranges.map(lambda r: total("SUM", sum, r)),
    ranges.map(lambda r: total("AVERAGE", lambda f: sum(f) / len(f), r)),
    ranges.map(lambda r: total("MIN", min, r)),
    ranges.map(lambda r: total("MAX", max, r)),
    ranges.map(lambda r: total("COUNT", lambda f: Fraction(len(f)), r)),
    ranges.map(lambda r: total("SUBTOTAL", sum, r)).map(lambda e: (e[0].replace("(", "(9,"), e[1])),
)


def combined(inner):
    """Expressions made of others; each bracket is written, so that only the values are in question."""

    def both(make):
        return st.builds(make, inner, inner)

    return st.one_of(
        both(lambda a, b: (f"({a[0]}+{b[0]})", lambda: a[1]() + b[1]())),
        both(lambda a, b: (f"({a[0]} - {b[0]})", lambda: a[1]() - b[1]())),
        both(lambda a, b: (f"({a[0]}*{b[0]})", lambda: a[1]() * b[1]())),
        both(lambda a, b: (f"({a[0]}/{b[0]})", lambda: divide(a[1], b[1]))),
        both(lambda a, b: (f"IF({a[0]}>{b[0]},{a[0]},{b[0]})", lambda: max(a[1](), b[1]()))),
        inner.map(lambda a: (f"-{a[0]}", lambda: -a[1]())),
        inner.map(lambda a: (f"({a[0]})%", lambda: a[1]() / 100)),
    )


# within the bounds of what is worked out: beyond forty brackets or 2048 bits a formula is given up
expressions = st.recursive(st.one_of(literals, cells, totals, squares), combined, max_leaves=8)


def worked_out(expression):
    try:
        return expression()
    except Undefined:
        return None


@given(expressions)
def test_a_formula_gives_what_fractions_give(expression):
    text, expected = expression
    figure, computed = worked_out(expected), compute(f"={text}", VALUES.get)
    if figure is None or abs(figure) >= 10**15:
        assert computed is None
    else:
        assert computed == round_half_up(figure)


@given(st.lists(st.tuples(st.sampled_from("+-*"), st.integers(1, 9)), max_size=8))
def test_precedence_is_that_of_arithmetic(rest):
    text = "5" + "".join(f"{sign}{figure}" for sign, figure in rest)
    assert compute(f"={text}", VALUES.get) == eval(text)


@given(st.text(alphabet="=+-*/^%()<>,;:\"$!#[]'ABC123. SUMIF", max_size=60))
def test_no_text_breaks_the_reader(text):
    compute(text, VALUES.get)
    links_outside(text)


@given(st.permutations(["B1", "B2", "B3", "B4", "B5"]))
def test_the_order_of_the_cells_changes_nothing(order):
    chain = {"B1": "=A1*2", "B2": "=B1+A2", "B3": "=SUM(A1:B2)", "B4": "=B3/B1", "B5": "=AVERAGE(B1:B4)"}
    rows = [[Decimal(n), None] for n in range(1, 6)]
    grid = Grid("S", [[int(a), b] for a, b in rows], formulas={c: chain[c] for c in order}, uncached=frozenset(order))
    assert recalculate(grid) == recalculate(Grid("S", grid.rows, formulas=chain, uncached=frozenset(chain)))


SHEET = (
    "=A1+B1*C1", "=-A2^2", "=2^3^2", "=(A1-B1)/C1", "=A1/B2*100%", "=SUM(A1:C5)", "=AVERAGE(A1:C5,10)", "=MIN(A1:C5)-MAX(A1:C5)",
    "=COUNT(A1:D5)", "=PRODUCT(A1:B2)", "=ROUND(A1/3,2)", "=ROUND(-2.5,0)", "=ROUND(12345,-2)", "=IF(A1>B1,A1,B1)",
    "=IF(ISNUMBER(D1),1,2)", "=IFERROR(A1/(B1-B1),7)", "=SUBTOTAL(9,A1:C5)", "=SUBTOTAL(101,A1:C5)", "=50%*A1", "=--A1-+B1",
    "=SUM(A1:A3:C5)", "=12/4/3", "=1.5E2+0.5", "=IF(A1<>A1,1,2)", '=IF(D1="teks",3,4)', "=SUM(A1,D1)",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) tidak terpasang")
def test_a_sheet_of_formulas_gives_what_libreoffice_gives(tmp_path):
    rows = [
        [float(VALUES[f"{column}{row}"]) for column in "ABC"] + ["teks" if row == 1 else None] for row in range(1, 6)
    ]
    with xlsxwriter.Workbook(tmp_path / "lembar.xlsx") as workbook:
        worksheet = workbook.add_worksheet()
        precise = workbook.add_format({"num_format": "0.0000000000"})
        for number, row in enumerate(rows):
            worksheet.write_row(number, 0, [cell for cell in row if cell is not None])
        for number, formula in enumerate(SHEET, 6):
            worksheet.write_formula(number, 0, formula, precise, "")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "csv"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "lembar.xlsx"], check=True, capture_output=True, timeout=240
    )
    shown = list(csv.reader((tmp_path / "lembar.csv").read_text("utf-8").splitlines()))
    formulas = {f"A{number}": formula for number, formula in enumerate(SHEET, 7)}
    figures = recalculate(Grid("S", rows, formulas=formulas, uncached=frozenset(formulas)))
    assert len(shown) == 6 + len(SHEET)
    for number, formula in enumerate(SHEET, 7):
        expected = Decimal(shown[number - 1][0])
        assert abs(figures[f"A{number}"] - expected) <= Decimal("1e-9"), (formula, expected, figures[f"A{number}"])
