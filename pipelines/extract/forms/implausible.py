"""Figures that fit their row only when taken a hundred or a thousand times: asked, for a person to say which."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pipelines.extract.forms.columns import MONEY
from pipelines.extract.readings import PERCENTAGES
from schemas.reading import Held, Value
from schemas.units import is_average, is_rupiah, is_whole_unit

_COMPARED = ("target_tahunan", "realisasi_tahunan", "target_tw", "realisasi_tw")
_SHARES = ("persen_kumulatif_tw", "realisasi_fisik", "realisasi_fisik_tw")
"""Percentages, whatever the unit of the row."""
_TYPED = ("number", "text_number")
_MORE = re.compile(r"[*%+-]")
"""What a formula has that does more than divide."""
_HUNDRED, _THOUSAND, _NEAR = Decimal(100), Decimal(1000), Decimal(2)
_AMOUNT = Decimal(1_000_000)
"""Beside an amount of so many rupiah another of a hundred or less is none."""
_LARGEST_SHARE = Decimal("1.5")
"""A fraction beyond this is no share of a target one would see."""


def open_thousands(fields: dict[str, Held], scaled: Container[str]) -> list[Value]:
    """Take from a row the parts of what is counted one by one, where somebody typed them; gives them back.

    `1.250` orang may be what a spreadsheet in English took for one and a quarter. Of an average (`Rata-rata anak per
    keluarga`) parts are plausible, but for those that are thousands beside others of the row. `scaled` are the cells
    whose format shows less than they hold.
    """
    satuan = fields.get("satuan")
    unit = str(satuan.value) if isinstance(satuan, Value) else None
    if not is_whole_unit(unit) or is_rupiah(unit):
        return []
    counted = [name for name in fields if name not in _SHARES]
    figures = list(_figures(fields, counted))
    whole = [abs(figure) for _, figure in figures if figure % 1 == 0]
    names = [v.value for name in fields if name.startswith("indikator") for v in _values(fields[name])]
    averaged = any(is_average(str(name)) for name in names)
    typed = [(v, figure) for v, figure in figures if v.kind == "number" and v.cell not in scaled]
    found = [v for v, figure in typed if figure % 1 and figure * _THOUSAND % 1 == 0]
    return _open(fields, counted, [v for v in found if not averaged or _is_thousandth(v.value, whole)])


def _is_thousandth(figure: object, others: Iterable[Decimal]) -> bool:
    thousands = abs(figure) * _THOUSAND if isinstance(figure, Decimal) else Decimal(0)
    return any(thousands <= other * _NEAR and other <= thousands * _NEAR for other in others)


def open_fractions(fields: dict[str, Held]) -> list[Value]:
    """Take from a row what fits the others of it only as a hundredfold: a share written as a fraction; gives it back.

    A cell shown as a percentage has been taken so already, what can only be whole is no share, and a formula that does
    more than divide means what it comes to.
    """
    satuan = fields.get("satuan")
    if is_whole_unit(str(satuan.value) if isinstance(satuan, Value) else None):
        return []
    figures = list(_figures(fields, _COMPARED))
    large = [abs(figure) for _, figure in figures if abs(figure) > _LARGEST_SHARE]
    found = [v for v, figure in figures if _may_be_share(v) and _fits_hundredfold(abs(figure), large)]
    return _open(fields, _COMPARED, found)


def open_hundredfolds(fields: dict[str, Held]) -> list[Value]:
    """Take from a row what was typed a hundred times what its target says, as where a comma was lost; gives it back.

    A realisasi is held against the target of its quarter or of the year, that of the year against its quarters'.
    """
    found = [v for v, target in _pairs(fields) if v.kind in _TYPED and _is_hundredfold(v.value, target)]
    return _open(fields, _COMPARED, found)


def _pairs(fields: Mapping[str, Held]) -> Iterator[tuple[Value, Decimal]]:
    """Figures with the one each is to be like."""
    year = next(iter(_figures(fields, ["target_tahunan"])), None)
    quarters = fields.get("target_tw")
    targets = {p: v.value for p, v in quarters.items()} if isinstance(quarters, Mapping) else {}
    aimed = {p: target for p, target in targets.items() if isinstance(target, Decimal)}
    if year and aimed:
        yield year[0], max(aimed.values())
    done = fields.get("realisasi_tw")
    for period, value in done.items() if isinstance(done, Mapping) else ():
        if period in aimed:
            yield value, aimed[period]
    if year:
        yield from ((value, year[1]) for value, _ in _figures(fields, ["realisasi_tahunan"]))


def _is_hundredfold(figure: object, target: Decimal) -> bool:
    return isinstance(figure, Decimal) and target > 0 and _HUNDRED / _NEAR <= figure / target <= _HUNDRED * _NEAR


def open_percentages(fields: dict[str, Held]) -> list[Value]:
    """Take from a row of rupiah what is a percentage beside its amounts; gives it back."""
    figures = list(_figures(fields, MONEY))
    if not any(abs(figure) >= _AMOUNT for _, figure in figures):
        return []
    return _open(fields, MONEY, [v for v, figure in figures if 0 < abs(figure) <= PERCENTAGES])


def _figures(fields: Mapping[str, Held], names: Iterable[str]) -> Iterator[tuple[Value, Decimal]]:
    for name in names:
        for value in _values(fields.get(name)):
            if isinstance(value.value, Decimal):
                yield value, value.value


def _open(fields: dict[str, Held], names: Iterable[str], found: list[Value]) -> list[Value]:
    for name in names if found else ():
        held = fields.get(name)
        if isinstance(held, Mapping):
            fields[name] = {period: _opened(v, found) for period, v in held.items()}
        elif isinstance(held, Value):
            fields[name] = _opened(held, found)
    return found


def _values(held: Held | None) -> Iterator[Value]:
    if isinstance(held, Mapping):
        yield from held.values()
    elif isinstance(held, Value):
        yield held


def _opened(value: Value, found: list[Value]) -> Value:
    return replace(value, value=None, kind="text_unparsed") if value in found else value


def _fits_hundredfold(figure: Decimal, others: list[Decimal]) -> bool:
    share = figure * _HUNDRED
    fits = any(share <= other * _NEAR and other <= share * _NEAR for other in others)
    return 0 < figure <= _LARGEST_SHARE and fits


def _may_be_share(value: Value) -> bool:
    if value.kind in ("formula_cached", "formula_no_cache"):
        formula = str(value.raw)
        return "/" in formula[2:-1] and not _MORE.search(formula)
    return value.kind != "percent_native"
