"""A submission: one workbook of one SKPD for one quarter, in one version."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schemas.columns import STAMP, Column, Table, text, whole
from schemas.vocabulary import COUNTING, StatusPengajuan


class Jenis(StrEnum):
    """What kind of workbook was received."""

    FORMAT_PENGISIAN = "format_pengisian"
    FORMULIR = "formulir_skpd"


class Isi(StrEnum):
    """What a workbook reports on; the office's own form reports on all of it."""

    PK = "pk"
    KINERJA = "kinerja"
    ANGGARAN = "anggaran"


SEMUA_ISI = tuple(Isi)
ISI_LABELS = {Isi.PK: "perjanjian kinerja", Isi.KINERJA: "realisasi kinerja", Isi.ANGGARAN: "anggaran"}

BERKAS = Table(
    "berkas",
    "one row per distinct file and place received in a year; rows are only ever added",
    (
        text("sha256", "content of the file"),
        text("berkas", "path below data/raw/<tahun>, as received"),
        whole("folder_tahun", "year of the inbox it lay in"),
        whole("folder_triwulan", "quarter of the inbox it lay in"),
        Column("diterima_pada", STAMP, "when it was received, local time"),
        text("kode_skpd", "as the file says; null: it cannot be told", null=True),
        text("nama_skpd", "as the file says", null=True),
        whole("tahun", "as the file says", null=True),
        whole("triwulan", "as the file says", null=True),
        text("dokumen_pk", "Murni or Perubahan, as the file says", null=True),
        text("status_data", "Sementara or Final, as the file says", null=True),
        text("tolak_kode", "code of the finding that refuses it", null=True),
        text("tolak_sebab", "why it was refused", null=True),
        whole("urutan", "order of registration within the year"),
    ),
    key=("sha256", "berkas"),
)
HILANG = Table(
    "hilang",
    "one row per received file that no longer lies in an inbox of its year; made anew whenever the inboxes are read",
    (text("sha256", "content of the file"), text("berkas", "path below data/raw/<tahun>, as received")),
    key=("sha256", "berkas"),
)
FORMULIR = Table(
    "formulir",
    "one row per content received that is not the office's own form, and SKPD its rows name; made anew with the reader",
    (
        text("sha256", "content of the file"),
        text("bagian", "the SKPD as its rows name it, where a workbook holds the rows of several", null=True),
        text("nama_skpd", "names of SKPD it gives, separated by line breaks", null=True),
        whole("tahun", "as its titles say", null=True),
        whole("triwulan", "as its titles say", null=True),
        text("isi", "what it reports on, separated by ;", null=True),
        text("tolak_kode", "code of the finding that refuses it", null=True),
        text("tolak_sebab", "why it was refused", null=True),
        text("judul", "its titles, where they give no name of an SKPD, separated by line breaks", null=True),
    ),
    key=("sha256", "bagian"),
)
TERHALANG = Table(
    "terhalang",
    "one row per thing in an inbox that was not opened; made anew whenever the inboxes are read",
    (
        text("berkas", "path below data/raw/<tahun>, as it can be printed"),
        whole("folder_triwulan", "quarter of the inbox it lies in"),
        text("tolak_kode", "code of the finding that tells it"),
        text("tolak_sebab", "why it was not opened"),
    ),
    key=("berkas",),
)
PENGAJUAN = Table(
    "pengajuan",
    "one row per submission, replaced ones included; by SKPD and quarter, the versions of each in their order",
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
        text("jenis", "the office's own form, or one the SKPD made itself", null=True, words=Jenis),
        text("isi", "what it reports on, separated by ;", null=True),
        text("dihitung", "what of that counts: the rest stands in another workbook; separated by ;", null=True),
        text("bagian", "the names its rows stand under, where the workbook holds several SKPD", null=True),
        Column("disahkan_pada", STAMP, "when its content was accepted, if that is still in force", null=True),
    ),
    key=("pengajuan_id",),
)


@dataclass(frozen=True)
class ReceivedFile:
    """One row of `berkas`: what was received and what the file says of itself.

    What is after `tolak_sebab` is not kept: a form the office did not issue is understood anew with every run, and
    `ada` says whether the file still lies in an inbox.
    """

    sha256: str
    berkas: str
    folder_tahun: int
    folder_triwulan: int
    diterima_pada: datetime
    urutan: int
    kode_skpd: str | None = None
    nama_skpd: str | None = None
    tahun: int | None = None
    triwulan: int | None = None
    dokumen_pk: str | None = None
    status_data: str | None = None
    tolak_kode: str | None = None
    tolak_sebab: str | None = None
    jenis: Jenis = Jenis.FORMAT_PENGISIAN
    isi: tuple[Isi, ...] = SEMUA_ISI
    bagian: str | None = None
    ada: bool = True


@dataclass(frozen=True)
class ReceiptLine:
    """One line of the book of receipts of the inbox `kotak`, as it was written; a column it lacks is None.

    `sebab` says what of the line, or of the whole book, could not be understood.
    """

    kotak: str
    baris: int
    berkas: str | None = None
    diterima_pada: str | None = None
    triwulan: str | None = None
    sebab: str | None = None

    @property
    def path(self) -> str:
        """The file it is about, as the register of files knows it."""
        return f"{self.kotak}/{(self.berkas or '').replace(chr(92), '/')}"


@dataclass(frozen=True)
class FormIdentity:
    """One row of `formulir`: what a form says of itself, or of the rows of one SKPD in it."""

    sha256: str
    bagian: str | None = None
    nama_skpd: str | None = None
    tahun: int | None = None
    triwulan: int | None = None
    isi: str | None = None
    tolak_kode: str | None = None
    tolak_sebab: str | None = None
    judul: str | None = None


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
    jenis: str | None = None
    isi: str | None = None
    dihitung: str | None = None
    bagian: str | None = None
    disahkan_pada: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether its data are used: no other version stands in its place, nor was it withdrawn."""
        return self.status in COUNTING


def stand_with(s: Submission, faulty: Container[str | None]) -> StatusPengajuan:
    """Where a submission stands in the eyes of people; `faulty` are those with errors.

    What waits to replace an accepted content and has errors went back like any other. In the register it goes on
    waiting: it does not count, whatever is found in it.
    """
    waits = s.status == StatusPengajuan.MENUNGGU
    return StatusPengajuan.DIKEMBALIKAN if waits and s.pengajuan_id in faulty else StatusPengajuan(s.status)


def in_time_by(group: Sequence[Submission]) -> Sequence[Submission]:
    """By which submissions of one quarter an SKPD is in time or late: those that count, and what waits only alone.

    Who was in time is not late for offering a better version later, which has not taken the place of the first.
    """
    return [s for s in group if s.counts] or group


def is_final(status_data: str | None) -> bool:
    """Whether data declare themselves final; what declares nothing is sementara."""
    return (status_data or "").strip().casefold() == "final"


def join_isi(isi: Iterable[Isi]) -> str:
    """`pk;kinerja`, in the order of `Isi`."""
    kept = set(isi)
    return ";".join(i for i in Isi if i in kept)


def split_isi(text: str | None) -> tuple[Isi, ...]:
    """The members a column `isi` or `dihitung` holds."""
    return tuple(Isi(word) for word in (text or "").split(";") if word)
