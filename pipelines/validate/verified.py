"""Typed rows less those an error holds back: what may be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from schemas.finding import Finding
from schemas.vocabulary import Tingkat

SUBJECTS = ("identitas", "pk", "iku", "realisasi", "anggaran", "belanja_triwulan", "pengesahan")
"""What follows `typed_` and `verified_` in the names of tables."""


def held_rows(findings: Iterable[Finding]) -> frozenset[str]:
    """The rows that an error, of the reader or of a check, holds back."""
    return frozenset(f.row_id for f in findings if f.row_id is not None and f.tingkat == Tingkat.ERROR)


_RESTATED = "RWT-001"
"""Another figure stands in print now."""


def without_held_restatements(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, less that a figure was restated where its row is held back: the new one does not count."""
    held = held_rows(findings)
    return [f for f in findings if f.kode != _RESTATED or f.row_id not in held]


def verify_rows(typed: Mapping[str, pa.Table], findings: Iterable[Finding]) -> dict[str, pa.Table]:
    """`typed_<subject>` → `verified_<subject>`, every row that no error names; nothing is filled in."""
    held = pa.array(sorted(held_rows(findings)), pa.string())
    return {f"verified_{s}": _without(typed[f"typed_{s}"], held) for s in SUBJECTS}


def _without(table: pa.Table, held: pa.Array) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["row_id"], value_set=held)))
