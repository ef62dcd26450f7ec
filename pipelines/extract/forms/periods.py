"""Quarters as rows, months as columns: what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipelines.extract.forms.columns import Column
from pipelines.extract.forms.records import RecordBuilder
from pipelines.extract.forms.values import extra_of
from schemas.headings import find_period, fold_text
from schemas.labels import load_labels
from schemas.reading import FoundTable, Held, Record, Value
from schemas.workbook import Cell

_BY_ROW = {
    "target_periode": "target_tw",
    "realisasi_periode": "realisasi_tw",
    "realisasi_anggaran": "realisasi_anggaran_tw",
    "pagu": "anggaran_tw",
}
_AT_THE_END = {"target_periode": "target_tahunan", "realisasi_periode": "realisasi_tahunan"}


class QuarterRowBuilder(RecordBuilder):
    """Builds one record from the rows of each indicator: one row a quarter, perhaps one for the end of the year."""

    def _take(self, row: int, level: str | None) -> None:
        """A row with a name of its own begins a record; the rows below it add their quarters."""
        if not self.built.records or self._begins(row):
            self.built.records.append(self._opened(row, level))
        self._add_period(row, self.built.records[-1])

    def _begins(self, row: int) -> bool:
        """A row begins a record where its indicator has text of its own, not the same one repeated."""
        columns = self.roles.of("indikator") or self.roles.of("uraian") or self.roles.of("sasaran")
        value = self.cells.text(row, columns[0]) if columns else None
        if value is None or value.inherited:
            return False
        before = self.built.records[-1].fields.get(columns[0].field)
        repeated = isinstance(before, Value) and before.value == value.value
        return not (repeated and self._period(row) != 1)

    def _opened(self, row: int, level: str | None) -> Record:
        record = self._record(row, level)
        periodic = {*_BY_ROW, *_BY_ROW.values()}
        return replace(record, fields={k: v for k, v in record.fields.items() if k not in periodic})

    def _period(self, row: int) -> int | None:
        label = fold_text(self.cells.view.own(row, self.roles.of("periode")[0].number))
        period = find_period(label)
        return period.number if period and period.unit == "tw" else None

    def _add_period(self, row: int, record: Record) -> None:
        fields = record.fields
        assert isinstance(fields, dict)
        satuan = self._satuan(fields)
        quarter = self._period(row)
        label = fold_text(self.cells.view.own(row, self.roles.of("periode")[0].number))
        at_end = quarter is None and bool(load_labels().rows.kondisi_akhir.search(label))
        for column in self.figures:
            if column.field in _BY_ROW and (quarter is not None or at_end):
                self._add(fields, row, column, satuan, quarter)

    def _add(self, fields: dict[str, Held], row: int, column: Column, satuan: str | None, quarter: int | None) -> None:
        value = self.cells.figure(row, column, satuan)
        if quarter is None:
            name = _AT_THE_END.get(column.field)
            if name and value.kind != "missing":
                fields.setdefault(name, value)
            return
        held = fields.setdefault(_BY_ROW[column.field], {})
        if isinstance(held, dict):
            held.setdefault(str(quarter), value)


class MeasureRowBuilder(RecordBuilder):
    """Builds one record from two rows of each indicator, one of targets and one of realisasi, a column a quarter."""

    def _take(self, row: int, level: str | None) -> None:
        """A row with a name of its own begins a record; the next row of another measure adds to it."""
        measure = measure_of(self.cells.view.own(row, self.roles.of("ukuran")[0].number))
        indicator = self.cells.text(row, self.roles.of("indikator")[0])
        if not self.built.records or (indicator is not None and not indicator.inherited):
            record = self._record(row, level)
            kept = {k: v for k, v in record.fields.items() if k not in ("target_tw", "anggaran_tw", "nilai_tw")}
            self.built.records.append(replace(record, fields=kept))
        fields = self.built.records[-1].fields
        if measure is not None and isinstance(fields, dict):
            satuan = self._satuan(fields)
            figures = [c for c in self.figures if c.period is not None]
            fields[measure] = {str(c.period.number): self.cells.figure(row, c, satuan) for c in figures if c.period}


def measure_of(cell: Cell) -> str | None:
    """The field of a row that says which measure it holds: Target or Realisasi."""
    word = fold_text(cell).split(" ")[0]
    return {"target": "target_tw", "realisasi": "realisasi_tw"}.get(word)


def targets_of_quarters(rows: Sequence[Record], tables: Sequence[FoundTable]) -> tuple[list[Record], list[FoundTable]]:
    """One quarter a sheet, all with the same table: a bare target that differs between them is that of the quarter.

    A target that stays the same says nothing of the kind and remains the annual one.
    """
    quarter_of = {t.number: q for t in tables if (q := _only_quarter(t)) is not None}
    alike: dict[tuple[str, ...], dict[int, int]] = {}
    for table in tables:
        if table.number in quarter_of:
            alike.setdefault(tuple(table.labels.values()), {})[table.number] = quarter_of[table.number]
    groups = (g for g in alike.values() if len(set(g.values())) == len(g) > 1 and _differ(rows, g))
    changed = {number: quarter for group in groups for number, quarter in group.items()}
    return (
        [_with_target_of(r, changed[r.table]) if r.table in changed else r for r in rows],
        [replace(t, columns=_renamed(t.columns, changed[t.number])) if t.number in changed else t for t in tables],
    )


def _only_quarter(table: FoundTable) -> int | None:
    """The one quarter whose realisasi a table holds, its target bare."""
    quarters = [name.split(" ")[1] for name in table.columns if name.startswith(("realisasi_tw ", "target_tw "))]
    return int(quarters[0]) if len(quarters) == 1 and "target_tahunan" in table.columns else None


def _differ(rows: Sequence[Record], group: Mapping[int, int]) -> bool:
    """Whether an indicator has another target on another sheet."""
    targets: dict[object, set[object]] = {}
    for record in rows:
        name, target = (record.fields.get(f) for f in ("indikator", "target_tahunan"))
        if record.table in group and isinstance(name, Value) and isinstance(target, Value) and target.value is not None:
            targets.setdefault(fold_text(str(name.value)), set()).add(target.value)
    return any(len(found) > 1 for found in targets.values())


def _with_target_of(record: Record, quarter: int) -> Record:
    target = record.fields.get("target_tahunan")
    if not isinstance(target, Value):
        return record
    rest = {name: held for name, held in record.fields.items() if name != "target_tahunan"}
    return replace(record, fields={**rest, "target_tw": {str(quarter): target}})


def _renamed(columns: Mapping[str, str], quarter: int) -> dict[str, str]:
    return {f"target_tw {quarter}" if name == "target_tahunan" else name: c for name, c in columns.items()}


def with_quarters_of_months(records: Iterable[Record]) -> list[Record]:
    """Cumulative monthly targets also give the quarters: those of March, June, September and December.

    Whether they are cumulative is read off the figures of the whole table; where that is not plain, nothing is derived.
    """
    listed = list(records)
    if not _are_cumulative(listed):
        return listed
    return [_with_quarters(record) for record in listed]


def _months(record: Record) -> list[Decimal]:
    """The twelve monthly targets; nothing where one is missing or no figure."""
    held = record.fields.get("target_bulan")
    if not isinstance(held, dict):
        return []
    values = [held[str(m)].value for m in range(1, 13) if str(m) in held]
    figures = [v for v in values if isinstance(v, Decimal)]
    return figures if len(figures) == 12 else []


def _are_cumulative(records: Sequence[Record]) -> bool:
    """Never falling in any row, and December mostly meets the annual target."""
    rows = [(months, record) for record in records if (months := _months(record))]
    if not rows:
        return False
    rising = all(a <= b for months, _ in rows for a, b in pairwise(months))
    meets = sum(_annual(record) == months[11] for months, record in rows)
    return rising and meets * 2 > len(rows)


def _annual(record: Record) -> object:
    held = record.fields.get("target_tahunan")
    return held.value if isinstance(held, Value) else None


def _with_quarters(record: Record) -> Record:
    held = record.fields.get("target_bulan")
    if not isinstance(held, dict) or "target_tw" in record.fields:
        return record
    quarters = {
        str(q): extra_of(held[str(q * 3)], derived_from="bulan akhir triwulan")
        for q in range(1, 5)
        if str(q * 3) in held
    }
    return replace(record, fields={**record.fields, "target_tw": quarters})
