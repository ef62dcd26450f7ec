"""Periksa: typed rows of a year → findings, verified rows, and where each submission stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.intake import load_submissions
from pipelines.steps.outcome import StepOutcome, count_findings
from pipelines.steps.rules import register_rules
from pipelines.stores.tables import from_rows, read_folder, read_table, write_table
from pipelines.stores.warehouse import Warehouse
from pipelines.validate.checks import run_checks
from pipelines.validate.verified import verify
from schemas.finding import TEMUAN, Finding
from schemas.reference import ACUAN, REFERENCE_TABLES
from schemas.submission import PENGAJUAN, Submission
from schemas.typed import ORIGINS, SUBMISSION_TABLES
from schemas.vocabulary import StatusPengajuan, Tingkat

STATION = "Memeriksa data"


def check_year(settings: Settings, tahun: int) -> StepOutcome:
    """Run every check over the year, hold back the rows in error, write findings, verified rows and statuses."""
    submissions = load_submissions(settings, tahun)
    with Warehouse() as warehouse:
        register_year(warehouse, settings, tahun, submissions)
        found = run_checks(warehouse.query)
        findings = [*_stored_findings(settings, tahun, submissions), *found]
        verified = verify(warehouse.query, from_rows(TEMUAN, findings))
    _write(settings, tahun, findings, verified, submissions)
    rows = sum(t.num_rows for t in verified.values())
    return StepOutcome(
        STATION, {"baris terverifikasi": rows}, count_findings(findings), rows=_coverage(submissions, findings)
    )
