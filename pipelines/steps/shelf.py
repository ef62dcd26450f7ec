"""Which documents a year has, whose they are and where they stand: composed, neither drawn nor written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipelines.names import KABUPATEN_NAME
from pipelines.report.blocks import Document
from pipelines.report.chapters.lkjip import compose_lkjip_kabupaten, compose_lkjip_skpd
from pipelines.report.chapters.periodic import compose_quarter, compose_semester
from pipelines.report.chapters.recap import compose_recap
from pipelines.report.chapters.shelf import agreements, beside_lkjip
from pipelines.report.content import identify_content
from pipelines.report.excerpt import take_chapters
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.steps.filing import Filing, Paper
from pipelines.steps.printed import Said, digest
from schemas.period import Periode, semester_period, triwulan_period


class Work(NamedTuple):
    """A document, whose it is, and where it goes: a file of fixed name, or the folder of numbered drafts."""

    path: Path
    unit: Unit
    document: Document

    @property
    def is_draft(self) -> bool:
        """Whether it is one of a folder of numbered drafts."""
        return self.path.suffix != ".docx"

    @property
    def said(self) -> Said:
        """What it says, whatever stands in the properties of its file; a draft, less what passes by."""
        d = self.document
        isi = identify_content(d, None) if self.is_draft else digest((d.title, d.running, d.owners, d.blocks))
        return Said(self.path, self.unit, isi)


@dataclass(frozen=True)
class Shelf:
    """The documents of the year of `facts`; `skpd` limits them to those named, the kabupaten among them by its name."""

    filing: Filing
    facts: Facts
    skpd: Sequence[str] | None = None

    def quarter(self, triwulan: int) -> Iterator[Work]:
        """Laporan triwulan of each SKPD and the recap of the kabupaten."""
        for kode in self._chosen():
            path = self.filing.place(Paper.LAPORAN_TRIWULAN, kode, triwulan)
            yield Work(path, kode, compose_quarter(self.facts, kode, triwulan))
        yield from self._recap(f"tw{triwulan}", triwulan_period(self.facts.tahun, triwulan))

    def semester(self, semester: int) -> Iterator[Work]:
        """Laporan semester of each SKPD and the recap of the kabupaten."""
        for kode in self._chosen():
            path = self.filing.place(Paper.LAPORAN_SEMESTER, kode, semester)
            yield Work(path, kode, compose_semester(self.facts, kode, semester))
        yield from self._recap(f"semester-{semester}", semester_period(self.facts.tahun, semester))

    def lkjip(self) -> Iterator[Work]:
        """The draft LKjIP of each SKPD and of the kabupaten, and what stands beside them."""
        yield from self._drafts()
        for unit in self._units():
            for name, document in beside_lkjip(self.facts, unit):
                yield Work(self.filing.place(Paper.LKJIP, unit) / name, unit, document)

    def apart(self, chapters: Sequence[str]) -> Iterator[Work]:
        """Some chapters of each LKjIP, joined in a draft beside those of the whole."""
        name = f"bab-{'-'.join(chapters).lower()}"
        for path, unit, document in self._drafts():
            yield Work(path / name, unit, take_chapters(document, chapters))

    def agreements(self) -> Iterator[Work]:
        """Every PK of each SKPD and of the bupati: the first one, and each that changed it; of `without_pk` none."""
        for unit in (u for u in self._units() if u not in self.without_pk()):
            for jenis, document in agreements(self.facts, unit):
                paper = Paper.PK_LAIN if jenis else Paper.PK
                yield Work(self.filing.place(paper, unit, jenis=jenis), unit, document)

    def without_pk(self) -> tuple[str, ...]:
        """The SKPD asked for that have no PK of their own, being measured from their units."""
        return tuple(kode for kode in self._chosen() if kode in self.facts.composed)

    def _recap(self, folder: str, periode: Periode) -> Iterator[Work]:
        if self._is_whole():
            path = self.filing.folder / folder / "rekap-kabupaten.docx"
            yield Work(path, KABUPATEN, compose_recap(self.facts, periode))

    def _drafts(self) -> Iterator[Work]:
        for unit in self._units():
            whole = compose_lkjip_kabupaten(self.facts) if unit is KABUPATEN else compose_lkjip_skpd(self.facts, unit)
            yield Work(self.filing.place(Paper.LKJIP, unit), unit, whole)

    def _units(self) -> tuple[Unit, ...]:
        """The SKPD asked for; the kabupaten too where it was or none was."""
        return (*self._chosen(), *((KABUPATEN,) if self._is_whole() else ()))

    def _is_whole(self) -> bool:
        """Whether the documents of the kabupaten are wanted."""
        return not self.skpd or KABUPATEN_NAME in self.skpd

    def _chosen(self) -> list[str]:
        return [s.kode_skpd for s in self.facts.reporting if not self.skpd or s.kode_skpd in self.skpd]
