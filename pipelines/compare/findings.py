"""What an officer is told of a workbook that was sent again: how much was mended, and which figures moved unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.numerals import say_change
from schemas.finding import Finding, Place, make_finding
from schemas.returned import Change, Nasib, tell_fates
from schemas.submission import Submission

_EXAMPLES = 5
_UNASKED = (Nasib.BERUBAH, Nasib.BERTEMUAN)

WAITS, WENT_BACK = "REG-032", "REG-053"
"""It was checked and compared, and waits to replace what was accepted, or went back instead: it has errors."""


def tell_changes(old: Submission, new: Submission, changes: Sequence[Change], *, returned: bool) -> Iterator[Finding]:
    """KIR-001 on the whole, and KIR-002 per sheet where the version before had been `returned`.

    What changed in a row that had a finding belongs to its mending; a correction nobody asked for is told by RWT-001.
    """
    place = Place(new.tahun, new.triwulan, new.kode_skpd, new.berkas, pengajuan_id=new.pengajuan_id)
    yield make_finding(
        "KIR-001",
        place,
        versi_semula=old.versi,
        tanggal_semula=f"{old.diterima_pada:%d-%m-%Y}",
        hasil=tell_fates(changes),
    )
    if returned:
        for lembar, moved in _unasked(changes).items():
            here = replace(place, lembar=lembar, sel=next((c.sel for c in moved if c.sel), None))
            yield make_finding(
                "KIR-002", here, moved[0].baru, jumlah=len(moved), versi_semula=old.versi, contoh=_examples(moved)
            )


def tell_waiting(
    accepted: Sequence[Submission], new: Submission, changes: Sequence[Change] | None, errors: int
) -> Finding:
    """What was sent to replace what was accepted, and in how many cells they differ, if they can be compared."""
    place = Place(new.tahun, new.triwulan, new.kode_skpd, new.berkas, pengajuan_id=new.pengajuan_id)
    differing = sum(1 for c in changes or () if c.lama != c.baru)
    words = {
        "versi": new.versi,
        "semula": "; ".join(f"versi {s.versi} ({s.berkas})" for s in accepted),
        "beda": f"{differing} sel berbeda" if differing else "tidak ada sel yang berbeda",
        "tahun": new.tahun,
        "triwulan": new.triwulan,
        "skpd": new.kode_skpd,
        "kesalahan": errors,
    }
    if changes is None:
        words["beda"] = "bentuknya lain, jadi tidak dibandingkan sel demi sel"
    return make_finding(WENT_BACK if errors else WAITS, place, **words)


def _unasked(changes: Sequence[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.lembar and change.nasib in _UNASKED and change.angka:
            found[change.lembar].append(change)
    return found


def _examples(moved: Sequence[Change]) -> str:
    told = [f"{c.sel or c.sel_lama} {say_change(c.lama, c.baru)}" for c in moved[:_EXAMPLES]]
    left = len(moved) - len(told)
    return "; ".join(told) + (f"; dan {left} lagi" if left else "")
