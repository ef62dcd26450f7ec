"""Codes of the budget classification and what their shape says (Permendagri 90/2019 and its code books)."""

from __future__ import annotations

import re

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
