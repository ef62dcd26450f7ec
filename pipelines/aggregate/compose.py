"""Verified rows → marts: one SELECT per table, each after those it reads."""

from __future__ import annotations

import pyarrow as pa

from pipelines.queries import Workbench, order_queries, read_sql
from schemas.columns import Table
from schemas.marts import COMPUTED_MARTS

_PACKAGE = "pipelines.aggregate"


def compose_marts(workbench: Workbench) -> dict[str, pa.Table]:
    """Every table of `COMPUTED_MARTS`, in its declared schema and order of key.

    Inputs, registered before: pengajuan, temuan, acuan, origins, ref_*, verified_* (active submissions, every year),
    received_realisasi (replaced submissions too), the rule
    tables of `schemas.scales`, `pilihan`, `periode` and `aturan` (`pipelines.aggregate.inputs`).
    """
    for name in order_queries(_PACKAGE, (table.name for table in COMPUTED_MARTS), workbench.tables()):
        workbench.keep(name, read_sql(_PACKAGE, name))
    return {table.name: _declared(workbench, table) for table in COMPUTED_MARTS}


def _declared(workbench: Workbench, table: Table) -> pa.Table:
    columns = ", ".join(f'"{name}"' for name in table.names)
    # insertion order is kept, so the rows come in the order in which the query of the mart sorted them
    made = workbench.query(f"select {columns} from {table.name}")  # noqa: S608 - names of our own declarations
    return made.cast(table.arrow)
