"""What every campaign counts, and how long it may take."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

KEPT = Path("build", "faults")
"""Where inputs that were not held are kept."""
_TELL_SECONDS = 120
"""A campaign of an hour says from time to time how far it is."""


@dataclass
class Tally:
    """How many were tried, what was not held, and what the guard of the program had to catch."""

    name: str
    tried: int = 0
    caught: int = 0
    worst_seconds: float = 0.0
    worst_mb: float = 0.0
    failures: list[str] = field(default_factory=list)

    def fail(self, what: str, content: bytes | None = None) -> None:
        """Note what was not held, and keep the input it happened with."""
        self.failures.append(what)
        if content is not None:
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{self.name}-{len(self.failures)}.bin").write_bytes(content)

    def line(self) -> str:
        """The campaign in one line."""
        held = self.tried - len(self.failures)
        return (
            f"{self.name:<12} {self.tried:>7} tried {held:>7} held {self.caught:>5} caught by the guard "
            f"{self.worst_seconds:>7.2f} s worst {self.worst_mb:>6.0f} MB"
        )


@dataclass(frozen=True)
class Bounds:
    """How much a campaign may try, and how long it may go on: whichever comes first."""

    count: int
    seconds: float

    def rounds(self, seed: int, name: str) -> Iterator[random.Random]:
        """A source of chance for each thing tried, the same for the same seed."""
        begun = told = time.monotonic()
        for number in range(self.count):
            now = time.monotonic()
            if now > begun + self.seconds:
                return
            if now > told + _TELL_SECONDS:
                told = now
                print(f"  {name}: {number} of {self.count} tried, {now - begun:.0f} s", file=sys.stderr, flush=True)
            yield random.Random(f"{seed}/{name}/{number}")


Campaign = Callable[[int, Bounds, Path], Tally]
"""Seed, bounds, and a folder to work in."""
