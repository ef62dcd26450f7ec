"""Rows of the marts of comparison: an SKPD beside others, an indicator beside earlier years and what serves it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of an SKPD among the SKPD, or of a unit among the units, in one period."""

    kode_skpd: str
    periode: str
    peringkat: int


@dataclass(frozen=True, slots=True)
class Growth:
    """An indicator in a year, this one or an earlier one, against the last one before that can be compared with it."""

    kode_skpd: str | None
    kode_indikator: str
    tahun_data: int
    tahun_pembanding: int | None
    pertumbuhan: Decimal | None
    arah: str | None


@dataclass(frozen=True, slots=True)
class Serving:
    """A program, kegiatan or sub kegiatan that serves an indicator of its SKPD in one period."""

    kode_skpd: str
    periode: str
    kode_indikator: str
    kode: str
