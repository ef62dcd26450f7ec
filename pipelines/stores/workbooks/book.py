"""What every reader of this room shares: the result, the bounds, and the one way to refuse a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.workbook import Grid

MAX_FILE_BYTES = 20 * 2**20
MAX_EXPANDED_BYTES = 200 * 2**20
MAX_ROWS, MAX_COLUMNS = 20_000, 500
"""Bounds of one workbook; the largest real form seen has 3,348 rows and 88 columns."""
MAX_CELLS = 1_000_000
"""Filled cells of a whole workbook, and cells covered by its merged ranges."""
MAX_LETTERS = 20_000_000
"""Letters of all its text cells: a text is kept once in a file, and any number of cells may point to it."""
MAX_MERGES = 50_000
MAX_SHEETS = 500

UNREADABLE, UNSAFE, LOCKED, PACKED = "REG-001", "REG-009", "REG-014", "REG-042"


@dataclass(frozen=True)
class Refusal:
    """Why a file was not opened: the code of a finding and the reason in Bahasa Indonesia.

    `bentuk` names what a file is that is no workbook at all, where its content tells: "dokumen PDF".
    """

    kode: str
    sebab: str
    bentuk: str | None = None


@dataclass(frozen=True)
class Workbook:
    """The sheets of one workbook by name, or the reason why there are none; `format` is what its content is."""

    grids: Mapping[str, Grid] = field(default_factory=dict)
    refusal: Refusal | None = None
    format: str = ""


class RefusedError(Exception):
    """Raised below `read_workbook`, which turns it into the Refusal it carries; it never leaves this room."""

    def __init__(self, kode: str, sebab: str, bentuk: str | None = None) -> None:
        super().__init__(sebab)
        self.refusal = Refusal(kode, sebab, bentuk)


def broken(sebab: str = "berkas rusak atau terpotong") -> RefusedError:
    """A file that cannot be understood."""
    return RefusedError(UNREADABLE, sebab)


def other(bentuk: str) -> RefusedError:
    """A file that is whole, but a document or a picture."""
    return RefusedError(UNREADABLE, f"isinya {bentuk}, bukan buku kerja", bentuk)


def packed(bentuk: str) -> RefusedError:
    """A file in which other files lie."""
    return RefusedError(PACKED, f"isinya {bentuk}", bentuk)


def unsafe(sebab: str) -> RefusedError:
    """A file that could be read only at a price nobody should pay."""
    return RefusedError(UNSAFE, sebab)


def locked(sebab: str) -> RefusedError:
    """A file that asks for a password."""
    return RefusedError(LOCKED, sebab)
