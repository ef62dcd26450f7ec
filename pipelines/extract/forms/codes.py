"""The code of a row, whether it stands in one cell or is split over several."""

from __future__ import annotations

from datetime import date

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
    if len(columns) > 1 and columns == list(range(columns[0], columns[-1] + 1)):
        return _split_code(cells, columns, row)
    for column in _narrowest_first(roles):
        raw = cells.view.own(row, column)
        if raw is not None and str(raw).strip() not in {"-", ""}:
            return Value(address(row, column), raw, _digits(cells, row, column, raw), "text")
    return None


def _narrowest_first(roles: Roles) -> list[int]:
    """Of several codes of a row that of the narrowest level: the sub kegiatan's before that of its SKPD."""
    return [c.number for c in sorted(roles.of("kode"), key=lambda c: _rank(" ".join(c.path)))]


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
