"""Daftar isi, daftar tabel, daftar gambar: real fields of Word whose entries are there before anyone updates them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipelines.report import blocks as b
from pipelines.report.figures import Chart
from pipelines.report.render.pages import Pages
from pipelines.report.render.template import Template
from pipelines.report.render.text import paragraph, run

CONTENTS_LEVELS = 3
"""Headings down to this level stand in the table of contents."""

TABLE, FIGURE = "Tabel", "Gambar"
"""The words of captions, and the names of the sequences that count them."""

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
class Caption:
    """A captioned table or chart: its word and its number among its kind."""

    block: b.Table | Chart
    word: str
    number: int

    @property
    def label(self) -> str:
        """`Tabel 3`, as captions, lists and references say it."""
        return f"{self.word} {self.number}"

    @property
    def anchor(self) -> str:
        """The bookmark around the whole caption."""
        return f"_{self.word[:3]}{self.number:06d}"

    @property
    def label_anchor(self) -> str:
        """The bookmark around the label alone, which references repeat."""
        return f"_Ref{self.word}{self.number:06d}"


@dataclass(frozen=True)
class Outline:
    """Headings and captions of a document in their order."""

    headings: tuple[Entry, ...]
    captions: tuple[Caption, ...]
    pages: Mapping[str, str]
    """The expected page of a caption, by its bookmark."""

    def listed(self, word: str) -> tuple[Entry, ...]:
        """The entries of the list of tables or figures."""
        shown = (c for c in self.captions if c.word == word)
        return tuple(Entry(f"{c.label}.  {c.block.caption}", c.anchor, self.pages[c.anchor], 1) for c in shown)

    def caption_of(self, block: b.Table | Chart) -> Caption:
        """The caption of a block of the document, or of what the document was taken out of."""
        return self._by_block[id(block)]

    @cached_property
    def _by_block(self) -> dict[int, Caption]:
        return {id(c.block): c for c in self.captions}

    def labels(self, drawn: Iterable[b.Block]) -> dict[str, tuple[str, str]]:
        """Bookmark and text of a reference, by the key of what it refers to; no bookmark where that is not drawn."""
        here = {id(block) for block in drawn}
        keyed = (c for c in self.captions if c.block.key)
        return {c.block.key: (c.label_anchor if id(c.block) in here else "", c.label) for c in keyed}


def read_outline(blocks: tuple[b.Block, ...], pages: Pages) -> Outline:
    """What the lists of a document hold; bookmarks are numbered as the body writer numbers them."""
    headings: list[Entry] = []
    captions: list[Caption] = []
    expected: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for place, block in enumerate(blocks):
        if isinstance(block, b.Heading):
            counted["heading"] += 1
            if block.level <= CONTENTS_LEVELS:
                anchor = f"_Toc{counted['heading']:06d}"
                headings.append(Entry(block.text, anchor, pages.label(place), block.level))
        elif isinstance(block, (b.Table, Chart)) and block.caption:
            word = TABLE if isinstance(block, b.Table) else FIGURE
            counted[word] += 1
            captions.append(Caption(block, word, counted[word]))
            expected[captions[-1].anchor] = pages.label(place)
    return Outline(tuple(headings), tuple(captions), expected)


def contents_xml(template: Template, outline: Outline) -> str:
    """The table of contents, in the frame that gives Word its button for updating."""
    lines = _lines(template, r'TOC \o "1-3" \h \z', outline.headings, "toc {level}")
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"
    )


def list_of_captions_xml(template: Template, outline: Outline, word: str) -> str:
    """The list of tables or of figures, from the captions."""
    return _lines(template, rf'TOC \h \z \c "{word}"', outline.listed(word), "table of figures")


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
