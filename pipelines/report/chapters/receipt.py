"""Tanda terima: what the office has received from an SKPD, by its very content, and what happens to it next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from pipelines.numerals import format_date
from pipelines.report.blocks import (
    Block,
    BulletList,
    Document,
    FieldList,
    Letterhead,
    Paragraph,
    Properties,
    Section,
    Signatory,
    SignatureBlock,
    placeholder,
)
from pipelines.report.model import Facts
from schemas.period import triwulan_period
from schemas.register import tell_timing

_HASH = 12
_NEXT = (
    "Isi buku kerja diperiksa terhadap Perjanjian Kinerja, triwulan sebelumnya, rencana, dan buku besar.",
    "Bila ada kesalahan, buku kerja dikembalikan dengan catatan pada sel yang salah; SKPD memperbaiki dan mengirim "
    "ulang.",
    "Bila tidak ada kesalahan, statusnya menjadi terverifikasi dan datanya ikut dihitung; yang belum jelas ditanyakan "
    "dengan surat.",
    "Data yang terverifikasi disahkan oleh penyusun. Buku kerja yang dikirim sesudahnya diperiksa dari awal; data yang "
    "sudah disahkan baru digantikannya setelah disahkan juga.",
    "Bila SKPD mengirim formulirnya sendiri dan juga format pengisian untuk triwulan yang sama, yang dihitung format "
    "pengisiannya.",
)


@dataclass(frozen=True)
class Receipt:
    """A workbook as it was received; nothing in it changes afterwards."""

    kode_skpd: str
    nama: str
    triwulan: int
    pengajuan_id: str
    versi: int
    berkas: str
    sha256: str
    diterima_pada: datetime
    batas: date
    hari_terlambat: int
    dikirim_ulang: bool
    lembar: tuple[str, ...]


def compose_receipt(facts: Facts, receipt: Receipt) -> Document:
    """The receipt of one submission."""
    periode = triwulan_period(facts.tahun, receipt.triwulan)
    day = receipt.diterima_pada.date()
    title = f"Tanda Terima Data Kinerja {periode.label}"
    props = Properties(title, receipt.nama, facts.pemda.unit_penyusun, day)
    blocks: tuple[Block, ...] = (
        Section(numbering="none"),
        Letterhead((f"PEMERINTAH {facts.pemda.nama.upper()}", facts.pemda.unit_penyusun.upper()), facts.pemda.logo),
        Paragraph(f"TANDA TERIMA\nData Kinerja {periode.label}", "title"),
        Paragraph("Telah diterima buku kerja data kinerja sebagai berikut.", "letter"),
        FieldList(tuple(_fields(receipt, periode.label))),
        Paragraph(f"Sidik SHA-256 selengkapnya:\n{receipt.sha256}", "left"),
        Paragraph(
            "Sidik itu dihitung dari seluruh isi berkas yang diterima. Untuk mencocokkannya dengan berkas di SKPD, "
            'pada Command Prompt Windows: certutil -hashfile "nama berkas" SHA256',
            "left",
        ),
        Paragraph("Selanjutnya:", "left"),
        BulletList(_NEXT),
        _sign(facts, day),
    )
    return Document(f"{title} – {receipt.nama}", props, blocks)


def _fields(r: Receipt, period: str) -> list[tuple[str, str]]:
    late = tell_timing(r.hari_terlambat, r.dikirim_ulang)
    return [
        ("Nomor", r.pengajuan_id),
        ("SKPD", f"{r.nama} ({r.kode_skpd})"),
        ("Periode", period),
        ("Diterima", _tell_moment(r.diterima_pada)),
        ("Batas kirim", f"{format_date(r.batas)} ({late})"),
        ("Berkas", r.berkas),
        ("Versi", str(r.versi)),
        ("Yang terbaca", ", ".join(r.lembar) or "belum dibaca"),
        ("SHA-256", f"{r.sha256[:_HASH]} ({_HASH} angka pertama)"),
    ]


def _tell_moment(moment: datetime) -> str:
    """The day, and the time where one is known: a book of receipts may give the day alone."""
    day = format_date(moment.date())
    return f"{day} pukul {moment:%H.%M}" if moment.time() != time() else day


def _sign(facts: Facts, day: date) -> SignatureBlock:
    place = f"{facts.pemda.ibu_kota}, {format_date(day)}"
    gave = (placeholder("SKPD", "nama"), placeholder("SKPD", "NIP"))
    took = (placeholder("Bagian Organisasi", "nama petugas"), placeholder("Bagian Organisasi", "NIP"))
    return SignatureBlock(
        right=Signatory((place, "Yang menerima,", facts.pemda.unit_penyusun), took),
        left=Signatory(("", "Yang menyerahkan,", "Petugas SKPD"), gave),
    )
