"""Why a quarter lacks an SKPD: what was never sent, cannot be used or was withdrawn is told apart in every document."""

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from pipelines.collect.register import write_inventory
from pipelines.numerals import format_date
from pipelines.report import chapters
from pipelines.report.chapters.proofs import PROOFS
from pipelines.report.chapters.returning import Returned
from pipelines.report.facets import IN_USE
from pipelines.report.office_rows import Withheld
from pipelines.report.render import render
from pipelines.report.rows import FindingRow
from schemas.finding import Place, make_finding
from schemas.period import semester_period, triwulan_period
from schemas.register import BELUM, TAK_TERPAKAI, RegisterPage, RegisterRow
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, KECAMATAN, LARGE, SILENT, TAHUN

UNUSABLE = FindingRow(KECAMATAN, 2, "error", "REG-036", None, None, None, "belum dapat dipakai", "Selesaikan.")


@pytest.fixture(scope="module")
def silent(facts):
    """SILENT sent nothing, KECAMATAN what cannot be used, LARGE's was withdrawn; of the second quarter."""
    sent = {kode: tuple(s for s in rows if s.triwulan != 2 or kode == DINKES) for kode, rows in facts.sent.items()}
    gone = next(s for s in facts.sent[LARGE] if s.triwulan == 2)
    sent[LARGE] = (*sent[LARGE], replace(gone, status="ditarik"))
    return replace(facts, sent=sent, findings={**facts.findings, KECAMATAN: (UNUSABLE,)})


@pytest.mark.parametrize("periode", [triwulan_period(TAHUN, 2), semester_period(TAHUN, 1)])
def test_the_recap_has_three_groups(silent, periode):
    shown = project(render(chapters.compose_recap(silent, periode)))
    assert "Triwulan II. Data 1 dari 4 SKPD dipakai." in shown
    assert "[ListBullet] Belum mengirim: Dinas Perhubungan" in shown
    assert "[ListBullet] Berkasnya belum dapat dipakai: Kecamatan Awal" in shown
    assert "[ListBullet] Datanya ditarik dan belum ada gantinya: Dinas Pemberdayaan" in shown
    assert "Belum mengirim: Kecamatan" not in shown and "Belum mengirim: Dinas Pemberdayaan" not in shown


@pytest.fixture(scope="module")
def idle(facts):
    """Of the second quarter of DINKES not one figure counts: what came stands in columns that count nowhere."""
    quarter = str(triwulan_period(TAHUN, 2))
    unread = tuple(replace(m, realisasi=None, realisasi_teks=None) for m in facts.measures[DINKES, quarter])
    told = FindingRow(DINKES, 2, "warning", "COC-013", "Kinerja", "E5", None, "Belum dihitung.", "Tulis.")
    totals = {key: total for key, total in facts.totals.items() if key != (DINKES, quarter)}
    return replace(
        facts,
        measures={**facts.measures, (DINKES, quarter): unread},
        totals=totals,
        findings={**facts.findings, DINKES: (told,)},
    )


def test_what_came_and_cannot_be_used_is_not_counted_as_used(facts, idle):
    name, quarter = facts.skpd[DINKES].nama_skpd, triwulan_period(TAHUN, 2)
    shown = {key: project(render(chapters.compose_recap(f, quarter))) for key, f in (("all", facts), ("idle", idle))}
    counts = {key: int(text.partition("Triwulan II. Data ")[2].split()[0]) for key, text in shown.items()}
    assert counts["idle"] == counts["all"] - 1
    assert f"[ListBullet] Isinya belum dapat dipakai: {name}" in shown["idle"]
    used = {key: text.partition("Data yang dipakai untuk")[2] for key, text in shown.items()}
    assert name in used["all"] and name not in used["idle"]
    report = project(render(chapters.compose_quarter(idle, DINKES, 2)))
    assert f"Data Triwulan II Tahun {TAHUN} dari {name} diterima, tetapi isinya belum dapat dipakai." in report
    assert f"| {name} | Isi data TW II belum dapat dipakai |" in project(
        render(chapters.compose_discussion(idle, None))
    )


def test_the_checklist_names_who_sent_what_cannot_be_used(facts, idle):
    proof = PROOFS["data_memadai"](idle)
    assert not proof.holds and facts.skpd[DINKES].nama_skpd in proof.figures
    registered = [int(PROOFS["penyampaian"](f).figures.split("; ")[1].split()[0]) for f in (facts, idle)]
    assert registered[1] == registered[0] - 1


def test_the_list_of_what_was_used_names_as_many_as_the_checklist(facts, idle):
    """The yearly report of the kabupaten lists every workbook that was used, and its checklist counts them."""
    for said in (facts, idle):
        shown = project(render(chapters.compose_lkjip_kabupaten(said)))
        listed = shown.rpartition(f"Buku kerja SKPD yang dipakai Tahun {TAHUN}")[2].partition("Berkas acuan")[0]
        rows = [line for line in listed.splitlines() if re.match(r"\| \d+ \|", line)]
        assert len(rows) == int(PROOFS["penyampaian"](said).figures.split("; ")[1].split()[0])


