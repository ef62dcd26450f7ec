"""What stands in a cell beside a name: a number or code before it, a unit or a target in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pipelines.extract.measures import read_measure
from pipelines.extract.parts import split_indicators
from schemas.reading import Held, Value
from schemas.units import is_known_unit, is_percent_unit

NUMBERED = ("tujuan", "sasaran", "indikator")
"""Names that stand in lists; a number before an action may be its step."""

_PARTS = r"(?:[ivx]{1,4}\.)?\d{1,2}(?:\.\d{1,2}){1,9}|[ivx]{1,4}\.\d{1,2}"
_GAP = r"\s{0,9}"
"""More space than that is no gap between a number and its name, and what it costs to look at it would grow."""
_END = rf"{_GAP}[.)]{{1,3}}{_GAP}[-–—:]?{_GAP}|\s{_GAP}[-–—:]{_GAP}"
_NUMBER = re.compile(
    rf"^{_GAP}\(?(?:(?P<parts>{_PARTS})(?:{_END}|\s{_GAP})|(?:\d{{1,2}}|[ivx]{{1,4}}|[a-z])(?:{_END}))(?=[^\W\d_]{{2}})",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]{1,30})\)$")
_FIGURE = re.compile(r"\d")


def without_number(value: Value) -> tuple[Value, Value | None]:
    """`1.1.1.1 - Persentase …`, `1. Persentase …` → the name alone, and the code where it has several parts."""
    text = value.value
    match = _NUMBER.match(text) if isinstance(text, str) else None
    if not match or not isinstance(text, str) or len(split_indicators(text)) > 1:
        return value, None
    code = replace(value, value=match["parts"], kind="code_inside_name") if match["parts"] else None
    return replace(value, value=text[match.end() :].strip()), code


def unit_in_brackets(indikator: Value) -> Value | None:
    """`Cakupan layanan (%)`: the unit of an indicator whose row has no other."""
    match = _IN_BRACKETS.search(str(indikator.value).rstrip())
    if not match or not is_known_unit(match[1]):
        return None
    return replace(indikator, value=match[1].strip(), kind="unit_inside_indicator")


def take_target_in_brackets(fields: dict[str, Held]) -> None:
    """`… (15 %)`, `… (1.250 eksemplar)`: target and unit of a row that has neither of its own."""
    indikator = fields.get("indikator")
    if not isinstance(indikator, Value) or _is_filled(fields, "satuan") or _is_filled(fields, "target_tahunan"):
        return
    match = _IN_BRACKETS.search(str(indikator.value).rstrip())
    if not match or not _FIGURE.search(match[1]) or indikator.inherited:
        return
    measured = read_measure(match[1].strip(), percent=False)
    if isinstance(measured.value, Decimal) and _names_unit(measured.satuan):
        fields["target_tahunan"] = replace(indikator, value=measured.value, kind="target_inside_indicator")
        fields["satuan"] = replace(indikator, value=str(measured.satuan), kind="unit_inside_indicator")
        fields["indikator"] = replace(indikator, value=str(indikator.value)[: match.start()].strip())


def _names_unit(satuan: str | None) -> bool:
    return satuan is not None and (is_percent_unit(satuan) or is_known_unit(satuan))


def _is_filled(fields: Mapping[str, Held], name: str) -> bool:
    held = fields.get(name)
    if isinstance(held, Value):
        return held.value is not None
    return bool(held)
