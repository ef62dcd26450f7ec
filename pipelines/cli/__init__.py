"""Perintah `capaian`: help and messages in Bahasa Indonesia; answers on stdout, progress and logs on stderr."""

from __future__ import annotations

import sys
import traceback
import warnings
from pathlib import Path

import typer

from pipelines.cli import acting, asking, registering
from pipelines.cli.app import app
from pipelines.console import err, explain_misuse, print_findings
from pipelines.errors import CapaianError, DataError, UsageError

__all__ = ["acting", "app", "asking", "main", "registering"]

INTERRUPTED = 130
"""What the parser makes of Ctrl-C, without a word of its own."""


def main() -> None:
    """Entry point: misuse and the program's own trouble end in one line and an exit code of its family."""
    for stream in (sys.stdout, sys.stderr):
        # a pipe on Windows would otherwise stumble over the first ✓
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell their programmers is nothing for an analyst
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except DataError as trouble:
        print_findings(trouble.subject, trouble.findings)
        err(trouble.consequence)
        sys.exit(trouble.exit_code)
    except CapaianError as trouble:
        err(str(trouble))
        sys.exit(trouble.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        err("Dihentikan. Hasil terakhir yang utuh tetap berlaku.")
        sys.exit(INTERRUPTED)
    except Exception as error:
        sys.exit(_end(error))


def _end(error: Exception) -> int:
    """The exit code of an error of the command line, or of one nobody foresaw, which leaves its details in a file."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return UsageError.exit_code
    if hasattr(error, "format_message"):
        err(explain_misuse(error))
        return UsageError.exit_code
    details = Path("capaian-gangguan.txt")
    details.write_text("".join(traceback.format_exception(error)), "utf-8")
    err(f"Gangguan program ({type(error).__name__}). Hasil terakhir yang utuh tetap berlaku; rinciannya di {details}.")
    return CapaianError.exit_code
