"""Text into WordprocessingML: runs, paragraphs, fields. Strings are joined, not built as trees: rows are cheap."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\t"): " "}
_FORBIDDEN = dict.fromkeys((*range(9), *range(11, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))
_TRANSLATE = {**_FORBIDDEN, **_ESCAPES}

BREAK = "<w:r><w:br/></w:r>"


def plain(text: str) -> str:
    """Text without the characters XML forbids, for what escapes the others itself."""
    return text.translate(_FORBIDDEN)


def escape(text: str) -> str:
    """Text as it may stand in XML; characters XML forbids (Excel lets them through) are dropped."""
    return text.translate(_TRANSLATE) if _SPECIAL.search(text) else text


def attribute(text: str) -> str:
    """Text as it may stand in an attribute."""
    return escape(text).replace('"', "&quot;").replace("\n", " ")


def run(text: str, properties: str = "") -> str:
    """One run of plain text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style; `properties` are further children of w:pPr."""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field with the result that is shown until Word updates it."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(result)}</w:fldSimple>'


def bookmark(number: int, name: str, content: str) -> str:
    """Content inside a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
