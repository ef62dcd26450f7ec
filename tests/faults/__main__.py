"""`python -m tests.faults [seed [campaign …]]`: every campaign, or those named, within twenty minutes.

FAULTS=slice takes five minutes, FAULTS=long as long as the counts take.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import clocks, disk, kills, mutations, rivals, roads, tampering
from tests.faults.campaign import Bounds, Campaign, Tally

_MINUTES = {"": 18.0, "slice": 4.5, "long": 24 * 60.0}
_CAMPAIGNS: dict[str, tuple[Campaign, int, float]] = {
    "mutations": (mutations.run, 10_000, 0.3),
    "kills": (kills.run, 220, 0.25),
    "tampering": (tampering.run, 500, 0.08),
    "disk": (disk.run, 60, 0.12),
    "roads": (roads.run, 100, 0.12),
    "clocks": (clocks.run, 200, 0.03),
    "rivals": (rivals.run, 20, 0.1),
}
"""What is run, how many it tries in the long form, and its share of the time in a bounded one."""


def main() -> int:
    """Run the campaigns one after the other, print what each came to; 1 where something was not held."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    chosen = sys.argv[2:] or list(_CAMPAIGNS)
    print(f"seed {seed}")
    failures = sum(_one(name, seed) for name in chosen)
    return 1 if failures else 0


def _one(name: str, seed: int) -> int:
    """How much was not held; each is printed, and its input kept."""
    campaign, count, share = _CAMPAIGNS[name]
    seconds = _MINUTES[os.environ.get("FAULTS", "")] * 60 * share
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"capaian-{name}-") as folder:
        tally: Tally = campaign(seed, Bounds(count, seconds), Path(folder))
    print(f"{tally.line()}   {time.monotonic() - begun:.0f} s", flush=True)
    for failure in tally.failures[:20]:
        print(f"  {failure}", flush=True)
    return len(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
