"""The program's own trouble: one family per exit code, one line that says what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence

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
