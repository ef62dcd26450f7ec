"""How letters look, where that changes what they say: struck-out text is gone, a raised figure marks a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.workbook import Cell, Doubt, Unsure


@dataclass(frozen=True, slots=True)
class Face:
    """The look of a piece of text or of a whole cell; one that is `camouflaged` has the colour of its ground."""

    struck: bool = False
    raised: bool = False
    lowered: bool = False
    camouflaged: bool = False


PLAIN = Face()
Run = tuple[str, Face | None]
"""A piece of text; without a look of its own it has that of its cell."""

_MEASURED = re.compile(r"(?:^|[^A-Za-z])(?:[kchd]?m|dam|mm)$")
"""`km` before a raised 2 or 3 is an area or a volume, not a length with a footnote."""
_POWER = re.compile(r"[x×*·]\s*10$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def pieces_of(text: str, changes: Sequence[tuple[int, Face]]) -> list[Run]:
    """A text cut where its look changes, as binary formats keep it; before the first change it is that of its cell."""
    if not changes:
        return []
    ends = [at for at, _ in changes[1:]] + [len(text)]
    pieces = [(text[at:end], face) for (at, face), end in zip(changes, ends, strict=True)]
    return [(text[: changes[0][0]], None), *pieces]


def seen(runs: Sequence[Run], cell: Face = PLAIN) -> tuple[str, Doubt | None]:
    """What a person takes from a text of such pieces, and what they leave open."""
    kept, struck = "", ""
    for text, own in runs:
        face = cell if own is None else own
        if face.struck and text.strip():
            struck += text
        else:
            kept += _beside(kept, text, face)
    whole = "".join(text for text, _ in runs)
    if kept == whole:
        return whole, None
    if not kept.strip():
        return whole, Doubt(Unsure.STRUCK if struck else Unsure.RAISED)
    return kept.strip(), Doubt(Unsure.PART_STRUCK, struck.strip()) if struck else None


def seen_cell(value: Cell, runs: Sequence[Run], cell: Face) -> tuple[Cell, Doubt | None]:
    """The same of the value of a cell; a figure has but the look of its cell."""
    if value is None or (cell == PLAIN and not runs):
        return value, None
    if cell.camouflaged and all(own is None for _, own in runs) and not (isinstance(value, str) and value.isspace()):
        return value, Doubt(Unsure.CAMOUFLAGED)
    if isinstance(value, str):
        return seen(runs or [(value, None)], cell)
    return value, Doubt(Unsure.STRUCK if cell.struck else Unsure.RAISED) if cell.struck or cell.raised else None


def _beside(before: str, text: str, face: Face) -> str:
    """What a piece adds to the text before it: the mark of a footnote nothing, a power or a formula what it says."""
    if not (face.raised or face.lowered) or not text.strip():
        return text
    if face.lowered:
        return "" if before[-1:].isdigit() else text
    if text.strip() in ("2", "3") and _MEASURED.search(before):
        return text.strip().translate(_RAISED)
    return f"^{text.strip()}" if _POWER.search(before) else ""
