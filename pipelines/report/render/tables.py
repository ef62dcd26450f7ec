"""Tables: what does not change in a column is made once per table; a row is then one join."""

from __future__ import annotations

from pipelines.report.blocks import Cell, Column, KeyFigure, KeyFigures, Row, Table, Tone
from pipelines.report.render.columns import column_widths, share_widths
from pipelines.report.render.pen import Pen
from pipelines.report.render.text import attribute, paragraph, run

TONES: dict[Tone, str] = {
    "none": "",
    "best": "D5EBDD",
    "good": "E7F3D6",
    "middle": "FFF2C9",
    "low": "FCE0C6",
    "worst": "F6D0D0",
}
"""Fill of a category cell; the category is always written too, so that a black-and-white print says the same."""

_KEPT_GROUP = 4
_BOLD = "<w:b/><w:bCs/>"
_TOTAL_EDGE = '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="1F3A5F"/></w:tcBorders>'
_BODY_STYLE = {"left": "Tabel Teks", "center": "Tabel Tengah", "right": "Tabel Angka"}


def shading(fill: str) -> str:
    """A cell's fill; nothing for none."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""


def cell_xml(width: int, content: str, properties: str = "") -> str:
    """A cell around finished paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def frame(pen: Pen, style: str, widths: list[int], rows: str, summary: str = "", *, centered: bool = False) -> str:
    """A table of fixed column widths around finished rows."""
    described = f'<w:tblCaption w:val="{attribute(summary)}"/>' if summary else ""
    place = '<w:jc w:val="center"/>' if centered else ""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr>{pen.t(style)}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{place}'
        f'<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


