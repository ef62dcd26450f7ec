"""Why a figure was held beside no book: whether it is the book that lacks it, or the SKPD."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.reconcile.lines import Line, Period
from pipelines.reconcile.units import Unit
from schemas.reconciliation import SOURCES, Celah, Gap
from schemas.vocabulary import Besaran


@dataclass(frozen=True)
class Sides:
    """What both sides have that could hold a figure; `kept`: there is such a book, of whomever its rows are.

    `unclear` are rows of the SKPD whose code cannot be told.
    """

    ours: Sequence[Line]
    unclear: Sequence[Line]
    theirs: Sequence[Line]
    kept: bool


def tells(lines: Iterable[Line], besaran: Besaran) -> bool:
    """Whether a book says anything of a figure, be it something nobody can read."""
    return any(line.figures.get(besaran) is not None or line.teks or besaran in line.unread for line in lines)


def list_gaps(period: Period, units: Iterable[Unit], sides: Callable[[Besaran], Sides]) -> Iterator[Gap]:
    """The figures that were compared with nothing in the book that is their source, each with why."""
    there = {(unit.besaran, unit.pihak) for unit in units}
    for besaran, pihak in SOURCES:
        if (besaran, pihak) not in there:
            yield Gap(*period, besaran, pihak, _why(besaran, sides(besaran)))


def _why(besaran: Besaran, sides: Sides) -> Celah:
    if not sides.kept:
        return Celah.TANPA_BUKU
    if not sides.theirs:
        return Celah.TANPA_SKPD
    if not tells(sides.theirs, besaran):
        return Celah.TANPA_ANGKA
    return Celah.SKPD_TANPA_KODE if sides.unclear and not sides.ours else Celah.SKPD_TANPA_ISI
