"""What a web page shows, as tables and lines of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.stores.workbooks.colours import WHITE
from pipelines.stores.workbooks.faces import PLAIN, Run

_SPACE = re.compile(r"[ \t\r\n\f]+")

WebLine = list[Run]
"""A line of text, piece by piece."""


@dataclass
class WebCell:
    """A cell: its attributes and what stands in it, texts and tables.

    One that is not `shown` has no place in its row. `unseen` is text in it that is not shown; `fields`: it holds
    fields to type in or to choose from; `ground`: the colour behind it.
    """

    attributes: Mapping[str, str]
    blocks: list[WebLine | WebTable] = field(default_factory=list)
    shown: bool = True
    unseen: list[str] = field(default_factory=list)
    fields: bool = False
    ground: str = WHITE

    def runs(self) -> list[Run]:
        """Its lines of text, piece by piece."""
        lines = [block for block in self.blocks if isinstance(block, list)]
        while lines and not lines[-1]:
            lines.pop()
        parted = ([("\n", PLAIN), *line] if number else line for number, line in enumerate(lines))
        return [run for line in parted for run in line]


@dataclass
class WebRow:
    """A row of cells."""

    attributes: Mapping[str, str]
    cells: list[WebCell] = field(default_factory=list)
    shown: bool = True


@dataclass
class WebTable:
    """A table: its rows, and the attributes of its columns."""

    rows: list[WebRow] = field(default_factory=list)
    columns: list[Mapping[str, str]] = field(default_factory=list)

    def is_layout(self) -> bool:
        """Whether it only places other tables on the page."""
        return any(isinstance(block, WebTable) for row in self.rows for cell in row.cells for block in cell.blocks)


@dataclass
class WebPage:
    """What a page shows, and its style sheets."""

    blocks: list[WebLine | WebTable] = field(default_factory=list)
    css: str = ""


def folded(line: WebLine) -> WebLine:
    """The pieces of a line with every run of spaces as one, and none around them."""
    parts: WebLine = []
    for text, face in line:
        text = _SPACE.sub(" ", text)
        if not parts or parts[-1][0].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            parts.append((text, face))
    if parts:
        text, face = parts[-1]
        parts[-1:] = [(text.rstrip(" "), face)] if text.rstrip(" ") else []
    return parts
