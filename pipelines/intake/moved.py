"""Files that were put elsewhere: they came when they came, and the line on them in the book of receipts is followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from pipelines.intake.receipts import Receipts, find_receipt
from schemas.finding import Finding, Place, catalogue, make_finding
from schemas.submission import ReceiptLine, ReceivedFile
from schemas.vocabulary import Tingkat

_Content = tuple[str, str]
"""sha256 and path."""


def date_files(
    fresh: Iterable[ReceivedFile], known: Iterable[ReceivedFile], lying: Container[_Content], receipts: Receipts
) -> Iterator[ReceivedFile]:
    """The files seen first just now, each as the book of receipts dates it; one that was moved came when it first came.

    Moved is what lay elsewhere at the last look, lies there no longer, and lies here with the very same bytes.
    """
    left = {f.sha256: f for f in known if f.ada and (f.sha256, f.berkas) not in lying}
    for file in fresh:
        found = [file, *(left[sha256] for sha256 in [file.sha256] if sha256 in left)]
        written = (find_receipt(receipts.stamps, f.berkas) for f in found)
        yield replace(file, diterima_pada=next(filter(None, written), found[-1].diterima_pada))


def follow_names(receipts: Receipts, files: Sequence[ReceivedFile]) -> Receipts:
    """The same receipts with the lines that fit no path followed to the one file of that name in their inbox.

    One file is what has the same bytes, wherever it lay; lie there several, or speak several lines of that name, it
    cannot be known which is meant.
    """
    places = {str(place) for f in files for place in _with_folders(f.berkas)}
    astray: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in receipts.stamps:
        if path not in places:
            astray[_named(path)].append(path)
    named: dict[tuple[str, str], list[ReceivedFile]] = defaultdict(list)
    for f in files:
        if find_receipt(receipts.stamps, f.berkas) is None:
            named[_named(f.berkas)].append(f)
    followed = {f.berkas: rows[0] for key, rows in astray.items() if len(rows) == 1 for f in _only(named[key])}
    stamps = {**receipts.stamps, **{path: receipts.stamps[row] for path, row in followed.items()}}
    return replace(receipts, stamps=stamps, followed=followed)


def check_moved(
    tahun: int, receipts: Receipts, files: Sequence[ReceivedFile], used: Collection[str]
) -> Iterator[Finding]:
    """Lines of the books whose file lies elsewhere now, and those whose file, of no use, lies nowhere any more.

    `used` are the paths of what is a submission: an office may tidy those away. What is named by no file ever is told
    with the other faults of a line (`check_receipts`).
    """
    followed = {row: path for path, row in receipts.followed.items()}
    at: dict[str, list[ReceivedFile]] = defaultdict(list)
    for f in files:
        at[f.berkas].append(f)
    for line in receipts.lines:
        mine = at.get(line.path, [])
        if line.path in followed:
            yield _tell_moved(tahun, line, followed[line.path])
        elif line.path in receipts.stamps and mine and not any(f.ada for f in mine):
            yield from _gone(tahun, line, mine, files, receipts.stamps, used)


def _gone(
    tahun: int,
    line: ReceiptLine,
    mine: Sequence[ReceivedFile],
    files: Iterable[ReceivedFile],
    stamps: Mapping[str, datetime],
    used: Collection[str],
) -> Iterator[Finding]:
    """What became of the file of a line that lies there no longer."""
    same = [f for f in files if f.ada and f.sha256 in {m.sha256 for m in mine}]
    kept = next((f for f in same if f.diterima_pada == stamps[line.path]), None)
    if kept:
        if find_receipt(stamps, kept.berkas) is None:
            yield _tell_moved(tahun, line, kept.berkas)
    elif line.path not in used and all(_is_fault(f) for f in mine):
        told = f"; isi yang sama kini di {same[0].berkas}, yang tanggalnya lain" if same else ""
        sebab = f"berkas “{line.berkas}” tidak ada lagi di kotak masuk {line.kotak}{told}"
        yield make_finding("REG-034", _place(tahun, line), line.berkas, baris=line.baris, sebab=sebab)


def _tell_moved(tahun: int, line: ReceiptLine, berkas: str) -> Finding:
    kotak, _, nama = berkas.partition("/")
    words = {"baris": line.baris, "nama": line.berkas, "berkas": berkas, "kotak": kotak, "benar": nama}
    return make_finding("REG-054", _place(tahun, line), line.berkas, **words)


def _place(tahun: int, line: ReceiptLine) -> Place:
    return Place(tahun, int(line.kotak.removeprefix("tw")), berkas=f"{line.kotak}/penerimaan.csv")


def _is_fault(file: ReceivedFile) -> bool:
    return bool(file.tolak_kode) and catalogue()[file.tolak_kode or ""].tingkat == Tingkat.ERROR


def _only(files: Sequence[ReceivedFile]) -> Sequence[ReceivedFile]:
    """Those of one name where they are one content, or all but one have gone."""
    there = files if len({f.sha256 for f in files}) == 1 else [f for f in files if f.ada]
    return there if len({f.sha256 for f in there}) == 1 else ()


def _named(path: str) -> tuple[str, str]:
    """The inbox of a file, and its name."""
    parts = PurePosixPath(path).parts
    return parts[0], parts[-1]


def _with_folders(path: str) -> Iterator[PurePosixPath]:
    yield PurePosixPath(path)
    yield from PurePosixPath(path).parents
