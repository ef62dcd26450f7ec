"""What the general reader understood of a workbook: tables, rows with the cell of every value, and what it left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from schemas.finding import Finding
from schemas.vocabulary import CaraIsi
from schemas.workbook import Cell

Scalar = Decimal | str | Mapping[str, Decimal | str] | None
"""A canonical value: a figure (percent 0-100, money in rupiah), a text or grade, a range or comparison, or nothing."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row: the cell it stands in, what stood there and what it was read as.

    `kind` says how it was read (number, percent_native, text_number, grade, missing, banner_row, ...). `inherited`
    values belong to another row's cell (merge, blank fill-down, banner). `extra` holds what few values have: score,
    scale, derived_from.
    """

    cell: str | None
    raw: Cell
    value: Scalar
    kind: str
    inherited: bool = False
    how: str | None = None
    extra: Mapping[str, Decimal | str] = field(default_factory=dict)


CERTAIN = 0.8
"""A table understood less well than this waits for a person to confirm its layout."""

Held = Value | Mapping[str, Value] | Sequence[Value]
"""What a field of a row holds: one value, one per period, or several where a merged row covers several cells."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of data: where it stands, its level (sasaran_indikator, program, sub_kegiatan, aksi, ...) and fields."""

    sheet: str
    row: int
    level: str
    table: int
    fields: Mapping[str, Held]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as it was found; `columns` maps a field (with its period) to a column letter.

    `labels` maps a column letter to the labels above it. `score` is between 0 and 1; `unsure` gives in Bahasa Indonesia
    what a person should confirm, `undecided` the columns of which that leaves the meaning open. `layout` is the name of
    the confirmed layout it was read by, if one fitted. `cara_isi` is what its quarters of money hold (`per_triwulan`,
    `kumulatif`), where the form or its layout says so.
    """

    sheet: str
    number: int
    header_rows: tuple[int, ...]
    numbering_row: int | None
    first_data_row: int
    last_data_row: int
    orientation: str
    columns: Mapping[str, str]
    labels: Mapping[str, str]
    score: float
    unsure: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    layout: str | None = None
    title: str | None = None
    cara_isi: CaraIsi | None = None

    @property
    def unread(self) -> Mapping[str, str]:
        """The columns under the header that became no data: letter → labels above it."""
        read = {letter for letters in self.columns.values() for letter in letters.split(",")}
        return {letter: label for letter, label in self.labels.items() if letter not in read}

    @property
    def certain(self) -> bool:
        """Whether its rows may enter the road without a person's confirmation."""
        confirmed = self.layout is not None and not self.undecided
        return confirmed or (self.score >= CERTAIN and not self.unsure)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that did not become data, and why (Bahasa Indonesia)."""

    sheet: str
    row: int
    reason: str
    text: str


@dataclass(frozen=True)
class Declared:
    """What the titles of a workbook say of itself; nothing is guessed, several names may stand."""

    skpd: tuple[str, ...] = ()
    tahun: int | None = None
    triwulan: int | None = None
    judul: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormReading:
    """All that was understood of one workbook."""

    tables: tuple[FoundTable, ...] = ()
    rows: tuple[Record, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()
    declared: Declared = Declared()
    sheets: tuple[str, ...] = ()
    """Every sheet in its order, also one in which nothing was found."""
