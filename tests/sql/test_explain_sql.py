"""Queries of the station explain. A folder `explain/<query>/<case>` is a test: marts as CSV, and `expect.csv`.

A mart not given is empty; `parameter.csv`, where there is one, holds the parameters. Only the columns of
`expect.csv` are compared, as in the neighbouring tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.aggregate.inputs import PILIHAN
from pipelines.queries import read_inputs, read_sql
from pipelines.steps.extract import DIBACA
from pipelines.stores.warehouse import Warehouse
from schemas.columns import Table
from schemas.marts import MARTS
from schemas.reference import ACUAN, REF_KELANJUTAN, REF_PK
from schemas.scales import rule_tables
from schemas.typed import DUGAAN_INDIKATOR, ORIGINS, TYPED_REALISASI
from tests.lib.given import read_case, read_rows

HERE = Path(__file__).parent / "explain"
QUERIES = sorted((Path(__file__).parents[2] / "pipelines" / "explain" / "sql").glob("*.sql"))
CASES = sorted(p.parent for p in HERE.glob("*/*/expect.csv"))
TABLES: dict[str, Table] = {
    **{t.name: t for t in (*MARTS, ACUAN, REF_PK, REF_KELANJUTAN, ORIGINS, PILIHAN, DIBACA)},
    **{t.name: t for t in (TYPED_REALISASI, DUGAAN_INDIKATOR)},
    "verified_realisasi": TYPED_REALISASI,
}
KEPT = ("kategori_tahun", "kelanjutan")
"""What is made of the rules and references beside the marts."""
DEFAULTS = {
    "tahun": "2025", "triwulan": "1", "kode_skpd": "1.01", "periode": "2025", "polaritas": "naik",
    "status_ukur": "terukur", "rumus_turun": "turun_2t_r", "rerata_skpd": "sasaran",
    "skala_kategori": "permendagri_86_2017", "kode_kabupaten": "63.11", "sasaran": "S1", "triwulan_terukur": "1",
    "versi": "1", "status": "terverifikasi", "diterima_pada": "2025-04-01", "realisasi_tw_keadaan": "angka",
    "tanggal": "2026-01-12", "target_tw_keadaan": "angka", "lembar": "Realisasi", "baris": "5", "berkas": "a.xlsx", "sha256": "a",
}  # fmt: skip


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(threads=1) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_case(case: Path, warehouse: Warehouse) -> None:
    for name, table in marts_of(case).items():
        warehouse.register(name, table)
    for kept in KEPT:
        warehouse.keep(kept, read_sql("pipelines.aggregate", kept))
    made = warehouse.query(read_sql("pipelines.explain", case.parent.name), parameters_of(case)).to_pylist()
    columns = (case / "expect.csv").read_text("utf-8").splitlines()[0].split(",")
    assert [{c: _written(row[c]) for c in columns} for row in made] == read_rows(case / "expect.csv")


def marts_of(case: Path) -> dict[str, pa.Table]:
    """What a query reads: the tables of its case, the others empty, and the rules."""
    given = {"pilihan": [{}], **read_case(case)}
    return {name: _complete(table, given.get(name, [])) for name, table in TABLES.items()} | rule_tables()


def parameters_of(case: Path) -> dict[str, object] | None:
    """The parameters of a case, where it has some."""
    rows = read_case(case).get("parameter", [])
    return {k: _parameter(k, v) for row in rows for k, v in row.items()} or None


def _complete(table: Table, rows: list[dict[str, object]]) -> pa.Table:
    full = [{c.name: row[c.name] if c.name in row else _default(c.name, c.null) for c in table.columns} for row in rows]
    texts = pa.Table.from_pylist(full, schema=pa.schema([pa.field(n, pa.string()) for n in table.names]))
    return texts.cast(table.arrow)


def _default(name: str, null: bool) -> object:
    if name in DEFAULTS:
        return DEFAULTS[name]
    return None if null else "-"


def _parameter(name: str, value: object) -> object:
    if value is None or name in (
        "kode_skpd",
        "kode_indikator",
        "kode_isian",
        "kode",
        "periode",
        "lingkup",
        "tabel",
        "kunci",
    ):
        return value
    if str(value) in ("ya", "tidak"):
        return value == "ya"
    return int(str(value)) if name in ("tahun", "dari", "sampai") else Decimal(str(value))


def _written(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return None if value is None else str(value)


def test_every_query_that_reckons_or_decides_has_a_case() -> None:
    plain = {p.stem for p in QUERIES if p.stem.startswith("daftar_") or p.stem in ("pilihan_tahun", "capaian_unit")}
    assert {p.stem for p in QUERIES} - plain == {c.parent.name for c in CASES}


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_style(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    code = "\n".join(line.split("--")[0] for line in lines)
    bare = "".join(part for i, part in enumerate(code.split("'")) if i % 2 == 0)
    assert lines[0].startswith("-- grain:")
    assert read_inputs("pipelines.explain", path.stem, {*TABLES, *rule_tables(), *KEPT})
    assert "/" not in bare
    assert "avg(" not in bare
    assert bare == bare.lower()
    assert not any(word in bare.split() for word in ("create", "insert", "drop", "update"))
    assert len(lines) <= 90
    assert all(len(line) <= 120 for line in lines)
