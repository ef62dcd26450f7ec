"""Blocks → the body of word/document.xml, section by section."""

from __future__ import annotations

from functools import singledispatchmethod

from pipelines.report import blocks as b
from pipelines.report.figures import Chart
from pipelines.report.render import front
from pipelines.report.render.contents import FIGURE, TABLE, Outline, contents_xml, list_of_captions_xml
from pipelines.report.render.pages import chart_height
from pipelines.report.render.parts import Parts
from pipelines.report.render.pen import Pen
from pipelines.report.render.tables import TableWriter, key_figures
from pipelines.report.render.text import bookmark, field, paragraph, run

_KINDS: dict[b.ParagraphKind, str] = {
    "body": "Body Text",
    "lead": "Paragraf Awal",
    "closing": "Body Text",
    "left": "Surat",
    "letter": "Surat",
    "title": "Judul Formulir",
}
_SPACER = '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>'
_THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_CENTERED = '<w:spacing w:before="60" w:after="200"/><w:jc w:val="center"/>'
_EMU = 635
"""EMU in a twentieth of a point."""
_TURNS = "<w:pageBreakBefore/>"


class BodyWriter:
    """Writes one document; counts its headings and captions and knows how wide the current section is."""

    def __init__(self, pen: Pen, outline: Outline, parts: Parts) -> None:
        self._pen, self._outline, self._parts = pen, outline, parts
        self._counted: dict[str, int] = {}
        self._section = b.Section(numbering="none")
        self._headings = self._bookmarks = 0
        self._started = self._turns = False

    def xml(self, blocks: tuple[b.Block, ...]) -> str:
        """Everything between <w:body> and </w:body>."""
        parts = []
        for block in blocks:
            parts.append(self._draw(block))
            self._started = True
        return "".join(parts) + self._section_xml(self._section)

    @property
    def _width(self) -> int:
        return self._pen.template.page.text_width(landscape=self._section.landscape)

    @singledispatchmethod
    def _draw(self, block: b.Block) -> str:
        raise TypeError(f"unknown block: {type(block).__name__}")

    @_draw.register
    def _(self, block: b.Heading) -> str:
        self._headings += 1
        mark = self._bookmark(f"_Toc{self._headings:06d}", self._pen.runs(block.text))
        return paragraph(self._pen.p(f"heading {block.level}"), mark, self._turn())

    @_draw.register
    def _(self, block: b.Paragraph) -> str:
        lead = run(f"{block.lead} ", "<w:b/><w:bCs/>") if block.lead else ""
        style = self._pen.p(_KINDS[block.kind])
        keep = "<w:keepNext/>" if block.kind == "closing" else ""
        left = '<w:jc w:val="left"/>' if block.kind == "left" else ""
        return paragraph(style, lead + self._pen.runs(block.text), keep + self._turn() + left)

    @_draw.register
    def _(self, block: b.BulletList) -> str:
        style = self._pen.p("List Bullet")
        return "".join(paragraph(style, self._pen.runs(item)) for item in block.items)

    @_draw.register
    def _(self, block: b.Table) -> str:
        keep = "<w:keepNext/>" if block.keep_end else ""
        note = self._note(block.note, keep) or paragraph("", "", keep + _SPACER)
        caption = paragraph(self._pen.p("caption"), self._caption(block)) if block.caption else ""
        return caption + TableWriter(self._pen, block, self._width).xml() + note

    @_draw.register
    def _(self, block: Chart) -> str:
        """The picture, its caption below it, on one page."""
        shown = self._parts.chart(block, self._width * _EMU, chart_height(block) * _EMU)
        note = self._note(block.note)
        stays = "<w:keepNext/>" if note else '<w:keepNext w:val="0"/>'
        return (
            paragraph(self._pen.p("Gambar"), shown, "<w:keepNext/>")
            + paragraph(self._pen.p("caption"), self._caption(block), stays + _CENTERED)
            + note
        )

    def _note(self, text: str, properties: str = "") -> str:
        return paragraph(self._pen.p("Tabel Catatan"), self._pen.runs(text), properties) if text else ""

    def _caption(self, block: b.Table | Chart) -> str:
        """Label and title, each in the bookmark that references and lists look for; a number that jumps is set."""
        caption = self._outline.caption_of(block)
        jump = "" if caption.number == self._counted.get(caption.word, 0) + 1 else rf" \r {caption.number}"
        self._counted[caption.word] = caption.number
        number = field(rf"SEQ {caption.word} \* ARABIC{jump}", str(caption.number))
        label = self._bookmark(caption.label_anchor, run(f"{caption.word} ") + number)
        return self._bookmark(caption.anchor, label + run(f".  {block.caption}"))

    def _bookmark(self, name: str, content: str) -> str:
        self._bookmarks += 1
        return bookmark(self._bookmarks, name, content)

    @_draw.register
    def _(self, block: b.KeyFigures) -> str:
        return key_figures(self._pen, block, self._width) + paragraph("", "", _SPACER)

    @_draw.register
    def _(self, block: b.FieldList) -> str:
        return front.field_list(self._pen, block, self._width) + paragraph("", "", _SPACER)

    @_draw.register
    def _(self, _block: b.PageBreak) -> str:
        """Turned by what follows: a paragraph of its own would take a whole page where the one before is full."""
        self._turns = True
        return ""

    def _turn(self) -> str:
        turns, self._turns = self._turns, False
        return _TURNS if turns else ""

    @_draw.register
    def _(self, block: b.Section) -> str:
        ended = paragraph("", "", _THIN + self._section_xml(self._section)) if self._started else ""
        self._section = block
        return ended

    @_draw.register
    def _(self, _block: b.TableOfContents) -> str:
        return contents_xml(self._pen.template, self._outline)

    @_draw.register
    def _(self, _block: b.ListOfTables) -> str:
        return list_of_captions_xml(self._pen.template, self._outline, TABLE)

    @_draw.register
    def _(self, _block: b.ListOfFigures) -> str:
        return list_of_captions_xml(self._pen.template, self._outline, FIGURE)

    @_draw.register
    def _(self, block: b.Cover) -> str:
        return front.cover(self._pen, block, self._parts.picture, self._width)

    @_draw.register
    def _(self, block: b.Letterhead) -> str:
        return front.letterhead(self._pen, block, self._parts.picture)

    @_draw.register
    def _(self, block: b.SignatureBlock) -> str:
        return front.signatures(self._pen, block, self._width)

    def _section_xml(self, section: b.Section) -> str:
        """Paper, header, page numbers; `none` is a title page, bare because the template names no header for one."""
        page = self._pen.template.page
        width, height = (page.height, page.width) if section.landscape else (page.width, page.height)
        turned = ' w:orient="landscape"' if section.landscape else ""
        margins = " ".join(f'w:{name}="{value}"' for name, value in page.margins.items())
        return (
            f"<w:sectPr>{self._pen.template.references}"
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar {margins}/>'
            f"{_numbering(section)}{'<w:titlePg/>' if section.numbering == 'none' else ''}</w:sectPr>"
        )


def _numbering(section: b.Section) -> str:
    form = ' w:fmt="lowerRoman"' if section.numbering == "roman" else ""
    start = ' w:start="1"' if section.restart else ""
    return f"<w:pgNumType{form}{start}/>" if form or start else ""
