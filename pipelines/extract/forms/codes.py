"""The code of a row, whether it stands in one cell or is split over several."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise

from pipelines.extract.forms.columns import Column
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.values import Cells
from schemas.reading import Value
from schemas.workbook import Cell, address

_WHOLE, _PART = 10, 2
"""Digits behind the point from which on none can be missing: of a code by itself never, of the part of one two."""
_NARROWEST = ("sub kegiatan", "kegiatan", "indikator", "program", "urusan", "opd", "skpd", "unit")


def row_code(cells: Cells, roles: Roles, row: int) -> Value | None:
    """The code as it stands, or put together from its columns: `5 | 03 | 01 | 2.01 | 2` is 5.03.01.2.01.02."""
    columns = [c.number for c in roles.of("kode")]
    together = len(columns) > 1 and columns == list(range(columns[0], columns[-1] + 1))
    if together and not _are_whole(cells, columns, row):
        return _split_code(cells, columns, row)
    # of several codes of a row that of the narrowest level: the sub kegiatan's before that of its SKPD
    for _, alike in groupby(sorted(roles.of("kode"), key=_narrowness), key=_narrowness):
        if found := [value for column in alike if (value := _code(cells, roles, row, column))]:
            return max(found, key=_depth)
    return None


def row_account(cells: Cells, roles: Roles, row: int) -> Value | None:
    """The account a row is of: of its levels side by side the narrowest."""
    found = [value for c in roles.of("kode_rekening") if (value := _code(cells, roles, row, c))]
    return max(found, key=_depth, default=None)


def _code(cells: Cells, roles: Roles, row: int, column: Column) -> Value | None:
    """The code of one cell; in a table of accounts a merged one is that of every row beside it."""
    top, left = row, column.number
    if roles.has("kode_rekening"):
        top, left, _, _ = cells.view.merge(row, column.number)
    raw = cells.view.own(top, left) if left == column.number else None
    if raw is None or str(raw).strip() in {"-", ""}:
        return None
    return Value(
        address(top, left), raw, _digits(cells, top, left, raw), "text", top != row, "merged" if top != row else None
    )


def _depth(value: Value) -> int:
    return str(value.value).rstrip(". ").count(".")


def _are_whole(cells: Cells, columns: list[int], row: int) -> bool:
    """`1 | 1.01 | 1.01.02`: each column repeats the code of the one before, so none is a part of the next."""
    texts = [_digits(cells, row, c, raw, _PART) for c in columns if (raw := cells.view.own(row, c)) is not None]
    return len(texts) > 1 and all(b.startswith(f"{a}.") for a, b in pairwise(texts))


def _narrowness(column: Column) -> int:
    return _rank(" ".join(column.path))


@lru_cache(1024)
def _rank(heading: str) -> int:
    return next((n for n, word in enumerate(_NARROWEST) if word in heading), _NARROWEST.index("program"))


def _split_code(cells: Cells, columns: list[int], row: int) -> Value | None:
    parts = [(column, raw) for column in columns if (raw := cells.view.own(row, column)) is not None]
    if not parts:
        return None
    texts = [_padded(_digits(cells, row, column, raw, _PART), place) for place, (column, raw) in enumerate(parts)]
    at = f"{address(row, parts[0][0])}:{address(row, parts[-1][0])}"
    return Value(at, " | ".join(str(raw) for _, raw in parts), ".".join(texts), "code_split_columns")


def _padded(text: str, position: int) -> str:
    """Parts after the first have at least two digits; a number lost its leading zero."""
    return text.zfill(2) if position and text.isdigit() else text


def _digits(cells: Cells, row: int, column: int, raw: Cell, least: int = _WHOLE) -> str:
    """The digits that are seen; a number with fewer than `least` behind its point may have lost a zero, and is asked.

    Its format says how many there are, where it fixes them: 1,1 shown as 1,10 is 1.10.
    """
    at = address(row, column)
    if shown := cells.view.grid.shown.get(at):
        return shown
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()
    if isinstance(raw, date) or (isinstance(raw, float) and 0 < len(text.partition(".")[2]) < least):
        cells.ask_code(at, raw, text)
    return text
