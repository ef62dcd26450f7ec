"""What a step tells the flow about its work: numbers for people, nothing another step needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from schemas.finding import Finding, told_once
from schemas.vocabulary import Tingkat

STATES = {"created": "dokumen baru", "replaced": "dokumen diganti", "unchanged": "dokumen tetap"}
"""What writing a document did, as people are told."""


@dataclass(frozen=True)
class StepOutcome:
    """Counts, findings by severity, files made, rows worth showing as a table, and sentences people must be told.

    `changed` are those of the files made that are new or hold something else than before.
    """

    station: str
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    made: tuple[Path, ...] = ()
    rows: tuple[Mapping[str, object], ...] = ()
    told: tuple[str, ...] = ()
    changed: tuple[Path, ...] = ()

    @property
    def states(self) -> dict[str, int]:
        """How many documents are new, replaced, or as they were, where there are any."""
        return {label: count for label in STATES.values() if (count := self.counts.get(label, 0))}


def list_findings(stored: pa.Table) -> list[Finding]:
    """The findings of a stored table `temuan`."""
    return [Finding(**{**row, "tingkat": Tingkat(row["tingkat"])}) for row in stored.to_pylist()]


def count_findings(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity, each once in whatever quarters it is told."""
    counts = dict.fromkeys((str(t) for t in Tingkat), 0)
    for finding in told_once(findings):
        counts[finding.tingkat] += 1
    return counts
