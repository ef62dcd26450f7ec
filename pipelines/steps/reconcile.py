"""Rekonsiliasi: what was compared → per SKPD the sheet of both books and the minutes to be signed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.collect.reconciliation import write_reconciliation
from pipelines.report.blocks import Document
from pipelines.report.chapters.reconciling import compose_minutes
from pipelines.report.content import identify_content
from pipelines.report.model import Facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps.filing import Filing, open_filing, retire
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Paper
from pipelines.steps.printed import Said, digest, note_written
from pipelines.steps.report import read_facts, read_template
from schemas.columns import Table
from schemas.period import triwulan_period
from schemas.reconciliation import CELAH, REKONSILIASI, Celah, Compared, Gap
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

STATION = "Merekonsiliasi dengan BKD dan Bappeda"
_R = TypeVar("_R", Compared, Gap)


@dataclass(frozen=True)
class _Books:
    """What was compared of one SKPD and quarter, and what could not be."""

    rows: Sequence[Compared]
    gaps: Sequence[Gap]

    def minutes(self, facts: Facts) -> Document:
        """The Berita Acara to be signed."""
        first = self.rows[0]
        return compose_minutes(facts, first.kode_skpd, first.triwulan, self.rows, self.gaps)


def write_reconciliations(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> StepOutcome:
    """Sheet and minutes of every SKPD whose quarter was compared, in reports/<tahun>/tw<n>/rekonsiliasi.

    Those of an SKPD of which nothing is compared any more, for what it sent was withdrawn, are laid aside.
    """
    compared = _read(settings, tahun, triwulan)
    chosen = {kode: books for kode, books in compared.items() if not skpd or kode in skpd}
    if not chosen and not (settings.reports(tahun) / Paper.REKONSILIASI.at("skpd", triwulan)).parent.is_dir():
        return StepOutcome(STATION)
    facts, filing = read_facts(settings, tahun), open_filing(settings, tahun)
    known = {kode: books for kode, books in chosen.items() if kode in facts.skpd}
    for kode, books in known.items():
        _write(settings, facts, filing, kode, books)
    left = [kode for kode in facts.skpd if kode not in compared and (not skpd or kode in skpd)]
    old = (filing.place(paper, kode, triwulan) for kode in left for paper in (Paper.REKONSILIASI, Paper.BERITA_ACARA))
    retire(settings, filing, old, "tidak ada lagi kiriman SKPD yang dapat dicocokkan")
    note_written(settings, tahun, _said(filing, facts, known))
    kinds = Counter(LABELS[row.jenis] for books in chosen.values() for row in books.rows if row.differs)
    return filing.close(STATION, {"SKPD": len(chosen), **kinds}, _overview(chosen, facts))


def minutes_said(settings: Settings, filing: Filing, facts: Facts, triwulan: int) -> Iterator[Said]:
    """What the minutes of a quarter would say now."""
    compared = _read(settings, facts.tahun, triwulan)
    return _said(filing, facts, {kode: books for kode, books in compared.items() if kode in facts.skpd})


def _said(filing: Filing, facts: Facts, compared: Mapping[str, _Books]) -> Iterator[Said]:
    """What minutes say, and the sheet of both books that goes with them."""
    for kode, books in compared.items():
        path = filing.place(Paper.BERITA_ACARA, kode, books.rows[0].triwulan)
        yield Said(path, kode, digest((books.minutes(facts).blocks, tuple(books.rows))))


def _read(settings: Settings, tahun: int, triwulan: int) -> Mapping[str, _Books]:
    rows = _by_skpd(_compared(row) for row in _of_quarter(settings, tahun, triwulan, REKONSILIASI))
    gaps = _by_skpd(_gap(row) for row in _of_quarter(settings, tahun, triwulan, CELAH))
    return {kode: _Books(found, gaps.get(kode, ())) for kode, found in rows.items()}


def _of_quarter(settings: Settings, tahun: int, triwulan: int, table: Table) -> list[dict[str, Any]]:
    stored = settings.year(tahun).read(table)
    mine = pc.equal(stored["triwulan"], pa.scalar(triwulan, pa.int32()))
    rows: list[dict[str, Any]] = stored.filter(mine).to_pylist()
    return rows


def _by_skpd(rows: Iterable[_R]) -> dict[str, list[_R]]:
    found: dict[str, list[_R]] = defaultdict(list)
    for row in rows:
        found[row.kode_skpd].append(row)
    return found


def _compared(row: Mapping[str, Any]) -> Compared:
    words = {"besaran": Besaran(row["besaran"]), "pihak": Pihak(row["pihak"]), "jenis": Selisih(row["jenis"])}
    return Compared(**{**row, **words})


def _gap(row: Mapping[str, Any]) -> Gap:
    words = {"besaran": Besaran(row["besaran"]), "pihak": Pihak(row["pihak"]), "sebab": Celah(row["sebab"])}
    return Gap(**{**row, **words})


def _write(settings: Settings, facts: Facts, filing: Filing, kode: str, books: _Books) -> None:
    triwulan, tahun = books.rows[0].triwulan, books.rows[0].tahun
    sheet = write_reconciliation(triwulan_period(tahun, triwulan), facts.skpd[kode].nama_skpd, books.rows)
    minutes, template = books.minutes(facts), read_template(settings)
    filing.write(filing.place(Paper.REKONSILIASI, kode, triwulan), sheet)
    path, isi = filing.place(Paper.BERITA_ACARA, kode, triwulan), identify_content(minutes, template)
    # two sign it: what says the same stays the very file, whatever day the data of others are of
    if there := filing.documents.find(path, isi):
        filing.keep(there)
    else:
        filing.write(path, render(minutes, template), isi)


def _overview(chosen: Mapping[str, _Books], facts: Facts) -> Iterator[dict[str, object]]:
    """How many figures of each SKPD were compared, and what those that are not the same are."""
    for kode, books in chosen.items():
        rows = books.rows
        waiting = sum(row.waits for row in rows)
        kinds = Counter(LABELS[row.jenis] for row in rows if row.differs)
        counts = {"dibandingkan": len(rows) - waiting, "selisih": sum(kinds.values()) - waiting}
        name = facts.skpd[kode].nama_skpd if kode in facts.skpd else kode
        yield {"SKPD": name, **counts, "jenis": ", ".join(kinds)}
