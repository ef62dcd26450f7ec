"""What an office's own template brings along, and what becomes of it."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest

from pipelines.report.blocks import Document, Heading, Paragraph, Properties
from pipelines.report.figures import Chart, Series
from pipelines.report.render import missing_styles, render
from pipelines.report.render.template import default_template
from tests.lib.docx_text import part, text
from tests.lib.package import package_faults
from tests.unit.report.test_render import edited, png

PROPERTIES = Properties("Judul", "Perihal", "Bagian Organisasi", date(2026, 1, 14))
CHART = Chart("bars", ("A", "B"), (Series("Capaian", (Decimal(1), Decimal(2))),), "Judul", "Ringkas")
DOCUMENT = Document("Judul", PROPERTIES, (Heading(1, "Bab"), CHART, replace(CHART, caption="Lain")))


def changed(change):
    """The program's template after someone has worked on it."""
    document, saved = docx.Document(io.BytesIO(default_template())), io.BytesIO()
    change(document)
    document.save(saved)
    return saved.getvalue()


def core_of(content):
    return docx.Document(io.BytesIO(content)).core_properties


def test_a_template_made_of_a_report_with_charts_does_not_meet_those_of_the_document():
    content = render(DOCUMENT, render(DOCUMENT))
    assert package_faults(content) == []
    assert package_faults(render(DOCUMENT, content)) == []


def test_a_picture_in_the_header_of_a_template_stays_beside_those_of_the_document():
    def add_logo(document):
        document.sections[-1].header.paragraphs[0].add_run().add_picture(io.BytesIO(png(4, 8)))

    content = render(DOCUMENT, changed(add_logo))
    assert package_faults(content) == []
    assert docx.Document(io.BytesIO(content)).sections[-1].header.part.related_parts


def test_what_the_makers_of_a_template_noted_of_it_is_not_said_of_the_document():
    def note(document):
        document.core_properties.keywords, document.core_properties.comments = "templat", "milik Bagian Umum"

    core = core_of(render(DOCUMENT, changed(note)))
    assert (core.title, core.author, core.keywords, core.comments) == ("Judul", "Bagian Organisasi", "", "")


def test_a_title_of_any_length_and_letters_can_be_told():
    long = replace(PROPERTIES, title="Judul\x0b & <sub> " * 40)
    content = render(replace(DOCUMENT, properties=long, running="a\x0bb & <c>"))
    assert core_of(content).title.startswith("Judul & <sub> Judul")
    assert "ab & <c>" in text(part(content, "word/header1.xml"))


def test_fractions_of_a_point_are_measures_too():
    fractions = edited(default_template(), "word/document.xml", 'w:left="1701"', 'w:left="1701.0000000000002"')
    assert render(replace(DOCUMENT, blocks=(Paragraph("a"),)), fractions)


@pytest.mark.parametrize(
    "content",
    [
        b"bukan zip",
        edited(default_template(), "word/styles.xml", "</w:styles>", ""),
        edited(default_template(), "word/_rels/document.xml.rels", "relationships/styles", "relationships/lain"),
        edited(default_template(), "[Content_Types].xml", "document.main+xml", "template.main+xml"),
    ],
)
def test_what_is_no_word_document_is_told_as_such(content):
    with pytest.raises(ValueError, match="not a Word document"):
        missing_styles(content)
