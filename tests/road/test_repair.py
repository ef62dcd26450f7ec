"""Bookkeeping that a disk or a hand has damaged: the next run makes it again, says so, and gives the very same."""

from __future__ import annotations

import shutil

import pytest

from pipelines.errors import WorkspaceError
from pipelines.settings import load_settings
from pipelines.steps import intake, journal, places, road, runs, status
from pipelines.steps.editions import record_edition
from pipelines.steps.repair import ASIDE, repair
from tests.road.conftest import NOW, YEAR
from tests.road.test_road import digest


@pytest.fixture(scope="module")
def kept(few, tmp_path_factory):
    """A folder whose journal knows what was received, and which published once; to be read only."""
    root = shutil.copytree(few, tmp_path_factory.mktemp("pulih") / "ruang")
    settings = load_settings(root)
    journal.note_received(settings, YEAR, NOW)
    record_edition(settings, YEAR, NOW)
    runs.record(settings, YEAR, 4, None, "sidik", [], NOW)
    return root


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path):
    content = bytearray(path.read_bytes())
    content[60] ^= 0x40  # in the first page
    path.write_bytes(content)


def empty(path):
    path.write_bytes(b"")


def mended(root):
    """What a run says that finds the folder so, and the folder after the year's road was gone again."""
    settings = load_settings(root)
    told = repair(settings)
    if road.is_behind(settings):
        road.bring_forward(settings, NOW)
    return told


def test_damaged_tables_and_pages_are_made_again_and_nothing_else_moves(kept, copy_of):
    root = copy_of(kept)
    settings, before = load_settings(root), digest(kept)
    files, standing = intake.load_files(settings, YEAR), status.list_status(settings, YEAR, None)
    batch = next(places.typed(settings, YEAR, "typed_realisasi").glob("*.parquet"))
    (page,) = places.run_pages(settings)
    damaged = {settings.year(YEAR).folder / f"{name}.parquet": damage for name, damage in (
        ("berkas", cut), ("acuan", empty), ("ref_pk", flip), ("temuan", cut),
    )} | {batch: flip, page: cut}  # fmt: skip
    for path, damage in damaged.items():
        damage(path)
    with pytest.raises(WorkspaceError, match="rusak"):
        intake.load_files(settings, YEAR)
    told = mended(root)
    assert sorted(next(s for s in told if s.startswith(p.relative_to(root).as_posix())) for p in damaged) == sorted(
        told
    )
    assert all((settings.processed / ASIDE / path.relative_to(settings.processed)).exists() for path in damaged)
    assert intake.load_files(settings, YEAR) == files
    assert status.list_status(settings, YEAR, None) == standing
    assert runs.find_unchanged(settings, YEAR, 4, None, "sidik") is None, "the page of that run is gone"
    assert digest(root) == before
    assert mended(root) == []


def test_a_register_that_is_gone_is_made_again(kept, copy_of):
    root = copy_of(kept)
    settings = load_settings(root)
    files = intake.load_files(settings, YEAR)
    (settings.year(YEAR).folder / "berkas.parquet").unlink()
    assert len(repair(settings)) == 1 and intake.load_files(settings, YEAR) == files
