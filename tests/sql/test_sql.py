"""Every folder `<query>/<case>` beside this file is a test: input tables as CSV, and `expect.csv`.

A check (`check_…`) is judged by its own findings, `temuan` by all of them, `rekonsiliasi` by what was compared and
what it became, anything else is a mart. A table not given
is empty, a column not given holds its default (`tests/lib/given.py`); only the columns of `expect.csv` are compared.
Of a station only the queries that the one in question reads are run: the road's tests run them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.aggregate import compose
from pipelines.queries import list_sql, order_queries
from pipelines.reconcile.compose import reconcile
from pipelines.stores.warehouse import Warehouse
from pipelines.validate import checks
from pipelines.validate.checks import check_codes
from schemas.marts import COMPUTED_MARTS
from tests.lib.given import inputs, read_case, read_rows

HERE = Path(__file__).parent
ROOMS = HERE.parents[1] / "pipelines"
SQL = [path for room in ("aggregate", "validate", "reconcile") for path in sorted((ROOMS / room / "sql").glob("*.sql"))]
MARTS = {t.name: t for t in COMPUTED_MARTS}
GIVEN = inputs({}, "typed").keys() | inputs({}, "verified").keys()
CASES = sorted(p.parent for p in HERE.glob("*/*/expect.csv"))


class Bench:
    """A warehouse that takes a table only when it is another than the one it holds: most are empty in most cases."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self._held: dict[str, pa.Table] = {}

    def take(self, tables: Mapping[str, pa.Table]) -> Warehouse:
        for name, table in tables.items():
            if name not in self._held or not self._held[name].equals(table):
                self.warehouse.register(name, table)
        self._held |= tables
        return self.warehouse


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Warehouse(threads=2) as opened:
        yield Bench(opened)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_case(case: Path, bench: Bench) -> None:
    query = case.parent.name
    made = _RUNS.get(query, _marts if query in MARTS else _findings)(bench, case, query)
    expected = read_rows(case / "expect.csv")
    columns = (case / "expect.csv").read_text("utf-8").splitlines()[0].split(",")
    assert [{c: _written(row[c]) for c in columns} for row in made] == expected


def _marts(bench: Bench, case: Path, mart: str) -> list[dict[str, object]]:
    warehouse = bench.take(inputs(read_case(case), "verified"))
    with pytest.MonkeyPatch.context() as only:
        only.setattr(compose, "COMPUTED_MARTS", (MARTS[mart],))
        return compose.compose_marts(warehouse)[mart].to_pylist()


def _findings(bench: Bench, case: Path, query: str) -> list[dict[str, object]]:
    warehouse = bench.take(inputs(read_case(case), "typed"))
    if query == "temuan":
        return [vars(f) for f in checks.run_checks(warehouse)]
    code = query.removeprefix("check_").upper().replace("_", "-")
    return [vars(f) for f in checks.run_checks(warehouse, [code])]


def _compared(bench: Bench, case: Path, _: str) -> list[dict[str, object]]:
    _findings(bench, case, "temuan")  # prepares what reconciling reads
    return [vars(row) for row in reconcile(bench.warehouse.query).rows]


_RUNS = {"rekonsiliasi": _compared}


def _written(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return None if value is None else str(value)


def test_every_check_has_a_case_that_fires_and_one_that_does_not() -> None:
    for code in check_codes():
        cases = list((HERE / f"check_{code.lower().replace('-', '_')}").glob("*/expect.csv"))
        fires = {bool(read_rows(case)) for case in cases}
        assert fires == {True, False}, code


def test_every_mart_has_a_case() -> None:
    assert {*MARTS} <= {c.parent.name for c in CASES}


def test_every_query_is_run() -> None:
    last = {"tempat", *(p.stem for p in SQL if p.stem.startswith("check_"))}
    assert list_sql("pipelines.aggregate") == {*order_queries("pipelines.aggregate", MARTS, GIVEN)}
    assert list_sql("pipelines.validate") == {*order_queries("pipelines.validate", last, GIVEN | {"dicari"})}
    read = "".join(p.read_text("utf-8") for p in (ROOMS / "reconcile").glob("*.py"))
    assert not [p.stem for p in SQL if p.parts[-3] == "reconcile" and f'"{p.stem}"' not in read]


@pytest.mark.parametrize("path", SQL, ids=lambda p: p.stem)
def test_style(path: Path) -> None:
    text = path.read_text("utf-8")
    code = "\n".join(line.split("--")[0] for line in text.splitlines())
    bare = _without_strings(code)
    assert text.startswith("-- "), "header comment"
    assert "grain:" in text and "inputs:" in text
    assert "/" not in bare and "avg(" not in bare, "division belongs to schemas/formulas.sql"
    assert not any(word in bare.split() for word in ("create", "insert", "drop", "update")), "one SELECT, nothing else"
    assert not re.search(r"\bcast\(.* as decimal", bare), "a figure that does not fit is null: try_cast"
    assert bare == bare.lower()
    assert len(text.splitlines()) <= 90
    assert all(len(line) <= 120 for line in text.splitlines())


def _without_strings(code: str) -> str:
    return "".join(part for i, part in enumerate(code.split("'")) if i % 2 == 0)
