"""Buku BKD in a form of its own: an LRA, RFK or SIPD export put into the acuan as it is → rows of the ledger."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipelines.extract.forms.headers import find_headers
from pipelines.extract.forms.roles import assign_roles
from pipelines.extract.forms.titles import read_titles
from pipelines.extract.forms.view import View
from pipelines.extract.formulir import owner as owner_of
from pipelines.extract.ledger import extract_ledger
from pipelines.extract.references import has_known_sheet
from pipelines.extract.sheets import Extract, Source
from pipelines.intake.forms import SkpdNames
from pipelines.steps.forms import read_opened
from pipelines.stores.submissions import ReferenceFile
from pipelines.stores.workbooks import read_workbook
from schemas.finding import make_finding
from schemas.reading import FormReading, Record, Value
from schemas.workbook import Grid

_HEAD = 40
"""So many rows of a sheet show what it lists."""
_UNTITLED = read_titles([], "", [])
_NAME = re.compile(r"^bkd[ _-]*tw[ _-]*([1-4])\b", re.IGNORECASE)
"""`bkd-tw3 lra dinkes.xls`: a book of BKD up to the third quarter, in whatever form it has."""


def ledger_quarter(name: str) -> int | None:
    """The quarter a file of the acuan is the ledger of; None where it is none."""
    found = _NAME.match(name)
    return int(found[1]) if found else None


def is_export(grids: Mapping[str, Grid]) -> bool:
    """Whether a workbook lists documents by account, each with its quarter: a ledger, whatever its name."""
    return not has_known_sheet(grids) and any(_lists_documents(grid) for grid in grids.values())


def find_exports(files: Iterable[ReferenceFile], names: Container[str | None]) -> set[str | None]:
    """Those of the named files of the acuan that are ledgers by what they hold."""
    named = (f for f in files if f"acuan/{f.name}" in names and not f.told)
    return {f"acuan/{f.name}" for f in named if is_export(read_workbook(f.content).grids)}


def _lists_documents(grid: Grid) -> bool:
    view = View(replace(grid, rows=grid.rows[:_HEAD], merges=()))
    roles = (assign_roles(view, header, _UNTITLED) for header in find_headers(view))
    return any(all(map(found.has, ("kode_rekening", "periode_spd", "realisasi_anggaran"))) for found in roles)


def read_ledger(
    root: Path, content: bytes, source: Source, triwulan: int | None, known: SkpdNames, into: Extract
) -> None:
    """Add the rows of one export; what of it cannot be used is told once."""
    book = read_workbook(content, full=True)
    if book.refusal:
        into.findings.append(make_finding("ACU-004", source.place(""), sebab=book.refusal.sebab))
        return
    reading = read_opened(root, book, source)
    into.findings.extend(reading.findings)
    if reading.declared.tahun not in (None, source.tahun):
        sebab = f"isinya Tahun {reading.declared.tahun}"
        into.findings.append(make_finding("ACU-002", source.place(""), source.berkas, sebab=sebab))
        return
    owner = _only(known, reading.declared.skpd)
    counted = extract_ledger(reading, source, triwulan, partial(_find, known, owner), into)
    if counted.used < counted.seen or not counted.seen + counted.documents:
        words = {"terpakai": counted.used, "jumlah": counted.seen, "sebab": _why(reading, owner)}
        kode = "ACU-003" if counted.used or counted.documents else "ACU-002"
        into.findings.append(make_finding(kode, source.place(""), source.berkas, **words))


def _only(known: SkpdNames, names: Iterable[str]) -> str | None:
    found = frozenset[str]().union(*(known.find(name) for name in names))
    return next(iter(found)) if len(found) == 1 else None


def _find(known: SkpdNames, owner: str | None, record: Record) -> str | None:
    """By the code of its SKPD in a row, where the register has it, else by its name; a row of no SKPD is the file's."""
    held = record.fields.get("kode_skpd")
    kode = _only(known, (held.value,)) if isinstance(held, Value) and isinstance(held.value, str) else None
    name = owner_of(record)
    return kode or (_only(known, (name,)) if name else owner)


def _why(reading: FormReading, owner: str | None) -> str:
    if not reading.tables:
        return "tidak ada tabel yang dikenali"
    if not any(t.certain for t in reading.tables):
        return "susunan tabelnya belum dipastikan (capaian baca BERKAS --simpan-tata-letak NAMA)"
    if owner is None:
        names = "; ".join(reading.declared.skpd) or "tidak disebut"
        return f"SKPD-nya tidak dikenali ({names}); tambahkan namanya pada lembar Padanan"
    return "barisnya tidak berkode sub kegiatan atau rekening belanja"
