"""One cell of a form → a Value: what stood there, what it was read as, and the findings it deserves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pipelines.extract.doubts import RECALCULATED, UNKNOWN, Doubts
from pipelines.extract.figures import NOTES
from pipelines.extract.forms.columns import MONEY, Column
from pipelines.extract.forms.implausible import open_fractions, open_hundredfolds, open_percentages, open_thousands
from pipelines.extract.forms.view import View
from pipelines.extract.formulas import links_outside
from pipelines.extract.measures import Measured, read_measure
from pipelines.extract.numbers import is_error
from pipelines.extract.parts import read_scale
from pipelines.extract.readings import is_no_rupiah
from pipelines.extract.scales import SCALED, meant, question
from pipelines.numerals import format_exact
from schemas.finding import Finding, Place, make_finding
from schemas.reading import Held, Value
from schemas.units import is_rupiah, split_multiplier
from schemas.workbook import Cell, address

_DASHES = frozenset({"-", "–", "—"})
_LINKED = "BCA-035"
"""A value that comes from another workbook."""
_NUMERIC = "BCA-062"
"""A code that is a number of no fixed digits, or a date."""
_HUNDREDFOLD = "BCA-060"
"""A fraction among percentages."""
_PART = "BCA-064"
"""A part of what is counted one by one."""
_NO_RUPIAH = "BCA-063"
"""A percentage in a column of rupiah."""


@dataclass(frozen=True)
class Cells:
    """Reads the cells of one table; `scale` is what its money is multiplied by (1000 where the sheet is in ribuan)."""

    view: View
    place: Place
    findings: list[Finding]
    scale: Decimal | None
    doubts: Doubts
    asked: set[str] = field(default_factory=set)

    def text(self, row: int, column: Column) -> Value | None:
        """The text of a cell, or of the merged cell it belongs to; None where nothing stands, or but a dash."""
        value = self.text_or_dash(row, column)
        return None if value is None or value.value is None else value

    def text_or_dash(self, row: int, column: Column) -> Value | None:
        """The same, but a dash is a value that is missing. A name merged across the row is its first column's alone."""
        top, left, _, _ = self.view.merge(row, column.number)
        raw = self.view.own(top, left)
        if raw is None or left != column.number:
            return None
        if isinstance(raw, str) and ((bare := raw.strip()) in _DASHES or is_error(bare)):
            return Value(address(top, left), raw, None, "missing")
        text = raw if isinstance(raw, str) else self.view.grid.shown.get(address(top, left)) or _plain(raw)
        merged = (top, left) != (row, column.number) and top != row
        return Value(address(top, left), raw, text, "text", merged, "merged" if merged else None)

    def figure(self, row: int, column: Column, satuan: str | None) -> Value:
        """The figure of a cell; one merged with it is inherited, and its finding is told once, at its first cell."""
        top, left = self._owner(row, column)
        at = address(top, left)
        measured, raw = self._measured(at, top, left, column, satuan)
        inherited = (top, left) != (row, column.number)
        if measured.kode and not inherited:
            place = replace(self.place, sel=at)
            shown = self.view.own(top, left) if measured.kode == _LINKED else raw
            self.findings.append(
                make_finding(measured.kode, place, shown, kolom=" > ".join(column.path), **measured.words)
            )
        return Value(at, raw, measured.value, measured.kind, inherited, "merged" if inherited else None, measured.extra)

    def part(self, value: Value, text: str, column: Column, satuan: str | None) -> Value:
        """One quarter's part of a cell that holds several."""
        measured = read_measure(text, percent=False, satuan=satuan, money=column.field in MONEY)
        if measured.kode and not value.inherited:
            place = replace(self.place, sel=value.cell)
            self.findings.append(
                make_finding(measured.kode, place, text, kolom=" > ".join(column.path), **measured.words)
            )
        return replace(value, raw=text, value=measured.value, kind=measured.kind, extra=measured.extra)

    def ask_implausible(self, fields: dict[str, Held]) -> None:
        """Take from a row the figures that do not fit those beside them, and tell of each once."""
        self._ask_thousands(fields)
        hundred, per_hundred = Decimal(100), Decimal("0.01")
        opened = [
            *((_HUNDREDFOLD, v, "kecil", hundred) for v in open_fractions(fields)),
            *((_HUNDREDFOLD, v, "besar", per_hundred) for v in open_hundredfolds(fields)),
            *((_NO_RUPIAH, v, "", hundred) for v in open_percentages(fields)),
        ]
        for kode, value, arah, factor in opened:
            if isinstance(value.value, Decimal) and not value.inherited:
                words = {"arah": arah, "lain": format_exact(value.value * factor), "dibaca": format_exact(value.value)}
                self.findings.append(make_finding(kode, replace(self.place, sel=value.cell), words["dibaca"], **words))

    def _ask_thousands(self, fields: dict[str, Held]) -> None:
        satuan = fields.get("satuan")
        for value in open_thousands(fields, self.view.grid.scales):
            if isinstance(satuan, Value) and isinstance(value.value, Decimal) and not value.inherited:
                words = {"satuan": " ".join(str(satuan.value).split()), "arti_desimal": format_exact(value.value)}
                words["arti_ribuan"] = format_exact(value.value * 1000)
                self.findings.append(make_finding(_PART, replace(self.place, sel=value.cell), value.raw, **words))

    def ask_code(self, at: str, raw: Cell, text: str) -> None:
        """Tell once of a code kept as a number, of which a last zero may be gone, or as a date."""
        if at not in self.asked:
            self.asked.add(at)
            self.findings.append(make_finding(_NUMERIC, replace(self.place, sel=at), raw, dibaca=text))

    def measured(self, row: int, column: Column, satuan: str | None) -> Measured:
        """What the cell was read as, without its findings."""
        top, left = self._owner(row, column)
        return self._measured(address(top, left), top, left, column, satuan)[0]

    def _owner(self, row: int, column: Column) -> tuple[int, int]:
        """The cell whose figure stands here; a name merged across the row is no figure of the columns it covers.

        A figure merged over several columns may be that of any of them.
        """
        top, left, _, _ = self.view.merge(row, column.number)
        mine = left == column.number or self.doubts.is_spread(address(top, left))
        return (top, left) if mine else (row, column.number)

    def _measured(
        self, at: str, row: int, column_number: int, column: Column, satuan: str | None
    ) -> tuple[Measured, Cell]:
        grid = self.view.grid
        cell, formula = grid.value(row, column_number), grid.formulas.get(at)
        if self.view.merge(row, column_number)[:2] != (row, column_number):
            cell = None
        doubt = self.doubts.at(row, column_number)
        if doubt is not None and doubt.asked and (cell is not None or formula):
            return Measured("text_unparsed", kode=doubt.kode, words=doubt.words), formula or cell
        measured, raw = self._plainly(at, cell, formula, column, satuan)
        if doubt is not None and not doubt.asked and measured.kode in NOTES:
            measured = replace(measured, kode=doubt.kode, words={**measured.words, **doubt.words})
        return measured, raw

    def _plainly(
        self, at: str, cell: Cell, formula: str | None, column: Column, satuan: str | None
    ) -> tuple[Measured, Cell]:
        """The figure of a cell as it stands there."""
        grid = self.view.grid
        percent = at in grid.percent and column.field not in MONEY
        if column.field == "persen_kumulatif_tw":
            return _share(cell, at in grid.percent, bool(formula)), formula or cell
        if formula and at in grid.uncached:
            return self._recomputed(at, formula, column, satuan), formula
        measured = read_measure(cell, percent=percent, satuan=satuan, money=column.field in MONEY)
        measured = self._scaled(_without_remark(measured), at, cell, column, satuan)
        if formula and measured.kind in ("number", "percent_native"):
            measured = replace(measured, kind="formula_cached")
        if formula and links_outside(formula) and not measured.kode:
            measured = replace(measured, kode=_LINKED, words={"rumus": formula})
        return measured, formula or cell

    def _scaled(self, measured: Measured, at: str, cell: Cell, column: Column, satuan: str | None) -> Measured:
        """Money in rupiah: a heading (`Rp. (000)`) says what it is counted in, else the titles of the sheet do.

        A format that shows less than the cell holds is held against the same words, or against those of the unit.
        """
        if not isinstance(measured.value, Decimal):
            return measured
        cut, of_unit = self.view.grid.scales.get(at), split_multiplier(satuan)[0]
        said = next((s for label in column.path if (s := read_scale(label))), None)
        if said is None and (column.field in MONEY or is_rupiah(satuan)):
            said = self.scale
        if cut is not None:
            of_unit = None if column.field in MONEY else of_unit
            full = meant(measured.value, cut, cell, of_unit or said)
            if full is None:
                words = question(measured.value, cut, cell, of_unit or said)
                return Measured("text_unparsed", kode=SCALED, words=words)
            return replace(measured, value=full / (of_unit or 1))
        if column.field not in MONEY:
            return measured
        if said is None:
            return Measured("text_unparsed", kode=_NO_RUPIAH) if is_no_rupiah(measured.value) else measured
        return replace(measured, value=measured.value * said, extra={**measured.extra, "skala": said})

    def _recomputed(self, at: str, formula: str, column: Column, satuan: str | None) -> Measured:
        """A formula without a stored value: worked out where it is simple arithmetic over known cells, else asked."""
        value = self.view.recalculated.get(at)
        if value is None:
            return Measured("formula_no_cache", None, kode=UNKNOWN, words={"rumus": formula})
        if isinstance(value, str):
            return Measured("missing", None)
        percent = at in self.view.grid.percent and column.field not in MONEY
        read = read_measure(value, percent=percent, satuan=satuan, money=column.field in MONEY)
        read = self._scaled(read, at, None, column, satuan)
        if read.kode == SCALED:
            return read
        shown = read.value if isinstance(read.value, Decimal) else value
        words = {"rumus": formula, "dibaca": format_exact(shown)}
        return replace(read, kind="formula_no_cache", kode=RECALCULATED, words=words)


def _without_remark(measured: Measured) -> Measured:
    """In a form of its own an SKPD may write `3,25 poin` or `Rp 1.000,-`; that it is text is no fault."""
    return replace(measured, kode=None) if measured.kode == "BCA-004" and measured.kind != "text_number" else measured


def _share(cell: Cell, percent: bool, computed: bool) -> Measured:
    """A share of the year beside the figures: kept as it stands, with the scale it is in."""
    scale = {"scale": "fraction"} if percent else {}
    if cell is None or cell == "":
        return Measured("missing", None, extra=scale)
    read = read_measure(cell, percent=False)
    kind = "formula_cached" if computed and read.kind == "number" else read.kind
    return replace(read, kind=kind, extra={**read.extra, **scale}, kode=None)


def _plain(raw: Cell) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def extra_of(value: Value, **more: Decimal | str) -> Value:
    """The same value with more told about it."""
    joined: Mapping[str, Decimal | str] = {**value.extra, **more}
    return replace(value, extra=joined)
