"""The books of receipts: when files were received, and for which quarter a person says they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeVar

from pipelines.intake.identity import parse_quarter
from pipelines.intake.register import Confirmed
from pipelines.intake.stamps import parse_stamp, parse_turned
from pipelines.numerals import format_date
from schemas.finding import Finding, Place, make_finding
from schemas.period import ROMAN
from schemas.submission import ReceiptLine, ReceivedFile

_T = TypeVar("_T")

_YEARS_AFTER = 10
"""Data of a year come in so many years; another year is a slip of the pen, or a year of two digits put first."""


@dataclass(frozen=True)
class Receipts:
    """What the books say, by the path of a file, and the lines that say nothing that can be used, with the reason.

    `followed` gives, of a file that lies elsewhere than its line says, the path its line names.
    """

    stamps: Mapping[str, datetime]
    quarters: Mapping[str, int]
    faults: tuple[tuple[ReceiptLine, str], ...] = ()
    lines: tuple[ReceiptLine, ...] = ()
    followed: Mapping[str, str] = field(default_factory=dict)

    def confirmed(self, files: Iterable[ReceivedFile]) -> Confirmed:
        """Those of the files whose quarter a person has said."""
        said = ((f.berkas, find_receipt(self.quarters, f.berkas)) for f in files)
        return frozenset((berkas, quarter) for berkas, quarter in said if quarter)

    def undated(self, files: Iterable[ReceivedFile]) -> list[ReceivedFile]:
        """Those of the files the clock dated: no line says when they came, nor did their bytes lie elsewhere before."""
        first: dict[str, ReceivedFile] = {}
        for f in sorted(files, key=lambda f: f.urutan):
            first.setdefault(f.sha256, f)
        return [f for f in first.values() if find_receipt(self.stamps, f.berkas) is None]


def find_receipt(book: Mapping[str, _T], berkas: str) -> _T | None:
    """What a book of receipts says of a file: by its own path, else by that of the zip or folder it lies in."""
    path = PurePosixPath(berkas)
    return next((book[name] for name in map(str, (path, *path.parents)) if name in book), None)


def understand_receipts(tahun: int, lines: Sequence[ReceiptLine]) -> Receipts:
    """The books as far as they can be read; of two lines on one file the later adds to the earlier, or amends it.

    A book in which a date can only have its month before its day leaves no other date whose day could be a month.
    """
    turned = {line.kotak for line in lines if parse_turned(line.diterima_pada) and not parse_stamp(line.diterima_pada)}
    stamps: dict[str, datetime] = {}
    quarters: dict[str, int] = {}
    faults: list[tuple[ReceiptLine, str]] = []
    for line in lines:
        quarter = parse_quarter(line.triwulan)
        stamp, doubt = _stamp(tahun, line.diterima_pada, line.kotak in turned)
        if reasons := [r for r in (line.sebab, doubt, _fault(line, stamp, quarter)) if r]:
            faults.append((line, "; ".join(reasons)))
        if line.berkas and stamp:
            stamps[line.path] = stamp
        if line.berkas and quarter:
            quarters[line.path] = quarter
    return Receipts(stamps, quarters, tuple(faults), tuple(lines))


def check_receipts(tahun: int, triwulan: int, receipts: Receipts, files: Iterable[ReceivedFile]) -> Iterator[Finding]:
    """Lines that cannot be read, name no file, or say another quarter than the content of their file.

    The inboxes up to `triwulan` have been registered: only there it is known which files there are.
    """
    said = {f.berkas: f.triwulan for f in sorted(files, key=lambda f: f.urutan)}
    places = {str(place) for path in map(PurePosixPath, said) for place in (path, *path.parents)}
    places |= {*receipts.followed.values()}
    faults = [*receipts.faults]
    for line in receipts.lines:
        if line.berkas and line.path not in places and line.kotak <= f"tw{triwulan}":
            faults.append((line, f"tidak ada berkas “{line.berkas}” di kotak masuk {line.kotak}"))
        quarter, content = parse_quarter(line.triwulan), said.get(line.path)
        if quarter and content and quarter != content:
            told = f"isi berkas menyatakan Triwulan {ROMAN[content - 1]}"
            faults.append((line, f"{told}; bila itu salah, perbaiki sel Triwulan lalu kirim ulang"))
    for line, reason in sorted(faults, key=lambda f: (f[0].kotak, f[0].baris)):
        place = Place(tahun, int(line.kotak.removeprefix("tw")), berkas=f"{line.kotak}/penerimaan.csv")
        yield make_finding("REG-034", place, line.berkas, baris=line.baris, sebab=reason)


def _fault(line: ReceiptLine, stamp: datetime | None, quarter: int | None) -> str | None:
    if not line.berkas:
        return "nama berkas kosong" if line.berkas is not None else None
    if line.triwulan and quarter is None:
        return f"triwulan “{line.triwulan}” bukan 1 sampai 4"
    return None if stamp or quarter or line.diterima_pada else "tanggal terima dan triwulannya kosong"


def _stamp(tahun: int, text: str | None, turned: bool) -> tuple[datetime | None, str | None]:
    """When, or what is wrong with the text that should say it; neither where nothing is written."""
    stamp, other = parse_stamp(text), parse_turned(text)
    if text and stamp is None:
        return None, f"tanggal “{text}” tidak terbaca; tulis hari, bulan, tahun"
    if stamp and other and stamp != other and turned:
        meant = f"{format_date(stamp)} atau {format_date(other)}"
        return None, f"tanggal “{text}” dapat berarti {meant}: di buku ini ada tanggal yang bulannya di depan"
    if stamp and stamp.year not in range(tahun - 1, tahun + _YEARS_AFTER):
        return None, f"tanggal “{text}” terbaca {format_date(stamp)}, bukan masa penerimaan data Tahun {tahun}"
    return stamp, None
