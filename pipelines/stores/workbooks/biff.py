"""The records of an .xls, walked through once before xlrd sees them: what it needs stays, all bounds are kept.

xlrd reads every cell that is only formatted and every drawing, and trusts the counts and offsets it finds; here the
records it need not read are renamed to one it passes over, and counts and offsets are checked.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.stores.workbooks.book import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    MAX_SHEETS,
    broken,
    unsafe,
)
from schemas.workbook import address

_SKIPPED = b"\xfe\xfe"
_BOF, _EOF, _CONTINUE, _BOUNDSHEET, _SST = 0x809, 0x0A, 0x3C, 0x85, 0xFC
_ROW, _COLINFO, _MERGED, _MULRK, _FORMULA, _SHARED = 0x208, 0x7D, 0xE5, 0xBD, 0x06, 0x4BC
_CELLS = frozenset({0x203, 0x27E, _MULRK, 0xFD, 0x204, 0xD6, _FORMULA, 0x205})
_FORMATS = frozenset({0x41E, 0xE0, 0x31, _COLINFO, 0x17, 0x1AE})
_KEPT = _CELLS | _FORMATS | {_BOF, _EOF, _CONTINUE, _BOUNDSHEET, _SST, _ROW, _MERGED, _SHARED} | {
    0x207, 0x221, 0x236, 0x37, 0x200, 0x22, 0x42, 0x8C, 0x23E,
}  # fmt: skip
_MAX_FORMATS = 20_000
_MAX_TEXTS = 1_000_000
_LONGEST_FORMULA = 1_800
"""Bytes of a formula; no Excel writes a longer one into an .xls."""
_WORKSHEET, _ON_LOAD = 0x10, 0x02


@dataclass
class Records:
    """A stream xlrd may read, and the tokens of its formulas by sheet (offset) and cell (zero-based).

    `waiting` are the formulas that are to be calculated on opening: a zero kept for one may never have been one.
    """

    stream: bytearray
    sheets: list[int] = field(default_factory=list)
    formulas: dict[int, dict[tuple[int, int], bytes]] = field(default_factory=dict)
    shared: dict[int, dict[tuple[int, int], bytes]] = field(default_factory=dict)
    waiting: dict[int, set[tuple[int, int]]] = field(default_factory=dict)


def prepare(stream: bytes) -> Records:
    """Walk through the records; raises a refusal for a broken file and beyond the bounds."""
    walk = _Walk(Records(bytearray(stream)))
    for at, code, data in records(stream):
        walk.take(at, code, data)
    walk.finish()
    _check_texts(walk.texts)
    return walk.found


def records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The records one after the other: where each begins, what it is, and what it holds."""
    at, end = 0, len(stream)
    while at + 4 <= end:
        code, length = struct.unpack_from("<HH", stream, at)
        yield at, code, stream[at + 4 : at + 4 + length]
        at += 4 + length


