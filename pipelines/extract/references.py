"""Reference workbooks: which of their sheets is which, of what year they are, and what is wrong between their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipelines.extract.headers import find_header
from pipelines.extract.keys import check_keys
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.names import nearest
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Layout, SheetLayout, field_by_label, fold_label, load_layout
from schemas.workbook import Grid, address

_ALIKE = 0.6
"""The part of the columns a sheet must have that an unknown one has where it is that sheet by another name."""
_YEAR = re.compile(r"(?<![\d-])\btahun(?: anggaran)? (?P<year>20\d\d)\b(?!\s*(?:[-–/]|s\.?/?d|sampai))", re.IGNORECASE)
_OF_A_RULE = re.compile(r"(?:nomor|no\.?)\s*\S+\s*$", re.IGNORECASE)
"""`Peraturan Bupati Nomor 5 Tahun 2021` dates a rule, not the sheet."""


@dataclass(frozen=True)
class _Stranger:
    """A sheet of no known name, and the one it is or is called like."""

    place: Place
    name: str
    alike: str | None
    alasan: str


@dataclass
class ReferenceReading:
    """What the reference workbooks of a year hold so far; the findings are with what was extracted."""

    extract: Extract = field(default_factory=Extract)
    files: dict[str, str] = field(default_factory=dict)
    """The file of a submission."""
    found: set[str] = field(default_factory=set)
    """The sheets of the layout that were found in some book."""
    strangers: list[_Stranger] = field(default_factory=list)


def is_reference(grids: Mapping[str, Grid]) -> list[str]:
    """The sheets of references in a workbook that is one: known by name and by most of the columns they must have.

    One of them must have them all; else the workbook may be a form that calls a sheet as the office does.
    """
    layout = load_layout("acuan")
    present, _ = _sort_sheets(grids, layout)
    alike = {sheet.sheet: _likeness(present.get(sheet.sheet), sheet) for sheet in layout.sheets}
    return [name for name, part in alike.items() if part >= _ALIKE] if 1 in alike.values() else []


def has_known_sheet(grids: Mapping[str, Grid]) -> bool:
    """Whether any sheet bears the name of one of the office's references."""
    return bool(_sort_sheets(grids, load_layout("acuan"))[0])


def read_reference_book(grids: Mapping[str, Grid], source: Source, into: ReferenceReading) -> None:
    """Read the sheets whose name is known; what the others are is judged when every book has been read."""
    layout = load_layout("acuan")
    present, others = _sort_sheets(grids, layout)
    into.files[source.pengajuan_id] = source.berkas
    into.found |= present.keys()
    known = layout.model_copy(update={"sheets": tuple(s for s in layout.sheets if s.sheet in present)})
    extract_workbook(present, known, source, into.extract)
    for sheet in known.sheets:
        into.extract.findings.extend(_check_year(present[sheet.sheet], sheet, source))
    strangers = [_stranger(grid, source.place(grid.sheet), layout) for grid in others if any(grid.rows)]
    into.strangers += strangers
    if not present and not any(s.alike for s in strangers):
        words = {"ada": ", ".join(grids) or "tidak ada", "dikenal": ", ".join(s.sheet for s in layout.sheets)}
        into.extract.findings.append(make_finding("ACU-009", source.place(""), **words))


def _sort_sheets(grids: Mapping[str, Grid], layout: Layout) -> tuple[dict[str, Grid], list[Grid]]:
    """The sheets of the layout, however their name is spelled, and the sheets of no known name."""
    known = {fold_label(s.sheet): s.sheet for s in layout.sheets}
    aside = {fold_label(name) for name in layout.aside}
    present = {known[fold]: grid for name, grid in grids.items() if (fold := fold_label(name)) in known}
    return present, [g for name, g in grids.items() if fold_label(name) not in known.keys() | aside]


def _stranger(grid: Grid, place: Place, layout: Layout) -> _Stranger:
    best = max(layout.sheets, key=lambda sheet: _likeness(grid, sheet))
    if _likeness(grid, best) >= _ALIKE:
        return _Stranger(place, grid.sheet, best.sheet, "kolomnya seperti")
    return _Stranger(place, grid.sheet, nearest(grid.sheet, (s.sheet for s in layout.sheets)), "namanya mirip")


def _likeness(grid: Grid | None, sheet: SheetLayout) -> float:
    """The part of the columns that must be there which the header of this grid has."""
    header = find_header(grid, sheet) if grid else 0
    if grid is None or not header:
        return 0
    known, needed = field_by_label(sheet), [f for f in sheet.fields if f.required]
    names = {known[fold].name for cell in grid.rows[header - 1] if (fold := fold_label(cell)) in known}
    return sum(f.name in names for f in needed) / len(needed)


def _check_year(grid: Grid, sheet: SheetLayout, source: Source) -> Iterator[Finding]:
    """A year its title names, where that is not the year of the folder (0: it lies in none)."""
    titles = list(_titles(grid, find_header(grid, sheet)))
    named = [(at, int(m["year"])) for at, text in titles for m in _YEAR.finditer(text) if not _dates_a_rule(text, m)]
    if named and source.tahun and source.tahun not in {year for _, year in named}:
        at, year = named[0]
        yield make_finding("ACU-013", replace(source.place(grid.sheet), sel=at), year, tahun=source.tahun)


def _titles(grid: Grid, header: int) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(grid.rows[: max(header - 1, 0)], 1):
        yield from ((address(number, at), cell) for at, cell in enumerate(row, 1) if isinstance(cell, str))


def _dates_a_rule(text: str, match: re.Match[str]) -> bool:
    return _OF_A_RULE.search(text[: match.start()]) is not None


def judge_references(reading: ReferenceReading) -> None:
    """What only all books together tell: sheets by another name, rows told twice, codes nobody knows."""
    reading.extract.findings.extend(_judge_stranger(stranger, reading.found) for stranger in reading.strangers)
    reading.extract.findings.extend(check_keys(load_layout("acuan"), reading.extract, reading.files))


def _judge_stranger(stranger: _Stranger, found: set[str]) -> Finding:
    if stranger.alike is None:
        return make_finding("ACU-008", stranger.place, stranger.name)
    kode = "ACU-007" if stranger.alike in found else "ACU-006"
    return make_finding(kode, stranger.place, stranger.name, mirip=stranger.alike, alasan=stranger.alasan)
