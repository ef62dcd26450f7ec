"""Where the documents of a year lie, what they are called, and what people must know of their writing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import is_held
from pipelines.names import KABUPATEN_NAME, slug
from pipelines.report.model import KABUPATEN, Unit
from pipelines.settings import Settings
from pipelines.steps import journal
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Paper
from pipelines.steps.references import load_register
from pipelines.stores.documents import ARCHIVE, Documents, Written, rename
from pipelines.stores.record import Record

_STATES = {"created": "dokumen baru", "replaced": "dokumen diganti", "unchanged": "dokumen tetap"}
_EDITED = "dokumen yang disunting orang, dibiarkan"
_TAKEN = frozenset((KABUPATEN_NAME, ARCHIVE, "aux", "con", "nul", "prn"))
"""No SKPD is filed by these: two are ours, the others Windows gives to no file."""

_NAMED = 3
"""So many of the documents that something is told of are named."""

Renamed = Sequence[tuple[Path, Path]]
Kept = tuple[Path, bool]
"""What could not be renamed, and whether because another program holds it."""


@dataclass
class Filing:
    """The documents of one year: where they are kept, the name of every SKPD there, and what has been written."""

    tahun: int
    documents: Documents
    names: Mapping[str, str]
    notices: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """reports/<tahun>."""
        return self.documents.folder

    @property
    def made(self) -> tuple[Path, ...]:
        """Every document, in the order of writing."""
        return tuple(w.path for w in self.written)

    @property
    def told(self) -> tuple[str, ...]:
        """What people must know: what was renamed, and what stands beside a document they have edited."""
        beside = (_explain_beside(w, self.folder) for w in self.written if w.edited and w.state != "unchanged")
        return (*self.notices, *beside)

    def name(self, unit: Unit) -> str:
        """What a unit is filed under; an SKPD the register does not have, under its code made harmless."""
        return KABUPATEN_NAME if unit is KABUPATEN else self.names.get(unit) or slug(unit)

    def place(self, paper: Paper, unit: Unit, nomor: int = 0, jenis: str = "") -> Path:
        """Where a document of a unit lies; `nomor` is the quarter or semester, `jenis` what tells equals apart."""
        return self.folder / paper.at(self.name(unit), nomor, jenis)

    def write(self, path: Path, content: bytes, isi: str | None = None) -> Written:
        """A document of one name; `isi` is what it says, less what passes by."""
        return self.keep(self.documents.write(path, content, isi))

    def send(self, path: Path, content: bytes) -> Written:
        """A document that goes out."""
        return self.keep(self.documents.send(path, content))

    def keep(self, written: Written) -> Written:
        """Count a document with those of this step."""
        self.written.append(written)
        return written

    def close(
        self, station: str, counts: Mapping[str, int] | None = None, rows: Iterable[Mapping[str, object]] = ()
    ) -> StepOutcome:
        """What a step says that has written its documents."""
        states = Counter(str(w.state) for w in self.written)
        edited = sum(w.edited is not None for w in self.written)
        told = {label: states[state] for state, label in _STATES.items()} | ({_EDITED: edited} if edited else {})
        changed = tuple(w.path for w in self.written if w.state != "unchanged")
        counted = {**(counts or {}), **told}
        return StepOutcome(station, counted, made=self.made, rows=tuple(rows), told=self.told, changed=changed)


def open_filing(settings: Settings, tahun: int) -> Filing:
    """The documents of a year; those that an SKPD's code or former short name still names are given its name of now."""
    folder, names = settings.reports(tahun), file_names(settings, tahun)
    record = Record(settings.record(tahun), _noted(settings, tahun))
    renamed, kept = _carry_over(folder, _former(record.names, names), names.values())
    for old, new in renamed:
        record.move(old.relative_to(folder).as_posix(), new.relative_to(folder).as_posix())
    if not kept:
        record.call(record.names | names)
    _note_renamed(settings, tahun, renamed)
    return Filing(tahun, Documents(folder, record), names, [*_explain_renamed(renamed, kept)])


def retire(settings: Settings, filing: Filing, places: Iterable[Path], sebab: str) -> None:
    """Lay aside documents that are not made any more, and say so; what people have worked on stays where it is."""
    moved: list[tuple[Path, Path]] = []
    edited: list[Path] = []
    for path in places:
        laid, theirs = filing.documents.retire(path)
        moved += laid
        edited += theirs
    _note_renamed(settings, filing.tahun, moved)
    fates = {
        f"dan dipindahkan ke folder {ARCHIVE}": [old for old, _ in moved],
        "tetapi sudah disunting orang, jadi dibiarkan": edited,
    }
    for fate, paths in fates.items():
        if paths:
            names = _name_few([path.relative_to(filing.folder) for path in paths])
            filing.notices.append(f"Tidak dibuat lagi karena {sebab}, {fate}: {names}.")


def file_names(settings: Settings, tahun: int) -> dict[str, str]:
    """By code what each SKPD of the register is filed under: its short name, with the code where others have that."""
    short = {kode: skpd.slug for kode, skpd in load_register(settings, tahun).items()}
    known = set(short.values())
    return {kode: f"{name}-{slug(kode)}" if _is_taken(name, known) else name for kode, name in short.items()}


