"""Texts from outside on their way into a workbook, and addresses that lead to their cell in it."""

from __future__ import annotations

import re

from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette

ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_MAX_LETTERS = 32_000
_MAX_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Text a cell may hold: no character that XML forbids, and no longer than Excel allows."""
    plain = _UNWRITABLE.sub("\ufffd", text)
    return plain if len(plain) <= _MAX_LETTERS else f"{plain[:_MAX_LETTERS]}…"


def link_cell(sheet: Worksheet, palette: Palette, at: tuple[int, int], lembar: str, sel: str) -> None:
    """An address that leads to its cell in the same workbook; what is none, or one link too many, stays plain text."""
    spot = ADDRESS.match(sel)
    if spot and at[0] <= _MAX_LINKS:
        quoted = lembar.replace("'", "''")
        sheet.write_url(*at, f"internal:'{quoted}'!{spot[0]}", palette.format("tautan"), string=sel)
