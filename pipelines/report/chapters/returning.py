"""The letter with a workbook that goes back: what must be mended or answered in it, and within how many days."""

from __future__ import annotations

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
from schemas.finding import Finding, advise_skpd, asked_of, holds_figures
from schemas.period import triwulan_period
from schemas.vocabulary import Tingkat

_MOST_ROWS = 60
"""Errors, and questions, listed in the letter; the workbook has them all."""
_SIGNED, _EXPLAINED = "Pengesahan", "Realisasi"
"""The sheets of the format pengisian that are signed, and on which causes are written."""
_SENT_AGAIN = "KIR-001"
"""What became of the version before, told where there is one."""


_MERGED, _NOT_ITS_OWN = "BCA-044", " Sel angka yang tergabung dengan sel lain tidak dihitung bagi barisnya."
_WRONG_ROWS = "Sebelum diperbaiki, baris yang ditahan tidak ikut dihitung dalam laporan."
_RIGHT_ROWS = "Sebelum diperbaiki, data tetap dihitung dalam laporan seperti tertulis."
_AS_WRITTEN = (
    "Sebelum dijawab, data dihitung seperti tertulis dan pertanyaannya tercantum pada daftar temuan laporan; indikator "
    "yang realisasinya kosong dinyatakan belum tersedia."
)
_NOT_COUNTED = (
    "Sebelum dijawab, isian yang belum dapat dipakai tidak ikut dihitung dalam laporan, dan pertanyaannya tercantum "
    "pada daftar temuannya."
)
_ACCEPTED_COUNTS = "Sampai buku kerja ini disahkan, yang dihitung dalam laporan adalah data yang sudah disahkan."


@dataclass(frozen=True)
class Returned:
    """A workbook that goes back: what it is, what was found in it, and how it is given back.

    `in_cells`: the findings stand in its cells; otherwise in a list beside an untouched copy. `sheets`: those of the
    workbook; a form of the SKPD's own is asked for nothing on one it lacks. `waits`: it is to replace what was
    accepted, and does not count until it is accepted itself.
    """

    kode_skpd: str
    triwulan: int
    versi: int
    berkas: str
    diterima_pada: datetime
    findings: tuple[Finding, ...]
    in_cells: bool
    sheets: tuple[str, ...]
    waits: bool = False

    @property
    def errors(self) -> list[Finding]:
        """What must be mended."""
        return [f for f in self.findings if f.tingkat == Tingkat.ERROR]

    @property
    def asked(self) -> list[Finding]:
        """What the SKPD is to answer."""
        return [f for f in self.findings if asked_of(f.kode)]

    @property
    def others(self) -> int:
        """How many warnings beside those stand in the workbook."""
        return sum(f.tingkat == Tingkat.WARNING for f in self.findings) - len(self.asked)


def compose_return(facts: Facts, returned: Returned, days: int) -> Document:
    """The letter that gives one workbook back to be mended within so many days; without errors, to be answered."""
    periode = triwulan_period(facts.tahun, returned.triwulan)
    what = "Pengembalian" if returned.errors else "Permintaan Penjelasan"
    title = f"{what} Data Kinerja {periode.label}"
    name = unit_name(facts, returned.kode_skpd)
    props = Properties(title, name, facts.pemda.unit_penyusun, returned.diterima_pada.date())
    lampiran = "1 (satu) buku kerja" if returned.in_cells else "1 (satu) buku kerja dan daftar perbaikannya"
    head = letter_head(facts, returned.kode_skpd, title, lampiran)
    body = _mend(returned, periode.label, days) if returned.errors else _answer(returned, periode.label, days)
    blocks = (Section(numbering="none"), *head, *body, letter_sign(facts))
    return Document(f"{title} – {name}", props, blocks)


def _mend(returned: Returned, period: str, days: int) -> list[Block]:
    more = Paragraph(
        f"Selain itu, hal berikut perlu dijawab; sebab atau penjelasannya ditulis {_where_to_explain(returned)}.",
        "letter",
    )
    asked: list[Block] = [more, _questions(returned)] if returned.asked else []
    return [
        Paragraph(
            f"{_received(returned, period)} Pada buku kerja tersebut masih terdapat {len(returned.errors)} kesalahan, "
            "sehingga bersama ini kami kembalikan untuk diperbaiki.",
            "letter",
        ),
        *_sent_again(returned),
        _table(returned.errors, "Kesalahan yang harus diperbaiki", ("Kesalahan", "Perbaikan")),
        *asked,
        Paragraph("Perbaikan dilakukan dengan ketentuan sebagai berikut:", "letter"),
        BulletList(tuple(_rules(returned))),
        Paragraph(
            f"Buku kerja yang sudah diperbaiki dikirim kembali paling lambat {days} hari kalender sejak tanggal surat "
            f"ini. {_counted_meanwhile(returned)}",
            "letter",
        ),
        _thanks(),
    ]


