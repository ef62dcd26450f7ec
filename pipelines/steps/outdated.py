"""Reports that would say something else now: composed again from the marts, never drawn, and compared by content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.report.model import Facts
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.editions import state_id
from pipelines.steps.filing import open_filing
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Command
from pipelines.steps.printed import Said, command_of, load_printed, note_composed, part_of, quarter_of, years_printed
from pipelines.steps.reconcile import minutes_said
from pipelines.steps.references import load_register
from pipelines.steps.report import list_said, read_facts
from pipelines.steps.shelf import Shelf
from schemas.period import triwulan_period

STATION = "Membandingkan laporan yang ada"


@dataclass(frozen=True)
class Outdated:
    """The documents a run of one quarter wrote that would differ now.

    `siapa` names whose they are: SKPD as the register has them, the kabupaten as `kabupaten`;
    `perintah` is the command that writes them anew.
    """

    tahun: int
    triwulan: int
    siapa: tuple[str, ...]
    berkas: tuple[str, ...]
    perintah: str

    @property
    def label(self) -> str:
        """What they are about."""
        return triwulan_period(self.tahun, self.triwulan).label

    def as_json(self) -> dict[str, object]:
        """The same for `--json`."""
        about = {"year": self.tahun, "quarter": self.triwulan, "command": self.perintah}
        return {**about, "units": list(self.siapa), "files": list(self.berkas)}


def compare_printed(settings: Settings) -> StepOutcome:
    """Compose every document that was written by other marts than those of now, and note which would differ."""
    counts = {"dokumen dibandingkan": sum(_compare_year(settings, tahun) for tahun in years_printed(settings))}
    found = list_outdated(settings)
    rows = tuple({"dokumen": o.label, "SKPD": ", ".join(o.siapa), "perbarui dengan": o.perintah} for o in found)
    return StepOutcome(STATION, {**counts, "dokumen tertinggal": sum(len(o.berkas) for o in found)}, rows=rows)


def list_outdated(settings: Settings) -> list[Outdated]:
    """What the last comparison found and nobody has written anew since, by year and quarter."""
    return [o for tahun in years_printed(settings) for o in _of_year(settings, tahun)]


def _of_year(settings: Settings, tahun: int) -> Iterator[Outdated]:
    folder, printed = settings.reports(tahun), load_printed(settings, tahun)
    groups: dict[int, list[str]] = defaultdict(list)
    for name, entry in printed.items():
        if entry.outdated and (folder / name).exists():
            groups[quarter_of(name)].append(name)
    known = load_register(settings, tahun) if groups else {}
    for triwulan, names in sorted(groups.items()):
        units = sorted({printed[name].kode_skpd or "" for name in names})
        whose = (known[kode].nama if kode in known else kode or "kabupaten" for kode in units)
        again = places.run_command(settings, tahun, triwulan)
        yield Outdated(tahun, triwulan, tuple(whose), tuple(sorted(names)), again)


def _compare_year(settings: Settings, tahun: int) -> int:
    dasar = state_id(settings)
    parts = {part_of(name) for name, entry in load_printed(settings, tahun).items() if entry.dasar != dasar}
    if not parts:
        return 0
    facts = read_facts(settings, tahun)
    composed = [said for part in sorted(parts) for said in _compose(settings, facts, part)]
    note_composed(settings, tahun, parts, composed)
    return len(composed)


def _compose(settings: Settings, facts: Facts, part: str) -> Iterator[Said]:
    """What the documents of one folder would say now."""
    filing, triwulan = open_filing(settings, facts.tahun), quarter_of(part)
    command, nomor = command_of(part)
    yield from (work.said for work in Shelf(filing, facts).works(command, nomor))
    if command is Command.TRIWULAN:
        yield list_said(settings, filing, facts, triwulan)
        yield from minutes_said(settings, filing, facts, triwulan)