@dataclass
class _Walk:
    found: Records
    counts: Counter[str] = field(default_factory=Counter)
    begun: list[int] = field(default_factory=list)
    worksheets: set[int] = field(default_factory=set)
    texts: list[bytes] = field(default_factory=list)
    last: int = 0

    def take(self, at: int, code: int, data: bytes) -> None:
        if code not in _KEPT:
            self.found.stream[at : at + 2] = _SKIPPED
        elif code == _BOF:
            self._begin(at, data)
        elif code == _EOF:
            self.begun = self.begun[:-1]
        elif code == _BOUNDSHEET and len(data) >= 6 and data[5] == 0:
            self.found.sheets.append(struct.unpack_from("<I", data)[0])
        elif code == _SST or (code == _CONTINUE and self.last == _SST):
            self.texts.append(data)
        elif self.begun and self.begun[-1] in self.worksheets:
            self._cells(code, data)
        if code in _FORMATS:
            self._count("rincian format", 1, _MAX_FORMATS)
        self.last = self.last if code == _CONTINUE else code

    def _begin(self, at: int, data: bytes) -> None:
        self.begun.append(at)
        if len(data) >= 4 and struct.unpack_from("<H", data, 2)[0] == _WORKSHEET:
            self.worksheets.add(at)

    def _count(self, what: str, amount: int, most: int) -> None:
        self.counts[what] += amount
        if self.counts[what] > most:
            raise unsafe(f"{what} melebihi batas baca {most:,}".replace(",", "."))

    def _cells(self, code: int, data: bytes) -> None:
        if code == _MERGED and len(data) >= 2:
            self._count("jumlah sel gabungan", struct.unpack_from("<H", data)[0], MAX_MERGES)
        elif code in _CELLS and len(data) >= 6:
            row, column = struct.unpack_from("<HH", data)
            last = column if code != _MULRK else struct.unpack_from("<H", data, len(data) - 2)[0]
            if row >= MAX_ROWS or last >= MAX_COLUMNS:
                raise unsafe(f"sebuah lembar berisi sel sampai {address(row + 1, last + 1)}")
            self._count("jumlah sel terisi", last - column + 1, MAX_CELLS)
            if code == _FORMULA:
                self._keep(self.found.formulas, (row, column), data, 20)
                if data[14:15] and data[14] & _ON_LOAD:
                    self.found.waiting.setdefault(self.begun[-1], set()).add((row, column))
        elif code == _SHARED and len(data) >= 10:
            first, _, left = struct.unpack_from("<HHB", data)
            self._keep(self.found.shared, (first, left), data, 8)

    def _keep(self, kept: dict[int, dict[tuple[int, int], bytes]], cell: tuple[int, int], data: bytes, at: int) -> None:
        """The tokens of a formula, whose length stands before them; an impossible one is kept as nothing."""
        length = struct.unpack_from("<H", data, at)[0] if len(data) >= at + 2 else 0
        tokens = data[at + 2 : at + 2 + length] if length <= _LONGEST_FORMULA else b""
        kept.setdefault(self.begun[-1], {})[cell] = tokens

    def finish(self) -> None:
        """Every sheet must begin where a worksheet begins, and no two at the same place."""
        sheets = self.found.sheets
        self._count("jumlah lembar", len(sheets), MAX_SHEETS)
        if len(set(sheets)) != len(sheets) or not set(sheets) <= self.worksheets:
            raise broken()


def _check_texts(pieces: list[bytes]) -> None:
    """The shared texts must lie one after the other; xlrd follows a length below zero backwards, for ever."""
    if not pieces:
        return
    count = struct.unpack_from("<i", pieces[0], 4)[0] if len(pieces[0]) >= 8 else -1
    if not 0 <= count <= _MAX_TEXTS:
        raise unsafe("daftar teksnya terlalu panjang atau rusak")
    try:
        _walk_texts(pieces, count)
    except (struct.error, IndexError):
        raise broken() from None


def _walk_texts(pieces: list[bytes], count: int) -> None:
    piece, at = 0, 8
    for number in range(count):
        if at >= len(pieces[piece]) and number:
            piece, at = piece + 1, at - len(pieces[piece])
        data = pieces[piece]
        letters, options = struct.unpack_from("<HB", data, at)
        runs = struct.unpack_from("<H", data, at + 3)[0] if options & 8 else 0
        phonetic = struct.unpack_from("<i", data, at + (5 if options & 8 else 3))[0] if options & 4 else 0
        if phonetic < 0:
            raise broken()
        at += 3 + (2 if options & 8 else 0) + (4 if options & 4 else 0)
        piece, at = _skip_letters(pieces, piece, at, letters, options)
        piece, at = _skip_runs(pieces, piece, at, runs)
        at += phonetic


def _skip_letters(pieces: list[bytes], piece: int, at: int, letters: int, options: int) -> tuple[int, int]:
    """Past the letters of a text, which may go on in the next piece in the other width."""
    while True:
        width = 2 if options & 1 else 1
        here = min((len(pieces[piece]) - at) // width, letters)
        letters, at = letters - here, at + here * width
        if not letters:
            return piece, at
        piece, at = piece + 1, 1
        options = pieces[piece][0]


def _skip_runs(pieces: list[bytes], piece: int, at: int, runs: int) -> tuple[int, int]:
    """Past the formatting runs of a text, four bytes each, none of which is cut in two."""
    while runs:
        here = min((len(pieces[piece]) - at) // 4, runs)
        runs, at = runs - here, at + here * 4
        if runs:
            piece, at = piece + 1, 0
    return piece, at
