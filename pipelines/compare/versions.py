"""Two versions of a workbook, and what was found in each → what was mended, what is still wrong, what else changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from pipelines.compare.rows import pair_rows
from pipelines.numerals import format_exact
from schemas.correction import IN_FORCE
from schemas.finding import Finding
from schemas.returned import Change, Nasib
from schemas.vocabulary import Tingkat
from schemas.workbook import Cell, Grid, address

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_SAID_ALIKE = re.compile(r"\s+|_xlfn\.|_xlws\.")
_LONGEST = 300

Spot = tuple[int, int]


@dataclass
class _Told:
    """The errors and warnings of one version, by sheet and cell; those about no cell by sheet and code.

    `corrected`: the cells whose value the ledger replaces, which the SKPD is asked to write into its next workbook.
    """

    cells: dict[str, dict[Spot, list[Finding]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    corrected: dict[str, dict[Spot, Finding]] = field(default_factory=lambda: defaultdict(dict))
    others: dict[tuple[str | None, str], Finding] = field(default_factory=dict)


def compare_versions(
    old: Mapping[str, Grid], new: Mapping[str, Grid], before: Iterable[Finding], after: Iterable[Finding]
) -> list[Change]:
    """Every cell that had a finding, or holds something else than before, by sheet and place; then what has no cell.

    Notes ask for nothing and are left out, but that of a correction: a cell that has one was asked for when it changed.
    A formula that is the same has not changed when its value has.
    """
    asked, found = _tell(before), _tell(after)
    names = dict.fromkeys((*new, *old))
    changes = [change for n in names for change in _sheet(n, old.get(n), new.get(n), asked, found)]
    return [*changes, *_without_cell(asked, found)]


def _tell(findings: Iterable[Finding]) -> _Told:
    told = _Told()
    for f in findings:
        spot = _spot(f.sel)
        if f.kode == IN_FORCE and f.lembar and spot:
            told.corrected[f.lembar][spot] = f
        if f.tingkat == Tingkat.NOTE:
            continue
        if f.lembar and spot:
            told.cells[f.lembar][spot].append(f)
        else:
            told.others.setdefault((f.lembar, f.kode), f)
    return told


def _spot(sel: str | None) -> Spot | None:
    found = _ADDRESS.match(sel or "")
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _sheet(name: str, old: Grid | None, new: Grid | None, asked: _Told, found: _Told) -> Iterator[Change]:
    was, now = old or Grid(name, ()), new or Grid(name, ())
    at_fault, faulty = asked.cells.get(name, {}), found.cells.get(name, {})
    beyond = {row for row, _ in at_fault if row > len(was.rows)}
    for before, after in (*pair_rows(was, now), *((row, row) for row in sorted(beyond))):
        told = {c: found for (r, c), found in at_fault.items() if r == before}
        columns = range(1, max(_width(was, before), _width(now, after), *told, 0) + 1)
        pairs = {c: (_Place(was, before, c), _Place(now, after, c)) for c in columns}
        replaced = {c: [f] for (r, c), f in asked.corrected.get(name, {}).items() if r == before and c not in told}
        written = {c: f for c, f in replaced.items() if c in pairs and not pairs[c][0].is_alike(pairs[c][1])}
        unasked = Nasib.IKUT if told or written else Nasib.BERUBAH
        for c, pair in pairs.items():
            change = _cell(*pair, told.get(c, ()), faulty.get((after, c), ()) if after else (), unasked)
            if change is not None:
                yield replace(change, temuan_lama=_said(written[c])) if c in written else change


def _width(grid: Grid, row: int | None) -> int:
    return len(grid.rows[row - 1]) if row and row <= len(grid.rows) else 0


@dataclass(frozen=True)
class _Place:
    """A cell of one version; a row that version lacks has none."""

    grid: Grid
    row: int | None
    column: int

    @property
    def value(self) -> Cell:
        """What stands there, a text without the spaces around it and an empty one as nothing."""
        value = None if self.row is None else self.grid.value(self.row, self.column)
        return (value.strip() or None) if isinstance(value, str) else value

    @property
    def address(self) -> str | None:
        return None if self.row is None else address(self.row, self.column)

    @property
    def formula(self) -> str | None:
        return None if self.address is None else self.grid.formulas.get(self.address)

    def is_alike(self, other: _Place) -> bool:
        """Whether the same stands in both: the same formula, or the same value typed."""
        mine, theirs = self.formula, other.formula
        if mine is not None and theirs is not None:
            return _folded(mine) == _folded(theirs)
        return mine is None and theirs is None and self.value == other.value

    def shown(self) -> str | None:
        """The value as people write it, a formula behind it."""
        text = _text(self.value)
        return text if self.formula is None else f"{text or ''} ({self.formula})".strip()


def _folded(formula: str) -> str:
    return _SAID_ALIKE.sub("", formula).upper()


def _cell(
    old: _Place, new: _Place, before: Sequence[Finding], after: Sequence[Finding], unasked: Nasib
) -> Change | None:
    if not before and old.is_alike(new):
        return None
    if before and after:
        nasib = Nasib.MASIH_SALAH
    elif before:
        nasib = Nasib.LEPAS if old.shown() == new.shown() else Nasib.DIPERBAIKI
    else:
        nasib = Nasib.BERTEMUAN if after and unasked is Nasib.BERUBAH else unasked
    return Change(
        lembar=new.grid.sheet,
        sel=new.address,
        sel_lama=old.address,
        nasib=nasib,
        lama=old.shown(),
        baru=new.shown(),
        temuan_lama=_said(before),
        temuan_baru=_said(after),
        angka=any(_is_figure(v) for v in (old.value, new.value)),
    )


def _without_cell(asked: _Told, found: _Told) -> Iterator[Change]:
    for (lembar, kode), f in asked.others.items():
        now = found.others.get((lembar, kode))
        nasib = Nasib.DIPERBAIKI if now is None else Nasib.MASIH_SALAH
        yield Change(lembar, None, None, nasib, None, None, _said([f]), _said([now] if now else []))


def _said(findings: Sequence[Finding]) -> str | None:
    return "\n".join(f"{f.kode}: {f.pesan}" for f in findings) or None


def _is_figure(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Cell) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "BENAR" if value else "SALAH"
    if isinstance(value, int | float):
        return format_exact(Decimal(str(value))) if abs(value) < float("inf") else str(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
