"""The macros of schemas/formulas.sql against stdlib Decimal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.stores.warehouse import Warehouse
from schemas.columns import DECIMAL
from schemas.scales import fold_grade, rule_tables
from tests.lib import reference

HUGE = Decimal(10) ** 15
figures = st.one_of(
    st.decimals(-HUGE, HUGE, places=10),
    st.decimals(-1000, 1000, places=2),
    st.integers(-10, 10).map(Decimal),
)
FORMULAS = ("naik", "turun", "stabil", "rentang", "predikat")


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(threads=1) as opened:
        yield opened


def _table(**columns: list[Decimal | None]) -> pa.Table:
    return pa.table({name: pa.array(values, DECIMAL) for name, values in columns.items()})


def _fits(value: Decimal | None) -> Decimal | None:
    """A result beyond 10^20 cannot be held, and is null."""
    return value if value is None or abs(value) < Decimal(10) ** 20 else None


@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=200))
@settings(max_examples=40)
def test_division_is_exact_and_half_up(warehouse: Warehouse, pairs: list[tuple[Decimal, Decimal]]) -> None:
    warehouse.register("pairs", _table(a=[a for a, _ in pairs], b=[b for _, b in pairs]))
    made = warehouse.query("select divide(a, b) as q, percent(a, b) as p from pairs").to_pylist()
    for (a, b), row in zip(pairs, made, strict=True):
        assert row["q"] == _fits(reference.divide(a, b)), (a, b)
        assert row["p"] == _fits(reference.divide(a, b, 100)), (a, b)


@given(
    st.lists(
        st.tuples(st.integers(-(10**18), 10**18), st.integers(1, 10**6), st.integers(-1, 1)), min_size=1, max_size=200
    )
)
@settings(max_examples=40)
def test_half_of_the_last_place_and_its_neighbours(warehouse: Warehouse, rows: list[tuple[int, int, int]]) -> None:
    """Quotients of n + 1/2 tenth decimals, where a guess in binary can fall on either side, and next to them."""
    pairs = [(Decimal((2 * n + 1) * b + step).scaleb(-10), Decimal(2 * b)) for n, b, step in rows]
    warehouse.register("pairs", _table(a=[a for a, _ in pairs], b=[b for _, b in pairs]))
    made = warehouse.query("select divide(a, b) as q, percent(a, b) as p from pairs").to_pylist()
    for (a, b), row in zip(pairs, made, strict=True):
        assert row["q"] == reference.divide(a, b), (a, b)
        assert row["p"] == reference.divide(a, b, 100), (a, b)


@given(st.lists(st.tuples(st.integers(1, 10**15), st.integers(3, 10**15)), min_size=1, max_size=200))
@settings(max_examples=40)
def test_repeating_fractions_and_huge_quotients(warehouse: Warehouse, rows: list[tuple[int, int]]) -> None:
    """Whole numbers over whole numbers, and over their ten thousand millionth: quotients of up to 25 digits."""
    pairs = [(Decimal(a), Decimal(b).scaleb(-places)) for a, b in rows for places in (0, 10)]
    warehouse.register("pairs", _table(a=[a for a, _ in pairs], b=[b for _, b in pairs]))
    made = warehouse.query("select divide(a, b) as q, percent(a, b) as p from pairs").to_pylist()
    for (a, b), row in zip(pairs, made, strict=True):
        assert row["q"] == _fits(reference.divide(a, b)), (a, b)
        assert row["p"] == _fits(reference.divide(a, b, 100)), (a, b)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("9.53", "2", "4.765"), ("1", "3", "0.3333333333"), ("2", "3", "0.6666666667"), ("-2", "3", "-0.6666666667"),
     ("0.0000000001", "2", "0.0000000001"), ("-0.0000000001", "2", "-0.0000000001"), ("5", "0", None)],
)  # fmt: skip
def test_division_cases(warehouse: Warehouse, a: str, b: str, expected: str | None) -> None:
    warehouse.register("pairs", _table(a=[Decimal(a)], b=[Decimal(b)]))
    made = warehouse.query("select divide(a, b) as q from pairs").to_pylist()[0]["q"]
    assert made == (None if expected is None else Decimal(expected))


@given(
    st.lists(st.tuples(st.sampled_from(FORMULAS), figures, figures, st.none() | figures), min_size=1, max_size=100),
    st.sampled_from(("turun_2t_r", "turun_t_r")),
)
@settings(max_examples=60)
def test_every_formula(
    warehouse: Warehouse, rows: list[tuple[str, Decimal, Decimal, Decimal | None]], turun: str
) -> None:
    rows = [(p, r, t, max(t, u) if u is not None and p in ("rentang", "turun") else None) for p, r, t, u in rows]
    numbers = _table(r=[r for _, r, _, _ in rows], t=[t for _, _, t, _ in rows], u=[u for *_, u in rows])
    warehouse.register("pairs", numbers.append_column("p", pa.array([p for p, *_ in rows])))
    sql = "select capaian_of(rumus, r, t, u) as c from (select *, rumus_of(p, $turun, r, t, u) as rumus from pairs)"
    for row, made in zip(rows, warehouse.query(sql, {"turun": turun}).to_pylist(), strict=True):
        polaritas, r, t, upper = row
        assert made["c"] == _fits(reference.capaian(polaritas, turun, r, t, upper)), row


@given(st.lists(st.tuples(st.decimals(0, 500, places=10), st.decimals("0.01", 100, places=2)), min_size=1, max_size=30))
@settings(max_examples=40)
def test_weighted_mean(warehouse: Warehouse, rows: list[tuple[Decimal, Decimal]]) -> None:
    warehouse.register("pairs", _table(x=[x for x, _ in rows], w=[w for _, w in rows]))
    made = warehouse.query(
        "select weighted_mean(a, b) as m from (select sum(weighted(w, x)) as a, sum(w) as b from pairs)"
    ).to_pylist()[0]["m"]
    with reference.localcontext(reference.EXACT):
        expected = (sum(x * w for x, w in rows) / sum(w for _, w in rows)).quantize(reference.PLACES)
    assert made == expected


def test_a_figure_beyond_what_can_be_divided_is_null_and_stops_nobody(warehouse: Warehouse) -> None:
    warehouse.register(
        "pairs", _table(a=[Decimal("99999999999999999999"), Decimal(1)], b=[Decimal("1e-10"), Decimal(2)])
    )
    made = warehouse.query("select divide(a, b) as q, percent(a, b) as p from pairs").to_pylist()
    assert made == [{"q": None, "p": None}, {"q": Decimal("0.5"), "p": Decimal(50)}]


@given(st.text(st.characters(codec="ascii"), max_size=20))
@settings(max_examples=60)
def test_grades_fold_alike_in_sql_and_python(warehouse: Warehouse, grade: str) -> None:
    warehouse.register("grades", pa.table({"g": pa.array([grade])}))
    assert warehouse.query("select fold_grade(g) as f from grades").to_pylist() == [{"f": fold_grade(grade)}]


def test_every_spelling_of_a_scale_is_one_grade() -> None:
    rows = rule_tables()["skala_predikat"].to_pylist()
    spellings = [(r["skala"], r["ejaan"]) for r in rows]
    assert len(spellings) == len(set(spellings))


def test_key_words_of_a_scale_are_plain_words() -> None:
    """The macro looks for them as they stand; a pattern would match in Python only."""
    words = {w for r in rule_tables()["skala_predikat"].to_pylist() for w in r["kata_kunci"].split("|")}
    assert words and all(w == w.strip().lower() and w.replace(" ", "").isalpha() for w in words)
