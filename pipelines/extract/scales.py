"""Figures whose number format shows less than the cell holds: what a person reads, and what is asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipelines.extract.readings import exact
from pipelines.numerals import format_exact
from schemas.workbook import Cell, Scale

SCALED = "BCA-061"


def seen(figure: Decimal, scale: Scale, cell: Cell) -> Decimal:
    """What stands before the word for thousands or millions; a text stands there as it is."""
    return figure if isinstance(cell, str) else figure / 1000**scale.thousands


def meant(figure: Decimal, scale: Scale, cell: Cell, said: Decimal | None) -> Decimal | None:
    """The figure in full, by the word beside it or by what the sheet says of its figures; None where nothing does.

    Nor does a sheet that says millions of what its format cuts by thousands: what is kept is no rupiah then, or what is
    seen no million.
    """
    word = scale.word or said
    torn = scale.word is None and not isinstance(cell, str) and said != 1000**scale.thousands
    return None if word is None or torn else seen(figure, scale, cell) * word


def question(figure: Decimal, scale: Scale, cell: Cell, said: Decimal | None = None) -> Mapping[str, str]:
    """The two readings of a figure."""
    shown = format_exact(seen(figure, scale, cell))
    word = f" × {format_exact(counted)}" if (counted := scale.word or said) else ""
    return {"tampil": f"{shown}{word}", "isi": format_exact(figure)}


def is_open(cell: Cell, scale: Scale) -> bool:
    """Whether what is seen of a number and what it is are two things, and nothing beside the sheet can tell."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return isinstance(cell, str)
    return meant(exact(cell), scale, cell, None) != exact(cell)
