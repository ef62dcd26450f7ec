"""Every macro of schemas/formulas.sql holds the widest figures its columns allow: exact, or null, and never an error.

The macros are found in the file: one whose parameters or arithmetic are not declared here fails by name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from importlib.resources import files
from itertools import islice, product

import pyarrow as pa
import pytest

from pipelines.queries import read_sql
from pipelines.stores.warehouse import Warehouse
from schemas.columns import DECIMAL, TEXT
from schemas.scales import rule_tables
from tests.lib import reference

SOURCE = re.sub(r"--.*", "", files("schemas").joinpath("formulas.sql").read_text("utf-8"))
MACROS = {
    name: ([p.strip() for p in parameters.split(",")], body)
    for name, parameters, body in re.findall(r"create or replace macro (\w+)\(([^)]*)\) as(.*?);", SOURCE, re.DOTALL)
}
TABLES = {name for name, (_, body) in MACROS.items() if body.lstrip().startswith("table")}

LARGEST = Decimal("99999999999999999999.9999999999")
OFFICE = Decimal(10) ** 15
"""A thousand trillion rupiah: up to here a figure comes out exactly; beyond it null will do."""
SIZES = ("0.0000000001", "0.000001", "0.9999999999", "100", "98765432.1", "9876543210123.45", "999999999999999")
FIGURES = [sign * Decimal(size) for size in SIZES for sign in (1, -1)]
FIGURES += [Decimal(0), LARGEST, LARGEST.copy_negate(), None]

Kind = tuple[Sequence[object], pa.DataType]
FIGURE: Kind = (FIGURES, DECIMAL)
LIMIT: Kind = ([Decimal("0.0000000001"), Decimal(20), Decimal("9876543210123.45"), None], DECIMAL)
WEIGHT: Kind = ([Decimal("0.000001"), Decimal("33.333333"), Decimal(1000)], DECIMAL)
UNIT: Kind = ([Decimal(n) for n in ("0", "1", "-7", "1e15", "-1e25", "1e30", "-1e30")], pa.decimal128(38, 0))
SET: Kind = (range(16), pa.uint8())
WORD: Kind = ([*re.findall(r"'(\w+)'", MACROS["rumus_of"][1]), None], TEXT)
KINDS = {
    **dict.fromkeys("abcdertx", FIGURE),
    **dict.fromkeys(("part", "whole", "dividend", "divisor", "by_whole_numbers", "sum_weighted", "reached"), FIGURE),
    **dict.fromkeys(("tolok", "t_atas", "worst", "r_before", "now", "before", "capaian", "capaian_before"), FIGURE),
    **dict.fromkeys(("capaian_pct", "so_far", "last_so_far", "last_end", "serapan"), FIGURE),
    **dict.fromkeys(("batas_capaian", "capaian_least", "serapan_below", "e_limit"), LIMIT),
    **dict.fromkeys(("weight", "sum_weight"), WEIGHT),
    **dict.fromkeys(("quarters", "kumulatif"), SET),
    **dict.fromkeys(("polaritas", "rumus", "rumus_turun", "teks"), WORD),
    "u": UNIT,
    "quarter": (range(1, 5), pa.int32()),
    "quarters_known": (range(1, 5), pa.int32()),
    "one_before": (range(3), pa.int32()),
    "konsolidasi": (["posisi_akhir", "jumlah", "rata_rata", None], TEXT),
    "tahun_data": ([2020, 2025, None], pa.int32()),
    "nama": (["efisien_capaian_minimum", None], TEXT),
}
"""What a parameter can hold, by its name."""
OWN: dict[str, dict[str, Kind]] = {
    "covered_quarters": {"quarter": ([3, 4], pa.int32())},
    "divide_units": dict.fromkeys("ab", UNIT),
    "which_quarters": dict.fromkeys("abcd", ([True, False, None], pa.bool_())),
    "unite_quarters": dict.fromkeys("abcd", SET),
}
"""Where a name means something else."""
PARTS = {"small_enough", "guessed_quotient", "quotient", "millionths", "weighted", "weighted_mean", "capaian_dividend"}
"""Steps inside `divide`, the mean and the formulas of capaian, which have references of their own (test_arithmetic)."""

Figure = Decimal | None


def _exact(formula: Callable[..., Figure]) -> Callable[..., Figure]:
    """The formula with 80 digits; unknown where an argument is."""

    def reckon(*given: Figure) -> Figure:
        with localcontext(reference.EXACT):
            return None if None in given else formula(*given)

    return reckon


def _whole(x: Decimal, places: int) -> Decimal:
    return x.scaleb(places).quantize(Decimal(1), ROUND_HALF_UP)


def _linear_end(konsolidasi: str | None, known: int, *given: Figure) -> Figure:
    """The line of least squares in its textbook form, and the year as its quarters make it."""
    points = [p for p in given[:known] if p is not None]
    if known not in (2, 3) or konsolidasi is None or len(points) < known:
        return None
    with localcontext(reference.EXACT):
        mean_x, mean_y = Decimal(known + 1) / 2, sum(points) / known
        off = [n - mean_x for n in range(1, known + 1)]
        slope = sum(x * y for x, y in zip(off, points, strict=True)) / sum(x * x for x in off)
        year = [*points, *(mean_y + slope * (n - mean_x) for n in range(known + 1, 5))]
        end = {"posisi_akhir": year[-1], "jumlah": sum(year), "rata_rata": sum(year) / 4}[konsolidasi]
        return end.quantize(reference.PLACES)


REFERENCES: dict[str, Callable[..., Figure]] = {
    "whole_units": _exact(lambda x: _whole(x, 10)),
    "hundredths": _exact(lambda x: _whole(x, 2) if round(x, 2) == x else None),
    "from_units": _exact(lambda u: u.scaleb(-10)),
    "divide_units": _exact(lambda a, b: _whole(a / b, 0) if b else None),
    "divide": reference.divide,
    "percent": lambda part, whole: reference.divide(part, whole, 100),
    "linear_end": _linear_end,
    "seasonal_end": _exact(lambda now, last, end: _whole(end * now / last, 4).scaleb(-4) if last else None),
    "nilai_efisiensi": _exact(lambda e, limit: 50 + reference.divide(max(-limit, min(limit, e)) * 50, limit)),
}


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(threads=1) as opened:
        for name, rules in rule_tables().items():
            opened.register(name, rules)
        opened.register("pilihan", pa.table({"tahun": [2025], "skala_kategori": ["permendagri_86_2017"]}))
        opened.keep("kategori_tahun", read_sql("pipelines.aggregate", "kategori_tahun"))
        yield opened


def _called(warehouse: Warehouse, name: str) -> Iterator[tuple[tuple[object, ...], Figure]]:
    """Arguments of every size, mixed, and what the macro makes of them."""
    parameters = MACROS[name][0]
    kinds = [OWN.get(name, {}).get(p) or KINDS[p] for p in parameters]
    mixed = random.Random(name)
    every = list(islice(product(*(values for values, _ in kinds)), 4000))
    given = every if len(every) < 4000 else [tuple(mixed.choice(values) for values, _ in kinds) for _ in range(4000)]
    columns = [pa.array([row[i] for row in given], kind) for i, (_, kind) in enumerate(kinds)]
    warehouse.register("arguments", pa.table(columns, names=parameters))
    wide = [f"cast({p} as hugeint)" if kind is UNIT else p for p, kind in zip(parameters, kinds, strict=True)]
    made = warehouse.query(f"select {name}({', '.join(wide)}) as made from arguments")["made"].to_pylist()
    return zip(given, made, strict=True)


@pytest.mark.parametrize("name", sorted(MACROS.keys() - TABLES))
def test_no_macro_ends_a_run_whatever_the_figures(warehouse: Warehouse, name: str) -> None:
    assert any(made is not None for _, made in _called(warehouse, name))


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_a_macro_is_exact_for_the_figures_of_an_office_and_exact_or_null_beyond(
    warehouse: Warehouse, name: str
) -> None:
    for given, made in _called(warehouse, name):
        expected = REFERENCES[name](*given)
        if made is None:
            figures = [abs(f) for f in (*given, expected) if isinstance(f, Decimal)]
            assert expected is None or max(figures) > OFFICE, given
        else:
            assert Decimal(made) == expected, given


def test_every_macro_that_multiplies_or_divides_has_a_reference() -> None:
    reckons = {name for name in MACROS.keys() - TABLES if re.search(r"[\w)] *(\*|//) *[\w(]", MACROS[name][1])}
    assert reckons - PARTS <= REFERENCES.keys()
