"""Berita Acara Rekonsiliasi: what SKPD, BKD and Bappeda compared, what differs, and room for what they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from pipelines.numerals import ABSENT, format_date, format_exact, format_rupiah
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
from pipelines.report.chapters.corrections import corrections_table
from pipelines.report.chapters.gaps import explain_gaps
from pipelines.report.corrected import corrected_among
from pipelines.report.facets import data_date, head_title, unit_name
from pipelines.report.model import Facts
from pipelines.report.narrative import join_words
from schemas.period import Periode, triwulan_period
from schemas.reconciliation import SOURCES, Compared, Gap
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

_BOOKS = {Pihak.BKD: "buku BKD", Pihak.RENCANA: "rencana Bappeda"}
_OFFICES = {
    Pihak.BKD: "Pejabat BKD yang mengelola pembukuan realisasi anggaran",
    Pihak.RENCANA: "Pejabat Bappeda yang mengelola dokumen perencanaan",
}
_NTH = ("pertama", "kedua", "ketiga")
_BLANK = "................"
_AGREED = (
    "Seluruh {jumlah} angka dibandingkan dan sama pada {buku}; para pihak menyatakan bahwa angka "
    "tersebut dapat dipakai."
)
_REST = {
    "satu pihak": "{jumlah} hanya ada pada satu pihak",
    "nihil": "{jumlah} nol di satu pihak dan tidak ditulis di pihak lain",
    "menunggu": "{jumlah} belum dapat dibandingkan",
}
"""What is said of figures that were not held beside another."""
_CORRECTED = "Angka SKPD berikut bukan yang tertulis pada buku kerjanya, melainkan nilai pada daftar koreksi:"
_OPENING = (
    "Pada hari ini ................ tanggal ................ bulan ................ tahun ................, bertempat "
    "di ................................, kami yang bertanda tangan di bawah ini:"
)


def compose_minutes(
    facts: Facts, kode_skpd: str, triwulan: int, rows: Sequence[Compared], gaps: Sequence[Gap]
) -> Document:
    """The minutes of one SKPD and quarter; `rows` is everything that was compared, `gaps` what could not be."""
    periode = triwulan_period(facts.tahun, triwulan)
    title, whose = f"Berita Acara Rekonsiliasi {periode.label}", unit_name(facts, kode_skpd)
    props = Properties(title, whose, facts.pemda.unit_penyusun, data_date(facts, kode_skpd, periode))
    told, parties = sorted((row for row in rows if row.differs), key=lambda row: row.waits), _parties_of(rows, gaps)
    blocks = (
        Section(numbering="none"),
        *_head(facts, periode),
        _parties(facts, kode_skpd, parties),
        *_result(facts, periode, rows),
        *_corrected(facts, kode_skpd, rows),
        *_conclusion(rows, told, list(explain_gaps(gaps))),
        *_signatures(facts, parties),
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


def _parties_of(rows: Sequence[Compared], gaps: Sequence[Gap]) -> list[Pihak]:
    """Whose book has the SKPD: it was compared, or would have been had the SKPD sent what it has."""
    there = {row.pihak for row in rows} | {gap.pihak for gap in gaps if gap.is_ours}
    return [pihak for pihak in Pihak if pihak in there]


def _parties(facts: Facts, kode_skpd: str, parties: Sequence[Pihak]) -> Block:
    """Who signs, by office, for people change more often than the form: the SKPD, and whose book has it."""
    offices = (head_title(facts, kode_skpd), *(_OFFICES[pihak] for pihak in parties))
    return FieldList(tuple((f"Pihak {nth}", office) for nth, office in zip(_NTH, offices, strict=False)))


def _result(facts: Facts, periode: Periode, rows: Sequence[Compared]) -> list[Block]:
    """Which workbook was held beside which books, and the sums of them."""
    name = unit_name(facts, rows[0].kode_skpd)
    opening = (
        f"telah mencocokkan buku kerja {name} {periode.label}{_versions(facts, rows)} dengan {join_words(_books(rows))}"
    )
    return [Paragraph(f"{opening}, dengan hasil sebagai berikut:", "letter"), _totals(rows)]


def _corrected(facts: Facts, kode_skpd: str, rows: Sequence[Compared]) -> list[Block]:
    """The figures compared that are not those of the workbook: the parties sign what they see in it."""
    found = corrected_among(facts, kode_skpd, rows[0].triwulan, {row.kode for row in rows})
    if not found:
        return []
    table = corrections_table(facts, found, "Angka SKPD yang dikoreksi", whose=False)
    return [Paragraph(_CORRECTED, "letter"), table]


def _books(rows: Sequence[Compared]) -> list[str]:
    return [_BOOKS[pihak] for pihak in Pihak if any(row.pihak is pihak for row in rows)]


def _versions(facts: Facts, rows: Sequence[Compared]) -> str:
    """The very files that were compared: a version before, that came later or that waits may bear the same name."""
    compared = {row.pengajuan_id for row in rows}
    sent = [s for s in facts.sent.get(rows[0].kode_skpd, ()) if s.pengajuan_id in compared]
    told = [f"{PurePosixPath(s.berkas).name}, versi {s.versi}, diterima {format_date(s.diterima_pada)}" for s in sent]
    return f" ({'; '.join(told)})" if told else ""


def _conclusion(rows: Sequence[Compared], told: Sequence[Compared], missing: Sequence[str]) -> list[Block]:
    """Assent where the money was compared with its source and every figure is the same; else how far it was.

    A sentence the parties sign is never the program's guess: where it cannot say that all agree, its place is open.
    """
    there = {(row.besaran, row.pihak) for row in rows}
    owed = (source for source in SOURCES if source[0] is not Besaran.TARGET)
    if there.issuperset(owed) and all(row.jenis is Selisih.SAMA for row in rows):
        agreed = _AGREED.format(jumlah=len(rows), buku=join_words(["buku kerja SKPD", *_books(rows)]))
        return [Paragraph(" ".join((agreed, *missing)), "letter")]
    said = Paragraph(" ".join((*_counted(rows), *missing)), "letter")
    if not told:
        asked = placeholder("Bagian Organisasi", "kesimpulan para pihak")
        return [said, Paragraph(f"Kesimpulan para pihak: {asked}", "letter")]
    return [said, _differences(told), *_agreement(told)]


def _counted(rows: Sequence[Compared]) -> Iterator[str]:
    """How many figures were compared, what became of them, and of those that were not."""
    states = Counter(_state(row) for row in rows)
    compared = states["sama"] + states["berbeda"]
    yield f"Dari {len(rows)} angka, {compared} dibandingkan: {states['sama']} sama dan {states['berbeda']} berbeda."
    if rest := [said.format(jumlah=states[state]) for state, said in _REST.items() if states[state]]:
        yield f"Dari yang lain, {join_words(rest)}."


def _state(row: Compared) -> str:
    if row.waits:
        return "menunggu"
    alone = {Selisih.SAMA: "sama", Selisih.NIHIL: "nihil"} | dict.fromkeys(
        (Selisih.HILANG_SKPD, Selisih.HILANG_LAWAN), "satu pihak"
    )
    return alone.get(row.jenis, "berbeda")


def _totals(rows: Sequence[Compared]) -> Table:
    """The sums of each figure in both books, beside how many codes agree."""
    columns = (
        Column("Yang dibandingkan", 30), Column("Kode", 7, "right"), Column("Sama", 7, "right"),
        Column("Jumlah SKPD", 19, "right"), Column("Jumlah pembanding", 19, "right"), Column("Selisih", 18, "right"),
    )  # fmt: skip
    pairs = dict.fromkeys((row.besaran, row.pihak) for row in rows)
    body = tuple(_total_row(besaran, pihak, rows) for besaran, pihak in pairs)
    note = (
        "Jumlah meliputi seluruh angka yang ada pada masing-masing buku, juga yang belum dapat dibandingkan; target "
        "tidak dijumlahkan."
    )
    return Table(columns, body, "Hasil pencocokan", "Jumlah setiap angka menurut dua buku", note=note)


def _total_row(besaran: Besaran, pihak: Pihak, rows: Sequence[Compared]) -> Row:
    mine = [row for row in rows if (row.besaran, row.pihak) == (besaran, pihak)]
    same = sum(row.jenis is Selisih.SAMA for row in mine)
    name = f"{LABELS[besaran]} dengan {LABELS[pihak]}"
    if besaran is Besaran.TARGET:
        return Row((name, str(len(mine)), str(same), ABSENT, ABSENT, ABSENT))
    ours, theirs = _sum(row.nilai_skpd for row in mine), _sum(row.nilai_pihak for row in mine)
    difference = None if ours is None or theirs is None else ours - theirs
    return Row((name, str(len(mine)), str(same), *map(format_rupiah, (ours, theirs, difference))))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """Of what is there; where nothing is, there is no sum either."""
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there else None


def _differences(rows: Sequence[Compared]) -> Table:
    columns = (
        Column("No", 5, "center"), Column("Kode dan uraian", 22), Column("Angka SKPD", 17, "right"),
        Column("Pembanding", 17, "right"), Column("Selisih", 17, "right"), Column("Jenis dan penjelasan", 22),
    )  # fmt: skip
    body = tuple(_difference(n, row) for n, row in enumerate(rows, 1))
    return Table(columns, body, "Yang berbeda atau belum dibandingkan", "Keadaan setiap kode")


def _difference(number: int, row: Compared) -> Row:
    name = "\n".join(part for part in (row.kode, row.uraian) if part)
    theirs = f"{_figure(row, row.nilai_pihak)}\n({LABELS[row.pihak]})"
    said = f"{LABELS[row.besaran]}: {LABELS[row.jenis]}{f'; {row.penjelasan}' if row.penjelasan else ''}"
    difference = ABSENT if row.waits else _figure(row, row.selisih)
    return Row((str(number), name, _figure(row, row.nilai_skpd), theirs, difference, said))


def _figure(row: Compared, value: Decimal | None) -> str:
    if value is None or row.besaran is not Besaran.TARGET:
        return format_rupiah(value)
    return format_exact(value)


def _agreement(rows: Sequence[Compared]) -> list[Block]:
    """A line for each of them, empty: what was agreed is written at the meeting."""
    columns = (
        Column("No", 6, "center"), Column("Angka yang disepakati", 24), Column("Tindak lanjut", 36),
        Column("Penanggung jawab", 18), Column("Batas waktu", 16),
    )  # fmt: skip
    body = tuple(Row((str(n), *(_BLANK,) * 4)) for n in range(1, len(rows) + 1))
    return [
        Paragraph("Atas hal tersebut para pihak bersepakat:", "closing"),
        Table(columns, body, "Kesepakatan", "Diisi pada saat rekonsiliasi"),
    ]


def _signatures(facts: Facts, parties: Sequence[Pihak]) -> list[Block]:
    """The parties two by two, the first at the left; below them, at the right, who takes note of it."""
    first, second, *third = (_signatory(f"Pihak {nth},") for nth in _NTH[: len(parties) + 1])
    known = _signatory("Mengetahui,", f"Kepala {facts.pemda.unit_penyusun},")
    below = _signatory(" ", "Pihak ketiga,") if third else None
    return [
        Paragraph("Demikian berita acara ini dibuat untuk dipergunakan sebagaimana mestinya.", "closing"),
        SignatureBlock(right=second, left=first),
        SignatureBlock(right=known, left=below),
    ]


def _signatory(*above: str) -> Signatory:
    return Signatory(above, ("(................................)", "NIP ................................"))
