"""Which documents a year has, whose they are and where they stand: composed, neither drawn nor written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipelines.names import KABUPATEN_NAME
from pipelines.report.blocks import Document
from pipelines.report.content import identify_content
from pipelines.report.excerpt import take_chapters
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.steps.filing import Filing
from pipelines.steps.papers import Command, Owner, Paper, papers_of
from pipelines.steps.printed import Said, digest


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

    def works(self, command: Command, nomor: int = 0) -> Iterator[Work]:
        """What a command writes; `nomor` is the quarter or semester."""
        for paper in papers_of(command):
            yield from self._composed(paper, nomor)

    def apart(self, chapters: Sequence[str]) -> Iterator[Work]:
        """Some chapters of each LKjIP, joined in a draft beside those of the whole."""
        name = f"bab-{'-'.join(chapters).lower()}"
        for paper in (Paper.LKJIP, Paper.LKJIP_KABUPATEN):
            for path, unit, document in self._composed(paper, 0):
                yield Work(path / name, unit, take_chapters(document, chapters))

    def without_pk(self) -> tuple[str, ...]:
        """The SKPD asked for that have no PK of their own, being measured from their units."""
        return tuple(kode for kode in self._chosen() if kode in self.facts.composed)

    def _composed(self, paper: Paper, nomor: int) -> Iterator[Work]:
        compose = paper.value.compose
        assert compose is not None  # what a command writes is composed
        for unit in self._units(paper.value.owner):
            for jenis, document in compose(self.facts, unit, nomor):
                yield Work(self.filing.place(paper, unit, nomor, jenis), unit, document)

    def _units(self, owner: Owner) -> tuple[Unit, ...]:
        """Those of the owners that were asked for."""
        chosen = self._chosen() if owner is not Owner.KABUPATEN else ()
        return (*chosen, *((KABUPATEN,) if owner is not Owner.SKPD and self._is_whole() else ()))

    def _is_whole(self) -> bool:
        """Whether the documents of the kabupaten are wanted."""
        return not self.skpd or KABUPATEN_NAME in self.skpd

    def _chosen(self) -> list[str]:
        return [s.kode_skpd for s in self.facts.reporting if not self.skpd or s.kode_skpd in self.skpd]
