"""What is compared: one figure of the rows of two books that are one code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pipelines.reconcile.classify import UNEXPLAINED, Case, Part, Verdict
from pipelines.reconcile.lines import Line, total
from schemas.codes import Parts
from schemas.vocabulary import Besaran, Pihak


@dataclass(frozen=True)
class Unit:
    """What is compared: the rows of both books that are one code, one figure of them, and the verdict.

    `case` is what the books say beside it, where they differ.
    """

    key: Parts
    besaran: Besaran
    pihak: Pihak
    ours: tuple[Line, ...]
    theirs: tuple[Line, ...]
    verdict: Verdict = UNEXPLAINED
    case: Case | None = field(default=None, repr=False)

    @cached_property
    def our_value(self) -> Decimal | None:
        """The SKPD's figure; none where one of its rows has none."""
        figures = [line.figures.get(self.besaran) for line in self.ours]
        return None if None in figures else total(self.ours, self.besaran)

    @cached_property
    def their_value(self) -> Decimal | None:
        """The other book's figure; none where a part of it could not be read."""
        return None if self.unread else total(self.theirs, self.besaran)

    @property
    def difference(self) -> Decimal | None:
        """Ours less theirs, where both have a figure."""
        ours, theirs = self.our_value, self.their_value
        return None if ours is None or theirs is None else ours - theirs

    @property
    def unread(self) -> list[Line]:
        """The rows of the other book whose figure could not be read."""
        return [line for line in self.theirs if self.besaran in line.unread]

    @property
    def in_words(self) -> bool:
        """Whether one of the books writes words where a figure would stand."""
        return any(line.teks for line in (*self.ours, *self.theirs))

    @property
    def head(self) -> Line:
        """The row it is named after."""
        return (*self.ours, *self.theirs)[0]


def parts_of(unit: Unit) -> Iterator[Part]:
    """The rows of the other book that make up its figure; one that stands there again is known."""
    seen: set[tuple[object, ...]] = set()
    for line in unit.theirs:
        if value := line.figures.get(unit.besaran):
            yield Part(str(line.baris), line.kode, value, repeated=_likeness(line) in seen)
        seen.add(_likeness(line))


def _likeness(line: Line) -> tuple[object, ...]:
    return line.kode_rekening, *line.figures.values()
