"""What reaches the terminal is what the program says itself, whatever library speaks below it."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress


def settle_streams() -> None:
    """Both streams take any letter; of stderr only what is written in Python arrives.

    A library that is no Python writes past it: a fault in one written in Rust tells its makers where, though the
    program has another way to read that file.
    """
    for stream in (sys.stdout, sys.stderr):
        # a pipe on Windows would otherwise stumble over the first ✓
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell their programmers is nothing for an analyst
    with suppress(OSError):  # a stream of somebody's own has no number below it
        _keep_stderr()


def _keep_stderr() -> None:
    below = sys.stderr.fileno()
    sys.stderr.flush()
    ours, nowhere = os.dup(below), os.open(os.devnull, os.O_WRONLY)
    sys.stderr = open(ours, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115, PTH123
    os.dup2(nowhere, below)
    os.close(nowhere)
