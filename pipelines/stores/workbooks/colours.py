"""Colours of letters and of the ground they stand on, as far as it must be told whether the two are one."""

from __future__ import annotations

import re
from collections.abc import Mapping

WHITE, BLACK = "FFFFFF", "000000"
_INDEXED = (BLACK, WHITE, "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
"""The first eight colours of a palette; the next eight are the same."""
_OF_SYSTEM = {64: BLACK, 65: WHITE, 32767: BLACK}
_OF_THEME = {0: WHITE, 1: BLACK}
_ALIKE = 8
"""Of 255 steps of light: what differs less is one colour to the eye."""
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/][^()]*)?\)")
_NAMED = {"white": WHITE, "black": BLACK, "automatic": ""}


def indexed(number: int) -> str:
    """A colour of the palette."""
    return _INDEXED[number % 8] if 0 <= number < 16 else _OF_SYSTEM.get(number, f"indexed {number}")


def themed(number: int, tint: float) -> str:
    """A colour of the theme; white and black are those of nearly every one."""
    return _OF_THEME[number] if number in _OF_THEME and not tint else f"theme {number} {tint:.3f}"


def written(text: str, otherwise: str) -> str:
    """A colour as a web page or an .ods writes it: `#ffffff`, `#fff`, `white`, `rgb(255, 255, 255)`."""
    folded = text.strip().lower()
    if parts := _RGB.fullmatch(folded):
        return bytes(min(int(part), 255) for part in parts.groups()).hex().upper()
    digits = folded.removeprefix("#")
    if folded.startswith("#") and len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    named = _NAMED.get(folded, digits.upper() if folded.startswith("#") else folded)
    return named or otherwise


def of_attributes(attributes: Mapping[str, str], otherwise: str) -> str:
    """A colour as the styles of an .xlsx write it."""
    if rgb := attributes.get("rgb"):
        return rgb[-6:].upper()
    for name, read in (("indexed", indexed), ("theme", lambda number: themed(number, _tint(attributes)))):
        if attributes.get(name, "").isdecimal() and len(attributes[name]) < 6:
            return read(int(attributes[name]))
    return otherwise


def _tint(attributes: Mapping[str, str]) -> float:
    try:
        return float(attributes.get("tint", "0"))
    except ValueError:
        return 0.0


def are_one(letters: str, ground: str) -> bool:
    """Whether letters cannot be told from their ground."""
    if letters == ground:
        return bool(letters)
    try:
        pairs = list(zip(bytes.fromhex(letters), bytes.fromhex(ground), strict=True))
    except ValueError:
        return False
    return len(pairs) == 3 and all(abs(a - b) < _ALIKE for a, b in pairs)
