"""The inbox and the archive: received files are listed, hashed and copied by content; the inbox is never written."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.errors import FileLockedError, WorkspaceError
from pipelines.stores.guard import guarded
from pipelines.stores.parcels import Parcel, is_data, unpack
from pipelines.stores.workbooks import Refusal
from pipelines.stores.writing import write_bytes
from schemas.submission import ReceiptLine

RECEIPT_BOOK = "penerimaan.csv"
"""The office's book of receipts (`berkas;diterima_pada;triwulan`); without it, the run that sees a file dates it."""
_RECEIPT_COLUMNS = ("berkas", "diterima_pada", "triwulan")


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
    sha256 = hash_bytes(content)
    parcel = guarded(None, sha256, lambda: unpack(content), Parcel)
    yield InboxFile(berkas, triwulan, content, sha256, parcel.told if parcel else None)
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


def list_folder(folder: Path) -> list[Path]:
    """The data files below a folder, by path, as an inbox would take them."""
    found = (p for p in folder.rglob("*") if p.is_file() and p.name != RECEIPT_BOOK)
    return sorted(p for p in found if is_data(PurePosixPath(p.relative_to(folder).as_posix())))


@dataclass(frozen=True)
class ReferenceFile:
    """A reference file as it was read: what is marked, archived and registered are these very bytes."""

    name: str
    content: bytes
    sha256: str

    @property
    def suffix(self) -> str:
        """What kind of file it is called."""
        return Path(self.name).suffix.lower()


def list_files(folder: Path) -> Iterator[ReferenceFile]:
    """Every file of the acuan with its bytes."""
    for path in reference_paths(folder):
        content = read_bytes(path)
        yield ReferenceFile(path.name, content, hash_bytes(content))


def reference_paths(folder: Path) -> list[Path]:
    """The files of the acuan, of every kind: what is no workbook is told, not passed over."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(p for p in found if p.is_file() and is_data(PurePosixPath(p.name)))


def read_bytes(path: Path) -> bytes:
    """The file's content; raises FileLockedError where another program holds it, or this account may not read it."""
    try:
        return path.read_bytes()
    except PermissionError:
        raise FileLockedError(
            f"{path} tidak dapat dibaca: sedang dipakai program lain, atau akun ini tidak berhak. "
            "Tutup berkas itu atau periksa hak aksesnya, lalu jalankan lagi."
        ) from None


def hash_bytes(content: bytes) -> str:
    """sha256, in hex."""
    return hashlib.sha256(content).hexdigest()


def archive_path(archive: Path, sha256: str, suffix: str = ".xlsx") -> Path:
    """Where the archive keeps the bytes of one hash."""
    return archive / sha256[:2] / f"{sha256}{suffix}"


def archive_bytes(archive: Path, sha256: str, content: bytes, suffix: str = ".xlsx") -> Path:
    """Keep the received bytes under their hash; other bytes that stand there were altered, and give way to these."""
    path = archive_path(archive, sha256, suffix)
    return path if read_archived(archive, sha256, suffix) is not None else write_bytes(path, content)


def read_archived(archive: Path, sha256: str, suffix: str = ".xlsx") -> bytes | None:
    """The bytes of one hash; None where they are gone, or where others stand in their place: those are never read."""
    path = archive_path(archive, sha256, suffix)
    content = read_bytes(path) if path.is_file() else None
    return content if content is not None and hash_bytes(content) == sha256 else None


def restore_bytes(archive: Path, sha256: str, path: Path) -> Path:
    """Lay archived bytes out at `path`, whose suffix they were kept with; raises WorkspaceError where they are gone."""
    suffix = path.suffix.lower()
    content = read_archived(archive, sha256, suffix)
    if content is None:
        kept = archive_path(archive, sha256, suffix)
        raise WorkspaceError(f"{kept} hilang atau berubah, jadi keadaan saat itu tidak dapat dibuat lagi.")
    return write_bytes(path, content)


def read_receipts(inbox: Path) -> list[ReceiptLine]:
    """The book of receipts of one inbox, line by line; none where there is no book. Excel writes it in its own way."""
    path = inbox / RECEIPT_BOOK
    if not path.exists():
        return []
    content = read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    rows = [*csv.reader(text.splitlines(), delimiter=";")]
    names = [name.strip().casefold() for name in rows[0]] if rows else []
    if names == [*_RECEIPT_COLUMNS[:-1]]:  # a book begun before it had the quarter: a line may have it all the same
        names = [*_RECEIPT_COLUMNS]
    lines = ((n, dict(zip(names, map(str.strip, row), strict=False))) for n, row in enumerate(rows[1:], 2) if any(row))
    return [
        ReceiptLine(inbox.name, n, line.get("berkas"), line.get("diterima_pada"), line.get("triwulan"))
        for n, line in lines
    ]
