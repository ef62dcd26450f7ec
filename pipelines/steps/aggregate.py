"""Hitung: verified rows → the marts of all years, published whole."""

from __future__ import annotations

import pyarrow as pa

from pipelines.aggregate.compose import compose_marts
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.format import write_format
from pipelines.steps.inputs import list_years, register_common, register_verified
from pipelines.steps.outcome import StepOutcome
from pipelines.stores.tables import write_folder
from pipelines.stores.warehouse import Warehouse, publish
from schemas.columns import Table
from schemas.finding import TEMUAN
from schemas.marts import MARTS, STORED_MARTS

STATION = "Menghitung capaian"


def build_marts(settings: Settings, tahun: int) -> StepOutcome:
    """Compose every mart anew, write them as one folder, then swap the database in; `tahun` counts even while empty."""
    marts = compose(settings, sorted({*list_years(settings), tahun}))
    write_folder(places.marts(settings), {table: marts[table.name] for table in MARTS})
    publish(places.warehouse(settings), marts)
    write_format(settings)
    shown = ("capaian_triwulan", "capaian_semester", "capaian_tahunan", "serapan", "asal")
    return StepOutcome(STATION, {name: marts[name].num_rows for name in shown})


def compose(settings: Settings, years: list[int]) -> dict[str, pa.Table]:
    """Every mart of the years, in the order of `MARTS`; a store gates them as it writes."""
    stored = {t.name: pa.concat_tables(_stored(settings, y, t) for y in years) for t in STORED_MARTS}
    with Warehouse() as warehouse:
        register_common(warehouse, settings, years)
        register_verified(warehouse, settings, years)
        warehouse.register(TEMUAN.name, stored[TEMUAN.name])
        computed = compose_marts(warehouse)
    return {t.name: {**stored, **computed}[t.name] for t in MARTS}


def _stored(settings: Settings, tahun: int, table: Table) -> pa.Table:
    return settings.year(tahun).read(table)
