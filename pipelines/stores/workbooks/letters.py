"""How much text the cells of an .xlsx hold: a file keeps a text once, and its cells point to it any number of times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.stores.workbooks.book import MAX_LETTERS, unsafe

_ITEM, _UNESCAPED = b"<si", b"<![CDATA["
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)")
_SHARED = re.compile(rb"""t=["']s["'][^>]*><(?:\w+:)?v>(\d{1,9})<""")
_SHARES = re.compile(rb"""t\s*=\s*["']s["']""")
_INLINE = b"inlineStr"


def check_letters(shared: bytes, sheets: Sequence[bytes]) -> None:
    """Raises a refusal where the cells of these sheets hold more text than a workbook may.

    Only where all cells might point to the longest text they are looked at one by one; what is written in an odd way
    counts as if it did.
    """
    items = shared.split(_ITEM)[1:] if _UNESCAPED not in shared else []
    longest = max(map(len, items), default=len(shared))
    references = sum(xml.count(b'"s"') + xml.count(b"'s'") for xml in sheets)
    inline = sum(len(xml) for xml in sheets if _INLINE in xml)
    if inline + references * longest <= MAX_LETTERS:
        return
    lengths = [_letters(item) for item in items]
    pointed = [int(number) for xml in sheets for number in _SHARED.findall(xml)]
    known = [lengths[number] for number in pointed if number < len(lengths)]
    # a quoted s that is no type of a cell stands in formulas alone
    shares = references if references == len(known) else sum(len(_SHARES.findall(xml)) for xml in sheets)
    odd = shares - len(known)
    inline = sum(_letters(xml) for xml in sheets if _INLINE in xml)
    if sum(known) + max(odd, 0) * max(lengths, default=longest) + inline > MAX_LETTERS:
        raise unsafe(f"jumlah huruf melebihi batas baca {MAX_LETTERS:,}".replace(",", "."))


def _letters(xml: bytes) -> int:
    return len(xml) if _UNESCAPED in xml else sum(map(len, _TEXT.findall(xml)))
