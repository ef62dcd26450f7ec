"""Telusur: published marts and typed rows → why a figure is what it is; kepekaan: what depends on the choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.collect.sensitivity import Entry, Listing, write_sensitivity
from pipelines.errors import UsageError, WorkspaceError
from pipelines.explain.budget import explain_budget
from pipelines.explain.facts import Explanation, Subject
from pipelines.explain.figure import explain_figure
from pipelines.explain.listings import Cell, list_sheets
from pipelines.explain.lookup import (
    KABUPATEN,
    find_budget,
    find_indicator,
    find_period,
    find_skpd,
    latest_period,
    parse_periode,
    require_own_pk,
)
from pipelines.explain.means import explain_sasaran, explain_unit
from pipelines.explain.sensitivity import Sensitivity, load_sensitivity
from pipelines.names import KABUPATEN_NAME
from pipelines.queries import Query, read_sql
from pipelines.settings import Settings
from pipelines.steps import places, status
from pipelines.steps.extract import DIBACA
from pipelines.steps.filing import open_filing
from pipelines.steps.inputs import load_corrected, register_common
from pipelines.steps.intake import last_run
from pipelines.stores.tables import read_folder
from pipelines.stores.warehouse import Warehouse, open_read
from schemas.marts import MARTS
from schemas.period import Periode
from schemas.submission import PENGAJUAN
from schemas.typed import TYPED_REALISASI

_SHARED = (PENGAJUAN.name,)
"""Marts that are also inputs of a run: an explanation takes them as they were when its figures were made."""


@dataclass(frozen=True)
class Wanted:
    """What is to be explained: an indicator, a sasaran, a budget code, or else the SKPD or kabupaten as a whole.

    `skpd` is a code, short name or name; None, or `kabupaten`, asks for the bupati's own PK.
    """

    skpd: str | None = None
    indikator: str | None = None
    sasaran: str | None = None
    kode: str | None = None
    periode: str | None = None


def explain(settings: Settings, wanted: Wanted) -> Explanation:
    """Why a published figure is what it is. Raises UsageError on a name nobody has, WorkspaceError without marts."""
    _check(wanted)
    with open_marts(settings) as warehouse:
        periode = find_period(warehouse.query, wanted.periode, last_run(settings))
        add_year(warehouse, settings, periode.tahun)
        return _explain(settings, warehouse.query, periode, wanted)


@contextmanager
def open_marts(settings: Settings, tahun: int | None = None) -> Iterator[Warehouse]:
    """A warehouse with the marts as they were published; raises WorkspaceError where there are none yet.

    `tahun` is the year whose figures are wanted, if one is.
    """
    path = places.warehouse(settings)
    if not path.exists():
        raise WorkspaceError(f"Belum ada hasil olahan. Jalankan dulu: {last_run(settings, tahun)}")
    with Warehouse() as warehouse:
        with open_read(path) as query:
            for table in MARTS:
                warehouse.register(table.name, query(f"from {table.name}"))
        yield warehouse


def add_year(warehouse: Warehouse, settings: Settings, tahun: int) -> None:
    """Rules, choices, references and rows as they were read of a year, beside the marts, which stay as published."""
    published = {name: warehouse.query(f"from {name}") for name in _SHARED}
    register_common(warehouse, settings, [tahun])
    for name, table in published.items():
        warehouse.register(name, table)
    warehouse.register("typed_realisasi", load_corrected(settings, tahun, TYPED_REALISASI))
    warehouse.register(DIBACA.name, read_folder(places.typed(settings, tahun, DIBACA.name), DIBACA))
    warehouse.register("verified_realisasi", settings.year(tahun).read(TYPED_REALISASI, places.verified("realisasi")))
    for name in ("kategori_tahun", "kelanjutan"):
        warehouse.keep(name, read_sql("pipelines.aggregate", name))


def _check(wanted: Wanted) -> None:
    asked = [name for name in ("indikator", "sasaran", "kode") if getattr(wanted, name)]
    if len(asked) > 1:
        raise UsageError(f"Pilih satu saja: {' atau '.join(f'--{name}' for name in asked)}.")
    if wanted.kode and wanted.skpd is None:
        raise UsageError("--kode memerlukan --skpd: anggaran dicatat per SKPD.")


def _explain(settings: Settings, query: Query, periode: Periode, wanted: Wanted) -> Explanation:
    perihal = _subject(settings, query, periode, wanted.skpd)
    if wanted.indikator or wanted.sasaran:
        require_own_pk(query, perihal, periode)
    if wanted.indikator:
        kode_skpd = perihal.kode_skpd or KABUPATEN
        kode = find_indicator(query, periode.tahun, perihal.lingkup, kode_skpd, wanted.indikator)
        return explain_figure(query, perihal, periode, kode)
    if wanted.kode and perihal.kode_skpd:
        return explain_budget(query, perihal, find_budget(query, periode, perihal.kode_skpd, wanted.kode))
    if wanted.sasaran:
        return explain_sasaran(query, perihal, periode, wanted.sasaran)
    return explain_unit(query, perihal, periode)


def _subject(settings: Settings, query: Query, periode: Periode, skpd: str | None) -> Subject:
    asked = None if skpd is None else status.find_skpd(settings, periode.tahun, [skpd])[0]
    if asked in (None, KABUPATEN_NAME):
        return Subject("kabupaten", None, settings.pemda.nama, str(periode), periode.label)
    kode, nama = find_skpd(query, periode.tahun, asked)
    return Subject("skpd", kode, nama, str(periode), periode.label)


def read_sensitivity(settings: Settings, tahun: int) -> Sensitivity:
    """What depends on the choices of the pemda: the year, or the latest quarter there is of it."""
    with open_marts(settings, tahun) as warehouse:
        periode = latest_period(warehouse.query, tahun, last_run(settings, tahun))
        add_year(warehouse, settings, tahun)
        return load_sensitivity(warehouse.query, periode)


def write_sensitivity_workbook(settings: Settings, tahun: int, sensitivity: Sensitivity) -> Path:
    """`reports/<tahun>/kepekaan.xlsx`, or one beside it where a person has made something of that."""
    periode = parse_periode(sensitivity.periode)
    sheets = list_sheets(sensitivity)
    listings = [Listing(s.sheet, s.title, s.note, s.columns, [_entries(row) for row in s.rows]) for s in sheets]
    content = write_sensitivity(sheets[0].title, tahun, 3 * periode.triwulan[-1], listings)
    filing = open_filing(settings, tahun)
    return filing.write(filing.folder / "kepekaan.xlsx", content).path


def _entries(row: Sequence[Cell]) -> list[Entry]:
    return [Entry(cell.value, cell.shape, cell.marked) for cell in row]
