"""The inbox and the archive: received files are listed, hashed and copied by content; the inbox is never written."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pipelines.errors import FileLockedError, WorkspaceError
from pipelines.stores.parcels import is_data, unpack
from pipelines.stores.workbooks import Refusal

_T = TypeVar("_T")

RECEIPT_BOOK = "penerimaan.csv"
"""The office's book of receipts (`berkas;diterima_pada`); without it, the first run that sees a file dates it."""


@dataclass(frozen=True)
class InboxFile:
    """A file lying in the inbox: its path below data/raw/<tahun>, its quarter's folder and its bytes.

    A file in a zip or mail has the path of that before its own; `told` says of a zip or mail what became of it.
    """

    berkas: str
    triwulan: int
    content: bytes
    sha256: str
    told: Refusal | None = None


def list_inbox(inbox: Path, triwulan: int) -> Iterator[InboxFile]:
    """Every received file of one quarter, by path, those in sub-folders, zips and mails included, one at a time."""
    if not inbox.is_dir():
        return
    for path in sorted(inbox.rglob("*"), key=lambda p: p.as_posix()):
        if path.is_file() and path.name != RECEIPT_BOOK and is_data(PurePosixPath(path.relative_to(inbox).as_posix())):
            yield from list_file(path.relative_to(inbox.parent).as_posix(), triwulan, read_bytes(path))


def list_file(berkas: str, triwulan: int, content: bytes) -> Iterator[InboxFile]:
    """A file, and every file in it where it is a zip or mail."""
    parcel = unpack(content)
    yield InboxFile(berkas, triwulan, content, hash_bytes(content), parcel.told if parcel else None)
    for member in parcel.members if parcel else ():
        path = f"{berkas}/{member.name}"
        yield InboxFile(path, triwulan, member.content, hash_bytes(member.content), member.told)


def list_path(path: Path) -> list[InboxFile]:
    """The file at a path, which may lead into a zip or mail, and every file in it; none where there is no such file."""
    outer = next((p for p in (path, *path.parents) if p.is_file()), None)
    if outer is None:
        return []
    wanted = path.relative_to(outer.parent).as_posix()
    lying = list_file(outer.name, 0, read_bytes(outer))
    return [f for f in lying if f.berkas == wanted or f.berkas.startswith(f"{wanted}/")]


def read_bytes(path: Path) -> bytes:
    """The file's content; raises FileLockedError where another program holds it exclusively."""
    try:
        return path.read_bytes()
    except PermissionError:
        raise FileLockedError(
            f"{path} tidak dapat dibaca karena sedang dipakai program lain. Tutup berkas itu, lalu jalankan lagi."
        ) from None


def hash_bytes(content: bytes) -> str:
    """sha256, in hex."""
    return hashlib.sha256(content).hexdigest()


def archive_path(archive: Path, sha256: str, suffix: str = ".xlsx") -> Path:
    """Where the archive keeps the bytes of one hash."""
    return archive / sha256[:2] / f"{sha256}{suffix}"


def archive_bytes(archive: Path, sha256: str, content: bytes, suffix: str = ".xlsx") -> Path:
    """Keep the received bytes under their hash; what is there already is left alone."""
    path = archive_path(archive, sha256, suffix)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_bytes(content)
        draft.replace(path)
    return path


def restore_bytes(archive: Path, sha256: str, path: Path) -> Path:
    """Lay archived bytes out at `path`, whose suffix they were kept with; raises WorkspaceError where they are gone."""
    kept = archive_path(archive, sha256, path.suffix.lower())
    if not kept.exists() or hash_bytes(content := kept.read_bytes()) != sha256:
        raise WorkspaceError(f"{kept} hilang atau berubah, jadi keadaan saat itu tidak dapat dibuat lagi.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def read_receipts(inbox: Path) -> dict[str, datetime]:
    """The book of receipts of one inbox: path below it → when received. A line that cannot be read is passed over."""
    path = inbox / RECEIPT_BOOK
    if not path.exists():
        return {}
    lines = csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
    read = ((line.get("berkas") or "", _stamp(line.get("diterima_pada") or "")) for line in lines)
    return {f"{inbox.name}/{berkas.strip()}": stamp for berkas, stamp in read if stamp}


def find_receipt(book: Mapping[str, _T], berkas: str) -> _T | None:
    """What a book of receipts says of a file: by its own path, else by that of the zip or folder it lies in."""
    path = PurePosixPath(berkas)
    return next((book[name] for name in map(str, (path, *path.parents)) if name in book), None)


def _stamp(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
