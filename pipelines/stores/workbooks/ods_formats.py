"""The number formats of an .ods, which spells each section out in elements: the same in the words of Excel."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.stores.workbooks.colours import WHITE, written
from pipelines.stores.workbooks.format_sections import Section, read_section, tokens_of
from pipelines.stores.workbooks.number_formats import GENERAL, Format, Test, compose

_STYLES = {
    "number-style": "", "percentage-style": "", "currency-style": "", "text-style": "", "boolean-style": "General",
    "date-style": "d", "time-style": "d",
}  # fmt: skip
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?\d{1,18}(?:\.\d{1,15})?)")
_MOST_PLACES = 30
_MOST_MAPS = 5


class OdsFormats:
    """Listens to the styles of numbers; each is one section, and may send some numbers on to others."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._maps: dict[str, list[tuple[Test, str]]] = {}
        self._for_text: set[str] = set()
        self._known: dict[tuple[str, bool], Format] = {}
        self._name = self._kind = ""
        self._collected: list[str] | None = None
        self._number: Mapping[str, str] = {}
        self._within: list[tuple[int, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A style of numbers, or what it is made of."""
        if name in _STYLES:
            self._name, self._kind = attributes.get("style:name", ""), name
            self._codes[self._name], self._maps[self._name] = _STYLES[name], []
            if name == "text-style":
                self._for_text.add(self._name)
        elif not self._name:
            return
        elif name == "number":
            self._number, self._within = attributes, []
        elif name in ("text", "currency-symbol", "embedded-text"):
            self._collected = []
            if name == "embedded-text":
                self._within.append((_count(attributes, "number:position") or 0, ""))
        elif name == "map":
            self._map(attributes)
        elif name == "text-properties" and written(attributes.get("fo:color", ""), "") == WHITE:
            self._add("[White]")
        else:
            self._add(_MADE_OF.get(name, ""))

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _STYLES:
            if self._kind == "percentage-style" and "%" not in self._codes[self._name]:
                self._add("%")
            self._name = ""
        elif name == "number" and self._name:
            self._add(_digits(self._number, self._within))
        elif self._collected is not None:
            text, self._collected = "".join(self._collected), None
            if name == "embedded-text":
                self._within[-1] = self._within[-1][0], text
            else:
                self._add(_literal(text, percent=self._kind == "percentage-style"))

    def text(self, data: str) -> None:
        """What is written beside the digits."""
        if self._collected is not None:
            self._collected.append(data)

    def format(self, name: str, *, on_white: bool) -> Format:
        """The format of a name; what it sends on goes where it says."""
        key = name, on_white
        if key not in self._known:
            self._known[key] = self._composed(name, on_white) if name in self._codes else GENERAL
        return self._known[key]

    def _add(self, code: str) -> None:
        if self._kind not in ("date-style", "time-style", "boolean-style"):
            self._codes[self._name] += code

    def _map(self, attributes: Mapping[str, str]) -> None:
        found = _CONDITION.fullmatch(attributes.get("style:condition", "").strip())
        if found and len(self._maps[self._name]) < _MOST_MAPS:
            test = found[1].replace("!=", "<>"), float(found[2])
            self._maps[self._name].append((test, attributes.get("style:apply-style-name", "")))

    def _composed(self, name: str, on_white: bool) -> Format:
        sections: list[tuple[Test | None, Section]] = [
            (test, self._section(to, on_white)) for test, to in self._maps[name] if to in self._codes
        ]
        if name not in self._for_text:
            return compose([*sections, (None, self._section(name, on_white))])
        own = self._section(name, on_white)
        return compose([*sections, (None, Section())], hides_text=not own.digits and own.hides(0))

    def _section(self, name: str, on_white: bool) -> Section:
        return read_section(list(tokens_of(self._codes[name])), on_white=on_white)


_MADE_OF = {"text-content": "@", "scientific-number": "0.0E+0", "fraction": "# ?/?", "boolean": "General"}


def _count(attributes: Mapping[str, str], name: str) -> int | None:
    text = attributes.get(name, "")
    return min(int(text), _MOST_PLACES) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _digits(attributes: Mapping[str, str], within: list[tuple[int, str]]) -> str:
    """`0.00`, `#,##0`, `0"."00`, `0,` (each comma leaves out three digits); without places as many as there are."""
    places = _count(attributes, "number:decimal-places")
    if places is None:
        return "General"
    least = _count(attributes, "number:min-decimal-places")
    least = places if least is None else min(least, places)
    behind = f".{'0' * least}{'#' * (places - least)}" if places else ""
    return _before(attributes, dict(within)) + behind + "," * _thousands(attributes)


def _before(attributes: Mapping[str, str], within: Mapping[int, str]) -> str:
    whole = _count(attributes, "number:min-integer-digits") or 0
    if attributes.get("number:grouping") == "true":
        return "#,##" + ("0" * whole or "#")
    length = max(whole, 1, *(position + 1 for position in within))
    marks = "#" * (length - whole) + "0" * whole
    return "".join(
        mark if length - n not in within else _literal(within[length - n]) + mark for n, mark in enumerate(marks)
    )


def _thousands(attributes: Mapping[str, str]) -> int:
    factor = attributes.get("number:display-factor", "1").partition(".")[0]
    return {"1000": 1, "1000000": 2, "1000000000": 3, "1000000000000": 4}.get(factor, 0)


def _literal(text: str, *, percent: bool = False) -> str:
    """As Excel quotes it; the sign of a percentage stays bare."""
    pieces = ('"' + piece.replace('"', "") + '"' for piece in text.split("%"))
    return ("%" if percent else '"%"').join(pieces)
