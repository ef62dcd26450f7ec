"""What lies in a folder people put files in: looked at before it is opened, read within bounds, followed nowhere."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.errors import is_held
from pipelines.stores.parcels import is_data
from pipelines.stores.workbooks import MAX_EXPANDED_BYTES, Refusal
from pipelines.stores.workbooks.book import UNSAFE

LINK, DEVICE, SHUT, UNNAMED = "REG-048", "REG-049", "REG-050", "REG-051"

MAX_BYTES = MAX_EXPANDED_BYTES
"""No reader takes more: what is larger is told by its size."""

_CAREFUL = sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY"))
"""Between look and opening another thing may have come to lie there; Windows has none of these."""
_JUNCTION = 0xA0000003
"""How Windows marks a folder that leads to another one (IO_REPARSE_TAG_MOUNT_POINT)."""
_KINDS = {
    stat.S_IFIFO: "pipa (FIFO)",
    stat.S_IFSOCK: "soket",
    stat.S_IFCHR: "perangkat",
    stat.S_IFBLK: "perangkat",
}
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Lying:
    """A file, or something that is none or cannot be opened: `told` says why. `name` is its path below the folder."""

    path: Path
    name: str
    told: Refusal | None = None


def walk(folder: Path) -> list[Lying]:
    """Every file below a folder that may be something sent, and whatever is not opened, by name."""
    return sorted(_walk(folder), key=lambda lying: lying.name)


def _walk(folder: Path) -> Iterator[Lying]:
    rooms = [folder]
    while rooms:
        room = rooms.pop()
        try:
            children = list(room.iterdir())
        except OSError as error:
            yield Lying(room, shown(room.relative_to(folder)), _shut(error, room))
            continue
        for path in children:
            if is_room(path):
                rooms.append(path)
            elif os.path.lexists(path) and is_data(PurePosixPath(path.relative_to(folder))):
                yield Lying(path, shown(path.relative_to(folder)), look(path))


def is_room(path: Path) -> bool:
    """Whether this is a folder that is gone into: no link to one, and none whose name cannot be told."""
    try:
        info = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(info.st_mode) and not (_is_link(info) or _UNFIT.search(path.name))


def look(path: Path) -> Refusal | None:
    """Why what lies there is not opened; None for a file within bounds. It is not touched."""
    if _UNFIT.search(path.name):
        return Refusal(UNNAMED, f"namanya memuat tanda yang bukan huruf, {shown(path.name)}")
    try:
        return _judge(path.lstat())
    except OSError as error:
        return _shut(error, path)


def read_lying(path: Path) -> bytes | Refusal:
    """The content of a file people put there, or why it is not read: nothing about it stops the others."""
    if refusal := look(path):
        return refusal
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _CAREFUL)) as file:
            refusal = _judge(os.fstat(file.fileno()))
            content = b"" if refusal else file.read(MAX_BYTES + 1)
    except OSError as error:
        return _shut(error, path)
    return refusal or (_too_large(len(content)) if len(content) > MAX_BYTES else content)


def shown(path: Path | str) -> str:
    """A path as it can be printed and kept: what is no letter in it stands as its code."""
    text = os.fsencode(Path(path).as_posix()).decode("utf-8", "backslashreplace")
    return _UNFIT.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _judge(info: os.stat_result) -> Refusal | None:
    if _is_link(info):
        return Refusal(LINK, "tautan ke tempat lain")
    if stat.S_ISDIR(info.st_mode):
        return Refusal(SHUT, "folder ini tidak dapat dibuka")
    if not stat.S_ISREG(info.st_mode):
        return Refusal(DEVICE, _KINDS.get(stat.S_IFMT(info.st_mode), "benda lain"))
    return _too_large(info.st_size) if info.st_size > MAX_BYTES else None


def _is_link(info: os.stat_result) -> bool:
    return stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) == _JUNCTION


def _too_large(size: int) -> Refusal:
    told = f"{size / 2**20:,.0f}".replace(",", ".")
    return Refusal(UNSAFE, f"ukurannya {told} MB, sedangkan yang dibaca paling besar {MAX_BYTES // 2**20} MB")


def _shut(error: OSError, path: Path) -> Refusal:
    if isinstance(error, PermissionError):
        return Refusal(SHUT, "sedang dipakai program lain" if is_held(error, path) else "akun ini tidak berhak")
    return Refusal(SHUT, f"sistem menolak: {error.strerror or type(error).__name__}")
