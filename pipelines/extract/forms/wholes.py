"""Parallel groups of columns and their total: `Operasi | Modal | Total` stands for one figure, the total's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.extract.forms.columns import TEXTS, Column
from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.view import View
from pipelines.extract.numbers import read_figure
from schemas.workbook import Cell

_TOTAL = re.compile(r"^(?:grand )?(?:total|jumlah)\b")
_ROWS = 200
_CENT, _RUPIAH, _LARGE = Decimal("0.01"), Decimal(1), Decimal(1000)
"""Parts that were rounded for themselves may miss their total by so much."""


def of_whole(view: View, header: Header, columns: Sequence[Column]) -> tuple[list[Column], list[Column]]:
    """The columns without the parts of a total, and the totals that are not what their parts add up to."""
    parts_of = {c.number: parts for c in columns if c.field not in TEXTS and (parts := _parts(c, columns))}
    dropped = {part.number for parts in parts_of.values() for part in parts}
    kept = [c for c in columns if c.number not in dropped]
    return kept, [c for c in kept if c.number in parts_of and not _adds_up(view, header, c, parts_of[c.number])]


def _parts(column: Column, columns: Sequence[Column]) -> list[Column]:
    """The columns of the same field and period beside the one total among them.

    They differ from it by the heading that calls it the total alone: the last one, or those above the last.
    """
    if not _is_total(column):
        return []
    last = bool(_TOTAL.match(column.path[-1]))
    part = slice(None, -1) if last else slice(-1, None)
    alike = [c for c in columns if c.key == column.key and c.path[part] == column.path[part] and c is not column]
    return [] if any(map(_is_total, alike)) else alike


def _is_total(column: Column) -> bool:
    return any(_TOTAL.match(label) for label in column.path)


def _adds_up(view: View, header: Header, total: Column, parts: Sequence[Column]) -> bool:
    """Whether every row does, and any row could be held against its parts."""
    checked = list(_differences(view, header, total, parts))
    return bool(checked) and all(checked)


def _differences(view: View, header: Header, total: Column, parts: Sequence[Column]) -> Iterator[bool]:
    for row in range(header.bottom + 1, min(header.bottom + _ROWS, view.height) + 1):
        whole = _figure(view.own(row, total.number))
        figures = [f for part in parts if (f := _figure(view.own(row, part.number))) is not None]
        if whole is not None and figures:
            allowed = _RUPIAH if abs(whole) >= _LARGE else _CENT
            yield abs(sum(figures, Decimal(0)) - whole) <= allowed


def _figure(cell: Cell) -> Decimal | None:
    return read_figure(cell, whole=True).nilai
