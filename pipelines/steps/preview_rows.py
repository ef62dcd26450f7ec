"""The rows of one file checked as a run would check them, beside what is known of its SKPD's other quarters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.extract.sheets import Extract
from pipelines.match.held import hold_rows
from pipelines.reconcile.compose import reconcile
from pipelines.settings import Settings
from pipelines.steps.extract import read_into, typed_tables
from pipelines.steps.inputs import READ_FINDINGS, TYPED, load_corrected, register_common
from pipelines.steps.match import match_values, matched_tables
from pipelines.steps.uncompared import Checked, list_uncompared
from pipelines.stores.tables import from_rows
from pipelines.stores.warehouse import Warehouse
from pipelines.stores.workbooks import Workbook
from pipelines.validate.checks import check_codes, run_checks
from schemas.finding import TEMUAN
from schemas.submission import PENGAJUAN, Jenis, ReceivedFile, Submission, join_isi
from schemas.typed import ORIGINS, TYPED_FORMULIR, TYPED_PK, TYPED_POSISI_LALU, TYPED_REALISASI
from schemas.vocabulary import StatusPengajuan

_NOT_YET = datetime(9999, 12, 31)  # noqa: DTZ001 — local, as every time of receipt
"""A file that is only checked has not been received: nothing in it is dated after that."""


_OF_A_QUARTER = ("CAP-029", "COC-015")
"""What no form of a quarter holds: one of several need not hold every part."""


def as_submission(file: ReceivedFile) -> Submission:
    """A file as if it were the only submission of its SKPD and quarter."""
    assert file.kode_skpd and file.tahun and file.triwulan
    return Submission(
        pengajuan_id=f"periksa-{file.sha256[:8]}",
        kode_skpd=file.kode_skpd,
        tahun=file.tahun,
        triwulan=file.triwulan,
        versi=1,
        berkas=file.berkas,
        sha256=file.sha256,
        diterima_pada=_NOT_YET,
        status=StatusPengajuan.DITERIMA,
        dokumen_pk=file.dokumen_pk,
        status_data=file.status_data,
        jenis=file.jenis,
        isi=join_isi(file.isi),
        dihitung=join_isi(file.isi),
        bagian=file.bagian,
    )


def check_rows(settings: Settings, submission: Submission, book: Workbook) -> Checked:
    """The checks over this file beside the other quarters of its SKPD; only what concerns the file is told."""
    extract = Extract()
    read_into(settings.root, book, submission, extract)
    own = {table.name: data for table, data in typed_tables(extract).items()}
    found = list(extract.findings)
    if submission.jenis == Jenis.FORMULIR:
        matched = match_values(settings, submission.tahun, own[TYPED_FORMULIR.name].to_pylist(), [submission])
        own |= {table.name: data for table, data in matched_tables(matched).items()}
        found = hold_rows([*found, *matched.findings], own)
    known = _known_quarters(settings, submission)
    with Warehouse() as warehouse:
        register_common(warehouse, settings, [submission.tahun])
        for name, data in _with_other_quarters(known, submission, own).items():
            warehouse.register(name, data)
        warehouse.register(READ_FINDINGS, from_rows(TEMUAN, found))
        checked = [*run_checks(warehouse, _of_a_file()), *reconcile(warehouse.query).findings]
    mine = [f for f in checked if (f.kode_skpd, f.triwulan) == (submission.kode_skpd, submission.triwulan)]
    told = (*found, *mine)
    earlier = any(data.num_rows for data in known.values())
    return Checked(told, tuple(list_uncompared(settings, submission, told, earlier=earlier)))


def _of_a_file() -> list[str]:
    """The checks a file alone can pass: what a quarter or the yearly report lacks shows when all of it is known."""
    return [code for code in check_codes() if not code.startswith("LAP-") and code not in _OF_A_QUARTER]


def _known_quarters(settings: Settings, s: Submission) -> dict[str, pa.Table]:
    """What the store knows of the SKPD's other quarters."""
    return {
        name: _of_other_quarters(load_corrected(settings, s.tahun, table), s)
        for name, table in TYPED.items()
        if name != ORIGINS.name
    }


def _with_other_quarters(
    stored: Mapping[str, pa.Table], s: Submission, own: Mapping[str, pa.Table]
) -> Mapping[str, pa.Table]:
    """The file beside its SKPD's other quarters; where nothing is stored of them, what the workbook itself carries."""
    known = dict(stored)
    if s.jenis != Jenis.FORMULIR and s.triwulan > 1 and not known[TYPED_REALISASI.name].num_rows:
        for table, given in ((TYPED_REALISASI, TYPED_POSISI_LALU), (TYPED_PK, TYPED_PK)):
            known[table.name] = _as_of(own[given.name], s.triwulan - 1, table.arrow)
    rows = {name: pa.concat_tables([own[name], data]) for name, data in known.items()}
    return {
        **rows,
        ORIGINS.name: own[ORIGINS.name],
        PENGAJUAN.name: from_rows(PENGAJUAN, [s]),
    }


def _as_of(data: pa.Table, triwulan: int, schema: pa.Schema) -> pa.Table:
    """The same rows, as those of a quarter before."""
    rows = [
        {**row, "triwulan": triwulan, "row_id": f"{row['row_id']}-lalu", "pengajuan_id": f"{row['pengajuan_id']}-lalu"}
        for row in data.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _of_other_quarters(data: pa.Table, s: Submission) -> pa.Table:
    same_skpd = pc.equal(data["kode_skpd"], pa.scalar(s.kode_skpd))
    return data.filter(pc.and_(same_skpd, pc.not_equal(data["triwulan"], pa.scalar(s.triwulan, pa.int32()))))
