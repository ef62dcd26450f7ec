"""What one text holds several of: quarters in a cell, indicators in a cell; and the scale a sheet declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from pipelines.extract.numbers import fold_spaces
from schemas.units import split_multiplier
from schemas.workbook import Cell

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:tri ?[wb]ulan|triw|trw|tri|tw|t\.w|kuartal|q)\.? ?[-.]? ?[(\[]? ?(?P<quarter>iii|ii|iv|i|[1-4])"
    r"(?![a-z0-9])[ ]?[)\]]?\s*(?P<sign>[:=]|[-–](?=\s))?\s*",
    re.I,
)
_BARE_LABEL = re.compile(r"(?:^|(?<=[\n;,|]))\s*(?P<quarter>iii|ii|iv|i)\s*(?P<sign>[:=])\s*", re.I)
_BULLET = re.compile(r"^\s*(?:[-–•*]|\d[.)])?\s*$")
_TAIL = re.compile(r"(?:[;,|/•\s]|\n\s*(?:[-–*]|\d[.)])\s*$)+$")
_PLAIN_BEGIN = re.compile(r"^(?:[\d<>≥≤(-]|n/a)", re.I)
_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(?P<mark>\d{1,2}|[a-h])[.)]\s*(?=[^\W\d_])")
_LISTED = re.compile(r"^\s*[-–•*▪]\s+", re.M)
_MULTIPLE = r"(?P<word>(?:ribu|juta|mil[iy]ar|tril[iy]+un)(?:an)?|jt|rb|mlr)"
_LONGEST_LIST = 1_000
"""Letters of a cell that lists the figures of quarters; what is longer is prose."""
_MOST_LISTED = 100
"""Indicators one cell lists; what has more marks is no list anybody tied to a PK."""
_GAP = 50
"""So far back a line end, a gap or a `;` is looked for."""
_RUPIAH = r"(?:rp\b\.?|rupiah\b)"
_SCALES = (
    re.compile(rf"\b(?:dalam|dlm)\b\.? (?:{_RUPIAH} ?)?\(?{_MULTIPLE}\b(?! (?!rp|rupiah)[a-z])"),
    re.compile(rf"\brp\.? ?\(?{_MULTIPLE}\b"),
    re.compile(rf"(?:^|[(:/=]) ?{_MULTIPLE} {_RUPIAH}"),
    re.compile(rf"^\(?{_MULTIPLE}\)?$"),
)
_ZEROS = (
    re.compile(r"\brp\.? ?\(?(?P<zeros>000(?:[.,]?000)*)(?!\d)"),
    re.compile(r"(?:(?<![a-z])[x×*]|\bdalam|\bdlm\.?) ?rp\.? ?1(?P<zeros>(?:[.,]000)+)(?!\d)"),
    re.compile(r"^\(? ?[x×] ?1(?P<zeros>(?:[.,]000)+) ?\)?$"),
)


def split_quarters(cell: Cell) -> Mapping[int, str] | None:
    """The text of each quarter where one cell lists them, one a line or in a row: `TW I: 20; TW II: 40`.

    None where the cell is no such list, or where a quarter stands in it twice.
    """
    if not isinstance(cell, str) or len(cell) > _LONGEST_LIST:
        return None
    text = re.sub(r"[^\S\n]+", " ", cell).strip()
    labels = list(_LABEL.finditer(text)) or list(_BARE_LABEL.finditer(text))
    if not labels or not _BULLET.match(text[: labels[0].start()]):
        return None
    ends = [label.start() for label in labels[1:]] + [len(text)]
    found = [(label, _TAIL.sub("", text[label.end() : end])) for label, end in zip(labels, ends, strict=True)]
    if not all(label["sign"] or _PLAIN_BEGIN.match(part) for label, part in found) or not any(p for _, p in found):
        return None
    quarters = {_QUARTERS[label["quarter"].casefold()]: part for label, part in found}
    return quarters if len(quarters) == len(found) else None


def split_indicators(text: str) -> tuple[str, ...]:
    """The indicators one cell holds: `1. Nilai AKIP   2. Indeks Kepuasan` are two, without their numbers.

    A text that is no list of two or more, or of more than a cell can list, is given back whole; `SPM 1.2` is one name.
    """
    text = text.strip()
    marks = _LISTED.finditer(text) if _LISTED.match(text) else _counted(text)
    cuts = list(islice(marks, _MOST_LISTED + 1))
    if not 2 <= len(cuts) <= _MOST_LISTED:
        return (fold_spaces(text),) if text else ()
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    parts = (fold_spaces(text[cut.end() : end]).rstrip(" ;,") for cut, end in zip(cuts, ends, strict=True))
    return tuple(part for part in parts if part)


def _counted(text: str) -> Iterator[re.Match[str]]:
    """The marks that count from 1 (or a) without a gap, the first of them at the very beginning."""
    marks = _NUMBERED.finditer(text)
    first = next(marks, None)
    if first is None or first.start() != 0 or first["mark"] not in ("1", "a"):
        return
    yield first
    expected = _next_mark(first["mark"])
    for mark in marks:
        if mark["mark"] == expected and _begins_item(text, mark):
            yield mark
            expected = _next_mark(expected)


def _next_mark(mark: str) -> str:
    return str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)


def _begins_item(text: str, mark: re.Match[str]) -> bool:
    """A number within a sentence (`kelas 2. rasio`) is no mark: a gap before it or a capital after it is needed."""
    before = text[max(mark.start() - _GAP, 0) : mark.start()]
    gap = before[-1:] == "\n" or before[-2:].isspace() or before.rstrip()[-1:] in ";,"
    return gap or text[mark.end()].isupper()


@lru_cache(1024)
def read_scale(text: str) -> Decimal | None:
    """By what the rupiah of a sheet are to be multiplied, as its title or header says: `(dalam ribuan rupiah)` → 1000.

    None where nothing is said, or where two things are.
    """
    folded = fold_spaces(text).casefold()
    found = {_word_factor(match["word"]) for scale in _SCALES for match in scale.finditer(folded)}
    found |= {Decimal(10) ** match["zeros"].count("0") for zeros in _ZEROS for match in zeros.finditer(folded)}
    return found.pop() if len(found) == 1 else None


def _word_factor(word: str) -> Decimal | None:
    return split_multiplier(word.removesuffix("an"))[0]
