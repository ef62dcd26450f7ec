"""Koreksi: typed rows of a year + the analyst's ledger → the rows that change, and a record of every correction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.correct.apply import Corrected, Sheets, apply_corrections, open_findings
from pipelines.correct.ledger import Ledger, compose_ledger, correctable_sheets, understand
from pipelines.correct.values import Read
from pipelines.extract.cells import read_cell
from pipelines.match.held import HELD_TABLES, hold_rows
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.inputs import READ_FINDINGS, TYPED, load_typed
from pipelines.steps.intake import declare_register, load_files, load_submissions, skpd_names
from pipelines.steps.outcome import list_findings
from pipelines.steps.references import NOTED_IN_REFERENCES, load_register
from schemas.correction import KOREKSI, REF_KOREKSI
from schemas.finding import TEMUAN, Finding, catalogue
from schemas.layout import Field
from schemas.reference import ACUAN
from schemas.typed import ORIGINS
from schemas.vocabulary import Tingkat
from schemas.workbook import Cell


@dataclass(frozen=True)
class CorrectedYear:
    """What is left of the reader's findings, what the ledger has to tell, and how many corrections are in force."""

    read: tuple[Finding, ...]
    told: tuple[Finding, ...]
    applied: int


def correct_year(settings: Settings, tahun: int) -> CorrectedYear:
    """Apply the ledger anew to everything read of the year; what was applied before is forgotten first."""
    stored = list_findings(load_typed(settings, tahun, TEMUAN, READ_FINDINGS))
    read = hold_rows(stored, {table.name: load_typed(settings, tahun, table) for table in HELD_TABLES})
    corrected, faults = apply_ledger(settings, tahun, lambda name: load_typed(settings, tahun, TYPED[name]), read)
    _write(settings, tahun, corrected)
    left = open_findings(read, corrected.records)
    return CorrectedYear(tuple(left), (*faults, *corrected.findings), len(corrected.records))


def apply_ledger(
    settings: Settings, tahun: int, typed: Callable[[str], pa.Table], read: Sequence[Finding]
) -> tuple[Corrected, Sequence[Finding]]:
    """The ledger of a year applied to typed tables, given by name, and what is wrong with the ledger itself."""
    ledger = _load_ledger(settings, tahun)
    corrections, faults = understand(ledger)
    sheets = Sheets({}, ORIGINS.empty(), read, {})
    if corrections:
        files = {s.pengajuan_id: s.berkas for s in load_submissions(settings, tahun)}
        rows = {sheet.table: typed(sheet.table) for sheet in correctable_sheets().values()}
        sheets = Sheets(rows, typed(ORIGINS.name), read, files)
    return apply_corrections(corrections, ledger, sheets, _read), faults


def _load_ledger(settings: Settings, tahun: int) -> Ledger:
    rows = settings.year(tahun).rows(REF_KOREKSI)
    origins = settings.year(tahun).read(ORIGINS, "acuan_origins")
    mine = origins.filter(pc.is_in(origins["row_id"], value_set=pa.array([r["row_id"] for r in rows], pa.string())))
    files = settings.year(tahun).rows(ACUAN)
    register = load_register(settings, tahun) or declare_register(load_files(settings, tahun))
    noted = list_findings(settings.year(tahun).read(TEMUAN, NOTED_IN_REFERENCES))
    names = {f["pengajuan_id"]: f["berkas"] for f in files}
    return compose_ledger(rows, mine.to_pylist(), names, noted, skpd_names(settings, tahun, register).find)


def _read(cell: Cell, field: Field, satuan: str | None) -> Read:
    """A value of the ledger, read by the very rules by which the workbooks are read."""
    value = read_cell(cell, field, satuan, percent=False)
    entry = catalogue()[value.kode] if value.kode else None
    if entry is None or entry.tingkat != Tingkat.ERROR:
        return Read(value.columns)
    words = {"nilai": value.shown, "kolom": field.label, "sel": "", "lembar": "", **value.words}
    return Read(value.columns, entry.pesan.format(**words))


def _write(settings: Settings, tahun: int, corrected: Corrected) -> None:
    for sheet in correctable_sheets().values():
        table, rows = TYPED[sheet.table], corrected.rows.get(sheet.table, {})
        changed = pa.Table.from_pylist(list(rows.values()), schema=table.arrow)
        settings.year(tahun).write(table, changed, places.corrected(table.name))
    records = pa.Table.from_pylist(corrected.records, schema=KOREKSI.arrow)
    settings.year(tahun).write(KOREKSI, records)
