"""The values of a check's row as people write them in Indonesia."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipelines.numerals import ABSENT, format_exact, format_percent, say_change, say_content
from schemas.period import ROMAN


def phrase_fields(row: Mapping[str, object]) -> dict[str, str]:
    """Every column of a row as text: `*_pct` with two places, a quarter in Roman numerals, figures in full."""
    return {name: _phrase(name, value) for name, value in row.items()}


def phrase_value(value: object) -> str | None:
    """The value read, as text; None stays None."""
    return format_exact(value) if isinstance(value, Decimal) else None if value is None else str(value)


def _phrase(name: str, value: object) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, Decimal):
        return format_percent(value) if name.endswith("_pct") else format_exact(value)
    if isinstance(value, int) and name.startswith("triwulan"):
        return ROMAN[value - 1]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(_said, value))
    return str(value)


def _said(item: Mapping[str, object]) -> str:
    if "nilai_semula" in item:
        return _restated(item)
    return _difference(item) if "nilai_register" in item else f"{item['nama']} {say_content(_written(item, ''))}"


def _difference(item: Mapping[str, object]) -> str:
    """One cell that differs: its name, what is written, what the register says."""
    written, register = (
        _phrase(name, item[f"nilai{name}"]) if item[f"teks{name}"] is None else str(item[f"teks{name}"])
        for name in ("", "_register")
    )
    return f"{item['nama']} tertulis {written}, pada register {register}"


def _restated(item: Mapping[str, object]) -> str:
    """One cell that was given again: its name, what it held, what it holds now."""
    return f"{item['nama']} {say_change(_written(item, '_semula'), _written(item, ''))}"


def _written(item: Mapping[str, object], name: str) -> str | None:
    return phrase_value(item[f"nilai{name}"] if item[f"teks{name}"] is None else item[f"teks{name}"])
