"""Warehouses of one process share the macros and nothing else."""

import duckdb
import pyarrow as pa
import pytest

from pipelines.stores.warehouse import Warehouse


def test_what_one_warehouse_holds_no_other_sees():
    with Warehouse() as one, Warehouse() as other:
        for number, warehouse in enumerate((one, other)):
            warehouse.register("masukan", pa.table({"n": [number]}))
            warehouse.keep("hasil", "select percent(n, 4) as pct from masukan")
        assert [w.query("select pct from hasil").to_pylist()[0]["pct"] for w in (one, other)] == [0, 25]
    with Warehouse() as later:
        for name in ("masukan", "hasil", "incoming"):
            with pytest.raises(duckdb.CatalogException):
                later.query(f"from {name}")
