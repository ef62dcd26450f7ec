"""How office programs write an .xlsx. Only what is written so is given to calamine, which guesses at anything else.

A reference it does not understand is text 0 to it, a number in an odd way a text, a sheet in another encoding empty.
Where anything is written in another way, the full reader decides. One pass over the bytes of a sheet is all this costs.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from pipelines.stores.workbooks.book import MAX_SHEETS
from pipelines.stores.workbooks.parts import SheetPart, list_sheets, main_part, read_book, relations
from pipelines.stores.workbooks.targets import has_odd_targets

MAIN, STYLES, TEXTS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STANDARD = {"/styles": STYLES, "/sharedStrings": TEXTS}
_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'](?: encoding=["'](?:UTF|utf)-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])?\s*\?>)?\s*<(\w+)[\s/>]"""
)
_LETTERS = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_TEXT = _LETTERS + rb"(?:&(?:amp|lt|gt|quot|apos|#[1-9]\d{0,5}|#x[1-9A-Fa-f][0-9A-Fa-f]{0,3});" + _LETTERS + rb")*+"
_ATTRIBUTES = rb'(?: [A-Za-z:\d]+="[^"<>&]*+")*+ ?'
FORMULA = rb"<f" + _ATTRIBUTES + rb"(?:/>|>" + _TEXT + rb"</f>)"
_BLANK = rb"&#(?:9|10|13|32|x9|x[AaDd]|x20);"
_TRIMMED = rb">(?!\s|[^<]*" + _BLANK + rb")" + _TEXT + rb"(?<!\s)"
_UNTRIMMED = re.compile(rb"<t\s*>(?:\s|[^<]*+(?<=\s)<|[^<]*" + _BLANK + rb")")
"""With blanks at its ends and no word that they count, however these are written: calamine leaves them out."""
_MARKED = re.compile(rb"<(?:\w+:)?(?:strike|vertAlign)\b")
"""Struck out or raised pieces, which calamine joins to the others."""
_NUMBER = rb"-?\d{1,200}(?:\.\d{1,200})?(?:[Ee][+-]?\d{1,2})?"
_ERROR = rb"#(?:N/A|DIV/0!|REF!|NAME\?|NULL!|NUM!|VALUE!)"
_COLUMN, _ROW = rb"(?:[A-Z]|[A-R][A-Z]|S[A-F])", rb"(?:[1-9]\d{0,3}|1\d{4}|20000)"
"""Addresses within MAX_COLUMNS and MAX_ROWS; what is only formatted may lie beyond."""
_STYLE = rb'(?: s="(?:0|[1-9]\d{0,5})")?+'
_HOLDING = b"|".join(
    (
        rb' t="s"><v>\d{1,9}</v>',
        rb'(?: t="n")?+>(?:' + FORMULA + rb")?+(?:<v>" + _NUMBER + rb"</v>|<v></v>|<v ?/>)?+",
        rb' t="str">(?:' + FORMULA + rb")?+<v>" + _TEXT + rb"</v>",
        rb' t="b">(?:' + FORMULA + rb")?+<v>[01]</v>",
        rb' t="e">(?:' + FORMULA + rb")?+<v>" + _ERROR + rb"</v>",
        rb' t="inlineStr">(?:<is><t(?: xml:space="preserve">' + _TEXT + rb"|" + _TRIMMED + rb")</t></is>)?+",
    )
)
_CELL = (
    rb'<c r="(?:' + _COLUMN + _ROW + rb'"(?:' + _STYLE + rb"(?:" + _HOLDING + rb')| t="s" s="\d+"><v>\d{1,9}</v>)</c>'
    rb'|[A-Z]{1,3}[1-9]\d{0,6}"' + _STYLE + rb" ?/>)"
)
_ROWS = re.compile(
    rb'(?:<row r="(?:' + _ROW + rb'"' + _ATTRIBUTES + rb">(?:" + _CELL + rb")*+</row>"
    rb'|[1-9]\d{0,6}"' + _ATTRIBUTES + rb"(?:/>|></row>))\s*+)*+"
)
_EMPTY_TEXT = re.compile(rb"\s*/>")
_BEGIN, _END, _EMPTY = b"<sheetData>", b"</sheetData>", re.compile(rb"<sheetData ?/>")
_CELLS_OUTSIDE = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]|<!")


@dataclass(frozen=True)
class Plain:
    """The worksheets of such a package, and whether a zero it keeps for a formula may never have been one."""

    sheets: tuple[SheetPart, ...]
    recalculates: bool


def plain_package(archive: zipfile.ZipFile) -> Plain | None:
    """The worksheets of a package whose parts around them are where and how every program writes them; else None."""
    if MAIN not in archive.NameToInfo or main_part(archive) != MAIN:
        return None
    related = relations(archive, MAIN)
    for ending, part in _STANDARD.items():
        if {to for kind, to in related.values() if kind.endswith(ending)} != {part} & archive.NameToInfo.keys():
            return None
    small = ("_rels/.rels", _RELATIONS, MAIN, *_STANDARD.values())
    written = {name: archive.read(name) for name in small if name in archive.NameToInfo}
    if "_rels/.rels" not in written or not all(map(_HEAD.match, written.values())) or _differs(written):
        return None
    sheets = list_sheets(archive, MAIN, related)
    if not len({sheet.part for sheet in sheets}) == len(sheets) <= MAX_SHEETS:
        return None
    return Plain(sheets, read_book(written[MAIN]).recalculates)


def _differs(written: Mapping[str, bytes]) -> bool:
    """Whether the parts say what the two readers take in two ways: other days, names of parts, or texts."""
    odd = has_odd_targets(written["_rels/.rels"]) or has_odd_targets(written.get(_RELATIONS, b""))
    return odd or read_book(written[MAIN]).mac or (TEXTS in written and not _are_texts(written[TEXTS]))


def _are_texts(xml: bytes) -> bool:
    nested = xml.count(b"<si") != xml.count(b"</si><si") + 1 and any(
        b"</si>" not in item and not _EMPTY_TEXT.match(item) for item in xml.split(b"<si")[1:]
    )
    return not nested and not any(p.search(xml) for p in (_UNTRIMMED, _MARKED)) and _is_sound(xml)


def is_plain_sheet(xml: bytes) -> bool:
    """Whether a worksheet part is written as office programs write it, every row and cell of it."""
    begin, end = xml.find(_BEGIN) + len(_BEGIN), xml.rfind(_END)
    if begin < len(_BEGIN):
        return _EMPTY.search(xml) is not None and _is_plain(xml) and not _CELLS_OUTSIDE.search(xml)
    around = xml[:begin] + xml[end:]
    return (
        _ROWS.fullmatch(xml, begin, end) is not None
        and _is_plain(around)
        and not _CELLS_OUTSIDE.search(around)
        and _is_text(xml[begin:end])
    )


def _is_text(rows: bytes) -> bool:
    if b"]]>" in rows:
        return False
    try:
        return rows.isascii() or bool(rows.decode())
    except UnicodeDecodeError:
        return False


def _is_plain(xml: bytes) -> bool:
    return _HEAD.match(xml) is not None and _is_sound(xml)


def _is_sound(xml: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True
