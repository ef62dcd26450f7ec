"""Cell styles: copies with another fill, taken back where a returned workbook comes again, and donated ones."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.stores.workbooks.annotate.package import Element, Package, add, child, local

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_DEFAULTS = {
    "fonts": ("font",),
    "fills": ("fill", "fill"),
    "borders": ("border",),
    "cellStyleXfs": ("xf",),
    "cellXfs": ("xf",),
}
_RESERVED = ("none", "gray125")
_PARTS = (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
_MAX_STYLES = 64_000
"""Cell styles one workbook may have in Excel."""
_FIRST_CUSTOM = 164
_NONE = {"indexed": "64"}
"""The background of a fill that hides none."""


@dataclass
class Styles:
    """The styles part of a package while it is added to.

    The fill a cell had is kept as the background colour of its new solid fill, which no program shows: that is how it
    is given back when the workbook comes again.
    """

    root: Element
    filled: dict[tuple[int, str], int] = field(default_factory=dict)
    fills: dict[bytes, int] = field(default_factory=dict)

    def section(self, name: str) -> Element:
        """A section by name, made with its reserved entries where the part lacks it."""
        found = child(self.root, name)
        return self._make(name) if found is None else found

    def with_fill(self, style: int, rgb: str) -> int:
        """The number of the style that is `style` with a solid fill of colour `rgb` (`FFC7CE`)."""
        if (style, rgb) not in self.filled:
            self.filled[style, rgb] = self._clone(style, self._solid(rgb, self._colour_of(style)))
        return self.filled[style, rgb]

    def marked(self, colours: Iterable[str], *, kept: bool) -> Mapping[int, int]:
        """The styles whose fill is one of the colours → a style that is the same with the fill it had before.

        Without a fill where the program that wrote the file has not `kept` background colours.
        """
        wanted = {f"FF{rgb}".upper() for rgb in colours}
        fills = list(self.section("fills"))
        before = {n: _background(fill) if kept else _NONE for n, fill in enumerate(fills) if _rgb(fill) in wanted}
        numbers = [(n, int(xf.get("fillId", 0))) for n, xf in enumerate(self.section("cellXfs"))]
        return {n: self._clone(n, self._restored(before[fill])) for n, fill in numbers if fill in before}

    def adopt(self, donor: Element) -> Mapping[int, int]:
        """Take in every cell style of another workbook's part: its number there → its number here."""
        offsets = {name: self._append(name, list(child(donor, name))) for name, _ in _PARTS}
        formats = self._adopt_formats(child(donor, "numFmts"))
        styles, numbers = self.section("cellXfs"), {}
        for at, xf in enumerate(child(donor, "cellXfs")):
            own = copy.deepcopy(xf)
            for name, key in _PARTS:
                own.set(key, str(int(own.get(key, 0)) + offsets[name]))
            number = own.get("numFmtId", "0")
            own.set("numFmtId", formats.get(number, number))
            own.set("xfId", "0")
            numbers[at] = _append(styles, own)
        return numbers

    def _clone(self, style: int, fill: int) -> int:
        styles = self.section("cellXfs")
        if len(styles) >= _MAX_STYLES or style >= len(styles):
            return style
        own = copy.deepcopy(styles[style])
        own.set("fillId", str(fill))
        own.set("applyFill", "1")
        return _append(styles, own)

    def _colour_of(self, style: int) -> Element | None:
        """The colour of the solid fill a style has; None where it has none."""
        styles, fills = self.section("cellXfs"), self.section("fills")
        number = int(styles[style].get("fillId", 0)) if style < len(styles) else 0
        pattern = child(fills[number], "patternFill") if number < len(fills) else None
        return child(pattern, "fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None

    def _solid(self, rgb: str, before: Element | None) -> int:
        kept = _NONE if before is None else dict(before.attrib)
        return self._fill({"rgb": f"FF{rgb}".upper()}, kept)

    def _restored(self, before: Mapping[str, str]) -> int:
        return 0 if before == _NONE else self._fill(before, _NONE)

    def _fill(self, shown: Mapping[str, str], kept: Mapping[str, str]) -> int:
        key = repr((sorted(shown.items()), sorted(kept.items()))).encode()
        if key not in self.fills:
            fill = add(self.section("fills"), "fill")
            pattern = add(fill, "patternFill", patternType="solid")
            add(pattern, "fgColor", **shown)
            add(pattern, "bgColor", **kept)
            self.fills[key] = _count(self.section("fills")) - 1
        return self.fills[key]

    def _append(self, name: str, entries: Iterable[Element]) -> int:
        section = self.section(name)
        first = len(section)
        for entry in entries:
            section.append(copy.deepcopy(entry))
        _count(section)
        return first

    def _adopt_formats(self, donor: Element | None) -> Mapping[str, str]:
        """Number formats get numbers nobody uses here."""
        if donor is None or not len(donor):
            return {}
        section = self.section("numFmts")
        used = [int(f.get("numFmtId", 0)) for f in section]
        free = max([_FIRST_CUSTOM - 1, *used]) + 1
        numbers = {f.get("numFmtId"): str(free + at) for at, f in enumerate(donor)}
        for own in donor:
            taken = copy.deepcopy(own)
            taken.set("numFmtId", numbers[own.get("numFmtId")])
            section.append(taken)
        _count(section)
        return numbers

    def _make(self, name: str) -> Element:
        made = add(self.root, name)
        before = next((e for e in self.root if _comes_after(local(e), name)), None)
        if before is not None:
            before.addprevious(made)
        for at, entry in enumerate(_DEFAULTS.get(name, ())):
            own = add(made, entry)
            if entry == "fill":
                add(own, "patternFill", patternType=_RESERVED[at])
        _count(made)
        return made


def open_styles(package: Package, base: str, relations: str) -> Styles:
    """The styles part of a package, added where it has none."""
    part = package.related(package.main, "/styles")
    if part is None:
        part = "xl/styles.xml" if "xl/styles.xml" not in package.names else package.free_name("xl/styles{}.xml")
        package.write(part, f'<styleSheet xmlns="{base}"/>'.encode())
        package.declare(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
        package.relate(package.main, f"{relations}/styles", part)
    return Styles(package.edit(part))


def _comes_after(name: str, new: str) -> bool:
    later = _ORDER[_ORDER.index(new) + 1 :]
    return name in later or name not in _ORDER


def _append(section: Element, entry: Element) -> int:
    section.append(entry)
    return _count(section) - 1


def _count(section: Element) -> int:
    section.set("count", str(len(section)))
    return len(section)


def _rgb(fill: Element) -> str:
    pattern = child(fill, "patternFill")
    colour = None if pattern is None else child(pattern, "fgColor")
    return "" if colour is None else colour.get("rgb", "").upper()


def _background(fill: Element) -> Mapping[str, str]:
    colour = child(child(fill, "patternFill"), "bgColor")
    return _NONE if colour is None or not colour.attrib else dict(colour.attrib)
