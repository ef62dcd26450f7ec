"""Bytes changed behind the program's back, in the archive, the journal or what was published: each is said."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.settings import load_settings
from pipelines.steps import editions, inspection, journal
from pipelines.steps.sample import write_sample
from tests.faults.campaign import Bounds, Tally
from tests.road.conftest import NOW, YEAR, walk


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Change one file of a folder that was whole; `periksa-ruang` has to name something."""
    tally, start = Tally("tampering"), folder / "ruang"
    list(write_sample(start, YEAR, 2))
    walk(start)  # whatever lies in an inbox is registered
    settings = load_settings(start)
    journal.note_received(settings, YEAR, NOW)
    editions.record_edition(settings, YEAR, NOW)
    journal.note_run(settings, YEAR, 1, "masukan", [], NOW)
    kinds = ("arsip/*/*.xlsx", "marts/*.parquet", "../jurnal/jurnal.jsonl", "capaian.duckdb")
    for chance in bounds.rounds(seed, "tampering"):
        root = shutil.copytree(start, folder / "korban")
        try:
            path = chance.choice(sorted((root / "data/processed").glob(chance.choice(kinds))))
            content = bytearray(path.read_bytes())
            how = chance.choice(("flip", "cut", "gone"))
            if how == "flip":
                at = chance.randrange(len(content))
                content[at] ^= 1 << chance.randrange(8)
                path.write_bytes(content)
            elif how == "cut":
                path.write_bytes(content[: chance.randrange(len(content))])
            else:
                path.unlink()
            told = inspection.inspect_folder(load_settings(root)).rusak
            if not told and not _says_the_same(path, start, root):
                tally.fail(f"{how} {path.relative_to(root)} is not said", bytes(content))
        finally:
            shutil.rmtree(root)
        tally.tried += 1
    return tally


def _says_the_same(path: Path, start: Path, root: Path) -> bool:
    """A bit nobody reads, between the pages of a database or a table: what it holds is what it held."""
    if path.suffix not in (".parquet", ".duckdb"):
        return False
    return editions.differing_marts(load_settings(root)) == editions.differing_marts(load_settings(start)) == {}
