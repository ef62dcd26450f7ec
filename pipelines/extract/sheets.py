"""Grid + layout → typed rows, the cell of every value, findings. Reads and converts; never sums, fills or judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import compress

from pipelines.extract.cells import Value, blank, is_number
from pipelines.extract.columns import as_seen, read_column
from pipelines.extract.doubts import Doubts, doubted
from pipelines.extract.headers import find_header, is_numbering, match_header, stop_word
from pipelines.extract.merged import covered_cells, covered_figures
from pipelines.extract.uncached import fill_uncached
from pipelines.extract.zeros import settle_zeros
from pipelines.names import nearest
from schemas.codes import level_of
from schemas.columns import Table
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field, Layout, SheetLayout, fold_label, locate_labels
from schemas.reference import REFERENCE_TABLES
from schemas.typed import ORIGINS, SUBMISSION_TABLES
from schemas.workbook import Cell, Grid, address, column_letter

TABLES: Mapping[str, Table] = {t.name: t for t in (*SUBMISSION_TABLES, *REFERENCE_TABLES)}


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


Mark = tuple[int, Mapping[str, int]]
"""How many findings, and rows by table."""


@dataclass
class Extract:
    """Everything read so far, column by column, ready to become Arrow tables."""

    columns: dict[str, dict[str, list[object]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lost: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """Rows of references that were held back and may be missed elsewhere: their sheet, owner and code."""

    def add_rows(self, table: str, count: int, columns: Mapping[str, Sequence[object]]) -> None:
        """Append rows, column by column; columns the form does not have stay null."""
        nothing = [None] * count
        for name, values in self.lists(table).items():
            values.extend(columns.get(name, nothing))

    def mark(self) -> Mark:
        """Where it stands now, to go back to."""
        return len(self.findings), {table: len(lists["row_id"]) for table, lists in self.columns.items()}

    def rewind(self, mark: Mark) -> None:
        """Forget what was added since: half of a file is none of it."""
        findings, rows = mark
        del self.findings[findings:]
        for table, lists in self.columns.items():
            for values in lists.values():
                del values[rows.get(table, 0) :]

    def lists(self, table: str) -> dict[str, list[object]]:
        """The columns of one table, empty ones where nothing has been read for it yet."""
        if table not in self.columns:
            self.columns[table] = {name: [] for name in TABLES[table].names}
        return self.columns[table]


def extract_workbook(grids: Mapping[str, Grid], layout: Layout, source: Source, into: Extract) -> None:
    """Read every sheet of the layout; a sheet that is missing but required is a finding, the others are still read."""
    grids = settle_zeros(fill_uncached(grids))
    for sheet in layout.sheets:
        grid = grids.get(sheet.sheet)
        if grid is not None:
            _SheetReader(grid, sheet, source, into).read()
        elif sheet.required:
            into.findings.append(make_finding("BCA-001", source.place(sheet.sheet)))


Slot = tuple[Field, list[Cell], list[str]]
"""A field, the cells found for it in the rows being read, and their addresses."""


class _SheetReader:
    """Reads one sheet of one file."""

    def __init__(self, grid: Grid, layout: SheetLayout, source: Source, into: Extract) -> None:
        self.grid, self.layout, self.source, self.into = grid, layout, source, into
        self.place, self.covered = source.place(grid.sheet), covered_cells(grid)
        self.doubts = Doubts(grid, ())

    def read(self) -> None:
        if self.layout.form:
            self._read_form()
        else:
            self._read_table()

    def _read_form(self) -> None:
        cells = locate_labels(self.grid, self.layout)
        self._report_missing((f for f in self.layout.fields if f.name not in cells), {})
        fields = {f.name: f for f in self.layout.fields}
        if cells:
            slots = [(fields[n], [self.grid.value(*at)], [address(*at)]) for n, at in cells.items()]
            self._add_rows([min(row for row, _ in cells.values())], slots)

    def _read_table(self) -> None:
        header = find_header(self.grid, self.layout)
        columns = match_header(self.grid.rows[header - 1], self.layout) if header else {}
        unknown = self._unknown_labels(header, columns) if header else {}
        named = self._report_missing((f for f in self.layout.fields if f not in columns.values()), unknown)
        if not columns:
            return
        for at, label in unknown.items():
            if at not in named:
                self.into.findings.append(make_finding("BCA-011", replace(self.place, sel=at), label))
        self.doubts = Doubts(self.grid, (header,))
        below = range(header + 1, len(self.grid.rows) + 1)
        numbers = [n for n in below if self._is_data(n, columns, first=n == header + 1)]
        self._add_rows(numbers, [self._slot(f, column, numbers) for column, f in columns.items()])
        self._place_empty_columns(header, columns, numbers)

    def _place_empty_columns(self, header: int, columns: Mapping[int, Field], numbers: Sequence[int]) -> None:
        """A column that nobody filled is where its heading stands: what is asked for in it needs an address."""
        for column, f in columns.items():
            if numbers and not any(_is_filled(self.grid.value(n, column)) for n in numbers):
                heading = f"{self.source.pengajuan_id}!{self.grid.sheet}!R{header}"
                self._add_origins(f, [heading], [address(header, column)], [True])

    def _slot(self, f: Field, column: int, numbers: Sequence[int]) -> Slot:
        letters, lines = column_letter(column), (self.grid.rows[n - 1] for n in numbers)
        cells = [row[column - 1] if column <= len(row) else None for row in lines]
        addresses = [f"{letters}{n}" for n in numbers]
        return f, as_seen(cells, f, addresses, self.grid.shown), addresses

    def _report_missing(self, missing: Iterable[Field], unknown: Mapping[str, str]) -> set[str]:
        """Columns that must be there; of the unknown labels those that come near to one are named, and given back."""
        spelled, named = {label: at for at, label in unknown.items()}, set[str]()
        for f in missing:
            if f.required:
                near = nearest(f.label, spelled)
                at = spelled[near] if near else None
                mirip = f'; yang mirip: "{near}" pada {at}' if at else ""
                place = replace(self.place, sel=at)
                self.into.findings.append(make_finding("BCA-002", place, kolom=f.label, mirip=mirip))
                named |= {at} if at else set()
        return named

    def _unknown_labels(self, header: int, columns: Mapping[int, Field]) -> dict[str, str]:
        """The labels of the header that no field has, by address."""
        return {
            address(header, column): str(cell).strip()
            for column, cell in enumerate(self.grid.rows[header - 1], 1)
            if cell not in (None, "") and column not in columns and fold_label(cell) != "no"
        }

    def _is_data(self, number: int, columns: Iterable[int], *, first: bool) -> bool:
        """Whether a row holds data: not empty in the columns read, no column numbers, no total, note or signature."""
        row = self.grid.rows[number - 1]
        if not any(_is_filled(row[column - 1]) for column in columns if column <= len(row)):
            return False
        if first and is_numbering(row):
            return False
        if stop := stop_word(row, self.layout.stop):
            at = replace(self.place, sel=address(number, 1))
            self.into.findings.append(make_finding("BCA-012", at, stop, baris=number))
        return stop is None

    def _add_rows(self, numbers: Sequence[int], slots: Sequence[Slot]) -> None:
        """Type the rows column by column; findings come out row by row, as a person reads."""
        satuan = next((cells for f, cells, _ in slots if f.name == "satuan"), [None] * len(numbers))
        units = [str(cell) if cell else None for cell in satuan]
        row_ids = [f"{self.source.pengajuan_id}!{self.grid.sheet}!R{number}" for number in numbers]
        columns: dict[str, Sequence[object]] = self._identity(row_ids, numbers)
        faults: list[tuple[int, int, Finding]] = []
        for order, (f, cells, addresses) in enumerate(slots):
            read = read_column(cells, f, units, [at in self.grid.percent for at in addresses])
            columns.update(read.columns)
            self._add_origins(f, row_ids, addresses, read.filled)
            faults += [(n, order, self._fault(f, addresses[n], row_ids[n], value)) for n, value in read.faults]
            faults += [
                (n, order, finding) for n, finding in covered_figures(self.covered, f, addresses, row_ids, self.place)
            ]
        faults += doubted(self.doubts, self.place, numbers, row_ids, slots)
        if "kode" in columns:
            columns["level"] = [level_of(str(kode)) if kode else None for kode in columns["kode"]]
        faults += [
            (n, len(slots), self._lost(numbers[n], row_ids[n], label)) for n, label in self._unowned(columns, slots)
        ]
        self.into.findings.extend(finding for *_, finding in sorted(faults, key=lambda fault: fault[:2]))
        self._add_kept(columns, len(numbers))

    def _identity(self, row_ids: list[str], numbers: Sequence[int]) -> dict[str, Sequence[object]]:
        s, count = self.source, len(numbers)
        said = {"pengajuan_id": s.pengajuan_id, "tahun": s.tahun, "triwulan": s.triwulan, "lembar": self.grid.sheet}
        owner = {"kode_skpd": s.kode_skpd} if s.kode_skpd else {}
        same: dict[str, Sequence[object]] = {name: [value] * count for name, value in {**said, **owner}.items()}
        return {"row_id": row_ids, "baris": numbers, **same}

    def _add_origins(self, f: Field, row_ids: Sequence[str], addresses: Sequence[str], filled: Sequence[bool]) -> None:
        count = sum(filled)
        columns: dict[str, Sequence[object]] = {
            "row_id": list(compress(row_ids, filled)),
            "kolom": [f.name] * count,
            "pengajuan_id": [self.source.pengajuan_id] * count,
            "lembar": [self.grid.sheet] * count,
            "sel": list(compress(addresses, filled)),
        }
        self.into.add_rows(ORIGINS.name, count, columns)

    def _fault(self, f: Field, at: str, row_id: str, value: Value) -> Finding:
        place = replace(self.place, sel=at, row_id=row_id)
        return make_finding(value.kode or "", place, value.shown, kolom=f.label, **value.words)

    def _lost(self, number: int, row_id: str, label: str) -> Finding:
        place = replace(self.place, sel=address(number, 1), row_id=row_id)
        return make_finding("BCA-014", place, kolom=label, baris=number)

    def _unowned(self, columns: Mapping[str, Sequence[object]], slots: Sequence[Slot]) -> Iterator[tuple[int, str]]:
        """Rows that do not say whose they are: without their key, or with figures but without their code."""
        needed = _required_columns(self.layout.table)
        keys = [f for f, _, _ in slots if f.name in needed]
        owner = next((f for f, _, _ in slots if f.kind == "code" and f.required and f not in keys), None)
        for n in range(len(columns["row_id"])):
            lost = next((f for f in keys if columns[f.name][n] is None), None)
            if lost is None and owner and columns[owner.name][n] is None:
                lost = owner if any(is_number(cells[n]) for _, cells, _ in slots) else None
            if lost:
                yield n, lost.label

    def _add_kept(self, columns: dict[str, Sequence[object]], count: int) -> None:
        """Keep the rows that have what their table cannot do without; row or column, what lacks has had its finding."""
        for f in self.layout.fields:
            columns.update({name: [value] * count for name, value in blank(f).items() if name not in columns})
        needed = [columns[name] for name in _required_columns(self.layout.table)]
        keep = [all(value is not None for value in row) for row in zip(*needed, strict=True)]
        kept = columns if all(keep) else {name: list(compress(values, keep)) for name, values in columns.items()}
        self.into.add_rows(self.layout.table, sum(keep), kept)


def _is_filled(cell: Cell) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


@cache
def _required_columns(table: str) -> frozenset[str]:
    return frozenset(c.name for c in TABLES[table].columns if not c.null)
