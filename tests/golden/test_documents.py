"""Documents against stored readable projections. To write them anew after an intended change: CAPAIAN_GOLDEN=tulis."""

import os
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.report import chapters
from pipelines.report.chapters.returning import Returned
from pipelines.report.model import load_facts
from pipelines.report.render import render
from schemas.finding import Place, make_finding
from schemas.period import triwulan_period
from schemas.reconciliation import Celah, Compared, Gap
from schemas.vocabulary import Besaran, Pihak, Selisih
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, KECAMATAN, PEMDA, SILENT, TAHUN, make_query, sample_tables

STORED = Path(__file__).parent / "documents"
DOCUMENTS = {
    "berita-acara-rekonsiliasi": lambda f: chapters.compose_minutes(f, DINKES, 2, COMPARED, (NO_PLAN,)),
    "berita-acara-tanpa-selisih": lambda f: chapters.compose_minutes(f, DINKES, 2, EQUAL, (NO_TARGETS,)),
    "laporan-triwulan": lambda f: chapters.compose_quarter(f, DINKES, 2),
    "laporan-triwulan-tanpa-data": lambda f: chapters.compose_quarter(f, SILENT, 2),
    "laporan-semester": lambda f: chapters.compose_semester(f, DINKES, 1),
    "rekap-triwulan": lambda f: chapters.compose_recap(f, triwulan_period(TAHUN, 2)),
    "lkjip-skpd": lambda f: chapters.compose_lkjip_skpd(f, DINKES),
    "lkjip-skpd-satu-indikator": lambda f: chapters.compose_lkjip_skpd(f, KECAMATAN),
    "lkjip-kabupaten": chapters.compose_lkjip_kabupaten,
    "pk-skpd": lambda f: chapters.compose_pk(f, DINKES, "Murni"),
    "pk-perubahan-skpd": lambda f: chapters.compose_pk(f, DINKES, "Perubahan"),
    "pk-kabupaten": lambda f: chapters.compose_pk(f, None, "Murni"),
    "surat-pengembalian": lambda f: chapters.compose_return(f, RETURNED, 7),
    "surat-permintaan-penjelasan": lambda f: chapters.compose_return(f, ASKED, 7),
    "checklist-reviu": chapters.compose_checklist,
    "pernyataan-telah-direviu": chapters.compose_statement,
    "berita-acara-pembahasan-skpd": lambda f: chapters.compose_discussion(f, DINKES),
    "berita-acara-pembahasan-kabupaten": lambda f: chapters.compose_discussion(f, None),
    "surat-permintaan": lambda f: chapters.compose_request(f, DINKES, 2, date(TAHUN, 6, 15), date(TAHUN, 7, 30)),
}

RETURNED = Returned(
    DINKES,
    2,
    1,
    "tw2/Dinkes TW II.xlsx",
    datetime(TAHUN, 6, 10, 9),
    (
        make_finding(
            "BCA-003", Place(TAHUN, 2, DINKES, None, "Realisasi", "E7", "p", "p!R7"), "95%", kolom="Realisasi TW"
        ),
        make_finding("REG-004", Place(TAHUN, 2, DINKES), "Triwulan II", isi="Triwulan II", folder="tw1"),
        make_finding("BCA-003", Place(TAHUN, 2, DINKES, None, "Anggaran", "E31"), None, kolom="Pagu"),
    ),
    True,
    ("Identitas", "Realisasi", "Anggaran", "Pengesahan"),
)


ASKED = replace(
    RETURNED,
    findings=(make_finding("CAP-003", Place(TAHUN, 2, DINKES, None, "Realisasi", "E8"), kode_indikator="IK-02"),),
)


def compared(kode, ours, theirs, jenis, *, besaran=Besaran.REALISASI, pihak=Pihak.BKD, penjelasan=None):
    ours, theirs = (None if value is None else Decimal(value) for value in (ours, theirs))
    selisih = None if ours is None or theirs is None else ours - theirs
    return Compared(
        DINKES, TAHUN, 2, kode, "Pelayanan", besaran, pihak, ours, theirs, selisih, jenis, penjelasan
    )  # fmt: skip


COMPARED = (
    compared("1.02.02.2.01.0001", "1000000", "1000000", Selisih.SAMA),
    compared("1.02.02.2.01.0002", "2500000.50", "2000000", Selisih.BELUM_TERJELASKAN),
    compared("1.02.02.2.01.0003", None, "300", Selisih.HILANG_SKPD),
    compared("1.02.02.2.01.0004", "5", "7", Selisih.DITAHAN),
    compared(
        "IK-01", "95.5", "96", Selisih.VERSI, besaran=Besaran.TARGET, pihak=Pihak.RENCANA,
        penjelasan="angka SKPD sama dengan Rencana Bappeda Murni",
    ),
)  # fmt: skip
EQUAL = (
    COMPARED[0],
    compared("1.02.02.2.01.0001", "1500000", "1500000", Selisih.SAMA, besaran=Besaran.PAGU, pihak=Pihak.RENCANA),
)
NO_PLAN = Gap(DINKES, TAHUN, 2, Besaran.PAGU, Pihak.RENCANA, Celah.TANPA_SKPD)
NO_TARGETS = Gap(DINKES, TAHUN, 2, Besaran.TARGET, Pihak.RENCANA, Celah.SKPD_TANPA_ISI)


@pytest.fixture(scope="module")
def facts():
    return load_facts(make_query(sample_tables()), TAHUN, PEMDA)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_reads_as_stored(facts, name):
    shown = project(render(DOCUMENTS[name](facts)))
    stored = STORED / f"{name}.txt"
    if os.environ.get("CAPAIAN_GOLDEN") == "tulis":
        STORED.mkdir(exist_ok=True)
        stored.write_text(shown, "utf-8")
    assert shown == stored.read_text("utf-8")
