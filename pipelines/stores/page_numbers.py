"""The page numbers in the lists of a Word file, set to the pages LibreOffice really laid out: its PDF tells them.

Our documents estimate those numbers and Word corrects them when the lists are updated; nobody updates a PDF.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_MAIN = "word/document.xml"
_ENTRY = re.compile(
    r'(?P<before>PAGEREF (?P<anchor>\w+) [^<]*</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    r'<w:r><w:t xml:space="preserve">)(?P<label>\w+)(?=</w:t>)'
)
_TENS, _ONES = ("", "x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_KIDS = re.compile(rb"/Type/Pages\s.*?/Kids\[([^\]]*)\]", re.DOTALL)
_DESTINATION = re.compile(rb"/5F(\w+)\[(\d+) 0 R/XYZ")
"""A bookmark of the Word file and the page it lies on; LibreOffice writes the first `_` of its name as 5F."""


def settle_pages(word: bytes, pdf: bytes) -> bytes | None:
    """The Word file with the numbers its pages have in the PDF; None where they are right, or cannot be told."""
    pages = _bookmark_pages(pdf)
    if not pages:
        return None
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        body = archive.read(_MAIN).decode()
        first = _first_pages(body, pages)
        settled = _ENTRY.sub(lambda entry: f"{entry['before']}{_label(entry, pages, first)}", body)
        return None if settled == body else _with_body(archive, settled)


def _bookmark_pages(pdf: bytes) -> dict[str, int]:
    """The place of each bookmark's page among all pages, from 0."""
    found = _KIDS.search(pdf)
    places = {int(number): n for n, number in enumerate(re.findall(rb"(\d+) 0 R", found[1]))} if found else {}
    named = ((f"_{name.decode()}", int(page)) for name, page in _DESTINATION.findall(pdf))
    return {name: places[page] for name, page in named if page in places}


def _first_pages(body: str, pages: Mapping[str, int]) -> dict[bool, int]:
    """Where page i and page 1 are: the first entry of either kind is a heading that begins the count."""
    first: dict[bool, int] = {}
    for entry in _ENTRY.finditer(body):
        arabic = entry["label"].isdigit()
        if entry["anchor"] in pages and entry["label"] in ("1", "i"):
            first.setdefault(arabic, pages[entry["anchor"]])
    return first


def _label(entry: re.Match[str], pages: Mapping[str, int], first: Mapping[bool, int]) -> str:
    arabic = entry["label"].isdigit()
    if entry["anchor"] not in pages or arabic not in first:
        return entry["label"]
    number = pages[entry["anchor"]] - first[arabic] + 1
    return str(number) if arabic else _TENS[number // 10 % 4] + _ONES[number % 10]


def _with_body(archive: zipfile.ZipFile, body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as settled:
        for info in archive.infolist():
            settled.writestr(info, body if info.filename == _MAIN else archive.read(info))
    return buffer.getvalue()
