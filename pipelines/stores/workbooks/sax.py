"""XML without a tree: memory stays that of one element, a document type (and with it any entity) ends the reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from pipelines.stores.workbooks.book import broken, unsafe

MAX_MARKS = 4_000_000
_GHOST_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?/>')
_GHOST_ROW = re.compile(rb'<row r="(?:[2-9]\d{4}|\d{6,7})"[^<>]*(?:/>|></row>)')
_LONGEST = 2**20
"""Bytes from one `>` to the next; a cell holds 32,767 letters at most."""


class Listener(Protocol):
    """Who is told of the elements; names come without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text, possibly in pieces."""


def parse(xml: bytes, listener: Listener) -> None:
    """Tell the listener of every element. The bytes are given at once: pieces make expat read a long token again."""
    check_markup(xml)
    parser = expat.ParserCreate()
    names = _Names()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: listener.start(names[name], attributes)
    parser.EndElementHandler = lambda name: listener.end(names[name])
    parser.CharacterDataHandler = listener.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise broken() from None


def check_markup(xml: bytes) -> None:
    """Refuse what no sheet has and what takes long to read: millions of elements, or one of millions of letters."""
    if len(xml) > MAX_MARKS and xml.count(b"<") > MAX_MARKS:
        raise unsafe("isinya memuat terlalu banyak unsur XML")
    at = 0
    while len(xml) - at > _LONGEST:
        at = xml.rfind(b">", at, at + _LONGEST) + 1
        if not at:
            raise unsafe("isinya memuat unsur XML yang terlalu panjang")


def without_ghosts(xml: bytes) -> bytes:
    """A sheet part that is full of cells which are only formatted, without these; any other part as it is."""
    if len(xml) <= MAX_MARKS or xml.count(b"<") <= MAX_MARKS:
        return xml
    return _GHOST_ROW.sub(b"", _GHOST_CELL.sub(b"", xml))


class _Names(dict[str, str]):
    """`x:row` → `row`, worked out once per name."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


def _refuse_doctype(*_: object) -> None:
    raise unsafe("isinya memuat definisi dokumen (DTD) atau entitas XML")
