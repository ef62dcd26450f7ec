"""What a document is made of, before anyone thinks of Word: frozen blocks that say what, never how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.report.figures import Chart

Align = Literal["left", "center", "right"]
Tone = Literal["none", "best", "good", "middle", "low", "worst"]
RowKind = Literal["body", "group", "total"]
ParagraphKind = Literal["body", "lead", "closing", "left", "letter", "title"]
"""A lead is larger; a closing stays on the page of what follows it, a signature above all."""


class Passing(str):
    """A text that comes and goes without a document saying anything else: a date, a hash, a count of what is open."""

    __slots__ = ()


OPEN_BOX, TICKED_BOX = "☐", "☒"
"""In any text: a box that is ticked with a click in Word."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4; levels 1–3 stand in the table of contents."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` is a bold beginning on the same line, a line break in the text stays one."""

    text: str
    kind: ParagraphKind = "body"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short items, each with a bullet."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, share of the width, alignment of its body cells."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than plain text: a category with its tone, bold text, several columns in one."""

    text: str
    tone: Tone = "none"
    bold: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of plain texts and cells; a group row has one cell across the table.

    In a row that continues the one above, the first `continued` cells are parts of the cells above them.
    """

    cells: tuple[str | Cell, ...]
    kind: RowKind = "body"
    continued: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with caption and header; `groups` is a second header row above: (label, columns), "" for none.

    `summary` is the alternative text. The last row of a table with `keep_end` stays on the page of what follows, a
    signature for instance. `numbered` adds the row (1) (2) (3) that government forms have below the header. Texts
    refer to a table with a caption by its `key`.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    summary: str = ""
    groups: tuple[tuple[str, int], ...] = ()
    numbered: bool = False
    note: str = ""
    keep_end: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure of the year or quarter at a glance."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "none"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Figures side by side, large."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class FieldList:
    """Lines of label, colon and value, as forms and letters have them."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Section:
    """What follows has its own paper and page numbers; the first section needs none of its own."""

    landscape: bool = False
    numbering: Literal["none", "roman", "arabic"] = "arabic"
    restart: bool = False


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """Headings 1–3 with their pages."""


@dataclass(frozen=True, slots=True)
class ListOfTables:
    """Captions of tables with their pages."""


@dataclass(frozen=True, slots=True)
class ListOfFigures:
    """Captions of charts with their pages."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The front page."""

    kicker: str
    title: str
    unit: str
    year: str
    foot: tuple[str, ...]
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Head of a letter or of a form: emblem, lines, the last of them large; a rule below unless it is a form."""

    lines: tuple[str, ...]
    logo: bytes | None = None
    rule: bool = True


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: lines above the space for the signature, lines below it."""

    above: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Signatures at the right, or at both sides; kept on one page."""

    right: Signatory
    left: Signatory | None = None


Block = (
    Heading
    | Paragraph
    | BulletList
    | Table
    | Chart
    | KeyFigures
    | FieldList
    | PageBreak
    | Section
    | TableOfContents
    | ListOfTables
    | ListOfFigures
    | Cover
    | Letterhead
    | SignatureBlock
)


@dataclass(frozen=True, slots=True)
class Properties:
    """Core properties of the file; `data_date` stands where Word keeps the time of writing."""

    title: str
    subject: str
    creator: str
    data_date: date


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `running` is the text in the header of its pages.

    `whole` is what this document was taken out of, if it was: captions are numbered as they are there.
    `owners` gives whoever a placeholder asks by a general word its name: ("SKPD", "Dinas Kesehatan").
    """

    title: str
    properties: Properties
    blocks: tuple[Block, ...]
    running: str = ""
    owners: tuple[tuple[str, str], ...] = ()
    whole: tuple[Block, ...] = ()


def placeholder(owner: str, what: str) -> str:
    """Text that only people can write, visibly missing: `[DIISI SKPD: isu strategis]`.

    In Word it stands out and carries a comment that names who owes it.
    """
    return f"[DIISI {owner}: {what}]"


REFERENCE_MARKS = "\ue000\ue001"
"""Begin and end of a reference inside a text: characters no keyboard gives."""


def refer(key: str) -> str:
    """In any text: the number of the table or chart with this key, `Tabel 3`, as a cross-reference of Word."""
    return f"{REFERENCE_MARKS[0]}{key}{REFERENCE_MARKS[1]}"
