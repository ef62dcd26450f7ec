"""Quarters into semesters and years, for every konsolidasi and any pattern of missing quarters."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.queries import order_queries, read_sql
from pipelines.stores.warehouse import Warehouse
from tests.lib.given import inputs
from tests.lib.reference import Indicator, Parts, capaian, measured, part, realisasi, target

PERIODS = {f"2025-TW{q + 1}": (q,) for q in range(4)} | {"2025-S1": (0, 1), "2025-S2": (2, 3), "2025": (0, 1, 2, 3)}
figures = st.decimals(-1000, 1000, places=3) | st.integers(0, 12).map(Decimal) | st.decimals(0, 10**15, places=2)
cells = st.tuples(*[st.none() | figures] * 4)
counts = st.tuples(*[st.none() | st.integers(0, 500).map(Decimal)] * 4)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    konsolidasi = draw(st.sampled_from(("jumlah", "posisi_akhir", "rata_rata", "rasio", "tahunan", "maksimum")))
    return Indicator(
        draw(st.sampled_from(("naik", "turun", "stabil", "rentang", "predikat"))), konsolidasi,
        draw(st.sampled_from(("per_triwulan", "kumulatif"))), draw(st.none() | figures), draw(cells), draw(cells),
        *((draw(counts), draw(counts)) if konsolidasi == "rasio" else ()),
    )  # fmt: skip


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(threads=2) as opened:
        yield opened


def _rows(many: list[Indicator]) -> dict[str, list[dict[str, object]]]:
    pk, entries = [], []
    for number, i in enumerate(many):
        targets = {f"target_tw{q + 1}": t for q, t in enumerate(i.target)} | {"target_tahunan": i.tahunan}
        words = {"polaritas": i.polaritas, "konsolidasi": i.konsolidasi, "cara_isi": i.cara_isi}
        pk += [{"kode_indikator": f"I{number}", "triwulan": q, **words, **_texts(targets)} for q in (1, 2, 3, 4)]
        entries += [
            {"kode_indikator": f"I{number}", "triwulan": q + 1, **_texts({"realisasi_tw": i.realisasi[q]}),
             "pembilang": i.pembilang[q], "penyebut": i.penyebut[q]}
            for q in range(4)
        ]  # fmt: skip
    return {"verified_pk": pk, "verified_realisasi": entries}


def _texts(values: dict[str, Decimal | None]) -> dict[str, object]:
    return {name: None if v is None else f"{v:f}" for name, v in values.items()}


def _measure(warehouse: Warehouse, many: list[Indicator]) -> dict[tuple[str, str], dict[str, object]]:
    for name, table in inputs(_rows(many), "verified").items():
        warehouse.register(name, table)
    for name in order_queries("pipelines.aggregate", ("capaian_periode",), warehouse.tables()):
        warehouse.keep(name, read_sql("pipelines.aggregate", name))
    rows = warehouse.query("from capaian_periode").to_pylist()
    return {(str(r["kode_indikator"]), str(r["periode"])): r for r in rows}


@given(st.lists(indicators(), min_size=20, max_size=60))
@settings(max_examples=12)
def test_every_period_follows_the_rules(warehouse: Warehouse, many: list[Indicator]) -> None:
    made = _measure(warehouse, many)
    for number, i in enumerate(many):
        for periode, quarters in PERIODS.items():
            row = made[f"I{number}", periode]
            parts = functools.reduce(Parts.join, (part(i, q) for q in quarters))
            assert row["triwulan_terukur"] == len(parts.quarters), (i, periode)
            assert row["realisasi"] == realisasi(i, parts), (i, periode)
            if parts.quarters or len(quarters) == 4:
                expected = i.tahunan if len(quarters) == 4 else target(i, quarters)
                assert row["target"] == expected, (i, periode)
                assert row["status_ukur"] == _status(i, parts, quarters, expected), (i, periode)
                if row["status_ukur"] == "terukur":
                    result = capaian(i.polaritas, "turun_2t_r", realisasi(i, parts), expected)
                    assert row["capaian_pct"] == result, (i, periode)
            else:
                assert row["status_ukur"] in ("belum_tersedia", "tidak_ditargetkan")
                assert row["capaian_pct"] is None


def _status(i: Indicator, parts: Parts, quarters: tuple[int, ...], expected: Decimal | None) -> str:
    asked = [q for q in quarters if (i.target[q] if i.konsolidasi != "tahunan" else q == 3 and i.tahunan) is not None]
    if i.konsolidasi == "tahunan":
        asked = [3] if 3 in quarters and i.tahunan is not None else []
    if (i.tahunan is None) if len(quarters) == 4 else not asked:
        return "tidak_ditargetkan"
    if not parts.quarters:
        return "belum_tersedia"
    if expected is None:
        return "belum_tersedia" if len(parts.quarters) < len(asked) else "tidak_ditargetkan"
    found = capaian(i.polaritas, "turun_2t_r", realisasi(i, parts), expected)
    return "tidak_dapat_dihitung" if found is None or abs(found) >= 10**20 else "terukur"


@given(st.lists(indicators(), min_size=20, max_size=60))
@settings(max_examples=8)
def test_a_year_of_two_semesters_is_the_year_of_four_quarters(warehouse: Warehouse, many: list[Indicator]) -> None:
    made = _measure(warehouse, many)
    for number, i in enumerate(many):
        first, second = (functools.reduce(Parts.join, (part(i, q) for q in half)) for half in ((0, 1), (2, 3)))
        assert made[f"I{number}", "2025"]["realisasi"] == realisasi(i, first.join(second)), i


@given(st.lists(st.tuples(*[st.none() | st.integers(0, 900).map(Decimal)] * 4), min_size=10, max_size=30))
@settings(max_examples=6)
def test_kumulatif_and_per_triwulan_give_the_same_year(
    warehouse: Warehouse, many: list[tuple[Decimal | None, ...]]
) -> None:
    """A running total with gaps says as much of the year as the quarters themselves."""
    target = tuple(Decimal(100 * q) for q in (1, 2, 3, 4))
    singles = [Indicator("naik", "jumlah", "per_triwulan", Decimal(400), (Decimal(100),) * 4, v) for v in many]
    totals = [
        Indicator("naik", "jumlah", "kumulatif", Decimal(400), target, tuple(
            None if v is None else sum((x for x in values[: q + 1] if x is not None), Decimal(0))
            for q, v in enumerate(values)
        ))
        for values in many
    ]  # fmt: skip
    made = _measure(warehouse, [*singles, *totals])
    for number, values in enumerate(many):
        one, other = made[f"I{number}", "2025"], made[f"I{number + len(many)}", "2025"]
        assert measured(singles[number]) == [q for q, v in enumerate(values) if v is not None]
        assert (one["realisasi"], one["capaian_pct"]) == (other["realisasi"], other["capaian_pct"])


counted = st.tuples(*[st.integers(0, 900).map(Decimal)] * 4)
# a running penyebut that stands still says a position, not a quarter without any: only where it moves are both the same
moving = st.tuples(*[st.integers(1, 900).map(Decimal)] * 4)


@given(st.lists(st.tuples(counted, counted, moving), min_size=10, max_size=30))
@settings(max_examples=6)
def test_kumulatif_and_per_triwulan_give_the_same_in_every_period(
    warehouse: Warehouse, many: list[tuple[tuple[Decimal, ...], ...]]
) -> None:
    """Sums and ratios of quarters all measured: each quarter, semester and the year, target and capaian too."""
    singles = [_filled("per_triwulan", *values) for values in many] + [_ratio("per_triwulan", *v) for v in many]
    totals = [_filled("kumulatif", *map(_running, v)) for v in many]
    totals += [_ratio("kumulatif", v[0], *map(_running, v[1:])) for v in many]
    made = _measure(warehouse, [*singles, *totals])
    for number in range(len(singles)):
        for periode in PERIODS:
            one, other = made[f"I{number}", periode], made[f"I{number + len(singles)}", periode]
            same = ("target", "realisasi", "capaian_pct", "status_ukur")
            assert [one[c] for c in same] == [other[c] for c in same], (periode, singles[number])


def _running(values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(sum(values[: q + 1], Decimal(0)) for q in range(4))


def _filled(cara_isi: str, target: tuple[Decimal, ...], values: tuple[Decimal, ...], _: object) -> Indicator:
    return Indicator("naik", "jumlah", cara_isi, Decimal(400), target, values)


def _ratio(
    cara_isi: str, target: tuple[Decimal, ...], part: tuple[Decimal, ...], rest: tuple[Decimal, ...]
) -> Indicator:
    whole = tuple(a + b for a, b in zip(part, rest, strict=True))
    return Indicator("turun", "rasio", cara_isi, Decimal(40), target, (Decimal(1),) * 4, part, whole)
