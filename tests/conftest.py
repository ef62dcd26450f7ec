"""What every test may ask for: the sample kabupaten, written and walked through once for all workers.

Whoever changes it works on a copy.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from pipelines.steps.sample import write_sample
from tests.road.conftest import YEAR, walk, write_all

# no test is timed: on a busy machine an example that is right may take long
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")

Made = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session", autouse=True)
def unhurried_disk() -> Iterator[None]:
    """Nobody cuts the power while tests run: a walk waits a hundred times for the disk to have taken a file.

    What is told of a disk that refuses (`tests/unit/stores/test_writing.py`) puts its own in this place.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Made:
    """A folder by its name, made by the worker that asks for it first; each has a copy, for some commands lock theirs."""
    mine = tmp_path_factory.getbasetemp()
    common = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine

    def give(name: str, make: Callable[[Path], object]) -> Path:
        ready, draft = common / name, mine / f"{name}-baru"
        with FileLock(common / f"{name}.lock"):
            if not ready.exists():
                make(draft / "ruang")
                draft.rename(ready)
        return shutil.copytree(ready / "ruang", mine / f"{name}-salinan" / "ruang")

    return give


@pytest.fixture(scope="session")
def inbox(made_once: Made) -> Path:
    """A working folder nobody has run in yet: 31 SKPD."""
    return made_once("contoh", lambda root: list(write_sample(root, YEAR, 31)))


@pytest.fixture(scope="session")
def walked(inbox: Path, made_once: Made) -> Path:
    """The same folder after a year's run; to be read only."""
    return made_once("jalan", lambda root: walk(shutil.copytree(inbox, root)))


@pytest.fixture(scope="session")
def few_inbox(made_once: Made) -> Path:
    """A working folder of five SKPD that nobody has run in yet."""
    return made_once("lima-contoh", lambda root: list(write_sample(root, YEAR, 5)))


@pytest.fixture(scope="session")
def few(few_inbox: Path, made_once: Made) -> Path:
    """A year of five SKPD, two of them returned in TW II: for tests that change a folder and walk again."""
    return made_once("lima", lambda root: walk(shutil.copytree(few_inbox, root)))


@pytest.fixture(scope="session")
def few_written(few: Path, made_once: Made) -> Path:
    """The same five SKPD with every kind of document."""
    return made_once("lima-tersusun", lambda root: write_all(shutil.copytree(few, root)))


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of a folder that a test may change."""

    def copy(root: Path) -> Path:
        return shutil.copytree(root, tmp_path / "salinan")

    return copy
