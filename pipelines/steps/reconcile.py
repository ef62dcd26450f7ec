"""Rekonsiliasi: what was compared → per SKPD the sheet of both books and the minutes to be signed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.collect.reconciliation import write_reconciliation
from pipelines.report.chapters.reconciling import compose_minutes
from pipelines.report.content import identify_content
from pipelines.report.model import Facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.filing import Filing, open_filing
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Paper
from pipelines.steps.printed import Said, digest, note_written
from pipelines.steps.report import read_facts, read_template
from pipelines.stores.tables import read_table
from schemas.period import triwulan_period
from schemas.reconciliation import REKONSILIASI, Compared
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

STATION = "Merekonsiliasi dengan BKD dan Bappeda"


def write_reconciliations(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> StepOutcome:
    """Sheet and minutes of every SKPD whose quarter was compared, in reports/<tahun>/tw<n>/rekonsiliasi."""
    compared = _read(settings, tahun, triwulan)
    chosen = {kode: rows for kode, rows in compared.items() if not skpd or kode in skpd}
    if not chosen:
        return StepOutcome(STATION)
    facts, filing = read_facts(settings, tahun), open_filing(settings, tahun)
    known = {kode: rows for kode, rows in chosen.items() if kode in facts.skpd}
    for kode, rows in known.items():
        _write(settings, facts, filing, kode, rows)
    note_written(settings, tahun, _said(filing, facts, known))
    kinds = Counter(LABELS[row.jenis] for rows in chosen.values() for row in rows if row.differs)
    return filing.close(STATION, {"SKPD": len(chosen), **kinds}, _overview(chosen, facts))


def minutes_said(settings: Settings, filing: Filing, facts: Facts, triwulan: int) -> Iterator[Said]:
    """What the minutes of a quarter would say now."""
    compared = _read(settings, facts.tahun, triwulan)
    return _said(filing, facts, {kode: rows for kode, rows in compared.items() if kode in facts.skpd})


def _said(filing: Filing, facts: Facts, compared: Mapping[str, Sequence[Compared]]) -> Iterator[Said]:
    """What minutes say, and the sheet of both books that goes with them."""
    for kode, rows in compared.items():
        minutes = compose_minutes(facts, kode, rows[0].triwulan, rows)
        path = filing.place(Paper.BERITA_ACARA, kode, rows[0].triwulan)
        yield Said(path, kode, digest((minutes.blocks, tuple(rows))))


def _read(settings: Settings, tahun: int, triwulan: int) -> Mapping[str, list[Compared]]:
    stored = read_table(places.table(settings, tahun, REKONSILIASI.name), REKONSILIASI)
    found: dict[str, list[Compared]] = defaultdict(list)
    for row in stored.filter(pc.equal(stored["triwulan"], pa.scalar(triwulan, pa.int32()))).to_pylist():
        found[row["kode_skpd"]].append(_compared(row))
    return found


def _compared(row: Mapping[str, Any]) -> Compared:
    words = {"besaran": Besaran(row["besaran"]), "pihak": Pihak(row["pihak"]), "jenis": Selisih(row["jenis"])}
    return Compared(**{**row, **words})


def _write(settings: Settings, facts: Facts, filing: Filing, kode: str, rows: Sequence[Compared]) -> None:
    triwulan, tahun = rows[0].triwulan, rows[0].tahun
    sheet = write_reconciliation(triwulan_period(tahun, triwulan), facts.skpd[kode].nama_skpd, rows)
    minutes, template = compose_minutes(facts, kode, triwulan, rows), read_template(settings)
    filing.write(filing.place(Paper.REKONSILIASI, kode, triwulan), sheet)
    path, isi = filing.place(Paper.BERITA_ACARA, kode, triwulan), identify_content(minutes, template)
    # two sign it: what says the same stays the very file, whatever day the data of others are of
    if there := filing.documents.find(path, isi):
        filing.keep(there)
    else:
        filing.write(path, render(minutes, template), isi)


def _overview(chosen: Mapping[str, Sequence[Compared]], facts: Facts) -> Iterator[dict[str, object]]:
    """How many figures of each SKPD were compared, and what those that are not the same are."""
    for kode, rows in chosen.items():
        waiting = sum(row.waits for row in rows)
        kinds = Counter(LABELS[row.jenis] for row in rows if row.differs)
        counts = {"dibandingkan": len(rows) - waiting, "selisih": sum(kinds.values()) - waiting}
        name = facts.skpd[kode].nama_skpd if kode in facts.skpd else kode
        yield {"SKPD": name, **counts, "jenis": ", ".join(kinds)}
