"""Format: which program wrote the results of a working folder, so that no command reads what it does not understand."""

from __future__ import annotations

import json
from functools import cache

from pipelines.errors import WorkspaceError
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.stores.submissions import hash_bytes
from pipelines.stores.writing import write_text
from schemas.marts import MARTS
from schemas.reference import ACUAN, REFERENCE_TABLES
from schemas.submission import BERKAS
from schemas.typed import SUBMISSION_TABLES

FORMAT = 2
"""Raised with every change an older program must not touch; results without a number are of the first format.

A column more or less needs no new number: the shape of the tables is told beside it.
"""


@cache
def shape_id() -> str:
    """Changes with any table or column that is kept."""
    tables = (*MARTS, *SUBMISSION_TABLES, *REFERENCE_TABLES, ACUAN, BERKAS)
    told = sorted(f"{t.name} {c.name} {c.kind} {c.null}" for t in tables for c in t.columns)
    return hash_bytes("\n".join(told).encode())[:12]


def write_format(settings: Settings) -> None:
    """Say that the results of this folder are of this program's format."""
    write_text(places.format_page(settings), json.dumps({"format": FORMAT, "bentuk": shape_id()}))


def begin_format(settings: Settings) -> None:
    """Say so of a folder in which nothing has been made yet; what an older program left there keeps its format."""
    if not any(settings.processed.glob("[0-9][0-9][0-9][0-9]/*")):
        write_format(settings)


def is_current(settings: Settings) -> bool:
    """Whether this program wrote the results, or one with the same tables. Raises WorkspaceError on a newer one's."""
    number, shape = _read(settings)
    if number > FORMAT:
        raise WorkspaceError(
            f"Folder kerja ini diolah versi program yang lebih baru (format {number}; program ini mengenal sampai "
            f"{FORMAT}). Pakai versi itu; tidak ada yang diubah."
        )
    return (number, shape) == (FORMAT, shape_id())


def check_format(settings: Settings) -> None:
    """Raises WorkspaceError where there are results that this program cannot read: of an older one, or a newer."""
    if not is_current(settings) and places.warehouse(settings).exists():
        raise WorkspaceError(f"Hasil olahan dibuat versi lama program; jalankan lagi: {_again(settings)}")


def _read(settings: Settings) -> tuple[int, str]:
    """Number and shape; results that carry none, or one that cannot be read, are of the first format."""
    try:
        page = json.loads(places.format_page(settings).read_text("utf-8"))
        return int(page["format"]), str(page["bentuk"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 1, ""


def _again(settings: Settings) -> str:
    """The run that brings the folder forward: of the latest quarter that was run."""
    ran = [(int(p.parent.parent.name), int(p.stem[2])) for p in places.run_pages(settings)]
    tahun, triwulan = max(ran, default=("T", "Q"))
    return places.run_command(settings, tahun, triwulan)
