"""A workbook with something wrong in it, all the way: the documents are made, and the others' figures stay."""

from __future__ import annotations

import io
import random
import shutil
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import docx
import pyarrow.parquet as pq

from tests.faults.campaign import Bounds, Tally
from tests.faults.mutations import good_files, mutate
from tests.road.conftest import YEAR, files, walk, write_all

_FIGURES = ("capaian_triwulan", "serapan")


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Put one damaged file into the inbox of a quarter, for a good one or beside them, and make all that is made."""
    tally, start = Tally("roads"), folder / "ruang"
    good = list(good_files(folder))
    reference = shutil.copytree(start, folder / "acuan")
    walk(reference, 2)
    for chance in bounds.rounds(seed, "roads"):
        root = shutil.copytree(start, folder / "korban")
        begun, content = time.process_time(), b""
        try:
            whose, content = _damage(root, chance, good)
            walk(root, 2)
            write_all(root, 2)
            for problem in _look(root, reference, whose):
                tally.fail(problem, content)
        except Exception:
            tally.fail(traceback.format_exc(limit=-3), content)
        finally:
            shutil.rmtree(root)
        tally.tried += 1
        tally.worst_seconds = max(tally.worst_seconds, time.process_time() - begun)
    return tally


def _damage(root: Path, chance: random.Random, good: list[tuple[str, bytes]]) -> tuple[Path, bytes]:
    """Which file of the inbox is another's now, and what it holds."""
    lying = chance.choice(sorted((root / f"data/raw/{YEAR}").glob("tw[12]/*.xlsx")))
    name, content = (lying.name, lying.read_bytes()) if chance.random() < 0.6 else chance.choice(good)
    path = lying.with_name(name)
    path.write_bytes(mutated := mutate(chance, content))
    return path, mutated


def _look(root: Path, reference: Path, changed: Path) -> Iterator[str]:
    """The figures of whoever did not send the file, and whether each document opens."""
    sent = {Path(str(row["berkas"])).name: row["kode_skpd"] for row in _rows(reference, "pengajuan")}
    theirs = sent.get(changed.name)
    for mart in _FIGURES:
        found, expected = (
            sorted(str(row) for row in _rows(home, mart) if row["kode_skpd"] not in (theirs, None))
            for home in (root, reference)
        )
        if found != expected:
            yield f"{mart}: figures of others changed with {changed.name}"
    for name, content in files(root).items():
        if name.endswith(".docx"):
            docx.Document(io.BytesIO(content))


def _rows(root: Path, mart: str) -> list[dict[str, object]]:
    return pq.read_table(root / f"data/processed/marts/{mart}.parquet").to_pylist()
