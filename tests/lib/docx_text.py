"""A Word document as readable lines: style and text of each paragraph, cells of each row, paper of each section."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str) -> etree._Element:
    """A part of the package, parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def project(content: bytes) -> str:
    """The whole body as text, one line per paragraph or row."""
    body = part(content, "word/document.xml").find(f"{W}body")
    return "\n".join(line for element in body for line in _lines(element)) + "\n"


def table_rows(content: bytes, first_caption_word: str) -> list[list[str]]:
    """The rows of the table whose caption holds the words given."""
    body = part(content, "word/document.xml").find(f"{W}body")
    found = False
    for element in body:
        if element.tag == f"{W}p" and style(element) == "Caption":
            found = first_caption_word in text(element)
        elif element.tag == f"{W}tbl" and found:
            return [[text(cell) for cell in row.iter(f"{W}tc")] for row in element.iter(f"{W}tr")]
    raise AssertionError(f"no table with caption {first_caption_word!r}")


def style(paragraph: etree._Element) -> str:
    """The id of a paragraph's style, empty where it has none."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def text(element: etree._Element) -> str:
    """All text of an element; a line break is a slash, a tab a space."""
    pieces = {
        f"{W}t": lambda e: e.text or "",
        f"{W}br": lambda e: "" if e.get(f"{W}type") else " / ",
        f"{W}tab": lambda _: " ",
    }
    return "".join(pieces[e.tag](e) for e in element.iter() if e.tag in pieces and e.getparent().tag == f"{W}r")


def _lines(element: etree._Element) -> Iterator[str]:
    if element.tag == f"{W}sdt":
        for inner in element.find(f"{W}sdtContent"):
            yield from _lines(inner)
    elif element.tag == f"{W}p":
        yield from _paragraph_lines(element)
    elif element.tag == f"{W}tbl":
        for row in element.iter(f"{W}tr"):
            header = "#" if row.find(f"{W}trPr/{W}tblHeader") is not None else ""
            yield f"{header}| " + " | ".join(text(cell) for cell in row.iter(f"{W}tc")) + " |"
    elif element.tag == f"{W}sectPr":
        yield _paper(element)


def _paragraph_lines(element: etree._Element) -> Iterator[str]:
    if element.find(f"{W}pPr/{W}pageBreakBefore") is not None:
        yield "---- halaman baru"
    if shown := text(element).strip():
        yield f"[{style(element)}] {shown}"
    section = element.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        yield _paper(section)


def _paper(section: etree._Element) -> str:
    orient = section.find(f"{W}pgSz").get(f"{W}orient", "portrait")
    numbers = section.find(f"{W}pgNumType")
    form = (
        "" if numbers is None else " " + " ".join(f"{k.removeprefix(W)}={v}" for k, v in sorted(numbers.attrib.items()))
    )
    return f"==== {orient}{form}"
