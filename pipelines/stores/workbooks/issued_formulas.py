"""The formulas of an issued form, found as bytes: a tenth of the time it takes to read its sheets in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

_PLAIN = re.compile(rb'<c r="([A-Z]{1,3}\d{1,5})"[^>]*><f(?: aca="(?:false|0)")?>([^<]*)</f>')
_ANY = re.compile(rb"<f[ />]")
_HIDDEN = re.compile(rb'<(?:row|col) [^>]*hidden="(?:1|true)"')


def find_formulas(xml: bytes) -> Mapping[str, str] | None:
    """The formulas of a sheet part by cell; None where the full reader has to look.

    That is where a formula is shared by several cells or written in any other way than one text per cell, and where a
    row or column with formulas beside it is hidden.
    """
    if b"<f" not in xml:
        return {}
    found = _PLAIN.findall(xml)
    if len(found) != len(_ANY.findall(xml)) or _HIDDEN.search(xml):
        return None
    return {cell.decode(): f"={unescape(text.decode('utf-8', 'replace'))}" for cell, text in found}
