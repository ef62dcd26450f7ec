"""The program's own trouble: one family per exit code, one line that says what happened and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from schemas.finding import Finding


class CapaianError(Exception):
    """Trouble of the program or its surroundings, told to the user without a traceback."""

    exit_code = 10


class DataError(CapaianError):
    """Data at fault leave nothing to go on with; `findings` are all of them, and are printed like any others."""

    exit_code = 1

    def __init__(self, subject: str, findings: Sequence[Finding], consequence: str) -> None:
        super().__init__(subject, findings, consequence)
        self.subject, self.findings, self.consequence = subject, findings, consequence

    def __str__(self) -> str:
        """All of it as text, for whoever cannot print findings: the page of a run."""
        return "\n  ".join((f"{self.subject}: {self.consequence}", *map(_told, self.findings)))


def _told(f: Finding) -> str:
    place = " ".join(part for part in (f.berkas, f.lembar, f.sel) if part)
    return f"{place}: {f.pesan} {f.saran}"


class UsageError(CapaianError):
    """The command was given something it cannot work with."""

    exit_code = 2


class WorkspaceError(CapaianError):
    """The working folder lacks what the command needs, or its settings cannot be read."""

    exit_code = 11


class FileLockedError(CapaianError):
    """A file is held by another program: a workbook open in Excel, a draft open in Word."""

    exit_code = 12


class BusyError(CapaianError):
    """Another run is working in the same folder."""

    exit_code = 13


class ServerError(CapaianError):
    """The Prefect server or worker could not be started or reached."""

    exit_code = 14


class ConverterError(CapaianError):
    """LibreOffice is not installed, or some documents could not be made PDF; the Word files are there."""

    exit_code = 15


_WINDOWS = os.name == "nt"
_SHARED = (32, 33)
"""What Windows answers where another program holds a file: a sharing violation, a lock violation."""
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_IN_THE_WAY = (errno.ENOTDIR, errno.EEXIST)
_OTHERS = {
    errno.EISDIR: "{name} adalah folder, padahal yang diperlukan berkas.",
    errno.ENOENT: "{name} tidak ada; mungkin dipindahkan atau dihapus selagi program bekerja. Jalankan lagi.",
    errno.ENAMETOOLONG: "Nama {name} terlalu panjang untuk disk ini. Pendekkan nama folder kerja atau berkasnya.",
}


def explain_refusal_of_disk(error: OSError) -> CapaianError | None:
    """What the computer refused, in the user's words; None where that is for the makers of the program to look at."""
    if error.errno in _FULL:
        return WorkspaceError(
            "Disk penuh. Kosongkan ruang, lalu jalankan lagi; hasil terakhir yang utuh tetap berlaku."
        )
    if error.errno in _NOT_ALLOWED:
        return _not_allowed(error.filename or "folder kerja")
    return WorkspaceError(told) if error.filename and (told := _name(Path(error.filename), error.errno)) else None


def explain_denied(error: PermissionError, path: Path) -> CapaianError:
    """What to say where a file or folder was denied: that another program holds it only where one does."""
    if is_held(error, path):
        return FileLockedError(f"{path} sedang dipakai program lain. Tutup berkas itu, lalu jalankan lagi.")
    return _not_allowed(path)


def is_held(error: OSError, path: Path) -> bool:
    """Whether another program keeps this one from a file, and not the rights of the account.

    Only Windows does so. Where it says no more than that access is denied, the note tells that Office lays beside an
    open document, or the attempt to give the file its own name: that is refused by the name of the cause.
    """
    told = getattr(error, "winerror", None)
    if told in _SHARED:
        return True
    if told is None and not _WINDOWS:
        return False
    notes = (path.with_name(f"~${name}") for name in (path.name, path.name[2:]))
    return any(note.exists() for note in notes) or _is_shared(path)


def _is_shared(path: Path) -> bool:
    try:
        path.replace(path)
    except OSError as refused:
        return getattr(refused, "winerror", None) in _SHARED
    return False


def _not_allowed(path: Path | str) -> WorkspaceError:
    return WorkspaceError(
        f"Tidak ada izin untuk membaca atau menulis {path}. Periksa hak aksesnya, lalu jalankan lagi."
    )


def _name(path: Path, number: int | None) -> str | None:
    if number in _IN_THE_WAY and (file := next((p for p in (path, *path.parents) if p.is_file()), None)):
        return f"{file} adalah berkas, padahal di situ diperlukan folder. Pindahkan berkas itu, lalu jalankan lagi."
    told = _OTHERS.get(number or 0)
    return told.format(name=path) if told else None
