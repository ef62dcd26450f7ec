"""Findings that rest on a reference which is at fault itself: nobody is blamed for what the office has to mend."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from schemas.finding import Finding, Place, make_finding

_REGISTER = "PK SKPD"
_RESTING = frozenset({"PK-001", "IKU-001", "CAP-001"})
"""What says that the register of PK does not have an indicator."""


def doubt_register(
    findings: Sequence[Finding], held: Iterable[Mapping[str, str | None]], known: Container[str | None]
) -> list[Finding]:
    """The findings, those that rest on a row the register of PK lost turned into the office's own.

    Such a row stays held back, but its workbook does not go back for it. `held` are the rows of references that were
    held (ref_tertahan), `known` the codes of the register: a row of an SKPD it knows may be any indicator of that
    one, for its own code may be what is wrong; a row of nobody known is the indicator of its code.
    """
    lost = [row for row in held if row["lembar"] == _REGISTER]
    owners = {row["kode_skpd"] for row in lost if row["kode_skpd"] in known}
    codes = {row["kode"] for row in lost if row["kode_skpd"] not in known}
    return [
        _of_register(f) if f.kode in _RESTING and (f.kode_skpd in owners or f.nilai in codes) else f for f in findings
    ]


def _of_register(f: Finding) -> Finding:
    place = Place(f.tahun, f.triwulan, f.kode_skpd, f.berkas, f.lembar, f.sel, None, f.row_id)
    return make_finding("ACU-016", place, f.nilai, temuan=f.pesan)
