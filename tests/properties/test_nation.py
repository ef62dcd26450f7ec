"""The synthetic nation of the benchmark is measured by the marts' own queries: chained or stored, they give the same."""

from pathlib import Path

from pipelines.queries import order_queries, read_sql
from pipelines.stores.warehouse import Warehouse
from tests.benchmarks import nation
from tests.lib.given import inputs

STORED = ("ukuran_tahun", "bagian_tahun", "indikator_periode", "bagian_periode", "capaian_periode")


def test_chained_and_stored_queries_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "nation.parquet"
    assert nation.write_nation(path, 2, 3) == 2 * 3 * 200 * 4
    chained = nation.measure(path)()
    assert order_queries("pipelines.aggregate", STORED, inputs({}, "verified").keys())[-len(STORED) :] == STORED
    with Warehouse(threads=1) as warehouse:
        nation.prepare(warehouse)
        warehouse.keep("ukuran_triwulan", nation.QUARTERS.format(path=path, first=0, last=2))
        for name in (*STORED, "rerata_sasaran", "rerata_unit"):
            warehouse.keep(name, read_sql("pipelines.aggregate", name))
        kinds = warehouse.query("select konsolidasi, polaritas, capaian_pct from capaian_periode").to_pylist()
        assert warehouse.query(read_sql("pipelines.aggregate", "capaian_skpd")) == chained
    assert chained.num_rows == 2 * 3 * 7
    measured = {(k["konsolidasi"], k["polaritas"]) for k in kinds if k["capaian_pct"] is not None}
    assert len(measured) == 6 * 5, "every konsolidasi with every polaritas"


def test_the_rows_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        nation.write_nation(tmp_path / name, 1, 2)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
