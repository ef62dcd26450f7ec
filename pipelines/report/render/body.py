"""Blocks → the body of word/document.xml, section by section."""

from __future__ import annotations

from functools import singledispatchmethod

from pipelines.report import blocks as b
from pipelines.report.render import front
from pipelines.report.render.contents import Outline, contents_xml, list_of_tables_xml
from pipelines.report.render.tables import TableWriter, key_figures
from pipelines.report.render.template import Template
from pipelines.report.render.text import bookmark, field, paragraph, run, runs

_KINDS: dict[b.ParagraphKind, str] = {
    "body": "Body Text",
    "lead": "Paragraf Awal",
    "closing": "Body Text",
    "left": "Surat",
    "letter": "Surat",
    "title": "Judul Formulir",
}
_SETTINGS = {"left": '<w:jc w:val="left"/>', "closing": "<w:keepNext/>"}
_SPACER = '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>'
_THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_PAGE = f'<w:p><w:pPr>{_THIN}</w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


class BodyWriter:
    """Writes one document; counts its headings and tables and knows how wide the current section is."""

    def __init__(self, template: Template, outline: Outline, picture: front.Picture) -> None:
        self._template, self._outline, self._picture = template, outline, picture
        self._mark = template.r("Isian SKPD")
        self._section = b.Section(numbering="none")
        self._headings = self._tables = 0
        self._started = False

    def xml(self, blocks: tuple[b.Block, ...]) -> str:
        """Everything between <w:body> and </w:body>."""
        parts = []
        for block in blocks:
            parts.append(self._draw(block))
            self._started = True
        return "".join(parts) + self._section_xml(self._section)

    @property
    def _width(self) -> int:
        return self._template.page.text_width(landscape=self._section.landscape)

    @singledispatchmethod
    def _draw(self, block: b.Block) -> str:
        raise TypeError(f"unknown block: {type(block).__name__}")

    @_draw.register
    def _(self, block: b.Heading) -> str:
        self._headings += 1
        mark = bookmark(self._headings, f"_Toc{self._headings:06d}", runs(block.text, self._mark))
        return paragraph(self._template.p(f"heading {block.level}"), mark)

    @_draw.register
    def _(self, block: b.Paragraph) -> str:
        lead = run(f"{block.lead} ", "<w:b/><w:bCs/>") if block.lead else ""
        style = self._template.p(_KINDS[block.kind])
        return paragraph(style, lead + runs(block.text, self._mark), _SETTINGS.get(block.kind, ""))

    @_draw.register
    def _(self, block: b.BulletList) -> str:
        style = self._template.p("List Bullet")
        return "".join(paragraph(style, runs(item, self._mark)) for item in block.items)

    @_draw.register
    def _(self, block: b.Table) -> str:
        keep = "<w:keepNext/>" if block.keep_end else ""
        note = paragraph("", "", keep + _SPACER)
        if block.note:
            note = paragraph(self._template.p("Tabel Catatan"), runs(block.note, self._mark), keep)
        return self._caption(block.caption) + TableWriter(self._template, block, self._width).xml() + note

    def _caption(self, text: str) -> str:
        if not text:
            return ""
        self._tables += 1
        number = bookmark(10_000 + self._tables, f"_Tab{self._tables:06d}", self._caption_runs(text))
        return paragraph(self._template.p("caption"), number)

    def _caption_runs(self, text: str) -> str:
        return run("Tabel ") + field(r"SEQ Tabel \* ARABIC", str(self._tables)) + run(f".  {text}")

    @_draw.register
    def _(self, block: b.KeyFigures) -> str:
        return key_figures(self._template, block, self._width) + paragraph("", "", _SPACER)

    @_draw.register
    def _(self, block: b.FieldList) -> str:
        return front.field_list(self._template, block, self._width) + paragraph("", "", _SPACER)

    @_draw.register
    def _(self, _block: b.PageBreak) -> str:
        return _PAGE

    @_draw.register
    def _(self, block: b.Section) -> str:
        ended = paragraph("", "", _THIN + self._section_xml(self._section)) if self._started else ""
        self._section = block
        return ended

    @_draw.register
    def _(self, _block: b.TableOfContents) -> str:
        return contents_xml(self._template, self._outline)

    @_draw.register
    def _(self, _block: b.ListOfTables) -> str:
        return list_of_tables_xml(self._template, self._outline)

    @_draw.register
    def _(self, block: b.Cover) -> str:
        return front.cover(self._template, block, self._picture, self._width)

    @_draw.register
    def _(self, block: b.Letterhead) -> str:
        return front.letterhead(self._template, block, self._picture)

    @_draw.register
    def _(self, block: b.SignatureBlock) -> str:
        return front.signatures(self._template, block, self._width)

    def _section_xml(self, section: b.Section) -> str:
        """Paper, header, page numbers; `none` is a title page, bare because the template names no header for one."""
        page = self._template.page
        width, height = (page.height, page.width) if section.landscape else (page.width, page.height)
        turned = ' w:orient="landscape"' if section.landscape else ""
        margins = " ".join(f'w:{name}="{value}"' for name, value in page.margins.items())
        return (
            f"<w:sectPr>{self._template.references}"
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar {margins}/>'
            f"{_numbering(section)}{'<w:titlePg/>' if section.numbering == 'none' else ''}</w:sectPr>"
        )


def _numbering(section: b.Section) -> str:
    form = ' w:fmt="lowerRoman"' if section.numbering == "roman" else ""
    start = ' w:start="1"' if section.restart else ""
    return f"<w:pgNumType{form}{start}/>" if form or start else ""
