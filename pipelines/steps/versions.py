"""Bandingkan: every workbook sent again, cell by cell beside the version before it and what was found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.compare.findings import tell_changes
from pipelines.compare.versions import compare_versions
from pipelines.reconcile.compose import reconcile
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.inputs import READ_FINDINGS, TYPED, load_received, register_common
from pipelines.steps.intake import load_submissions
from pipelines.steps.outcome import list_findings
from pipelines.stores.submissions import archive_path
from pipelines.stores.tables import from_rows, read_folder, read_table, write_table
from pipelines.stores.warehouse import Warehouse
from pipelines.stores.workbooks import read_workbook
from pipelines.validate.checks import run_checks
from schemas.finding import TEMUAN, Finding
from schemas.returned import PERUBAHAN, Change, Nasib, without_ours
from schemas.submission import PENGAJUAN, Submission
from schemas.typed import ORIGINS
from schemas.vocabulary import StatusPengajuan, Tingkat
from schemas.workbook import Grid

Pair = tuple[Submission, Submission]
"""A version and the one that counts now."""


def compare_year(settings: Settings, tahun: int, findings: Sequence[Finding]) -> list[Finding]:
    """Compare every submission that counts with the version before it; write the changes, return what is to be told.

    What was found in the version before is found again, by the checks of now: the same inputs give the same changes.
    """
    pairs = list(_pairs(load_submissions(settings, tahun)))
    before = _findings_before(settings, tahun, pairs)
    rows: list[dict[str, object]] = []
    told: list[Finding] = []
    for old, new in pairs:
        of_new = [f for f in findings if f.pengajuan_id == new.pengajuan_id]
        of_old = before[old.pengajuan_id]
        changes = compare_versions(_grids(settings, old), _grids(settings, new), of_old, of_new)
        rows += [_row(old, new, change) for change in changes]
        told += tell_changes(old, new, changes, returned=any(f.tingkat == Tingkat.ERROR for f in of_old))
    table = pa.Table.from_pylist(rows, schema=PERUBAHAN.arrow)
    write_table(places.table(settings, tahun, PERUBAHAN.name), PERUBAHAN, table)
    return told


def load_changes(settings: Settings, tahun: int) -> Mapping[str, tuple[Change, ...]]:
    """What became of the cells of each submission that was sent again, by its id."""
    found: dict[str, list[Change]] = defaultdict(list)
    for row in read_table(places.table(settings, tahun, PERUBAHAN.name), PERUBAHAN).to_pylist():
        mine = {name: row[name] for name in Change.__dataclass_fields__}
        found[row["pengajuan_id"]].append(Change(**{**mine, "nasib": Nasib(row["nasib"])}))
    return {key: tuple(changes) for key, changes in found.items()}


def version_before(s: Submission, submissions: Iterable[Submission]) -> Submission | None:
    """The version received last before this one, of the same kind and on the same matters."""
    mine = (s.kode_skpd, s.tahun, s.triwulan, s.jenis, s.isi, s.bagian)
    others = (
        o
        for o in submissions
        if (o.kode_skpd, o.tahun, o.triwulan, o.jenis, o.isi, o.bagian) == mine
        and (o.diterima_pada, o.versi) < (s.diterima_pada, s.versi)
    )
    return max(others, key=lambda o: (o.diterima_pada, o.versi), default=None)


def _pairs(submissions: Sequence[Submission]) -> Iterator[Pair]:
    for s in submissions:
        old = None if s.status == StatusPengajuan.DIGANTIKAN else version_before(s, submissions)
        if old is not None:
            yield old, s


def _findings_before(settings: Settings, tahun: int, pairs: Sequence[Pair]) -> Mapping[str, list[Finding]]:
    """What is found in each earlier version when it counts in place of the one that replaced it."""
    found: dict[str, list[Finding]] = defaultdict(list)
    if not pairs:
        return found
    olds, news = ({s.pengajuan_id for s in side} for side in zip(*pairs, strict=True))
    submissions = [_swapped(s, olds, news) for s in load_submissions(settings, tahun)]
    skpd = {old.kode_skpd for old, _ in pairs}
    counting = {s.pengajuan_id for s in submissions if s.status != StatusPengajuan.DIGANTIKAN and s.kode_skpd in skpd}
    stored = read_folder(places.typed(settings, tahun, READ_FINDINGS), TEMUAN)
    read = _only(stored, counting)
    with Warehouse() as warehouse:
        register_common(warehouse, settings, [tahun])
        warehouse.register(PENGAJUAN.name, from_rows(PENGAJUAN, submissions))
        for table in (t for t in TYPED.values() if t is not ORIGINS):
            warehouse.register(table.name, _only(load_received(settings, tahun, table), counting))
        warehouse.register(READ_FINDINGS, read)
        checked = [*run_checks(warehouse), *reconcile(warehouse.query).findings]
    for f in (*list_findings(read), *checked):
        if f.pengajuan_id in olds:
            found[f.pengajuan_id or ""].append(f)
    return found


def _swapped(s: Submission, olds: Iterable[str], news: Iterable[str]) -> Submission:
    if s.pengajuan_id in olds:
        return replace(s, status=StatusPengajuan.DITERIMA, dihitung=s.isi)
    if s.pengajuan_id in news:
        return replace(s, status=StatusPengajuan.DIGANTIKAN, dihitung=None)
    return s


def _only(data: pa.Table, ids: Iterable[str]) -> pa.Table:
    kept = pa.array(sorted(ids), pa.string())
    return data.filter(pc.is_in(data["pengajuan_id"], value_set=kept)).combine_chunks()


def _grids(settings: Settings, s: Submission) -> Mapping[str, Grid]:
    content = archive_path(settings.archive, s.sha256).read_bytes()
    return without_ours(read_workbook(content, full=True).grids)


def _row(old: Submission, new: Submission, change: Change) -> dict[str, object]:
    ids = {"pengajuan_id": new.pengajuan_id, "pengajuan_lama": old.pengajuan_id}
    return {**ids, "kode_skpd": new.kode_skpd, "tahun": new.tahun, "triwulan": new.triwulan, **asdict(change)}
