"""The form's capaian and the marts' capaian are one arithmetic: schemas/formulas.sql."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pyarrow as pa
import pytest

from pipelines.collect.capaian import compute_capaian
from pipelines.collect.rule import make_rule
from pipelines.stores.warehouse import Warehouse
from schemas.columns import DECIMAL
from schemas.vocabulary import Polaritas
from tests.unit.collect.forms import pk, row

_SQL = "select capaian_of(rumus_of(p, $rumus_turun, r, t, a), r, t, a) as capaian from given order by nomor"


def cases() -> list[tuple[Polaritas, Decimal, Decimal, Decimal]]:
    random = Random(20251)
    figures = [Decimal(n) / 4 for n in range(-8, 9)]
    words = [p for p in Polaritas if p is not Polaritas.PREDIKAT]
    return [(random.choice(words), random.choice(figures), *sorted(random.choices(figures, k=2))) for _ in range(400)]


def target_of(polaritas: Polaritas, low: Decimal, high: Decimal) -> object:
    ranged = polaritas is Polaritas.RENTANG and low >= 0
    return f"{low} - {high}".replace(".", ",") if ranged else low


def of_the_marts(rumus_turun: str) -> list[Decimal | None]:
    rows = [
        {"nomor": n, "p": str(p), "r": r, "t": low, "a": high if isinstance(target_of(p, low, high), str) else low}
        for n, (p, r, low, high) in enumerate(cases())
    ]
    schema = pa.schema({"nomor": pa.int32(), "p": pa.string(), "r": DECIMAL, "t": DECIMAL, "a": DECIMAL})
    with Warehouse() as warehouse:
        warehouse.register("given", pa.Table.from_pylist(rows, schema=schema))
        return warehouse.query(_SQL, {"rumus_turun": rumus_turun}).column("capaian").to_pylist()


@pytest.mark.parametrize("rumus_turun", ["turun_2t_r", "turun_t_r"])
def test_formula_of_the_form_and_of_the_marts_agree(rumus_turun):
    for (polaritas, realisasi, low, high), theirs in zip(cases(), of_the_marts(rumus_turun), strict=True):
        target = target_of(polaritas, low, high)
        mine = compute_capaian(make_rule(pk("X", polaritas, target), 2, rumus_turun, None), row("X", target, realisasi))
        place = (polaritas, realisasi, target)
        assert (mine is None) == (theirs is None), place
        assert mine is None or abs(mine - theirs) < Decimal("1e-9"), place


@pytest.mark.parametrize(("realisasi", "capaian"), [("0", "100"), ("5", "75"), ("25", "-25")])
def test_a_target_of_nought_is_measured_against_the_worst_value(realisasi, capaian):
    agreed = replace(pk("X", Polaritas.TURUN, Decimal(0)), nilai_terburuk=Decimal(20))
    rule = make_rule(agreed, 2, "turun_2t_r", None)
    assert compute_capaian(rule, row("X", Decimal(0), Decimal(realisasi))) == Decimal(capaian)


def test_a_worst_value_changes_nothing_where_there_is_a_target():
    agreed = replace(pk("X", Polaritas.TURUN, Decimal(10)), nilai_terburuk=Decimal(20))
    assert make_rule(agreed, 2, "turun_t_r", None) == make_rule(
        replace(agreed, nilai_terburuk=None), 2, "turun_t_r", None
    )
