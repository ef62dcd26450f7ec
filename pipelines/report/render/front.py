"""Cover, letterhead, lines of a form, signatures: blocks drawn as borderless tables and placed paragraphs."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.report.blocks import Cover, FieldList, Letterhead, Signatory, SignatureBlock
from pipelines.report.render.pen import Pen
from pipelines.report.render.tables import cell_xml, frame
from pipelines.report.render.text import paragraph, run

Picture = Callable[[bytes, str, int], str]
"""Puts an image into the package and gives the run that shows it: content, alternative text, height in EMU."""

_LONG_NAME = 60
_LONG_NAME_SIZE = '<w:sz w:val="36"/><w:szCs w:val="36"/>'
_LOGO_HEIGHT, _EMBLEM_HEIGHT = 1_080_000, 720_000


def cover(pen: Pen, block: Cover, picture: Picture, width: int) -> str:
    """The front page: emblem, kind of document, unit, year; who publishes at the foot of the page."""
    size = _LONG_NAME_SIZE if len(block.unit) > _LONG_NAME else ""
    title = pen.p("Title")
    lines = [
        _space(850),
        _logo(pen, block.logo, picture),
        _space(1300),
        paragraph(pen.p("Subtitle"), run(block.kicker), _rule("top")),
        paragraph(title, run(block.title)),
        paragraph(title, run(block.unit, size)),
        paragraph(pen.p("Sampul Tahun"), run(block.year), _rule("bottom")),
    ]
    at_foot = (
        f'<w:framePr w:w="{width}" w:hRule="auto" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" '
        'w:xAlign="center" w:yAlign="bottom"/>'
    )
    foot = "".join(paragraph(pen.p("Sampul Kecil"), pen.runs(line), at_foot) for line in block.foot)
    return "".join(lines) + foot


def _rule(side: str) -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="18" w:space="14" w:color="1F3A5F"/></w:pBdr>'


def _space(height: int, properties: str = "") -> str:
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{properties}{exact}</w:pPr></w:p>"


def _logo(pen: Pen, logo: bytes | None, picture: Picture) -> str:
    """The emblem, or the box it goes into."""
    style = pen.p("Logo")
    if logo is not None:
        return paragraph(style, picture(logo, "Lambang daerah", _LOGO_HEIGHT))
    side = '<w:{0} w:val="dashed" w:sz="6" w:space="0" w:color="8A96A3"/>'
    edges = "".join(side.format(name) for name in ("top", "left", "bottom", "right"))
    box = cell_xml(
        1500,
        paragraph(style, run("Lambang daerah")),
        f'<w:tcBorders>{edges}</w:tcBorders><w:vAlign w:val="center"/>',
    )
    row = f'<w:tr><w:trPr><w:trHeight w:val="1700" w:hRule="exact"/></w:trPr>{box}</w:tr>'
    return frame(pen, "Tabel Polos", [1500], row, "Tempat lambang daerah", centered=True)


def letterhead(pen: Pen, block: Letterhead, picture: Picture) -> str:
    """Emblem and lines; a double rule below the last one where the block asks for it."""
    shown = picture(block.logo, "Lambang daerah", _EMBLEM_HEIGHT) if block.logo else ""
    emblem = [paragraph(pen.p("Logo"), shown)] if shown else []
    rule = '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="18" w:space="4" w:color="000000"/></w:pBdr>'
    lines = []
    for n, line in enumerate(block.lines):
        last = n == len(block.lines) - 1
        style = pen.p("Kop Besar" if last else "Kop")
        lines.append(paragraph(style, pen.runs(line), rule if last and block.rule else ""))
    return "".join([*emblem, *lines, _space(240)])


def field_list(pen: Pen, block: FieldList, width: int) -> str:
    """Label, colon, value."""
    widths = [int(width * 0.22), 230]
    widths.append(width - sum(widths))
    style = pen.p("Surat")
    tight = '<w:spacing w:after="20"/><w:jc w:val="left"/>'
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            cell_xml(w, paragraph(style, pen.runs(text), tight))
            for w, text in zip(widths, (label, ":" if label else "", value), strict=True)
        )
        + "</w:tr>"
        for label, value in block.fields
    )
    return frame(pen, "Tabel Polos", widths, rows)


def signatures(pen: Pen, block: SignatureBlock, width: int) -> str:
    """One signature at the right, or two side by side, never torn over two pages."""
    half = width // 2
    left = _signatory(pen, block.left) if block.left else paragraph(pen.p("Tanda Tangan"), "")
    cells = cell_xml(half, left) + cell_xml(width - half, _signatory(pen, block.right))
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return _space(240, "<w:keepNext/>") + frame(pen, "Tabel Polos", [half, width - half], row, "Tanda tangan")


def _signatory(pen: Pen, who: Signatory) -> str:
    style = pen.p("Tanda Tangan")
    above = "".join(paragraph(style, pen.runs(line)) for line in who.above)
    below = "".join(paragraph(style, pen.runs(line, "<w:b/>" if n == 0 else "")) for n, line in enumerate(who.below))
    return above + paragraph(style, "", '<w:spacing w:before="1000"/>') + below
