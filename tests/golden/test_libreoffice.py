"""The documents open in LibreOffice: every page kind becomes a PDF with the pages it should have."""

import re
import shutil
import subprocess

import pytest

from pipelines.report import chapters
from pipelines.report.model import load_facts
from pipelines.report.render import render
from tests.lib.marts_sample import DINKES, LARGE, PEMDA, TAHUN, make_query, sample_tables

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SOFFICE and PDFTOTEXT), reason="LibreOffice (soffice) or pdftotext is not installed here"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The text of each page of the LKjIP of an ordinary and of a large SKPD."""
    folder = tmp_path_factory.mktemp("libreoffice")
    facts = load_facts(make_query(sample_tables()), TAHUN, PEMDA)
    for name, kode in (("biasa", DINKES), ("besar", LARGE)):
        (folder / f"{name}.docx").write_bytes(render(chapters.compose_lkjip_skpd(facts, kode)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(str(p) for p in folder.glob("*.docx"))
    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: read_pages(folder / f"{name}.pdf") for name in ("biasa", "besar")}


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
        assert [line for line in last if heading.match(line)] == [], name


def test_the_contents_name_the_right_page_or_its_neighbour(pages):
    """Pages are estimated until Word updates the list; an estimate that drifts is of no use to a reader."""
    listed = [
        m
        for lines in pages["biasa"]
        for line in lines
        if (m := re.match(r"^(BAB .+?|LAMPIRAN .+?)\s?\.{4,}\s*(\d+)$", line))
    ]
    assert len(listed) == 9
    for title, page in (m.groups() for m in listed):
        real = next(int(lines[-1]) for lines in pages["biasa"] if title in lines)
        assert abs(real - int(page)) <= 1, title
