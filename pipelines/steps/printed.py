"""What every report written says, as a digest of its content, and what it would say by the marts of now.

A PK is none of them: it says what was agreed on a day, and what changes that is another PK.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipelines.settings import Settings
from pipelines.steps.editions import state_id
from pipelines.steps.inputs import list_years
from pipelines.steps.papers import Command
from pipelines.stores.submissions import hash_bytes
from pipelines.stores.writing import write_text


@dataclass(frozen=True)
class Said:
    """A document, whose it is (None: of the kabupaten), and the digest of what it says."""

    path: Path
    kode_skpd: str | None
    isi: str


@dataclass(frozen=True)
class Printed:
    """A document as it was written: `isi` is what it says, `kini` what it would say by the marts `dasar`."""

    kode_skpd: str | None
    isi: str
    kini: str
    dasar: str

    @property
    def outdated(self) -> bool:
        """Whether a figure or a text in it would be another."""
        return self.isi != self.kini


def digest(said: object) -> str:
    """Changes with any figure or text in blocks or records, and with nothing of how they are drawn."""
    return hash_bytes(repr(said).encode())[:16]


def load_printed(settings: Settings, tahun: int) -> dict[str, Printed]:
    """Every document of a year that was written, by its path below `reports/<tahun>`."""
    path = _path(settings, tahun)
    stored = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: Printed(**entry) for name, entry in stored.items()}


def note_written(settings: Settings, tahun: int, written: Iterable[Said]) -> None:
    """Remember what documents just written say."""
    dasar, folder = state_id(settings), settings.reports(tahun)
    now = {_name(folder, w.path): Printed(w.kode_skpd, w.isi, w.isi, dasar) for w in written}
    _store(settings, tahun, load_printed(settings, tahun) | now)


def note_composed(settings: Settings, tahun: int, parts: Collection[str], composed: Iterable[Said]) -> None:
    """Remember what the documents in some folders would say now; what has not been written yet is passed over."""
    dasar, folder, known = state_id(settings), settings.reports(tahun), load_printed(settings, tahun)
    now = {_name(folder, c.path): c.isi for c in composed}
    looked = {name: entry for name, entry in known.items() if part_of(name) in parts}
    told = {name: replace(entry, kini=now.get(name, entry.kini), dasar=dasar) for name, entry in looked.items()}
    _store(settings, tahun, known | told)


def years_printed(settings: Settings) -> list[int]:
    """The years of which documents were written."""
    return [tahun for tahun in list_years(settings) if _path(settings, tahun).exists()]


def part_of(name: str) -> str:
    """The folder a document stands in: `tw1`, `semester-1`, `lkjip`."""
    return name.partition("/")[0]


def command_of(part: str) -> tuple[Command, int]:
    """What writes the documents of a folder, and the quarter or semester it writes them for."""
    if part == "lkjip":
        return Command.LKJIP, 0
    if part.startswith("tw"):
        return Command.TRIWULAN, int(part.removeprefix("tw"))
    return Command.SEMESTER, int(part.removeprefix("semester-"))


def quarter_of(name: str) -> int:
    """The quarter whose run writes a document."""
    command, nomor = command_of(part_of(name))
    return {Command.TRIWULAN: nomor, Command.SEMESTER: 2 * nomor}.get(command, 4)


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _store(settings: Settings, tahun: int, printed: Mapping[str, Printed]) -> None:
    page = {name: asdict(entry) for name, entry in sorted(printed.items())}
    write_text(_path(settings, tahun), json.dumps(page, indent=1, ensure_ascii=False))


def _path(settings: Settings, tahun: int) -> Path:
    return settings.year(tahun).folder / "proses" / "dokumen.json"
