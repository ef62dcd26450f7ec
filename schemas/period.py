"""A period of measurement: a triwulan, a semester or a tahun, and its one spelling (`2025-TW2`, `2025-S1`, `2025`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Jenis = Literal["triwulan", "semester", "tahun"]

ROMAN = ("I", "II", "III", "IV")
"""Triwulan and semester are written in Roman numerals in every official document."""

CALL_MONTHS = (3, 6, 9, 12)
"""SOP Pengukuran Kinerja (Lampiran XIX, step 1): data are called in March, June, September and December."""


@dataclass(frozen=True, order=True)
class Periode:
    """One period of one year; `nomor` is 1–4 for a triwulan, 1–2 for a semester, 0 for the year."""

    tahun: int
    jenis: Jenis
    nomor: int = 0

    def __str__(self) -> str:
        prefix = {"triwulan": "-TW", "semester": "-S", "tahun": ""}[self.jenis]
        return f"{self.tahun}{prefix}{self.nomor or ''}"

    @property
    def label(self) -> str:
        """The name people write: `Triwulan II Tahun 2025`."""
        if self.jenis == "tahun":
            return f"Tahun {self.tahun}"
        return f"{self.jenis.capitalize()} {ROMAN[self.nomor - 1]} Tahun {self.tahun}"

    @property
    def triwulan(self) -> tuple[int, ...]:
        """The quarters the period holds, in order."""
        if self.jenis == "triwulan":
            return (self.nomor,)
        if self.jenis == "semester":
            return (2 * self.nomor - 1, 2 * self.nomor)
        return (1, 2, 3, 4)

    @property
    def last_date(self) -> date:
        """The last calendar day of the period."""
        month = 3 * self.triwulan[-1]
        return date(self.tahun, month, 31 if month in (3, 12) else 30)


def triwulan_period(tahun: int, triwulan: int) -> Periode:
    """The period of one quarter."""
    return Periode(tahun, "triwulan", triwulan)


def semester_period(tahun: int, semester: int) -> Periode:
    """The period of one semester."""
    return Periode(tahun, "semester", semester)


def tahun_period(tahun: int) -> Periode:
    """The period of one year."""
    return Periode(tahun, "tahun")


def periods_through(tahun: int, triwulan: int) -> tuple[Periode, ...]:
    """Every period of the year that has ended with the given quarter: a semester or year is never shown half-way."""
    quarters = tuple(triwulan_period(tahun, q) for q in range(1, triwulan + 1))
    semesters = tuple(semester_period(tahun, s) for s in (1, 2) if 2 * s <= triwulan)
    return (*quarters, *semesters, *((tahun_period(tahun),) if triwulan == 4 else ()))
