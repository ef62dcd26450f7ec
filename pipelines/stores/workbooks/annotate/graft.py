"""Sheets of another workbook put before all others, looks and links included; every index that counts sheets moves."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipelines.stores.workbooks.annotate.cells import styled
from pipelines.stores.workbooks.annotate.package import Element, Package, add, child, local, namespace
from pipelines.stores.workbooks.annotate.styles import Styles

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_TAB = re.compile(rb'(<(?:[\w-]+:)?sheetView\b[^<>]*?)\s+tabSelected\s*=\s*(?:"[^"]*"|\'[^\']*\')')
_MAX_NAME = 31


@dataclass(frozen=True)
class Donor:
    """A workbook whose sheets are put into another: their names and roots, its styles, its local names."""

    names: tuple[str, ...]
    roots: tuple[Element, ...]
    styles: Element
    local_names: tuple[tuple[int, str, str], ...]


def open_donor(content: bytes, base: str) -> Donor:
    """Read a workbook made by this program; its texts become those of its cells. `base`: the namespace asked for."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:

        def read(part: str) -> Element:
            return etree.fromstring(archive.read(part).replace(_MAIN, base.encode()))

        book, texts = read("xl/workbook.xml"), read("xl/sharedStrings.xml")
        sheets = list(child(book, "sheets"))
        roots = tuple(read(f"xl/worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
        for root in roots:
            _inline(root, texts)
        listed = child(book, "definedNames")
        names = () if listed is None else tuple((int(n.get("localSheetId")), n.get("name"), n.text) for n in listed)
        return Donor(tuple(s.get("name") for s in sheets), roots, read("xl/styles.xml"), names)


def _inline(root: Element, texts: Element) -> None:
    """Texts move into their cells: the other workbook has a list of its own."""
    for cell in root.iter(f"{{{namespace(root)}}}c"):
        if cell.get("t") == "s":
            value = child(cell, "v")
            inside = etree.Element(f"{{{namespace(root)}}}is")
            inside.extend(copy.deepcopy(list(texts[int(value.text)])))
            cell.replace(value, inside)
            cell.set("t", "inlineStr")


@dataclass(frozen=True)
class Graft:
    """Puts the sheets of a donor into a package; `replaces` gives the part of a sheet that one of them renews."""

    package: Package
    styles: Styles
    relations: str

    def put(self, donor: Donor, replaces: Mapping[str, str]) -> None:
        """The donor's sheets in their order, before all others or behind one renewed; the first is shown on opening."""
        self._unselect()
        numbers = self.styles.adopt(donor.styles)
        book = self.package.edit(self.package.main)
        fresh = [at for at, name in enumerate(donor.names) if name not in replaces]
        first = self._after(book, replaces)
        self._shift(book, first, len(fresh))
        names = {at: name if name in replaces else self._free_name(book, name) for at, name in enumerate(donor.names)}
        for at, root in enumerate(donor.roots):
            _restyle(root, numbers)
            _select(root, at == 0)
            if at not in fresh:
                self._renew(replaces[donor.names[at]], root)
        for place, at in enumerate(fresh, first):
            self._insert(book, place, names[at], donor.roots[at])
        places = {name: n for n, name in enumerate(sheet_names(book))}
        self._name(book, donor, {at: (places[name], name) for at, name in names.items()})
        _open_at(book, places[names[0]])

    def _renew(self, part: str, root: Element) -> None:
        """A sheet of an earlier return gets the new content; what it is known by elsewhere stays."""
        known = child(self.package.look(part), "sheetPr")
        code = None if known is None else known.get("codeName")
        own = child(root, "sheetPr")
        if code and own is not None:
            own.set("codeName", code)
        self.package.write(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
        self.package.forget_relations(part)

    def _insert(self, book: Element, place: int, name: str, root: Element) -> None:
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.write(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
        self.package.declare(part, _TYPE)
        key = self.package.relate(self.package.main, f"{self.relations}/worksheet", part)
        sheets = child(book, "sheets")
        number = max(int(s.get("sheetId", 0)) for s in sheets) + 1
        made = etree.Element(f"{{{namespace(book)}}}sheet", name=name, sheetId=str(number))
        made.set(f"{{{self.relations}}}id", key)
        sheets.insert(place, made)

    def _unselect(self) -> None:
        """No other sheet stays selected: with two, what is typed would go to both."""
        for related in self.package.relations(self.package.main):
            if related.kind.endswith("sheet") and related.part in self.package.names:
                xml = self.package.read(related.part)
                if (plain := _TAB.sub(rb"\1", xml)) != xml:
                    self.package.write(related.part, plain)

    def _after(self, book: Element, replaces: Mapping[str, str]) -> int:
        """Where new sheets go: behind the last one that is renewed, else in front of all."""
        places = [at for at, name in enumerate(sheet_names(book)) if name in replaces]
        return max(places, default=-1) + 1

    def _shift(self, book: Element, first: int, by: int) -> None:
        """Names that hold on one sheet name it by its place, which moves from `first` on."""
        for name in _defined(book):
            place = name.get("localSheetId")
            if place is not None and int(place) >= first:
                name.set("localSheetId", str(int(place) + by))

    def _name(self, book: Element, donor: Donor, places: Mapping[int, tuple[int, str]]) -> None:
        """The repeated header row and the filter of each donated sheet; those of a sheet it renews go."""
        ours = {str(place) for place, _ in places.values()}
        for old in [n for n in _defined(book) if n.get("localSheetId") in ours]:
            old.getparent().remove(old)
        section = child(book, "definedNames")
        if section is None:
            section = add(book, "definedNames")
            before = [e for e in book if local(e) in _BEFORE_NAMES]
            before[-1].addnext(section)
        for at, key, text in donor.local_names:
            place, name = places[at]
            hidden = {"hidden": "1"} if key.endswith("_FilterDatabase") else {}
            add(section, "definedName", name=key, localSheetId=str(place), **hidden).text = text.replace(
                quote_sheet(donor.names[at]), quote_sheet(name)
            )

    def _free_name(self, book: Element, name: str) -> str:
        """A name no other sheet has; capitals make no difference."""
        taken = {n.casefold() for n in sheet_names(book)}
        tries = (name, *(f"{name[: _MAX_NAME - 5]} ({n})" for n in range(2, len(taken) + 3)))
        return next(n for n in tries if n.casefold() not in taken)


def sheet_names(book: Element) -> Sequence[str]:
    """Every sheet in its order, chart sheets too."""
    return [s.get("name", "") for s in child(book, "sheets") if local(s) == "sheet"]


def quote_sheet(name: str) -> str:
    """A sheet's name as a reference writes it."""
    return "'" + name.replace("'", "''") + "'"


def _defined(book: Element) -> list[Element]:
    section = child(book, "definedNames")
    return [] if section is None else [n for n in section if local(n) == "definedName"]


def _restyle(root: Element, numbers: Mapping[int, int]) -> None:
    for element, key in styled(root):
        element.set(key, str(numbers[int(element.get(key))]))


def _select(root: Element, chosen: bool) -> None:
    for view in root.iter(f"{{{namespace(root)}}}sheetView"):
        view.attrib.pop("tabSelected", None)
        if chosen:
            view.set("tabSelected", "1")


def _open_at(book: Element, place: int) -> None:
    """Every window opens at this sheet."""
    views = child(book, "bookViews")
    for view in () if views is None else views:
        if local(view) == "workbookView":
            view.set("activeTab", str(place))
            view.set("firstSheet", str(place))
