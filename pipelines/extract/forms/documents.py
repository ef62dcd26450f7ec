"""Tables of accounts: the quarter a document is paid from, and whether the rows add up to what the export says."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from pipelines.extract.forms.body import Row, RowKind
from pipelines.extract.forms.columns import MONEY, Column
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.view import View
from pipelines.extract.measures import read_measure
from pipelines.numerals import format_exact
from schemas.field_words import field_words
from schemas.finding import Finding, Place, make_finding
from schemas.headings import find_period, fold_heading
from schemas.reading import Record, Value
from schemas.workbook import address

UNADDED, UNDATED = "BCA-057", "BCA-058"
_YEAR = re.compile(r"\b20\d\d\b")
_BARE = re.compile(r"[1-4]")
_OF_QUARTERS = re.compile(r"\b(?:triwulan|tribulan|tw)\b")
_ORDINAL = {"pertama": "1", "kesatu": "1", "kedua": "2", "ketiga": "3", "keempat": "4"}
_WORDS = re.compile(rf"\b(?:{'|'.join(_ORDINAL)})\b")
_SHOWN = 10
"""So many rows of one kind are listed."""


def quarter_of(text: object, heading: str, year: int | None = None) -> int | None:
    """The quarter a `Periode SPD` names, by itself or by one of its months; None where it names none or several."""
    said = _WORDS.sub(lambda m: _ORDINAL[m[0]], fold_heading(text if isinstance(text, str) else str(text or "")))
    if _BARE.fullmatch(said) and _OF_QUARTERS.search(heading):
        return int(said)
    if year and {int(y) for y in _YEAR.findall(said)} - {year}:
        return None
    period = find_period(_YEAR.sub("", said).strip()) or find_period(said)
    if period is None or period.until:
        return None
    return period.number if period.unit == "tw" else (period.number + 2) // 3


def list_rows(rows: Sequence[int]) -> str:
    """The first of many rows, and how many they are."""
    more = f", … ({len(rows)} baris)" if len(rows) > _SHOWN else ""
    return ", ".join(map(str, rows[:_SHOWN])) + more


def notice_accounts(
    view: View, place: Place, roles: Roles, body: Iterable[Row], records: Sequence[Record], year: int | None
) -> Iterator[Finding]:
    """Documents whose quarter cannot be told, and totals the rows do not add up to."""
    if not roles.has("kode_rekening"):
        return
    for column in roles.of("periode_spd")[:1]:
        yield from _undated(place, column, records, year)
    if len({_depth(r) for r in records}) == 1:
        totals = [row.number for row in body if row.kind is RowKind.TOTAL]
        money = [c for c in roles.columns if c.field in MONEY and c.period is None]
        yield from _unadded(view, place, money, totals, records)


def _depth(record: Record) -> int:
    held = record.fields.get("kode_rekening")
    return str(held.value).strip(". ").count(".") if isinstance(held, Value) else -1


def _undated(place: Place, column: Column, records: Sequence[Record], year: int | None) -> Iterator[Finding]:
    rows: dict[str, list[int]] = {}
    for record in records:
        held = record.fields.get(column.field)
        text = str(held.value) if isinstance(held, Value) else ""
        if quarter_of(text, column.path[-1], year) is None:
            rows.setdefault(text, []).append(record.row)
    for text, listed in rows.items():
        at = replace(place, sel=address(listed[0], column.number))
        words = {"kolom": " > ".join(column.path), "baris": list_rows(listed)}
        yield make_finding(UNDATED, at, text, isi=f"“{text}” bukan satu triwulan" if text else "kosong", **words)


def _unadded(
    view: View, place: Place, columns: Sequence[Column], totals: Sequence[int], records: Sequence[Record]
) -> Iterator[Finding]:
    """Each total that is the sum neither of all rows above it nor of those since the total before.

    Exports shift a total against its columns, so a figure there may be any column's; the first one right of a column
    that is nobody's sum is held against it.
    """
    before, adders = 0, {c.number: _Adder(records, c.field) for c in columns}
    for total in totals:
        sums = {n: (adder.between(0, total), adder.between(before, total)) for n, adder in adders.items()}
        adding = {figure for both in sums.values() for figure in both}
        stated = dict(_stated(view, total))
        others = [c for c, figure in stated.items() if figure not in adding]
        for column in (c for c in columns if not {*sums[c.number]} & set(stated.values())):
            if (told := next((c for c in others if c >= column.number), None)) is not None:
                others.remove(told)
                words = {"kolom": field_words(column.field), "jumlah": format_exact(sums[column.number][0])}
                at = replace(place, sel=address(total, told))
                yield make_finding(UNADDED, at, format_exact(stated[told]), **words, baris=total)
        before = total


class _Adder:
    """What a field comes to between two rows; an export may have a total for each of a thousand groups."""

    def __init__(self, records: Sequence[Record], name: str) -> None:
        figures = sorted((r.row, figure) for r in records if (figure := _figure(r, name)) is not None)
        self.rows = [row for row, _ in figures]
        self.until = [*accumulate((figure for _, figure in figures), initial=Decimal(0))]

    def between(self, above: int, below: int) -> Decimal:
        """Their sum, neither of the two rows among them."""
        return self.until[bisect_left(self.rows, below)] - self.until[bisect_right(self.rows, above)]


def _figure(record: Record, name: str) -> Decimal | None:
    held = record.fields.get(name)
    return held.value if isinstance(held, Value) and isinstance(held.value, Decimal) and not held.inherited else None


def _stated(view: View, row: int) -> Iterator[tuple[int, Decimal]]:
    """The figures of a total and their columns."""
    for column, cell in view.filled(row):
        value = read_measure(cell, percent=False, money=True).value
        if isinstance(value, Decimal):
            yield column, value
