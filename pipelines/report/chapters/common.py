"""What every document has: properties, the title block, key figures, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.numerals import format_date, roman
from pipelines.report.blocks import (
    Block,
    BulletList,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Passing,
    Properties,
    Signatory,
    SignatureBlock,
    Table,
    placeholder,
    refer,
)
from pipelines.report.facets import data_date, head_title, submissions, unit_name, unit_quarters
from pipelines.report.figures import Chart
from pipelines.report.found import findings_under
from pipelines.report.funds import spent_part, unit_budget
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import Passage, quote
from pipelines.report.wording import budget_share, kategori_tone, percent_or_absent, resting_on
from schemas.period import Periode
from schemas.vocabulary import Bagian

_LONG_NAME, _SHORT_ITEM = 55, 160


def properties(facts: Facts, unit: Unit, periode: Periode, title: str, subject: str) -> Properties:
    """Core properties, dated by the data."""
    return Properties(title, subject, facts.pemda.unit_penyusun, data_date(facts, unit, periode))


def form_properties(facts: Facts, periode: Periode, title: str, subject: str) -> Properties:
    """Core properties of a form that people fill in: it does not say when data came, so its period dates it."""
    return Properties(title, subject, facts.pemda.unit_penyusun, periode.last_date)


def title_blocks(facts: Facts, unit: Unit, title: str) -> list[Block]:
    """Head of a short report: emblem, pemda, unit, title."""
    government = f"PEMERINTAH {facts.pemda.nama.upper()}"
    lines = (government,) if unit is KABUPATEN else (government, unit_name(facts, unit).upper())
    return [Letterhead(lines, facts.pemda.logo), Paragraph(title.upper(), "title")]


def glance(facts: Facts, unit: Unit, periode: Periode) -> KeyFigures:
    """Capaian, coverage, serapan and open findings of a unit at a glance."""
    up = facts.units.get((unit, str(periode)))
    measured = f"{up.indikator_terukur} dari {up.indikator_total}" if up else "–"
    asked = f"indikator yang ditargetkan{resting_on(unit_quarters(facts, unit, periode))}"
    part, found = spent_part(facts, unit, periode), findings_under(facts, unit, periode)
    spent = f"atas pagu yang realisasinya ada: {part}" if part else "realisasi terhadap pagu"
    what = "Capaian kabupaten" if unit is KABUPATEN else "Capaian SKPD"
    return KeyFigures(
        (
            KeyFigure(
                what,
                percent_or_absent(up.capaian_pct if up else None),
                f"Kategori {up.kategori}" if up and up.kategori else "belum dapat dihitung",
                kategori_tone(facts.pemda, up.kategori if up else None),
            ),
            KeyFigure("Indikator terukur", measured, asked),
            KeyFigure("Serapan anggaran", budget_share(unit_budget(facts, unit, periode)), spent),
            KeyFigure("Temuan terbuka", Passing(len(found)), "kesalahan, peringatan, dan catatan"),
        )
    )


def closing(facts: Facts, unit: Unit, periode: Periode, title: str) -> Paragraph:
    """The last sentence of a report: up to when data came in, if any of its own quarters. It stays with the signature.

    A budget is told since January, so a report of a quarter rests on the earlier ones as well: where nothing came of
    its own, or something of theirs after it, that is said.
    """
    sent, day = submissions(facts, unit, periode), format_date(data_date(facts, unit, periode))
    if not sent:
        return Paragraph(f"Demikian {title} disusun tanpa data yang diterima.", "closing")
    last = max(s.triwulan for s in sent)
    own = format_date(max(s.diterima_pada.date() for s in sent if s.triwulan in (*periode.triwulan, last)))
    if last not in periode.triwulan:
        told = f"tanpa data {periode.label}; data terakhir, Triwulan {roman(last)}, diterima pada {own}"
        return Paragraph(f"Demikian {title} disusun {told}.", "closing")
    told = f"data yang diterima sampai dengan {day}"
    if own != day:
        told = (
            f"data {periode.label} yang diterima sampai dengan {own} dan data triwulan sebelumnya sampai dengan {day}"
        )
    return Paragraph(f"Demikian {title} disusun dari {told}.", "closing")


def signature(facts: Facts, unit: Unit) -> SignatureBlock:
    """Place, office and name of who signs; the day is written by hand."""
    above = (f"{facts.pemda.ibu_kota}, ........................", f"{head_title(facts, unit)},")
    return SignatureBlock(Signatory(above, signer(facts, unit)))


def signer(facts: Facts, unit: Unit) -> tuple[str, ...]:
    """Name and NIP as the latest workbook gives them, or what is still to be filled in."""
    if unit is KABUPATEN:
        return (placeholder("Bagian Organisasi", f"nama {facts.pemda.jabatan_pimpinan}"),)
    skpd = facts.skpd[unit]
    return (
        skpd.kepala_skpd or placeholder("SKPD", "nama pejabat"),
        f"NIP {skpd.nip}" if skpd.nip else placeholder("SKPD", "NIP"),
    )


def passage_blocks(passages: Sequence[Passage]) -> list[Block]:
    """Paragraphs, each with the list it introduces."""
    blocks: list[Block] = []
    for passage in passages:
        blocks += [Paragraph(passage.text), *((BulletList(passage.items),) if passage.items else ())]
    return blocks


def introduced(sentence: str, table: Table, said: Sequence[Block] = (), chart: Chart | None = None) -> list[Block]:
    """A sentence that refers at `{}` to the table and, where there is one, to the chart; then these and what is said.

    Only what is shown is referred to: its caption is its key, so captions referred to are unique in a document.
    """
    shown = replace(table, key=table.caption)
    drawn = [replace(chart, key=chart.caption)] if chart else []
    keys = (shown.key, *(c.key for c in drawn))
    named = sentence.format(" dan ".join(refer(key) for key in keys))
    return [Paragraph(named), shown, *said, *drawn]


def text_blocks(facts: Facts, unit: Unit, part: Bagian, asked: str) -> list[Block]:
    """What people wrote of a part of the report; where they have not, an open place."""
    written = facts.texts.get((unit, part), ())
    if not written:
        return [Paragraph(placeholder(owner_of(unit), asked))]
    said = tuple(quote(row.naskah) for row in written)
    if len(said) > 1 and max(map(len, said)) <= _SHORT_ITEM:
        return [BulletList(said)]
    return [Paragraph(text) for text in said]


def owners(facts: Facts, unit: Unit) -> tuple[tuple[str, str], ...]:
    """Whom the open places of a document name."""
    return () if unit is KABUPATEN else (("SKPD", unit_name(facts, unit)),)


def running_title(facts: Facts, unit: Unit, what: str) -> str:
    """The text in the header of pages: one line, so a long name gives way to the short one."""
    name = unit_name(facts, unit)
    short = facts.skpd[unit].singkatan.upper() if unit is not KABUPATEN and len(name) > _LONG_NAME else name
    return f"{what} – {short}"


def owner_of(unit: Unit) -> str:
    """Who is asked to write what is missing."""
    return "Bagian Organisasi" if unit is KABUPATEN else "SKPD"
