"""Which documents one unit has in a year, and what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.report.blocks import Document
from pipelines.report.chapters.agreed import FIRST, documents
from pipelines.report.chapters.meeting import compose_discussion
from pipelines.report.chapters.pk import compose_pk
from pipelines.report.chapters.review import compose_checklist, compose_statement
from pipelines.report.model import KABUPATEN, Facts, Unit


def beside_lkjip(facts: Facts, unit: Unit) -> Iterator[tuple[str, Document]]:
    """What goes with a draft LKjIP: the Berita Acara of the meeting on it; for the kabupaten the forms of its reviu."""
    yield "berita-acara-pembahasan.docx", compose_discussion(facts, unit)
    if unit is KABUPATEN:
        yield "checklist-reviu.docx", compose_checklist(facts)
        yield "pernyataan-telah-direviu.docx", compose_statement(facts)


def agreements(facts: Facts, unit: Unit) -> Iterator[tuple[str, Document]]:
    """Every PK of a unit: the first one, then `perubahan` or whatever else a workbook calls a later one."""
    for name in documents(facts, unit):
        kind = "" if name == FIRST else re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "lain"
        yield kind, compose_pk(facts, unit, name)
