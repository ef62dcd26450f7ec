"""Documents on disk. What the program wrote it may replace; what a person made of it stays where it is, as it is.

Three kinds: a report has one name, and its former selves are in `arsip`; what is sent, and a draft, keeps every
version under a number. Each is compared with what the program wrote last, so that a document someone filled in gets
no blank twin; where there is something else to say, that stands beside it under the next number.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from pipelines.errors import explain_denied
from pipelines.stores.numbering import list_drafts, list_standing, names_after, number_of, number_of_draft
from pipelines.stores.record import Record
from pipelines.stores.submissions import hash_bytes
from pipelines.stores.writing import told_when_full

State = Literal["created", "unchanged", "replaced"]
ARCHIVE = "arsip"
"""Folder beside a report that holds its former versions."""


@dataclass(frozen=True)
class Written:
    """Where a document is now, and what writing it did; `edited` is what a person has made of an earlier one."""

    path: Path
    state: State
    edited: Path | None = None


@dataclass(frozen=True)
class Documents:
    """The documents of a folder, and the record of what the program wrote there."""

    folder: Path
    record: Record

    def write(self, path: Path, content: bytes, isi: str | None = None) -> Written:
        """A document of one name: the program's own former self goes to `arsip`, a person's is left alone.

        `isi` tells the content where the same content need not give the same bytes: one that a person has worked on is
        then not repeated, one of the program's own still follows.
        """
        standing = list_standing(path)
        if not standing:
            return Written(self._put(path, content, isi), "created")
        latest = self._latest(standing, content, isi)
        theirs = self._theirs(standing)
        edited = theirs[-1] if theirs else None
        same = latest is not None and self._says(latest, content, isi)
        if latest is not None and same and (latest in theirs or _holds(latest, content)):
            return Written(latest, "unchanged", edited)
        if latest is None or latest in theirs:
            return Written(self._add(names_after(path, standing), content, isi), "created", edited)
        return Written(self._put(latest, content, isi), "replaced", edited)

    def find(self, path: Path, isi: str) -> Written | None:
        """The document of this name that says this already, or None: then it is to be made."""
        standing = list_standing(path)
        latest = self._last_written(standing)
        if latest is None or not self._says(latest, None, isi):
            return None
        return Written(latest, "unchanged", next(reversed(self._theirs(standing)), None))

    def retire(self, path: Path) -> tuple[list[tuple[Path, Path]], list[Path]]:
        """Of a document that is not made any more, what went to `arsip` and its name there, and what people keep."""
        standing = list_standing(path)
        theirs = self._theirs(standing)
        moved = [(own, _archived(own)) for own in standing if own not in theirs]
        for own, laid in moved:
            with _told_when_locked(own):
                own.replace(laid)
            self.record.move(self._name(own), self._name(laid))
        return moved, theirs

    def _theirs(self, standing: Sequence[Path]) -> list[Path]:
        """Those of these documents that people have worked on."""
        return [p for p in standing if not self.record.wrote(self._name(p), _hash(p))]

    def send(self, path: Path, content: bytes) -> Written:
        """A document that goes out: every version is kept; one written before, filled in or not, is not repeated."""
        standing = list_standing(path)
        for there in standing:
            if self._says(there, content, None) or _holds(there, content):
                return Written(there, "unchanged")
        return Written(self._add(names_after(path, standing), content), "created")

    def draft(self, folder: Path, content: bytes, isi: str) -> Written:
        """The next `draf-<k>.docx` of a folder, unless the latest one was written to say the same."""
        drafts = list_drafts(folder)
        latest = self._latest(drafts, content, isi)
        if latest is not None and self._says(latest, content, isi):
            return Written(drafts[-1], "unchanged")
        edited = [d for d in drafts[-1:] if not self.record.wrote(self._name(d), _hash(d))]
        first = number_of_draft(drafts[-1]) + 1 if drafts else 1
        names = (folder / f"draf-{number}.docx" for number in count(first))
        return Written(self._add(names, content, isi), "created", edited[0] if edited else None)

    def _says(self, path: Path, content: bytes | None, isi: str | None) -> bool:
        """Whether the program wrote the same here last, and it is still there or a person has made something of it."""
        last = self.record.last(self._name(path))
        if last is None:
            return False
        same = last.isi == isi if last.isi else content is not None and last.sha256 == hash_bytes(content)
        there = _hash(path)
        return same and (there == last.sha256 or not self.record.wrote(self._name(path), there))

    def _latest(self, paths: Sequence[Path], content: bytes, isi: str | None) -> Path | None:
        """Which of these the program wrote last; one an earlier version wrote is known by its bytes, and noted now."""
        latest = self._last_written(paths)
        known = latest if latest is not None else next((p for p in paths if _holds(p, content)), None)
        last = self.record.last(self._name(known)) if known else None
        sha256 = hash_bytes(content)
        if known is not None and (last is None or (last.sha256 == sha256 and last.isi != isi)):
            self.record.finish(self._name(known), sha256, isi)
        return known

    def _last_written(self, paths: Sequence[Path]) -> Path | None:
        known = {entry.order: path for path in paths if (entry := self.record.last(self._name(path)))}
        return known[max(known)] if known else None

    def _put(self, path: Path, content: bytes, isi: str | None) -> Path:
        """Write under this very name; what is there goes to the archive."""
        sha256, name = hash_bytes(content), self._name(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(path.parent, content) as written, _told_when_locked(path):
            self.record.begin(name, sha256)
            if path.exists():
                path.replace(_archived(path))
            written.replace(path)
        self.record.finish(name, sha256, isi)
        return path

    def _add(self, names: Iterator[Path], content: bytes, isi: str | None = None) -> Path:
        """Write under the first of these names that is free."""
        sha256, target = hash_bytes(content), next(names)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(target.parent, content) as written:
            while not self._claimed(written, target, sha256):
                target = next(names)
        self.record.finish(self._name(target), sha256, isi)
        return target

    def _claimed(self, written: Path, target: Path, sha256: str) -> bool:
        self.record.begin(self._name(target), sha256)
        return _claim(written, target)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def write_copy(path: Path, content: bytes) -> Written:
    """A document outside the program's own folders: what is there stays, other content gets the next free number."""
    standing = list_standing(path)
    same = next((there for there in standing if _holds(there, content)), None)
    if same is not None:
        return Written(same, "unchanged")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(path.parent, content) as written:
        return Written(next(name for name in names_after(path, standing) if _claim(written, name)), "created")


