"""On which page a heading will stand, estimated: Word alone knows, but a list without pages helps nobody.

Line heights and letter widths are those of the program's template, fitted to what LibreOffice lays out; Word corrects
the numbers when the lists are updated (F9).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.report import blocks as b
from pipelines.report.figures import Chart
from pipelines.report.render.columns import CELL_SIDES, column_widths
from pipelines.report.render.template import Page

_LINE, _SMALL_LINE = 306, 222
"""Height of a line of running text and of a line in a table, in twentieths of a point."""
_CHAR, _SMALL_CHAR = 96, 78
"""Mean width of a letter in running text and in a table."""
_HEADING_CHAR, _AFTER_PARAGRAPH = 130, 140
_CELL_ENDS = 76
_HEADING_HEIGHT = {1: 880, 2: 800, 3: 660, 4: 520}
_FIXED = {b.KeyFigures: 1350, b.Letterhead: 1700, b.SignatureBlock: 3400, b.Cover: 14_000}
_CHART_HEIGHT, _CAPTION_HEIGHT = 4300, 560
_BAR, _BAR_ENDS, _TALLEST = 560, 1500, 10_500
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True)
class Pages:
    """The page number, as printed, on which each block is expected to begin."""

    labels: tuple[str, ...]

    def label(self, place: int) -> str:
        """The page of the block at this place of the document."""
        return self.labels[place]


def estimate_pages(blocks: tuple[b.Block, ...], page: Page) -> Pages:
    """Lay the blocks out roughly, one below the other."""
    layout = _Layout(page, blocks)
    return Pages(tuple(layout.place(block, place) for place, block in enumerate(blocks)))


class _Layout:
    def __init__(self, page: Page, blocks: tuple[b.Block, ...]) -> None:
        self._page, self._blocks = page, blocks
        self._section = b.Section(numbering="none")
        self._number, self._used, self._label_before = 1, 0, "1"

    @property
    def _room(self) -> int:
        return self._page.text_height(landscape=self._section.landscape)

    @property
    def _width(self) -> int:
        return self._page.text_width(landscape=self._section.landscape)

    def place(self, block: b.Block, place: int) -> str:
        """The page the block begins on; the layout moves on behind it."""
        if isinstance(block, b.Section):
            self._begin_section(block, first=place == 0)
        elif isinstance(block, b.PageBreak):
            self._turn()
        elif isinstance(block, b.Table):
            return self._place_table(block)
        else:
            self._place_height(self._height(block), keep=self._kept_with(place), whole=isinstance(block, Chart))
            return self._label_before
        return self._label()

    def _begin_section(self, section: b.Section, *, first: bool) -> None:
        if not first:
            self._turn()
        self._section = section
        if section.restart:
            self._number = 1

    def _turn(self) -> None:
        self._number, self._used = self._number + 1, 0

    def _label(self) -> str:
        roman = self._section.numbering == "roman" and self._number < len(_ROMAN)
        return _ROMAN[self._number] if roman else str(self._number)

    def _kept_with(self, place: int) -> int:
        """Room that must follow a heading on its page."""
        heading = isinstance(self._blocks[place], b.Heading)
        return 3 * _LINE if heading else 0

    def _place_height(self, height: int, keep: int, *, whole: bool = False) -> None:
        needed = height if whole else min(height, _LINE * 2)
        if self._used and self._used + needed + keep > self._room:
            self._turn()
        self._label_before = self._label()
        self._used += height
        while self._used > self._room:
            self._number, self._used = self._number + 1, self._used - self._room

    def _place_table(self, table: b.Table) -> str:
        widths = self._cell_widths(table)
        header = self._row_height(tuple(c.title for c in table.columns), widths) * (2 if table.groups else 1)
        header += _SMALL_LINE + _CELL_ENDS if table.numbered else 0
        caption = _CAPTION_HEIGHT if table.caption else 0
        self._place_height(caption + header, keep=2 * _SMALL_LINE)
        begun = self._label_before
        for row in table.rows:
            across = [self._width - CELL_SIDES] if row.kind == "group" else widths
            height = self._row_height(row.cells, across)
            if self._used + height > self._room:
                self._turn()
                self._used = header
            self._used += height
        self._used += 420 if table.note else 200
        return begun

    def _cell_widths(self, table: b.Table) -> list[int]:
        return [width - CELL_SIDES for width in column_widths(table, self._width)]

    def _row_height(self, cells: tuple[str | b.Cell, ...], widths: list[int]) -> int:
        texts = (cell if isinstance(cell, str) else cell.text for cell in cells)
        lines = max((_lines(text, width, _SMALL_CHAR) for text, width in zip(texts, widths, strict=False)), default=1)
        return lines * _SMALL_LINE + _CELL_ENDS

    def _height(self, block: b.Block) -> int:
        if isinstance(block, b.Heading):
            return _HEADING_HEIGHT[block.level] + _LINE * (_lines(block.text, self._width, _HEADING_CHAR) - 1)
        if isinstance(block, b.Paragraph):
            return _lines(block.lead + block.text, self._width, _CHAR) * _LINE + _AFTER_PARAGRAPH
        if isinstance(block, b.BulletList):
            return sum(_lines(item, self._width - 397, _CHAR) * _LINE + 60 for item in block.items)
        if isinstance(block, Chart):
            return chart_height(block) + _CAPTION_HEIGHT + (400 if block.note else 0)
        if isinstance(block, b.FieldList):
            return len(block.fields) * (_LINE + 40) + 200
        return self._list_height(block)

    def _list_height(self, block: b.Block) -> int:
        if isinstance(block, b.TableOfContents):
            return sum(isinstance(x, b.Heading) and x.level <= 3 for x in self._blocks) * 285
        if isinstance(block, b.ListOfTables):
            return sum(isinstance(x, b.Table) and bool(x.caption) for x in self._blocks) * 330
        if isinstance(block, b.ListOfFigures):
            return sum(isinstance(x, Chart) for x in self._blocks) * 330
        return _FIXED[type(block)]


def chart_height(chart: Chart) -> int:
    """Height of a chart in twentieths of a point: lying bars need room for each category."""
    if chart.kind != "bars":
        return _CHART_HEIGHT
    bars = len(chart.categories) * (1 + (len(chart.series) - 1) // 2) * _BAR
    return min(_BAR_ENDS + bars, _TALLEST)


def _lines(text: str, width: int, char: int) -> int:
    """Lines a text needs, its words set one after the other."""
    room = max(1, width // char)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    lines, used = 1, 0
    for word in line.split(" "):
        length = len(word) + (len(word) // 4 if word.isupper() else 0)  # capitals are wider
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0
        used += length + (1 if used else 0)
        lines, used = lines + (used - 1) // room if used else lines, used if used <= room else used % room
    return lines
