"""The document in force in a quarter: the last of its owner that has begun."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.stores.warehouse import Warehouse

DOCUMENTS = {
    "kode_skpd": ["1.01", "1.01", "1.01", "1.02", "1.02", "1.03", "1.01"],
    "tahun": [2025, 2025, 2025, 2025, 2025, 2025, 2026],
    "triwulan": [0] * 7,
    "berlaku_dari_tw": [None, 3, 3, 2, 4, 5, 4],
    "kode": ["a", "b", "c", "d", "e", "f", "g"],
}
QUARTERLY = "string_agg(kode || triwulan, ' ' order by kode, triwulan)"


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("kode_skpd", {("1.01", 2025): "a1 a2 b3 b4 c3 c4", ("1.02", 2025): "d2 d3 e4", ("1.01", 2026): "g4"}),
        ("null", {("1.01", 2025): "a1 b3 c3", ("1.02", 2025): "d2 e4", ("1.01", 2026): "g4"}),
    ],
)
def test_a_document_is_in_force_until_the_next_of_its_owner_begins(
    owner: str, expected: dict[tuple[str, int], str]
) -> None:
    with Warehouse(threads=1) as warehouse:
        for name, columns in (
            ("dengan", DOCUMENTS),
            ("tanpa", {k: v for k, v in DOCUMENTS.items() if k != "triwulan"}),
        ):
            warehouse.register(name, pa.table(columns))
            found = warehouse.query(
                f"select kode_skpd, tahun, {QUARTERLY} as isi from in_force({name}, {owner}) group by all"
            )
            assert {(r["kode_skpd"], r["tahun"]): r["isi"] for r in found.to_pylist()} == expected
