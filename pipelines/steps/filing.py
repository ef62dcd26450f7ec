"""Where the documents of a year lie and what they are called: one table of names, by the short name of each SKPD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pipelines.intake.register import slug
from pipelines.names import KABUPATEN_NAME
from pipelines.report.model import KABUPATEN, Unit
from pipelines.settings import Settings
from pipelines.steps import journal
from pipelines.steps.references import load_register
from pipelines.stores.documents import ARCHIVE, rename

_TAKEN = frozenset((KABUPATEN_NAME, ARCHIVE, "aux", "con", "nul", "prn"))
"""No SKPD is filed by these: two are ours, the others Windows gives to no file."""

_NAMED = 3
"""So many of the documents that could not be renamed are named."""


class Paper(StrEnum):
    """Every document, or folder of documents, of one unit: its place below reports/<tahun>."""

    LAPORAN_TRIWULAN = "tw{nomor}/laporan-{unit}.docx"
    LAPORAN_SEMESTER = "semester-{nomor}/laporan-{unit}.docx"
    LKJIP = "lkjip/{unit}"
    PK = "pk/pk-{unit}.docx"
    PK_LAIN = "pk/pk-{jenis}-{unit}.docx"
    FORMAT_PENGISIAN = "tw{nomor}/permintaan/format-pengisian-{unit}.xlsx"
    SURAT_PERMINTAAN = "tw{nomor}/permintaan/surat-permintaan-{unit}.docx"
    PENGEMBALIAN = "tw{nomor}/pengembalian/{unit}"
    TANDA_TERIMA = "tw{nomor}/tanda-terima/{unit}-{jenis}.docx"
    REKONSILIASI = "tw{nomor}/rekonsiliasi/{unit}.xlsx"
    BERITA_ACARA = "tw{nomor}/rekonsiliasi/berita-acara-{unit}.docx"


@dataclass
class Filing:
    """The documents of one year: the folder, the name of every SKPD in it, and what was done that people must know."""

    folder: Path
    names: Mapping[str, str]
    told: list[str] = field(default_factory=list)

    def name(self, unit: Unit) -> str:
        """What a unit is filed under; an SKPD the register does not have, under its code."""
        return KABUPATEN_NAME if unit is KABUPATEN else self.names.get(unit, unit)

    def place(self, paper: Paper, unit: Unit, nomor: int = 0, jenis: str = "") -> Path:
        """Where a document of a unit lies; `nomor` is the quarter or semester, `jenis` what tells equals apart."""
        return self.folder / paper.format(unit=self.name(unit), nomor=nomor, jenis=jenis)


def open_filing(settings: Settings, tahun: int) -> Filing:
    """The documents of a year; those an earlier version named by the code of the SKPD are given its short name."""
    filing = Filing(settings.reports(tahun), file_names(settings, tahun))
    former = {kode: name for kode, name in filing.names.items() if kode != name}
    renamed, held = _carry_over(filing.folder, former)
    _note_renamed(settings, tahun, renamed)
    filing.told.extend(_explain(renamed, held))
    return filing


def file_names(settings: Settings, tahun: int) -> dict[str, str]:
    """By code what each SKPD of the register is filed under: its short name, with the code where others have that."""
    short = {kode: skpd.slug for kode, skpd in load_register(settings, tahun).items()}
    known = set(short.values())
    return {kode: f"{name}-{slug(kode)}" if _is_taken(name, known) else name for kode, name in short.items()}


def _is_taken(name: str, known: set[str]) -> bool:
    """Whether a file of this name could be another's: the second of `smpn` is `smpn-2`."""
    numbered = re.fullmatch(r"(.+)-\d+", name)
    return name in _TAKEN or (numbered is not None and numbered[1] in known)


def _carry_over(folder: Path, former: Mapping[str, str]) -> tuple[list[tuple[Path, Path]], list[Path]]:
    """Rename what still has a former name; where the new one is there already both stay. Gives what another holds."""
    renamed, held = [], []
    for old, new in list(_misnamed(folder, former)):
        try:
            if rename(old, new):
                renamed.append((old, new))
        except PermissionError:
            held.append(old)
    return renamed, held


def _misnamed(folder: Path, former: Mapping[str, str]) -> Iterator[tuple[Path, Path]]:
    patterns = [_pattern(paper, former) for paper in Paper] if former and folder.is_dir() else []
    for path in sorted(folder.rglob("*")) if patterns else ():
        told = path.relative_to(folder).as_posix()
        if match := next((m for pattern in patterns if (m := pattern.fullmatch(told))), None):
            start, end = match.span("unit")
            yield path, folder / f"{told[:start]}{former[match['unit']]}{told[end:]}"


def _pattern(paper: Paper, names: Iterable[str]) -> re.Pattern[str]:
    """The places of a document under any of these names: the document, those numbered beside it, its former selves."""
    units = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    place, slash, name = paper.rpartition("/")
    parts = {"nomor": r"\d", "jenis": r"[a-z0-9-]+", "unit": f"(?P<unit>{units})"}
    told = f"{place}{slash}(?:{ARCHIVE}/)?{name}".replace(".", r"(?:-\d+)?\.")
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: parts[m[1]], told))


def _note_renamed(settings: Settings, tahun: int, renamed: Sequence[tuple[Path, Path]]) -> None:
    """Tell the journal, so that a document it knows is known by its new name; an earlier day has no journal to keep."""
    if renamed and settings.reports(tahun).is_relative_to(settings.root):
        names = {old.relative_to(settings.root): new.relative_to(settings.root) for old, new in renamed}
        told = {old.as_posix(): new.as_posix() for old, new in names.items()}
        journal.note_renamed(settings, tahun, told, settings.now())


def _explain(renamed: Sequence[tuple[Path, Path]], held: Sequence[Path]) -> Iterator[str]:
    if renamed:
        old, new = renamed[0]
        what = "dokumen atau folder dinamai ulang menurut singkatan SKPD"
        yield f"{len(renamed)} {what}, isinya tetap; misalnya {old.name} menjadi {new.name}."
    if held:
        names = ", ".join(path.name for path in held[:_NAMED])
        more = f", dan {len(held) - _NAMED} lagi" if len(held) > _NAMED else ""
        yield f"Belum dinamai ulang karena sedang dibuka, dan dicoba lagi pada proses berikutnya: {names}{more}."
