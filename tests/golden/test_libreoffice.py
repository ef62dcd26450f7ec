"""The documents open in LibreOffice: every page kind becomes a PDF with the pages it should have."""

import re
import shutil
import subprocess

import pytest

from pipelines.report import chapters
from pipelines.report.model import load_facts
from pipelines.report.render import render
from pipelines.stores.pdf import convert
from tests.lib.docx_text import W, part, text
from tests.lib.marts_sample import (
    DINKES,
    KECAMATAN,
    LARGE,
    LONG_NAME,
    PEMDA,
    SILENT,
    TAHUN,
    make_query,
    sample_tables,
)  # fmt: skip

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SOFFICE and PDFTOTEXT), reason="LibreOffice (soffice) or pdftotext is not installed here"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The LKjIP of an ordinary unit and of every kind that strains a page, as PDF by the program's own way."""
    folder = tmp_path_factory.mktemp("libreoffice")
    facts = load_facts(make_query(sample_tables()), TAHUN, PEMDA)
    strained = load_facts(make_query(strained_tables()), TAHUN, PEMDA)
    documents = {
        "biasa": chapters.compose_lkjip_skpd(facts, DINKES),
        "besar": chapters.compose_lkjip_skpd(facts, LARGE),
        "satu-indikator": chapters.compose_lkjip_skpd(facts, KECAMATAN),
        "tanpa-data": chapters.compose_lkjip_skpd(facts, SILENT),
        "kabupaten-tanpa-riwayat": chapters.compose_lkjip_kabupaten(strained),
        "nama-panjang": chapters.compose_lkjip_skpd(strained, DINKES),
    }
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(render(document))
    made = convert([folder / f"{name}.docx" for name in documents])
    for word, content in made.items():
        word.with_suffix(".pdf").write_bytes(content)
    assert len(made) == len(documents)
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    """The text of each page of each document."""
    return {pdf.stem: read_pages(pdf) for pdf in sorted(folder.glob("*.pdf"))}


def strained_tables():
    """A year without history or medium-term targets, in which every name is 200 characters long."""
    tables = sample_tables()
    tables["riwayat"] = tables["jangka_menengah"] = []
    for row in (row for rows in tables.values() for row in rows):
        for column in ("nama_skpd", "sasaran", "indikator", "uraian"):
            if row.get(column):
                row[column] = f"{row[column]} {LONG_NAME}"[:200]
    return tables


def read_pages(pdf):
    shown = subprocess.run([PDFTOTEXT, "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return [
        [re.sub(r"\s+", " ", line.strip()) for line in page.splitlines() if line.strip()]
        for page in shown.split("\f")[:-1]
    ]


def test_no_page_is_empty(pages):
    for name, shown in pages.items():
        bare = [n for n, lines in enumerate(shown, 1) if len(lines) < 3]
        assert bare == [], name


def test_no_page_ends_with_a_heading(pages):
    heading = re.compile(r"^(BAB [IV]+ |[A-E]\. |\d\) |Sasaran \d+\. |Tabel \d+\. )")
    for name, shown in pages.items():
        last = [lines[-2] for lines in shown[5:] if len(lines) > 2]
        assert [line for line in last if heading.match(line) and "...." not in line] == [], name


def test_the_lists_of_the_pdf_name_the_very_page(pages):
    """Chapters, tables and figures: each line of the lists against the page on which that text stands."""
    entry = re.compile(r"^((?:BAB|LAMPIRAN|KATA|IKHTISAR|DAFTAR|Tabel|Gambar) .+?)\s?\.{4,}\s*(\w+)$")
    for name, shown in pages.items():
        listed = [m.groups() for lines in shown for line in lines if (m := entry.match(line))]
        standing = {title: {lines[-1] for lines in shown if title in lines} for title, _ in listed}
        assert sum(map(bool, standing.values())) > 8, name
        assert [(t, page, standing[t]) for t, page in listed if standing[t] and page not in standing[t]] == [], name


def test_word_is_given_estimates_near_the_truth(folder, pages):
    """The file itself says what Word shows until its lists are updated."""
    body = part((folder / "biasa.docx").read_bytes(), "word/document.xml")
    lines = [text(link) for link in body.iter(f"{W}hyperlink")]
    listed = [m for line in lines if (m := re.match(r"^((?:BAB|LAMPIRAN) .+) (\d+)$", line))]
    assert len(listed) == 11
    for title, page in (m.groups() for m in listed):
        sought = re.sub(r"\s+", " ", title)
        real = next(int(lines[-1]) for lines in pages["biasa"] if sought in lines)
        assert abs(real - int(page)) <= 1, title


def test_no_figure_is_torn_over_two_lines(pages):
    """A line that begins with the rest of a number: 12.500.000.00 above, 0 below."""
    torn = re.compile(r"(?:^| )\d{1,3}(?:\.\d{3})+(?:\.\d{0,2})(?= |$)")
    for name, shown in pages.items():
        assert [line for lines in shown for line in lines if torn.search(line)] == [], name


def test_chapters_are_bookmarks_of_a_tagged_pdf_and_comments_stay_in_word(folder):
    content = (folder / "biasa.pdf").read_bytes()
    titles = [bytes.fromhex(t.decode()).decode("utf-16") for t in re.findall(rb"/Title<([0-9A-F]+)>", content)]
    assert [t for t in titles if t.startswith("BAB")] == [
        "BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA", "BAB III AKUNTABILITAS KINERJA", "BAB IV PENUTUP",
    ]  # fmt: skip
    assert b"/StructTreeRoot" in content
    assert b"Mohon diisi oleh" not in content