def rename(old: Path, new: Path) -> bool:
    """Give a document or a folder another name, unless that is taken; raises PermissionError where it is open."""
    if new.exists():
        return False
    old.rename(new)
    return True


def _holds(path: Path, content: bytes) -> bool:
    with _told_when_locked(path):
        return path.stat().st_size == len(content) and path.read_bytes() == content


def _hash(path: Path) -> str:
    with _told_when_locked(path):
        return hash_bytes(path.read_bytes())


def _claim(written: Path, target: Path) -> bool:
    """Give a finished file a free name: a hard link fails where another run was faster, a rename does not."""
    try:
        target.hardlink_to(written)
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links (a USB stick, some network drives): creating exclusively is as safe,
        # only a run killed in mid-write would leave half a document.
        return _copied_exclusively(written, target)
    return True


def _copied_exclusively(written: Path, target: Path) -> bool:
    try:
        with target.open("xb") as file:
            file.write(written.read_bytes())
    except FileExistsError:
        return False
    return True


def _archived(path: Path) -> Path:
    """The next free name for a former version of a report."""
    folder = path.parent / ARCHIVE
    folder.mkdir(exist_ok=True)
    number = max((number_of(path, p) for p in folder.iterdir()), default=0) + 1
    return folder / f"{path.stem}-{number}{path.suffix}"


@contextmanager
def _temporary(folder: Path, content: bytes) -> Iterator[Path]:
    """A finished file beside its future place; gone afterwards if it was not moved there."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    path = Path(name)
    try:
        with told_when_full(path, len(content)), os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o644)  # mkstemp makes files only their maker may read
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _told_when_locked(path: Path) -> Iterator[None]:
    """Say in the user's words that a document is open in Word, or that this account may not."""
    try:
        yield
    except PermissionError as error:
        raise explain_denied(error, path) from None
