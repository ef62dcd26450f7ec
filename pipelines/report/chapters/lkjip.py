"""The LKjIP of an SKPD and of the kabupaten, front matter to Lampiran."""

from __future__ import annotations

from pipelines.report.blocks import Block, Document, PageBreak, Section
from pipelines.report.chapters.appendix import annexes_of, appendix_blocks
from pipelines.report.chapters.bab1 import bab1_blocks
from pipelines.report.chapters.bab2 import bab2_blocks
from pipelines.report.chapters.bab3 import bab3_blocks
from pipelines.report.chapters.bab4 import bab4_blocks
from pipelines.report.chapters.common import owners, properties, running_title
from pipelines.report.chapters.front import front_blocks
from pipelines.report.facets import unit_name
from pipelines.report.figures import Chart
from pipelines.report.model import KABUPATEN, Facts, Unit
from schemas.period import tahun_period


def compose_lkjip_skpd(facts: Facts, kode_skpd: str) -> Document:
    """The LKjIP of one SKPD."""
    return _compose(facts, kode_skpd)


def compose_lkjip_kabupaten(facts: Facts) -> Document:
    """The LKjIP of the kabupaten, from the bupati's own PK."""
    return _compose(facts, KABUPATEN)


def _compose(facts: Facts, unit: Unit) -> Document:
    title = f"Laporan Kinerja {unit_name(facts, unit)} Tahun {facts.tahun}"
    annexes = annexes_of(facts, unit)
    chapters = [
        Section(numbering="arabic", restart=True),
        *bab1_blocks(facts, unit, [annex.title for annex in annexes]),
        PageBreak(),
        *bab2_blocks(facts, unit),
        PageBreak(),
        *bab3_blocks(facts, unit),
        PageBreak(),
        *bab4_blocks(facts, unit),
        *appendix_blocks(annexes),
    ]
    figures = any(isinstance(block, Chart) for block in chapters)
    front: list[Block] = [Section(numbering="none"), *front_blocks(facts, unit, figures=figures)]
    subject = "Laporan Kinerja Instansi Pemerintah (LKjIP)"
    props = properties(facts, unit, tahun_period(facts.tahun), title, subject)
    running = running_title(facts, unit, f"LKjIP Tahun {facts.tahun}")
    return Document(title, props, (*front, *chapters), running, owners(facts, unit))
