"""Perintah `capaian`: help and messages in Bahasa Indonesia; answers on stdout, progress and logs on stderr."""

from __future__ import annotations

import errno
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import typer

from pipelines.cli import acting, asking, registering
from pipelines.cli.app import app
from pipelines.cli.streams import settle_streams
from pipelines.console import err, explain_misuse, print_findings, tell
from pipelines.console.document import answer
from pipelines.errors import CapaianError, DataError, UsageError, explain_refusal_of_disk

__all__ = ["acting", "app", "asking", "main", "registering"]

DETAILS = "capaian-gangguan.txt"
ROOM = 1 << 20
"""A disk with less room than this, in bytes, counts as full."""
INTERRUPTED = 130
"""What the parser makes of Ctrl-C, without a word of its own."""


def main() -> None:
    """Entry point: misuse and the program's own trouble end in one line and an exit code of its family."""
    settle_streams()
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except DataError as trouble:
        _tell_findings(trouble)
        err(trouble.consequence)
        sys.exit(trouble.exit_code)
    except CapaianError as trouble:
        _tell_refusal(str(trouble))
        sys.exit(trouble.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        err("Dihentikan. Hasil terakhir yang utuh tetap berlaku.")
        sys.exit(INTERRUPTED)
    except Exception as error:
        sys.exit(_end(error))


def _tell_refusal(told: str) -> None:
    """Why a command did nothing: for people, and for a program that asked for one document."""
    if "--json" in sys.argv:
        tell(answer(sys.argv[1], message=told))
    err(told)


def _tell_findings(trouble: DataError) -> None:
    """All that is wrong, in the way it was asked for."""
    if "--json" in sys.argv:
        tell(answer(sys.argv[1], findings=[f.as_json() for f in trouble.findings], message=trouble.consequence))
    else:
        print_findings(trouble.subject, trouble.findings)


def _end(error: Exception) -> int:
    """The exit code of an error of the command line, of the disk, or of one nobody foresaw, which leaves its details.

    Nothing in here may fail in its turn: the details go where there is room for them.
    """
    if type(error).__name__ == "NoArgsIsHelpError":
        return UsageError.exit_code
    if hasattr(error, "format_message"):
        _tell_refusal(explain_misuse(error))
        return UsageError.exit_code
    if trouble := _trouble_of_disk(error):
        _tell_refusal(str(trouble))
        return trouble.exit_code
    details = "".join(traceback.format_exception(error))
    kept = _keep(details)
    where = f"rinciannya di {kept}." if kept else f"rinciannya:\n{details}"
    err(f"Gangguan program ({type(error).__name__}). Hasil terakhir yang utuh tetap berlaku; {where}")
    return CapaianError.exit_code


def _trouble_of_disk(error: Exception) -> CapaianError | None:
    """What the computer refused; on a full disk Prefect's server and the database fail in words of their own."""
    if isinstance(error, OSError) and (trouble := explain_refusal_of_disk(error)):
        return trouble
    return explain_refusal_of_disk(OSError(errno.ENOSPC, "")) if any(map(_is_full, _folders())) else None


def _is_full(folder: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(folder).free < ROOM
    return False


def _keep(details: str) -> Path | None:
    """Write the details of a crash into the first folder that takes them; None where none does."""
    for folder in _folders():
        with suppress(OSError):
            path = folder / DETAILS
            path.write_text(details, "utf-8", errors="replace")
            return path
    return None


def _folders() -> Iterator[Path]:
    """Where the command was given, the working folder it names, and the computer's own for what passes."""
    yield Path()
    options = [*sys.argv[1:], ""]
    for option, value in pairwise(options):
        if option == "--ruang":
            yield Path(value)
        elif option.startswith("--ruang="):
            yield Path(option.partition("=")[2])
    with suppress(OSError):
        yield Path(tempfile.gettempdir())
