"""What a unit of measure, or a word beside a figure, says about the figure.

Units are in `schemas/vocabulary/satuan.toml`, the other words people write in a cell in `isian.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from schemas.invisible import without_invisible

_TOKEN = re.compile(r"%|[^\W_]+")
_EITHER = re.compile(r"[/,;&]|\b(?:dan|atau)\b")
"""Marks between two units of which either may be meant."""

_SHORTEST_MISSPELT = 4
"""In a shorter word one letter makes another word."""


@cache
def _units() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in _load("satuan").items()}


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(_load("isian")[group])


@cache
def _average() -> re.Pattern[str]:
    return re.compile(_load("isian")["rerata"])


@cache
def _amounts(group: str) -> Mapping[str, Decimal]:
    by_amount: Mapping[str, Sequence[str]] = _load("isian")[group]
    return {word: Decimal(amount) for amount, words in by_amount.items() for word in words}


def _load(vocabulary: str) -> dict[str, Any]:
    return tomllib.loads(files("schemas").joinpath(f"vocabulary/{vocabulary}.toml").read_text("utf-8"))


def is_whole_unit(satuan: str | None) -> bool:
    """Whether figures of this unit can only be whole numbers: orang, dokumen, rupiah."""
    return _fold(satuan) in _units()["bulat"]


def is_percent_unit(satuan: str | None) -> bool:
    """Whether the unit is a percentage, whatever it is one of: `Persen (%)`, `% / Tahun`, `% KK`.

    `Orang (%)` and `%/dokumen` leave open which of two it is.
    """
    folded = _fold(satuan)
    return folded.replace(" ", "") in _units()["persen"] or _shares(folded)


@lru_cache(4096)
def _shares(folded: str) -> bool:
    tokens = [token.strip(".") for token in _TOKEN.findall(folded)]
    shares = [token in _units()["persen"] for token in tokens]
    if not any(shares):
        return False
    counts = any(token in _units()["bulat"] for token in tokens)
    return not counts or (shares[0] and not _EITHER.search(folded))


def is_grade_unit(satuan: str | None) -> bool:
    """Whether values of this unit are grades: predikat, opini, peringkat."""
    return _fold(satuan) in _words("predikat")


def is_rupiah(satuan: str | None) -> bool:
    """Whether the unit is rupiah."""
    return _fold(satuan) in _words("rupiah")


def is_average(name: str) -> bool:
    """Whether the name of an indicator says that it shares out what its unit counts: `Rata-rata anak per keluarga`."""
    return bool(_average().search(_fold(name)))


def is_ladder(word: str | None) -> bool:
    """Whether the word numbers the steps of a ladder: level, tingkat, peringkat."""
    return _fold(word) in _words("jenjang")


def is_label(word: str) -> bool:
    """Whether the word only says what the figure or grade behind it is: nilai, skor, predikat, level."""
    return is_ladder(word) or _fold(word) in _words("sebutan")


def is_known_unit(word: str | None) -> bool:
    """Whether the word is a unit at all: it counts, shares, grades, labels or times."""
    known = (is_whole_unit, is_percent_unit, is_grade_unit, is_rupiah, _is_time)
    return any(check(word) for check in known) or is_label(word or "")


def near_unit(word: str) -> str | None:
    """The one unit a word of at least four letters is a single letter away from, where it is no unit itself."""
    folded = _fold(word)
    if len(folded) < _SHORTEST_MISSPELT or is_known_unit(folded):
        return None
    known = (u for words in _units().values() for u in words if len(u) >= _SHORTEST_MISSPELT)
    near = [unit for unit in known if _is_one_letter_off(folded, unit)]
    return near[0] if len(near) == 1 else None


def _is_one_letter_off(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def seconds_of(satuan: str | None) -> Decimal | None:
    """Length of a unit of time in seconds; None for what has no fixed length (hari kerja) or is no time at all."""
    return _amounts("waktu").get(_fold(satuan))


def is_other_time(unit: str | None, satuan: str | None) -> bool:
    """Whether both are units of time, but not the same one: a figure of the one is no figure of the other."""
    if not (_is_time(unit) and _is_time(satuan)):
        return False
    return _fold(unit) != _fold(satuan) and (seconds_of(unit) is None or seconds_of(unit) != seconds_of(satuan))


def _is_time(unit: str | None) -> bool:
    return seconds_of(unit) is not None or _fold(unit) in _words("kalender")


def split_multiplier(unit: str | None) -> tuple[Decimal | None, str | None]:
    """`juta rupiah` → (1000000, `rupiah`), `jt` → (1000000, None); a unit that multiplies nothing → (None, unit)."""
    head, _, rest = (unit or "").strip().partition(" ")
    factor = _amounts("pengali").get(_fold(head).rstrip("."))
    return (factor, rest or None) if factor is not None else (None, (unit or "").strip() or None)


def _fold(satuan: str | None) -> str:
    return " ".join(without_invisible(satuan or "").casefold().split())