def _is_taken(name: str, known: set[str]) -> bool:
    """Whether a file of this name could be another's: the second of `smpn` is `smpn-2`."""
    numbered = re.fullmatch(r"(.+)-\d+", name)
    return name in _TAKEN or (numbered is not None and numbered[1] in known)


def _noted(settings: Settings, tahun: int) -> Iterator[tuple[str, str]]:
    """The documents of the year that the journal knows, by their names in its folder."""
    below = f"reports/{tahun}/"
    if settings.reports(tahun) == settings.root / below:  # what is made of an earlier day is in no journal
        noted = journal.documents_noted(settings, tahun)
        yield from ((name.removeprefix(below), sha256) for name, sha256 in noted if name.startswith(below))


def _former(before: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Name of now by former name: the code, which an earlier version used, and the short name the register had."""
    codes = {kode: name for kode, name in names.items() if kode != name}
    return codes | {before[kode]: name for kode, name in names.items() if before.get(kode, name) != name}


def _carry_over(folder: Path, former: Mapping[str, str], names: Iterable[str]) -> tuple[Renamed, Sequence[Kept]]:
    """Rename what still has a former name; where the new one is there already both stay. Gives what another holds."""
    renamed: list[tuple[Path, Path]] = []
    kept: list[Kept] = []
    for old, new in list(_misnamed(folder, former, names)) if former and folder.is_dir() else ():
        try:
            if rename(old, new):
                renamed.append((old, new))
        except PermissionError as error:
            kept.append((old, is_held(error, old)))
    return renamed, kept


def _misnamed(folder: Path, former: Mapping[str, str], names: Iterable[str]) -> Iterator[tuple[Path, Path]]:
    """What has a former name and its name of now; `pk-bag-umum` is not of Umum where there is a Bag-Umum."""
    patterns, others = _patterns(former), _patterns(set(names) - former.keys())
    for path in sorted(folder.rglob("*")):
        told = path.relative_to(folder).as_posix()
        match = next((m for pattern in patterns if (m := pattern.fullmatch(told))), None)
        if match and not any(pattern.fullmatch(told) for pattern in others):
            start, end = match.span("unit")
            yield path, folder / f"{told[:start]}{former[match['unit']]}{told[end:]}"


def _patterns(names: Iterable[str]) -> list[re.Pattern[str]]:
    listed = sorted(names, key=len, reverse=True)
    named = dict.fromkeys(place for paper in Paper if (place := _up_to_unit(paper.value.place)))
    return [_pattern(place, listed) for place in named] if listed else []


def _up_to_unit(place: str) -> str:
    """The file or the folder that has the name of a unit: what lies in the folder goes with it."""
    before, unit, after = place.partition("{unit}")
    return f"{before}{unit}{after.partition('/')[0]}" if unit else ""


def _pattern(place: str, names: Iterable[str]) -> re.Pattern[str]:
    """The places of a document under any of these names: the document, those numbered beside it, its former selves."""
    units = "|".join(map(re.escape, names))
    folder, slash, name = place.rpartition("/")
    parts = {"nomor": r"\d", "jenis": r"[a-z0-9-]*", "unit": f"(?P<unit>{units})"}
    told = f"{folder}{slash}(?:{ARCHIVE}/)?{name}".replace(".", r"(?:-\d+)*\.")
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: parts[m[1]], told))


def _note_renamed(settings: Settings, tahun: int, renamed: Renamed) -> None:
    """Tell the journal, so that a document it knows is known by its new name; an earlier day has no journal to keep."""
    if renamed and settings.reports(tahun).is_relative_to(settings.root):
        names = {old.relative_to(settings.root): new.relative_to(settings.root) for old, new in renamed}
        told = {old.as_posix(): new.as_posix() for old, new in names.items()}
        journal.note_renamed(settings, tahun, told, settings.now())


def _explain_renamed(renamed: Renamed, kept: Sequence[Kept]) -> Iterator[str]:
    if renamed:
        old, new = renamed[0]
        what = "dokumen atau folder dinamai ulang menurut singkatan SKPD"
        yield f"{len(renamed)} {what}, isinya tetap; misalnya {old.name} menjadi {new.name}."
    for is_open, cause in ((True, "sedang dibuka"), (False, "tidak ada izin")):
        if held := [path for path, opened in kept if opened is is_open]:
            names = _name_few([Path(path.name) for path in held])
            yield f"Belum dinamai ulang karena {cause}, dan dicoba lagi pada proses berikutnya: {names}."


def _name_few(paths: Sequence[Path]) -> str:
    more = f", dan {len(paths) - _NAMED} lagi" if len(paths) > _NAMED else ""
    return f"{', '.join(path.as_posix() for path in paths[:_NAMED])}{more}"


def _explain_beside(written: Written, folder: Path) -> str:
    assert written.edited is not None
    theirs = written.edited.relative_to(folder).as_posix()
    return f"{theirs} bukan lagi yang ditulis program, jadi dibiarkan; versi barunya {written.path.name}."
