"""Periksa ruang: whether what the working folder keeps is still what was received, published and written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.editions import Edition, differing_marts, list_editions
from pipelines.steps.inputs import list_years
from pipelines.steps.intake import load_files
from pipelines.steps.journal import documents_standing, entries_of, list_faults, load_journal
from pipelines.steps.printed import quarter_of
from pipelines.stores.record import Record
from pipelines.stores.submissions import hash_bytes, read_archived, read_bytes
from schemas.journal import Peristiwa
from schemas.marts import MARTS
from schemas.reference import ACUAN

_STATES = (_WHOLE, _EDITED, _GONE) = ("dokumen utuh", "dokumen disunting orang", "dokumen tidak ada lagi")


@dataclass(frozen=True)
class Damage:
    """Something that is not what it was: which part of the folder, what of it, and what can be done."""

    bagian: str
    nama: str
    pesan: str

    def as_json(self) -> dict[str, str]:
        """The same for `--json`."""
        return asdict(self)


@dataclass(frozen=True)
class Inspection:
    """What was looked at, by count, and what is damaged; documents people edited are only counted.

    `hilang` are those they took away, `perintah` the commands that make anew what of them is still in force.
    """

    diperiksa: dict[str, int]
    rusak: tuple[Damage, ...]
    hilang: tuple[str, ...] = ()
    perintah: tuple[str, ...] = ()


def inspect_folder(settings: Settings) -> Inspection:
    """Hold the archive, the editions, the marts and the documents against their hashes and against the journal."""
    years = list_years(settings)
    editions = {tahun: list_editions(settings, tahun) for tahun in years}
    journal, wanted = load_journal(settings), _wanted(settings, editions)
    archived = [p for p in settings.archive.rglob("*") if p.is_file() and not p.name.startswith(".")]
    damage = [
        *(Damage("jurnal", f"catatan {fault.nomor}", fault.pesan) for fault in list_faults(settings, journal)),
        *_check_archive(settings, archived, wanted),
        *(found for tahun in years for found in _check_editions(settings, tahun, editions[tahun])),
        *_check_marts(settings),
    ]
    states = [*_state_documents(settings, years)]
    gone = tuple(name for _, name, state in states if state == _GONE)
    again = dict.fromkeys(_makes(settings, tahun, name) for tahun, name, state in states if state == _GONE)
    counted = {
        "catatan jurnal": len(journal.lines),
        "berkas arsip": len(archived),
        "terbitan": sum(map(len, editions.values())),
        "mart": len(MARTS),
        **{told: sum(state == told for *_, state in states) for told in _STATES},
    }
    return Inspection(counted, tuple(damage), gone, tuple(filter(None, again)))


def _wanted(settings: Settings, editions: dict[int, list[Edition]]) -> dict[tuple[str, str], str]:
    """What the archive must have, by sha256 and suffix, and whose it is."""
    found: dict[tuple[str, str], str] = {}
    for tahun, pages in editions.items():
        acuan = settings.year(tahun).rows(ACUAN)
        found |= {(f.sha256, ".xlsx"): f"{tahun}/{f.berkas}" for f in load_files(settings, tahun)}
        named = [(row["sha256"], str(row["berkas"])) for rows in (acuan, *(e.acuan for e in pages)) for row in rows]
        named += [(sha256, name) for e in pages for name, sha256 in e.kelengkapan.items()]
        found |= {(sha256, PurePosixPath(name).suffix.lower()): name for sha256, name in named}
    return found


def _check_archive(
    settings: Settings, archived: Iterable[Path], wanted: dict[tuple[str, str], str]
) -> Iterator[Damage]:
    again = "Taruh berkas aslinya di kotak masuk atau folder acuan, lalu jalankan lagi: arsip dipulihkan darinya."
    for (sha256, suffix), berkas in sorted(wanted.items(), key=lambda item: item[1]):
        if read_archived(settings.archive, sha256, suffix) is None:
            yield Damage("arsip", berkas, f"Salinan arsipnya (sidik {sha256[:12]}) hilang atau berubah. {again}")
    for path in sorted(archived):
        if (path.stem, path.suffix) not in wanted and hash_bytes(read_bytes(path)) != path.stem:
            yield Damage("arsip", path.name, "Isinya bukan yang dinamai sidiknya; berkas ini tidak dipakai.")


def _check_editions(settings: Settings, tahun: int, editions: Iterable[Edition]) -> Iterator[Damage]:
    """Every run that ended left its edition: the journal knows what its marts were."""
    known = {hash_bytes(json.dumps(e.mart, sort_keys=True).encode()) for e in editions}
    for entry in entries_of(settings, tahun):
        if entry.peristiwa == Peristiwa.SELESAI and entry.rincian["mart"] not in known:
            told = f"Terbitan yang dicatat jurnal ({entry.waktu[:16].replace('T', ' ')}) hilang atau berubah."
            yield Damage("terbitan", f"Tahun {tahun}", f"{told} Keadaan per tanggal itu tidak dapat dibuat lagi.")


def _check_marts(settings: Settings) -> Iterator[Damage]:
    """Both shapes of the marts hold what the last edition says they do."""
    for shape, names in differing_marts(settings).items():
        told = f"{', '.join(names[:3])}{', …' if len(names) > 3 else ''}"
        again = "Buat lagi dengan menjalankan triwulan terakhir."
        yield Damage("mart", shape, f"Tidak sama dengan terbitan terakhir: {told}. {again}")


def _state_documents(settings: Settings, years: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Each document the journal knows: as the program wrote it, worked on by people, or put elsewhere by them."""
    for tahun in years:
        record = Record(settings.record(tahun))
        for name in documents_standing(settings, tahun):
            path = settings.root / name
            if not path.is_file():
                yield tahun, name, _GONE
                continue
            own = path.relative_to(settings.reports(tahun)).as_posix()
            yield tahun, name, _WHOLE if record.wrote(own, hash_bytes(read_bytes(path))) else _EDITED


def _makes(settings: Settings, tahun: int, name: str) -> str | None:
    """The command that makes a document, by its place below reports/<tahun>; None where it stands elsewhere."""
    own = name.removeprefix(f"reports/{tahun}/")
    about = f"{places.where(settings)} --tahun {tahun}"
    if own.startswith("pk/"):
        return f"capaian susun pk{about}"
    if not re.match(r"tw[1-4]/|semester-[12]/|lkjip/", own):
        return None
    made_by = "siapkan" if "/permintaan/" in own else "jalankan"
    return f"capaian {made_by}{about} --triwulan {quarter_of(own)}"
