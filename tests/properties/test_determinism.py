"""The order of the rows and the number of threads change nothing, to the byte."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.aggregate.compose import compose_marts
from pipelines.errors import FileLockedError, WorkspaceError
from pipelines.stores.tables import write_table
from pipelines.stores.warehouse import Warehouse, open_read, publish
from pipelines.validate.checks import run_checks
from schemas.marts import COMPUTED_MARTS
from tests.lib.given import inputs
from tests.lib.held import held


def _given(station: str) -> dict[str, list[dict[str, object]]]:
    draw = random.Random(7)
    kinds = ("jumlah", "posisi_akhir", "rata_rata", "rasio", "tahunan", "maksimum")
    rows: dict[str, list[dict[str, object]]] = {f"{station}_{s}": [] for s in ("pk", "realisasi", "anggaran")}
    for number in range(240):
        skpd, code, quarter = f"1.{number % 8:02d}", f"IK-{number % 5}", number % 4 + 1
        common: dict[str, object] = {"kode_skpd": skpd, "kode_indikator": code, "triwulan": quarter}
        targets = {f"target_tw{q}": str(draw.randint(0, 40)) for q in range(1, 5)} | {"target_tahunan": "100"}
        rows[f"{station}_pk"].append({**common, "sasaran": code, "konsolidasi": draw.choice(kinds), **targets})
        rows[f"{station}_realisasi"].append(
            {**common, "realisasi_tw": str(draw.randint(0, 50)), "pembilang": draw.randint(0, 9), "penyebut": 9}
        )
        budget = {
            "kode": f"1.02.0{number % 3}.2.01.000{number % 7}",
            "pagu_rp": 900,
            "realisasi_rp": draw.randint(0, 999),
        }
        rows[f"{station}_anggaran"].append({"kode_skpd": skpd, "triwulan": quarter, **budget})
    return {name: _distinct(table) for name, table in rows.items()}


def _distinct(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    keys = ("kode_skpd", "triwulan", "kode_indikator", "kode")
    return list({tuple(row.get(k) for k in keys): row for row in rows}.values())


def _shuffle(seed: str, count: int) -> pa.Array:
    return pa.array(random.Random(seed).sample(range(count), count), pa.int64())


def _run(tables: dict[str, pa.Table], threads: int, station: str) -> object:
    with Warehouse(threads) as warehouse:
        for name, table in tables.items():
            warehouse.register(name, table)
        return run_checks(warehouse) if station == "typed" else compose_marts(warehouse)


@cache
def _runs(station: str) -> list[tuple[int, bool, Any]]:
    """The threads of each run, whether its rows were shuffled, and what it made; the plainest is there twice."""
    tables = inputs(_given(station), station)
    shuffled = {n: t.take(_shuffle(n, t.num_rows)) for n, t in tables.items()}
    plain = [(threads, False, _run(tables, threads, station)) for threads in (1, 1, 2, 8)]
    return plain + [(threads, True, _run(shuffled, threads, station)) for threads in (1, 2, 8)]


def _marts() -> dict[str, pa.Table]:
    return next(made for threads, _, made in _runs("verified") if threads == 2)


@pytest.mark.parametrize("station", ["verified", "typed"])
def test_order_and_threads_change_nothing(station: str) -> None:
    (*_, first), *others = _runs(station)
    assert first
    for threads, shuffled, again in others:
        assert again == first, (threads, shuffled)


def test_exported_marts_are_the_same_to_the_byte(tmp_path: Path) -> None:
    first, *others = [_export(tmp_path / str(n), made) for n, (*_, made) in enumerate(_runs("verified"))]
    assert set(first) == {f"{t.name}.parquet" for t in COMPUTED_MARTS}
    assert all(other == first for other in others)


def _export(folder: Path, marts: dict[str, pa.Table]) -> dict[str, bytes]:
    for table in COMPUTED_MARTS:
        write_table(folder / f"{table.name}.parquet", table, marts[table.name])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_marts_keep_their_declared_schema_and_key() -> None:
    marts = _marts()
    for table in COMPUTED_MARTS:
        made = marts[table.name]
        assert made.schema.equals(table.arrow)
        keys = [tuple(row.values()) for row in made.select(list(table.key)).to_pylist()]
        assert not table.key or len(keys) == len(set(keys)), table.name
        assert not any(made[c.name].null_count for c in table.columns if not c.null), table.name


def test_published_file_holds_the_marts_and_survives_a_killed_run(tmp_path: Path) -> None:
    marts = _marts()
    path = publish(tmp_path / "capaian.duckdb", {"lama": marts["skpd"]})
    (tmp_path / ".capaian.duckdb.999.tmp").write_bytes(b"left by a killed run")
    with open_read(path) as reader:
        publish(path, marts)
        assert reader("from lama").num_rows == marts["skpd"].num_rows, "who reads the old file goes on reading it"
    with open_read(path) as query:
        assert {t.name: query(f"from {t.name}").cast(t.arrow) for t in COMPUTED_MARTS} == marts
    assert [p.name for p in tmp_path.iterdir()] == ["capaian.duckdb"]


def test_a_file_held_by_another_program_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise held()

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileLockedError, match="sedang dipakai"):
        publish(tmp_path / "capaian.duckdb", {})
    assert list(tmp_path.iterdir()) == []


def test_reading_before_anything_was_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="belum ada"), open_read(tmp_path / "capaian.duckdb"):
        pass
