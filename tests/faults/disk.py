"""A disk that takes no more than so many bytes of a file: what was there before stays, and the size is said."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipelines.steps.sample import write_sample
from tests.faults.campaign import Bounds, Tally
from tests.road.conftest import YEAR, walk, write_all
from tests.road.test_road import digest

_STEPS = """
import resource, sys
from pathlib import Path
from pipelines.errors import CapaianError
from tests.road.conftest import walk, write_all
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    walk(Path(sys.argv[1]), 2)
    write_all(Path(sys.argv[1]), 2)
except CapaianError as trouble:
    print(trouble)
    sys.exit(trouble.exit_code)
"""


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Run the second quarter under a limit drawn at random; a run that does not fit leaves the first as it was."""
    tally, start = Tally("disk"), folder / "ruang"
    list(write_sample(start, YEAR, 3))
    walk(start, 1)
    before, kept = digest(start), _database(start)
    reference = shutil.copytree(start, folder / "acuan")
    walk(reference, 2)
    write_all(reference, 2)
    after, largest = digest(reference), max(p.stat().st_size for p in reference.rglob("*") if p.is_file())
    for chance in bounds.rounds(seed, "disk"):
        root, room = shutil.copytree(start, folder / "korban"), int(10 ** chance.uniform(3, 7)) % (largest * 2) + 500
        command = [sys.executable, "-c", _STEPS, str(root), str(room)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
        if done.returncode not in (0, 11):
            tally.fail(f"room {room}: exit {done.returncode}: {done.stderr[-400:]}")
        elif done.returncode == 11 and "diperlukan sekitar" not in done.stdout:
            tally.fail(f"room {room}: the size is not said: {done.stdout[-200:]}")
        elif digest(root) not in (before, after) or (digest(root) == before and _database(root) != kept):
            tally.fail(f"room {room}: neither what was there nor what was to come")
        shutil.rmtree(root)
        tally.tried += 1
    return tally


def _database(root: Path) -> str:
    return hashlib.sha256((root / "data/processed/capaian.duckdb").read_bytes()).hexdigest()
