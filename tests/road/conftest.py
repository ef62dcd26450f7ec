"""The sample kabupaten, written once and walked through once without Prefect; tests that change it work on a copy."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.settings import load_settings
from pipelines.steps import (
    aggregate,
    collect,
    extract,
    intake,
    reconcile,
    references,
    register,
    report,
    returning,
    validate,
)
from pipelines.steps.outcome import StepOutcome
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


def write_all(root: Path, triwulan: int = 2) -> list[StepOutcome]:
    """Every document of a quarter that closes a semester, and those of the year."""
    settings = load_settings(root)
    quarterly = (report.write_quarter, returning.write_returns, reconcile.write_reconciliations,
                 register.write_register, collect.write_forms)  # fmt: skip
    return [
        *(step(settings, YEAR, triwulan, None) for step in quarterly),
        report.write_semester(settings, YEAR, triwulan // 2, None),
        report.write_lkjip(settings, YEAR, None),
        report.write_pk(settings, YEAR, None),
    ]


def files(root: Path) -> dict[str, bytes]:
    """Every document of the year by its name below reports/<tahun>."""
    folder = root / f"reports/{YEAR}"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def inbox(tmp_path_factory) -> Path:
    """A working folder nobody has run in yet: 31 SKPD."""
    root = tmp_path_factory.mktemp("contoh") / "ruang"
    list(write_sample(root, YEAR, 31))
    return root


@pytest.fixture(scope="session")
def walked(inbox, tmp_path_factory) -> Path:
    """The same folder after a year's run; to be read only."""
    root = tmp_path_factory.mktemp("jalan") / "ruang"
    shutil.copytree(inbox, root)
    walk(root)
    return root


@pytest.fixture(scope="session")
def few(tmp_path_factory) -> Path:
    """A year of five SKPD, two of them returned in TW II: for tests that change a folder and walk again."""
    root = tmp_path_factory.mktemp("lima") / "ruang"
    list(write_sample(root, YEAR, 5))
    walk(root)
    return root


@pytest.fixture
def copy_of(tmp_path):
    """A copy of a folder that a test may change."""

    def copy(root: Path) -> Path:
        return shutil.copytree(root, tmp_path / "salinan")

    return copy
