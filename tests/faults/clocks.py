"""A clock that jumps between runs: of an SKPD's versions the one registered last counts, whatever it is dated."""

from __future__ import annotations

import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.settings import Settings, load_settings
from pipelines.steps import intake, journal, references
from pipelines.steps.sample import write_sample
from tests.faults.campaign import Bounds, Tally
from tests.road.conftest import NOW, YEAR
from tests.road.test_inbox import told


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Send versions of one SKPD's workbook, each registered by a clock set to anywhere within three years."""
    tally, start = Tally("clocks"), folder / "ruang"
    list(write_sample(start, YEAR, 2))
    for book in start.rglob("penerimaan.csv"):
        book.unlink()  # what it dates is dated by no clock
    references.read_references(load_settings(start), YEAR, NOW)
    _register(load_settings(start), NOW)
    for chance in bounds.rounds(seed, "clocks"):
        root = shutil.copytree(start, folder / "korban")
        try:
            for problem in _jump(load_settings(root), chance):
                tally.fail(problem)
        finally:
            shutil.rmtree(root)
        tally.tried += 1
    return tally


def _jump(settings: Settings, chance: random.Random) -> list[str]:
    problems, latest = [], NOW
    first = next(s for s in intake.load_submissions(settings, YEAR) if s.triwulan == 1)
    source = settings.inbox(YEAR, 1).parent / first.berkas
    for version in range(2, chance.randint(3, 6)):
        moment = NOW + timedelta(days=chance.randint(-1000, 100), seconds=chance.randint(0, 86_399))
        name = source.name if chance.random() < 0.5 else f"versi-{version}.xlsx"
        source.with_name(name).write_bytes(source.read_bytes() + b"\0" * version)
        _register(settings, moment)
        mine = [s for s in intake.load_submissions(settings, YEAR) if (s.kode_skpd, s.triwulan) == (first.kode_skpd, 1)]
        counting = [s.versi for s in mine if s.counts]
        if counting != [version]:
            problems.append(f"version {version}, dated {moment}: {counting} counts")
        if moment < latest and not told(settings.root, "REG-047"):
            problems.append(f"version {version}, dated {moment} after {latest}: the clock is not told of")
        latest = max(latest, moment)
    return problems


def _register(settings: Settings, moment: datetime) -> None:
    intake.register_inbox(settings, YEAR, 1, moment)
    journal.note_received(settings, YEAR, moment)
