"""Front matter of the LKjIP: cover, kata pengantar, ikhtisar eksekutif, daftar isi, daftar tabel."""

from __future__ import annotations

from pipelines.numerals import format_date, spell
from pipelines.report.blocks import (
    Block,
    Cover,
    Heading,
    ListOfFigures,
    ListOfTables,
    PageBreak,
    Paragraph,
    Passing,
    Section,
    TableOfContents,
)
from pipelines.report.chapters.budgets import tell_budget
from pipelines.report.chapters.charts import sasaran_chart
from pipelines.report.chapters.common import glance, passage_blocks, signature
from pipelines.report.chapters.efficiency import rated_sasaran
from pipelines.report.chapters.measured import summary_table
from pipelines.report.chapters.units import describe_reached, describe_whole
from pipelines.report.facets import data_date, head_title, sasaran_views, superior, unit_name
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import (
    Passage,
    describe_efficiencies,
    describe_shortfalls,
    unmeasured_note,
)
from pipelines.report.rows import Measure
from schemas.period import tahun_period


def front_blocks(facts: Facts, unit: Unit, *, figures: bool) -> list[Block]:
    """Everything before Bab I, with Roman page numbers behind the cover; `figures` whether the chapters have any."""
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
        *((Heading(1, "DAFTAR GAMBAR"), ListOfFigures()) if figures else ()),
    ]


def _cover(facts: Facts, unit: Unit) -> Cover:
    day = format_date(data_date(facts, unit, tahun_period(facts.tahun)))
    publisher = (facts.pemda.nama,) if unit is not KABUPATEN else ()
    return Cover(
        kicker="Laporan Kinerja Instansi Pemerintah (LKjIP)",
        title="Laporan Kinerja",
        unit=unit_name(facts, unit) if unit is not KABUPATEN else f"Pemerintah {facts.pemda.nama}",
        year=f"Tahun {facts.tahun}",
        foot=(
            "DRAF",
            *publisher,
            f"Provinsi {facts.pemda.provinsi.removeprefix('Provinsi ')}",
            Passing(f"Data per {day}"),
        ),
        logo=facts.pemda.logo,
    )


def _preface(facts: Facts, unit: Unit) -> list[Block]:
    nama = unit_name(facts, unit) if unit is not KABUPATEN else f"Pemerintah {facts.pemda.nama}"
    above = "masyarakat dan pemerintah" if unit is KABUPATEN else head_title(facts, superior(facts, unit))
    return [
        Heading(1, "KATA PENGANTAR"),
        Paragraph(
            f"Puji syukur ke hadirat Tuhan Yang Maha Esa, Laporan Kinerja {nama} Tahun {facts.tahun} dapat disusun. "
            f"Laporan ini merupakan pertanggungjawaban {nama} kepada {above} atas pelaksanaan Perjanjian Kinerja Tahun "
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
    """The year at a glance: key figures, the chart and table of sasaran, what fell short, money, what comes next."""
    periode = tahun_period(facts.tahun)
    views = sasaran_views(facts, unit, periode)
    measures = [m for v in views for m in v.measures]
    nama = unit_name(facts, unit)
    described = describe_whole(facts, unit, periode, nama, measures)
    chart = sasaran_chart(views, f"Capaian sasaran strategis Tahun {facts.tahun}")
    return [
        Heading(1, "IKHTISAR EKSEKUTIF"),
        Paragraph(f"{described} {describe_reached(facts, unit, measures)}", "lead"),
        glance(facts, unit, periode),
        *((summary_table(facts, views, f"Capaian sasaran strategis {nama} Tahun {facts.tahun}"),) if views else ()),
        *((chart,) if chart else ()),
        *_words(facts, unit, measures),
    ]


def _words(facts: Facts, unit: Unit, measures: list[Measure]) -> list[Block]:
    below = describe_shortfalls(measures)
    passages = [
        below,
        *(Passage(s) for s in (unmeasured_note(measures), _budget_sentence(facts, unit)) if s),
        Passage(_followed(facts, unit)),
    ]
    return passage_blocks([p for p in passages if p])


def _budget_sentence(facts: Facts, unit: Unit) -> str | None:
    said = [tell_budget(facts, unit, tahun_period(facts.tahun))]
    said.append(describe_efficiencies(rated_sasaran(facts, unit)) if unit is not KABUPATEN else None)
    return " ".join(s for s in said if s) or None


def _followed(facts: Facts, unit: Unit) -> str:
    """What comes next, and where it is told."""
    rows = facts.followups.get(unit, ())
    told = sum(r.tindak_lanjut is not None for r in rows)
    last = (
        f"Dari {spell(len(rows))} rekomendasi evaluasi tahun lalu, {spell(told)} telah dijelaskan tindak lanjutnya. "
        if rows
        else ""
    )
    return f"{last}Langkah untuk memperbaiki kinerja tahun berikutnya disajikan pada Bab IV."
