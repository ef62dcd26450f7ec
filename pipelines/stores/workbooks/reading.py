"""The door itself: what a file is, which reader takes it, and the one refusal it ends in if none can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.stores.workbooks.book import MAX_FILE_BYTES, RefusedError, Workbook, unsafe
from pipelines.stores.workbooks.identify import identify
from pipelines.stores.workbooks.issued import read_issued
from pipelines.stores.workbooks.large import read_large
from schemas.workbook import Grid


def read_workbook(content: bytes, sheets: Iterable[str] | None = None, *, full: bool = False) -> Workbook:
    """The named sheets (all of them where none are named); a file that cannot be read safely gives a Refusal.

    `full` fills all of Grid: merges, hidden parts, formulas and what they leave uncached. Cells then are, in every
    format alike: text as it stands (never an empty one), int where a number is whole and else float, bool, date,
    datetime at a time of day, time, timedelta, `#DIV/0!` and its like as text, and None. Rows end at their last
    filled cell. Without `full` an .xlsx that is written as office programs write it is read the fast way: the same
    values, errors, percentages, formulas and merges, but numbers all float and empty cells `""`, and hidden parts only
    where formulas stand beside them; whatever is written in any other way is read in full, as are the other
    formats. A web page and delimited text have one sheet, `Sheet1`, whose cells are text. The name of a sheet is text
    from outside: never use it as a path.
    """
    wanted = None if sheets is None else frozenset(sheets)
    try:
        kind = identify(content)
        if len(content) > MAX_FILE_BYTES:
            raise unsafe(f"ukuran {len(content) / 2**20:.0f} MB, batasnya {MAX_FILE_BYTES // 2**20} MB")
        return Workbook(_read(content, kind, wanted, full=full), format=kind)
    except RefusedError as refused:
        return Workbook(refusal=refused.refusal)


def _read(content: bytes, kind: str, wanted: frozenset[str] | None, *, full: bool) -> Mapping[str, Grid]:
    if kind in ("xlsx", "xlsm"):
        fast = read_large(content, wanted) if full else read_issued(content, wanted)
        if fast is not None:
            return fast
    return _read_full(content, kind, wanted)


def _read_full(content: bytes, kind: str, wanted: frozenset[str] | None) -> Mapping[str, Grid]:
    """Hand the file to the reader of its format; these are loaded only when one is needed."""
    from pipelines.stores.workbooks import formats

    return formats.READERS[kind](content, wanted)
