"""Chapters of a document taken out of it, numbered as they are in the whole, so that they can be worked on apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.report.blocks import Block, Document, Heading, PageBreak, Section

_CHAPTER = re.compile(r"BAB ([IVX]+)\b")


def list_chapters(document: Document) -> tuple[str, ...]:
    """The numerals of the chapters a document has: I to IV in an LKjIP."""
    found = (_CHAPTER.match(b.text) for b in document.blocks if isinstance(b, Heading) and b.level == 1)
    return tuple(match[1] for match in found if match)


def take_chapters(document: Document, chapters: Sequence[str]) -> Document:
    """The chapters named, joined in the order of the document; raises ValueError for one it does not have.

    Captions keep their numbers, references to what is left out keep their text, wide sections their paper.
    """
    unknown = sorted(set(chapters) - set(list_chapters(document)))
    if unknown:
        raise ValueError(f"no chapter {', '.join(unknown)} in {document.title!r}")
    kept = tuple(_kept(document.blocks, frozenset(chapters)))
    name = f"Bab {', '.join(c for c in list_chapters(document) if c in chapters)}"
    return replace(
        document,
        title=f"{document.title} – {name}",
        running=f"{document.running or document.title} – {name}",
        blocks=(Section(restart=True), *_trimmed(kept)),
        whole=document.blocks,
    )


def _kept(blocks: Sequence[Block], chapters: frozenset[str]) -> Iterator[Block]:
    """The blocks of the chapters, each begun by the paper it stands on or by a new page."""
    inside, begun, section = False, False, Section()
    for block in blocks:
        if isinstance(block, Section):
            section = replace(block, numbering="arabic", restart=False)
            if inside:
                yield section
            continue
        if isinstance(block, Heading) and block.level == 1:
            match = _CHAPTER.match(block.text)
            was, inside = inside, bool(match and match[1] in chapters)
            if inside and not was and (begun or section.landscape):
                yield section if section.landscape else PageBreak()
            begun = begun or inside
        if inside:
            yield block


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    """Without the page or paper that only what is left out would have begun."""
    kept = list(blocks)
    while kept and isinstance(kept[-1], (PageBreak, Section)):
        kept.pop()
    return kept
