"""Daftar isi and daftar tabel: real fields of Word whose entries are there before anyone updates them."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.report import blocks as b
from pipelines.report.render.pages import Pages
from pipelines.report.render.template import Template
from pipelines.report.render.text import paragraph, run

CONTENTS_LEVELS = 3
"""Headings down to this level stand in the table of contents."""

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_TAB = "<w:r><w:tab/></w:r>"


@dataclass(frozen=True)
class Entry:
    """One line: text, bookmark it leads to, page it is expected on, level."""

    text: str
    anchor: str
    page: str
    level: int


@dataclass(frozen=True)
class Outline:
    """Headings and captions of a document in their order."""

    headings: tuple[Entry, ...]
    tables: tuple[Entry, ...]


def read_outline(blocks: tuple[b.Block, ...], pages: Pages) -> Outline:
    """What the lists of a document hold; bookmarks are numbered as the body writer numbers them."""
    headings: list[Entry] = []
    tables: list[Entry] = []
    all_headings = 0
    for place, block in enumerate(blocks):
        if isinstance(block, b.Heading):
            all_headings += 1
            if block.level <= CONTENTS_LEVELS:
                headings.append(Entry(block.text, f"_Toc{all_headings:06d}", pages.label(place), block.level))
        elif isinstance(block, b.Table) and block.caption:
            number = len(tables) + 1
            tables.append(Entry(f"Tabel {number}.  {block.caption}", f"_Tab{number:06d}", pages.label(place), 1))
    return Outline(tuple(headings), tuple(tables))


def contents_xml(template: Template, outline: Outline) -> str:
    """The table of contents, in the frame that gives Word its button for updating."""
    lines = _lines(template, r'TOC \o "1-3" \h \z', outline.headings, "toc {level}")
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"
    )


def list_of_tables_xml(template: Template, outline: Outline) -> str:
    """The list of tables, from the captions."""
    return _lines(template, r'TOC \h \z \c "Tabel"', outline.tables, "table of figures")


def _lines(template: Template, instruction: str, entries: tuple[Entry, ...], style: str) -> str:
    opening = f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{_SEPARATE}'
    lines = [
        paragraph(template.p(style.format(level=entry.level)), (opening if n == 0 else "") + _entry(entry))
        for n, entry in enumerate(entries)
    ]
    closing = paragraph("", ("" if entries else opening) + _END)
    return "".join(lines) + closing


def _entry(entry: Entry) -> str:
    page = f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> PAGEREF {entry.anchor} \\h </w:instrText></w:r>'
    number = f"{page}{_SEPARATE}{run(entry.page)}{_END}"
    return f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{run(entry.text)}{_TAB}{number}</w:hyperlink>'
