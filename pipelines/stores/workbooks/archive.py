"""The zip around .xlsx, .xlsb and .ods: every bound is checked before a byte is expanded."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from pipelines.stores.workbooks.book import MAX_EXPANDED_BYTES, broken, locked, unsafe
from pipelines.stores.workbooks.targets import canonical

_MAX_ENTRIES = 10_000
_SMALL = 2**16
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Archive(zipfile.ZipFile):
    """A zip whose small parts are unpacked once, however often they are asked for."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._known: dict[str, bytes] = {}

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The content of a part."""
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        known = self._known.get(entry.filename)
        content = super().read(entry, pwd) if known is None else known
        if len(content) <= _SMALL:
            self._known[entry.filename] = content
        return content


@contextmanager
def open_archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The zip, its faults turned into refusals. zipfile reads no further than the size given, and so finds a lie."""
    if content.count(_DIRECTORY_ENTRY) > _MAX_ENTRIES:
        raise unsafe("arsipnya memuat terlalu banyak bagian")
    try:
        with _Archive(io.BytesIO(content)) as archive:
            _check_directory(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, OSError, NotImplementedError, ValueError):
        raise broken() from None


def _check_directory(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {canonical(name): entry for name, entry in archive.NameToInfo.items()}
    if len(names) != len(entries):
        raise broken("berkas rusak: bagiannya rangkap")
    archive.NameToInfo.update(names)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise locked("isi arsipnya terkunci")
        if entry.compress_type not in _KNOWN_METHODS:
            raise broken("cara pemampatannya tidak dikenal")
    expanded = sum(entry.file_size for entry in entries)
    if expanded > MAX_EXPANDED_BYTES:
        raise unsafe(f"isinya mengembang menjadi {expanded / 2**20:.0f} MB")
