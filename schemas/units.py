"""What a unit of measure says about its figures (`schemas/vocabulary/satuan.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _units() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files("schemas").joinpath("vocabulary/satuan.toml").read_text("utf-8"))
    return {kind: frozenset(words) for kind, words in raw.items()}


def is_whole_unit(satuan: str | None) -> bool:
    """Whether figures of this unit can only be whole numbers: orang, dokumen, rupiah."""
    return _fold(satuan) in _units()["bulat"]


def is_percent_unit(satuan: str | None) -> bool:
    """Whether the unit is a percentage."""
    return _fold(satuan) in _units()["persen"]


def _fold(satuan: str | None) -> str:
    return " ".join((satuan or "").casefold().split())
