"""The parts of an .xlsx package around its sheets: which sheets there are, the shared texts, the number formats."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from pipelines.stores.workbooks.book import broken
from pipelines.stores.workbooks.cell_styles import Styles, read_styles
from pipelines.stores.workbooks.escapes import unescape
from pipelines.stores.workbooks.faces import Run
from pipelines.stores.workbooks.sax import parse
from pipelines.stores.workbooks.targets import resolve
from pipelines.stores.workbooks.texts import SharedTexts

_MAX_DIGITS = 15
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the package: its name, its part in the zip, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Package:
    """What the cells of every sheet refer to.

    `rich`: the pieces of the texts that have several looks, by number.
    `recalculates`: the file asks to be calculated on opening, so a zero it keeps for a formula may never have been one.
    """

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    rich: Mapping[int, tuple[Run, ...]]
    styles: Styles
    mac: bool
    recalculates: bool


def read_package(archive: zipfile.ZipFile) -> Package:
    """Read the parts around the sheets; a package without a workbook part is refused."""
    main = main_part(archive)
    related = relations(archive, main)
    book, sheets = read_book(archive.read(main)), list_sheets(archive, main, related)
    texts, styles = _texts(archive, related), _styles(archive, related)
    return Package(sheets, tuple(texts.found), texts.rich, styles, book.mac, book.recalculates)


def list_sheets(archive: zipfile.ZipFile, main: str, related: Mapping[str, tuple[str, str]]) -> tuple[SheetPart, ...]:
    """The worksheets a workbook part names, in its order."""
    return tuple(with_part(read_book(archive.read(main)).sheets, related, frozenset(archive.NameToInfo)))


@lru_cache(maxsize=8)
def read_book(xml: bytes) -> Book:
    """What the workbook part says; the forms of a quarter say the same."""
    book = Book()
    parse(xml, book)
    return book


def main_part(archive: zipfile.ZipFile) -> str:
    """The part the package names as its document; `xl/workbook.xml` where it names none."""
    parts = relations(archive, "").values()
    found = next((part for kind, part in parts if kind.endswith("/officeDocument")), "xl/workbook.xml")
    if found not in archive.NameToInfo:
        raise broken("arsipnya tidak memuat buku kerja")
    return found


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → its type and the part it leads to; targets outside the package are left out."""
    at = PurePosixPath(part)
    listed = str(at.parent / "_rels" / f"{at.name}.rels").lower() if part else "_rels/.rels"
    if listed not in archive.NameToInfo:
        return {}
    return {key: (kind, resolve(part, target)) for key, kind, target in _listed(archive.read(listed))}


@lru_cache(maxsize=8)
def _listed(xml: bytes) -> tuple[tuple[str, str, str], ...]:
    """Id, type and target of each relation; the forms of a quarter have the same ones."""
    found = _Relations()
    parse(xml, found)
    return tuple(found.listed)


def _of_type(related: Mapping[str, tuple[str, str]], ending: str) -> str | None:
    return next((part for kind, part in related.values() if kind.endswith(ending)), None)


def with_part(
    sheets: Iterable[tuple[str, str, bool]], related: Mapping[str, tuple[str, str]], parts: frozenset[str]
) -> Iterable[SheetPart]:
    """The worksheets; chart and dialog sheets hold no cells. One that is named and not there is lost, not empty."""
    known = set[str]()
    for name, key, hidden in sheets:
        kind, part = related.get(key, ("/worksheet", ""))
        if not kind.endswith("/worksheet"):
            continue
        if part not in parts or name in known:
            raise broken(f"lembar {name} {'rangkap' if name in known else 'tidak ada di dalamnya'}")
        known.add(name)
        yield SheetPart(name, part, hidden)


def row_column(ref: str) -> tuple[int, int]:
    """`AB12` → (12, 28); raises a refusal for anything else."""
    found = _ADDRESS.fullmatch(ref)
    if not found:
        raise broken()
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def whole_number(text: str) -> int:
    """The number of a row or of a text; raises a refusal for anything else."""
    if not (text.isascii() and text.isdecimal()) or len(text) > _MAX_DIGITS:
        raise broken()
    return int(text)


def _texts(archive: zipfile.ZipFile, related: Mapping[str, tuple[str, str]]) -> SharedTexts:
    part, listener = _of_type(related, "/sharedStrings"), SharedTexts()
    if part is not None and part in archive.NameToInfo:
        parse(archive.read(part), listener)
    return listener


def _styles(archive: zipfile.ZipFile, related: Mapping[str, tuple[str, str]]) -> Styles:
    part = _of_type(related, "/styles")
    return Styles() if part is None or part not in archive.NameToInfo else read_styles(archive.read(part))


class _Relations:
    def __init__(self) -> None:
        self.listed: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            keys = ("Id", "Type", "Target")
            self.listed.append(tuple(attributes.get(key, "") for key in keys))  # type: ignore[arg-type]

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class Book(_Relations):
    """The sheets a workbook part names, and what it says of days and of zeros."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.mac = self.recalculates = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A sheet, or one of the two settings."""
        if name == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((unescape(attributes.get("name", "")), key, hidden))
        elif name == "workbookPr":
            self.mac = attributes.get("date1904") in ("1", "true")
        elif name == "calcPr":
            self.recalculates = attributes.get("fullCalcOnLoad") in ("1", "true")
