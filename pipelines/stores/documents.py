"""Documents on disk: drafts and letters are never overwritten, a changed report keeps its former self in `arsip`."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import Literal

from pipelines.errors import FileLockedError

State = Literal["created", "unchanged", "replaced"]
ARCHIVE = "arsip"
"""Folder beside a report that holds its former versions."""

_DRAFT = re.compile(r"draf-(\d+)\.docx", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """Where a document is now, and what writing it did."""

    path: Path
    state: State


def write_draft(folder: Path, content: bytes) -> Written:
    """The next `draf-<k>.docx` of a folder; the latest draft itself where it holds the same bytes already."""
    folder.mkdir(parents=True, exist_ok=True)
    latest = latest_draft(folder)
    if latest is not None and _holds(latest, content):
        return Written(latest, "unchanged")
    names = (folder / f"draf-{number}.docx" for number in count(_draft_number(latest) + 1))
    with _temporary(folder, content) as written:
        return Written(_claim(written, names), "created")


def latest_draft(folder: Path) -> Path | None:
    """The draft with the highest number, or None."""
    return max((p for p in folder.glob("*.docx") if _DRAFT.fullmatch(p.name)), key=_draft_number, default=None)


def write_sent(path: Path, content: bytes) -> Written:
    """A document that goes out: where it or a numbered one beside it (`nama-2.xlsx`) holds the same bytes, all stay.

    Other bytes get the next free number; what was sent, and what people have since written in it, is kept.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for name in takewhile(Path.exists, _series(path)):
        if _holds(name, content):
            return Written(name, "unchanged")
    with _temporary(path.parent, content) as written:
        return Written(_claim(written, _series(path)), "created")


def write_report(path: Path, content: bytes) -> Written:
    """A document of a fixed name: the same bytes leave it untouched, others move the former one to `arsip`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        state: State = "created"
    elif _holds(path, content):
        return Written(path, "unchanged")
    else:
        state = "replaced"
    with _temporary(path.parent, content) as written, _told_when_locked(path):
        if state == "replaced":
            path.replace(_archived(path))
        written.replace(path)
    return Written(path, state)


def rename(old: Path, new: Path) -> bool:
    """Give a document or a folder another name, unless that is taken; raises PermissionError where it is open."""
    if new.exists():
        return False
    old.rename(new)
    return True


def _series(path: Path) -> Iterator[Path]:
    """`nama.xlsx`, `nama-2.xlsx`, `nama-3.xlsx` and so on."""
    yield path
    yield from (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in count(2))


def _draft_number(path: Path | None) -> int:
    match = _DRAFT.fullmatch(path.name) if path else None
    return int(match[1]) if match else 0


def _holds(path: Path, content: bytes) -> bool:
    with _told_when_locked(path):
        return path.stat().st_size == len(content) and path.read_bytes() == content


def _claim(written: Path, names: Iterator[Path]) -> Path:
    """Give a finished file the first free name: a hard link fails where another run was faster, a rename does not."""
    for target in names:
        try:
            target.hardlink_to(written)
        except FileExistsError:
            continue
        except OSError:
            # A file system without hard links (a USB stick, some network drives): creating exclusively is as safe,
            # only a run killed in mid-write would leave half a document.
            if not _copied_exclusively(written, target):
                continue
        return target
    raise AssertionError("names never end")


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
    pattern = re.compile(rf"{re.escape(path.stem)}-(\d+){re.escape(path.suffix)}")
    taken = (match for p in folder.iterdir() if (match := pattern.fullmatch(p.name)))
    number = max((int(match[1]) for match in taken), default=0) + 1
    return folder / f"{path.stem}-{number}{path.suffix}"


@contextmanager
def _temporary(folder: Path, content: bytes) -> Iterator[Path]:
    """A finished file beside its future place; gone afterwards if it was not moved there."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        path.chmod(0o644)  # mkstemp makes files only their maker may read
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _told_when_locked(path: Path) -> Iterator[None]:
    """Say in the user's words that a document is open in Word."""
    try:
        yield
    except PermissionError:
        raise FileLockedError(
            f"{path.name} tidak dapat ditulis, mungkin sedang dibuka di Word. Tutup dokumen itu, lalu jalankan ulang."
        ) from None
