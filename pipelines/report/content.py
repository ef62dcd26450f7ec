"""What a document says, as one short mark: two drafts that differ only in what passes by have the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from pipelines.report.blocks import Block, Document, Passing, Table
from pipelines.report.figures import Chart


def identify_content(document: Document, template: bytes | None) -> str:
    """Changes with what a reader would read anew, and with the office's template; not with what is `Passing`.

    The day of the data is left out: it stands in the properties and comments of the file, and on the cover as a
    passing text.
    """
    said = (document.title, document.running, document.owners, document.blocks, tuple(_captions(document.whole)))
    mark = hashlib.sha256(template or b"")
    for part in _spell(said):
        mark.update(part.encode("utf-8") + b"\0")
    return mark.hexdigest()


def _captions(whole: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """What a chapter taken out of a document needs of the rest: how many tables and charts come before its own."""
    for block in whole:
        if isinstance(block, (Table, Chart)) and block.caption:
            yield type(block).__name__, block.caption


def _spell(value: object) -> Iterator[str]:
    """A value in one spelling, passing texts as gaps."""
    if isinstance(value, Passing):
        yield "…"
    elif is_dataclass(value):
        yield type(value).__name__
        for field in fields(value):
            yield from _spell(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield f"({len(value)}"
        for part in value:
            yield from _spell(part)
    else:
        yield repr(value)
