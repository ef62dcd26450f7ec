"""Surat permintaan data: what an SKPD is asked for, and until when. Its head and signature serve other letters too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

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
from pipelines.report.facets import head_title, unit_name
from pipelines.report.model import Facts
from schemas.period import triwulan_period

_SHEETS = {
    "Identitas": "periksa nama kepala SKPD, NIP, dan penanggung jawab data",
    "Realisasi": (
        "isi realisasi, faktor pendukung, faktor penghambat, upaya, rencana tindak lanjut, dan bukti dukung setiap "
        "indikator"
    ),
    "Anggaran": "isi realisasi keuangan sejak Januari dan realisasi fisik setiap sub kegiatan",
    "Pengesahan": "isi nama, NIP, jabatan, dan tanggal pengisi, pemverifikasi, dan pengesah",
}
_BLANK = {
    "PK": "PK belum ada pada kami, jadi barisnya kosong: isi satu baris per indikator menurut PK yang ditandatangani",
    "IKU": "IKU belum ada pada kami, jadi barisnya kosong: isi satu baris per indikator kinerja utama",
    "Anggaran": (
        "rencana belum ada pada kami, jadi barisnya kosong: isi menurut DPA kode, uraian, pagu, realisasi keuangan "
        "sejak Januari, dan realisasi fisik setiap program, kegiatan, dan sub kegiatan"
    ),
}
"""What is asked for on a sheet that the office could fill nothing of in advance."""
_ORDER = ("Identitas", "PK", "IKU", "Realisasi", "Anggaran", "Pengesahan")


def compose_request(
    facts: Facts, kode_skpd: str, triwulan: int, deadline: date, final: date, blank: Collection[str] = ()
) -> Document:
    """The letter that asks one SKPD for the data of a quarter, and until when the final ones are awaited.

    `blank` names the sheets of the workbook of which nothing is filled in advance.
    """
    periode = triwulan_period(facts.tahun, triwulan)
    title = f"Permintaan Data Kinerja {periode.label}"
    props = Properties(title, unit_name(facts, kode_skpd), facts.pemda.unit_penyusun, deadline)
    blocks = (
        Section(numbering="none"),
        *letter_head(facts, kode_skpd, title, "1 (satu) buku kerja"),
        *_body(periode.label, deadline, final, blank),
        letter_sign(facts),
    )
    return Document(f"{title} – {unit_name(facts, kode_skpd)}", props, blocks)


def letter_head(facts: Facts, unit: str, title: str, lampiran: str) -> list[Block]:
    """Letterhead, number and date to be filled in, subject, and whom it is for."""
    number = placeholder("Bagian Organisasi", "nomor surat")
    day = placeholder("Bagian Organisasi", "tanggal surat")
    return [
        Letterhead((f"PEMERINTAH {facts.pemda.nama.upper()}", facts.pemda.unit_penyusun.upper()), facts.pemda.logo),
        FieldList(
            (("Tanggal", f"{facts.pemda.ibu_kota}, {day}"), ("Nomor", number), ("Sifat", "Segera"),
             ("Lampiran", lampiran), ("Hal", title))
        ),
        Paragraph(f"Yth. {head_title(facts, unit)}\ndi –\n    Tempat", "left"),
    ]  # fmt: skip


def _body(period: str, deadline: date, final: date, blank: Collection[str]) -> list[Block]:
    asked = _SHEETS | {sheet: text for sheet, text in _BLANK.items() if sheet in blank}
    listed = [f"lembar {sheet}: {asked[sheet]}" for sheet in _ORDER if sheet in asked]
    return [
        Paragraph(
            f"Dalam rangka pengukuran kinerja {period} sebagaimana Peraturan Presiden Nomor 29 Tahun 2014 dan "
            "Peraturan Menteri PANRB Nomor 53 Tahun 2014, dengan hormat diminta Saudara mengisi buku kerja terlampir, "
            "dengan ketentuan sebagai berikut:",
            "letter",
        ),
        BulletList((*(f"{item};" for item in listed[:-1]), f"{listed[-1]}.")),
        Paragraph(
            "Isi hanya sel kuning. Realisasi yang belum tersedia ditulis n/a; angka 0 berarti "
            "realisasinya memang nol. Bila angka akhir belum ada, isi angka sementara dan pilih Status Data: "
            "Sementara.",
            "letter",
        ),
        Paragraph(
            f"Buku kerja yang sudah diisi dan disahkan dikirim kembali paling lambat {format_date(deadline)}. Bila "
            f"datanya sementara, data final menyusul paling lambat {format_date(final)}.",
            "letter",
        ),
        Paragraph("Demikian disampaikan, atas perhatian dan kerja samanya diucapkan terima kasih.", "letter"),
    ]


def letter_sign(facts: Facts) -> SignatureBlock:
    """Who signs, by office; name and NIP to be filled in."""
    asked = (placeholder("Bagian Organisasi", "nama pejabat"), placeholder("Bagian Organisasi", "NIP"))
    return SignatureBlock(Signatory((f"Kepala {facts.pemda.unit_penyusun},",), asked))
