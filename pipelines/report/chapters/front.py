"""Front matter of the LKjIP: cover, kata pengantar, ikhtisar eksekutif, daftar isi, daftar tabel."""

from __future__ import annotations

from pipelines.numerals import format_date
from pipelines.report.blocks import (
    Block,
    BulletList,
    Cover,
    Heading,
    ListOfTables,
    PageBreak,
    Paragraph,
    Section,
    TableOfContents,
)
from pipelines.report.chapters.common import glance, signature
from pipelines.report.chapters.measured import missed, summary_table
from pipelines.report.facets import data_date, head_title, sasaran_views, unit_name
from pipelines.report.funds import unit_budget
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import (
    describe_budget,
    describe_measure,
    describe_outcomes,
    describe_unit,
    unmeasured_note,
)
from pipelines.report.rows import Measure
from schemas.period import tahun_period

_NAMED = 7


def front_blocks(facts: Facts, unit: Unit) -> list[Block]:
    """Everything before Bab I, with Roman page numbers behind the cover."""
    return [
        _cover(facts, unit),
        Section(numbering="roman", restart=True),
        *_preface(facts, unit),
        PageBreak(),
        *_executive_summary(facts, unit),
        PageBreak(),
        Heading(1, "DAFTAR ISI"),
        TableOfContents(),
        PageBreak(),
        Heading(1, "DAFTAR TABEL"),
        ListOfTables(),
    ]


def _cover(facts: Facts, unit: Unit) -> Cover:
    day = format_date(data_date(facts, unit, tahun_period(facts.tahun)))
    publisher = (facts.pemda.nama,) if unit is not KABUPATEN else ()
    return Cover(
        kicker="Laporan Kinerja Instansi Pemerintah (LKjIP)",
        title="Laporan Kinerja",
        unit=unit_name(facts, unit) if unit is not KABUPATEN else f"Pemerintah {facts.pemda.nama}",
        year=f"Tahun {facts.tahun}",
        foot=("DRAF", *publisher, f"Provinsi {facts.pemda.provinsi.removeprefix('Provinsi ')}", f"Data per {day}"),
        logo=facts.pemda.logo,
    )


def _preface(facts: Facts, unit: Unit) -> list[Block]:
    nama = unit_name(facts, unit) if unit is not KABUPATEN else f"Pemerintah {facts.pemda.nama}"
    addressee = "kepada masyarakat dan pemerintah" if unit is KABUPATEN else f"kepada {head_title(facts, KABUPATEN)}"
    return [
        Heading(1, "KATA PENGANTAR"),
        Paragraph(
            f"Puji syukur ke hadirat Tuhan Yang Maha Esa, Laporan Kinerja {nama} Tahun {facts.tahun} dapat disusun. "
            f"Laporan ini merupakan pertanggungjawaban {nama} {addressee} atas pelaksanaan Perjanjian Kinerja Tahun "
            f"{facts.tahun}."
        ),
        Paragraph(
            "Laporan disusun menurut Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja "
            "Instansi Pemerintah dan Peraturan Menteri PANRB Nomor 53 Tahun 2014. Angka-angka di dalamnya berasal dari "
            "data kinerja triwulanan; setiap angka dapat ditelusuri ke berkas dan sel asalnya."
        ),
        Paragraph(
            "Laporan ini diharapkan menjadi bahan evaluasi dan dasar perbaikan perencanaan serta pelaksanaan program "
            "dan kegiatan pada tahun berikutnya."
        ),
        signature(facts, unit),
    ]


def _executive_summary(facts: Facts, unit: Unit) -> list[Block]:
    periode = tahun_period(facts.tahun)
    views = sasaran_views(facts, unit, periode)
    measures = [m for v in views for m in v.measures]
    nama = unit_name(facts, unit)
    up = facts.units.get((unit, str(periode)))
    blocks: list[Block] = [
        Heading(1, "IKHTISAR EKSEKUTIF"),
        Paragraph(f"{describe_unit(nama, periode, up, len(measures))} {describe_outcomes(measures)}", "lead"),
        glance(facts, unit, periode),
    ]
    if views:
        blocks.append(summary_table(facts, views, f"Capaian sasaran strategis {nama} Tahun {facts.tahun}"))
    blocks += _shortfalls(measures)
    notes = [unmeasured_note(measures), _budget_sentence(facts, unit)]
    return [*blocks, *(Paragraph(note) for note in notes if note)]


def _shortfalls(measures: list[Measure]) -> list[Block]:
    """The indicators that fell furthest short; a summary names no more than a page can bear."""
    short = sorted((m for m in missed(measures) if m.capaian_pct is not None), key=lambda m: m.capaian_pct or 0)
    if not short:
        return []
    more = f", {_NAMED} dengan capaian terendah dari {len(short)} indikator" if len(short) > _NAMED else ""
    named = tuple(describe_measure(m, n) for n, m in enumerate(short[:_NAMED]))
    return [Paragraph(f"Indikator yang belum mencapai target tahun ini{more}:"), BulletList(named)]


def _budget_sentence(facts: Facts, unit: Unit) -> str | None:
    periode = tahun_period(facts.tahun)
    total = unit_budget(facts, unit, periode)
    return describe_budget(unit_name(facts, unit), periode, total) if total else None
