"""An empty Prefect database kept beside the installed Prefect: its hundred migrations take ten seconds each time."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

from pipelines.flows.progress import LOG

SHELF = Path(sys.prefix) / "var" / "capaian"
"""Belongs to the installation, so it goes when the installation goes."""


def template_file() -> Path:
    """The template of the Prefect that is installed."""
    return SHELF / f"prefect-{version('prefect')}.db"


def lay(database: Path) -> None:
    """Put the template where a working folder has no database yet; without template the server builds one.

    A database that is damaged is laid aside: it holds the history of runs and nothing of what they made.
    """
    if database.exists() and not _is_sound(database):
        _lay_aside(database)
    if database.exists() or not template_file().exists():
        return
    with suppress(OSError, sqlite3.Error):
        _copy(template_file(), database)


def keep(database: Path) -> None:
    """Keep a copy of a database that has just been built; where that is not allowed, nothing is lost."""
    if template_file().exists():
        return
    with suppress(OSError, sqlite3.Error):
        SHELF.mkdir(parents=True, exist_ok=True)
        _copy(database, template_file())


def _is_sound(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            return bool(opened.execute("pragma quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError as error:
        return "locked" in str(error)  # another process works in it: not for us to judge
    except sqlite3.DatabaseError:
        return False


def _lay_aside(database: Path) -> None:
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.replace(database.with_name(f"{database.name}.rusak"))
    LOG.warning(
        "Riwayat proses Prefect rusak dan disisihkan (%s.rusak); hasil olahan tidak terpengaruh.", database.name
    )


def _copy(source: Path, target: Path) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(draft)) as new:
            old.backup(new)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
