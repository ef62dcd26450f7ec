"""What the documents must hold, what they must not, and whose data may change them."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.model import PemdaFacts, load_facts
from pipelines.report.render import render
from schemas.period import semester_period, triwulan_period
from tests.lib.docx_text import project
from tests.lib.marts_sample import (
    DINKES,
    KECAMATAN,
    LARGE,
    ORDINARY_TEXT,
    PEMDA,
    SILENT,
    TAHUN,
    make_query,
    sample_tables,
)

SEVEN = (
    "1) Target dan realisasi", "2) Perbandingan dengan tahun lalu", "3) Perbandingan dengan target jangka menengah",
    "4) Perbandingan dengan standar nasional", "5) Penyebab keberhasilan atau kegagalan",
    "6) Efisiensi penggunaan sumber daya", "7) Program dan kegiatan penunjang",
)  # fmt: skip
UNITS = (DINKES, KECAMATAN, LARGE, SILENT)


def headings(shown, level):
    return [line.split("] ", 1)[1] for line in shown.splitlines() if line.startswith(f"[Heading{level}]")]


def every_document(facts):
    for kode in UNITS:
        yield from (chapters.compose_quarter(facts, kode, q) for q in (1, 2, 3, 4))
        yield from (chapters.compose_semester(facts, kode, s) for s in (1, 2))
        yield chapters.compose_lkjip_skpd(facts, kode)
        yield from (chapters.compose_pk(facts, kode, name) for name in chapters.documents(facts, kode))
        yield chapters.compose_discussion(facts, kode)
        yield chapters.compose_request(facts, kode, 2, date(TAHUN, 6, 15), date(TAHUN, 7, 30))
    yield chapters.compose_recap(facts, triwulan_period(TAHUN, 2))
    yield chapters.compose_recap(facts, semester_period(TAHUN, 1))
    yield chapters.compose_lkjip_kabupaten(facts)
    yield chapters.compose_pk(facts, None, "Murni")
    yield chapters.compose_checklist(facts)
    yield chapters.compose_statement(facts)
    yield chapters.compose_discussion(facts, None)


@pytest.mark.parametrize("kode", [*UNITS, None])
def test_the_lkjip_has_the_chapters_of_the_regulation(facts, kode):
    document = chapters.compose_lkjip_skpd(facts, kode) if kode else chapters.compose_lkjip_kabupaten(facts)
    shown = headings(project(render(document)), 1)
    without_figures = [title for title in shown if title != "DAFTAR GAMBAR"]
    assert without_figures[:8] == [
        "KATA PENGANTAR", "IKHTISAR EKSEKUTIF", "DAFTAR ISI", "DAFTAR TABEL", "BAB I  PENDAHULUAN",
        "BAB II  PERENCANAAN KINERJA", "BAB III  AKUNTABILITAS KINERJA", "BAB IV  PENUTUP",
    ]  # fmt: skip
    assert without_figures[8] == "LAMPIRAN 1  PERJANJIAN KINERJA"
    assert shown[-1].endswith("SUMBER DATA")


@pytest.mark.parametrize(("kode", "sasaran"), [(DINKES, 2), (KECAMATAN, 1), (LARGE, 5), (SILENT, 0), (None, 1)])
def test_every_sasaran_has_the_seven_analyses_in_their_order(facts, kode, sasaran):
    document = chapters.compose_lkjip_skpd(facts, kode) if kode else chapters.compose_lkjip_kabupaten(facts)
    shown = headings(project(render(document)), 4)
    assert len(shown) == 7 * sasaran
    for n, heading in enumerate(shown):
        assert heading.startswith(SEVEN[n % 7])


def test_the_contents_list_every_heading_and_table(facts):
    shown = project(render(chapters.compose_lkjip_skpd(facts, DINKES)))
    listed = re.findall(r"^\[TOC\d\] (.+) (\S+)$", shown, re.MULTILINE)
    assert [title for title, _ in listed] == [
        h for line in shown.splitlines() for h in re.findall(r"^\[Heading[123]\] (.+)$", line)
    ]
    assert all(re.fullmatch(r"[ivx]+|\d+", page) for _, page in listed)
    for word, least in (("Tabel", 10), ("Gambar", 3)):
        captions = re.findall(rf"^\[Caption\] {word}", shown, re.MULTILINE)
        assert len(re.findall(rf"^\[TableofFigures\] {word}", shown, re.MULTILINE)) == len(captions) >= least


def test_the_skpd_is_quoted_and_what_it_did_not_write_is_asked_for(facts):
    shown = project(render(chapters.compose_quarter(facts, DINKES, 2)))
    assert ORDINARY_TEXT in shown
    assert "Cuaca pada triwulan 2" in shown
    assert "Cuaca pada triwulan 1" not in shown
    assert "[DIISI SKPD: faktor penghambat, upaya yang telah dilakukan, dan rencana tindak lanjut]" in shown


def test_no_document_praises_or_shows_an_empty_value(facts):
    for document in every_document(facts):
        shown = project(render(document))
        assert not re.search(r"\b(luar biasa|memuaskan|berhasil dengan|prestasi|None|nan|NaT)\b", shown), document.title


def test_a_silent_skpd_is_told_plainly_and_asked(facts):
    shown = project(render(chapters.compose_quarter(facts, SILENT, 2)))
    assert "belum mengirim data Triwulan II Tahun 2025" in shown
    assert "[DIISI SKPD: PK dan realisasi kinerja]" in shown
    recap = project(render(chapters.compose_recap(facts, triwulan_period(TAHUN, 2))))
    assert "Belum mengirim: Dinas Perhubungan" in recap


def test_a_missing_realisasi_is_a_dash_in_its_row(facts):
    shown = project(render(chapters.compose_quarter(facts, DINKES, 2)))
    assert "| 2 | Nilai AKIP perangkat daerah | Nilai | 20,125 | – | – | Belum tersedia |" in shown


def test_the_rule_choices_in_use_are_printed():
    choices = replace(PEMDA, rumus_turun="turun_t_r", batas_capaian=Decimal(120), rerata_skpd="indikator")
    facts = load_facts(make_query(sample_tables()), TAHUN, choices)
    shown = project(render(chapters.compose_quarter(facts, DINKES, 2)))
    assert "T/R × 100" in shown
    assert "paling tinggi 120 persen" in shown
    assert "rata-rata capaian indikator yang terukur" in shown
    assert "Sangat Tinggi (≥ 91)" in shown


def test_the_scale_of_the_rules_is_used_where_none_is_given():
    pemda = PemdaFacts("63.99", "Kabupaten Contoh", "Contoh Kota", "Kalimantan Selatan")
    bands = load_facts(make_query(sample_tables()), TAHUN, pemda).pemda.skala
    assert [b.kategori for b in bands] == ["Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"]
    assert bands[-1].batas_bawah is None


@pytest.mark.parametrize(
    "compose",
    [
        lambda f: chapters.compose_quarter(f, DINKES, 2),
        lambda f: chapters.compose_lkjip_skpd(f, DINKES),
        lambda f: chapters.compose_pk(f, DINKES, "Murni"),
    ],
)
def test_data_of_another_skpd_leave_the_document_as_it_is(facts, compose):
    tables = sample_tables()
    for name in ("capaian_triwulan", "capaian_tahunan", "capaian_skpd", "capaian_sasaran"):
        tables[name] = [r for r in tables[name] if r["kode_skpd"] != LARGE]
    for row in tables["pengajuan"]:
        if row["kode_skpd"] != DINKES:
            row["diterima_pada"] = datetime(2026, 2, 27)
    assert render(compose(facts)) == render(compose(load_facts(make_query(tables), TAHUN, PEMDA)))


def test_later_quarters_leave_the_report_of_an_earlier_one_as_it_is(facts):
    tables = sample_tables()
    tables["pengajuan"] = [r for r in tables["pengajuan"] if r["triwulan"] <= 2]
    tables["capaian_tahunan"], tables["riwayat"] = [], []
    early = load_facts(make_query(tables), TAHUN, PEMDA)
    assert render(chapters.compose_quarter(facts, DINKES, 2)) == render(chapters.compose_quarter(early, DINKES, 2))


def test_a_changed_pk_says_so_and_shows_the_former_target_and_budget(facts):
    shown = project(render(chapters.compose_pk(facts, DINKES, "Perubahan")))
    assert "PERJANJIAN KINERJA PERUBAHAN TAHUN 2025" in shown
    assert "| Jumlah kunjungan puskesmas | 45.000 kunjungan | 48.000 kunjungan |" in shown
    assert "Semula Rp12.000.000.000" in shown
    first = project(render(chapters.compose_pk(facts, DINKES, "Murni")))
    assert "PERUBAHAN" not in first
    assert "semula" not in first.lower()


def test_an_indicator_no_longer_agreed_is_named():
    tables = sample_tables()
    tables["pk_dokumen"] = [
        r for r in tables["pk_dokumen"] if (r["dokumen_pk"], r["kode_indikator"]) != ("Perubahan", "IK-02")
    ]
    changed = load_facts(make_query(tables), TAHUN, PEMDA)
    shown = project(render(chapters.compose_pk(changed, DINKES, "Perubahan")))
    assert "Tidak lagi diperjanjikan: Prevalensi stunting." in shown


def test_empty_marts_still_give_every_document():
    tables = {"skpd": sample_tables()["skpd"]}
    facts = load_facts(make_query(tables), TAHUN, PEMDA)
    assert all(render(document) for document in every_document(facts))


def test_a_returned_workbook_is_told_apart_from_silence():
    tables = sample_tables()
    for row in tables["pengajuan"]:
        if row["kode_skpd"] == KECAMATAN and row["triwulan"] == 2:
            row["status"] = "dikembalikan"
    facts = load_facts(make_query(tables), TAHUN, PEMDA)
    shown = project(render(chapters.compose_quarter(facts, KECAMATAN, 2)))
    assert "Data Triwulan II Tahun 2025 dikembalikan untuk diperbaiki" in shown
    assert "belum mengirim" not in shown
    recap = project(render(chapters.compose_recap(facts, triwulan_period(TAHUN, 2))))
    assert "Dikembalikan untuk diperbaiki: Kecamatan Awal" in recap


def test_the_same_words_of_several_quarters_stand_once():
    tables = sample_tables()
    for row in tables["narasi"]:
        row["faktor_penghambat"] = "Sama." if row["triwulan"] != 2 else "Lain."
    shown = project(render(chapters.compose_lkjip_skpd(load_facts(make_query(tables), TAHUN, PEMDA), DINKES)))
    assert "| Faktor penghambat | TW I, III, dan IV: Sama. / TW II: Lain. |" in shown


def test_where_nothing_came_nothing_is_said_to_be_in_order(facts):
    """No finding and nothing to decide is a conclusion from data; of no data it is none."""
    bare = replace(facts, findings={}, sent={}, measures={}, sasaran={}, units={})
    report = project(render(chapters.compose_quarter(bare, DINKES, 2)))
    assert (
        "Tidak ada temuan terbuka" not in report and "Belum ada data Triwulan II Tahun 2025 yang diperiksa." in report
    )
    meeting = project(render(chapters.compose_discussion(replace(bare, skpd={}, pk={}), None)))
    assert "tidak menunjukkan hal yang perlu diputuskan" not in meeting


@pytest.mark.parametrize("blank", [(), ("Anggaran",), ("PK", "IKU", "Anggaran")])
def test_a_letter_asks_for_the_lines_of_a_sheet_that_goes_out_empty(facts, blank):
    days = date(TAHUN, 6, 15), date(TAHUN, 7, 30)
    shown = project(render(chapters.compose_request(facts, DINKES, 2, *days, blank)))
    for sheet in ("PK", "IKU", "Anggaran"):
        told = next((line for line in shown.splitlines() if f"lembar {sheet}:" in line), "")
        assert ("barisnya kosong: isi" in told) is (sheet in blank)
    assert "lembar Pengesahan: isi nama, NIP, jabatan, dan tanggal pengisi, pemverifikasi, dan pengesah." in shown
