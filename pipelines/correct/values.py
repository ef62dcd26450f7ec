"""What a cell holds and what the ledger says of it, compared as the reader understands both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from pipelines.numerals import format_date, format_exact
from schemas.correction import EMPTY_WORD
from schemas.layout import Field
from schemas.vocabulary import Keadaan
from schemas.workbook import Cell


@dataclass(frozen=True)
class Read:
    """A cell as the reader of the workbooks understands it; `fault` says why it cannot be used."""

    columns: Mapping[str, Any]
    fault: str | None = None


class Reader(Protocol):
    """Reads a cell for a column, in a row of the given unit: the reader of the workbooks itself."""

    def __call__(self, cell: Cell, field: Field, satuan: str | None) -> Read:
        """The typed columns of the cell."""
        ...


def is_same(field: Field, row: Mapping[str, Any], read: Read) -> bool:
    """Whether a typed row holds in the column of `field` what was read elsewhere."""
    if field.kind != "measure":
        return bool(_folded(row[field.name]) == _folded(read.columns[field.name]))
    figures = [f"{field.name}_{part}" for part in ("nilai", "atas", "keadaan")]
    if any(row[name] != read.columns[name] for name in figures):
        return False
    # a figure is the same however it is written; a grade is its text
    if row[f"{field.name}_nilai"] is not None or row[f"{field.name}_keadaan"] != Keadaan.PREDIKAT:
        return True
    return bool(_folded(row[f"{field.name}_teks"]) == _folded(read.columns[f"{field.name}_teks"]))


def _folded(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def shown(field: Field, columns: Mapping[str, Any]) -> str:
    """What a typed row holds in the column of `field`, as people write it."""
    if field.kind != "measure":
        return _shown(columns[field.name])
    teks, nilai = columns[f"{field.name}_teks"], columns[f"{field.name}_nilai"]
    written = columns[f"{field.name}_keadaan"] != Keadaan.ANGKA or nilai is None
    return _shown(teks if written else nilai)


def _shown(value: object) -> str:
    if value is None or value == "":
        return EMPTY_WORD
    if isinstance(value, Decimal):
        return format_exact(value)
    return format_date(value) if isinstance(value, date) else str(value)


def shown_cell(cell: Cell) -> str:
    """A cell of the ledger as people write it."""
    return _shown(Decimal(format(cell, ".15g")) if isinstance(cell, float) else cell)
