"""Padankan: rows of forms the office did not issue → typed rows tied to PK and plan; what is not certain is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from pipelines.collect.questions import write_questions
from pipelines.match.compose import match_forms
from pipelines.match.outcome import Matched
from pipelines.match.references import gather_references
from pipelines.match.rows import gather_rows
from pipelines.report.model import KABUPATEN
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.filing import Filing, open_filing
from pipelines.steps.inputs import READ_FINDINGS, load_read, superseded
from pipelines.steps.intake import load_submissions, understand_files
from pipelines.steps.papers import Paper
from pipelines.steps.references import load_register
from pipelines.stores.tables import from_rows, read_folder
from schemas.columns import Table
from schemas.finding import TEMUAN
from schemas.period import triwulan_period
from schemas.question import Question
from schemas.reference import REF_PADANAN, REF_PK, REF_RENCANA
from schemas.submission import Isi, Jenis, Submission, split_isi
from schemas.typed import (
    DUGAAN_INDIKATOR,
    ORIGINS,
    TYPED_ANGGARAN,
    TYPED_BELANJA_TRIWULAN,
    TYPED_FORMULIR,
    TYPED_PK,
    TYPED_REALISASI,
)

TABLES = (TYPED_PK, TYPED_REALISASI, TYPED_ANGGARAN, TYPED_BELANJA_TRIWULAN, DUGAAN_INDIKATOR, ORIGINS)
"""What forms become."""


def match_year(settings: Settings, tahun: int) -> list[Question]:
    """Tie the forms of a year anew, against register, plan and Padanan as they are now; write rows, tell questions."""
    submissions = load_submissions(settings, tahun)
    values = load_read(settings, tahun, TYPED_FORMULIR).to_pylist()
    matched = match_values(settings, tahun, values, submissions)
    for table, data in matched_tables(matched).items():
        settings.year(tahun).write(table, data, places.matched(table.name))
    findings = from_rows(TEMUAN, matched.findings)
    settings.year(tahun).write(TEMUAN, findings, places.matched(READ_FINDINGS))
    _write_superseded(settings, tahun, submissions)
    return [*understand_files(settings, tahun).questions, *matched.questions]


def _write_superseded(settings: Settings, tahun: int, submissions: Sequence[Submission]) -> None:
    """What forms said before another workbook took their place, tied the same way; nothing of it is asked again."""
    replaced = list(_replaced(submissions))
    values = read_folder(places.typed(settings, tahun, TYPED_FORMULIR.name), TYPED_FORMULIR) if replaced else None
    matched = match_values(settings, tahun, values.to_pylist() if values else (), replaced)
    tables = matched_tables(matched)
    for table in (TYPED_REALISASI, ORIGINS):
        settings.year(tahun).write(table, tables[table], places.matched(superseded(table)))


def _replaced(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """Forms as if what no longer counts of them were what counts."""
    for s in submissions:
        lost = set(split_isi(s.isi)) - set(split_isi(s.dihitung))
        if s.jenis == Jenis.FORMULIR and Isi.KINERJA in lost:
            yield replace(s, dihitung=Isi.KINERJA)


def match_values(
    settings: Settings, tahun: int, values: Iterable[Mapping[str, Any]], submissions: Sequence[Submission]
) -> Matched:
    """Tie the values read of forms to what is known of their SKPD."""
    forms = {s.pengajuan_id: s for s in submissions if s.jenis == Jenis.FORMULIR}
    if not forms:
        return Matched()
    rows = gather_rows((v for v in values if v["pengajuan_id"] in forms), {k: s.berkas for k, s in forms.items()})
    pk, rencana, padanan = (_stored(settings, tahun, table) for table in (REF_PK, REF_RENCANA, REF_PADANAN))
    registered = {row["kode_skpd"] for row in pk}
    sheets = [r for r in load_read(settings, tahun, TYPED_PK).to_pylist() if r["kode_skpd"] not in registered]
    known = gather_references([*pk, *sheets], rencana, padanan)
    return match_forms(rows, known, {k: _counted(s) for k, s in forms.items()})


def matched_tables(matched: Matched) -> dict[Table, pa.Table]:
    """The typed tables that forms became, empty ones included."""
    return {t: pa.Table.from_pylist([dict(row) for row in matched.rows[t.name]], schema=t.arrow) for t in TABLES}


def _stored(settings: Settings, tahun: int, table: Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = settings.year(tahun).rows(table)
    return rows


def _counted(submission: Submission) -> frozenset[Isi]:
    return frozenset(split_isi(submission.dihitung))


def write_asked(settings: Settings, tahun: int, questions: Sequence[Question]) -> Filing:
    """A workbook per quarter that has open questions, or had them: then it says that none is left."""
    filing = open_filing(settings, tahun)
    names = {kode: skpd.nama for kode, skpd in load_register(settings, tahun).items()}
    for triwulan in range(1, 5):
        path = filing.place(Paper.USULAN_PADANAN, KABUPATEN, triwulan)
        mine = list({(q.kode_skpd, q.jenis, q.nama): q for q in reversed(questions) if q.triwulan == triwulan}.values())
        if mine or path.exists():
            filing.write(path, write_questions(triwulan_period(tahun, triwulan), mine[::-1], names))
    return filing
