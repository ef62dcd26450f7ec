"""What the style of a cell of an .xlsx says of it: the kind of value its number format shows, the look of its font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.stores.workbooks.faces import PLAIN, Face
from pipelines.stores.workbooks.number_formats import hides_zero_of_id, kind_of_id
from pipelines.stores.workbooks.sax import parse

_OFF = ("0", "false", "none")


@dataclass(frozen=True)
class Styles:
    """Of every cell style the kind of its number format and the look of its font; which of them hide a zero."""

    kinds: tuple[str, ...] = ()
    faces: tuple[Face, ...] = ()
    without_zeros: frozenset[int] = frozenset()

    def kind(self, style: str | None) -> str:
        """The kind of number a cell of this style shows."""
        number = _number(style)
        return self.kinds[number] if number < len(self.kinds) else "number"

    def hides_zero(self, style: str | None) -> bool:
        """Whether a cell of this style shows nothing for a zero."""
        return bool(self.without_zeros) and _number(style) in self.without_zeros

    def face(self, style: str | None) -> Face:
        """The look of a cell of this style."""
        number = _number(style)
        return self.faces[number] if number < len(self.faces) else PLAIN


def read_styles(xml: bytes) -> Styles:
    """What the part that describes the styles says."""
    styles = _Styles()
    parse(xml, styles)
    fonts = dict(enumerate(styles.fonts))
    return Styles(
        tuple(kind_of_id(number, styles.custom) for number, _ in styles.cells),
        tuple(fonts.get(font, PLAIN) for _, font in styles.cells),
        frozenset(n for n, (number, _) in enumerate(styles.cells) if hides_zero_of_id(number, styles.custom)),
    )


def changed(face: Face, name: str, attributes: Mapping[str, str]) -> Face:
    """A look after one more property of its font, as styles and rich texts write them alike."""
    if name == "strike":
        return Face(attributes.get("val", "1") not in _OFF, face.raised, face.lowered)
    if name == "vertAlign":
        place = attributes.get("val", "")
        return Face(face.struck, place == "superscript", place == "subscript")
    return face


class _Styles:
    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.fonts: list[Face] = []
        self.cells: list[tuple[int, int]] = []
        self.inside = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.custom[_number(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "fonts"):
            self.inside = name
        elif self.inside == "fonts":
            if name == "font":
                self.fonts.append(PLAIN)
            elif self.fonts:
                self.fonts[-1] = changed(self.fonts[-1], name, attributes)
        elif name == "xf" and self.inside:
            self.cells.append((_number(attributes.get("numFmtId")), _number(attributes.get("fontId"))))

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""

    def text(self, data: str) -> None: ...


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else otherwise
