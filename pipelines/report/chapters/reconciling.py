"""Berita Acara Rekonsiliasi: what SKPD, BKD and Bappeda compared, what differs, and room for what they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipelines.numerals import ABSENT, format_exact, format_rupiah
from pipelines.report.blocks import (
    Block,
    Column,
    Document,
    FieldList,
    Letterhead,
    Paragraph,
    Properties,
    Row,
    Section,
    Signatory,
    SignatureBlock,
    Table,
    placeholder,
)
from pipelines.report.facets import data_date, head_title, unit_name
from pipelines.report.model import Facts
from schemas.period import Periode, triwulan_period
from schemas.reconciliation import Compared
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

_BOOKS = {Pihak.BKD: "buku BKD", Pihak.RENCANA: "rencana Bappeda"}
_BLANK = "................"
_AGREED = "Tidak terdapat selisih; para pihak menyatakan bahwa data tersebut dapat dipakai."
_WAITING = (Selisih.DITAHAN, Selisih.MENUNGGU)
_OPENING = (
    "Pada hari ini ................ tanggal ................ bulan ................ tahun ................, bertempat "
    "di ................................, kami yang bertanda tangan di bawah ini:"
)


def compose_minutes(facts: Facts, kode_skpd: str, triwulan: int, rows: Sequence[Compared]) -> Document:
    """The minutes of one SKPD and quarter; `rows` is everything that was compared."""
    periode = triwulan_period(facts.tahun, triwulan)
    title, whose = f"Berita Acara Rekonsiliasi {periode.label}", unit_name(facts, kode_skpd)
    props = Properties(title, whose, facts.pemda.unit_penyusun, data_date(facts, kode_skpd, periode))
    differing = [row for row in rows if row.differs and row.jenis not in _WAITING]
    blocks = (
        Section(numbering="none"),
        *_head(facts, periode),
        *_parties(facts, kode_skpd),
        *_result(whose, periode, rows, differing),
        *_agreement(differing),
        *_signatures(facts),
    )
    return Document(f"{title} – {whose}", props, blocks)


def _head(facts: Facts, periode: Periode) -> list[Block]:
    lines = (f"PEMERINTAH {facts.pemda.nama.upper()}", facts.pemda.unit_penyusun.upper())
    return [
        Letterhead(lines, facts.pemda.logo),
        Paragraph(f"BERITA ACARA REKONSILIASI\nDATA KINERJA DAN ANGGARAN {periode.label.upper()}", "title"),
        FieldList((("Nomor", placeholder("Bagian Organisasi", "nomor berita acara")),)),
        Paragraph(_OPENING, "letter"),
    ]


def _parties(facts: Facts, kode_skpd: str) -> list[Block]:
    """Who signs, by office: the people change more often than the form."""
    return [
        FieldList(
            (
                ("Pihak pertama", head_title(facts, kode_skpd)),
                ("Pihak kedua", "Pejabat BKD yang mengelola pembukuan realisasi anggaran"),
                ("Pihak ketiga", "Pejabat Bappeda yang mengelola dokumen perencanaan"),
            )
        )
    ]


def _result(whose: str, periode: Periode, rows: Sequence[Compared], differing: Sequence[Compared]) -> list[Block]:
    books = " dan ".join(_BOOKS[pihak] for pihak in Pihak if any(row.pihak is pihak for row in rows))
    opening = f"telah mencocokkan buku kerja {whose} {periode.label} dengan {books}, dengan hasil sebagai berikut:"
    waiting = Counter(row.kode for row in rows if row.jenis in _WAITING)
    late = (
        f" Sebanyak {len(waiting)} kode belum dapat dibandingkan sebelum isian SKPD diperbaiki atau kodenya dipastikan."
        if waiting
        else ""
    )
    found = f"Terdapat {len(differing)} selisih yang dirinci di bawah ini." if differing else _AGREED
    detail = [_differences(differing)] if differing else []
    return [Paragraph(opening, "letter"), _totals(rows), Paragraph(f"{found}{late}", "letter"), *detail]


def _totals(rows: Sequence[Compared]) -> Table:
    """The sums of each figure over the codes both books have, beside how many codes agree."""
    columns = (
        Column("Yang dibandingkan", 30), Column("Kode", 7, "right"), Column("Sama", 7, "right"),
        Column("Jumlah SKPD", 19, "right"), Column("Jumlah pembanding", 19, "right"), Column("Selisih", 18, "right"),
    )  # fmt: skip
    pairs = dict.fromkeys((row.besaran, row.pihak) for row in rows)
    body = tuple(_total_row(besaran, pihak, rows) for besaran, pihak in pairs)
    note = "Jumlah meliputi seluruh angka yang ada pada masing-masing buku; target tidak dijumlahkan."
    return Table(columns, body, "Hasil pencocokan", "Jumlah setiap angka menurut dua buku", note=note)


def _total_row(besaran: Besaran, pihak: Pihak, rows: Sequence[Compared]) -> Row:
    mine = [row for row in rows if (row.besaran, row.pihak) == (besaran, pihak)]
    same = sum(row.jenis is Selisih.SAMA for row in mine)
    name = f"{LABELS[besaran]} dengan {LABELS[pihak]}"
    if besaran is Besaran.TARGET:
        return Row((name, str(len(mine)), str(same), ABSENT, ABSENT, ABSENT))
    ours = sum((row.nilai_skpd or Decimal(0) for row in mine), Decimal(0))
    theirs = sum((row.nilai_pihak or Decimal(0) for row in mine), Decimal(0))
    figures = (format_rupiah(ours), format_rupiah(theirs), format_rupiah(ours - theirs))
    return Row((name, str(len(mine)), str(same), *figures))


def _differences(rows: Sequence[Compared]) -> Table:
    columns = (
        Column("No", 5, "center"), Column("Kode dan uraian", 22), Column("Angka SKPD", 17, "right"),
        Column("Pembanding", 17, "right"), Column("Selisih", 17, "right"), Column("Jenis dan penjelasan", 22),
    )  # fmt: skip
    body = tuple(_difference(n, row) for n, row in enumerate(rows, 1))
    return Table(columns, body, "Selisih yang ditemukan", "Selisih setiap kode")


def _difference(number: int, row: Compared) -> Row:
    name = "\n".join(part for part in (row.kode, row.uraian) if part)
    theirs = f"{_figure(row, row.nilai_pihak)}\n({LABELS[row.pihak]})"
    said = f"{LABELS[row.besaran]}: {LABELS[row.jenis]}{f'; {row.penjelasan}' if row.penjelasan else ''}"
    return Row((str(number), name, _figure(row, row.nilai_skpd), theirs, _figure(row, row.selisih), said))


def _figure(row: Compared, value: Decimal | None) -> str:
    if value is None or row.besaran is not Besaran.TARGET:
        return format_rupiah(value)
    return format_exact(value)


def _agreement(rows: Sequence[Compared]) -> list[Block]:
    """A line for each difference, empty: what was agreed is written at the meeting."""
    if not rows:
        return []
    columns = (
        Column("No", 6, "center"), Column("Angka yang disepakati", 24), Column("Tindak lanjut", 36),
        Column("Penanggung jawab", 18), Column("Batas waktu", 16),
    )  # fmt: skip
    body = tuple(Row((str(n), *(_BLANK,) * 4)) for n in range(1, len(rows) + 1))
    return [
        Paragraph("Atas selisih tersebut para pihak bersepakat:", "closing"),
        Table(columns, body, "Kesepakatan", "Diisi pada saat rekonsiliasi"),
    ]


def _signatures(facts: Facts) -> list[Block]:
    known = ("Mengetahui,", f"Kepala {facts.pemda.unit_penyusun},")
    return [
        Paragraph("Demikian berita acara ini dibuat untuk dipergunakan sebagaimana mestinya.", "closing"),
        SignatureBlock(right=_signatory("Pihak kedua,"), left=_signatory("Pihak pertama,")),
        SignatureBlock(right=_signatory(*known), left=_signatory(" ", "Pihak ketiga,")),
    ]


def _signatory(*above: str) -> Signatory:
    return Signatory(above, ("(................................)", "NIP ................................"))
