"""A submission: one workbook of one SKPD for one quarter, in one version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schemas.columns import STAMP, Column, Table, text, whole
from schemas.vocabulary import StatusPengajuan

PENGAJUAN = Table(
    "pengajuan",
    "one row per submission, replaced ones included",
    (
        text("pengajuan_id", "readable identity: dinkes-2025-tw2-v1"),
        text("kode_skpd", "SKPD, by code"),
        whole("tahun", "year of the data"),
        whole("triwulan", "quarter of the data"),
        whole("versi", "1 for the first workbook of this SKPD and quarter"),
        text("berkas", "path below data/raw/<tahun>, as received"),
        text("sha256", "content of the received file"),
        Column("diterima_pada", STAMP, "when it was received, local time"),
        text("status", "where it stands", words=StatusPengajuan),
        text("dokumen_pk", "Murni or Perubahan, as declared", null=True),
        text("status_data", "Sementara or Final, as declared", null=True),
    ),
    key=("pengajuan_id",),
)


@dataclass(frozen=True)
class Submission:
    """One row of the register, as the stations pass it on."""

    pengajuan_id: str
    kode_skpd: str
    tahun: int
    triwulan: int
    versi: int
    berkas: str
    sha256: str
    diterima_pada: datetime
    status: StatusPengajuan
    dokumen_pk: str | None = None
    status_data: str | None = None
