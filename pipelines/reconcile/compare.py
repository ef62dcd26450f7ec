"""Two books of one SKPD and quarter, unit by unit: what only one has, what is the same, what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from pipelines.numerals import ABSENT, format_exact
from pipelines.reconcile.classify import Case, Verdict, classify
from pipelines.reconcile.lines import Line, lowest, total
from pipelines.reconcile.rest import explain_rest
from pipelines.reconcile.units import Unit, parts_of
from pipelines.reconcile.wording import explain
from schemas.codes import Parts, parents_of
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

K = TypeVar("K", int, str)


@dataclass(frozen=True)
class Book:
    """The other book: its rows of the quarter, of the other quarters and of the other versions."""

    pihak: Pihak
    lines: Sequence[Line]
    quarters: Mapping[int, Sequence[Line]] = field(default_factory=dict)
    versions: Mapping[str, Sequence[Line]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ours:
    """The SKPD's rows of the quarter and of the other quarters; `unclear`: rows of it whose code cannot be told."""

    triwulan: int
    lines: Sequence[Line]
    quarters: Mapping[int, Sequence[Line]] = field(default_factory=dict)
    unclear: int = 0


def compare(ours: Ours, book: Book, besaran: Besaran, doubted: Mapping[Parts, str]) -> list[Unit]:
    """Every unit of two books on one figure, in the order of the SKPD's rows, then of theirs.

    `doubted` names the codes that may be another's; they wait for a person's word.
    """
    theirs = lowest(book.lines)
    mine, other = _align(ours.lines, theirs)
    units = [
        Unit(key, besaran, book.pihak, tuple(mine.get(key, ())), tuple(other.get(key, ())))
        for key in dict.fromkeys((*mine, *other))
    ]
    return explain_rest([_judge(unit, ours, book, doubted) for unit in units if _has_figure(unit)])


def _align(ours: Iterable[Line], theirs: Iterable[Line]) -> tuple[dict[Parts, list[Line]], dict[Parts, list[Line]]]:
    """Both books at the coarser of their levels: where one has a kegiatan only, the other's sub kegiatan are added."""
    ours, theirs = list(ours), list(theirs)
    return _lift(ours, {line.key for line in theirs}), _lift(theirs, {line.key for line in ours})


def _lift(lines: Iterable[Line], known: set[Parts]) -> dict[Parts, list[Line]]:
    found: dict[Parts, list[Line]] = defaultdict(list)
    for line in lines:
        above = next((p for p in parents_of(line.key) if p in known), line.key)
        found[line.key if line.key in known else above].append(line)
    return found


def _has_figure(unit: Unit) -> bool:
    """A code without the figure in either book says nothing."""
    return bool(unit.in_words or unit.unread) or (unit.our_value, unit.their_value) != (None, None)


def _judge(unit: Unit, ours: Ours, book: Book, doubted: Mapping[Parts, str]) -> Unit:
    if held := _judge_held(unit):
        return replace(unit, verdict=held)
    if unit.in_words:
        return replace(unit, verdict=_judge_words(unit))
    if not (unit.ours and unit.theirs):
        return replace(unit, verdict=_judge_missing(unit, ours, doubted))
    mine, theirs = unit.our_value, unit.their_value
    if mine is None or theirs is None:
        return replace(unit, verdict=_judge_empty(unit))
    if mine == theirs:
        return replace(unit, verdict=Verdict(Selisih.SAMA))
    case = _case(unit, ours, book, mine, theirs)
    return replace(unit, verdict=classify(case), case=case)


def _judge_held(unit: Unit) -> Verdict | None:
    """What a finding of its own speaks of, in ours or in the other book: until that is mended nothing can be said."""
    if any(line.ditahan for line in unit.ours):
        return Verdict(Selisih.DITAHAN, explain("ditahan"))
    if not unit.unread:
        return None
    at = (f"{line.lembar}!{line.cells.get(unit.besaran) or f'baris {line.baris}'}" for line in unit.unread)
    return Verdict(Selisih.DITAHAN, explain("tak_terbaca", pihak=LABELS[unit.pihak], sel=", ".join(at)))


def _judge_words(unit: Unit) -> Verdict:
    """Words are the same or not; what the difference between two of them is, people settle."""
    ours, theirs = (", ".join(_said(line, unit.besaran) for line in lines) for lines in (unit.ours, unit.theirs))
    if ours.casefold() == theirs.casefold():
        return Verdict(Selisih.SAMA)
    named = LABELS[unit.pihak]
    return Verdict(Selisih.DITAHAN, explain("teks", skpd=ours or ABSENT, pihak=named, pembanding=theirs or ABSENT))


def _said(line: Line, besaran: Besaran) -> str:
    value = line.figures.get(besaran)
    return " ".join((line.teks or "").split()) or (ABSENT if value is None else format_exact(value))


def _judge_missing(unit: Unit, ours: Ours, doubted: Mapping[Parts, str]) -> Verdict:
    if unit.key in doubted:
        return Verdict(Selisih.MENUNGGU, doubted[unit.key])
    if unit.ours:
        return Verdict(Selisih.HILANG_LAWAN)
    if ours.unclear:
        return Verdict(Selisih.MENUNGGU, explain("menunggu_kode", jumlah=ours.unclear))
    return Verdict(Selisih.HILANG_SKPD)


def _judge_empty(unit: Unit) -> Verdict:
    """A cell that one of the books left empty: not there, which is no zero; beside a zero it says nothing."""
    if not (unit.our_value or unit.their_value):
        return Verdict(Selisih.NIHIL, explain("nihil"))
    if unit.our_value is None:
        return Verdict(Selisih.HILANG_SKPD, explain("kosong_skpd"))
    return Verdict(Selisih.HILANG_LAWAN, explain("kosong_pihak", pihak=LABELS[unit.pihak]))


def _case(unit: Unit, ours: Ours, book: Book, mine: Decimal, theirs: Decimal) -> Case:
    keys, besaran = {line.key for line in unit.theirs}, unit.besaran
    at = {q: total(lowest(_of(keys, lines)), besaran) for q, lines in book.quarters.items()}
    own = {line.key for line in unit.ours}
    versions = {label: total(lowest(_of(keys, lines)), besaran) for label, lines in book.versions.items()}
    return Case(
        besaran, book.pihak, ours.triwulan, mine, theirs,
        their_quarters=_present(at),
        our_quarters=_present({q: total(_of(own, lines), besaran) for q, lines in ours.quarters.items()}),
        versions=_present(versions),
        parts=tuple(parts_of(unit)),
    )  # fmt: skip


def _of(keys: set[Parts], lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.key in keys]


def _present(figures: Mapping[K, Decimal | None]) -> dict[K, Decimal]:
    return {label: value for label, value in figures.items() if value is not None}
