"""Andaikan: what would be found in versions that do not count, if they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.correct.apply import open_findings, replace_rows
from pipelines.intake.register import rank_submission
from pipelines.match.held import hold_rows
from pipelines.reconcile.compose import reconcile
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.correct import apply_ledger
from pipelines.steps.inputs import READ_FINDINGS, TYPED, register_common
from pipelines.steps.intake import load_submissions
from pipelines.steps.match import match_values, matched_tables
from pipelines.steps.outcome import list_findings
from pipelines.stores.tables import from_rows, read_folder
from pipelines.stores.warehouse import Warehouse
from pipelines.validate.checks import run_checks
from schemas.columns import Table
from schemas.finding import TEMUAN, Finding
from schemas.submission import PENGAJUAN, Submission, join_isi, split_isi
from schemas.typed import DUGAAN_INDIKATOR, ORIGINS, TYPED_FORMULIR
from schemas.vocabulary import StatusPengajuan

_RESTATED = "RWT-"
"""What these tell has come to pass: a figure in print is another now. Of a version that does not count it has not."""


def findings_if(settings: Settings, tahun: int, brought: Sequence[Submission]) -> Mapping[str, list[Finding]]:
    """What is found in each of these versions, by its id, when it counts in place of what does now.

    By the reader, the ledger and the checks of now: the same inputs give the same findings.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    if not brought:
        return found
    submissions = suppose(load_submissions(settings, tahun), brought)
    skpd, wanted = {s.kode_skpd for s in brought}, {s.pengajuan_id for s in brought}
    # of the others nothing is read here, so nothing may be asked of them: a check would find no place for its answer
    submissions = [s for s in submissions if s.kode_skpd in skpd]
    rows = _gather(settings, tahun, [s for s in submissions if s.counts])
    with Warehouse() as warehouse:
        register_common(warehouse, settings, [tahun])
        for name, data in {**rows.typed, PENGAJUAN.name: from_rows(PENGAJUAN, submissions)}.items():
            warehouse.register(name, data)
        of_references = settings.year(tahun).read(ORIGINS, "acuan_origins")
        warehouse.register(ORIGINS.name, pa.concat_tables([rows.typed[ORIGINS.name], of_references]))
        warehouse.register(READ_FINDINGS, from_rows(TEMUAN, rows.read))
        checked = [*run_checks(warehouse), *reconcile(warehouse.query).findings]
    for f in (*rows.read, *rows.told, *checked):
        if f.pengajuan_id in wanted and not f.kode.startswith(_RESTATED):
            found[f.pengajuan_id or ""].append(f)
    return found


def suppose(submissions: Iterable[Submission], brought: Iterable[Submission]) -> list[Submission]:
    """The register as if these versions counted for all they report on, of several the one that goes before."""
    standing = {s.pengajuan_id: s for s in submissions}
    for new in sorted(brought, key=rank_submission):
        for s in [s for s in standing.values() if s.counts and _same_quarter(s, new)]:
            left = join_isi(set(split_isi(s.dihitung)) - set(split_isi(new.isi)))
            status = s.status if left else StatusPengajuan.DIGANTIKAN
            standing[s.pengajuan_id] = replace(s, dihitung=left, status=status)
        standing[new.pengajuan_id] = replace(new, dihitung=new.isi, status=StatusPengajuan.DITERIMA)
    return list(standing.values())


def _same_quarter(one: Submission, other: Submission) -> bool:
    return (one.kode_skpd, one.tahun, one.triwulan) == (other.kode_skpd, other.tahun, other.triwulan)


@dataclass(frozen=True)
class _Rows:
    """What was read of the versions supposed to count, corrected; what reading found and what the ledger tells."""

    typed: Mapping[str, pa.Table]
    read: Sequence[Finding]
    told: Sequence[Finding]


def _gather(settings: Settings, tahun: int, counting: Sequence[Submission]) -> _Rows:
    ids = {s.pengajuan_id for s in counting}

    def stored(table: Table, name: str) -> pa.Table:
        return _only(read_folder(places.typed(settings, tahun, name), table), ids)

    matched = match_values(settings, tahun, stored(TYPED_FORMULIR, TYPED_FORMULIR.name).to_pylist(), counting)
    tied = {table.name: [data] for table, data in matched_tables(matched).items()}
    typed = {name: pa.concat_tables([stored(table, name), *tied.get(name, ())]) for name, table in TYPED.items()}
    stored_findings = list_findings(stored(TEMUAN, READ_FINDINGS))
    read = hold_rows([*stored_findings, *matched.findings], typed)
    corrected, _ = apply_ledger(settings, tahun, typed.__getitem__, read)
    for name, rows in corrected.rows.items():
        typed[name] = replace_rows(typed[name], pa.Table.from_pylist(list(rows.values()), schema=TYPED[name].arrow))
    typed |= {DUGAAN_INDIKATOR.name: matched_tables(matched)[DUGAAN_INDIKATOR]}
    return _Rows(typed, open_findings(read, corrected.records), corrected.findings)


def _only(data: pa.Table, ids: Collection[str]) -> pa.Table:
    kept = pa.array(sorted(ids), pa.string())
    return data.filter(pc.is_in(data["pengajuan_id"], value_set=kept)).combine_chunks()
