"""`python -m tests.faults [seed]`: every campaign, bounded; FAULTS=long tries as much as an evening takes."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.faults import disk, kills, mutations, tampering
from tests.faults.campaign import Bounds, Campaign, Tally

_SHORT: dict[str, tuple[Campaign, Bounds]] = {
    "mutations": (mutations.run, Bounds(1_500, 120)),
    "kills": (kills.run, Bounds(30, 110)),
    "tampering": (tampering.run, Bounds(60, 40)),
    "disk": (disk.run, Bounds(12, 50)),
}
_LONG: dict[str, tuple[Campaign, Bounds]] = {
    "mutations": (mutations.run, Bounds(10_000, 1_800)),
    "kills": (kills.run, Bounds(220, 3_600)),
    "tampering": (tampering.run, Bounds(500, 900)),
    "disk": (disk.run, Bounds(100, 900)),
}


def main() -> int:
    """Run the campaigns one after the other, print what each came to; 1 where something was not held."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    campaigns = _LONG if os.environ.get("FAULTS") == "long" else _SHORT
    print(f"seed {seed}")
    tallies = [_one(name, *campaigns[name], seed) for name in campaigns]
    return 1 if any(tally.failures for tally in tallies) else 0


def _one(name: str, campaign: Campaign, bounds: Bounds, seed: int) -> Tally:
    with tempfile.TemporaryDirectory(prefix=f"capaian-{name}-") as folder:
        tally = campaign(seed, bounds, Path(folder))
    print(tally.line(), flush=True)
    for failure in tally.failures[:20]:
        print(f"  {failure}", flush=True)
    return tally


if __name__ == "__main__":
    sys.exit(main())
