"""The road without Prefect, from the inbox to the documents."""

from datetime import datetime
from pathlib import Path

import pytest

from pipelines.settings import load_settings
from pipelines.steps import (
    aggregate,
    collect,
    editions,
    extract,
    intake,
    journal,
    reconcile,
    references,
    register,
    report,
    returning,
    validate,
)
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Command
from pipelines.steps.sample import write_sample

YEAR = 2025
NOW = datetime(2026, 1, 15, 8)


def walk(root: Path, triwulan: int = 4) -> None:
    """From the inbox to the marts."""
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    intake.register_inbox(settings, YEAR, triwulan, NOW)
    extract.read_submissions(settings, YEAR, extract.list_unread(settings, YEAR))
    validate.check_year(settings, YEAR)
    aggregate.build_marts(settings, YEAR)


def run(root: Path, moment: datetime) -> StepOutcome:
    """A run of TW II as the flow does it, less the documents."""
    settings = load_settings(root)
    references.read_references(settings, YEAR, moment)
    intake.register_inbox(settings, YEAR, 2, moment)
    journal.note_received(settings, YEAR, moment)
    extract.read_submissions(settings, YEAR, extract.list_unread(settings, YEAR))
    outcome = validate.check_year(settings, YEAR)
    journal.note_checked(settings, YEAR, moment)
    aggregate.build_marts(settings, YEAR)
    editions.record_edition(settings, YEAR, moment)
    return outcome


def write_all(root: Path, triwulan: int = 2) -> list[StepOutcome]:
    """Every document of a quarter that closes a semester, and those of the year."""
    settings = load_settings(root)
    quarterly = (returning.write_returns, reconcile.write_reconciliations,
                 register.write_register, collect.write_forms)  # fmt: skip
    return [
        report.write_documents(settings, Command.TRIWULAN, YEAR, triwulan, None),
        *(step(settings, YEAR, triwulan, None) for step in quarterly),
        report.write_documents(settings, Command.SEMESTER, YEAR, triwulan // 2, None),
        report.write_documents(settings, Command.LKJIP, YEAR, 0, None),
        report.write_documents(settings, Command.PK, YEAR, 0, None),
    ]


@pytest.fixture(scope="session")
def verified(made_once) -> Path:
    """Two SKPD after a run of TW II; to be read only."""

    def make(root: Path) -> None:
        list(write_sample(root, YEAR, 2))
        run(root, NOW)

    return made_once("dua-tw2", make)


def files(root: Path) -> dict[str, bytes]:
    """Every document of the year by its name below reports/<tahun>."""
    folder = root / f"reports/{YEAR}"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
