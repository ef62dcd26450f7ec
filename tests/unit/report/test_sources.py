"""The Lampiran of sources of the kabupaten names every reference file that was read, also one that gives no figure."""

from pipelines.report import chapters
from pipelines.report.model import load_facts
from pipelines.report.render import render
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, PEMDA, TAHUN, make_query, sample_tables

SHEETS = {
    "buku-besar-bkd": ("BKD",),
    "naskah-laporan": ("Naskah", "Tindak Lanjut"),
    "register-skpd": ("SKPD",),
    "riwayat": ("Riwayat",),
}


def sheet(name, lembar, tahun=TAHUN):
    return {
        "pengajuan_id": f"acuan-{tahun}-{name}", "tahun": tahun, "berkas": f"acuan/{name}.xlsx", "sha256": "a" * 64,
        "lembar": lembar,
    }  # fmt: skip


def test_every_reference_file_of_the_year_is_listed_with_its_sheets():
    tables = sample_tables()
    tables["acuan_lembar"] = [sheet(name, lembar) for name, sheets in SHEETS.items() for lembar in sheets]
    tables["acuan_lembar"].append(sheet("riwayat-lama", "Riwayat", TAHUN - 1))
    facts = load_facts(make_query(tables), TAHUN, PEMDA)
    shown = project(render(chapters.compose_lkjip_kabupaten(facts)))
    listed = shown.split(f"Berkas acuan yang dipakai Tahun {TAHUN}")[-1]
    for name, sheets in SHEETS.items():
        assert all(f"| acuan/{name}.xlsx | {lembar} | {'a' * 12} |" in listed for lembar in sheets), name
    assert "riwayat-lama" not in shown
    assert "acuan/" not in project(render(chapters.compose_lkjip_skpd(facts, DINKES)))
