"""What an explanation prints is what the marts hold: its own numbers, reckoned by Fraction, give the stored figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.explain.expression import evaluate, read_written, round_half_up, write_figure
from pipelines.explain.facts import Quarter
from pipelines.explain.published import Published, texts
from pipelines.explain.sums import name_rule, write_formula, write_realisasi
from pipelines.explain.wording import words
from pipelines.stores.warehouse import Warehouse
from schemas.columns import DECIMAL

PLACES = Decimal("1e-10")
FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
TYPICAL = st.sampled_from([Decimal(x) for x in ("0", "1", "3", "7", "12.5", "100", "-2", "-0.5", "999999.99")])
FIGURE = st.one_of(FIGURES, TYPICAL)
CASE = st.tuples(
    st.sampled_from(["naik", "turun", "stabil", "rentang", "predikat"]),
    st.sampled_from(["turun_2t_r", "turun_t_r"]), FIGURE, FIGURE, st.one_of(st.none(), FIGURE),
)  # fmt: skip


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(threads=1) as opened:
        yield opened


def _measure(warehouse: Warehouse, cases: list[tuple]) -> list[dict]:
    names = ("polaritas", "rumus_turun", "realisasi", "target", "target_atas")
    kinds = (pa.string(), pa.string(), DECIMAL, DECIMAL, DECIMAL)
    rows = [[c if c is None or isinstance(c, str) else c.quantize(PLACES) for c in case] for case in cases]
    columns = {n: pa.array([row[i] for row in rows], k) for i, (n, k) in enumerate(zip(names, kinds, strict=True))}
    warehouse.register("kasus", pa.table(columns))
    return warehouse.query(
        "select *, capaian_of(rumus, realisasi, target, target_atas) as capaian_pct from"
        " (select *, rumus_of(polaritas, rumus_turun, realisasi, target, target_atas) as rumus from kasus)"
    ).to_pylist()


def _reckon_in_print(text: str) -> Fraction | None:
    """A printed sum, reckoned by Python itself after putting each number between Fraction('…')."""
    plain = text.replace("×", "*").replace("−", "-")
    code = re.sub(r"[\d.]+(?:,\d+)?", lambda m: f"Fraction('{m[0].replace('.', '').replace(',', '.')}')", plain)
    return eval(code, {"Fraction": Fraction})


@settings(max_examples=25)
@given(st.lists(CASE, min_size=5, max_size=40))
def test_every_formula_in_print_gives_the_stored_capaian(warehouse: Warehouse, cases: list[tuple]) -> None:
    for row in _measure(warehouse, cases):
        total = write_formula(row)
        if row["capaian_pct"] is None:
            assert total is None
            continue
        assert total is not None
        assert total.tertulis is not None, (row, name_rule(row))
        printed = _reckon_in_print(total.tertulis)
        assert printed is not None
        assert round_half_up(Fraction(printed), 10) == row["capaian_pct"], (row, total)


@settings(max_examples=25)
@given(st.lists(CASE, min_size=5, max_size=40))
def test_a_published_figure_is_judged_by_the_formula_of_the_marts(warehouse: Warehouse, cases: list[tuple]) -> None:
    plain = [(p, turun, r, t, None) for p, turun, r, t, _ in cases if p in ("naik", "turun", "stabil")]
    for row in _measure(warehouse, plain) if plain else ():
        figure = Published(
            row["target"], row["realisasi"], Decimal(0), 2, row["polaritas"], rumus_turun=row["rumus_turun"]
        )
        by_rule = figure.by_rule
        assert (None if by_rule is None else round_half_up(by_rule, 10)) == row["capaian_pct"], row


@settings(max_examples=25)
@given(
    st.sampled_from(["jumlah", "rata_rata", "posisi_akhir", "maksimum", "tahunan", "rasio"]),
    st.lists(st.tuples(FIGURE, st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=4),
)
def test_quarters_in_print_give_the_realisasi(warehouse: Warehouse, konsolidasi: str, values: list[tuple]) -> None:
    quarters = [
        Quarter(q, terukur=True, realisasi=v.quantize(PLACES), pembilang=Decimal(a), penyebut=Decimal(b))
        for q, (v, a, b) in enumerate(values, 1)
    ]
    stored = _consolidated(konsolidasi, quarters)
    figure = {"realisasi": stored, "realisasi_teks": None, "cara_isi": "per_triwulan"}
    total = write_realisasi(figure, quarters, konsolidasi)
    assert total is not None
    assert total.tertulis is not None
    assert round_half_up(Fraction(_reckon_in_print(total.tertulis) or 0), 10) == stored


def _consolidated(konsolidasi: str, quarters: list[Quarter]) -> Decimal:
    """Rules §4, first column, by Fraction."""
    values = [Fraction(q.realisasi or 0) for q in quarters]
    exact = {
        "jumlah": sum(values, Fraction(0)),
        "rata_rata": sum(values, Fraction(0)) / len(values),
        "maksimum": max(values),
        "rasio": Fraction(sum(q.pembilang or 0 for q in quarters))
        / Fraction(sum(q.penyebut or 1 for q in quarters))
        * 100,
    }.get(konsolidasi, values[-1])
    return round_half_up(exact, 10)


@given(FIGURE)
def test_a_figure_in_print_is_the_figure(value: Decimal) -> None:
    assert read_written(write_figure(value)) == Fraction(value)


@given(st.fractions(max_denominator=10**6), st.integers(0, 12))
def test_rounding_is_half_away_from_zero(value: Fraction, places: int) -> None:
    rounded = Fraction(round_half_up(value, places))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    if abs(rounded - value) == Fraction(1, 2 * 10**places):
        assert abs(rounded) > abs(value)


def test_one_formula_is_written_once() -> None:
    """The plain formulas of a published figure are those an explanation writes."""
    branches = {name: entry["cabang"][-1]["tulis"] for name, entry in words()["rumus"].items()}
    past_target = {**branches, "stabil": words()["rumus"]["stabil"]["cabang"][1]["tulis"]}
    assert {name: past_target[name] for name in texts()["rumus"]} == texts()["rumus"]


def test_division_by_zero_is_nothing() -> None:
    assert evaluate("R / T * 100", {"R": Decimal(1), "T": Decimal(0)}) is None
