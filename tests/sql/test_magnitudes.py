"""Every query of every station over the largest and the smallest figures its tables can hold: it answers, always.

All cases beside this file are laid on one heap, each as an SKPD of its own, and their figures replaced.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa
import pytest

from pipelines.aggregate.compose import compose_marts
from pipelines.queries import read_sql
from pipelines.reconcile.compose import reconcile
from pipelines.stores.warehouse import Warehouse
from pipelines.validate.checks import run_checks
from schemas.scales import rule_tables
from tests.lib.given import TABLES, Rows, inputs, read_case
from tests.sql.test_explain_sql import CASES as EXPLAINED
from tests.sql.test_explain_sql import KEPT, marts_of, parameters_of
from tests.sql.test_sql import CASES

LARGEST = Decimal("99999999999999999999.9999999999")
SIZES = {
    "largest": [LARGEST],
    "smallest": [Decimal("0.0000000001")],
    "mixed": [LARGEST, LARGEST.copy_negate(), Decimal("0.000001"), Decimal("-1e-10"), Decimal(0), Decimal("9.9e15")],
}
KEYS = ("kode_skpd", "kode_induk", "pengajuan_id", "row_id", "row_id_anggaran")


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(threads=2) as opened:
        yield opened


def _heap(station: str) -> dict[str, pa.Table]:
    """The rows of all cases that give tables of the station."""
    heap: dict[str, Rows] = defaultdict(list)
    for number, case in enumerate(CASES):
        for name, rows in read_case(case).items():
            if name.startswith((f"{station}_", "ref_", "received_")):
                heap[name] += [_of_its_own(name, row, number) for row in rows]
    return inputs(heap, station)


def _of_its_own(name: str, row: dict[str, object], number: int) -> dict[str, object]:
    whose = {} if "kode_skpd" in row or "kode_skpd" not in TABLES[name].names else {"kode_skpd": "1.01"}
    return {k: f"{number}.{v}" if k in KEYS and v else v for k, v in (whose | row).items()}


def _register(warehouse: Warehouse, tables: dict[str, pa.Table], size: str) -> None:
    """The tables with every figure replaced; rules and choices stay what they are."""
    chosen = random.Random(size)
    for name, table in tables.items():
        ruled = name in rule_tables() or name == "pilihan"
        warehouse.register(name, table if ruled else _replaced(table, SIZES[size], chosen))


def _replaced(table: pa.Table, figures: list[Decimal], chosen: random.Random) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            column = [None if v is None else chosen.choice(figures) for v in table[field.name].to_pylist()]
            table = table.set_column(place, field, pa.array(column, field.type))
    return table


@pytest.mark.parametrize("size", SIZES)
def test_checks_and_reconciling_hold_every_figure(warehouse: Warehouse, size: str) -> None:
    _register(warehouse, _heap("typed"), size)
    assert run_checks(warehouse)
    assert reconcile(warehouse.query).rows


@pytest.mark.parametrize("size", SIZES)
def test_marts_hold_every_figure(warehouse: Warehouse, size: str) -> None:
    _register(warehouse, _heap("verified"), size)
    made = compose_marts(warehouse)
    assert all(made[name].num_rows for name in ("capaian_triwulan", "capaian_tahunan", "serapan", "efisiensi"))


@pytest.mark.parametrize("size", SIZES)
def test_explanations_hold_every_figure(warehouse: Warehouse, size: str) -> None:
    for case in EXPLAINED:
        _register(warehouse, marts_of(case), size)
        for kept in KEPT:
            warehouse.keep(kept, read_sql("pipelines.aggregate", kept))
        warehouse.query(read_sql("pipelines.explain", case.parent.name), parameters_of(case))
