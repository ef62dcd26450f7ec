"""The inbox and the archive: received files are listed, hashed and copied by content; the inbox is never written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import WorkspaceError, explain_denied
from pipelines.stores.guard import guarded
from pipelines.stores.lying import Lying, look, read_lying, shown, walk
from pipelines.stores.parcels import Parcel, unpack
from pipelines.stores.receipts import RECEIPT_BOOK
from pipelines.stores.workbooks import Refusal
from pipelines.stores.writing import write_bytes


@dataclass(frozen=True)
class InboxFile:
    """A file lying in the inbox: its path below data/raw/<tahun>, its quarter's folder and its bytes.

    A file in a zip or mail has the path of that before its own; `told` says of a zip or mail what became of it, and of
    what was not opened why: that has neither bytes nor hash.
    """

    berkas: str
    triwulan: int
    content: bytes
    sha256: str
    told: Refusal | None = None

    @property
    def opened(self) -> bool:
        """Whether its bytes were read."""
        return bool(self.sha256)


def list_inbox(inbox: Path, triwulan: int) -> Iterator[InboxFile]:
    """All that lies in the inbox of one quarter, by path, one at a time: in sub-folders, in zips and mails too."""
    if not inbox.is_dir():
        return
    for lying in walk(inbox):
        if lying.path != inbox / RECEIPT_BOOK:
            yield from list_lying(lying, (Path(inbox.name) / lying.name).as_posix(), triwulan)


def list_lying(lying: Lying, berkas: str, triwulan: int) -> Iterator[InboxFile]:
    """A file, and every file in it where it is a zip or mail; of what is not opened no more than why."""
    content = lying.told or read_lying(lying.path)
    if isinstance(content, Refusal):
        yield InboxFile(berkas, triwulan, b"", "", content)
    else:
        yield from list_file(berkas, triwulan, content)


def list_file(berkas: str, triwulan: int, content: bytes) -> Iterator[InboxFile]:
    """A file, and every file in it where it is a zip or mail."""
    sha256 = hash_bytes(content)
    parcel = guarded(None, sha256, lambda: unpack(content), Parcel)
    yield InboxFile(berkas, triwulan, content, sha256, parcel.told if parcel else None)
    for member in parcel.members if parcel else ():
        path = f"{berkas}/{member.name}"
        yield InboxFile(path, triwulan, member.content, hash_bytes(member.content), member.told)


def list_path(path: Path) -> list[InboxFile]:
    """What lies at a path, which may lead into a zip or mail, and every file in it; none where nothing lies there."""
    outer = next((p for p in (path, *path.parents) if os.path.lexists(p)), path)
    if (outer != path and outer.is_dir()) or not os.path.lexists(outer):
        return []
    wanted = shown(path.relative_to(outer.parent))
    lying = list_lying(Lying(outer, shown(outer.name), look(outer)), shown(outer.name), 0)
    return [f for f in lying if f.berkas == wanted or f.berkas.startswith(f"{wanted}/")]


def list_folder(folder: Path) -> list[Path]:
    """The data files below a folder, by path, as an inbox would take them, and what is not opened."""
    return [lying.path for lying in walk(folder) if lying.path != folder / RECEIPT_BOOK]


@dataclass(frozen=True)
class ReferenceFile:
    """A reference file as it was read: what is marked, archived and registered are these very bytes.

    `told` says of what was not opened why; that has neither bytes nor hash.
    """

    name: str
    content: bytes
    sha256: str
    told: Refusal | None = None

    @property
    def suffix(self) -> str:
        """What kind of file it is called."""
        return Path(self.name).suffix.lower()


def list_files(folder: Path) -> Iterator[ReferenceFile]:
    """Every file of the acuan with its bytes, of every kind: what is no workbook is told, not passed over."""
    found = (lying for lying in walk(folder) if len(Path(lying.name).parts) <= 1) if folder.is_dir() else ()
    for lying in found:
        content = lying.told or read_lying(lying.path)
        if isinstance(content, Refusal):
            yield ReferenceFile(lying.name, b"", "", content)
        else:
            yield ReferenceFile(lying.name, content, hash_bytes(content))


def read_bytes(path: Path) -> bytes:
    """The content; raises FileLockedError where another program holds it, WorkspaceError where this account may not."""
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise explain_denied(error, path) from None


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
