"""Published LKjIP, Renstra and portal figures, reproduced at the decimals they were printed with."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.stores.warehouse import Warehouse
from schemas.columns import DECIMAL

CASES = Path(__file__).parents[2].parent / "shared" / "cases"


def _load(name: str) -> list[dict[str, object]]:
    path = CASES / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this checkout")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _decimal(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("1e-10"))


def _printed_places(row: dict[str, object], column: str) -> int:
    """Decimals of the printed percentage; of a ratio two fewer; none where the source rounded before it printed."""
    raw, unit = row[f"{column}_raw"], row[f"{column}_unit"]
    if "round0" in str(row.get("formula_match")):
        return 0
    digits = re.search(r"[.,](\d+)\D*$", str(raw).strip())
    return max(0, (len(digits[1]) if digits else 0) - (2 if unit == "rasio" else 0))


def _reproduced(computed: Decimal | None, published: object, places: int) -> bool:
    if computed is None:
        return False
    unit = Decimal(1).scaleb(-places)
    return computed.quantize(unit, ROUND_HALF_UP) == _decimal(published).quantize(unit, ROUND_HALF_UP)


def _compute(sql: str, **columns: list[object]) -> list[Decimal | None]:
    arrays = {n: pa.array(v, DECIMAL if isinstance(v[0], Decimal) else pa.string()) for n, v in columns.items()}
    with Warehouse(threads=2) as warehouse:
        warehouse.register("rows", pa.table(arrays))
        return warehouse.query(f"select {sql} as x from rows")["x"].to_pylist()


def test_capaian_figures(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [r for r in _load("cases") if r["status"] == "match_round"]
    computed = _compute(
        "capaian_of(rumus_of(p, 'turun_2t_r', r, t, null), r, t, null)",
        p=[r["polaritas"] for r in rows],
        r=[_decimal(r["realisasi"]) for r in rows],
        t=[_decimal(r["target"]) for r in rows],
    )
    missed = [
        (r["id"], r["target_raw"], r["realisasi_raw"], r["capaian_raw"], str(x))
        for r, x in zip(rows, computed, strict=True)
        if not _reproduced(x, r["capaian_published"], _printed_places(r, "capaian"))
    ]
    with capsys.disabled():
        print(f"\ncapaian: {len(rows) - len(missed)} of {len(rows)} published figures reproduced")
    assert not missed


def test_serapan_figures(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [r for r in _load("budget") if r["status"] == "match_round"]
    computed = _compute(
        "percent(r, p)", r=[_decimal(r["realisasi"]) for r in rows], p=[_decimal(r["pagu"]) for r in rows]
    )
    missed = [
        (r["id"], r["pagu_raw"], r["realisasi_raw"], r["persen_raw"], str(x))
        for r, x in zip(rows, computed, strict=True)
        if not _reproduced(x, r["persen_published"], _printed_places(r, "persen"))
    ]
    with capsys.disabled():
        print(f"\nserapan: {len(rows) - len(missed)} of {len(rows)} published figures reproduced")
    assert not missed


def test_efficiency_figures(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [r for r in _load("efisiensi") if r["formula"] == "capaian - serapan"]
    agree = [
        r for r in rows
        if _decimal(r["capaian_persen"]) - _decimal(r["serapan_persen"]) == _decimal(r["efisiensi_published"])
    ]  # fmt: skip
    with capsys.disabled():
        print(f"\nefisiensi: {len(agree)} of {len(rows)} published differences reproduced")
    assert len(agree) == len(rows) > 0
