"""Texts as a workbook may hold them: no character XML forbids, nothing Excel takes for an escape, not too long."""

from __future__ import annotations

import re

from pipelines.stores.workbooks.annotate.package import Element, add

MAX_LETTERS = 32_767
"""What a cell or a comment holds at most."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FONT = (("sz", "9"), ("color", "81"), ("rFont", "Tahoma"), ("family", "2"))


def plain(text: str) -> str:
    """The text with the mark for unreadable in place of what cannot be written."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def shorten(text: str, most: int) -> str:
    """At most so many letters as a workbook counts them (a letter beyond the basic plane is two)."""
    encoded = text.encode("utf-16-le", "replace")
    return text if len(encoded) <= 2 * most else encoded[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def add_run(parent: Element, text: str, *, bold: bool) -> Element:
    """A piece of a comment's text, as Excel writes it."""
    run = add(parent, "r")
    look = add(run, "rPr")
    if bold:
        add(look, "b")
    for name, value in _FONT:
        add(look, name, **{"indexed" if name == "color" else "val": value})
    set_text(add(run, "t"), text)
    return run


def set_text(element: Element, text: str) -> None:
    """Fill a `t`; spaces at its ends stay."""
    element.text = _ESCAPE.sub("_x005F_", text)
    element.set(_SPACE, "preserve")
