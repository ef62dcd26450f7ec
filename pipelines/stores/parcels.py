"""Parcels: a zip or a mail with files in it, opened within bounds as if they lay in the inbox; nothing is unpacked."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import chain
from pathlib import PurePosixPath

from pipelines.stores.workbooks import MAX_EXPANDED_BYTES, Refusal
from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import PACKED, RefusedError, broken, unsafe
from pipelines.stores.workbooks.identify import is_mail, is_package

OPENED = "REG-041"
MAX_FILES = 1_000
"""Files of one parcel, those in the zips inside it included."""
MAX_RATIO = 200
"""What files may expand to, as a multiple of the parcel: a workbook in a zip expands to about itself."""
_ANY_RATIO = 10 * 2**20
"""Text that repeats itself shrinks a great deal; so little of it does no harm."""
MAX_DEPTH = 2
"""A zip in a zip is opened, one inside that is not."""

_NOT_DATA = {".tmp", ".ini", ".db", ".lnk", ".url", ".crdownload", ".part"}
_LEFT_BY_MACS = "__MACOSX"
_UTF8_NAME = 0x800
_SIZE_OF_HEADER = 30
_PART_OF_PACKAGE = re.compile(rb"\[content_types\]|_rels/|docprops/|customxml/|xl/|word/|ppt/|mimetype|meta-inf/", re.I)
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]')
_MAX_NAME, _MAX_PARTS = 120, 8


@dataclass(frozen=True)
class Member:
    """A file out of a parcel: its path in it made harmless, its bytes, and of a parcel what became of it."""

    name: str
    content: bytes
    told: Refusal | None = None


@dataclass(frozen=True)
class Parcel:
    """What is told of a parcel, opened or not, and the files in it; a zip in a zip stands before its own files."""

    told: Refusal
    members: tuple[Member, ...] = ()


@dataclass
class _Budget:
    """What one parcel may still hold."""

    files: int
    expanded: int

    def spend(self, sizes: Iterable[int], room: int) -> None:
        """Take files of these sizes out of a parcel of `room` bytes; raises a refusal before any of them is read."""
        listed = list(sizes)
        self.files -= len(listed)
        self.expanded -= sum(listed)
        if self.files < 0:
            raise unsafe(f"berisi lebih dari {MAX_FILES} berkas")
        if self.expanded < 0 or sum(listed) > max(MAX_RATIO * room, _ANY_RATIO):
            raise unsafe(f"isinya mengembang menjadi {sum(listed) / 2**20:.0f} MB")


def is_data(path: PurePosixPath) -> bool:
    """Whether a file with this name may be something sent: lock files and what systems leave behind are not."""
    hidden = path.name.startswith(("~$", ".")) or _LEFT_BY_MACS in path.parts
    return not hidden and path.suffix.lower() not in _NOT_DATA


def unpack(content: bytes) -> Parcel | None:
    """The files in a zip or mail; None for any other file. All of a parcel are given, or none and the reason."""
    return _unpack(content, _Budget(MAX_FILES, MAX_EXPANDED_BYTES), 1)


def _unpack(content: bytes, budget: _Budget, depth: int) -> Parcel | None:
    if is_mail(content):
        bentuk, take = "surat elektronik", _of_mail
    elif _is_zip(content):
        bentuk, take = "arsip zip", _of_zip
    else:
        return None
    try:
        if depth > MAX_DEPTH:
            raise unsafe("terlalu dalam di dalam arsip lain")
        files = take(content, budget)
    except RefusedError as refused:
        return Parcel(Refusal(PACKED, f"{bentuk}, {refused.refusal.sebab}", bentuk))
    members = tuple(m for name, data in files for m in _members(name, data, budget, depth))
    told = f"berisi {len(files)} berkas, masing-masing didaftar tersendiri" if files else "tanpa lampiran"
    return Parcel(Refusal(OPENED, f"{bentuk} {told}", bentuk), members)


def _members(name: str, content: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    inner = _unpack(content, budget, depth + 1)
    yield Member(name, content, inner.told if inner else None)
    for member in inner.members if inner else ():
        yield replace(member, name=f"{name}/{member.name}")


def _is_zip(content: bytes) -> bool:
    """Whether this is a zip of files; one that cannot be opened is told by the file it begins with."""
    if not content.startswith(b"PK\x03\x04"):
        return content.startswith(b"PK\x05\x06")
    try:
        with open_archive(content) as archive:
            return not is_package(frozenset(archive.NameToInfo))
    except RefusedError:
        length = int.from_bytes(content[26:28], "little")
        first = content[_SIZE_OF_HEADER : _SIZE_OF_HEADER + length]
        return bool(first) and not _PART_OF_PACKAGE.match(first)


def _of_zip(content: bytes, budget: _Budget) -> list[tuple[str, bytes]]:
    with open_archive(content) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir() and is_data(PurePosixPath(_name_of(e)))]
        if not entries:
            raise broken("tidak ada berkas di dalamnya")
        budget.spend((e.file_size for e in entries), len(content))
        names = _harmless(_name_of(e) for e in entries)
        return [(name, archive.read(e)) for name, e in zip(names, entries, strict=True)]


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: many programs write UTF-8 without saying so, and it is then read as if by old DOS."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _of_mail(content: bytes, budget: _Budget) -> list[tuple[str, bytes]]:
    if len(content) > MAX_EXPANDED_BYTES:
        raise unsafe(f"ukurannya {len(content) / 2**20:.0f} MB")
    try:
        attached = list(_attached(BytesParser(policy=policy.default).parsebytes(content)))
    except Exception as error:  # the parser fails on bad headers in many ways
        raise broken() from error
    kept = [(name, data) for name, data in attached if is_data(PurePosixPath(name))]
    budget.spend((len(data) for _, data in kept), len(content))
    return list(zip(_harmless(name for name, _ in kept), (data for _, data in kept), strict=True))


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The files of a mail and of mails forwarded in it; pictures shown in its text are not files sent."""
    for part in message.walk():
        name, shown = part.get_filename(), part.get_content_disposition() == "inline" or part["Content-ID"]
        if name and not part.is_multipart() and not (shown and part.get_content_maintype() == "image"):
            data = part.get_payload(decode=True)
            yield name, data if isinstance(data, bytes) else b""


def _harmless(names: Iterable[str]) -> Iterator[str]:
    """Paths that lead nowhere outside their parcel, hold nothing a screen or system would act on, and differ."""
    taken: set[str] = set()
    for name in names:
        parts = [_part(part) for part in name.replace("\\", "/").split("/")]
        path = PurePosixPath(*[part for part in parts if part][-_MAX_PARTS:] or ["tanpa nama"])
        tried = chain([path], (path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, MAX_FILES + 2)))
        free = next(str(p) for p in tried if str(p).casefold() not in taken)
        taken.add(free.casefold())
        yield free


def _part(name: str) -> str:
    return unicodedata.normalize("NFC", _UNFIT.sub("_", name).strip(" ."))[-_MAX_NAME:]
