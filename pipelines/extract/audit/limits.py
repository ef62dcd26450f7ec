"""From where on the auditor speaks, as data (`schemas/ambang.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import isclose
from typing import Any

from schemas.thresholds import load_thresholds


@dataclass(frozen=True)
class Limits:
    """The thresholds of the auditor of formulas."""

    pola_terkecil: int
    pola_bagian: Decimal
    ketikan_satu_satu: int
    konstanta_terkecil: int
    persen_tertinggi: int
    selisih_mutlak: float
    selisih_bagian: float

    def differ(self, one: Fraction, other: Fraction) -> bool:
        """Whether two figures differ by more than the dust of binary figures."""
        return not isclose(one, other, rel_tol=self.selisih_bagian, abs_tol=self.selisih_mutlak)


@cache
def limits() -> Limits:
    """The thresholds as delivered."""
    given: dict[str, Any] = load_thresholds()["rumus"]
    return Limits(
        pola_terkecil=given["pola_terkecil"],
        pola_bagian=Decimal(given["pola_bagian"]),
        ketikan_satu_satu=given["ketikan_satu_satu"],
        konstanta_terkecil=given["konstanta_terkecil"],
        persen_tertinggi=given["persen_tertinggi"],
        selisih_mutlak=float(given["selisih_mutlak"]),
        selisih_bagian=float(given["selisih_bagian"]),
    )
