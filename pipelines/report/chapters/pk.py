"""Perjanjian Kinerja: the forms of PermenPANRB 53/2014, Lampiran I (I/1 and I/3 kabupaten, I/2 and I/5 SKPD)."""

from __future__ import annotations

from datetime import date

from pipelines.report.blocks import (
    Block,
    Document,
    FieldList,
    Letterhead,
    PageBreak,
    Paragraph,
    Properties,
    Section,
    Signatory,
    SignatureBlock,
    Table,
)
from pipelines.report.chapters.agreed import FIRST, Line, agreed_blocks, agreed_table, budget_annex
from pipelines.report.chapters.common import owners, running_title, signer
from pipelines.report.facets import head_title, pk_indicators, superior, unit_name
from pipelines.report.funds import latest_budget_period, pk_programs
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.rows import PkRow
from pipelines.report.wording import show_annual_target, show_bounded, with_unit

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


def compose_pk(facts: Facts, unit: Unit, dokumen: str) -> Document:
    """One PK document of an SKPD or of the bupati (Lampiran I/1 to I/5): statement and annex."""
    nama, title = unit_name(facts, unit), f"{_kind(dokumen)} Tahun {facts.tahun}"
    statement = _kabupaten_statement(facts) if unit is KABUPATEN else _skpd_statement(facts, unit)
    blocks: list[Block] = [
        Section(numbering="none"),
        *_head(facts, unit, title),
        *statement,
        PageBreak(),
        Paragraph(f"{title.upper()}\n{nama.upper()}", "title"),
        *agreed_blocks(facts, unit, dokumen),
        _signatures(facts, unit),
    ]
    day = _pk_date(facts, unit, dokumen)
    props = Properties(f"{title} – {nama}", "Perjanjian kinerja", facts.pemda.unit_penyusun, day)
    running = running_title(facts, unit, title)
    return Document(f"{title} – {nama}", props, tuple(blocks), running, owners(facts, unit))


def _kind(dokumen: str) -> str:
    """A PK that replaced the first one says so in its title."""
    return "Perjanjian Kinerja" if dokumen == FIRST else f"Perjanjian Kinerja {dokumen}"


def _pk_date(facts: Facts, unit: Unit, dokumen: str) -> date:
    """The day a PK first arrived, so that later quarters leave the document as it is."""
    sent = facts.sent.get(unit, ()) if unit is not KABUPATEN else ()
    return min(
        (s.diterima_pada.date() for s in sent if (s.dokumen_pk or "").casefold() == dokumen.casefold()),
        default=date(facts.tahun, 1, 1),
    )


def _head(facts: Facts, unit: Unit, title: str) -> list[Block]:
    government = f"PEMERINTAH {facts.pemda.nama.upper()}"
    lines = (government,) if unit is KABUPATEN else (government, unit_name(facts, unit).upper())
    return [Letterhead(lines, facts.pemda.logo, rule=False), Paragraph(title.upper(), "title")]


def _skpd_statement(facts: Facts, unit: str) -> list[Block]:
    name, above = signer(facts, unit)[0], superior(facts, unit)
    leader = signer(facts, above)
    return [
        Paragraph(f"{_OPENING}kami yang bertanda tangan di bawah ini:", "letter"),
        FieldList((("Nama", name), ("Jabatan", head_title(facts, unit)))),
        Paragraph("selanjutnya disebut pihak pertama", "letter"),
        FieldList((("Nama", leader[0]), ("Jabatan", head_title(facts, above)))),
        Paragraph("selaku atasan pihak pertama, selanjutnya disebut pihak kedua", "letter"),
        Paragraph(f"Pihak pertama {_PROMISE}", "letter"),
        Paragraph(_ACCOUNT, "letter"),
        Paragraph(_SUPERVISION, "letter"),
        SignatureBlock(
            Signatory((_place(facts), "Pihak Pertama,"), signer(facts, unit)),
            Signatory((" ", "Pihak Kedua,"), leader),
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
    """The two tables of the annex as the PK in force has them: sasaran, indicators, targets; programs and budget."""
    return [pk_table(facts, unit), program_table(facts, unit)]


def pk_table(facts: Facts, unit: Unit, caption: str = "") -> Table:
    """Sasaran, indicator, target; the target of the first PK beside it where a later one replaced it."""
    rows = pk_indicators(facts, unit)
    return agreed_table([_line(row) for row in rows], caption)


def _line(row: PkRow) -> Line:
    former = with_unit(show_bounded(row.target_murni, None, None, row.satuan), row.satuan) if row.target_murni else None
    target = with_unit(show_annual_target(row), row.satuan)
    return Line(row.sasaran, row.indikator or row.kode_indikator, target, former)


def program_table(facts: Facts, unit: Unit, caption: str = "") -> Table:
    """Programs and their budget as they stand now; an SKPD's form has a column for remarks."""
    periode = latest_budget_period(facts, unit)
    programs = pk_programs(facts, unit, periode) if periode else ()
    found = [(p.uraian or p.kode, p.pagu_seluruh_rp, "") for p in programs]
    return budget_annex(unit, found, caption)


def _signatures(facts: Facts, unit: Unit) -> SignatureBlock:
    right = Signatory((_place(facts), f"{head_title(facts, unit)},"), signer(facts, unit))
    if unit is KABUPATEN:
        return SignatureBlock(right)
    above = superior(facts, unit)
    return SignatureBlock(right, Signatory((" ", f"{head_title(facts, above)},"), signer(facts, above)))
