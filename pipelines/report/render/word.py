"""One document from blocks to bytes."""

from __future__ import annotations

from pipelines.report.blocks import Document
from pipelines.report.render.body import BodyWriter
from pipelines.report.render.contents import read_outline
from pipelines.report.render.package import pack
from pipelines.report.render.pages import estimate_pages
from pipelines.report.render.parts import Parts
from pipelines.report.render.pen import Comments, Pen
from pipelines.report.render.template import load_template


def render(document: Document, template: bytes | None = None) -> bytes:
    """The .docx of a document in the program's own template or in one the office made; same input, same bytes."""
    loaded = load_template(template)
    file = loaded.open()
    parts = Parts(file)
    comments = Comments("capaian", document.properties.data_date, dict(document.owners))
    whole = document.whole or document.blocks
    outline = read_outline(whole, estimate_pages(whole, loaded.page))
    body = BodyWriter(Pen(loaded, comments, outline.labels(document.blocks)), outline, parts).xml(document.blocks)
    parts.comments(comments.xml())
    return pack(file, document, body)
