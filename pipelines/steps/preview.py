"""Periksa without storing: what an SKPD runs before it sends. References and earlier quarters help where they exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import UsageError
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.intake.register import check_files
from pipelines.settings import FILE_NAME, Pemda, Settings, load_settings
from pipelines.steps.extract import read_into, typed_tables
from pipelines.steps.inputs import TYPED, load_typed, register_common
from pipelines.steps.intake import declared, identify_content
from pipelines.steps.references import load_register
from pipelines.stores.submissions import hash_bytes, read_bytes
from pipelines.stores.tables import from_columns, from_rows
from pipelines.stores.warehouse import Warehouse
from pipelines.stores.workbooks import Workbook, read_workbook
from pipelines.validate.checks import run_checks
from schemas.finding import TEMUAN, Finding
from schemas.layout import load_layout
from schemas.submission import PENGAJUAN, ReceivedFile, Submission
from schemas.typed import ORIGINS, TYPED_PK, TYPED_REALISASI
from schemas.vocabulary import StatusPengajuan, Tingkat

_ELSEWHERE = Settings(root=Path(), pemda=Pemda(kode="00.00", nama="", ibu_kota="", provinsi=""))
"""What an SKPD's own computer has: the choices as delivered, and no folder to look anything up in."""


@dataclass(frozen=True)
class Preview:
    """One checked file."""

    berkas: str
    sha256: str
    findings: tuple[Finding, ...]

    @property
    def faulty(self) -> bool:
        """Whether the file would be returned."""
        return any(f.tingkat == Tingkat.ERROR for f in self.findings)

    def as_json(self) -> dict[str, object]:
        """The file for `--json`."""
        hidden = {"pengajuan_id", "row_id"}
        listed = [{k: v for k, v in asdict(f).items() if k not in hidden} for f in self.findings]
        return {"file": self.berkas, "sha256": self.sha256, "findings": listed}


def preview_files(ruang: Path, path: Path) -> Preview:
    """Check one file as a run would; raises UsageError where it does not exist."""
    if not path.is_file():
        raise UsageError(f"{path} tidak ada.")
    settings = load_settings(ruang) if (ruang / FILE_NAME).exists() else _ELSEWHERE
    content = read_bytes(path)
    return Preview(str(path), hash_bytes(content), tuple(_check(settings, path.name, content)))


def _check(settings: Settings, berkas: str, content: bytes) -> list[Finding]:
    file = _received(berkas, content)
    register = load_register(settings, file.folder_tahun) if settings is not _ELSEWHERE else {}
    if file.tolak_kode or (register and file.kode_skpd not in register):
        return list(check_files([file], register))
    found = list(check_files([file], register)) if register else []
    sheets = [s.sheet for name in ("format_pengisian", "meta") for s in load_layout(name).sheets]
    return [*found, *_check_rows(settings, _submission(file), read_workbook(content, sheets))]


def _received(berkas: str, content: bytes) -> ReceivedFile:
    """The file as if it had been received in the inbox it says it is for."""
    said, refusal = identify_content(content)
    return ReceivedFile(
        sha256=hash_bytes(content),
        berkas=berkas,
        folder_tahun=said.tahun or 0,
        folder_triwulan=said.triwulan or 0,
        diterima_pada=datetime(said.tahun or 2000, 1, 1),  # noqa: DTZ001 — nothing is dated by a preview
        urutan=1,
        **declared(said, refusal),
    )


def _submission(file: ReceivedFile) -> Submission:
    assert file.kode_skpd and file.tahun and file.triwulan
    return Submission(
        pengajuan_id=f"periksa-{file.sha256[:8]}",
        kode_skpd=file.kode_skpd,
        tahun=file.tahun,
        triwulan=file.triwulan,
        versi=1,
        berkas=file.berkas,
        sha256=file.sha256,
        diterima_pada=file.diterima_pada,
        status=StatusPengajuan.DITERIMA,
        dokumen_pk=file.dokumen_pk,
        status_data=file.status_data,
    )


def _check_rows(settings: Settings, submission: Submission, book: Workbook) -> list[Finding]:
    """The checks over this file beside the other quarters of its SKPD; only what concerns the file is told."""
    extract = Extract()
    read_into(book, submission, extract)
    with Warehouse() as warehouse:
        register_common(warehouse, settings, [submission.tahun])
        for name, data in _with_other_quarters(settings, submission, extract, book).items():
            warehouse.register(name, data)
        checked = run_checks(warehouse)
    mine = [f for f in checked if (f.kode_skpd, f.triwulan) == (submission.kode_skpd, submission.triwulan)]
    return [*extract.findings, *mine]


def _with_other_quarters(settings: Settings, s: Submission, extract: Extract, book: Workbook) -> Mapping[str, pa.Table]:
    """What the store knows of the SKPD's other quarters; where it knows nothing, what the workbook itself carries."""
    own = {table.name: data for table, data in typed_tables(extract).items()}
    known = {
        name: _of_other_quarters(load_typed(settings, s.tahun, table), s)
        for name, table in TYPED.items()
        if name != ORIGINS.name
    }
    if s.triwulan > 1 and not known[TYPED_REALISASI.name].num_rows:
        known[TYPED_REALISASI.name] = _carried(s, book)
        known[TYPED_PK.name] = _as_of(own[TYPED_PK.name], s.triwulan - 1)
    rows = {name: pa.concat_tables([own[name], data]) for name, data in known.items()}
    return {
        **rows,
        ORIGINS.name: own[ORIGINS.name],
        "temuan_baca": from_rows(TEMUAN, extract.findings),
        PENGAJUAN.name: from_rows(PENGAJUAN, [s]),
    }


def _carried(s: Submission, book: Workbook) -> pa.Table:
    """The cumulative values of the quarter before, as the issued workbook carries them on its hidden sheet."""
    before = Extract()
    source = Source(f"{s.pengajuan_id}-lalu", s.kode_skpd, s.tahun, s.triwulan - 1, s.berkas)
    extract_workbook(book.grids, load_layout("meta"), source, before)
    return from_columns(TYPED_REALISASI, before.lists(TYPED_REALISASI.name))


def _as_of(pk: pa.Table, triwulan: int) -> pa.Table:
    """The same PK, as it was in force a quarter before."""
    rows = [
        {**row, "triwulan": triwulan, "row_id": f"{row['row_id']}-lalu", "pengajuan_id": f"{row['pengajuan_id']}-lalu"}
        for row in pk.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=pk.schema)


def _of_other_quarters(data: pa.Table, s: Submission) -> pa.Table:
    same_skpd = pc.equal(data["kode_skpd"], pa.scalar(s.kode_skpd))
    return data.filter(pc.and_(same_skpd, pc.not_equal(data["triwulan"], pa.scalar(s.triwulan, pa.int32()))))
