"""A reference workbook of the office given to be checked: its own faults, beside the other books of its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines.correct.ledger import compose_ledger, understand
from pipelines.extract.references import ReferenceReading, is_reference, judge_references, read_reference_book
from pipelines.extract.sheets import Source
from pipelines.settings import Settings
from pipelines.steps.ledger import ledger_quarter
from pipelines.steps.references import named_in, read_files
from pipelines.stores.lying import shown
from pipelines.stores.submissions import list_files
from pipelines.stores.tables import from_columns
from pipelines.stores.workbooks import read_workbook
from schemas.correction import REF_KOREKSI
from schemas.finding import Finding, Place, make_finding
from schemas.typed import ORIGINS
from schemas.workbook import Grid

_ALONE = ", tanpa acuan lain: kode yang merujuk lembar lain tidak dicocokkan (periksa dari folder kerjanya)"
"""What is said of a reference that lies in no working folder: its own cells are all there is to hold it against."""


def check_reference(settings: Settings, path: Path, content: bytes) -> list[Finding] | None:
    """The faults of one reference workbook, known by its sheets or by where it lies; None where it is none."""
    grids, tahun = read_workbook(content).grids, _year_of(settings, path)
    sheets = is_reference(grids)
    if not sheets and tahun is None:
        return None
    place, lingkup = Place(tahun or 0, 0, None, path.name), "" if tahun else _ALONE
    named = [make_finding("ACU-014", place, ", ".join(sheets), lingkup=lingkup)] if sheets else []
    if tahun is None:
        return [*named, *_check_alone(grids, path.name)]
    reading = read_files(settings, tahun, list(list_files(settings.references(tahun))))
    found = [*reading.extract.findings, *_check_ledger(reading, named_in(settings, reading.extract).find)]
    return [*named, *(f for f in found if f.berkas == f"acuan/{shown(path.name)}")]


def is_ledger(settings: Settings, path: Path) -> bool:
    """Whether a file of the references is an export of BKD as it is, which is read as a form."""
    return ledger_quarter(path.name) is not None and lies_in_references(settings, path)


def lies_in_references(settings: Settings, path: Path) -> bool:
    """Whether a file lies among the references of a year of the working folder."""
    return _year_of(settings, path) is not None


def _year_of(settings: Settings, path: Path) -> int | None:
    """The year whose references this file is one of."""
    folder = path.resolve().parent
    name = folder.parent.name
    return int(name) if name.isdecimal() and settings.references(int(name)).resolve() == folder else None


def _check_alone(grids: Mapping[str, Grid], name: str) -> list[Finding]:
    reading = ReferenceReading()
    read_reference_book(grids, Source("periksa", None, 0, 0, name), reading)
    judge_references(reading)
    return [*reading.extract.findings, *_check_ledger(reading)]


def _check_ledger(reading: ReferenceReading, skpd: Callable[[str], frozenset[str]] | None = None) -> list[Finding]:
    """What is wrong with the ledger of corrections itself; what the workbooks say against it only a run can tell."""
    extract = reading.extract
    rows, cells = (from_columns(table, extract.lists(table.name)).to_pylist() for table in (REF_KOREKSI, ORIGINS))
    return understand(compose_ledger(rows, cells, reading.files, extract.findings, skpd))[1]
