"""Two commands at once on one folder: one waits its turn or is told so, and what is there afterwards is whole."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pipelines.settings import load_settings
from pipelines.steps import inspection
from pipelines.steps.sample import write_sample
from tests.faults.campaign import Bounds, Tally
from tests.road.conftest import YEAR
from tests.road.test_road import digest

_ALLOWED = {0, 1, 13}
"""Done, done with data at fault, another one is at work."""
_RIVALS = ("jalankan", "siapkan", "sahkan --semua", "status", "periksa-ruang", "susun triwulan")
_NEUTRAL = frozenset(_RIVALS) - {"sahkan --semua"}
"""What changes no figure and no status."""


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Start a run of the second quarter and, a moment before or after, any other command on the first."""
    tally, start = Tally("rivals"), folder / "ruang"
    list(write_sample(start, YEAR, 3))
    _finish(_start(start, "jalankan", 1))
    reference = shutil.copytree(start, folder / "acuan")
    begun = time.monotonic()
    _finish(_start(reference, "jalankan", 2))
    length = time.monotonic() - begun
    for chance in bounds.rounds(seed, "rivals"):
        root, rival = shutil.copytree(start, folder / "korban"), chance.choice(_RIVALS)
        try:
            for problem in _race(root, rival, chance, length, digest(reference)):
                tally.fail(f"jalankan and {rival}: {problem}")
        finally:
            shutil.rmtree(root)
        tally.tried += 1
    return tally


def _race(root: Path, rival: str, chance: random.Random, length: float, after: dict[str, str]) -> list[str]:
    pair = [("jalankan", 2), (rival, 1)]
    chance.shuffle(pair)
    first = _start(root, *pair[0])
    time.sleep(chance.uniform(0, length))
    second = _start(root, *pair[1])
    problems = [problem for child in (first, second) for problem in _finish(child)]
    problems += _finish(_start(root, "jalankan", 2))
    problems += [f"{d.bagian} {d.nama}: {d.pesan}" for d in inspection.inspect_folder(load_settings(root)).rusak]
    if rival in _NEUTRAL and digest(root) != after:
        problems.append("the marts are not those of a run alone")
    return problems


def _start(root: Path, command: str, triwulan: int) -> subprocess.Popen[str]:
    name, *more = command.split(" ")
    quarter = [] if name == "periksa-ruang" else ["--tahun", str(YEAR), "--triwulan", str(triwulan)]
    asked = [sys.executable, "-m", "pipelines", name, *more, *quarter, "--ruang", str(root)]
    return subprocess.Popen(
        asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"}
    )


def _finish(child: subprocess.Popen[str]) -> list[str]:
    out, errors = child.communicate()
    if child.returncode in _ALLOWED and "Traceback" not in errors:
        return []
    return [f"exit {child.returncode}: {(errors or out)[-400:]}"]
