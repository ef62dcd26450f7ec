"""A table of delimited text (CSV, TSV) as one sheet; every cell stays text, numbers are read by who knows id-ID."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Container, Iterable
from itertools import islice

from pipelines.stores.workbooks.book import RefusedError, broken, other, unsafe
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from schemas.headings import fold_heading
from schemas.labels import is_anchor
from schemas.workbook import Grid

ONLY_SHEET = "Sheet1"
DELIMITERS = (";", "\t", ",", "|")
_SAMPLE = 50
_MAX_LINES = 1_000_000
_TEXT_FORMULA = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n\f\x1a")


def read_delimited(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The one sheet of the file; text without columns is refused."""
    text = decode(content)
    delimiter = None if text is None else find_delimiter(text)
    if text is None:
        raise broken("isinya bukan buku kerja maupun tabel CSV")
    if delimiter is None:
        raise other("teks tanpa tabel")
    if wanted is not None and ONLY_SHEET not in wanted:
        return {}
    if text.count("\n") > _MAX_LINES:
        raise unsafe("jumlah barisnya melebihi batas baca")
    builder = SheetBuilder(ONLY_SHEET, Budget(), delimiter=delimiter)
    for row, fields in enumerate(split_rows(text, delimiter), 1):
        builder.widths.append(len(fields))
        for column, value in enumerate(fields, 1):
            builder.put(row, column, unwrap(value))
    return {ONLY_SHEET: builder.grid()}


def unwrap(text: str) -> str:
    """`="95"` → `95`: a formula that is but a text, by which web programs keep a spreadsheet from changing it."""
    found = _TEXT_FORMULA.fullmatch(text)
    return found[1].replace('""', '"') if found else text


def decode(content: bytes) -> str | None:
    """The text, by its byte order mark, as UTF-8 or as Windows writes it; None for what is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content[1:2] == b"\0":
        encodings = ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.intersection(text) else text
    return None


def find_delimiter(text: str) -> str | None:
    """The delimiter by which a row heads a table, else that which gives two rows or more the same number of columns.

    Of several the one that parts the heading into most labels, then the one that most rows are even by; order decides
    between equals: a decimal comma stands in every row of an id-ID file, a semicolon does not by chance.
    """
    if named := named_delimiter(text):
        return named
    tried = {delimiter: _table_by(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=tried.__getitem__)
    return best if max(tried[best]) > 1 else None


def named_delimiter(text: str) -> str | None:
    """The delimiter a first line `sep=;` names; None where there is no such line."""
    first = next(iter(text[:_SAMPLE].splitlines()), "").strip('"').lower()
    return first[-1] if first.startswith("sep=") and len(first) == len("sep=") + 1 else None


def _table_by(text: str, delimiter: str) -> tuple[int, int]:
    """How many labels head a table among the first rows, none where it is but one or all there is, and even rows.

    Even are those of the commonest number of columns, one column not counted.
    """
    try:
        rows = [row for row in islice(split_rows(text, delimiter), _SAMPLE) if any(row)]
    except RefusedError:
        return 0, 0
    labels = max((len({f for v in row if is_anchor(f := fold_heading(v))}) for row in rows if len(row) > 1), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return labels if labels > 1 and len(rows) > 1 else 0, max(widths.values(), default=0)


def split_rows(text: str, delimiter: str) -> Iterable[list[str]]:
    """The rows without a first line `sep=;`, which is for Excel and which Excel does not show."""
    reader = csv.reader(io.StringIO(text.rstrip("\x1a"), newline=""), delimiter=delimiter)
    try:
        for fields in reader:
            if reader.line_num > 1 or not fields or not fields[0].lower().startswith("sep="):
                yield fields
    except csv.Error:
        raise broken("tabel CSV dengan kutipan yang tidak ditutup atau isian yang terlalu panjang") from None
