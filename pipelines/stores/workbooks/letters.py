"""How much text the cells of an .xlsx hold: a file keeps a text once, and its cells point to it any number of times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.stores.workbooks.book import MAX_LETTERS, unsafe

_ITEM = re.compile(rb"<(?:\w+:)?si\b")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)")
_SHARES = re.compile(rb"""\bt\s*=\s*["']s["']""")
_SHARED = re.compile(rb"""\bt=["']s["'][^>]*><(?:\w+:)?v>(\d{1,9})<""")
_INLINE = b"inlineStr"


def check_letters(shared: bytes, sheets: Sequence[bytes]) -> None:
    """Raises a refusal where the cells of these sheets hold more text than a workbook may.

    Only where all might point to the longest text they are looked at one by one; what is written in an odd way does.
    """
    lengths = [sum(map(len, _TEXT.findall(item))) for item in _ITEM.split(shared)[1:]]
    longest = max(lengths, default=0)
    inline = sum(sum(map(len, _TEXT.findall(xml))) for xml in sheets if _INLINE in xml)
    references = sum(len(_SHARES.findall(xml)) for xml in sheets)
    if inline + references * longest > MAX_LETTERS:
        plain = [int(number) for xml in sheets for number in _SHARED.findall(xml)]
        odd = max(references - len(plain), 0)
        pointed = sum(lengths[number] for number in plain if number < len(lengths))
        if inline + pointed + odd * longest > MAX_LETTERS:
            raise unsafe(f"jumlah huruf melebihi batas baca {MAX_LETTERS:,}".replace(",", "."))
