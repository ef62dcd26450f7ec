"""The journal on disk: JSON lines chained by their hashes, written under a lock, every line on the disk or not at all.

An entry that was altered no longer has its own hash, one that was replaced or removed no longer has its neighbour's;
what was cut off at the end is missed by `ujung.json`, which knows the last one. Who rewrites the whole file and that
one too cannot be caught here: an office that wants that notes the last hash on paper.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import BusyError, explain_denied
from pipelines.stores.submissions import hash_bytes
from pipelines.stores.writing import write_text
from schemas.journal import Entry, Event, JournalFault, Peristiwa

FILE, HEAD, TORN = "jurnal.jsonl", "ujung.json", "terputus-{nomor}.txt"
Head = tuple[int, str]
"""Number and hash of an entry that was the last one once."""

START = "0" * 64
"""What the first entry has in the place of a hash before it."""

WAIT_SECONDS = 60


@dataclass(frozen=True)
class Line:
    """One whole line of the file; `entry` is None where it cannot be read."""

    raw: bytes
    entry: Entry | None

    @property
    def seal(self) -> str:
        """What the next line must name as the hash before it."""
        return self.entry.sidik if self.entry else hash_bytes(self.raw)

    @property
    def genuine(self) -> bool:
        """Whether the line still says what it said when it was written, in the one spelling there is for that."""
        entry = self.entry
        return entry is not None and entry.sidik == _seal(entry) and self.raw == _spell(asdict(entry))


@dataclass(frozen=True)
class Journal:
    """The whole journal; `torn` is what a writer that was killed left behind the last whole line."""

    lines: tuple[Line, ...] = ()
    torn: bytes = b""
    head: Head | None = None

    @property
    def last(self) -> Head | None:
        """The last entry, for others to note; None where it cannot be read, or there is none."""
        entry = self.lines[-1].entry if self.lines else None
        return (entry.nomor, entry.sidik) if entry else None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that are as they were written; one that was altered is no witness."""
        return tuple(line.entry for line in self.lines if line.entry and line.genuine)


def read_journal(folder: Path) -> Journal:
    """The journal of a working folder, an empty one where there is none yet."""
    path, head = folder / FILE, folder / HEAD
    if not path.exists():
        return Journal(head=_read_head(head))
    *whole, torn = path.read_bytes().split(b"\n")
    return Journal(tuple(Line(raw, _parse(raw)) for raw in whole), torn, _read_head(head))


def append_events(folder: Path, events: Sequence[Event], waktu: datetime, oleh: str) -> list[Entry]:
    """Add entries, all of them in one write; a torn last line is put aside first, which is an entry of its own.

    Raises BusyError where another process does not let go of the journal, FileLockedError where a program holds it.
    """
    if not events:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".kunci", timeout=WAIT_SECONDS):
            return _append(folder, events, waktu, oleh)
    except Timeout:
        raise BusyError("Jurnal sedang ditulis proses lain. Tunggu sampai selesai, lalu jalankan lagi.") from None
    except PermissionError as error:
        raise explain_denied(error, folder / FILE) from None


def check_journal(journal: Journal, witnessed: Iterable[Head] = ()) -> Iterator[JournalFault]:
    """Every place where the journal is not what was written, in its order.

    `witnessed` are last entries that others noted: who shortens, replaces or removes the journal does not reach them.
    """
    before, expected = START, 1
    for line in journal.lines:
        yield from _check_line(line, before, expected)
        before, expected = line.seal, (line.entry.nomor if line.entry else expected) + 1
    yield from _check_end(journal, expected)
    yield from _check_witnessed(journal, witnessed, expected)


def cut_journal(source: Path, target: Path, moment: datetime) -> None:
    """The journal as it was at a moment, laid into another folder: up to the last entry dated until then."""
    dated = [(line.raw, line.entry.waktu) for line in read_journal(source).lines if line.entry]
    until = max((n for n, (_, waktu) in enumerate(dated, 1) if waktu <= moment.isoformat()), default=0)
    kept = [raw for raw, _ in dated[:until]]
    if kept:
        write_text(target / FILE, "".join(raw.decode("utf-8") + "\n" for raw in kept))


def _append(folder: Path, events: Sequence[Event], waktu: datetime, oleh: str) -> list[Entry]:
    journal = read_journal(folder)
    noted = [*_put_aside(folder, journal), *events]
    number, before = _last(journal)
    made: list[Entry] = []
    for event in noted:
        number += 1
        stamp = waktu.replace(microsecond=0).isoformat()
        entry = Entry(number, stamp, oleh, event.peristiwa, event.tahun, event.triwulan, event.rincian, before)
        made.append(replace(entry, sidik=_seal(entry)))
        before = made[-1].sidik
    _write(folder, journal, made)
    return made


