"""A workbook on its way back to the SKPD: what is written on its cells, and the sheets that are ours in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.columns import BOOL, Column, Table, text, whole
from schemas.workbook import Grid

LIST_SHEET = "Daftar Perbaikan"
COMPARISON_SHEET = "Perbandingan Versi"
OUR_SHEETS = (LIST_SHEET, COMPARISON_SHEET)
"""Sheets a returned workbook begins with; their first cell begins with their name."""


class Nasib(StrEnum):
    """What became of a cell between a version of a workbook and the next."""

    DIPERBAIKI = "diperbaiki"
    LEPAS = "tidak lagi bertemuan"
    """It holds what it held, and what was found in it is found no more: that rested on another cell, or on a day."""
    MASIH_SALAH = "masih salah"
    BERUBAH = "berubah"
    IKUT = "ikut berubah"
    """In a row that had a finding: it belongs to the mending of that, and is nothing nobody asked for."""
    BERTEMUAN = "kini bertemuan"
    """Changed in a row that had no finding, to what is one."""


FATES = {
    Nasib.MASIH_SALAH: "masih salah",
    Nasib.BERTEMUAN: "berubah dan kini bertemuan",
    Nasib.BERUBAH: "berubah pada baris yang semula tanpa temuan",
    Nasib.IKUT: "ikut berubah pada baris yang semula bertemuan",
    Nasib.LEPAS: "tidak lagi bertemuan meski isinya tetap",
    Nasib.DIPERBAIKI: "diperbaiki",
}
"""What people are told of each, in the order in which it matters."""


PERUBAHAN = Table(
    "perubahan",
    "one row per cell of a submission at fault or changed since the version before it; made anew with every check",
    (
        text("pengajuan_id", "the submission"),
        text("pengajuan_lama", "the version before it"),
        text("kode_skpd", "SKPD, by code"),
        whole("tahun", "year of the data"),
        whole("triwulan", "quarter of the data"),
        text("lembar", "sheet", null=True),
        text("sel", "cell in the submission; null: gone, or the finding was about no cell", null=True),
        text("sel_lama", "the cell in the version before, where rows have moved", null=True),
        text(
            "nasib",
            "mended, unchanged but without its finding, still wrong, changed where its row had no finding, or had one, "
            "or to what is one now",
            words=Nasib,
        ),
        text("lama", "what stood there before, as text", null=True),
        text("baru", "what stands there now, as text", null=True),
        text(
            "temuan_lama",
            "code and text of what is found, by the references of now, in what stood there before",
            null=True,
        ),
        text("temuan_baru", "code and text of what is found there now", null=True),
        Column("angka", BOOL, "a figure stood or stands there"),
    ),
)


@dataclass(frozen=True)
class Change:
    """What became of one cell; the fields are those of the table `perubahan` without the submissions."""

    lembar: str | None
    sel: str | None
    sel_lama: str | None
    nasib: Nasib
    lama: str | None
    baru: str | None
    temuan_lama: str | None = None
    temuan_baru: str | None = None
    angka: bool = False


def tell_fates(changes: Iterable[Change], between: str = ", ") -> str:
    """How many cells became what: the one count of a comparison, whoever tells it."""
    counts = Counter(c.nasib for c in changes)
    told = between.join(f"{counts[n]} {said}" for n, said in FATES.items() if counts[n])
    return told or "tidak ada isian yang berbeda"


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
