"""Characters nobody sees: soft hyphens, zero-width spaces and joiners, marks of direction, byte order marks."""

from __future__ import annotations

import unicodedata
from functools import cache

_BASIC = 0x10000
_TAGS = range(0xE0000, 0xE0200)
"""Where such characters stand, but for those of old scripts and music."""


def without_invisible(text: str) -> str:
    """The text as a person sees it. What a web page or another program left in it would tell equal texts apart."""
    return text if text.isascii() else text.translate(_invisible())


@cache
def _invisible() -> dict[int, None]:
    """The format characters of Unicode (Cf), and the selectors of variants, which show nothing of their own."""
    places = (*range(_BASIC), *_TAGS)
    formats = (n for n in places if unicodedata.category(chr(n)) == "Cf")
    return dict.fromkeys([*formats, *range(0xFE00, 0xFE10), 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0])
