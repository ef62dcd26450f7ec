"""Large plain sheets in full, by the fast way where it says all of them.

Exports of applications have tens of thousands of rows; element by element they take many times as long.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime, time

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.issued import read_issued
from pipelines.stores.workbooks.number_formats import whole
from schemas.workbook import Cell, Grid

LARGE = 5_000_000
"""Bytes of a sheet part from which on it matters how it is read."""
_SHEETS = "xl/worksheets/"
_BOOK = "xl/workbook.xml"
_HIDDEN = re.compile(rb"""\sstate\s*=\s*["'](?!visible["'])""")
_UNSHOWN = re.compile(rb"<(?:\w+:)?(?:row|col)\b[^>]*\shidden\s*=")
_FORMULAS = (b"<f", b":f>", b":f ", b":f/")
"""What only the full reader tells: hidden rows and columns, and formulas, of which it knows more forms."""


def read_large(content: bytes, wanted: Container[str] | None) -> dict[str, Grid] | None:
    """The wanted sheets of an .xlsx that has a large one and nothing hidden and no formula in any; else None."""
    with open_archive(content) as archive:
        if not _is_large_and_plain(archive):
            return None
    return {name: _in_full(grid) for name, grid in read_issued(content, wanted).items()}


def _is_large_and_plain(archive: zipfile.ZipFile) -> bool:
    sheets = [entry for entry in archive.infolist() if entry.filename.startswith(_SHEETS)]
    if max((entry.file_size for entry in sheets), default=0) < LARGE or _BOOK not in archive.NameToInfo:
        return False
    return not (_HIDDEN.search(archive.read(_BOOK)) or any(_is_shown_in_part(archive.read(entry)) for entry in sheets))


def _is_shown_in_part(xml: bytes) -> bool:
    return any(f in xml for f in _FORMULAS) or (b"hidden" in xml and _UNSHOWN.search(xml) is not None)


def _in_full(grid: Grid) -> Grid:
    """The same sheet with values as the full reader gives them: rows end at their last filled cell."""
    rows = [_trimmed(map(_value, row)) for row in grid.rows]
    while rows and not rows[-1]:
        rows.pop()
    return replace(grid, rows=rows)


def _trimmed(row: Iterable[Cell]) -> list[Cell]:
    cells = list(row)
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _value(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        return whole(cell)
    return cell.date() if isinstance(cell, datetime) and cell.time() == time() else cell
