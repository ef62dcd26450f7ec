"""Several books of BKD over the same months: an export holds all of a year so far, and so repeats the one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from pipelines.extract.forms.documents import list_rows
from pipelines.extract.sheets import Extract
from pipelines.numerals import format_exact
from schemas.finding import Finding, Place, make_finding
from schemas.reference import REF_BKD

_LEFT = "REK-021"
Period = tuple[object, object]
"""An SKPD and a quarter."""


def settle_exports(extract: Extract, exports: Collection[str], files: Mapping[str, str]) -> None:
    """Take each SKPD and quarter from one export: that which reaches furthest.

    From none where a book was laid there for that quarter by name or sheet. What the others say of it is told, and not
    counted again.
    """
    columns = extract.lists(REF_BKD.name)
    periods = list(zip(columns["kode_skpd"], columns["untuk_triwulan"], strict=True))
    books = [str(pid) for pid in columns["pengajuan_id"]]
    reach: dict[str, tuple[int, int]] = dict.fromkeys(exports, (0, 0))
    of_period: dict[Period, set[str]] = defaultdict(set)
    for pid, period in zip(books, periods, strict=True):
        of_period[period].add(pid)
        if pid in reach:
            reach[pid] = max(reach[pid][0], int(str(period[1]))), reach[pid][1] + 1
    used = {period: _used(found, reach) for period, found in of_period.items()}
    left = [n for n, (pid, period) in enumerate(zip(books, periods, strict=True)) if pid not in used[period]]
    extract.findings.extend(_told(columns, left, used, files))
    gone = set(left)
    for values in columns.values():
        values[:] = [value for n, value in enumerate(values) if n not in gone]


def _used(found: Collection[str], reach: Mapping[str, tuple[int, int]]) -> set[str]:
    others = {pid for pid in found if pid not in reach}
    return others or {max(found, key=lambda pid: (reach[pid], pid))}


def _told(
    columns: Mapping[str, list[object]], left: list[int], used: Mapping[Period, set[str]], files: Mapping[str, str]
) -> Iterator[Finding]:
    """By export and quarter, once."""
    grouped: dict[tuple[str, int], list[int]] = defaultdict(list)
    for n in left:
        if columns["kode_rekening"][n] is None:
            grouped[str(columns["pengajuan_id"][n]), int(str(columns["untuk_triwulan"][n]))].append(n)
    for (pid, quarter), rows in grouped.items():
        others = {files[o] for n in rows for o in used[columns["kode_skpd"][n], columns["untuk_triwulan"][n]]}
        spent = sum((Decimal(str(columns["realisasi_rp"][n])) for n in rows), Decimal(0))
        lines = [int(str(columns["baris"][n])) for n in rows]
        place = Place(int(str(columns["tahun"][rows[0]])), 0, None, files[pid], str(columns["lembar"][rows[0]]))
        sebab = f"realisasi s.d. TW {quarter} SKPD yang sama sudah dimuat {', '.join(sorted(others))}"
        words = {"jumlah": len(rows), "rupiah": format_exact(spent), "baris": list_rows(lines), "sebab": sebab}
        yield make_finding(_LEFT, place, files[pid], **words)
