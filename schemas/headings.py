"""Headings of columns as people write them: folded, spelled out, and the quarter or month they name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from schemas.invisible import without_invisible
from schemas.workbook import Cell

MONTH_WORDS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb", "peb"),
    ("maret", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agt", "agst", "agu", "ags"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des"),
)
"""The twelve months as headers write them."""

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUMERAL = r"(?:iv|i{1,3}|[1-4])"
_WORD = r"(?:triwulan|tri wulan|triw|trw|tribulan|kuartal|tw)"
_QUARTER = re.compile(
    rf"\b{_WORD}[\s._:-]*(?:ke)?[\s._:-]*\(?({_NUMERAL})\)?(?![0-9a-z])|\bq([1-4])\b|\bb(03|06|09|12)\b"
)
_QUARTERS_TO = re.compile(rf"\b{_WORD}[ .]*{_NUMERAL} ?(?:[-–&,+]|s\.?/?d\.?|dan|sampai) ?{_NUMERAL}\b")
"""Several quarters at once: `TW I-II`."""

_LONE_QUARTER = re.compile(r"^\(?(iv|i{1,3})\)?$")
_MONTH = {word: number for number, words in enumerate(MONTH_WORDS, 1) for word in words}
_MONTHS = "|".join(sorted(_MONTH, key=len, reverse=True))
_SPAN = re.compile(rf"\b({_MONTHS})\.? ?(?:[-–]|s\.?/?d\.?|sampai) ?({_MONTHS})\b")
_MEASURES = "target|realisasi|capaian|rencana|penyerapan"
_OF_MONTH = re.compile(rf"^((?:{_MEASURES})(?: [a-z]+)??)(?: bulan)? ({_MONTHS})(?: 20\d\d)?$")
"""A measure and one month in one heading: `realisasi januari`; `per`, `akhir` and `s.d.` say another thing."""
_NOT_IN_A_MONTH = frozenset({"per", "akhir", "sampai", "hingga", "sd", "sejak", "mulai", "tahun"})
_UNTIL = re.compile(r"\bs\.?[/.]?d\b|sampai")
_REMEMBERED = 4096
"""A form says the same thing in many cells."""
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


LONGEST, LONGEST_HEADING = 1_000, 300
"""So many letters of a text, and of a heading, are compared: what a pattern costs grows faster than they do."""


def fold_text(cell: Cell) -> str:
    """A text without what does not distinguish it: case, kinds and number of spaces, marks at its ends."""
    return _fold_text(str(cell if cell is not None else "")[:LONGEST])


@lru_cache(_REMEMBERED)
def _fold_text(text: str) -> str:
    text = _SPACES.sub(" ", without_invisible(text)).casefold().strip()
    return text.strip("*:;.,- ") if len(text) > 1 else text


def fold_heading(cell: Cell) -> str:
    """A heading as the vocabulary knows it: folded, names of a program taken apart, abbreviations spelled out."""
    return _fold_heading(str(cell if cell is not None else "").strip()[:LONGEST_HEADING])


@lru_cache(_REMEMBERED)
def _fold_heading(text: str) -> str:
    text = without_invisible(text).strip()
    if " " not in text:
        text = _HUMP.sub(" ", text).replace("_", " ")
    folded = fold_text(text)
    for short, word in _abbreviations():
        folded = short.sub(word, folded)
    return folded.strip("*:;.,- ") if len(folded) > 1 else folded


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    raw: dict[str, str] = load_vocabulary()["singkatan"]
    return tuple((re.compile(rf"(?<![a-z]){short}(?![a-z])\.?"), word) for short, word in raw.items())


@cache
def load_vocabulary() -> dict[str, Any]:
    """The vocabulary of labels as delivered (`vocabulary/label.toml`)."""
    return tomllib.loads(files("schemas").joinpath("vocabulary/label.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Period:
    """The quarter or month a label names; `until` where it says "sampai dengan"."""

    unit: str
    number: int
    until: bool = False


def find_period(label: str) -> Period | None:
    """The one quarter or month a folded heading names, or None (also where it names several)."""
    if lone := _LONE_QUARTER.match(label):
        return Period("tw", _ROMAN[lone[1]])
    found = set() if _QUARTERS_TO.search(label) else {_number(m) for m in _QUARTER.finditer(label)}
    if span := _SPAN.search(label):
        found.add(_quarter_of(span))
    if len(found) == 1 and (number := found.pop()):
        return Period("tw", number, bool(_UNTIL.search(label)) and not span)
    month = _month_of(label)
    return Period("bln", _MONTH[month[1]]) if month else None


def _month_of(label: str) -> tuple[str, str] | None:
    """What stands before the one month a heading names, and the month."""
    word = label.removeprefix("bulan ").rstrip(".")
    if word in _MONTH:
        return "", word
    found = _OF_MONTH.match(label)
    return (found[1], found[2]) if found and found[1].split()[-1] not in _NOT_IN_A_MONTH else None


def _number(match: re.Match[str]) -> int:
    return _ROMAN[match[1] or match[2]] if match[1] or match[2] else int(match[3]) // 3


def _quarter_of(span: re.Match[str]) -> int:
    """`Apr-Jun` is the second quarter; any other run of months is none (0)."""
    first, last = _MONTH[span[1]], _MONTH[span[2]]
    return last // 3 if last - first == 2 and last % 3 == 0 else 0


def without_period(label: str) -> str:
    """The heading with its quarter or month as a placeholder: `realisasi tw ii` → `realisasi tw#`."""
    if _LONE_QUARTER.match(label):
        return "tw#"
    if month := _month_of(label):
        return f"{month[0]} bln#".strip()
    shown = _SPAN.sub(lambda m: "tw#" if _quarter_of(m) else m[0], _QUARTER.sub("tw#", label))
    return _SPACES.sub(" ", shown).strip()
