"""What the styles of an .xlsb say: how cells show numbers, and the look of their fonts."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace

from pipelines.stores.workbooks.biff12 import records, text_at
from pipelines.stores.workbooks.colours import BLACK, WHITE, are_one, indexed, themed
from pipelines.stores.workbooks.faces import PLAIN, Face
from pipelines.stores.workbooks.number_formats import GENERAL, Format, format_of_id

_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_FONT, _FONTS_BEGIN, _FONTS_END = 43, 611, 612
_FILL, _FILLS_BEGIN, _FILLS_END = 45, 603, 604
_BRACKETS = (_STYLES_BEGIN, _STYLES_END, _FONTS_BEGIN, _FONTS_END, _FILLS_BEGIN, _FILLS_END)
_STRUCK = 0x08


@dataclass
class Styles12:
    """The fonts, and of every cell style its number format and the look of its font."""

    fonts: list[Face] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)

    def font(self, number: int) -> Face:
        """The look of a font."""
        return self.fonts[number] if number < len(self.fonts) else PLAIN

    def of_cell(self, number: int) -> tuple[Format, Face]:
        """How a cell of this style shows a number, and its look."""
        known = number < len(self.formats)
        return (self.formats[number], self.faces[number]) if known else (GENERAL, PLAIN)


def read_styles12(data: bytes) -> Styles12:
    """What the part that describes the styles says."""
    found = Styles12()
    own: dict[int, str] = {}
    styles: list[tuple[int, int, int]] = []
    colours: list[str] = []
    grounds: list[str] = []
    inside = 0
    for code, record in records(data):
        if code == _FORMAT:
            own[struct.unpack_from("<H", record)[0]] = text_at(record, 2)[0]
        elif code in _BRACKETS:
            inside = code
        elif code == _FONT and inside == _FONTS_BEGIN:
            _, flags, _, place = struct.unpack_from("<HHHH", record)
            found.fonts.append(Face(bool(flags & _STRUCK), place == 1, place == 2))
            colours.append(_colour(record, 12, BLACK))
        elif code == _FILL and inside == _FILLS_BEGIN:
            grounds.append(_ground(record))
        elif code == _STYLE and inside == _STYLES_BEGIN:
            styles.append(struct.unpack_from("<HHH", record, 2))
    for number, font, fill in styles:
        ground = grounds[fill] if fill < len(grounds) else WHITE
        colour = colours[font] if font < len(colours) else BLACK
        found.formats.append(format_of_id(number, own, on_white=ground == WHITE))
        found.faces.append(replace(found.font(font), camouflaged=are_one(colour, ground)))
    return found


def _ground(record: bytes) -> str:
    """The colour behind a cell; a pattern of two has none."""
    pattern = struct.unpack_from("<I", record)[0]
    if pattern == 0:
        return WHITE
    return _colour(record, 4, WHITE) if pattern == 1 else ""


def _colour(record: bytes, at: int, otherwise: str) -> str:
    """A colour in eight bytes: its kind, its number in the palette or the theme, its tint, its red, green and blue."""
    if len(record) < at + 8:
        return otherwise
    kind, number, tint = record[at] >> 1, record[at + 1], struct.unpack_from("<h", record, at + 2)[0]
    if kind == 2:
        return record[at + 4 : at + 7].hex().upper()
    known = {1: indexed(number), 3: themed(number, tint / 32767)}
    return known.get(kind, otherwise)
