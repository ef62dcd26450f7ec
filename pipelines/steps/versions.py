"""Bandingkan: every workbook sent again, cell by cell beside the version before it and what was found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

import pyarrow as pa

from pipelines.compare.findings import tell_changes, tell_waiting
from pipelines.compare.versions import compare_versions
from pipelines.settings import Settings
from pipelines.steps.intake import load_submissions
from pipelines.steps.supposing import findings_if
from pipelines.stores.submissions import read_archived
from pipelines.stores.workbooks import read_workbook
from schemas.finding import Finding
from schemas.returned import PERUBAHAN, Change, Nasib, without_ours
from schemas.submission import Submission, split_isi
from schemas.vocabulary import COUNTING, StatusPengajuan, Tingkat
from schemas.workbook import Grid


def compare_year(settings: Settings, tahun: int, findings: Sequence[Finding]) -> list[Finding]:
    """Compare every submission that counts, or waits to, with the version before it; write the changes.

    Returns what is to be told of them, and what is found in those that wait: as if each counted already.
    """
    submissions = load_submissions(settings, tahun)
    waiting = [s for s in submissions if s.status == StatusPengajuan.MENUNGGU and _kept(settings, s)]
    befores = {s: old for s in submissions if (old := version_before(s, submissions)) and _kept(settings, s, old)}
    supposed = findings_if(settings, tahun, waiting)
    earlier = findings_if(settings, tahun, [old for s, old in befores.items() if s.counts])
    rows: list[dict[str, object]] = []
    told = [f for s in waiting for f in supposed[s.pengajuan_id]]
    for new, old in befores.items():
        of_old = earlier[old.pengajuan_id] if new.counts else _of(old, findings)
        of_new = [*_of(new, findings), *supposed[new.pengajuan_id]]
        changes = compare_versions(_grids(settings, old), _grids(settings, new), of_old, of_new)
        rows += [_row(old, new, change) for change in changes]
        if new.counts:
            told += tell_changes(old, new, changes, returned=any(f.tingkat == Tingkat.ERROR for f in of_old))
        else:
            told.append(tell_waiting([old], new, changes, _count_errors(of_new)))
    for s in (s for s in waiting if s not in befores):
        errors = _count_errors([*_of(s, findings), *supposed[s.pengajuan_id]])
        told.append(tell_waiting([*accepted_before(s, submissions)], s, None, errors))
    table = pa.Table.from_pylist(rows, schema=PERUBAHAN.arrow)
    settings.year(tahun).write(PERUBAHAN, table)
    return told


def _of(s: Submission, findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.pengajuan_id == s.pengajuan_id]


def _count_errors(findings: Iterable[Finding]) -> int:
    return sum(f.tingkat == Tingkat.ERROR for f in findings)


def load_changes(settings: Settings, tahun: int) -> Mapping[str, tuple[Change, ...]]:
    """What became of the cells of each submission that was sent again, by its id."""
    found: dict[str, list[Change]] = defaultdict(list)
    for row in settings.year(tahun).rows(PERUBAHAN):
        mine = {name: row[name] for name in Change.__dataclass_fields__}
        found[row["pengajuan_id"]].append(Change(**{**mine, "nasib": Nasib(row["nasib"])}))
    return {key: tuple(changes) for key, changes in found.items()}


def version_before(s: Submission, submissions: Sequence[Submission]) -> Submission | None:
    """What a submission that counts, or waits to, is compared with: the same matters in the same kind of form.

    Of one that counts the last version before it, of one that waits the accepted one it would replace.
    """
    alike = [o for o in submissions if _matters(o) == _matters(s)]
    if s.status == StatusPengajuan.MENUNGGU:
        return next(accepted_before(s, alike), None)
    kinds = COUNTING | {StatusPengajuan.DIGANTIKAN}
    earlier = (o for o in alike if o.status in kinds and o.versi < s.versi)
    return max(earlier, key=lambda o: o.versi, default=None) if s.counts else None


def accepted_before(s: Submission, submissions: Iterable[Submission]) -> Iterator[Submission]:
    """The accepted submissions of the same SKPD and quarter that count for anything this one reports on."""
    for o in submissions:
        same = (o.kode_skpd, o.tahun, o.triwulan) == (s.kode_skpd, s.tahun, s.triwulan)
        if same and o.counts and o.disahkan_pada and set(split_isi(o.dihitung)) & set(split_isi(s.isi)):
            yield o


def _matters(s: Submission) -> tuple[object, ...]:
    return s.kode_skpd, s.tahun, s.triwulan, s.jenis, s.isi, s.bagian


def _kept(settings: Settings, *pair: Submission) -> bool:
    """Whether the archive has both: what it lost is told of as that, not as a difference."""
    return all(read_archived(settings.archive, s.sha256) is not None for s in pair)


def _grids(settings: Settings, s: Submission) -> Mapping[str, Grid]:
    content = read_archived(settings.archive, s.sha256) or b""
    return without_ours(read_workbook(content, full=True).grids)


def _row(old: Submission, new: Submission, change: Change) -> dict[str, object]:
    ids = {"pengajuan_id": new.pengajuan_id, "pengajuan_lama": old.pengajuan_id}
    return {**ids, "kode_skpd": new.kode_skpd, "tahun": new.tahun, "triwulan": new.triwulan, **asdict(change)}
