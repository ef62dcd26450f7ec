"""The formulas of an issued form, found as bytes: a tenth of the time it takes to read its sheets in full."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape as from_xml

from pipelines.stores.workbooks.escapes import unescape

_PLAIN = re.compile(rb'<c r="([A-Z]{1,3}\d{1,5})"([^>]*)><f(?: aca="(?:false|0)")?>([^<]+)</f>(<v>[^<])?')
_ANY = (b"<f>", b"<f ", b"<f/")
_HIDDEN = re.compile(rb'<(?:row|col) [^>]*hidden="(?:1|true)"')
_TEXT = b't="str"'


@dataclass(frozen=True)
class Formulas:
    """The formulas of a sheet by cell, and of those the ones whose file keeps no value."""

    texts: dict[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()


def find_formulas(xml: bytes) -> Formulas | None:
    """The formulas of a sheet part that is plain; None where the full reader has to look.

    That is where a formula is shared by several cells or written in any other way than one text per cell, and where a
    row or column with formulas beside it is hidden. An empty text is a value.
    """
    if b"<f" not in xml:
        return Formulas()
    found = _PLAIN.findall(xml)
    if len(found) != sum(map(xml.count, _ANY)) or (b"hidden=" in xml and _HIDDEN.search(xml)):
        return None
    bare = (cell.decode() for cell, of_cell, _, value in found if not value and _TEXT not in of_cell)
    return Formulas(
        {cell.decode(): f"={unescape(from_xml(text.decode()))}" for cell, _, text, _ in found}, frozenset(bare)
    )
