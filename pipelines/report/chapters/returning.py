"""Surat pengembalian: which workbook goes back, what must be mended in it, and within how many days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from pipelines.numerals import ABSENT, format_date
from pipelines.report.blocks import (
    Block,
    BulletList,
    Column,
    Document,
    Paragraph,
    Properties,
    Row,
    Section,
    Table,
)
from pipelines.report.chapters.letter import letter_head, letter_sign
from pipelines.report.facets import unit_name
from pipelines.report.model import Facts
from schemas.finding import Finding
from schemas.period import triwulan_period
from schemas.vocabulary import Tingkat

_MOST_ROWS = 60
"""Errors listed in the letter; the workbook has them all."""
_SENT_AGAIN = "KIR-001"
"""What became of the version before, told where there is one."""


@dataclass(frozen=True)
class Returned:
    """A workbook that goes back: what it is, what was found in it, and how it is given back.

    `in_cells`: the findings stand in its cells; otherwise in a list beside an untouched copy.
    """

    kode_skpd: str
    triwulan: int
    versi: int
    berkas: str
    diterima_pada: datetime
    findings: tuple[Finding, ...]
    in_cells: bool


def compose_return(facts: Facts, returned: Returned, days: int) -> Document:
    """The letter that gives one workbook back to its SKPD to be mended within so many days."""
    periode = triwulan_period(facts.tahun, returned.triwulan)
    title = f"Pengembalian Data Kinerja {periode.label}"
    name = unit_name(facts, returned.kode_skpd)
    props = Properties(title, name, facts.pemda.unit_penyusun, returned.diterima_pada.date())
    lampiran = "1 (satu) buku kerja" if returned.in_cells else "1 (satu) buku kerja dan daftar perbaikannya"
    head = letter_head(facts, returned.kode_skpd, title, lampiran)
    blocks = (Section(numbering="none"), *head, *_body(returned, periode.label, days), letter_sign(facts))
    return Document(f"{title} – {name}", props, blocks)


def _body(returned: Returned, period: str, days: int) -> list[Block]:
    errors = [f for f in returned.findings if f.tingkat == Tingkat.ERROR]
    received = f"{format_date(returned.diterima_pada.date())} (berkas {PurePosixPath(returned.berkas).name}, versi "
    return [
        Paragraph(
            f"Buku kerja data kinerja {period} yang Saudara kirim telah kami terima pada {received}"
            f"{returned.versi}) dan kami periksa. Pada buku kerja tersebut masih terdapat {len(errors)} kesalahan, "
            "sehingga bersama ini kami kembalikan untuk diperbaiki.",
            "letter",
        ),
        *(Paragraph(f.pesan, "letter") for f in returned.findings if f.kode == _SENT_AGAIN),
        _table(errors),
        Paragraph("Perbaikan dilakukan dengan ketentuan sebagai berikut:", "letter"),
        BulletList(tuple(_rules(returned))),
        Paragraph(
            f"Buku kerja yang sudah diperbaiki dikirim kembali paling lambat {days} hari kalender sejak tanggal surat "
            "ini. Sebelum diperbaiki, baris yang salah tidak ikut dihitung dalam laporan.",
            "letter",
        ),
        Paragraph("Demikian disampaikan, atas perhatian dan kerja samanya diucapkan terima kasih.", "closing"),
    ]


def _table(errors: Sequence[Finding]) -> Table:
    columns = (
        Column("No", 5, "center"), Column("Tempat", 17), Column("Nilai terbaca", 17), Column("Kesalahan", 33),
        Column("Perbaikan", 28),
    )  # fmt: skip
    rows = tuple(
        Row((str(n), _place(f), f.nilai or ABSENT, f.pesan, f.saran)) for n, f in enumerate(errors[:_MOST_ROWS], 1)
    )
    left = len(errors) - len(rows)
    note = f"{left} kesalahan lain tercantum pada lembar Daftar Perbaikan." if left > 0 else ""
    return Table(columns, rows, "Kesalahan yang harus diperbaiki", note=note)


def _place(f: Finding) -> str:
    return "!".join(part for part in (f.lembar, f.sel) if part) or "Seluruh berkas"


def _rules(returned: Returned) -> list[str]:
    counts = Counter(f.tingkat for f in returned.findings)
    where = (
        "setiap temuan tertulis sebagai komentar pada selnya, dan seluruhnya terdaftar pada lembar Daftar Perbaikan;"
        if returned.in_cells
        else "temuannya terdaftar pada Daftar Perbaikan yang menyertai salinan buku kerja Saudara;"
    )
    rest = counts[Tingkat.WARNING]
    warned = [f"{rest} peringatan lain diperiksa, lalu diperbaiki atau dijelaskan;"] if rest else []
    return [
        where,
        *warned,
        "isian lain tidak perlu diubah; setiap perubahan akan dibandingkan dengan versi yang dikembalikan ini;",
        "lembar Pengesahan ditandatangani kembali setelah isian diperbaiki.",
    ]
