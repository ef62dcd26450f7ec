"""What the styles of an .ods say: the looks of cells and pieces of text, their number formats, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipelines.stores.workbooks.colours import WHITE, are_one, written
from pipelines.stores.workbooks.faces import PLAIN, Face
from pipelines.stores.workbooks.number_formats import Format
from pipelines.stores.workbooks.ods_formats import OdsFormats

_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)%")
_DEEPEST = 20
_FORMAT = "style:data-style-name"


class OdsStyles:
    """Listens to the styles of an .ods; it may be told of several parts, those of the document first."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.formats = OdsFormats()
        self._own: dict[str, Mapping[str, str]] = {}
        self._parents: dict[str, str] = {}
        self._known: dict[str, Face] = {}
        self._cells: dict[str, tuple[Face, Format]] = {}
        self._style = ""
        self._zeros: dict[str, bool] = {}
        self._tables: list[str] = []
        self._setting = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A style, or one of its properties."""
        self.formats.start(name, attributes)
        if name == "style":
            self._style = attributes.get("style:name", "")
            self._parents[self._style] = attributes.get("style:parent-style-name", "")
            self._own[self._style] = {key: attributes[key] for key in (_FORMAT,) if key in attributes}
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)
        elif name in ("text-properties", "table-cell-properties") and self._style:
            self._own[self._style] = {**self._own.get(self._style, {}), **attributes}
        elif name == "config-item-map-entry":
            self._tables.append(attributes.get("config:name", ""))
        elif name == "config-item":
            self._setting = attributes.get("config:name", "")

    def end(self, name: str) -> None:
        """An element ends."""
        self.formats.end(name)
        if name == "style":
            self._style = ""
        elif name == "config-item-map-entry" and self._tables:
            self._tables.pop()
        elif name == "config-item":
            self._setting = ""

    def text(self, data: str) -> None:
        """The value of a setting; that of a view stands for the sheets that have none of their own."""
        self.formats.text(data)
        if self._setting in ("ShowZeroValues", "ShowZeros"):
            self._zeros[self._tables[-1] if self._tables else ""] = data.strip() != "false"

    def shows_zeros(self, sheet: str) -> bool:
        """Whether a sheet shows zeros."""
        return self._zeros.get(sheet, self._zeros.get("", True))

    def face(self, name: str) -> Face:
        """The look a style gives, what it does not say by the style it rests on."""
        if name not in self._known:
            self._known[name] = _face(self._properties(name))
        return self._known[name]

    def of_cell(self, name: str) -> tuple[Face, Format]:
        """The look of a cell of this style, and how it shows a number."""
        if name not in self._cells:
            said = self._properties(name)
            ground = written(said.get("fo:background-color", "transparent"), WHITE)
            ground = WHITE if ground == "transparent" else ground
            # letters without a colour of their own take one that can be seen
            colour = "" if said.get("style:use-window-font-color") == "true" else written(said.get("fo:color", ""), "")
            face = replace(self.face(name), camouflaged=are_one(colour, ground))
            self._cells[name] = face, self.formats.format(said.get(_FORMAT, ""), on_white=ground == WHITE)
        return self._cells[name]

    def _properties(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for _ in range(_DEEPEST):
            found = {**self._own.get(name, {}), **found}
            name = self._parents.get(name, "")
            if not name:
                break
        return found


def _face(properties: Mapping[str, str]) -> Face:
    line = properties.get("style:text-line-through-style") or properties.get("style:text-line-through-type") or "none"
    place = properties.get("style:text-position", "").split(" ")[0]
    percent = _PERCENT.fullmatch(place)
    height = float(percent[1]) if percent else {"super": 1.0, "sub": -1.0}.get(place, 0.0)
    return PLAIN if line == "none" and not height else Face(line != "none", height > 0, height < 0)