class TableWriter:
    """Writes one table; holds what its rows share."""

    def __init__(self, pen: Pen, table: Table, width: int) -> None:
        self._pen, self._table = pen, table
        self._widths = column_widths(table, width)
        self._group = pen.p("Tabel Grup")
        self._styles = [pen.p(_BODY_STYLE[c.align]) for c in table.columns]
        self._opens = [
            f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr><w:p><w:pPr>{style}</w:pPr>'
            for w, style in zip(self._widths, self._styles, strict=True)
        ]

    def xml(self) -> str:
        """The whole table."""
        rows = self._table.rows
        below = [row.continued for row in rows[1:]] + [0]
        kept = _kept_rows(rows) | ({len(rows) - 1} if self._table.note or self._table.keep_end else set())
        body = [self._row(row, below[n], keep=n in kept) for n, row in enumerate(rows)]
        summary = self._table.summary or self._table.caption
        return frame(self._pen, "Tabel Laporan", self._widths, self._header() + "".join(body), summary)

    def _row(self, row: Row, below: int, *, keep: bool) -> str:
        """A row; `below` cells go on in the next row, and a kept row stays on the page of what follows."""
        if row.kind == "group":
            return self._across(row)
        if row.kind == "body" and not (row.continued or below or keep):
            return _tr("".join([self._cell(n, cell) for n, cell in enumerate(row.cells)]))
        cells, at, total = [], 0, row.kind == "total"
        for cell in row.cells:
            merged = "<w:vMerge/>" if at < row.continued else '<w:vMerge w:val="restart"/>' if at < below else ""
            cells.append(self._styled(at, cell, merged, keep=keep, total=total))
            at += 1 if isinstance(cell, str) else cell.span
        return _tr("".join(cells))

    def _cell(self, n: int, cell: str | Cell) -> str:
        if not isinstance(cell, str):
            return self._styled(n, cell)
        content = self._pen.runs(cell) if cell else ""
        return f"{self._opens[n]}{content}</w:p></w:tc>"

    def _styled(self, n: int, cell: str | Cell, merged: str = "", *, keep: bool = False, total: bool = False) -> str:
        full = Cell(cell) if isinstance(cell, str) else cell
        look = _BOLD if total or full.bold else ""
        content = self._pen.runs(full.text, look) if full.text else ""
        span = f'<w:gridSpan w:val="{full.span}"/>' if full.span > 1 else ""
        properties = span + merged + (_TOTAL_EDGE if total else "") + shading(TONES[full.tone])
        width = sum(self._widths[n : n + full.span])
        return cell_xml(width, paragraph(self._styles[n], content, "<w:keepNext/>" if keep else ""), properties)

    def _across(self, row: Row) -> str:
        text = row.cells[0] if isinstance(row.cells[0], str) else row.cells[0].text
        span = f'<w:gridSpan w:val="{len(self._widths)}"/>{shading("F3F5F8")}'
        return _tr(cell_xml(sum(self._widths), paragraph(self._group, self._pen.runs(text)), span))

    def _header(self) -> str:
        columns = self._table.columns
        if not self._table.groups:
            rows = [self._heads([(c.title, 1, "") for c in columns])]
        else:
            rows = self._grouped_header(columns)
        if self._table.numbered:
            rows.append(self._heads([(f"({n})", 1, "") for n in range(1, len(columns) + 1)]))
        return "".join(rows)

    def _grouped_header(self, columns: tuple[Column, ...]) -> list[str]:
        """Two rows: labels above their columns, single columns standing in both."""
        upper: list[tuple[str, int, str]] = []
        lower: list[tuple[str, int, str]] = []
        at = 0
        for label, count in self._table.groups:
            titles = [c.title for c in columns[at : at + count]]
            upper += [(label, count, "")] if label else [(t, 1, '<w:vMerge w:val="restart"/>') for t in titles]
            lower += [(t if label else "", 1, "" if label else "<w:vMerge/>") for t in titles]
            at += count
        return [self._heads(upper), self._heads(lower)]

    def _heads(self, heads: list[tuple[str, int, str]]) -> str:
        """One header row of (text, columns, merge)."""
        cells, at = [], 0
        style, fill = self._pen.p("Tabel Kepala"), shading(self._pen.template.header_fill)
        for text, count, merge in heads:
            span = f'<w:gridSpan w:val="{count}"/>' if count > 1 else ""
            look = f'{span}{merge}{fill}<w:vAlign w:val="center"/>'
            content = paragraph(style, self._pen.runs(text) if text else "")
            cells.append(cell_xml(sum(self._widths[at : at + count]), content, look))
            at += count
        return _tr("".join(cells), "<w:tblHeader/>")


def _kept_rows(rows: tuple[Row, ...]) -> set[int]:
    """Rows that stay with the next: those above a total, the lines of one indicator, the first and the last but one.

    So no page ends with a header and a single row, and none begins with the last row alone. A long group of continued
    rows may be torn, or pages would stay empty.
    """
    kept = {n - 1 for n, row in enumerate(rows) if n and row.kind == "total"}
    kept |= {0, len(rows) - 2} if len(rows) > 2 else set()
    start = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or not rows[n].continued:
            kept |= set(range(start, n - 1)) if n - start <= _KEPT_GROUP else set()
            start = n
    return kept


def _tr(cells: str, properties: str = "") -> str:
    """A row that stays on one page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>"


def key_figures(pen: Pen, block: KeyFigures, width: int) -> str:
    """Figures side by side, large."""
    widths = share_widths([1.0] * len(block.figures), width)
    cells = "".join(_key_figure(pen, f, w) for f, w in zip(block.figures, widths, strict=True))
    return frame(pen, "Tabel Kunci", widths, _tr(cells), "Angka kunci")


def _key_figure(pen: Pen, figure: KeyFigure, width: int) -> str:
    label = pen.p("Label Kunci")
    content = (
        paragraph(label, run(figure.label))
        + paragraph(pen.p("Angka Kunci"), pen.runs(figure.value))
        + paragraph(label, pen.runs(figure.note) if figure.note else "")
    )
    return cell_xml(width, content, shading(TONES[figure.tone]))
