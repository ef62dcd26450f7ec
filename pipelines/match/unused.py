"""What the reader read of a form and the road takes nowhere: rows by their kind, columns by their field."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.match.anggaran import LEVELS
from pipelines.match.indikator import OWN
from pipelines.match.measures import sort_of
from pipelines.match.outcome import Matched
from pipelines.match.rows import Cell, FormRow
from pipelines.numerals import MONTHS
from schemas.field_words import field_words, level_words
from schemas.period import ROMAN
from schemas.submission import Isi
from schemas.vocabulary import Keadaan

_NAMING = frozenset(
    {
        "no", "kode", "skpd", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan", "campuran", "uraian",
        "indikator", "satuan", "ukuran", "periode",
    }
)  # fmt: skip
"""Fields that say which row it is: a row that is taken was found by them."""

_OF_MONEY, _OF_INDICATOR = ("realisasi_anggaran", "realisasi_fisik"), ("realisasi", "nilai")
"""What was reached, each in columns of its own: of the year, of quarters or of months."""
_PERIOD = re.compile(r"_(tw|bulan)$")


UNUSED = ("COC-013", "COC-014")
"""Findings about columns: the first where nothing else stands for what they hold."""

Table = tuple[str, int]
"""Sheet, and number of the table."""


@dataclass
class _Left:
    """The cells of one field in one table that the road did not take."""

    rows: set[str] = field(default_factory=set)
    periods: set[int] = field(default_factory=set)
    cells: list[tuple[FormRow, Cell]] = field(default_factory=list)


def tell_unused(form: Sequence[FormRow], counting: frozenset[Isi], into: Matched) -> None:
    """What of a form became nothing: its rows once, columns that nothing stands for one by one, others once a table.

    What was reached by an indicator is not missed where another form of the quarter gives it.
    """
    written = [(row, kolom, cell) for row in form if _enters(row, counting, into) for kolom, cell in _written(row)]
    taken = {(*_table(row), kolom) for row, kolom, cell in written if into.accounts_for(row, cell)}
    measured = {(*_table(row), _measure(row, kolom)) for row, kolom, cell in written if into.accounts_for(row, cell)}
    left: dict[Table, dict[tuple[str, bool], _Left]] = defaultdict(lambda: defaultdict(_Left))
    missing: dict[str, FormRow] = {}
    for row, kolom, cell in written:
        told_as_row = row.row_id not in into.used and (*_table(row), kolom) in taken
        if not told_as_row and not into.accounts_for(row, cell):
            measure = _measure(row, kolom)
            of_table = measure is not None and (*_table(row), measure) not in measured
            missed = of_table and not (measure in _OF_INDICATOR and into.measures(row))
            if missed and measure in _OF_INDICATOR:
                missing[row.row_id] = row
            _leave(left[_table(row)][kolom.partition(".")[0], missed], row, kolom, cell)
    for row_id, row in missing.items():
        into.suppose(row, row_id, filter(None, [into.codes.get(row_id)]), certain=True)
    _tell_rows(form, into)
    for fields in left.values():
        _tell_fields(fields, into)


def _tell_fields(fields: Mapping[tuple[str, bool], _Left], into: Matched) -> None:
    words = {key: f"{_words(key[0], held.periods)} ({_span(held.cells)})" for key, held in fields.items()}
    for key, held in fields.items():
        if key[1]:
            into.tell(UNUSED[0], *held.cells[0], None, kolom=words[key], jumlah=len(held.rows))
    idle = [key for key in fields if not key[1]]
    if idle:
        into.tell(UNUSED[1], *fields[idle[0]].cells[0], None, kolom="; ".join(words[key] for key in idle))


def _table(row: FormRow) -> Table:
    return row.lembar, row.tabel


def _leave(held: _Left, row: FormRow, kolom: str, cell: Cell) -> None:
    held.rows.add(row.row_id)
    held.cells.append((row, cell))
    if period := kolom.partition(".")[2]:
        held.periods.add(int(period))


def _tell_rows(form: Iterable[FormRow], into: Matched) -> None:
    unused = [row for row in form if row.row_id not in into.used]
    if unused:
        counts = Counter(level_words(row.level) for row in unused)
        rincian = ", ".join(f"{word} {count}" for word, count in sorted(counts.items()))
        into.tell("COC-011", unused[0], None, None, jumlah=len(unused), rincian=rincian)


def _enters(row: FormRow, counting: frozenset[Isi], into: Matched) -> bool:
    """Whether a row entered the road, or is of a kind that does; not one held back or given by another workbook."""
    if row.row_id in into.used:
        return row.row_id in into.typed and row.row_id not in into.held
    isi = Isi.ANGGARAN if row.level in LEVELS else sort_of(row)
    return (row.level in LEVELS or row.level in OWN) and (isi is None or isi in counting)


def _written(row: FormRow) -> Iterator[tuple[str, Cell]]:
    """The cells of the row itself in which something stands; part of a ratio stands in the cell of the ratio."""
    for kolom, cells in row.cells.items():
        if kolom.partition(".")[0] not in _NAMING and ":" not in kolom:
            yield from ((kolom, c) for c in cells if c.sel and not c.warisan and _is_said(c))


def _is_said(cell: Cell) -> bool:
    return cell.nilai is not None or (bool(cell.teks) and cell.keadaan in (None, Keadaan.PREDIKAT))


def _measure(row: FormRow, kolom: str) -> str | None:
    """The measure of which a field holds what was reached; beside a budget only money is that."""
    asked = _OF_MONEY if row.level in LEVELS else (*_OF_MONEY, *_OF_INDICATOR)
    found = next((m for m in (*_OF_MONEY, *_OF_INDICATOR) if kolom.startswith(m)), None)
    return found if found in asked else None


def _span(cells: Sequence[tuple[FormRow, Cell]]) -> str:
    """`kolom E, F, baris 6–7`."""
    letters = dict.fromkeys(str(cell.sel).rstrip("0123456789") for _, cell in cells)
    rows = dict.fromkeys(str(pick(row.baris for row, _ in cells)) for pick in (min, max))
    return f"kolom {', '.join(letters)}, baris {'–'.join(rows)}"


def _words(name: str, periods: Collection[int]) -> str:
    """A field as people call it, with its months or quarters."""
    unit = _PERIOD.search(name)
    if not unit or not periods:
        return field_words(name)
    bare = field_words(_PERIOD.sub("", name))
    months = unit[1] == "bulan"
    names = [MONTHS[p - 1] if months else f"TW {ROMAN[p - 1]}" for p in sorted(periods)]
    return f"{bare} {'bulanan ' if months else ''}{', '.join(names)}"
