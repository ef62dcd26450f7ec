"""Rows of data → records: names with what they inherit, figures with their cells, and the level of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.extract.forms.body import Row, RowKind
from pipelines.extract.forms.codes import row_account, row_code
from pipelines.extract.forms.columns import MONEY, NAMES, TEXTS, Column
from pipelines.extract.forms.context import Context
from pipelines.extract.forms.levels import EXTRA_INDICATOR, Named, assign_levels, leading_code, summed_rows, word_level
from pipelines.extract.forms.names import NUMBERED, take_target_in_brackets, unit_in_brackets, without_number
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.shape import Shape, level_of_row
from pipelines.extract.forms.values import Cells
from pipelines.extract.parts import split_quarters
from schemas.headings import fold_text
from schemas.reading import Held, Record, Value
from schemas.workbook import address

_NAMED_LEVELS = ("skpd", "urusan", "bidang_urusan", "program", "kegiatan", "sub_kegiatan")
_ACTION_NAMES = ("rencana_aksi", "sub_rencana_aksi")
"""Names whose dash is worth telling: an action without sub actions."""


@dataclass
class Built:
    """The records of a table, the banner rows that named nothing, and the rows whose level was only judged by kind."""

    records: list[Record] = field(default_factory=list)
    unused_banners: list[Row] = field(default_factory=list)
    guessed: frozenset[int] = frozenset()


class RecordBuilder:
    """Builds the records of one table whose quarters, if any, are columns."""

    def __init__(self, cells: Cells, roles: Roles, shape: Shape, sheet: str, table: int) -> None:
        self.cells, self.roles, self.shape = cells, roles, shape
        self.sheet, self.table = sheet, table
        self.context = Context(cells, roles)
        self.figures = [c for c in roles.columns if c.field not in TEXTS]
        self.built = Built()

    def build(self, rows: Sequence[Row]) -> Built:
        """Every data row in order; banners on the way name the rows below them."""
        levels: dict[int, str] = {}
        if self.shape.mixed:
            levels, self.built.guessed = assign_levels([self._named(r) for r in rows if r.kind is RowKind.DATA])
        for row in rows:
            if row.kind is RowKind.BANNER:
                if not self.context.banner(row.number):
                    self.built.unused_banners.append(row)
            elif row.kind is RowKind.DATA:
                self._take(row.number, levels.get(row.number))
        return self.built

    def _take(self, row: int, level: str | None) -> None:
        """One row is one record."""
        self.built.records.append(self._record(row, level))

    def _named(self, row: Row) -> Named:
        column = self.roles.of("campuran")[0]
        value = self.cells.text(row.number, column)
        own = value is not None and not value.inherited
        kode = row_code(self.cells, self.roles, row.number)
        formulas = [f for c in self.figures if c.field in MONEY and (f := self._formula(row.number, c))]
        return Named(
            row=row.number,
            name=str(value.value) if own and value else "",
            kode=str(kode.value) if kode else None,
            indikator=self._plain(row.number, "indikator"),
            satuan=self._plain(row.number, "satuan"),
            sums=summed_rows(formulas),
        )

    def _formula(self, row: int, column: Column) -> str | None:
        return self.cells.view.grid.formulas.get(address(row, column.number))

    def _plain(self, row: int, name: str) -> str:
        columns = self.roles.of(name)
        value = self.cells.text(row, columns[0]) if columns else None
        return str(value.value) if value else ""

    def _record(self, row: int, level: str | None) -> Record:
        fields: dict[str, Held] = {}
        level = self._names(row, level, fields)
        self._other_texts(row, fields)
        satuan = self._satuan(fields)
        for column in self.figures:
            self._put(fields, column, self.cells.figure(row, column, satuan))
        self._unit_beside(row, fields)
        self._quarters_in_one_cell(fields)
        take_target_in_brackets(fields)
        self.cells.ask_implausible(fields)
        hidden = row in self.cells.view.grid.hidden_rows
        return Record(self.sheet, row, level, self.table, fields, hidden)

    def _names(self, row: int, level: str | None, fields: dict[str, Held]) -> str:
        """Own, merged or inherited names; a mixed column's name goes to the field of its level."""
        kode = row_code(self.cells, self.roles, row)
        if kode:
            fields["kode"] = kode
        if account := row_account(self.cells, self.roles, row):
            fields["kode_rekening"] = account
        for column in self.roles.columns:
            if column.field == "campuran":
                level = self._mixed_name(row, column, level, fields)
            elif column.field in (*NAMES, "skpd", *self.shape.details) and column == self._of_row(row, column.field):
                self._name(row, column, fields)
        self._banner_names(fields)
        level = level or level_of_row(self.shape, fields)
        if level in _NAMED_LEVELS and "uraian" in fields:
            fields[level] = fields.pop("uraian")
        return level

    def _of_row(self, row: int, name: str) -> Column:
        """Of columns in a staircase the one this row fills."""
        columns = self.roles.of(name)
        return next((c for c in columns if self.cells.view.own(row, c.number) is not None), columns[0])

    def _mixed_name(self, row: int, column: Column, level: str | None, fields: dict[str, Held]) -> str | None:
        value = self.cells.text(row, column)
        if self.shape.goals:
            return self._goal_or_program(value, fields)
        if not self.shape.mixed:
            plain = word_level(str(value.value)) if value and not value.inherited else None
            if value and plain:
                fields[plain] = value
            return None
        if value and not value.inherited and level and level != EXTRA_INDICATOR:
            fields[level] = value
            if level in ("skpd", "program", "kegiatan", "sub_kegiatan"):
                self.context.start(level, value)
            self._code_in_name(value, fields)
        elif value and value.inherited and level == EXTRA_INDICATOR and self.shape.indicator_rows:
            fields["program"] = value
            return "program_indikator"
        return self._indicator_level(level)

    def _code_in_name(self, value: Value, fields: dict[str, Held]) -> None:
        code = leading_code(str(value.raw))
        if code and "kode" not in fields:
            fields["kode"] = replace(value, value=code, kind="code_inside_name")

    def _indicator_level(self, level: str | None) -> str | None:
        """A table that lists programmes by their indicators, a row each, is one of indicators."""
        return "program_indikator" if self.shape.indicator_rows and level in ("program", EXTRA_INDICATOR) else level

    def _goal_or_program(self, value: Value | None, fields: dict[str, Held]) -> str:
        """A column of sasaran among which programmes stand: a programme belongs to the sasaran above it."""
        if value and not value.inherited:
            name = "program" if fold_text(value.raw).startswith("program") else "sasaran"
            self.context.start(name, value)
            fields[name] = value
        for name in ("sasaran", "program"):
            if name not in fields and (kept := self.context.inherited(name)):
                fields[name] = kept
        return "program_indikator" if "program" in fields else "sasaran_indikator"

    def _name(self, row: int, column: Column, fields: dict[str, Held]) -> None:
        name = column.field
        value = self.cells.text_or_dash(row, column) if name in _ACTION_NAMES else self.cells.text(row, column)
        if value is not None:
            value, code = without_number(value) if name in NUMBERED else (value, None)
            fields[name] = value
            if code and name == "indikator":
                fields.setdefault("kode", code)
            if name in self.shape.inheriting and not value.inherited:
                self.context.start(name, value)
        elif self.cells.view.own(row, column.number) is None and (kept := self._kept(name)):
            fields[name] = kept

    def _kept(self, name: str) -> Value | None:
        return self.context.inherited(name) if name in self.shape.inheriting else None

    def _banner_names(self, fields: dict[str, Held]) -> None:
        for name in ("skpd", "tujuan", "sasaran", "program", "kegiatan"):
            kept = self.context.names.get(name)
            if kept and kept.kind == "banner_row" and name not in fields:
                fields[name] = self.context.inherited(name) or kept

    def _other_texts(self, row: int, fields: dict[str, Held]) -> None:
        done = {*NAMES, "campuran", "skpd", "kode", "no", "periode", *self.shape.details}
        for column in self.roles.columns:
            if column.field in TEXTS and column.field not in done and column.field not in fields:
                value = self.cells.text(row, column)
                if value is not None:
                    fields[column.field] = value

    def _satuan(self, fields: dict[str, Held]) -> str | None:
        held = fields.get("satuan")
        return str(held.value) if isinstance(held, Value) else None

    def _put(self, fields: dict[str, Held], column: Column, value: Value) -> None:
        if column.period is None:
            fields.setdefault(column.field, value)
            return
        held = fields.setdefault(column.field, {})
        if isinstance(held, dict):
            held[str(column.period.number)] = value

    def _unit_beside(self, row: int, fields: dict[str, Held]) -> None:
        """Without a satuan column the unit stands beside the figure (`0,9 Angka`), or in brackets by the indicator."""
        if "satuan" in fields:
            return
        indikator = fields.get("indikator")
        if isinstance(indikator, Value) and not self.roles.has("satuan") and (unit := unit_in_brackets(indikator)):
            fields["satuan"] = unit
        for column in (c for c in self.figures if c.field in ("target_tahunan", "target_tw", "realisasi_tahunan")):
            satuan = self.cells.measured(row, column, None).satuan
            if satuan and "satuan" not in fields:
                at = self.cells.view.merge(row, column.number)
                raw = self.cells.view.own(at[0], at[1])
                fields["satuan"] = Value(address(at[0], at[1]), raw, satuan, "unit_inside_target")

    def _quarters_in_one_cell(self, fields: dict[str, Held]) -> None:
        """`Trw (1) = 2`, line by line in one cell: each quarter keeps the address of that cell."""
        for column in (c for c in self.figures if c.period is None):
            value = fields.get(column.field)
            name = _QUARTERED.get(column.field)
            if (
                name
                and isinstance(value, Value)
                and isinstance(value.raw, str)
                and (parts := split_quarters(value.raw))
            ):
                fields.pop(column.field)
                fields[name] = {
                    str(q): self.cells.part(value, text, column, self._satuan(fields))
                    for q, text in sorted(parts.items())
                }


_QUARTERED = {
    "target_tahunan": "target_tw",
    "target_periode": "target_tw",
    "realisasi_tahunan": "realisasi_tw",
    "realisasi_periode": "realisasi_tw",
    "realisasi_anggaran": "realisasi_anggaran_tw",
    "pagu": "anggaran_tw",
}


def iter_figures(record: Record) -> Iterator[Value]:
    """Every value of a record, quarters and lists included."""
    for held in record.fields.values():
        if isinstance(held, Value):
            yield held
        elif isinstance(held, dict):
            yield from held.values()
