"""Where documents go and what they are called; what the office's own template must have."""

from pathlib import Path

import pytest

from pipelines.errors import WorkspaceError
from pipelines.report.render import default_template
from pipelines.settings import Pemda, Settings
from pipelines.steps.report import copy_template, pdf_name, read_template
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
