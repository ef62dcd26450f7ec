"""Where documents go and what they are called, PDF among them; what the office's own template must have."""

from pathlib import Path

import pytest

from pipelines.errors import ConverterError, FileLockedError, WorkspaceError
from pipelines.report.render import default_template
from pipelines.settings import Pemda, Settings
from pipelines.steps import report
from pipelines.steps.filing import open_filing
from pipelines.steps.report import copy_template, pdf_name, read_template
from pipelines.stores.documents import Documents
from tests.unit.report.test_render import edited


@pytest.fixture
def settings(tmp_path):
    return Settings(
        root=tmp_path, pemda=Pemda(kode="63.11", nama="Kabupaten Contoh", ibu_kota="Contoh", provinsi="Contoh")
    )


@pytest.mark.parametrize(
    ("path", "title", "name"),
    [
        (
            "lkjip/1.02/draf-12.docx",
            "LKjIP Tahun 2025 – Dinas Kesehatan",
            "LKjIP-Tahun-2025-Dinas-Kesehatan-draf-12.pdf",
        ),
        ("tw2/laporan-1.02.docx", "Laporan: «A/B» & Co.", "Laporan-A-B-Co.pdf"),
        ("pk/pk-1.docx", "PK " + "sangat panjang " * 40, "PK-" + "sangat-panjang-" * 7 + "sangat-panja.pdf"),
    ],
)
def test_a_pdf_is_named_by_kind_year_unit_and_draft(path, title, name):
    assert pdf_name(Path(path), title) == name


def test_the_office_gets_a_copy_of_the_template_once_and_keeps_its_own(settings):
    assert read_template(settings) is None
    assert copy_template(settings).state == "created"
    assert read_template(settings) == default_template()
    settings.template.write_bytes(b"milik kantor")
    assert copy_template(settings).state == "unchanged"
    assert settings.template.read_bytes() == b"milik kantor"


def test_all_styles_a_template_lacks_are_named_at_once(settings):
    copy_template(settings)
    poorer = default_template()
    for name in ("Tabel Angka", "Isian SKPD"):
        poorer = edited(poorer, "word/styles.xml", f'<w:name w:val="{name}"/>', '<w:name w:val="Lain"/>')
    settings.template.write_bytes(poorer)
    with pytest.raises(WorkspaceError, match="tidak memiliki 2 gaya: Tabel Angka, Isian SKPD"):
        read_template(settings)


def test_what_is_no_word_document_is_no_template(settings):
    settings.template.parent.mkdir()
    settings.template.write_bytes(b"PK tetapi bukan zip")
    with pytest.raises(WorkspaceError, match="bukan dokumen Word"):
        read_template(settings)


@pytest.fixture
def made(settings, monkeypatch):
    """Write one report with its PDF by a converter that copies; gives the outcome and what was converted."""
    converted = []

    def convert(words):
        converted.extend(word.name for word in words)
        return {word: b"PDF " + word.read_bytes() for word in words}

    monkeypatch.setattr(report, "convert", convert)

    def make(content):
        converted.clear()
        filing = open_filing(settings, 2025)
        word = filing.write(filing.folder / "tw2/laporan-dinkes.docx", content)
        report._convert(filing, [word.path], ["Laporan Dinkes"])
        return filing.close("Menyusun"), list(converted)

    return make


def test_a_pdf_is_made_again_only_where_its_word_file_has_changed(settings, made):
    pdf = settings.reports(2025) / "tw2/Laporan-Dinkes.pdf"
    outcome, converted = made(b"a")
    assert (converted, outcome.made[-1], pdf.read_bytes()) == (["laporan-dinkes.docx"], pdf, b"PDF a")
    outcome, converted = made(b"a")
    assert (converted, outcome.made[-1], outcome.counts["dokumen tetap"]) == ([], pdf, 2)
    assert made(b"b")[1] and pdf.read_bytes() == b"PDF b"


def test_a_signed_pdf_stays_and_the_one_of_a_corrected_report_stands_beside_it(settings, made):
    pdf = settings.reports(2025) / "tw2/Laporan-Dinkes.pdf"
    made(b"a")
    pdf.write_bytes(b"PDF a, signed")
    assert made(b"a")[1] == []
    outcome, _ = made(b"b")
    assert (pdf.read_bytes(), pdf.with_stem("Laporan-Dinkes-2").read_bytes()) == (b"PDF a, signed", b"PDF b")
    assert outcome.told == ("tw2/Laporan-Dinkes.pdf bukan lagi yang ditulis program, jadi dibiarkan; versi barunya Laporan-Dinkes-2.pdf.",)  # fmt: skip


def test_a_pdf_that_is_open_elsewhere_stays_and_its_document_is_named(settings, made, monkeypatch):
    made(b"a")
    real = Documents.write

    def locked(self, path, content, isi=None):
        if path.suffix == ".pdf":
            raise FileLockedError("in use")
        return real(self, path, content, isi)

    monkeypatch.setattr(Documents, "write", locked)
    with pytest.raises(ConverterError, match=r"1 dari 1 .*tw2/laporan-dinkes\.docx"):
        made(b"b")
    assert (settings.reports(2025) / "tw2/Laporan-Dinkes.pdf").read_bytes() == b"PDF a"
