"""Rows against rows: what a layout says of its keys and of the sheets it refers to, held against what was read.

A row told again with another content, or of an owner nobody knows, is held back: it would be counted twice, or be
counted for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from pipelines.extract.cells import blank
from pipelines.extract.sheets import Extract
from pipelines.names import fold_name, nearest, slug
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field, Layout, SheetLayout
from schemas.typed import ORIGINS
from schemas.vocabulary import Tingkat

_OWNER = "kode_skpd"
_SHOWN = 3
"""So many pairs of equal rows are told one by one."""
Key = tuple[object, ...]


def check_keys(layout: Layout, extract: Extract, files: Mapping[str, str]) -> list[Finding]:
    """Rows told twice, and codes that the sheet they refer to does not have; `files` gives a file by its id."""
    sheets = {sheet.sheet: _Rows(sheet, extract, files) for sheet in layout.sheets}
    found = [finding for rows in sheets.values() if rows.sheet.key for finding in _hold_twins(rows)]
    for rows in sheets.values():
        for field in rows.sheet.fields:
            if field.distinct:
                found += _check_distinct(rows, field)
            if field.refers:
                name, _, column = field.refers.partition(".")
                found += _check_references(rows, field, sheets[name], column)
    return found


class _Rows:
    """The rows read for one sheet of the layout."""

    def __init__(self, sheet: SheetLayout, extract: Extract, files: Mapping[str, str]) -> None:
        self.sheet, self.extract, self.files = sheet, extract, files
        self.columns = extract.lists(sheet.table)
        self.fields = {f.name: f for f in sheet.fields}

    def __len__(self) -> int:
        return len(self.columns["row_id"])

    @property
    def code(self) -> Field:
        """The field a row is known by beside its owner: the last code of its key."""
        return next(f for name in reversed(self.sheet.key) if (f := self.fields[name]).kind == "code")

    def key(self, row: int) -> Key:
        """What no other row may have."""
        values = ((self.fields[name], self.columns[name][row]) for name in self.sheet.key)
        return tuple(f.absent if value is None else value for f, value in values)

    def content(self, row: int, field: Field) -> Key:
        """Everything one cell was read as."""
        return tuple(self.columns[name][row] for name in blank(field))

    def place(self, row: int, field: Field) -> Place:
        """The cell of one field."""
        row_id, pengajuan_id = str(self.columns["row_id"][row]), str(self.columns["pengajuan_id"][row])
        cell = self._cells.get((row_id, field.name)) or f"A{self.columns['baris'][row]}"
        tahun, lembar = int(str(self.columns["tahun"][row])), str(self.columns["lembar"][row])
        return Place(tahun, 0, None, self.files.get(pengajuan_id), lembar, cell, pengajuan_id, row_id)

    def book(self, row: int) -> str:
        """The sheet and file a row stands in."""
        place = self.place(row, self.code)
        return f"lembar {place.lembar} berkas {place.berkas}"

    def line(self, row: int) -> object:
        """The number of a row in its sheet."""
        return self.columns["baris"][row]

    @cached_property
    def _cells(self) -> Mapping[tuple[object, object], str]:
        origins = self.extract.lists(ORIGINS.name)
        pairs = zip(origins["row_id"], origins["kolom"], strict=True)
        return {pair: str(sel) for pair, sel in zip(pairs, origins["sel"], strict=True)}

    def miss(self, rows: set[int]) -> None:
        """Remember of what the rows are that will be missed once they are held."""
        owners = self.columns.get(_OWNER, [None] * len(self))
        codes = self.columns[self.code.name] if self.sheet.key else [None] * len(self)
        for n in sorted(rows):
            owner, code = (str(value) if value else None for value in (owners[n], codes[n]))
            self.extract.lost.append((self.sheet.sheet, owner, code))

    def hold(self, rows: set[int]) -> None:
        """Take rows out of what was read."""
        for values in self.columns.values():
            values[:] = [value for n, value in enumerate(values) if n not in rows]


def _hold_twins(rows: _Rows) -> Iterator[Finding]:
    """Rows whose key stood before: each is told where they differ; those that do not are counted by the book."""
    first: dict[Key, int] = {}
    coded = (n for n, code in enumerate(rows.columns[rows.code.name]) if code is not None)
    twins = [(n, before) for n in coded if (before := first.setdefault(rows.key(n), n)) != n]
    same: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row, before in twins:
        differing = [f.label for f in rows.sheet.fields if rows.content(row, f) != rows.content(before, f)]
        if differing:
            yield _twin(rows, row, before, ", ".join(differing))
        else:
            same[rows.book(row), rows.book(before)].append((row, before))
    for (_, semula), alike in same.items():
        pairs = ", ".join(f"{rows.line(row)} dengan {rows.line(before)}" for row, before in alike[:_SHOWN])
        words = {"semula": semula, "baris": pairs + (", …" if len(alike) > _SHOWN else "")}
        yield make_finding("ACU-011", rows.place(alike[0][0], rows.code), jumlah=len(alike), **words)
    told_twice = {row for row, _ in twins}
    rows.miss(told_twice - {row for alike in same.values() for row, _ in alike})
    rows.hold(told_twice)


def _twin(rows: _Rows, row: int, before: int, beda: str) -> Finding:
    key = [(rows.fields[name].label, rows.columns[name][row]) for name in rows.sheet.key]
    kunci = ", ".join(f"{label} {value}" for label, value in key if value is not None)
    here, there = rows.book(row), rows.book(before)
    semula = f"baris {rows.line(before)}" + ("" if here == there else f" {there}")
    words = {"kunci": kunci, "semula": semula, "beda": beda, "kolom": rows.code.label}
    return make_finding("ACU-010", rows.place(row, rows.code), rows.columns[rows.code.name][row], **words)


def _check_distinct(rows: _Rows, field: Field) -> Iterator[Finding]:
    """Rows that a field does not tell apart that is there for that; each names the first it is confused with."""
    values, code = rows.columns[field.name], rows.columns[rows.code.name]
    first: dict[tuple[str, str], int] = {}
    for row, value in enumerate(values):
        confused: dict[int, list[str]] = defaultdict(list)
        for akibat, told in _CONFUSED.items() if value is not None else ():
            confused[first.setdefault((akibat, told(str(value))), row)].append(akibat)
        for before in sorted(confused.keys() - {row}):
            semula = f"{code[before]} (baris {rows.line(before)} {rows.book(before)})"
            words = {"kolom": field.label, "pemilik": code[row], "lain": values[before], "semula": semula}
            yield make_finding("ACU-015", rows.place(row, field), value, **words, akibat=" dan ".join(confused[before]))


_CONFUSED: Mapping[str, Callable[[str], str]] = {
    "dokumen keduanya dinamai dengan kode SKPD di belakangnya": slug,
    "perintah dengan nama itu tidak tahu mana yang dimaksud": fold_name,
}
"""What comes of two names that are one once they are spelled so; a name of files is not spelled as a name asked for."""


def _check_references(rows: _Rows, field: Field, known: _Rows, column: str) -> Iterator[Finding]:
    """One finding for each value that is not known, however many rows have it; nothing where nothing is known."""
    owned = column != _OWNER and _OWNER in known.columns
    names = (_OWNER, column) if owned else (column,)
    values = set(zip(*(known.columns[name] for name in names), strict=True))
    owners = set(known.columns[_OWNER])
    lost: dict[Key, list[int]] = defaultdict(list)
    for n, value in enumerate(rows.columns[field.name]):
        owner = rows.columns[_OWNER][n] if owned else None
        sought: Key = (owner, value) if owned else (value,)
        if value is not None and values and sought not in values and (not owned or owner in owners):
            lost[sought].append(n)
    misread = {(f.row_id, f.sel) for f in rows.extract.findings if f.tingkat == Tingkat.ERROR} if lost else set()
    for sought, at in lost.items():
        place = rows.place(at[0], field)
        if (place.row_id, place.sel) not in misread:
            yield _lost(field, known, place, sought, len(at))
    if field.name == _OWNER:
        rows.miss({n for at in lost.values() for n in at})
        rows.hold({n for at in lost.values() for n in at})


def _lost(field: Field, known: _Rows, place: Place, sought: Key, count: int) -> Finding:
    near = _nearest(str(sought[-1]), known, sought[0] if len(sought) > 1 else None)
    words = {
        "kolom": field.label,
        "jumlah": count,
        "acuan": known.sheet.sheet,
        "mirip": f"; yang terdekat {near}" if near else "",
        "akibat": "; barisnya tidak dipakai" if field.name == _OWNER else "",
    }
    return make_finding("ACU-012", place, sought[-1], **words)


def _nearest(value: str, known: _Rows, owner: object) -> str | None:
    """The known row that comes nearest by its code or one of its names, as `code name`."""
    code, *names = [f.name for f in _naming(known)]
    spelled: dict[str, str] = {}
    for n in range(len(known)):
        if owner in (None, known.columns[_OWNER][n]):
            texts = [known.columns[name][n] for name in (code, *names)]
            told = " ".join(str(text) for text in texts[:2])
            spelled.update({str(text): told for text in texts if text})
    found = nearest(value, spelled)
    return spelled[found] if found else None


def _naming(known: _Rows) -> Iterable[Field]:
    """Its code, then its names."""
    yield known.code
    yield from (f for f in known.sheet.fields if f.name in _NAMES)


_NAMES = frozenset({"nama_skpd", "singkatan", "indikator"})
"""What a row is called, beside its code."""
