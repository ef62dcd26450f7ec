"""What the style of a cell of an .xlsx says of it: how its number format shows it, the look of its font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipelines.stores.workbooks.colours import BLACK, WHITE, are_one, of_attributes
from pipelines.stores.workbooks.faces import PLAIN, Face
from pipelines.stores.workbooks.number_formats import GENERAL, Format, format_of_id
from pipelines.stores.workbooks.sax import parse

_OFF = ("0", "false", "none")
_UNKNOWN = ""
"""A ground of several colours, or a pattern."""


@dataclass(frozen=True)
class Styles:
    """Of every cell style its number format and the look of its font."""

    formats: tuple[Format, ...] = ()
    faces: tuple[Face, ...] = ()

    def format(self, style: str | None) -> Format:
        """How a cell of this style shows a number."""
        number = _number(style)
        return self.formats[number] if number < len(self.formats) else GENERAL

    def face(self, style: str | None) -> Face:
        """The look of a cell of this style."""
        number = _number(style)
        return self.faces[number] if number < len(self.faces) else PLAIN


def read_styles(xml: bytes) -> Styles:
    """What the part that describes the styles says."""
    styles = _Styles()
    parse(xml, styles)
    cells = [(number, styles.font(font), styles.ground(fill)) for number, font, fill in styles.cells]
    return Styles(
        tuple(format_of_id(number, styles.custom, on_white=ground == WHITE) for number, _, ground in cells),
        tuple(replace(face, camouflaged=are_one(colour, ground)) for _, (face, colour), ground in cells),
    )


def changed(face: Face, name: str, attributes: Mapping[str, str]) -> Face:
    """A look after one more property of its font, as styles and rich texts write them alike."""
    if name == "strike":
        return replace(face, struck=attributes.get("val", "1") not in _OFF)
    if name == "vertAlign":
        place = attributes.get("val", "")
        return replace(face, raised=place == "superscript", lowered=place == "subscript")
    return face


class _Styles:
    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.fonts: list[tuple[Face, str]] = []
        self.grounds: list[str] = []
        self.is_solid = False
        self.cells: list[tuple[int, int, int]] = []
        self.inside = ""

    def font(self, number: int) -> tuple[Face, str]:
        return self.fonts[number] if number < len(self.fonts) else (PLAIN, BLACK)

    def ground(self, number: int) -> str:
        return self.grounds[number] if number < len(self.grounds) else WHITE

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.custom[_number(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "fonts", "fills"):
            self.inside = name
        elif self.inside == "fonts":
            self._font(name, attributes)
        elif self.inside == "fills":
            self._fill(name, attributes)
        elif name == "xf" and self.inside:
            number, font, fill = (_number(attributes.get(part)) for part in ("numFmtId", "fontId", "fillId"))
            self.cells.append((number, font, fill))

    def _font(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "font":
            self.fonts.append((PLAIN, BLACK))
        elif self.fonts:
            face, colour = self.fonts[-1]
            colour = of_attributes(attributes, BLACK) if name == "color" else colour
            self.fonts[-1] = changed(face, name, attributes), colour

    def _fill(self, name: str, attributes: Mapping[str, str]) -> None:
        """Only a solid ground has one colour."""
        if name == "fill":
            self.grounds.append(_UNKNOWN)
        elif name == "patternFill" and self.grounds:
            pattern = attributes.get("patternType", "none")
            self.is_solid, self.grounds[-1] = pattern == "solid", WHITE if pattern in ("none", "solid") else _UNKNOWN
        elif name == "fgColor" and self.grounds and self.is_solid:
            self.grounds[-1] = of_attributes(attributes, WHITE)

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""

    def text(self, data: str) -> None: ...


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else otherwise
