"""The program's own trouble: one family per exit code, one line that says what happened and what to do."""

from __future__ import annotations

import errno
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
        return WorkspaceError(
            f"Tidak ada izin untuk membaca atau menulis {error.filename or 'folder kerja'}. "
            "Periksa hak aksesnya, lalu jalankan lagi."
        )
    return WorkspaceError(told) if error.filename and (told := _name(Path(error.filename), error.errno)) else None


def _name(path: Path, number: int | None) -> str | None:
    if number in _IN_THE_WAY and (file := next((p for p in (path, *path.parents) if p.is_file()), None)):
        return f"{file} adalah berkas, padahal di situ diperlukan folder. Pindahkan berkas itu, lalu jalankan lagi."
    told = _OTHERS.get(number or 0)
    return told.format(name=path) if told else None