def test_what_was_returned_whole_is_told_as_that_and_not_counted(idle):
    held = FindingRow(DINKES, 2, "error", "CAP-001", "Realisasi", "A5", None, "kode", "Perbaiki.", row_id="r")
    back = tuple(replace(s, status="dikembalikan") if s.triwulan == 2 else s for s in idle.sent[DINKES])
    returned = replace(idle, findings={**idle.findings, DINKES: (held,)}, sent={**idle.sent, DINKES: back})
    shown = project(render(chapters.compose_recap(returned, triwulan_period(TAHUN, 2))))
    assert "Dikembalikan untuk diperbaiki" in shown and "Isinya belum dapat dipakai" not in shown
    own = project(render(chapters.compose_quarter(returned, DINKES, 2)))
    assert "dikembalikan untuk diperbaiki; baris yang ditahan tidak dihitung." in own


def test_the_meeting_is_told_the_same(silent):
    shown = project(render(chapters.compose_discussion(silent, None)))
    assert "| Kecamatan Awal | Berkas TW II belum dapat dipakai |" in shown
    assert "Keluarga Berencana | Data TW II ditarik dan belum ada gantinya |" in shown
    assert "| Dinas Perhubungan | Belum mengirim data TW I, II, III, dan IV |" in shown


@pytest.mark.parametrize(("kode", "said"), [(KECAMATAN, "berkas data"), (LARGE, "ditarik"), (SILENT, "belum mengirim")])
def test_so_is_the_skpd_itself(silent, kode, said):
    shown = project(render(chapters.compose_quarter(silent, kode, 2)))
    assert said in shown.replace("Berkas data", "berkas data")


@pytest.mark.parametrize(("status", "timing"), [(BELUM, "Belum diterima"), (TAK_TERPAKAI, "–")])
def test_only_what_did_not_come_is_not_received(status, timing):
    day = date(TAHUN, 6, 15)
    page = RegisterPage((RegisterRow(DINKES, "Dinas Kesehatan", 2, status, day),), day, day)
    content = write_inventory(triwulan_period(TAHUN, 2), "Bagian Organisasi", page)
    heads, row = list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))[3:5]
    cells = dict(zip(heads, row, strict=True))
    assert (cells["Ketepatan"], cells["Status"]) == (timing, status)


def test_what_a_returned_workbook_is_counted_with_is_said_only_where_one_was_returned(silent):
    """LARGE's second quarter was withdrawn; the first of DINKES goes back."""
    periode, said = semester_period(TAHUN, 1), "Isi buku kerja yang dikembalikan tetap dihitung."
    assert said not in project(render(chapters.compose_recap(silent, periode)))
    back = tuple(replace(s, status="dikembalikan") if s.triwulan == 1 else s for s in silent.sent[DINKES])
    returned = replace(silent, sent={**silent.sent, DINKES: back})
    assert said in project(render(chapters.compose_recap(returned, periode)))
    assert said not in project(render(chapters.compose_recap(returned, triwulan_period(TAHUN, 2))))


@pytest.mark.parametrize(
    ("sebab", "kode", "sentence", "cell"),
    [
        ("tergabung", "BCA-044", "selnya tergabung dengan sel lain", "Selnya tergabung dengan sel lain"),
        ("ditahan", "CAP-001", "barisnya ditahan", "Barisnya ditahan"),
        ("belum_dihitung", "COC-013", "isiannya belum dapat dipakai", "Isiannya belum dapat dipakai"),
    ],
)
def test_a_realisasi_that_came_is_not_called_missing(facts, sebab, kode, sentence, cell):
    """DINKES has no realisasi of one indicator; its row came and gives none."""
    indicator = next(m.kode_indikator for m in facts.measures[DINKES, str(triwulan_period(TAHUN, 2))] if not m.terukur)
    told = {(DINKES, indicator): (Withheld(DINKES, indicator, 2, sebab, kode),)}
    came = replace(facts, withheld=told)
    shown = project(render(chapters.compose_quarter(came, DINKES, 2)))
    assert f"belum dapat diukur karena {sentence} (lihat temuan {kode})." in shown
    assert f"| {cell} / (lihat temuan {kode}) |" in shown and "realisasinya belum tersedia" not in shown
    half = project(render(chapters.compose_semester(came, DINKES, 1)))
    assert f"karena {sentence} (lihat temuan {kode} pada TW II)." in half
    assert "karena realisasinya belum tersedia" in project(render(chapters.compose_quarter(came, DINKES, 1)))


def test_a_returned_workbook_of_which_rows_are_held_back_is_not_used_whole(facts):
    back = tuple(replace(s, status="dikembalikan") if s.triwulan == 2 else s for s in facts.sent[KECAMATAN])
    held = FindingRow(KECAMATAN, 2, "error", "CAP-001", "Realisasi", "A5", None, "kode", "Perbaiki.", row_id="r")
    returned = replace(facts, sent={**facts.sent, KECAMATAN: back})
    whole = project(render(chapters.compose_recap(returned, triwulan_period(TAHUN, 2))))
    assert "[ListBullet] Dikembalikan untuk diperbaiki: Kecamatan Awal\n" in whole
    partly = replace(returned, findings={**facts.findings, KECAMATAN: (held,)})
    shown = project(render(chapters.compose_recap(partly, triwulan_period(TAHUN, 2))))
    assert "Dikembalikan untuk diperbaiki: Kecamatan Awal, baris yang ditahan tidak dipakai" in shown
    assert "Dari buku kerja yang dikembalikan, baris yang ditahan tidak dipakai, yang lain tetap dihitung." in shown


