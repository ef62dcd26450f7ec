"""The book of receipts of an inbox, as a person or Excel in any language writes it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.stores.lying import read_lying
from pipelines.stores.workbooks import Refusal
from pipelines.stores.workbooks.book import RefusedError
from pipelines.stores.workbooks.delimited import DELIMITERS, decode, named_delimiter, split_rows
from schemas.submission import ReceiptLine

RECEIPT_BOOK = "penerimaan.csv"
"""The office's book of receipts (`berkas;diterima_pada;triwulan`); without it, the run that sees a file dates it."""
_COLUMNS = ("berkas", "diterima_pada", "triwulan")
_APART = re.compile(r"[\W_]+")
_SHOWN = 60


def read_receipts(inbox: Path) -> list[ReceiptLine]:
    """The book of receipts of one inbox, line by line; none where there is no book.

    Of a book, a column or a cell that cannot be understood the line says so in `sebab`.
    """
    path = inbox / RECEIPT_BOOK
    return list(_read(inbox.name, read_lying(path))) if os.path.lexists(path) else []


def _read(kotak: str, content: bytes | Refusal) -> Iterator[ReceiptLine]:
    text = None if isinstance(content, Refusal) else decode(content)
    if text is None:
        told = content.sebab if isinstance(content, Refusal) else "isinya bukan teks; simpan sebagai CSV"
        yield ReceiptLine(kotak, 1, sebab=f"buku ini tidak dapat dibaca: {told}")
        return
    try:
        rows = [(n, [cell.strip() for cell in row]) for n, row in enumerate(_rows(text), 1)]
    except RefusedError as refused:
        yield ReceiptLine(kotak, 1, sebab=f"buku ini tidak dapat dibaca: {refused.refusal.sebab}")
        return
    filled = [(n, row) for n, row in rows if any(row)]
    if filled:
        yield from _lines(kotak, *filled[0], filled[1:])


def _rows(text: str) -> list[list[str]]:
    """The rows by the delimiter that makes a heading known, else by the first: by none of them it is."""
    named = named_delimiter(text)
    tried = [list(split_rows(text, delimiter)) for delimiter in ((named,) if named else DELIMITERS)]
    return next((rows for rows in tried if _COLUMNS[0] in _headings(rows)), tried[0])


def _headings(rows: Sequence[Sequence[str]]) -> list[str]:
    return [_fold(cell) for cell in next(filter(any, rows), ())]


def _fold(heading: str) -> str:
    return _APART.sub("_", heading.casefold()).strip("_")


def _lines(
    kotak: str, at: int, head: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[ReceiptLine]:
    names = [_fold(cell) for cell in head]
    if sebab := _unknown(head, names):
        yield ReceiptLine(kotak, at, sebab=sebab)
    if names == [*_COLUMNS[:-1]]:  # a book begun before it had the quarter: a line may have it all the same
        names = [*_COLUMNS]
    for n, row in rows if _COLUMNS[0] in names else ():
        known = {name: cell for name, cell in zip(names, row, strict=False) if name in _COLUMNS}
        beyond = [cell for cell in row[len(names) :] if cell]
        yield ReceiptLine(kotak, n, **known, sebab=f"isian {_listed(beyond)} di luar kolomnya" if beyond else None)


def _unknown(head: Sequence[str], names: Sequence[str]) -> str | None:
    """What is wrong with the headings; a column without heading or of no name that is known is not read."""
    if _COLUMNS[0] not in names:
        return f"kepala kolom {_listed(filter(None, head))} tidak memuat kolom berkas, jadi buku ini tidak dipakai"
    strange = [cell for cell, name in zip(head, names, strict=True) if cell and name not in _COLUMNS]
    if strange:
        return f"kolom {_listed(strange)} tidak dikenal"
    twice = [name for name, times in Counter(names).items() if times > 1 and name]
    return f"ada lebih dari satu kolom {_listed(twice)}; yang dipakai yang terakhir" if twice else None


def _listed(cells: Iterable[str]) -> str:
    text = ", ".join(f"“{cell}”" for cell in cells)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
