"""Grid + layout → typed rows, the cell of every value, findings. Reads and converts; never sums, fills or judges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pipelines.extract.cells import Value, blank, clean_text, is_number, read_cell
from schemas.codes import level_of
from schemas.columns import Table
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field, Layout, SheetLayout, field_by_label, fold_label, locate_labels
from schemas.reference import REFERENCE_TABLES
from schemas.typed import ORIGINS, SUBMISSION_TABLES
from schemas.workbook import Cell, Grid, address, column_letter

TABLES: Mapping[str, Table] = {t.name: t for t in (*SUBMISSION_TABLES, *REFERENCE_TABLES)}

HEADER_SEARCH_ROWS = 40
"""A header stands below at most this many rows of titles."""

_NUMBERING = re.compile(r"^\(?\d{1,2}\)?$")


@dataclass(frozen=True)
class Source:
    """The file being read: its identity, whose it is and of which period."""

    pengajuan_id: str
    kode_skpd: str | None
    tahun: int
    triwulan: int
    berkas: str

    def place(self, sheet: str) -> Place:
        """Where a finding in one of its sheets is."""
        return Place(self.tahun, self.triwulan, self.kode_skpd, self.berkas, sheet, pengajuan_id=self.pengajuan_id)


@dataclass
class Extract:
    """Everything read so far, column by column, ready to become Arrow tables."""

    columns: dict[str, dict[str, list[object]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, table: str, row: Mapping[str, object]) -> None:
        """Append one row; columns the form does not have stay null."""
        for name, values in self.lists(table).items():
            values.append(row.get(name))

    def lists(self, table: str) -> dict[str, list[object]]:
        """The columns of one table, empty ones where nothing has been read for it yet."""
        if table not in self.columns:
            self.columns[table] = {name: [] for name in TABLES[table].names}
        return self.columns[table]

    def add_origins(self, row_id: str, pengajuan_id: str, lembar: str, cells: Mapping[str, str]) -> None:
        """Remember the cell of every value of one row, by column."""
        many, count = self.lists(ORIGINS.name), len(cells)
        many["row_id"].extend([row_id] * count)
        many["kolom"].extend(cells)
        many["pengajuan_id"].extend([pengajuan_id] * count)
        many["lembar"].extend([lembar] * count)
        many["sel"].extend(cells.values())


def extract_workbook(grids: Mapping[str, Grid], layout: Layout, source: Source, into: Extract) -> None:
    """Read every sheet of the layout; a sheet that is missing but required is a finding, the others are still read."""
    for sheet in layout.sheets:
        grid = grids.get(sheet.sheet)
        if grid is not None:
            _SheetReader(grid, sheet, source, into).read()
        elif sheet.required:
            into.findings.append(make_finding("BCA-001", source.place(sheet.sheet)))


Read = tuple[Field, str, Cell]
"""A field, the address it was found at, and what stood there."""


class _SheetReader:
    """Reads one sheet of one file."""

    def __init__(self, grid: Grid, layout: SheetLayout, source: Source, into: Extract) -> None:
        self.grid, self.layout, self.source, self.into = grid, layout, source, into
        self.place = source.place(grid.sheet)

    def read(self) -> None:
        if self.layout.form:
            self._read_form()
        else:
            self._read_table()

    def _read_form(self) -> None:
        cells = locate_labels(self.grid, self.layout)
        self._report_missing(f for f in self.layout.fields if f.name not in cells)
        fields = {f.name: f for f in self.layout.fields}
        row_number = min((row for row, _ in cells.values()), default=1)
        self._add_row(row_number, [(fields[n], address(*at), self.grid.value(*at)) for n, at in cells.items()])

    def _read_table(self) -> None:
        header = find_header(self.grid, self.layout)
        columns = _match_header(self.grid.rows[header - 1], self.layout) if header else {}
        self._report_missing(f for f in self.layout.fields if f.name not in {c.name for c in columns.values()})
        if not columns:
            return
        self._report_unknown(header, columns)
        slots = [(f, column - 1, column_letter(column)) for column, f in columns.items()]
        for number in range(header + 1, len(self.grid.rows) + 1):
            self._read_row(number, slots, first=number == header + 1)

    def _report_missing(self, missing: Iterable[Field]) -> None:
        for f in missing:
            if f.required:
                self.into.findings.append(make_finding("BCA-002", self.place, kolom=f.label))

    def _report_unknown(self, header: int, columns: Mapping[int, Field]) -> None:
        for column, cell in enumerate(self.grid.rows[header - 1], 1):
            if cell not in (None, "") and column not in columns and fold_label(cell) != "no":
                place = replace(self.place, sel=address(header, column))
                self.into.findings.append(make_finding("BCA-011", place, str(cell).strip()))

    def _read_row(self, number: int, slots: Iterable[tuple[Field, int, str]], *, first: bool) -> None:
        row = self.grid.rows[number - 1]
        if all(cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row):
            return
        if first and _is_numbering(row):
            return
        stop = _stop_word(row, self.layout.stop)
        if stop:
            self.into.findings.append(make_finding("BCA-012", self._row_place(number), stop, baris=number))
            return
        width = len(row)
        self._add_row(number, [(f, f"{letters}{number}", row[i] if i < width else None) for f, i, letters in slots])

    def _row_place(self, number: int) -> Place:
        return replace(self.place, sel=address(number, 1))

    def _add_row(self, number: int, read: Sequence[Read]) -> None:
        if all(cell is None or cell == "" for _, _, cell in read):
            return
        row_id = f"{self.source.pengajuan_id}!{self.grid.sheet}!R{number}"
        satuan = next((str(cell) for f, _, cell in read if f.name == "satuan" and cell), None)
        values: dict[str, object] = {}
        cells: dict[str, str] = {}
        for f, at, cell in read:
            if cell is None or cell == "":
                values.update(blank(f))
                continue
            if f.kind == "text" and type(cell) is str and (words := clean_text(cell)):
                values[f.name] = words
                cells[f.name] = at
                continue
            value = read_cell(cell, f, satuan, at in self.grid.percent)
            values.update(value.columns)
            if value.filled:
                cells[f.name] = at
            if value.kode:
                self._report(value, f, at, row_id)
        self.into.add_origins(row_id, self.source.pengajuan_id, self.grid.sheet, cells)
        row = {**self._identity(row_id, number), **self._derived(values), **values}
        if self._is_owned(row, read, number, row_id):
            self.into.add(self.layout.table, row)

    def _derived(self, values: Mapping[str, object]) -> dict[str, object]:
        """The level that a budget code says by its shape."""
        level = level_of(str(values["kode"])) if values.get("kode") else None
        return {"level": str(level) if level else None}

    def _report(self, value: Value, f: Field, at: str, row_id: str) -> None:
        place = replace(self.place, sel=at, row_id=row_id)
        self.into.findings.append(make_finding(value.kode or "", place, value.shown, kolom=f.label, **value.words))

    def _is_owned(self, row: Mapping[str, object], read: Sequence[Read], number: int, row_id: str) -> bool:
        """Whether the row says whose it is: figures without their code are a finding, a row without its key is lost."""
        owner = next((f for f in self.layout.fields if f.kind == "code" and f.required), None)
        needed = _required_columns(self.layout.table)
        lost = [f for f in self.layout.fields if f.name in needed and row.get(f.name) is None]
        if owner and row.get(owner.name) is None and any(is_number(cell) for _, _, cell in read):
            lost = lost or [owner]
        if lost:
            place = replace(self._row_place(number), row_id=row_id)
            self.into.findings.append(make_finding("BCA-014", place, kolom=lost[0].label, baris=number))
        return not any(f.name in needed for f in lost)

    def _identity(self, row_id: str, number: int) -> dict[str, object]:
        s = self.source
        return {
            "row_id": row_id,
            "pengajuan_id": s.pengajuan_id,
            **({"kode_skpd": s.kode_skpd} if s.kode_skpd else {}),
            "tahun": s.tahun,
            "triwulan": s.triwulan,
            "lembar": self.grid.sheet,
            "baris": number,
        }


@cache
def _required_columns(table: str) -> frozenset[str]:
    return frozenset(c.name for c in TABLES[table].columns if not c.null)


def find_header(grid: Grid, layout: SheetLayout) -> int:
    """The one-based row that holds the most of the layout's labels; 0 where none holds at least two."""
    known, required = field_by_label(layout), {f.name for f in layout.fields if f.required}
    best, row_number = 1, 0
    for number, row in enumerate(grid.rows[:HEADER_SEARCH_ROWS], 1):
        folded = (fold_label(cell) for cell in row if isinstance(cell, str) and cell)
        names = {known[label].name for label in folded if label in known}
        if len(names) > best:
            best, row_number = len(names), number
        if required <= names:
            return number
    return row_number


