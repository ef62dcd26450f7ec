"""Published LKjIP, Renstra and portal figures, reproduced at the decimals they were printed with."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest

from pipelines.stores.warehouse import Warehouse
from schemas.columns import DECIMAL
from schemas.scales import rule_tables
from tests.lib.published import load_cases, printed_places


def _decimal(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("1e-10"))


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
    rows = [r for r in load_cases("cases") if r["status"] == "match_round"]
    computed = _compute(
        "capaian_of(rumus_of(p, 'turun_2t_r', r, t, null), r, t, null)",
        p=[r["polaritas"] for r in rows],
        r=[_decimal(r["realisasi"]) for r in rows],
        t=[_decimal(r["target"]) for r in rows],
    )
    missed = [
        (r["id"], r["target_raw"], r["realisasi_raw"], r["capaian_raw"], str(x))
        for r, x in zip(rows, computed, strict=True)
        if not _reproduced(x, r["capaian_published"], printed_places(r, "capaian"))
    ]
    with capsys.disabled():
        print(f"\ncapaian: {len(rows) - len(missed)} of {len(rows)} published figures reproduced")
    assert not missed


def test_serapan_figures(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [r for r in load_cases("budget") if r["status"] == "match_round"]
    computed = _compute(
        "percent(r, p)", r=[_decimal(r["realisasi"]) for r in rows], p=[_decimal(r["pagu"]) for r in rows]
    )
    missed = [
        (r["id"], r["pagu_raw"], r["realisasi_raw"], r["persen_raw"], str(x))
        for r, x in zip(rows, computed, strict=True)
        if not _reproduced(x, r["persen_published"], printed_places(r, "persen"))
    ]
    with capsys.disabled():
        print(f"\nserapan: {len(rows) - len(missed)} of {len(rows)} published figures reproduced")
    assert not missed


def test_efficiency_figures(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [r for r in load_cases("efisiensi") if r["formula"] == "capaian - serapan"]
    agree = [
        r for r in rows
        if _decimal(r["capaian_persen"]) - _decimal(r["serapan_persen"]) == _decimal(r["efisiensi_published"])
    ]  # fmt: skip
    with capsys.disabled():
        print(f"\nefisiensi: {len(agree)} of {len(rows)} published differences reproduced")
    assert len(agree) == len(rows) > 0


def test_every_printed_scale_of_categories_is_known_without_its_gaps() -> None:
    scales: dict[str, dict[str, tuple[Decimal | None, str]]] = {}
    for row in rule_tables()["skala_kategori"].to_pylist():
        scales.setdefault(row["skala"], {})[row["kategori"]] = (row["batas_bawah"], row["tanda"])
    printed = [{name: text for text, name in r["bands"]} for r in load_cases("scales") if len(r["bands"]) > 2]
    assert printed
    for bands in printed:
        known = [s for s in scales.values() if list(s) == list(reversed(bands))]
        assert any(all(_starts(text) == bound[0] for (text, bound) in _pairs(bands, s)) for s in known), bands
        lowest = [name for s in known for name, (bound, _) in s.items() if bound is None]
        assert len(lowest) == len(known), "the lowest takes the rest"


def _pairs(
    bands: dict[str, str], scale: dict[str, tuple[Decimal | None, str]]
) -> list[tuple[str, tuple[Decimal | None, str]]]:
    return [(bands[name], bound) for name, bound in scale.items() if bound[0] is not None]


def _starts(text: str) -> Decimal:
    """The lower bound of a band as printed: `76 <= 90`, `>75 s.d. <85`, `>=91`."""
    return Decimal(re.findall(r"\d+", text)[0])
