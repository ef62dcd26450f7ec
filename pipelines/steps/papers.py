"""The one table of documents: what each is called, where it lies, whose it is, who composes it and what writes it.

A new kind of document is its composer and a row of `Paper`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from pipelines.names import slug
from pipelines.report.blocks import Document
from pipelines.report.chapters.agreed import FIRST, documents
from pipelines.report.chapters.lkjip import compose_lkjip_kabupaten, compose_lkjip_skpd
from pipelines.report.chapters.meeting import compose_discussion
from pipelines.report.chapters.periodic import compose_quarter, compose_semester
from pipelines.report.chapters.pk import compose_pk
from pipelines.report.chapters.recap import compose_recap
from pipelines.report.chapters.review import compose_checklist, compose_statement
from pipelines.report.model import Facts, Unit
from schemas.period import semester_period, triwulan_period

Composer = Callable[[Facts, Unit, int], Iterable[tuple[str, Document]]]
"""The documents of one kind a unit has in a quarter or semester, each with what tells it from its equals."""


class Command(Enum):
    """What writes Word documents from the marts: `susun` by its name, a run by its title."""

    TRIWULAN = ("triwulan", "Susun laporan triwulan")
    SEMESTER = ("semester", "Susun laporan semester")
    LKJIP = ("lkjip", "Susun draf LKjIP")
    PK = ("pk", "Susun perjanjian kinerja")

    @property
    def title(self) -> str:
        """What a run calls it."""
        return self.value[1]

    @property
    def station(self) -> str:
        """What is said of it when it is done."""
        return self.title.replace("Susun", "Menyusun", 1)


def command_named(name: str) -> Command:
    """The command people know by this name."""
    return next(command for command in Command if command.value[0] == name)


class Owner(Enum):
    """Whose a document is."""

    SKPD = "setiap SKPD"
    KABUPATEN = "kabupaten"
    EACH = "setiap SKPD dan kabupaten"


class Kind(NamedTuple):
    """A kind of document.

    `name` is for programs, `label` for people; `place` is below reports/<tahun>, by `{unit}`, `{nomor}` (quarter or
    semester) and `{jenis}` (what tells equals apart); of a draft it is the folder of its numbered drafts. What has no
    composer is written by a station of its own.
    """

    name: str
    label: str
    place: str
    owner: Owner
    command: Command | None = None
    compose: Composer | None = None
    is_draft: bool = False


def _lkjip(facts: Facts, unit: Unit, _: int) -> Iterator[tuple[str, Document]]:
    yield "", compose_lkjip_skpd(facts, unit) if unit else compose_lkjip_kabupaten(facts)


def _discussion(facts: Facts, unit: Unit, _: int) -> Iterator[tuple[str, Document]]:
    yield "", compose_discussion(facts, unit)


def _review(facts: Facts, _: Unit, __: int) -> Iterator[tuple[str, Document]]:
    yield "checklist-reviu", compose_checklist(facts)
    yield "pernyataan-telah-direviu", compose_statement(facts)


def _quarter(facts: Facts, unit: Unit, triwulan: int) -> Iterator[tuple[str, Document]]:
    assert unit is not None
    yield "", compose_quarter(facts, unit, triwulan)


def _semester(facts: Facts, unit: Unit, semester: int) -> Iterator[tuple[str, Document]]:
    assert unit is not None
    yield "", compose_semester(facts, unit, semester)


def _recap(facts: Facts, _: Unit, triwulan: int) -> Iterator[tuple[str, Document]]:
    yield "", compose_recap(facts, triwulan_period(facts.tahun, triwulan))


def _recap_semester(facts: Facts, _: Unit, semester: int) -> Iterator[tuple[str, Document]]:
    yield "", compose_recap(facts, semester_period(facts.tahun, semester))


def _agreements(facts: Facts, unit: Unit, _: int) -> Iterator[tuple[str, Document]]:
    """Every PK of a unit: the first one, and each that changed it; of an SKPD measured from its units none."""
    for name in () if unit in facts.composed else documents(facts, unit):
        yield "" if name == FIRST else f"{slug(name)}-", compose_pk(facts, unit, name)


_BACK = "tw{nomor}/pengembalian/{unit}/"
_TO_MEND = ("buku_kerja_dikembalikan", "Buku kerja dikembalikan")


class Paper(Enum):
    """Every kind of document, the most wanted first."""

    LKJIP_KABUPATEN = Kind(
        "draf_lkjip_kabupaten", "Draf LKjIP kabupaten", "lkjip/{unit}", Owner.KABUPATEN, Command.LKJIP, _lkjip, True
    )
    LKJIP = Kind("draf_lkjip_skpd", "Draf LKjIP SKPD", "lkjip/{unit}", Owner.SKPD, Command.LKJIP, _lkjip, True)
    PK = Kind("pk", "Perjanjian Kinerja", "pk/pk-{jenis}{unit}.docx", Owner.EACH, Command.PK, _agreements)
    FORMAT_PENGISIAN = Kind(
        "format_pengisian", "Format pengisian SKPD", "tw{nomor}/permintaan/format-pengisian-{unit}.xlsx", Owner.SKPD
    )
    SURAT_PERMINTAAN = Kind(
        "surat_permintaan", "Surat permintaan data", "tw{nomor}/permintaan/surat-permintaan-{unit}.docx", Owner.SKPD
    )
    REKAP_SEMESTER = Kind(
        "rekap_semester", "Rekap semester kabupaten", "semester-{nomor}/rekap-{unit}.docx",
        Owner.KABUPATEN, Command.SEMESTER, _recap_semester,
    )  # fmt: skip
    REKAP = Kind("rekap", "Rekap kabupaten", "tw{nomor}/rekap-{unit}.docx", Owner.KABUPATEN, Command.TRIWULAN, _recap)
    DAFTAR_TEMUAN = Kind("daftar_temuan", "Daftar temuan", "tw{nomor}/daftar-temuan.xlsx", Owner.KABUPATEN)
    USULAN_PADANAN = Kind("usulan_padanan", "Usulan padanan", "tw{nomor}/usulan-padanan.xlsx", Owner.KABUPATEN)
    SURAT_PENJELASAN = Kind(
        "surat_penjelasan", "Surat permintaan penjelasan", _BACK + "surat-permintaan-penjelasan-{jenis}", Owner.SKPD
    )
    SURAT_PENGEMBALIAN = Kind(
        "surat_pengembalian", "Surat pengembalian", _BACK + "surat-pengembalian-{jenis}", Owner.SKPD
    )
    PERTANYAAN = Kind("buku_kerja_ditanyakan", "Pertanyaan kepada SKPD", _BACK + "pertanyaan-{jenis}", Owner.SKPD)
    PERBAIKAN = Kind(*_TO_MEND, _BACK + "perbaikan-{jenis}", Owner.SKPD)
    ASLI = Kind(*_TO_MEND, _BACK + "asli-{jenis}", Owner.SKPD)
    PERBANDINGAN = Kind("perbandingan", "Perbandingan kiriman ulang", _BACK + "perbandingan-{jenis}", Owner.SKPD)
    LAPORAN_SEMESTER = Kind(
        "laporan_semester", "Laporan semester SKPD", "semester-{nomor}/laporan-{unit}.docx",
        Owner.SKPD, Command.SEMESTER, _semester,
    )  # fmt: skip
    LAPORAN_TRIWULAN = Kind(
        "laporan_triwulan", "Laporan triwulan SKPD", "tw{nomor}/laporan-{unit}.docx",
        Owner.SKPD, Command.TRIWULAN, _quarter,
    )  # fmt: skip
    BERITA_ACARA = Kind(
        "berita_acara_rekonsiliasi", "Berita acara rekonsiliasi", "tw{nomor}/rekonsiliasi/berita-acara-{unit}.docx",
        Owner.SKPD,
    )  # fmt: skip
    REKONSILIASI = Kind("rekonsiliasi", "Lembar rekonsiliasi", "tw{nomor}/rekonsiliasi/{unit}.xlsx", Owner.SKPD)
    DAFTAR_INVENTARISASI = Kind(
        "daftar_inventarisasi", "Daftar inventarisasi", "tw{nomor}/daftar-inventarisasi.xlsx", Owner.KABUPATEN
    )
    TANDA_TERIMA = Kind("tanda_terima", "Tanda terima", "tw{nomor}/tanda-terima/{unit}-{jenis}.docx", Owner.SKPD)
    PEMBAHASAN = Kind(
        "pendamping_lkjip", "Berita acara dan reviu LKjIP", "lkjip/{unit}/berita-acara-pembahasan.docx",
        Owner.EACH, Command.LKJIP, _discussion,
    )  # fmt: skip
    REVIU = Kind(
        "pendamping_lkjip", "Berita acara dan reviu LKjIP", "lkjip/{unit}/{jenis}.docx",
        Owner.KABUPATEN, Command.LKJIP, _review,
    )  # fmt: skip

    def at(self, unit: str, nomor: int = 0, jenis: str = "") -> str:
        """Its place below reports/<tahun>; `unit` is what the unit is filed under."""
        return self.value.place.format(unit=unit, nomor=nomor, jenis=jenis)


def papers_of(command: Command) -> list[Paper]:
    """The documents a command writes."""
    return [paper for paper in Paper if paper.value.command is command]