@pytest.mark.parametrize("lembar", ["Pengesahan", "Identitas"])
def test_a_signature_that_is_missing_takes_no_row_out_of_the_count(facts, lembar):
    """The line of signatures is held back, and every figure of the workbook counts."""
    unsigned = FindingRow(KECAMATAN, 2, "error", "SAH-001", lembar, "B7", None, "belum", "Lengkapi.", row_id="r")
    back = tuple(replace(s, status="dikembalikan") if s.triwulan == 2 else s for s in facts.sent[KECAMATAN])
    findings = {**facts.findings, KECAMATAN: (unsigned,)}
    returned = replace(facts, sent={**facts.sent, KECAMATAN: back}, findings=findings)
    own = project(render(chapters.compose_quarter(returned, KECAMATAN, 2)))
    assert "dikembalikan untuk diperbaiki; datanya tetap dihitung." in own
    shown = project(render(chapters.compose_recap(returned, triwulan_period(TAHUN, 2))))
    assert "[ListBullet] Dikembalikan untuk diperbaiki: Kecamatan Awal\n" in shown
    assert "baris yang ditahan tidak dipakai" not in shown
    finding = make_finding("SAH-001", Place(TAHUN, 2, KECAMATAN, None, lembar, "B7", "p", "p!R7"), kurang="Diisi")
    letter = Returned(KECAMATAN, 2, 1, "a.xlsx", datetime(TAHUN, 6, 10, 9), (finding,), in_cells=True, sheets=())
    said = project(render(chapters.compose_return(facts, letter, 7)))
    assert "data tetap dihitung dalam laporan seperti tertulis" in said
    assert "Pengesahan ditandatangani" not in said, "a form of the SKPD's own has no such sheet"
    held = replace(letter, findings=(replace(finding, lembar="Realisasi"),), sheets=("Realisasi", "Pengesahan"))
    again = project(render(chapters.compose_return(facts, held, 7)))
    assert "baris yang ditahan tidak ikut dihitung" in again
    assert "lembar Pengesahan ditandatangani kembali setelah isian diperbaiki." in again


def test_the_checklist_does_not_count_a_quarter_for_the_year(facts, silent):
    """In `silent` two SKPD that sent other quarters have no second one; in `facts` who sent, sent all."""
    said = "SKPD telah mengirim buku kerja, sekurangnya untuk satu triwulan"
    assert said in project(render(chapters.compose_checklist(silent)))
    assert said not in project(render(chapters.compose_checklist(facts)))


def test_a_quarter_of_which_nothing_came_does_not_rest_on_the_one_before(silent):
    """LARGE sent the first quarter; the second was withdrawn."""
    shown = project(render(chapters.compose_quarter(silent, LARGE, 2)))
    first = next(s for s in silent.sent[LARGE] if s.triwulan == 1)
    told = f"data terakhir, Triwulan I, diterima pada {format_date(first.diterima_pada.date())}."
    assert f"disusun tanpa data Triwulan II Tahun {TAHUN}; {told}" in shown
    assert "data yang diterima sampai dengan" not in shown
    half = project(render(chapters.compose_semester(silent, LARGE, 1)))
    assert "disusun dari data yang diterima sampai dengan" in half


def test_a_quarter_before_that_was_mended_later_does_not_date_the_data_of_the_quarter(facts):
    later = datetime(TAHUN + 1, 11, 30, 9)
    sent = tuple(replace(s, diterima_pada=later) if s.triwulan == 1 else s for s in facts.sent[DINKES])
    mended = replace(facts, sent={**facts.sent, DINKES: sent})
    own = next(format_date(s.diterima_pada.date()) for s in sent if s.triwulan == 2)
    told = f"dari data Triwulan II Tahun {TAHUN} yang diterima sampai dengan {own} dan data triwulan sebelumnya"
    assert f"{told} sampai dengan 30 November {TAHUN + 1}." in project(
        render(chapters.compose_quarter(mended, DINKES, 2))
    )
    first = project(render(chapters.compose_quarter(mended, DINKES, 1)))
    assert f"dari data yang diterima sampai dengan 30 November {TAHUN + 1}." in first


def test_the_checklist_counts_the_workbooks_in_use_and_says_so(silent):
    """Of LARGE one workbook was withdrawn: it was registered and is none of those counted."""
    shown = project(render(chapters.compose_checklist(silent)))
    used = sum(s.status in IN_USE for rows in silent.sent.values() for s in rows)
    assert f"{used} buku kerja yang dipakai tercatat beserta waktu terima dan sidik isinya" in shown
