"""The findings of a batch of submissions: read, audited and checked as in a run, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.settings import Settings
from pipelines.steps.extract import extract_batch, typed_tables
from pipelines.steps.inputs import READ_FINDINGS, register_common
from pipelines.stores.submissions import read_archived
from pipelines.stores.tables import from_rows
from pipelines.stores.warehouse import Warehouse
from pipelines.validate.checks import run_checks
from schemas.finding import TEMUAN
from schemas.submission import PENGAJUAN, Submission


def find(settings: Settings, batch: Sequence[Submission]) -> int:
    """How many findings a batch has."""
    extract = extract_batch(settings, [(s, read_archived(settings.archive, s.sha256) or b"") for s in batch])
    with Warehouse() as warehouse:
        register_common(warehouse, settings, [batch[0].tahun])
        for table, data in typed_tables(extract).items():
            warehouse.register(table.name, data)
        warehouse.register(PENGAJUAN.name, from_rows(PENGAJUAN, batch))
        warehouse.register(READ_FINDINGS, from_rows(TEMUAN, extract.findings))
        return len(extract.findings) + len(run_checks(warehouse))
