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
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
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
walk(root, triwulan := int(sys.argv[2]))
if triwulan == 2:
    write_all(root, triwulan)
"""
_OF_PROGRAM = 0.2
"""So many of the runs are the program's own, which begin with Prefect and take longer."""


@dataclass(frozen=True)
class Way:
    """One way to run a quarter, and what the marts are before and after a run that nobody kills."""

    command: Callable[[Path, int], list[str]]
    again: Callable[[Path], None]
    start: Path
    before: dict[str, str]
    after: dict[str, str]
    seconds: float


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Kill a run of the second quarter in a folder that holds the first; then look at it, and run again."""
    tally = Tally("kills")
    steps, program = (_try(folder / name, *way) for name, way in {"steps": _BY_STEPS, "cli": _BY_PROGRAM}.items())
    for chance in bounds.rounds(seed, "kills"):
        way = program if chance.random() < _OF_PROGRAM else steps
        root = shutil.copytree(way.start, folder / "korban")
        begun = time.process_time()
        try:
            for problem in _kill(root, chance, way):
                tally.fail(problem)
        finally:
            shutil.rmtree(root)
        tally.tried += 1
        tally.worst_seconds = max(tally.worst_seconds, time.process_time() - begun)
    return tally


def _try(folder: Path, command: Callable[[Path, int], list[str]], again: Callable[[Path], None]) -> Way:
    """The first quarter, where every killed run begins, and the second, as it ends where it is left alone."""
    start = folder / "ruang"
    list(write_sample(start, YEAR, 3))
    subprocess.run(command(start, 1), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    reference, begun = shutil.copytree(start, folder / "acuan"), time.monotonic()
    subprocess.run(command(reference, 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return Way(command, again, start, digest(start), digest(reference), time.monotonic() - begun)


def _kill(root: Path, chance: random.Random, way: Way) -> list[str]:
    child = subprocess.Popen(
        way.command(root, 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    seen: list[str] = []
    stop = threading.Event()
    reader = threading.Thread(target=_read_on, args=(root, stop, seen))
    reader.start()
    time.sleep(chance.uniform(0, way.seconds * 1.1))
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    stop.set()
    reader.join()
    problems = [*seen, *_look(root, way.before, way.after)]
    way.again(root)
    if digest(root) != way.after:
        problems.append("the next run gives other marts")
    litter = [p.name for p in root.rglob(".*.tmp*")]
    return [*problems, *([f"litter: {litter}"] if litter else [])]


def _steps(root: Path, triwulan: int) -> list[str]:
    return [sys.executable, "-c", _STEPS, str(root), str(triwulan)]


def _walk_again(root: Path) -> None:
    settings = load_settings(root)
    with alone(settings):
        repair(settings)
        if road.is_behind(settings):
            road.bring_forward(settings, NOW)
        walk(root, 2)
        write_all(root, 2)


def _program(root: Path, triwulan: int) -> list[str]:
    period = ["--tahun", str(YEAR), "--triwulan", str(triwulan)]
    return [sys.executable, "-m", "pipelines", "jalankan", *period, "--ruang", str(root)]


def _run_again(root: Path) -> None:
    subprocess.run(_program(root, 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


_BY_STEPS, _BY_PROGRAM = (_steps, _walk_again), (_program, _run_again)


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
