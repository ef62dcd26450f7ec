"""The number format of every cell style of an .xlsx, as the kind of value it shows."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.stores.workbooks.number_formats import kind_of_id
from pipelines.stores.workbooks.sax import parse


def read_kinds(xml: bytes) -> tuple[str, ...]:
    """The kind of number format of every cell style, from the part that describes the styles."""
    styles = _Styles()
    parse(xml, styles)
    return tuple(kind_of_id(number, styles.custom) for number in styles.cells)


class _Styles:
    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.cells: list[int] = []
        self.inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.custom[_number(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.cells.append(_number(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False

    def text(self, data: str) -> None: ...


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else otherwise
