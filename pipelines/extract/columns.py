"""A whole column of a sheet at once: what is plain is taken in one sweep, the rest cell by cell.

Nearly every column of a form holds one kind of plain value; reading it as a whole is several times faster, and
nothing else: `read_cell` says what each cell means, and the tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.extract.cells import Value, blank, clean_code, clean_text, is_number, read_cell
from pipelines.extract.readings import LIMIT, exact
from schemas.layout import Field
from schemas.vocabulary import Keadaan
from schemas.workbook import Cell

_FIGURES = frozenset({"number", "rupiah", "percent", "measure"})
_LIMIT = float(LIMIT)


@dataclass
class ColumnRead:
    """The typed columns of one column of a sheet, which of its cells were filled, and those that deserve a finding."""

    columns: dict[str, list[object]]
    filled: list[bool]
    faults: list[tuple[int, Value]] = field(default_factory=list)


def as_seen(cells: list[Cell], f: Field, addresses: Sequence[str], shown: Mapping[str, str]) -> list[Cell]:
    """A code has the digits that are seen of it: 1,1 in a format of two places is 1.10."""
    if f.kind != "code" or not any(map(is_number, cells)):
        return cells
    return [shown.get(at, cell) for at, cell in zip(addresses, cells, strict=True)]


def read_column(cells: Sequence[Cell], f: Field, satuan: Sequence[str | None], percent: Sequence[bool]) -> ColumnRead:
    """Read the cells of field `f`; `satuan` holds the unit of each row, `percent` whether a cell shows a percentage."""
    kinds = set(map(type, cells))
    if f.kind in ("text", "narrative", "code") and kinds <= {str}:
        return _plain_texts(cells, f)  # type: ignore[arg-type]
    if f.kind in _FIGURES and _is_plain(cells, kinds) and not any(percent):
        return _plain_figures(cells, f)
    return _cell_by_cell(cells, f, satuan, percent)


def _plain_texts(cells: Sequence[str], f: Field) -> ColumnRead:
    clean = clean_code if f.kind == "code" else clean_text
    texts: list[object] = [clean(cell) or None for cell in cells]
    return ColumnRead({f.name: texts}, [text is not None for text in texts])


def _is_plain(cells: Sequence[Cell], kinds: set[type]) -> bool:
    """Whether the cells are native numbers within bounds, or empty."""
    if not kinds <= {float, int, str, type(None)}:
        return False
    numbers = (cell for cell in cells if isinstance(cell, (int, float)))
    return all(abs(number) < _LIMIT for number in numbers) and not any(cell for cell in cells if isinstance(cell, str))


def _plain_figures(cells: Sequence[Cell], f: Field) -> ColumnRead:
    figures: list[object] = [None if cell is None or cell == "" else exact(cell) for cell in cells]  # type: ignore[arg-type]
    filled = [figure is not None for figure in figures]
    if f.kind != "measure":
        return ColumnRead({f.name: figures}, filled)
    nothing: list[object] = [None] * len(cells)
    kinds: list[object] = [str(Keadaan.ANGKA) if full else str(Keadaan.KOSONG) for full in filled]
    names = (f"{f.name}_nilai", f"{f.name}_atas", f"{f.name}_teks", f"{f.name}_keadaan")
    return ColumnRead(dict(zip(names, (figures, nothing, nothing, kinds), strict=True)), filled)


def _cell_by_cell(cells: Sequence[Cell], f: Field, satuan: Sequence[str | None], percent: Sequence[bool]) -> ColumnRead:
    values = [read_cell(cell, f, unit, shown) for cell, unit, shown in zip(cells, satuan, percent, strict=True)]
    columns: dict[str, list[object]] = {name: [value.columns[name] for value in values] for name in blank(f)}
    faults = [(n, value) for n, value in enumerate(values) if value.kode]
    return ColumnRead(columns, [value.filled for value in values], faults)
