"""Any workbook of an SKPD → its tables, their rows with the cell of every value, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipelines.extract.doubts import Doubts
from pipelines.extract.forms.actions import spans_actions, split_actions
from pipelines.extract.forms.averages import average_rows
from pipelines.extract.forms.body import Row, RowKind, read_body
from pipelines.extract.forms.columns import TEXTS, layout_label
from pipelines.extract.forms.confidence import judge, measures_something
from pipelines.extract.forms.context import Context, is_group_heading
from pipelines.extract.forms.documents import notice_accounts
from pipelines.extract.forms.headers import Header, find_headers
from pipelines.extract.forms.notices import EMPTY_TABLE, notice_doubts, notice_form, notice_table
from pipelines.extract.forms.periods import (
    MeasureRowBuilder,
    QuarterRowBuilder,
    targets_of_quarters,
    with_quarters_of_months,
)
from pipelines.extract.forms.records import Built, RecordBuilder
from pipelines.extract.forms.roles import Doubt, Roles, assign_roles
from pipelines.extract.forms.shape import find_shape
from pipelines.extract.forms.titles import (
    declare,
    find_scale,
    owner_of_table,
    read_titles,
    title_lines,
    with_units,
)
from pipelines.extract.forms.values import Cells
from pipelines.extract.forms.view import View
from pipelines.extract.sheets import Source
from pipelines.extract.zeros import settle_zeros
from schemas.finding import Finding, make_finding
from schemas.form_layout import FormLayout, find_layout
from schemas.reading import FormReading, FoundTable, LeftOut, Record
from schemas.vocabulary import CaraIsi
from schemas.workbook import Grid, address, column_letter

TITLE_ROWS = 12
"""A title stands at most this many rows above its table."""


def read_form(grids: Mapping[str, Grid], source: Source, layouts: Sequence[FormLayout] = ()) -> FormReading:
    """Read every sheet. Tables are found by their labels, or by a confirmed layout that carries the same ones.

    Nothing raises for what stands in a workbook: what cannot be read has a finding, what is left out a reason.
    """
    tables: list[FoundTable] = []
    rows: list[Record] = []
    left_out: list[LeftOut] = []
    findings: list[Finding] = []
    titles: list[tuple[View, int]] = []
    grids = settle_zeros(grids)
    for grid in grids.values():
        sheet = _SheetForm(grid, source, layouts, first_number=len(tables))
        titles.append((sheet.view, sheet.read()))
        tables += sheet.tables
        rows += sheet.rows
        left_out += sheet.left_out
        findings += sheet.findings
    rows, tables = targets_of_quarters(with_units(rows, tables), tables)
    findings += notice_form(grids, tables, source, any(f.kode == EMPTY_TABLE for f in findings))
    return FormReading(tuple(tables), tuple(rows), tuple(left_out), tuple(findings), declare(titles), tuple(grids))


class _SheetForm:
    """Reads the tables of one sheet."""

    def __init__(self, grid: Grid, source: Source, layouts: Sequence[FormLayout], first_number: int) -> None:
        self.view, self.source, self.layouts = View(grid), source, layouts
        self.place = source.place(grid.sheet)
        self.number = first_number
        self._before: tuple[Header, Context] | None = None
        self._titles: list[str] = []
        self.tables: list[FoundTable] = []
        self.rows: list[Record] = []
        self.left_out: list[LeftOut] = []
        self.findings: list[Finding] = []

    def read(self) -> int:
        """Read every table; gives the last row of the titles above the first."""
        headers = find_headers(self.view)
        last_title = headers[0].top - 1 if headers else min(self.view.height, TITLE_ROWS)
        self._titles = title_lines(self.view, last_title - TITLE_ROWS + 1, last_title)
        self._leave_titles(1, headers[0].top - 1 if headers else self.view.height)
        for header in headers:
            self._leave_header(header)
            self._read_table(header, _last_row(headers, header, self.view.height), self._lines_above(headers, header))
        return last_title

    def _lines_above(self, headers: Sequence[Header], header: Header) -> list[str]:
        """The titles of a table: what stands between the data of the one above it and its own header."""
        above = [h.bottom for h in headers if h.bottom < header.top]
        read = [t.last_data_row for t in self.tables if t.last_data_row < header.top]
        lines = title_lines(self.view, max(*above, *read, header.top - TITLE_ROWS - 1, 0) + 1, header.top - 1)
        return lines[-2:] if above else lines

    def _read_table(self, header: Header, last: int, lines: list[str]) -> None:
        sheet = self.view.grid.sheet
        confirmed = find_layout(self.layouts, [layout_label(p) for p in header.labels])
        known = confirmed[1].fields if confirmed else None
        titles = read_titles(lines, sheet, self._titles)
        roles = assign_roles(self.view, header, titles, known)
        body = list(read_body(self.view, header, roles, last))
        data = [row.number for row in body if row.kind is RowKind.DATA]
        if not data:
            self._leave(body)
            at = address(header.top, header.columns[0])
            self.findings.append(make_finding(EMPTY_TABLE, replace(self.place, sel=at), None, baris=header.top))
            return
        found: list[Finding] = []
        scale = find_scale([*lines, *self._unit_rows(body), *self._titles])
        figures = [c.number for c in roles.columns if c.field not in TEXTS]
        averages = average_rows(self.view, roles, header.bottom + 1, data)
        doubtful = Doubts(self.view.grid, header.rows, figures, averages)
        cells = Cells(self.view, self.place, found, scale, doubtful)
        built, orientation = self._build(cells, roles, header, body, data)
        built.records = self._with_owner(built.records, lines, roles)
        score, doubts = judge(self.view, header, roles, built.records, built.guessed)
        table = self._table(header, roles, data, orientation, lines, score, doubts)
        if confirmed:
            table = replace(table, layout=confirmed[0], cara_isi=confirmed[1].cara_isi or table.cara_isi)
        self.tables.append(table)
        if confirmed or measures_something(roles):
            self.rows += built.records
        else:
            self._leave(replace(row, kind=RowKind.UNMEASURED) for row in body if row.kind is RowKind.DATA)
        self.findings += [*found, *notice_table(self.view, self.place, table, built, body, roles)]
        self.findings += notice_doubts(doubtful, self.place, built.records)
        self.findings += notice_accounts(self.view, self.place, roles, body, built.records, titles.year)
        self._leave([row for row in body if row.kind is not RowKind.BANNER] + built.unused_banners)
        self.number += 1

    def _unit_rows(self, body: Iterable[Row]) -> list[str]:
        return [row.text for row in body if row.kind is RowKind.UNITS]

    def _build(self, cells: Cells, roles: Roles, header: Header, body: list[Row], data: list[int]) -> tuple[Built, str]:
        shape = find_shape(roles, _spans_names(self.view, roles, data))
        by_rows = roles.has("periode") and roles.has("target_periode", "realisasi_periode")
        kind = QuarterRowBuilder if by_rows else MeasureRowBuilder if roles.has("ukuran") else RecordBuilder
        builder = kind(cells, roles, shape, self.view.grid.sheet, self.number)
        self._begin(builder.context, header)
        built = builder.build(body)
        self._before = header, builder.context
        built.records = with_quarters_of_months(built.records)
        if spans_actions(self.view, roles, data):
            built.records = split_actions(built.records)
        if by_rows:
            return built, "quarter_as_rows"
        return built, "month_as_columns" if roles.has("target_bulan", "realisasi_bulan") else "quarter_as_columns"

    def _begin(self, context: Context, header: Header) -> None:
        """A header printed again goes on where it left off; headings of groups may stand above a header."""
        above, before = self._before or (None, None)
        first = above.bottom + 1 if above else max(1, header.top - TITLE_ROWS)
        if above and before and above.labels == header.labels:
            context.names.update(before.names)
        for row in range(first, header.top):
            filled = list(self.view.filled(row))
            if len(filled) == 1 and is_group_heading(filled[0][1]):
                context.banner(row)

    def _with_owner(self, records: list[Record], lines: list[str], roles: Roles) -> list[Record]:
        owner = None if roles.has("skpd") else owner_of_table(lines, self.view.grid.sheet)
        if owner is None:
            return records
        return [replace(r, fields={"skpd": owner, **r.fields}) for r in records]

    def _table(
        self,
        header: Header,
        roles: Roles,
        data: list[int],
        orientation: str,
        lines: list[str],
        score: float,
        doubts: tuple[Doubt, ...],
    ) -> FoundTable:
        columns: dict[str, str] = {}
        for column in roles.columns:
            key = column.field if column.period is None else f"{column.field} {column.period.number}"
            columns[key] = f"{columns[key]},{column.letter}" if key in columns else column.letter
        return FoundTable(
            sheet=self.view.grid.sheet,
            number=self.number,
            header_rows=header.rows,
            numbering_row=header.numbering[0] if header.numbering else None,
            first_data_row=data[0],
            last_data_row=data[-1],
            orientation=orientation,
            columns=columns,
            labels={column_letter(c): layout_label(header.paths[c]) for c in header.columns},
            score=score,
            unsure=tuple(doubt.words for doubt in doubts),
            undecided=tuple(dict.fromkeys(column_letter(c) for doubt in doubts for c in doubt.columns)),
            title=" / ".join(lines[-3:]) or None,
            cara_isi=_says_how(self.view, header, roles),
        )

    def _leave_titles(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            for line in title_lines(self.view, row, row):
                self.left_out.append(LeftOut(self.view.grid.sheet, row, "judul", line[:120]))

    def _leave_header(self, header: Header) -> None:
        sheet = self.view.grid.sheet
        self.left_out += [LeftOut(sheet, row, "baris judul kolom", "") for row in header.rows]
        self.left_out += [LeftOut(sheet, row, "baris nomor kolom", "") for row in header.numbering]

    def _leave(self, rows: Iterable[Row]) -> None:
        sheet = self.view.grid.sheet
        self.left_out += [LeftOut(sheet, r.number, str(r.kind), r.text) for r in rows if r.kind is not RowKind.DATA]


def _last_row(headers: Sequence[Header], header: Header, height: int) -> int:
    """The row above the next table in the same columns."""
    own = set(header.columns)
    return min((h.top - 1 for h in headers if h.top > header.bottom and own & set(h.columns)), default=height)


def _spans_names(view: View, roles: Roles, data: Iterable[int]) -> bool:
    """Whether the names of a mixed column are merged over several rows of indicators."""
    columns = roles.of("campuran")
    merges = {view.merge(row, columns[0].number) for row in data} if columns else set()
    tall = [m for m in merges if m[2] > m[0]]
    return len(tall) >= 2 or (bool(tall) and len(tall) * 2 >= len(merges))


def _says_how(view: View, header: Header, roles: Roles) -> CaraIsi | None:
    """What the quarters hold, where the form says so: `11 = 7+8+9+10` adds them up, `s.d. TW II` does not."""
    if any((c.period and c.period.until) or any("kumulatif" in p for p in c.path) for c in roles.columns if c.period):
        return CaraIsi.KUMULATIF
    numbered = (str(v) for row in header.numbering for _, v in view.filled(row))
    return CaraIsi.PER_TRIWULAN if any(text.count("+") >= 3 and "=" in text for text in numbered) else None
