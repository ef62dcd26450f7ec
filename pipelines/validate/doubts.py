"""Findings that rest on a reference which is at fault itself: nobody is blamed for what the office has to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.finding import Finding, Place, make_finding
from schemas.vocabulary import Tingkat

_REGISTER = "PK SKPD"
_RESTING = frozenset({"PK-001", "IKU-001", "CAP-001"})
"""What says that the register of PK does not have an indicator."""


def doubt_register(findings: Sequence[Finding], noted: Iterable[Finding]) -> list[Finding]:
    """The findings, those that rest on a register of PK with errors turned into the office's own.

    Such a row stays held back, but its workbook does not go back for it: the row that is missed may be one of those
    the register lost. `noted` is what reading the references found.
    """
    if not any(f.tingkat == Tingkat.ERROR and f.lembar == _REGISTER for f in noted):
        return list(findings)
    return [_of_register(f) if f.kode in _RESTING else f for f in findings]


def _of_register(f: Finding) -> Finding:
    place = Place(f.tahun, f.triwulan, f.kode_skpd, f.berkas, f.lembar, f.sel, None, f.row_id)
    return make_finding("ACU-016", place, f.nilai, temuan=f.pesan)
