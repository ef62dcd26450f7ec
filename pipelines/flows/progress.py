"""How far a run is, told through logging: the console shows a bar, the Prefect run keeps the line.

A listener is any `logging.Handler` on the logger `capaian`; `progress_of` reads a record that carries progress.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

LOG = logging.getLogger("capaian")
"""What people read while a run is working, in Bahasa Indonesia."""

LOG.setLevel(logging.INFO)  # Prefect keeps the root at WARNING, and the run's page would stay empty


@dataclass(frozen=True)
class Progress:
    """So many of so many done in one step."""

    step: str
    done: int
    total: int


def report_progress(step: str, done: int, total: int) -> None:
    """Say how far a step is."""
    LOG.info("%s: %d dari %d", step, done, total, extra={"kemajuan": Progress(step, done, total)})


def progress_of(record: logging.LogRecord) -> Progress | None:
    """The progress a record carries, if it does."""
    return getattr(record, "kemajuan", None)