def _last(journal: Journal) -> Head:
    """Number and hash of the last entry; a number is never used twice, whatever became of the file."""
    head = journal.head or (0, START)
    if not journal.lines:
        return head
    numbers = [line.entry.nomor for line in journal.lines if line.entry]
    return max([*numbers, head[0]]), journal.lines[-1].seal


def _put_aside(folder: Path, journal: Journal) -> list[Event]:
    """Keep what a killed writer left in a file of its own, and cut it off the journal."""
    if not journal.torn:
        return []
    number = len(journal.lines) + 1
    aside = folder / TORN.format(nomor=number)
    aside.write_bytes(journal.torn)
    with (folder / FILE).open("r+b") as file:
        file.truncate(sum(len(line.raw) + 1 for line in journal.lines))
    told = {"berkas": aside.name, "sha256": hash_bytes(journal.torn), "sesudah_baris": len(journal.lines)}
    return [Event(Peristiwa.DIPULIHKAN, 0, 0, told)]


def _write(folder: Path, journal: Journal, made: Sequence[Entry]) -> None:
    lines = b"".join(_spell(asdict(entry)) + b"\n" for entry in made)
    with (folder / FILE).open("ab") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    if journal.head is None or journal.head[0] < made[-1].nomor:
        head = {"nomor": made[-1].nomor, "sidik": made[-1].sidik}
        write_text(folder / HEAD, json.dumps(head))


def _seal(entry: Entry) -> str:
    return hash_bytes(_spell({name: value for name, value in asdict(entry).items() if name != "sidik"}))


def _spell(value: object) -> bytes:
    """One spelling of a value, so that its hash is one too."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _parse(raw: bytes) -> Entry | None:
    try:
        entry = Entry(**json.loads(raw))
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if isinstance(entry.nomor, int) and isinstance(entry.waktu, str) else None


def _read_head(path: Path) -> Head | None:
    try:
        raw = json.loads(path.read_bytes())
        return int(raw["nomor"]), str(raw["sidik"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _check_line(line: Line, before: str, expected: int) -> Iterator[JournalFault]:
    entry = line.entry
    if entry is None:
        yield JournalFault(expected, f"Catatan {expected} tidak terbaca: barisnya rusak atau diubah.")
        return
    if not line.genuine:
        yield JournalFault(entry.nomor, f"Catatan {entry.nomor} diubah setelah ditulis.")
    if entry.nomor > expected:
        yield JournalFault(expected, f"{_span(expected, entry.nomor - 1)} hilang.")
    elif entry.nomor < expected:
        yield JournalFault(entry.nomor, f"Catatan {entry.nomor} berulang atau disisipkan sesudah {expected - 1}.")
    elif entry.sebelumnya != before:
        yield JournalFault(expected - 1, f"Catatan {expected - 1} diganti: catatan {expected} tidak menyambungnya.")


def _check_end(journal: Journal, expected: int) -> Iterator[JournalFault]:
    if journal.head and journal.head[0] >= expected:
        yield JournalFault(expected, f"{_span(expected, journal.head[0])} di akhir jurnal hilang.")
    elif journal.head and not any(
        line.entry and (line.entry.nomor, line.seal) == journal.head for line in journal.lines
    ):
        yield JournalFault(journal.head[0], f"Catatan {journal.head[0]} diganti setelah ditulis.")
    if journal.torn:
        pesan = "Baris terakhir terputus karena proses mati saat menulis; proses berikutnya menyisihkannya."
        yield JournalFault(expected, pesan)


def _check_witnessed(journal: Journal, witnessed: Iterable[Head], expected: int) -> Iterator[JournalFault]:
    """The latest entry noted elsewhere that is not here as it was; what the journal itself tells is not told again."""
    there = {(line.entry.nomor, line.seal) for line in journal.lines if line.entry}
    told = journal.head[0] if journal.head else 0
    number, _ = max((head for head in witnessed if head not in there), default=(0, ""))
    if number >= expected and number > told:
        yield JournalFault(expected, f"{_span(expected, number)} hilang; terbitan angka saat itu mencatatnya.")
    elif 0 < number < expected:
        yield JournalFault(number, f"Catatan {number} bukan yang dicatat terbitan angka saat itu.")


def _span(first: int, last: int) -> str:
    return f"Catatan {first}" if first == last else f"Catatan {first} sampai {last}"
