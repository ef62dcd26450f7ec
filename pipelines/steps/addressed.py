"""What an SKPD is to act on in a workbook it sent: its letter, its workbook and the register count this and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schemas.finding import Finding, is_for_office
from schemas.submission import Submission


def address_findings(
    submissions: Iterable[Submission], findings: Iterable[Finding]
) -> Mapping[str, tuple[Finding, ...]]:
    """By submission what was found in it, and on receiving its file, without what the office settles."""
    own, on_receipt = defaultdict[object, list[Finding]](list), defaultdict[object, list[Finding]](list)
    for f in findings:
        if is_for_office(f.kode):
            continue
        if f.pengajuan_id is None:
            on_receipt[f.kode_skpd, f.berkas].append(f)
        else:
            own[f.pengajuan_id].append(f)
    return {s.pengajuan_id: (*own[s.pengajuan_id], *on_receipt[s.kode_skpd, s.berkas]) for s in submissions}
