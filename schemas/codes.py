"""Codes of the budget classification and what their shape says (Permendagri 90/2019 and its code books)."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.vocabulary import Level

_URUSAN = r"(?:\d|X)\.(?:\d\d|XX)"
_LEVELS = (
    (Level.PROGRAM, re.compile(rf"^{_URUSAN}\.\d\d$")),
    (Level.KEGIATAN, re.compile(rf"^{_URUSAN}\.\d\d\.\d\.\d\d$")),
    (Level.SUB_KEGIATAN, re.compile(rf"^{_URUSAN}\.\d\d\.\d\.\d\d\.(?:\d\d|\d\d\d\d)$")),
)
"""Old code books give a sub kegiatan two digits, new ones four; `X.XX` is the supporting programme of any urusan."""


def level_of(kode: str | None) -> Level | None:
    """The level a code's shape stands for; None where it fits no pattern."""
    return next((level for level, shape in _LEVELS if shape.match((kode or "").upper())), None)


ANY_URUSAN = ("X", "XX")
"""How code books write the urusan of the supporting programme: it is the SKPD's own, whichever that is."""

Parts = tuple[str, ...]


def code_parts(kode: str) -> Parts:
    """What makes two spellings of a code one: case, spaces, a trailing point, zeros before its last part do not."""
    *head, last = "".join(kode.split()).upper().strip(".").split(".")
    return (*head, last.lstrip("0") or "0")


@lru_cache(maxsize=4096)
def parents_of(parts: Parts) -> tuple[Parts, ...]:
    """The parts of the codes above a code, nearest first: its kegiatan, its program."""
    widths = (width for width in (5, 3) if width < len(parts))
    return tuple((*parts[: width - 1], parts[width - 1].lstrip("0") or "0") for width in widths)
