"""What the warehouse is given before checks and marts run: the tables of the years asked for, rules and choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.aggregate.inputs import Choices, choice_table, period_table, rules_table
from pipelines.correct.apply import replace_rows
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.intake import last_called, load_submissions
from pipelines.steps.references import NOTED_IN_REFERENCES
from pipelines.stores.tables import read_folder
from pipelines.stores.warehouse import Warehouse
from pipelines.validate.verified import SUBJECTS
from schemas.columns import Table
from schemas.correction import KOREKSI, LEDGER_SHEET
from schemas.finding import TEMUAN
from schemas.reference import ACUAN, REFERENCE_TABLES
from schemas.scales import rule_tables
from schemas.submission import PENGAJUAN
from schemas.typed import DUGAAN_INDIKATOR, ORIGINS, SUBMISSION_TABLES, TYPED_PK, TYPED_REALISASI

TYPED = {t.name: t for t in SUBMISSION_TABLES}
RECEIVED = {"received_realisasi": TYPED_REALISASI, "received_pk": TYPED_PK}
"""What every submission said, those that no longer count too."""
READ_FINDINGS = "temuan_baca"
"""Table of what reading the workbooks found, and tying the rows of forms."""


def register_common(warehouse: Warehouse, settings: Settings, years: Sequence[int]) -> None:
    """Rules, choices, the register, references and their findings, what held rows may be, the origin of values."""
    for name, data in rule_tables().items():
        warehouse.register(name, data)
    warehouse.register("pilihan", choice_table({tahun: _choices(settings) for tahun in years}))
    warehouse.register("aturan", rules_table(places.rules_id()))
    noted = [settings.year(tahun).read(TEMUAN, NOTED_IN_REFERENCES) for tahun in years]
    warehouse.register(NOTED_IN_REFERENCES, pa.concat_tables(noted))
    for table in (PENGAJUAN, ACUAN, *REFERENCE_TABLES):
        warehouse.register(table.name, _all_years(settings, years, table))
    for name, table in RECEIVED.items():
        warehouse.register(name, pa.concat_tables(load_received(settings, tahun, table) for tahun in years))
    held = [settings.year(y).read(DUGAAN_INDIKATOR, places.matched(DUGAAN_INDIKATOR.name)) for y in years]
    warehouse.register(DUGAAN_INDIKATOR.name, pa.concat_tables(held))
    warehouse.register(ORIGINS.name, pa.concat_tables(_origins(settings, tahun) for tahun in years))


def register_verified(warehouse: Warehouse, settings: Settings, years: Sequence[int]) -> None:
    """Verified rows, and the periods that have ended with the latest quarter called in each year.

    A corrected value came from two cells: that of the workbook, and that of the ledger.
    """
    for subject in SUBJECTS:
        stored = [settings.year(tahun).read(TYPED[f"typed_{subject}"], places.verified(subject)) for tahun in years]
        warehouse.register(f"verified_{subject}", pa.concat_tables(stored))
    origins = [*(_origins(settings, tahun) for tahun in years), *(_ledger_cells(settings, tahun) for tahun in years)]
    warehouse.register(ORIGINS.name, pa.concat_tables(origins))
    warehouse.register("periode", period_table({tahun: last_called(settings, tahun) for tahun in years}))


def load_typed(settings: Settings, tahun: int, table: Table, name: str | None = None) -> pa.Table:
    """The typed rows that count, of forms the SKPD made themselves as they were tied to PK and plan.

    `name` where they are kept under another name than the table's.
    """
    name = name or table.name
    matched = settings.year(tahun).read(table, places.matched(name))
    return pa.concat_tables([load_read(settings, tahun, table, name), matched]).combine_chunks()


def load_received(settings: Settings, tahun: int, table: Table) -> pa.Table:
    """The typed rows of every submission, replaced ones included, forms as they were tied."""
    known = pa.array([s.pengajuan_id for s in load_submissions(settings, tahun)], pa.string())
    stored = read_folder(places.typed(settings, tahun, table.name), table)
    tied = [settings.year(tahun).read(table, places.matched(name)) for name in (table.name, superseded(table))]
    return pa.concat_tables([stored.filter(pc.is_in(stored["pengajuan_id"], value_set=known)), *tied])


def superseded(table: Table) -> str:
    """The name under which rows of forms that another workbook has replaced are kept."""
    return f"digantikan/{table.name}"


def load_corrected(settings: Settings, tahun: int, table: Table) -> pa.Table:
    """The typed rows that count, with the corrections in force."""
    changed = settings.year(tahun).read(table, places.corrected(table.name))
    return replace_rows(load_typed(settings, tahun, table), changed)


def load_corrections(settings: Settings, tahun: int) -> pa.Table:
    """The corrections in force."""
    return settings.year(tahun).read(KOREKSI)


def load_read(settings: Settings, tahun: int, table: Table, name: str | None = None) -> pa.Table:
    """What was read of the submissions that count, as it stood in them."""
    counting = [s.pengajuan_id for s in load_submissions(settings, tahun) if s.counts]
    stored = read_folder(places.typed(settings, tahun, name or table.name), table)
    return stored.filter(pc.is_in(stored["pengajuan_id"], value_set=pa.array(counting, pa.string()))).combine_chunks()


def list_years(settings: Settings) -> list[int]:
    """Every year the working folder has worked on."""
    return sorted(int(p.name) for p in settings.processed.glob("[0-9][0-9][0-9][0-9]") if p.is_dir())


def _all_years(settings: Settings, years: Iterable[int], table: Table) -> pa.Table:
    return pa.concat_tables(settings.year(tahun).read(table) for tahun in years)


def _origins(settings: Settings, tahun: int) -> pa.Table:
    of_references = settings.year(tahun).read(ORIGINS, "acuan_origins")
    return pa.concat_tables([load_received(settings, tahun, ORIGINS), of_references])


def _ledger_cells(settings: Settings, tahun: int) -> pa.Table:
    corrections = load_corrections(settings, tahun)
    columns = {
        "row_id": corrections["row_id"],
        "kolom": corrections["isian"],
        "pengajuan_id": corrections["acuan_id"],
        "lembar": pa.array([LEDGER_SHEET] * corrections.num_rows, pa.string()),
        "sel": corrections["sel_koreksi"],
    }
    return pa.table(columns).cast(ORIGINS.arrow)


def _choices(settings: Settings) -> Choices:
    return Choices(settings.pemda.kode, **settings.aturan.model_dump())