def _counted_meanwhile(returned: Returned) -> str:
    """What counts until the workbook comes back; a figure in a merged cell is that of one row only."""
    if returned.waits:
        return _ACCEPTED_COUNTS
    held = any(map(holds_figures, returned.findings))
    waiting, whole = (_WRONG_ROWS, _RIGHT_ROWS) if returned.errors else (_NOT_COUNTED, _AS_WRITTEN)
    said = waiting if held else whole
    return f"{said}{_NOT_ITS_OWN if any(f.kode == _MERGED for f in returned.findings) else ''}"


def _answer(returned: Returned, period: str, days: int) -> list[Block]:
    """A workbook without errors counts; what is asked about it is asked, and told until it is answered."""
    return [
        Paragraph(
            f"{_received(returned, period)} Pada buku kerja tersebut terdapat {len(returned.asked)} hal yang perlu "
            "dijawab, sehingga bersama ini kami mohon penjelasan.",
            "letter",
        ),
        *_sent_again(returned),
        _questions(returned),
        Paragraph("Jawaban disampaikan dengan ketentuan sebagai berikut:", "letter"),
        BulletList(
            (
                _where(returned),
                *_look_at_others(returned),
                "isian yang kosong diisi; bila datanya memang belum ada, ditulis n/a;",
                "angka yang salah diperbaiki pada buku kerja itu, lalu buku kerjanya dikirim kembali dengan lengkap;",
                f"angka yang benar tidak diubah: sebabnya ditulis {_where_to_explain(returned)}.",
            )
        ),
        Paragraph(
            f"Jawaban ditunggu paling lambat {days} hari kalender sejak tanggal surat ini. "
            f"{_counted_meanwhile(returned)}",
            "letter",
        ),
        _thanks(),
    ]


def _received(returned: Returned, period: str) -> str:
    day, name = format_date(returned.diterima_pada.date()), PurePosixPath(returned.berkas).name
    return (
        f"Buku kerja data kinerja {period} yang Saudara kirim telah kami terima pada {day} (berkas {name}, versi "
        f"{returned.versi}) dan kami periksa."
    )


def _sent_again(returned: Returned) -> list[Block]:
    return [Paragraph(f.pesan, "letter") for f in returned.findings if f.kode == _SENT_AGAIN]


def _thanks() -> Paragraph:
    return Paragraph("Demikian disampaikan, atas perhatian dan kerja samanya diucapkan terima kasih.", "closing")


def _questions(returned: Returned) -> Table:
    return _table(returned.asked, "Yang perlu dijawab", ("Pertanyaan", "Jawaban yang diminta"))


def _table(findings: Sequence[Finding], caption: str, heads: tuple[str, str]) -> Table:
    columns = (
        Column("No", 5, "center"), Column("Tempat", 17), Column("Nilai terbaca", 17), Column(heads[0], 33),
        Column(heads[1], 28),
    )  # fmt: skip
    rows = tuple(
        Row((str(n), _place(f), f.nilai or ABSENT, f.pesan, advise_skpd(f.kode, f.saran)))
        for n, f in enumerate(findings[:_MOST_ROWS], 1)
    )
    left = len(findings) - len(rows)
    note = f"{left} lainnya tercantum pada lembar Daftar Perbaikan." if left > 0 else ""
    return Table(columns, rows, caption, note=note)


def _place(f: Finding) -> str:
    return "!".join(part for part in (f.lembar, f.sel) if part) or "Seluruh berkas"


def _where(returned: Returned) -> str:
    if returned.in_cells:
        return (
            "setiap temuan tertulis sebagai komentar pada selnya, dan seluruhnya terdaftar pada lembar Daftar "
            "Perbaikan;"
        )
    return "temuannya terdaftar pada Daftar Perbaikan yang menyertai salinan buku kerja Saudara;"


def _rules(returned: Returned) -> list[str]:
    rules = [
        _where(returned),
        *_look_at_others(returned),
        "isian lain tidak perlu diubah; setiap perubahan akan dibandingkan dengan versi yang dikembalikan ini",
    ]
    if _SIGNED in returned.sheets:
        rules[-1] += ";"
        rules.append(f"lembar {_SIGNED} ditandatangani kembali setelah isian diperbaiki")
    return [*rules[:-1], f"{rules[-1]}."]


def _look_at_others(returned: Returned) -> list[str]:
    """The warnings that ask for no answer, so that letter and workbook come to the same number."""
    rest = returned.others
    return [f"{rest} peringatan lain diperiksa, lalu diperbaiki atau dijelaskan;"] if rest else []


def _where_to_explain(returned: Returned) -> str:
    """A form of the SKPD's own may have no such columns: those added to it are read like any."""
    own = "" if _EXPLAINED in returned.sheets else " (bila formulirnya belum memuatnya, kolom itu boleh ditambahkan)"
    return f"pada kolom faktor pendukung, faktor penghambat, atau upaya{own}, atau pada surat balasan"
