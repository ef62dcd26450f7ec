"""An .xlsb (BIFF 12) in full but for the text of formulas: its records carry them as tokens; `=` marks their cells."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.biff12 import records, text_at
from pipelines.stores.workbooks.book import broken, unsafe
from pipelines.stores.workbooks.faces import Run, pieces_of, seen_cell
from pipelines.stores.workbooks.number_formats import as_shown
from pipelines.stores.workbooks.parts import main_part, relations, with_part
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from pipelines.stores.workbooks.xlsb_styles import Styles12, read_styles12
from schemas.workbook import Cell, Grid

_ROW, _COLUMNS, _MERGE, _SHEET, _BOOK, _TEXT = 0, 60, 176, 156, 153, 19
_SHARED = 7
_RICH_CELL = 62
_VIEW, _ZEROS = 137, 0x10
_FORMULAS = (8, 9, 10, 11)
_MAX_TEXTS = 1_000_000
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}


Place = tuple[int, int]
"""From which letter on a text has the look of which font."""


@dataclass
class _Book:
    """What the cells refer to; a text has the places where its look changes."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    texts: list[tuple[str, list[Place]]] = field(default_factory=list)
    styles: Styles12 = field(default_factory=Styles12)
    mac: bool = False


def read_xlsb(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name, in the order of the workbook."""
    with open_archive(content) as archive:
        try:
            return _read(archive, wanted)
        except struct.error:
            raise broken() from None


def _read(archive: zipfile.ZipFile, wanted: Container[str] | None) -> dict[str, Grid]:
    main = main_part(archive)
    related = relations(archive, main)
    book, budget = _Book(), Budget()
    _read_main(archive.read(main), book)
    for kind, part in related.values():
        if kind.endswith("/sharedStrings"):
            book.texts = list(_texts(archive.read(part)))
        elif kind.endswith("/styles"):
            book.styles = read_styles12(archive.read(part))
    grids = {}
    for sheet in with_part(book.sheets, related, frozenset(archive.NameToInfo)):
        if wanted is None or sheet.name in wanted:
            builder = SheetBuilder(sheet.name, budget, sheet.hidden)
            _read_sheet(archive.read(sheet.part), book, builder)
            grids[sheet.name] = builder.grid()
    return grids


def _read_main(data: bytes, book: _Book) -> None:
    for code, record in records(data):
        if code == _SHEET:
            key, at = text_at(record, 8)
            book.sheets.append((text_at(record, at)[0], key, struct.unpack_from("<I", record)[0] != 0))
        elif code == _BOOK:
            book.mac = bool(record[0] & 1) if record else False


def _texts(data: bytes) -> Iterator[tuple[str, list[Place]]]:
    for number, record in enumerate(r for code, r in records(data) if code == _TEXT):
        if number >= _MAX_TEXTS:
            raise unsafe("daftar teksnya terlalu panjang")
        yield _richtext_at(record, 0)


def _richtext_at(record: bytes, at: int) -> tuple[str, list[Place]]:
    """A text behind its flags, and the places where its look changes."""
    text, end = text_at(record, at + 1)
    if not record[at] & 1 or len(record) < end + 4:
        return text, []
    count = min(struct.unpack_from("<I", record, end)[0], (len(record) - end - 4) // 4)
    return text, [struct.unpack_from("<HH", record, end + 4 + 4 * n) for n in range(count)]


def _read_sheet(data: bytes, book: _Book, builder: SheetBuilder) -> None:
    row = 0
    for code, record in records(data):
        if code == _ROW:
            row = struct.unpack_from("<I", record)[0] + 1
            if record[11:12] and record[11] & 0x10:
                builder.hide_rows(row, row)
        elif code in _VALUES:
            _put(code, record, row, book, builder)
        elif code == _VIEW:
            builder.shows_zeros = bool(struct.unpack_from("<H", record)[0] & _ZEROS)
        elif code == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", record)
            if flags & 1:
                builder.hide_columns(first + 1, last + 1)
        elif code == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            builder.merge(top + 1, left + 1, bottom + 1, right + 1)


def _put(code: int, record: bytes, row: int, book: _Book, builder: SheetBuilder) -> None:
    column, style = struct.unpack_from("<II", record)
    number_format, face = book.styles.of_cell(style & 0xFFFFFF)
    formula = "=" if code in _FORMULAS else None
    value, doubt = seen_cell(_VALUES[code](record, number_format.kind, book), _runs(code, record, book), face)
    builder.put(row, column + 1, value, formula, number_format=number_format, doubt=doubt)


def _runs(code: int, record: bytes, book: _Book) -> list[Run]:
    """The pieces of a text of several looks."""
    if code == _SHARED:
        text, places = book.texts[struct.unpack_from("<I", record, 8)[0]]
    elif code == _RICH_CELL:
        text, places = _richtext_at(record, 8)
    else:
        return []
    return pieces_of(text, [(at, book.styles.font(font)) for at, font in places])


def _packed(record: bytes, kind: str, book: _Book) -> Cell:
    """A number in 30 bits: an integer or the upper part of a double, either perhaps a hundredfold."""
    (packed,) = struct.unpack_from("<i", record, 8)
    number = _number(packed)
    return as_shown(number / 100 if packed & 1 else number, kind, mac=book.mac)


def _number(packed: int) -> float:
    double: float = struct.unpack("<d", struct.pack("<xxxxi", packed & ~3))[0]
    return float(packed >> 2) if packed & 2 else double


def _double(record: bytes, kind: str, book: _Book) -> Cell:
    (number,) = struct.unpack_from("<d", record, 8)
    return as_shown(number, kind, mac=book.mac)


def _shared(record: bytes, _: str, book: _Book) -> Cell:
    (number,) = struct.unpack_from("<I", record, 8)
    if number >= len(book.texts):
        raise broken()
    text, _ = book.texts[number]
    return str(text)


def _truth(record: bytes, _: str, __: _Book) -> Cell:
    return record[8:9] == b"\x01"


def _error(record: bytes, _: str, __: _Book) -> Cell:
    return _ERRORS.get(record[8] if len(record) > 8 else 42, "#N/A")


def _plain(record: bytes, _: str, __: _Book) -> Cell:
    return text_at(record, 8)[0]


def _rich(record: bytes, _: str, __: _Book) -> Cell:
    return text_at(record, 9)[0]


_VALUES: dict[int, Callable[[bytes, str, _Book], Cell]] = {
    2: _packed, 3: _error, 4: _truth, 5: _double, 6: _plain, 7: _shared,
    8: _plain, 9: _double, 10: _truth, 11: _error, 62: _rich,
}  # fmt: skip