def _match_header(row: Iterable[Cell], layout: SheetLayout) -> dict[int, Field]:
    """Column number → field, by label, in whatever order the columns stand; the first of two equal labels counts."""
    known, columns, taken = field_by_label(layout), dict[int, Field](), set[str]()
    for column, cell in enumerate(row, 1):
        f = known.get(fold_label(cell))
        if f and f.name not in taken:
            columns[column] = f
            taken.add(f.name)
    return columns


def _is_numbering(row: Iterable[Cell]) -> bool:
    """A row of column numbers, `(1) (2) (3)`, below the header."""
    filled = [str(cell).removesuffix(".0").strip() for cell in row if cell not in (None, "")]
    expected = [str(n) for n in range(1, len(filled) + 1)]
    return len(filled) >= 3 and all(map(_NUMBERING.match, filled)) and [t.strip("()") for t in filled] == expected


@cache
def _folded_stops(stop: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold_label(word) for word in stop)


def _stop_word(row: Iterable[Cell], stop: tuple[str, ...]) -> str | None:
    """The first text of a total, note or signature row, where the row begins with one of the stop words."""
    first = next((c for c in row if isinstance(c, str) and c.strip()), None)
    if first and fold_label(first).startswith(_folded_stops(stop)) and stop:
        return first.strip()
    return None
