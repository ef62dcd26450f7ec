"""Facts → blocks: each document of the year and the chapters it is made of. Arranges and phrases, never draws."""

from pipelines.report.chapters.agreed import documents
from pipelines.report.chapters.letter import compose_request
from pipelines.report.chapters.lkjip import compose_lkjip_kabupaten, compose_lkjip_skpd
from pipelines.report.chapters.meeting import compose_discussion
from pipelines.report.chapters.periodic import compose_quarter, compose_semester
from pipelines.report.chapters.pk import compose_pk
from pipelines.report.chapters.recap import compose_recap
from pipelines.report.chapters.reconciling import compose_minutes
from pipelines.report.chapters.returning import compose_return
from pipelines.report.chapters.review import compose_checklist, compose_statement

__all__ = [
    "compose_checklist",
    "compose_discussion",
    "compose_lkjip_kabupaten",
    "compose_lkjip_skpd",
    "compose_minutes",
    "compose_pk",
    "compose_quarter",
    "compose_recap",
    "compose_request",
    "compose_return",
    "compose_semester",
    "compose_statement",
    "documents",
]
