"""An .xlsx or .xlsm in full: values, formulas, merges, hidden parts, percentages. Macros are neither read nor run."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date, datetime, time, timedelta
from math import inf, isfinite

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils.datetime import from_ISO8601

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import broken
from pipelines.stores.workbooks.escapes import unescape
from pipelines.stores.workbooks.faces import Run, seen_cell
from pipelines.stores.workbooks.number_formats import as_shown
from pipelines.stores.workbooks.parts import (
    Package,
    SheetPart,
    read_package,
    row_column,
    whole_number,
)
from pipelines.stores.workbooks.sax import parse, without_ghosts
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from pipelines.stores.workbooks.texts import TextCollector
from schemas.workbook import Cell, Grid, address

_TRUE = ("1", "true")
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?\s*", re.ASCII)
_MAX_MOVED = 2_000_000
"""Letters of shared formulas that are moved to their cells, of one sheet."""


def read_xlsx(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name, in the order of the workbook."""
    budget = Budget()
    with open_archive(content) as archive:
        package = read_package(archive)
        chosen = [sheet for sheet in package.sheets if wanted is None or sheet.name in wanted]
        return {sheet.name: _read_sheet(archive.read(sheet.part), sheet, package, budget) for sheet in chosen}


def _read_sheet(xml: bytes, sheet: SheetPart, package: Package, budget: Budget) -> Grid:
    builder = SheetBuilder(sheet.name, budget, sheet.hidden)
    parse(without_ghosts(xml), _Sheet(builder, package))
    return builder.grid()


class _Sheet(TextCollector):
    """Listens to a worksheet part. A cell or row without an address stands after the one before it."""

    def __init__(self, builder: SheetBuilder, package: Package) -> None:
        super().__init__()
        self.builder, self.package = builder, package
        self.row = self.column = 0
        self.cell: Mapping[str, str] | None = None
        self.formula_of: Mapping[str, str] | None = None
        self.value: str | None = None
        self.formula: str | None = None
        self.inline: tuple[Run, ...] = ()
        self.shared: dict[str, tuple[str, str]] = {}
        self.translators: dict[str, Translator | None] = {}
        self.letters_left = _MAX_MOVED
        self.begin = {"row": self._row, "c": self._cell, "mergeCell": self._merge, "col": self._columns}
        self.begin["sheetView"] = self._view

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, cell, value, formula, merged range or group of columns begins."""
        if begin := self.begin.get(name):
            begin(attributes)
        elif self.cell is None:
            return
        elif name in ("v", "f"):
            self.wanted = True
            if name == "f":
                self.formula_of = attributes
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends; the end of a cell puts it on the sheet."""
        if self.cell is None:
            return
        if name == "v":
            held = self.take()
            self.wanted, self.value = False, held if self.value is None else self.value
        elif name == "f":
            self.wanted, self.formula = False, self.take()
        elif name == "is":
            self.value, self.inline = self.take(), self.take_runs()
        elif name == "c":
            self._put(self.cell)
            self.cell = self.formula_of = self.value = self.formula = None
            self.inline = ()
        else:
            super().end(name)

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row = whole_number(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        if attributes.get("hidden") in _TRUE:
            self.builder.hide_rows(self.row, self.row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        if ref := attributes.get("r"):
            self.row, self.column = row_column(ref)
        else:
            self.column += 1
        self.cell = attributes

    def _view(self, attributes: Mapping[str, str]) -> None:
        self.builder.shows_zeros = attributes.get("showZeros", "1") in _TRUE

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        if last:
            self.builder.merge(*row_column(first), *row_column(last))

    def _columns(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first = int(attributes.get("min", 0))
            self.builder.hide_columns(first, int(attributes.get("max", first)))

    def _put(self, cell: Mapping[str, str]) -> None:
        of_type, style = cell.get("t", "n"), cell.get("s")
        number_format, face = self.package.styles.format(style), self.package.styles.face(style)
        value, doubt = seen_cell(self._value(of_type, number_format.kind), self._runs(of_type), face)
        formula = None if self.formula_of is None else self._formula(self.formula_of)
        if formula is not None and self._is_uncached(cell.get("t"), value):
            self.builder.leave_uncached(self.row, self.column)
            value = None
        self.builder.put(self.row, self.column, value, formula, number_format=number_format, doubt=doubt)

    def _runs(self, of_type: str) -> tuple[Run, ...]:
        """The pieces of a text of several looks."""
        if of_type == "s" and self.package.rich and self.value:
            return self.package.rich.get(whole_number(self.value.strip()), ())
        return self.inline

    def _is_uncached(self, of_type: str | None, value: Cell) -> bool:
        """A formula without value; a zero counts as none where the file itself says that it was never calculated."""
        empty_text = of_type == "str" and self.value is not None
        never_calculated = self.package.recalculates and value == 0 and of_type != "b"
        return (self.value in (None, "") and not empty_text) or never_calculated

    def _value(self, of_type: str, kind: str) -> Cell:
        raw = self.value
        if raw is None or raw == "":
            return None
        if of_type in ("inlineStr", "str"):
            return raw
        if of_type not in _TYPED:
            raise broken(f"jenis sel {of_type!r} tidak dikenal")
        return _TYPED[of_type](raw, kind, self.package)

    def _formula(self, attributes: Mapping[str, str]) -> str | None:
        """The formula of this very cell: a shared one is moved from where it was written to here."""
        text, key = self.formula, attributes.get("si")
        here = address(self.row, self.column)
        if text and attributes.get("t") == "shared" and key is not None:
            self.shared[key] = text, here
        if text or key is None:
            return f"={text}" if text else None
        return self._moved(key, here)

    def _moved(self, key: str, here: str) -> str:
        """A shared formula as it reads here; `=` alone where nothing can be made of it, for a formula it remains."""
        text, origin = self.shared.get(key, ("", ""))
        self.letters_left -= len(text)
        if not text or self.letters_left < 0:
            return "="
        if key not in self.translators:
            self.translators[key] = _translator(f"={text}", origin)
        return _translate(self.translators[key], here)


def _translator(formula: str, origin: str) -> Translator | None:
    try:
        return Translator(formula, origin)
    except (TokenizerError, IndexError, ValueError):
        return None


def _translate(translator: Translator | None, here: str) -> str:
    try:
        return "=" if translator is None else str(translator.translate_formula(here))
    except (TranslatorError, ValueError):
        return "="


def _number(raw: str, kind: str, package: Package) -> Cell:
    """A number as a spreadsheet writes one; what Python would take for one beside that, or beyond all, is text."""
    number = float(raw) if _NUMBER.fullmatch(raw) else inf
    return as_shown(number, kind, mac=package.mac) if isfinite(number) else raw


def _shared_text(raw: str, _: str, package: Package) -> Cell:
    """The text a cell refers to; a reference to nothing means the file is broken, not that the cell is empty."""
    number = whole_number(raw.strip())
    if number >= len(package.texts):
        raise broken()
    return package.texts[number]


def _truth(raw: str, _: str, __: Package) -> Cell:
    """True or false; anything else is no truth value and stays the text it is."""
    told = raw.strip()
    return told in _TRUE if told in (*_TRUE, "0", "false") else raw


def _error(raw: str, _: str, __: Package) -> Cell:
    return raw if raw.startswith("#") else f"#{raw}"


def _iso_date(raw: str, _: str, __: Package) -> Cell:
    try:
        moment: date | datetime | time | timedelta = from_ISO8601(raw)
    except ValueError:
        return unescape(raw)
    return moment


_TYPED = {"s": _shared_text, "b": _truth, "e": _error, "d": _iso_date, "n": _number}
