"""Published totals and efficiency figures: what they agree with, by the same decimals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from pipelines.explain.expression import evaluate, round_half_up
from pipelines.explain.published import Match, texts
from pipelines.explain.slips import one_slip_apart
from pipelines.numerals import format_exact

_LEFT_OUT = 3
"""So many members may have been forgotten, or counted twice; of more, something always fits."""


def diagnose_total(printed: Decimal, members: Mapping[str, Decimal]) -> tuple[Match, ...]:
    """What a printed total is, of named members: their sum, the sum without some, with some twice, or a slip of it."""
    total = sum(members.values(), Decimal(0))
    difference = total - printed
    fields = {"nilai": format_exact(total), "selisih": format_exact(abs(difference))}
    if difference == 0:
        return (_said("sesuai", fields),)
    found = [*_uncounted(difference, members, fields), *_slipped(printed, total, fields)]
    return tuple(found) or (_said("tak_diketahui", fields, cocok=False),)


def _uncounted(difference: Decimal, members: Mapping[str, Decimal], fields: dict[str, str]) -> Iterator[Match]:
    sebab = "anggota_hilang" if difference > 0 else "anggota_ganda"
    for size in range(1, min(_LEFT_OUT, len(members) - 1) + 1):
        for names in combinations(members, size):
            if sum(members[name] for name in names) == abs(difference):
                yield _said(sebab, {**fields, "anggota": ", ".join(names)})
                return


def _slipped(printed: Decimal, total: Decimal, fields: dict[str, str]) -> Iterator[Match]:
    if one_slip_apart(f"{printed:f}", f"{total:f}"):
        yield _said("salah_ketik", fields)


def _said(sebab: str, fields: Mapping[str, str], *, cocok: bool = True) -> Match:
    return Match(sebab, texts()["jumlah"][sebab].format(**fields), cocok)


def name_efficiency(
    printed: Decimal, places: int, *, capaian: Decimal | None = None, serapan: Decimal | None = None,
    efisiensi: Decimal | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Ids of the efficiency formulas that give the printed figure, in percent; empty where none does."""
    known = {"C": capaian, "S": serapan, "E": efisiensi}
    values = {name: figure for name, figure in known.items() if figure is not None}
    meant = round_half_up(Fraction(printed), places)
    return tuple(
        formula for formula, entry in texts()["efisiensi"].items()
        if (value := _reckon(entry["tulis"], values)) is not None and round_half_up(value, places) == meant
    )  # fmt: skip


def _reckon(expression: str, values: Mapping[str, Decimal]) -> Fraction | None:
    """None also where a figure the formula needs is not known."""
    try:
        return evaluate(expression, values)
    except KeyError:
        return None
