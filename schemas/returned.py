"""A workbook on its way back to the SKPD: what is written on its cells, and the sheets that are ours in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.workbook import Grid

LIST_SHEET = "Daftar Perbaikan"
COMPARISON_SHEET = "Perbandingan Versi"
OUR_SHEETS = (LIST_SHEET, COMPARISON_SHEET)
"""Sheets a returned workbook begins with; their first cell begins with their name."""


@dataclass(frozen=True)
class CellNote:
    """A comment on a cell and the colour (`FFC7CE`) the cell gets; `cell` may be a range or several, parted by commas.

    A note on several cells stands on the first, all of them are coloured.
    """

    sheet: str
    cell: str
    text: str
    rgb: str


def is_ours(grid: Grid) -> bool:
    """Whether a sheet is one an earlier return put there; a sheet of the SKPD with the same name is not."""
    title = grid.value(1, 1)
    return grid.sheet in OUR_SHEETS and isinstance(title, str) and title.startswith(f"{grid.sheet} ")


def without_ours(grids: Mapping[str, Grid]) -> dict[str, Grid]:
    """The sheets of the SKPD itself."""
    return {name: grid for name, grid in grids.items() if not is_ours(grid)}
