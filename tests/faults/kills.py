"""A run killed at any moment: whoever reads the marts meanwhile reads one run's, and the next run gives the same."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb

from pipelines.errors import CapaianError
from pipelines.settings import load_settings
from pipelines.steps import places, road
from pipelines.steps.repair import repair
from pipelines.steps.runs import alone
from pipelines.steps.sample import write_sample
from pipelines.stores.warehouse import open_read
from tests.faults.campaign import Bounds, Tally
from tests.road.conftest import NOW, YEAR, walk, write_all
from tests.road.test_road import digest

_STEPS = """
import sys
from pathlib import Path
from tests.road.conftest import walk, write_all
root = Path(sys.argv[1])
print("mulai", flush=True)
walk(root, 2)
write_all(root, 2)
"""


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Kill a run of the second quarter in a folder that holds the first; then look at it, and run again."""
    tally, start = Tally("kills"), folder / "ruang"
    list(write_sample(start, YEAR, 3))
    walk(start, 1)
    reference = shutil.copytree(start, folder / "acuan")
    before, length = digest(reference), time.monotonic()
    walk(reference, 2)
    write_all(reference, 2)
    length, after = time.monotonic() - length, digest(reference)
    for chance in bounds.rounds(seed, "kills"):
        root = shutil.copytree(start, folder / "korban")
        begun = time.process_time()
        try:
            for problem in _kill(root, chance, length, before, after):
                tally.fail(problem)
        finally:
            shutil.rmtree(root)
        tally.tried += 1
        tally.worst_seconds = max(tally.worst_seconds, time.process_time() - begun)
    return tally


def _kill(root: Path, chance: random.Random, length: float, before: dict[str, str], after: dict[str, str]) -> list[str]:
    command = [sys.executable, "-c", _STEPS, str(root)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ})
    assert child.stdout is not None
    child.stdout.readline()
    seen: list[str] = []
    stop = threading.Event()
    reader = threading.Thread(target=_read_on, args=(root, stop, seen))
    reader.start()
    time.sleep(chance.uniform(0, length * 1.1))
    child.send_signal(signal.SIGKILL)
    child.wait()
    stop.set()
    reader.join()
    child.stdout.close()
    problems = [*seen, *_look(root, before, after)]
    settings = load_settings(root)
    with alone(settings):
        repair(settings)
        if road.is_behind(settings):
            road.bring_forward(settings, NOW)
        walk(root, 2)
        write_all(root, 2)
    if digest(root) != after:
        problems.append("the next run gives other marts")
    litter = [p.name for p in root.rglob(".*.tmp*")]
    return [*problems, *([f"litter: {litter}"] if litter else [])]


def _read_on(root: Path, stop: threading.Event, problems: list[str]) -> None:
    """Somebody who looks at the figures all the while."""
    settings = load_settings(root)
    while not stop.is_set():
        try:
            with open_read(places.warehouse(settings)) as query:
                if not query("from skpd").num_rows:
                    problems.append("a reader found no SKPD")
        except (CapaianError, duckdb.Error) as error:
            problems.append(f"a reader met {type(error).__name__}: {error}")


def _look(root: Path, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The Parquet marts are of one run, of that before or of this; between the two they are laid aside for a moment."""
    found = digest(root)
    return [] if found in (before, after, {}) else ["the Parquet marts are of two runs"]
