"""An .xlsb (BIFF 12) in full but for the text of formulas: its records carry them as tokens; `=` marks their cells."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import broken, unsafe
from pipelines.stores.workbooks.faces import PLAIN, Face, Run, pieces_of, seen_cell
from pipelines.stores.workbooks.number_formats import as_shown, hides_zero_of_id, kind_of_id
from pipelines.stores.workbooks.parts import main_part, relations, with_part
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from schemas.workbook import Cell, Grid

_ROW, _COLUMNS, _MERGE, _SHEET, _BOOK, _TEXT = 0, 60, 176, 156, 153, 19
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_SHARED = 7
_FONT, _FONTS_BEGIN, _FONTS_END, _RICH_CELL = 43, 611, 612, 62
_STRUCK = 0x08
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
    kinds: list[str] = field(default_factory=list)
    fonts: list[Face] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)
    without_zeros: frozenset[int] = frozenset()
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
            _read_styles(archive.read(part), book)
    grids = {}
    for sheet in with_part(book.sheets, related, frozenset(archive.NameToInfo)):
        if wanted is None or sheet.name in wanted:
            builder = SheetBuilder(sheet.name, budget, sheet.hidden)
            _read_sheet(archive.read(sheet.part), book, builder)
            grids[sheet.name] = builder.grid()
    return grids


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: a number of one or two bytes, a length of up to four, the content."""
    at, end = 0, len(data)
    while at < end:
        code, at = data[at], at + 1
        if code & 0x80 and at < end:
            code, at = (code & 0x7F) | (data[at] << 7), at + 1
        length = shift = 0
        while at < end and shift < 28:
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield code, data[at : at + length]
        at += length


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends; a length of -1 stands for none."""
    (length,) = struct.unpack_from("<i", data, at)
    end = at + 4 + 2 * max(length, 0)
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _read_main(data: bytes, book: _Book) -> None:
    for code, record in _records(data):
        if code == _SHEET:
            key, at = _text(record, 8)
            book.sheets.append((_text(record, at)[0], key, struct.unpack_from("<I", record)[0] != 0))
        elif code == _BOOK:
            book.mac = bool(record[0] & 1) if record else False


def _texts(data: bytes) -> Iterator[tuple[str, list[Place]]]:
    for number, record in enumerate(r for code, r in _records(data) if code == _TEXT):
        if number >= _MAX_TEXTS:
            raise unsafe("daftar teksnya terlalu panjang")
        yield _rich_text(record, 0)


def _rich_text(record: bytes, at: int) -> tuple[str, list[Place]]:
    """A text behind its flags, and the places where its look changes."""
    text, end = _text(record, at + 1)
    if not record[at] & 1 or len(record) < end + 4:
        return text, []
    count = min(struct.unpack_from("<I", record, end)[0], (len(record) - end - 4) // 4)
    return text, [struct.unpack_from("<HH", record, end + 4 + 4 * n) for n in range(count)]


def _read_styles(data: bytes, book: _Book) -> None:
    """The kind of number format and the look of the font of every cell style."""
    own: dict[int, str] = {}
    styles: list[tuple[int, int]] = []
    inside = 0
    for code, record in _records(data):
        if code == _FORMAT:
            own[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif code in (_STYLES_BEGIN, _STYLES_END, _FONTS_BEGIN, _FONTS_END):
            inside = code
        elif code == _FONT and inside == _FONTS_BEGIN:
            _, flags, _, place = struct.unpack_from("<HHHH", record)
            book.fonts.append(Face(bool(flags & _STRUCK), place == 1, place == 2))
        elif code == _STYLE and inside == _STYLES_BEGIN:
            styles.append(struct.unpack_from("<HH", record, 2))
    book.kinds = [kind_of_id(number, own) for number, _ in styles]
    book.without_zeros = frozenset(n for n, (number, _) in enumerate(styles) if hides_zero_of_id(number, own))
    book.faces = [_font(font, book) for _, font in styles]


def _font(number: int, book: _Book) -> Face:
    return book.fonts[number] if number < len(book.fonts) else PLAIN


def _read_sheet(data: bytes, book: _Book, builder: SheetBuilder) -> None:
    row = 0
    for code, record in _records(data):
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
    number = style & 0xFFFFFF
    kind = book.kinds[number] if number < len(book.kinds) else "number"
    face = book.faces[number] if number < len(book.faces) else PLAIN
    formula = "=" if code in _FORMULAS else None
    value, doubt = seen_cell(_VALUES[code](record, kind, book), _runs(code, record, book), face)
    percent, unseen = kind == "percent", number in book.without_zeros
    builder.put(row, column + 1, value, formula, percent=percent, doubt=doubt, unseen_zero=unseen)


def _runs(code: int, record: bytes, book: _Book) -> list[Run]:
    """The pieces of a text of several looks."""
    if code == _SHARED:
        text, places = book.texts[struct.unpack_from("<I", record, 8)[0]]
    elif code == _RICH_CELL:
        text, places = _rich_text(record, 8)
    else:
        return []
    return pieces_of(text, [(at, _font(font, book)) for at, font in places])


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
    return _text(record, 8)[0]


def _rich(record: bytes, _: str, __: _Book) -> Cell:
    return _text(record, 9)[0]


_VALUES: dict[int, Callable[[bytes, str, _Book], Cell]] = {
    2: _packed, 3: _error, 4: _truth, 5: _double, 6: _plain, 7: _shared,
    8: _plain, 9: _double, 10: _truth, 11: _error, 62: _rich,
}  # fmt: skip
