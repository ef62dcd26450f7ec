import io
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from pipelines.errors import ConverterError
from pipelines.stores import pdf
from pipelines.stores.page_numbers import settle_pages

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")

STAND_IN = """#!/bin/sh
# converts each file by copying it; hangs on one that says so, makes nothing of one that says so
for last; do :; done
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
mkdir -p "$out"
for file; do
  grep -q hangs "$file" && { sleep 600 & wait; }
  grep -q fails "$file" || cp "$file" "$out/$(basename "$file" .docx).pdf"
done
"""


@pytest.fixture
def libreoffice(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(STAND_IN)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return program


def words(folder, *contents):
    folder.mkdir(exist_ok=True)
    targets = []
    for n, content in enumerate(contents, 1):
        word = folder / f"draf-{n}.docx"
        word.write_text(content)
        targets.append((word, folder / f"LKjIP-{n}.pdf"))
    return targets


def test_each_document_has_its_pdf_beside_it(tmp_path, libreoffice):
    targets = words(tmp_path / "a b", "satu", "dua", "tiga")
    made, failed = pdf.convert(targets)
    assert (made, failed) == ([t for _, t in targets], [])
    assert [p.read_text() for p in made] == ["satu", "dua", "tiga"]
    assert sorted(p.name for p in (tmp_path / "a b").iterdir()) == [
        "LKjIP-1.pdf", "LKjIP-2.pdf", "LKjIP-3.pdf", "draf-1.docx", "draf-2.docx", "draf-3.docx"
    ]  # fmt: skip


def test_a_pdf_younger_than_its_document_is_left_as_it_is(tmp_path, libreoffice):
    targets = words(tmp_path, "satu")
    pdf.convert(targets)
    first = targets[0][1].stat().st_mtime_ns
    assert pdf.convert(targets)[0] == [targets[0][1]]
    assert targets[0][1].stat().st_mtime_ns == first
    targets[0][0].write_text("berubah")
    os.utime(targets[0][0], ns=(first + 1, first + 1))
    pdf.convert(targets)
    assert targets[0][1].read_text() == "berubah"


def test_one_that_fails_or_hangs_takes_no_other_with_it_and_no_word_file_is_lost(tmp_path, libreoffice, monkeypatch):
    monkeypatch.setattr(pdf, "_START_SECONDS", 0.5)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0.1)
    targets = words(tmp_path, "hangs", "dua", "tiga", "fails", "lima")
    made, failed = pdf.convert(targets)
    assert [p.name for p in failed] == ["draf-1.docx", "draf-4.docx"]
    assert [p.read_text() for p in made] == ["dua", "tiga", "lima"]
    assert all(word.exists() for word, _ in targets)


def test_where_it_is_not_installed_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "find_libreoffice", lambda: None)
    with pytest.raises(ConverterError, match="Pasang LibreOffice"):
        pdf.convert(words(tmp_path, "satu"))


def test_on_windows_it_is_found_where_its_installer_puts_it(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "_MAC", Path("nowhere"))
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert pdf.find_libreoffice() is None
    program = tmp_path / "LibreOffice" / "program"
    program.mkdir(parents=True)
    for name in ("soffice.exe", "soffice.com"):
        (program / name).touch()
    assert pdf.find_libreoffice() == program / "soffice.com"


ENTRY = (
    '<w:instrText> PAGEREF {} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>'
    '<w:t xml:space="preserve">{}</w:t></w:r>'
)
PDF = b"""<</Type/Pages
/Kids[ 5 0 R 7 0 R 9 0 R 11 0 R 13 0 R ]>>
/5FToc000001[7 0 R/XYZ 1 2 0]
/5FTab000001[9 0 R/XYZ 1 2 0]
/5FToc000002[11 0 R/XYZ 1 2 0]
/5FToc000003[13 0 R/XYZ 1 2 0]"""


def lists(*entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "".join(ENTRY.format(*entry) for entry in entries))
        archive.writestr("word/styles.xml", "gaya")
    return buffer.getvalue()


def test_lists_are_given_the_pages_that_were_laid_out_each_kind_counted_from_its_first():
    """Five pages: cover, i, ii, 1, 2; the estimates said i, i, 1, 4; what the PDF does not know stays."""
    word = lists(
        ("_Toc000001", "i"), ("_Tab000001", "i"), ("_Toc000002", "1"), ("_Toc000003", "4"), ("_Toc000009", "7")
    )
    settled = settle_pages(word, PDF)
    right = (("_Toc000001", "i"), ("_Tab000001", "ii"), ("_Toc000002", "1"), ("_Toc000003", "2"), ("_Toc000009", "7"))
    with zipfile.ZipFile(io.BytesIO(settled)) as archive:
        assert archive.read("word/document.xml").decode() == "".join(ENTRY.format(*entry) for entry in right)
        assert archive.read("word/styles.xml") == b"gaya"
    assert settle_pages(settled, PDF) is None
    assert settle_pages(word, b"%PDF without bookmarks") is None
