"""The parts of an .xlsx package around its sheets: which sheets there are, the shared texts, the number formats."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pipelines.stores.workbooks.book import broken, unsafe
from pipelines.stores.workbooks.number_formats import kind_of_id
from pipelines.stores.workbooks.sax import MAX_MARKS, parse

_MAX_TEXTS = 1_000_000
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_GHOST_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?/>')
_GHOST_ROW = re.compile(rb'<row r="(?:[2-9]\d{4}|\d{6,7})"[^<>]*(?:/>|></row>)')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the package: its name, its part in the zip, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Package:
    """What the cells of every sheet refer to.

    `recalculates`: the file asks to be calculated on opening, so a zero it keeps for a formula may never have been one.
    """

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    mac: bool
    recalculates: bool


def read_package(archive: zipfile.ZipFile) -> Package:
    """Read the parts around the sheets; a package without a workbook part is refused."""
    main = main_part(archive)
    related = relations(archive, main)
    book = _Book()
    parse(archive.read(main), book)
    sheets = tuple(_with_part(book.sheets, related, frozenset(archive.NameToInfo)))
    return Package(sheets, _texts(archive, related), _kinds(archive, related), book.mac, book.recalculates)


def list_sheets(archive: zipfile.ZipFile, main: str, related: Mapping[str, tuple[str, str]]) -> tuple[SheetPart, ...]:
    """The worksheets a workbook part names, in its order."""
    book = _Book()
    parse(archive.read(main), book)
    return tuple(_with_part(book.sheets, related, frozenset(archive.NameToInfo)))


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
    found = _Relations()
    parse(archive.read(listed), found)
    return {key: (kind, _resolve(at.parent, target)) for key, kind, target in found.listed}


def _resolve(folder: PurePosixPath, target: str) -> str:
    """A target as a name in the zip (in small letters, as `open_archive` knows them); it is never a path on a disk."""
    name = target.replace("\\", "/")
    return (name.lstrip("/") if name.startswith("/") else str(folder / name.removeprefix("./"))).lower()


def _of_type(related: Mapping[str, tuple[str, str]], ending: str) -> str | None:
    return next((part for kind, part in related.values() if kind.endswith(ending)), None)


def _with_part(
    sheets: Iterable[tuple[str, str, bool]], related: Mapping[str, tuple[str, str]], parts: frozenset[str]
) -> Iterable[SheetPart]:
    """The worksheets whose part exists; chart and dialog sheets hold no cells."""
    for name, key, hidden in sheets:
        kind, part = related.get(key, ("", ""))
        if kind.endswith("/worksheet") and part in parts:
            yield SheetPart(name, part, hidden)


def unescape(text: str) -> str:
    """`_x000D_` → the character it stands for, as Excel shows it; half a character becomes the mark for unreadable."""
    if "_x" not in text:
        return text
    shown = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return shown.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def without_ghosts(xml: bytes) -> bytes:
    """A sheet part that is full of cells which are only formatted, without these; any other part as it is."""
    if len(xml) <= MAX_MARKS or xml.count(b"<") <= MAX_MARKS:
        return xml
    return _GHOST_ROW.sub(b"", _GHOST_CELL.sub(b"", xml))


def row_column(ref: str) -> tuple[int, int]:
    """`AB12` → (12, 28); raises a refusal for anything else."""
    found = _ADDRESS.fullmatch(ref)
    if not found:
        raise broken()
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _texts(archive: zipfile.ZipFile, related: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    part = _of_type(related, "/sharedStrings")
    if part is None or part not in archive.NameToInfo:
        return ()
    listener = _Texts()
    parse(archive.read(part), listener)
    return tuple(listener.found)


def _kinds(archive: zipfile.ZipFile, related: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    part = _of_type(related, "/styles")
    return () if part is None or part not in archive.NameToInfo else read_kinds(archive.read(part))


def read_kinds(xml: bytes) -> tuple[str, ...]:
    """The kind of number format of every cell style, from the part that describes the styles."""
    styles = _Styles()
    parse(xml, styles)
    return tuple(kind_of_id(number, styles.custom) for number in styles.cells)


class _Relations:
    def __init__(self) -> None:
        self.listed: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            keys = ("Id", "Type", "Target")
            self.listed.append(tuple(attributes.get(key, "") for key in keys))  # type: ignore[arg-type]

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Book(_Relations):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.mac = self.recalculates = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((unescape(attributes.get("name", "")), key, hidden))
        elif name == "workbookPr":
            self.mac = attributes.get("date1904") in ("1", "true")
        elif name == "calcPr":
            self.recalculates = attributes.get("fullCalcOnLoad") in ("1", "true")


@dataclass
class TextCollector:
    """Collects the text of `t` elements, rich pieces joined, furigana left out."""

    pieces: list[str] = field(default_factory=list)
    wanted: bool = False
    phonetic: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 — the shape of a listener
        """An element inside a text begins."""
        if name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.wanted = not self.phonetic

    def end(self, name: str) -> None:
        """An element inside a text ends."""
        if name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.wanted = False

    def text(self, data: str) -> None:
        """Text of a piece."""
        if self.wanted:
            self.pieces.append(data)

    def take(self) -> str:
        """The text so far; the next one begins empty."""
        whole_text = unescape("".join(self.pieces))
        self.pieces.clear()
        return whole_text


class _Texts(TextCollector):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.take())
            if len(self.found) > _MAX_TEXTS:
                raise unsafe("daftar teksnya terlalu panjang")


class _Styles(_Relations):
    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.cells: list[int] = []
        self.inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.custom[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.cells.append(_number(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
