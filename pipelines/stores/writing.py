"""Put a file in its place whole: written beside it, flushed to the disk, and only then given its name.

A file that did not reach the disk whole never takes the place of one that did: a run that is killed, a full disk or a
computer that loses its power leaves what was there before.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from pipelines.errors import WorkspaceError, explain_denied

_MEGA = 1_000_000
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def drafted(path: Path, size: int) -> Iterator[Path]:
    """The place to write a file at that will hold about `size` bytes; it becomes `path` once it is on the disk.

    Raises WorkspaceError where the disk has no room for it, FileLockedError where another program holds `path`;
    whatever is raised meanwhile, `path` is what it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with told_when_full(path, size):
            yield draft
            flush(draft)
        replace_file(draft, path)
    finally:
        for written in (draft, *draft.parent.glob(f"{escape(draft.name)}.*")):
            written.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    with drafted(path, len(content)) as draft:
        draft.write_bytes(content)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a small text file whole or not at all."""
    return write_bytes(path, text.encode("utf-8"))


def flush(path: Path) -> None:
    """Have the disk take what was written: only then is it known to have had room for it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def drafted_folder(folder: Path) -> Iterator[Path]:
    """A new folder to write files into; it takes the place of `folder` as one, so that old and new never lie mixed.

    Killed between the two steps of that, it leaves what was there before beside it: `sweep` puts it back. Raises
    FileLockedError where another program holds a file in `folder`; whatever is raised, `folder` is what it was.
    """
    draft, before = folder.with_name(f".{folder.name}.{os.getpid()}.tmp"), _before(folder)
    _put_back(folder)
    for left in (draft, before):
        shutil.rmtree(left, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        yield draft
        if folder.exists():
            replace_file(folder, before)
        replace_file(draft, folder)
    finally:
        _put_back(folder)
        for left in (draft, before):
            shutil.rmtree(left, ignore_errors=True)


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.lama.tmp")


def _put_back(folder: Path) -> None:
    if not folder.exists() and (before := _before(folder)).exists():
        before.replace(folder)


def sweep(folder: Path) -> None:
    """Remove what runs that were killed left half written below a folder. Only for who works there alone."""
    for draft in sorted(folder.rglob(".*.tmp*")):
        _put_back(draft.with_name(draft.name.removeprefix(".").removesuffix(".lama.tmp")))
        with suppress(OSError):
            shutil.rmtree(draft) if draft.is_dir() else draft.unlink()


@contextmanager
def told_when_full(path: Path, size: int) -> Iterator[None]:
    """Say how much room a file of about `size` bytes needs where there is none for it."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise explain_full(path, size) from None


def explain_full(path: Path, size: int) -> WorkspaceError:
    """What to say where the disk did not take all of a file of about `size` bytes."""
    free = shutil.disk_usage(path.parent).free
    cause = "disk penuh" if free < size else "disk atau kuotanya menolak"
    return WorkspaceError(
        f"{path.name} tidak dapat ditulis utuh, {cause}: diperlukan sekitar {_mega(size)} MB, "
        f"yang kosong {_mega(free)} MB. Kosongkan ruang, lalu jalankan lagi; hasil terakhir yang utuh tetap berlaku."
    )


def replace_file(draft: Path, path: Path) -> None:
    """Put `draft` in the place of `path`; raises FileLockedError where another program holds it."""
    try:
        draft.replace(path)
    except PermissionError as error:
        raise explain_denied(error, path) from None


def _mega(size: int) -> str:
    return f"{size / _MEGA:.1f}".replace(".", ",")
