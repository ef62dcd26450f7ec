"""Perjanjian Kinerja: the forms of PermenPANRB 53/2014, Lampiran I (I/1 and I/3 kabupaten, I/2 and I/5 SKPD)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipelines.numerals import ABSENT, format_rupiah
from pipelines.report.blocks import (
    Block,
    Column,
    Document,
    FieldList,
    Letterhead,
    PageBreak,
    Paragraph,
    Properties,
    Row,
    Section,
    Signatory,
    SignatureBlock,
    Table,
    placeholder,
)
from pipelines.report.chapters.common import owner_of, running_title, signer
from pipelines.report.facets import head_title, pk_indicators, unit_name
from pipelines.report.funds import latest_budget_period, pk_programs
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import PkRow
from pipelines.report.wording import show_annual_target, show_value, with_unit

_OPENING = (
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan, dan akuntabel serta berorientasi pada "
    "hasil, "
)
_PROMISE = (
    "berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam rangka mencapai "
    "target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan."
)
_ACCOUNT = "Keberhasilan dan kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab kami."
_SUPERVISION = (
    "Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari "
    "perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi."
)


def compose_pk(facts: Facts, kode_skpd: str) -> Document:
    """The PK of an SKPD in force: statement and annex."""
    return _compose(facts, kode_skpd, _skpd_statement(facts, kode_skpd))


def compose_pk_kabupaten(facts: Facts) -> Document:
    """The PK of the bupati: statement of one party and annex."""
    return _compose(facts, KABUPATEN, _kabupaten_statement(facts))


def _compose(facts: Facts, unit: Unit, statement: list[Block]) -> Document:
    nama, title = unit_name(facts, unit), f"{_kind(facts, unit)} Tahun {facts.tahun}"
    blocks: list[Block] = [
        Section(numbering="none"),
        *_head(facts, unit, title),
        *statement,
        PageBreak(),
        Paragraph(f"{title.upper()}\n{nama.upper()}", "title"),
        *annex_blocks(facts, unit),
        _signatures(facts, unit),
    ]
    props = Properties(f"{title} – {nama}", "Perjanjian kinerja", facts.pemda.unit_penyusun, _pk_date(facts, unit))
    return Document(f"{title} – {nama}", props, tuple(blocks), running_title(facts, unit, title))


def _kind(facts: Facts, unit: Unit) -> str:
    """A PK that replaced the first one says so in its title."""
    changed = any((p.dokumen_pk or "").casefold() == "perubahan" for p in pk_indicators(facts, unit))
    return "Perjanjian Kinerja Perubahan" if changed else "Perjanjian Kinerja"


def _pk_date(facts: Facts, unit: Unit) -> date:
    """The day the PK in force first arrived, so that later quarters leave the document as it is."""
    documents = {p.dokumen_pk for p in pk_indicators(facts, unit)}
    sent = facts.sent.get(unit, ()) if unit is not KABUPATEN else ()
    return min((s.diterima_pada.date() for s in sent if s.dokumen_pk in documents), default=date(facts.tahun, 1, 1))


def _head(facts: Facts, unit: Unit, title: str) -> list[Block]:
    government = f"PEMERINTAH {facts.pemda.nama.upper()}"
    lines = (government,) if unit is KABUPATEN else (government, unit_name(facts, unit).upper())
    return [Letterhead(lines, facts.pemda.logo, rule=False), Paragraph(title.upper(), "title")]


def _skpd_statement(facts: Facts, unit: str) -> list[Block]:
    name, pimpinan = signer(facts, unit)[0], facts.pemda.jabatan_pimpinan
    leader = placeholder("Bagian Organisasi", f"nama {pimpinan}")
    return [
        Paragraph(f"{_OPENING}kami yang bertanda tangan di bawah ini:", "letter"),
        FieldList((("Nama", name), ("Jabatan", head_title(facts, unit)))),
        Paragraph("selanjutnya disebut pihak pertama", "letter"),
        FieldList((("Nama", leader), ("Jabatan", head_title(facts, KABUPATEN)))),
        Paragraph("selaku atasan pihak pertama, selanjutnya disebut pihak kedua", "letter"),
        Paragraph(f"Pihak pertama {_PROMISE}", "letter"),
        Paragraph(_ACCOUNT, "letter"),
        Paragraph(_SUPERVISION, "letter"),
        SignatureBlock(
            Signatory((_place(facts), "Pihak Pertama,"), signer(facts, unit)),
            Signatory((" ", "Pihak Kedua,"), (leader,)),
        ),
    ]


def _kabupaten_statement(facts: Facts) -> list[Block]:
    leader = signer(facts, KABUPATEN)[0]
    return [
        Paragraph(f"{_OPENING}yang bertanda tangan di bawah ini:", "letter"),
        FieldList((("Nama", leader), ("Jabatan", head_title(facts, KABUPATEN)))),
        Paragraph(_PROMISE, "letter"),
        Paragraph(_ACCOUNT, "letter"),
        SignatureBlock(Signatory((_place(facts), f"{head_title(facts, KABUPATEN)},"), (leader,))),
    ]


def _place(facts: Facts) -> str:
    return f"{facts.pemda.ibu_kota}, ........................"


def annex_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """The two tables of the annex: sasaran, indicators and targets; programs and their budget."""
    return [pk_table(facts, unit), program_table(facts, unit)]


def pk_table(facts: Facts, unit: Unit, caption: str = "") -> Table:
    """Sasaran, indicator, target; the target of the first PK beside it where a later one replaced it."""
    rows = pk_indicators(facts, unit)
    changed = any(p.target_murni is not None for p in rows)
    former = (Column("Target semula", 16, "right"),) if changed else ()
    columns = (
        Column("No.", 6, "center"), Column("Sasaran Strategis", 32), Column("Indikator Kinerja", 40),
        *former, Column("Target", 18, "right"),
    )  # fmt: skip
    return Table(columns, _pk_rows(rows, changed=changed), caption, "Sasaran, indikator, dan target", numbered=True)


def _pk_rows(rows: Sequence[PkRow], *, changed: bool) -> tuple[Row, ...]:
    """A sasaran and its number are written once, at its first indicator."""
    body, sasaran, number = [], None, 0
    for row in rows:
        new = row.sasaran != sasaran
        sasaran, number = row.sasaran, number + new
        former = (_former_target(row),) if changed else ()
        target = with_unit(show_annual_target(row), row.satuan)
        head = (f"{number}.", row.sasaran or ABSENT) if new else ("", "")
        indicator = row.indikator or row.kode_indikator
        body.append(Row((*head, indicator, *former, target), continued=0 if new else len(head)))
    return tuple(body)


def _former_target(row: PkRow) -> str:
    return with_unit(show_value(row.target_murni, None, row.satuan), row.satuan)


def program_table(facts: Facts, unit: Unit, caption: str = "") -> Table:
    """Programs and their budget; an SKPD's form has a column for remarks."""
    periode = latest_budget_period(facts, unit)
    programs = pk_programs(facts, unit, periode) if periode else ()
    remarks = (Column("Keterangan", 18),) if unit is not KABUPATEN else ()
    extra = ("",) * len(remarks)
    rows = [Row((f"{n}.", p.uraian or p.kode, format_rupiah(p.pagu_rp), *extra)) for n, p in enumerate(programs, 1)]
    if not rows:
        rows = [Row(("", placeholder(owner_of(unit), "program dan anggaran"), ABSENT, *extra))]
    columns = (Column("No.", 6, "center"), Column("Program", 50), Column("Anggaran", 26, "right"), *remarks)
    return Table(columns, tuple(rows), caption, "Program dan anggaran", keep_end=True)


def _signatures(facts: Facts, unit: Unit) -> SignatureBlock:
    right = Signatory((_place(facts), f"{head_title(facts, unit)},"), signer(facts, unit))
    if unit is KABUPATEN:
        return SignatureBlock(right)
    return SignatureBlock(right, Signatory((" ", f"{head_title(facts, KABUPATEN)},"), signer(facts, KABUPATEN)))
