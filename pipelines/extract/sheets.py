"""Grid + layout → typed rows, the cell of every value, findings. Reads and converts; never sums, fills or judges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from pipelines.extract.cells import Value, is_number, read_cell
from schemas.codes import level_of
from schemas.columns import Table
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field, Layout, SheetLayout, field_by_label, fold_label, locate_labels
from schemas.reference import REFERENCE_TABLES
from schemas.typed import SUBMISSION_TABLES
from schemas.workbook import Cell, Grid, address

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
        lists = self.columns.setdefault(table, {name: [] for name in TABLES[table].names})
        for name, values in lists.items():
            values.append(row.get(name))


def extract_workbook(grids: Mapping[str, Grid], layout: Layout, source: Source, into: Extract) -> None:
    """Read every sheet of the layout; a sheet that is missing but required is a finding, the others are still read."""
    for sheet in layout.sheets:
        grid = grids.get(sheet.sheet)
        if grid is not None:
            _SheetReader(grid, sheet, source, into).read()
        elif sheet.required:
            into.findings.append(make_finding("BCA-001", source.place(sheet.sheet)))


Read = tuple[Field, int, int, Cell]
"""A field, the row and column it was found at, and what stood there."""


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
        self._add_row(row_number, [(fields[name], row, column) for name, (row, column) in cells.items()])

    def _read_table(self) -> None:
        header = find_header(self.grid, self.layout)
        columns = _match_header(self.grid.rows[header - 1], self.layout) if header else {}
        self._report_missing(f for f in self.layout.fields if f.name not in {c.name for c in columns.values()})
        if not columns:
            return
        self._report_unknown(header, columns)
        for number in range(header + 1, len(self.grid.rows) + 1):
            self._read_row(number, columns, first=number == header + 1)

    def _report_missing(self, missing: Iterable[Field]) -> None:
        for f in missing:
            if f.required:
                self.into.findings.append(make_finding("BCA-002", self.place, kolom=f.label))

    def _report_unknown(self, header: int, columns: Mapping[int, Field]) -> None:
        for column, cell in enumerate(self.grid.rows[header - 1], 1):
            if cell not in (None, "") and column not in columns and fold_label(cell) != "no":
                place = replace(self.place, sel=address(header, column))
                self.into.findings.append(make_finding("BCA-011", place, str(cell).strip()))

    def _read_row(self, number: int, columns: Mapping[int, Field], *, first: bool) -> None:
        row = self.grid.rows[number - 1]
        if all(cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row):
            return
        if first and _is_numbering(row):
            return
        stop = _stop_word(row, self.layout.stop)
        if stop:
            self.into.findings.append(make_finding("BCA-012", self._row_place(number), stop, baris=number))
            return
        self._add_row(number, [(f, number, column) for column, f in columns.items()])

    def _row_place(self, number: int) -> Place:
        return replace(self.place, sel=address(number, 1))

    def _add_row(self, number: int, cells: Iterable[tuple[Field, int, int]]) -> None:
        row_id = f"{self.source.pengajuan_id}!{self.grid.sheet}!R{number}"
        read = [(f, row, column, self.grid.value(row, column)) for f, row, column in cells]
        satuan = next((str(cell) for f, _, _, cell in read if f.name == "satuan" and cell), None)
        values: dict[str, object] = {}
        for f, row, column, cell in read:
            self._take(
                values,
                f,
                address(row, column),
                read_cell(cell, f, satuan, address(row, column) in self.grid.percent),
                row_id,
            )
        if all(v is None for v in values.values()):
            return
        if "kode" in values:
            level = level_of(str(values["kode"] or ""))
            values["level"] = str(level) if level else None
        row = {**self._identity(row_id, number), **values}
        if self._is_owned(row, read, number, row_id):
            self.into.add(self.layout.table, row)

    def _take(self, values: dict[str, object], f: Field, cell: str, value: Value, row_id: str) -> None:
        values.update(value.columns)
        if value.filled:
            origin = (row_id, f.name, self.source.pengajuan_id, self.grid.sheet, cell)
            self.into.add("origins", dict(zip(TABLES["origins"].names, origin, strict=True)))
        if value.kode:
            place = replace(self.place, sel=cell, row_id=row_id)
            self.into.findings.append(make_finding(value.kode, place, value.shown, kolom=f.label, **value.words))

    def _is_owned(self, row: Mapping[str, object], read: list[Read], number: int, row_id: str) -> bool:
        """Whether the row says whose it is. Figures without their code are a finding; without a key no row can be kept."""
        owner = next((f for f in self.layout.fields if f.kind == "code" and f.required), None)
        lost = [
            f for f in self.layout.fields if row.get(f.name) is None and f.name in _required_columns(self.layout.table)
        ]
        if owner and row.get(owner.name) is None and any(is_number(cell) for _, _, _, cell in read):
            lost = lost or [owner]
        if lost:
            place = replace(self._row_place(number), row_id=row_id)
            self.into.findings.append(make_finding("BCA-014", place, kolom=lost[0].label, baris=number))
        return not any(f.name in _required_columns(self.layout.table) for f in lost)

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
    known = field_by_label(layout)
    scores = [
        len({known[fold_label(c)].name for c in row if fold_label(c) in known})
        for row in grid.rows[:HEADER_SEARCH_ROWS]
    ]
    best = max(scores, default=0)
    return scores.index(best) + 1 if best >= 2 else 0


def _match_header(row: Iterable[Cell], layout: SheetLayout) -> dict[int, Field]:
    """Column number → field, by label, in whatever order the columns stand; the first of two equal labels counts."""
    known, columns = field_by_label(layout), dict[int, Field]()
    for column, cell in enumerate(row, 1):
        f = known.get(fold_label(cell))
        if f and f not in columns.values():
            columns[column] = f
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
