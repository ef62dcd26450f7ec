"""Bab I Pendahuluan: the organisation as far as the data know it; what only people can say is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.numerals import spell
from pipelines.report.blocks import Block, BulletList, Heading, Paragraph
from pipelines.report.chapters.common import text_blocks
from pipelines.report.chapters.units import describe_composition
from pipelines.report.facets import pk_indicators, unit_name
from pipelines.report.funds import latest_budget_period, pk_programs
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.wording import join_words
from schemas.vocabulary import Bagian


def bab1_blocks(facts: Facts, unit: Unit, annexes: Sequence[str]) -> list[Block]:
    """Background, organisation, strategic aspects and issues, how the report is laid out down to its `annexes`."""
    nama = unit_name(facts, unit)
    return [
        Heading(1, "BAB I  PENDAHULUAN"),
        Heading(2, "A. Latar Belakang"),
        Paragraph(
            "Peraturan Presiden Nomor 29 Tahun 2014 mewajibkan setiap instansi pemerintah mengukur dan melaporkan "
            f"kinerjanya. Laporan Kinerja {nama} Tahun {facts.tahun} menyajikan capaian atas target yang dijanjikan "
            f"dalam Perjanjian Kinerja Tahun {facts.tahun}, dengan sistematika menurut Peraturan Menteri PANRB "
            "Nomor 53 Tahun 2014, Lampiran II."
        ),
        Heading(2, "B. Gambaran Umum Organisasi"),
        Paragraph(_organisation(facts, unit)),
        *_members(facts, unit),
        *text_blocks(
            facts, unit, Bagian.GAMBARAN_UMUM, "kedudukan, tugas, fungsi, susunan organisasi, dan sumber daya"
        ),
        Heading(2, "C. Aspek Strategis Organisasi"),
        *text_blocks(facts, unit, Bagian.ASPEK_STRATEGIS, "aspek strategis organisasi menurut dokumen perencanaan"),
        Heading(2, "D. Permasalahan Utama (Isu Strategis)"),
        *text_blocks(facts, unit, Bagian.ISU_STRATEGIS, "permasalahan utama dan isu strategis yang sedang dihadapi"),
        Heading(2, "E. Sistematika Laporan"),
        BulletList(
            (
                "Bab I Pendahuluan: penjelasan umum organisasi, aspek strategis, dan permasalahan utama.",
                "Bab II Perencanaan Kinerja: ikhtisar Perjanjian Kinerja, indikator kinerja utama, dan anggaran.",
                "Bab III Akuntabilitas Kinerja: capaian kinerja setiap sasaran strategis, realisasi anggaran, dan "
                "tindak lanjut hasil evaluasi tahun lalu.",
                "Bab IV Penutup: simpulan dan langkah di masa mendatang.",
                f"Lampiran: {join_words(annexes)}.",
            )
        ),
    ]


def _organisation(facts: Facts, unit: Unit) -> str:
    rows = pk_indicators(facts, unit)
    sasaran = len({p.sasaran for p in rows})
    periode = latest_budget_period(facts, unit)
    programs = len(pk_programs(facts, unit, periode)) if periode else 0
    funded = f", yang didukung oleh {spell(programs)} program" if programs else ""
    head = (
        f"{facts.pemda.nama} berada di Provinsi {facts.pemda.provinsi.removeprefix('Provinsi ')} dengan ibu kota "
        f"{facts.pemda.ibu_kota} dan memiliki {spell(len(facts.reporting))} SKPD yang menyampaikan laporan kinerja."
        if unit is KABUPATEN
        else f"{unit_name(facts, unit)} adalah perangkat daerah pada Pemerintah {facts.pemda.nama}."
    )
    agreement = f"Perjanjian Kinerja Tahun {facts.tahun}"
    if not rows:
        return f"{head} {describe_composition(facts, unit) or f'{agreement} belum tersedia.'}"
    counted = f"{spell(sasaran)} sasaran strategis dengan {spell(len(rows))} indikator kinerja"
    return f"{head} {agreement} memuat {counted}{funded}."


def _members(facts: Facts, unit: Unit) -> list[Block]:
    """Units below an SKPD, where the register knows some."""
    members = tuple(s.nama_skpd for s in facts.skpd.values() if unit is not KABUPATEN and s.kode_induk == unit)
    return [Paragraph("Unit kerja di bawahnya:"), BulletList(members)] if members else []
