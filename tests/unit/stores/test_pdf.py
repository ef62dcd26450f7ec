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
    made = []
    for n, content in enumerate(contents, 1):
        made.append(folder / f"draf-{n}.docx")
        made[-1].write_text(content)
    return made


def test_each_document_is_converted_and_its_folder_left_as_it_is(tmp_path, libreoffice):
    documents = words(tmp_path / "a b", "satu", "dua", "tiga")
    assert pdf.convert(documents) == dict(zip(documents, (b"satu", b"dua", b"tiga"), strict=True))
    assert sorted((tmp_path / "a b").iterdir()) == documents


def test_a_document_dated_in_the_future_is_converted_all_the_same(tmp_path, libreoffice):
    (word,) = words(tmp_path, "satu")
    os.utime(word, ns=(1 << 62, 1 << 62))
    assert pdf.convert([word]) == {word: b"satu"}


def test_one_that_fails_or_hangs_takes_no_other_with_it_and_no_word_file_is_lost(tmp_path, libreoffice, monkeypatch):
    monkeypatch.setattr(pdf, "_START_SECONDS", 0.5)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0.1)
    documents = words(tmp_path, "hangs", "dua", "tiga", "fails", "lima")
    made = pdf.convert(documents)
    assert {word.name: content for word, content in made.items()} == {
        "draf-2.docx": b"dua", "draf-3.docx": b"tiga", "draf-5.docx": b"lima"
    }  # fmt: skip
    assert all(word.exists() for word in documents)


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
