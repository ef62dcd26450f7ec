"""What a reader should be told of a form besides its cells: hidden parts, two indicators in one cell, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.extract.doubts import Doubts
from pipelines.extract.forms.body import Row, RowKind
from pipelines.extract.forms.columns import TEXTS
from pipelines.extract.forms.records import Built
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.view import View
from pipelines.extract.numbers import is_error
from pipelines.extract.parts import split_indicators
from pipelines.extract.sheets import Source
from schemas.finding import Finding, Place, make_finding
from schemas.reading import FoundTable, Record, Value
from schemas.units import near_unit
from schemas.workbook import Grid, address

_SHOWN = 60
"""So many letters of the end of a heading, where it says what it is."""
EMPTY_TABLE = "BCA-041"
"""A header was found, and no row of data below it."""


def notice_table(
    view: View, place: Place, table: FoundTable, built: Built, body: Iterable[Row], roles: Roles
) -> Iterator[Finding]:
    """The findings about one table as a whole and about its rows."""
    records, guessed = built.records, built.guessed
    if not table.certain:
        words = "; ".join(table.unsure) or "susunan tabel tidak lazim"
        at = replace(place, sel=address(table.header_rows[0], 1))
        yield make_finding("BCA-032", at, None, sebab=words, skor=f"{table.score:.2f}".replace(".", ","))
    if guessed:
        listed = ", ".join(map(str, sorted(guessed)))
        yield make_finding("BCA-040", replace(place, sel=address(min(guessed), 1)), None, baris=listed)
    yield from _hidden_rows(place, records)
    yield from _hidden_columns(view, place, table, roles)
    if roles.others:
        listed = "; ".join(f"{c.letter} (“{' > '.join(c.path)[-_SHOWN:]}”)" for c in roles.others)
        at = replace(place, sel=address(table.header_rows[0], roles.others[0].number))
        yield make_finding("BCA-055", at, None, kolom=listed)
    for row in body:
        if row.kind is RowKind.REMOVED:
            yield make_finding("BCA-033", replace(place, sel=address(row.number, 1)), row.text, baris=row.number)
    yield from _errors_for_words(view, place, body, roles)
    yield from _joined_indicators(place, records)
    yield from _misspelt_units(place, records)


def notice_doubts(doubts: Doubts, place: Place, records: Sequence[Record]) -> Iterator[Finding]:
    """Rows and names that may not be meant, each once; a figure of the kind is told where it is read."""
    if not doubts.any:
        return
    for row in dict.fromkeys(r.row for r in records):
        if moved := doubts.of_row(row):
            yield make_finding(moved.kode, replace(place, sel=address(row, 1)), None, kolom="", **moved.words)
    texts = {v.cell: v for r in records for v in r.fields.values() if isinstance(v, Value) and v.kind == "text"}
    for cell, value in texts.items():
        if cell and (found := doubts.of_cell(cell)):
            yield make_finding(found.kode, replace(place, sel=cell), value.raw, kolom="", **found.words)


def notice_form(
    grids: Mapping[str, Grid], tables: Sequence[FoundTable], source: Source, has_empty: bool
) -> Iterator[Finding]:
    """Hidden sheets that hold tables, and a workbook in which no table was found (an empty one has its own finding)."""
    for name in dict.fromkeys(t.sheet for t in tables):
        if grids[name].hidden:
            yield make_finding("BCA-034", source.place(name))
    if not tables and not has_empty:
        yield make_finding("BCA-039", source.place(""), lembar_dibaca=", ".join(grids) or "tidak ada")


def _hidden_rows(place: Place, records: Sequence[Record]) -> Iterator[Finding]:
    hidden = list(dict.fromkeys(r.row for r in records if r.hidden))
    if hidden:
        rows = ", ".join(map(str, hidden))
        yield make_finding("BCA-030", replace(place, sel=address(hidden[0], 1)), None, baris=rows, jumlah=len(hidden))


def _hidden_columns(view: View, place: Place, table: FoundTable, roles: Roles) -> Iterator[Finding]:
    for column in roles.columns:
        if column.number in view.grid.hidden_columns:
            at = replace(place, sel=address(table.header_rows[0], column.number))
            yield make_finding("BCA-031", at, " > ".join(column.path), kolom=column.letter)


def _errors_for_words(view: View, place: Place, body: Iterable[Row], roles: Roles) -> Iterator[Finding]:
    """`#REF!` where a name or a unit is meant."""
    columns = [c for c in roles.columns if c.field in TEXTS]
    for number in [row.number for row in body if row.kind is RowKind.DATA]:
        for column in columns:
            value = view.grid.value(number, column.number)
            if isinstance(value, str) and is_error(value.strip()):
                at = replace(place, sel=address(number, column.number))
                yield make_finding("BCA-007", at, value, kolom=" > ".join(column.path))


def _joined_indicators(place: Place, records: Sequence[Record]) -> Iterator[Finding]:
    for record in records:
        held = record.fields.get("indikator")
        if isinstance(held, Value) and not held.inherited and isinstance(held.value, str):
            parts = split_indicators(held.value)
            if len(parts) > 1:
                at = replace(place, sel=held.cell)
                yield make_finding("BCA-038", at, held.value, jumlah=len(parts), bagian="; ".join(parts))


def _misspelt_units(place: Place, records: Sequence[Record]) -> Iterator[Finding]:
    """Units nobody knows that are one letter away from a known one; each cell once."""
    units = {h.cell: h.value for r in records if isinstance(h := r.fields.get("satuan"), Value)}
    for cell, unit in units.items():
        if isinstance(unit, str) and (meant := near_unit(unit)):
            yield make_finding("BCA-042", replace(place, sel=cell), unit, usul=meant)
