"""The OLE2 container around an .xls: its directory is read in a line, so no tree and no chain can make it loop.

Kept over olefile, which looks each entry up among all before it as it opens: 8 MB of nothing but entries take a minute.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.stores.workbooks.book import broken

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<HH6xIIIIIIIII")
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY, _STREAM, _ROOT = 128, 2, 5
_IN_HEADER = 109


_HEADER_SIZE = 512


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    first: int
    size: int


class Compound:
    """The streams of an OLE2 file by name; raises a refusal where its chains are broken."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_SIZE:
            raise broken()
        shift, small_shift, _, _, first, _, self._cutoff, mini, _, more, _ = _HEADER.unpack_from(content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise broken()
        self._content, self._size, self._small = content, 1 << shift, 1 << small_shift
        self._table = self._sectors_to_numbers(self._table_sectors(more))
        self._entries = list(self._directory(first))
        self._small_table = self._sectors_to_numbers(self._chain(mini, self._table))

    def names(self) -> frozenset[str]:
        """The names of its streams."""
        return frozenset(entry.name for entry in self._entries if entry.kind == _STREAM)

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream; None where there is none of that name."""
        found = next((e for e in self._entries if e.kind == _STREAM and e.name.lower() == name.lower()), None)
        return None if found is None else self._read(found)

    def _read(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(entry.first, self._table)))[: entry.size]
        root = next((e for e in self._entries if e.kind == _ROOT), None)
        if root is None:
            raise broken()
        small = b"".join(map(self._sector, self._chain(root.first, self._table)))
        chain = self._chain(entry.first, self._small_table)
        return b"".join(small[at * self._small : (at + 1) * self._small] for at in chain)[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, first: int, table: tuple[int, ...]) -> Iterator[int]:
        """The sectors of a stream; a chain longer than its table has a loop."""
        left = len(table)
        while first < _LAST_SECTOR:
            left -= 1
            if first >= len(table) or left < 0:
                raise broken()
            yield first
            first = table[first]

    def _table_sectors(self, more: int) -> Iterator[int]:
        """Where the allocation table stands: 109 sectors named in the header, the others in sectors of their own."""
        yield from (n for n in struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76) if n < _LAST_SECTOR)
        left = len(self._content) // self._size
        while more < _LAST_SECTOR and left > 0:
            left -= 1
            *numbers, more = self._numbers(more)
            yield from (n for n in numbers if n < _LAST_SECTOR)

    def _numbers(self, sector: int) -> tuple[int, ...]:
        data = self._sector(sector)
        if len(data) < self._size:
            raise broken()
        return struct.unpack(f"<{self._size // 4}I", data)

    def _sectors_to_numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        """The entries of a table, no more of them than the file has room for."""
        most = len(self._content) // self._small
        numbers: list[int] = []
        for sector in sectors:
            numbers.extend(self._numbers(sector))
            if len(numbers) > most + self._size:
                break
        return tuple(numbers)

    def _directory(self, first: int) -> Iterator[_Entry]:
        for sector in self._chain(first, self._table):
            data = self._sector(sector)
            for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
                length, kind = struct.unpack_from("<HB", data, at + 64)
                start, size = struct.unpack_from("<II", data, at + 116)
                yield _Entry(data[at : at + max(length - 2, 0)][:64].decode("utf-16-le", "replace"), kind, start, size)
