"""Files that were received and no longer lie in an inbox, and copies of them that the archive no longer has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from schemas.finding import Finding, Place, make_finding
from schemas.submission import ReceivedFile, Submission

LOST = "REG-045"
"""The archive does not have the bytes that were received."""


def check_kept(files: Iterable[ReceivedFile], lost: Container[str]) -> Iterator[Finding]:
    """Files the archive cannot prove any more, and which lie nowhere to mend it from; `lost` holds their sha256."""
    told = {(f.sha256, f.folder_triwulan): f for f in files if f.sha256 in lost}
    for f in told.values():
        yield make_finding(LOST, Place(f.folder_tahun, f.folder_triwulan, None, f.berkas), sidik=f.sha256[:12])


def check_gone(files: Iterable[ReceivedFile], submissions: Iterable[Submission]) -> Iterator[Finding]:
    """Files whose data count, though they no longer lie in an inbox: one note a quarter, for an office tidies up."""
    listed = list(files)
    there = {f.sha256 for f in listed if f.ada}
    gone = {(f.sha256, f.berkas) for f in listed if not f.ada and f.sha256 not in there}
    missing: dict[tuple[int, int], set[str]] = defaultdict(set)
    for s in submissions:
        if s.counts and (s.sha256, s.berkas) in gone:
            missing[(s.tahun, s.triwulan)].add(s.berkas)
    for (tahun, triwulan), names in sorted(missing.items()):
        first, *others = sorted(names)
        told = f"{first} dan {len(others)} lainnya" if others else first
        yield make_finding("REG-044", Place(tahun, triwulan), jumlah=len(names), berkas=told)
