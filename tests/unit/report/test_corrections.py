"""Every document whose figures rest on a correction names it, whichever quarter the correction is of."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.corrected import corrected_among
from pipelines.report.model import load_facts
from pipelines.report.render import render
from schemas.period import semester_period, triwulan_period
from schemas.reconciliation import Compared
from schemas.vocabulary import Besaran, Pihak, Selisih
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, KECAMATAN, PEMDA, TAHUN, make_query, sample_tables

LEDGER = f"acuan-{TAHUN}-koreksi"
BUDGET = "1.02.02.2.01.0001"
FIRST = f"dinkes-{TAHUN}-tw1-v1"


def correct(tables, row, triwulan, lembar, kode, kolom, sel):
    """A correction of a cell of the Dinkes, as it is kept."""
    tables["koreksi"].append({
        "koreksi_id": f"{LEDGER}!Koreksi!R{row}", "acuan_id": LEDGER, "sel_koreksi": f"G{row}",
        "kode_skpd": DINKES, "tahun": TAHUN, "triwulan": triwulan, "pengajuan_id": f"dinkes-{TAHUN}-tw{triwulan}-v1",
        "row_id": f"dinkes-{TAHUN}-tw{triwulan}-v1!{lembar}!R{sel[1:]}", "lembar": lembar, "kode": kode,
        "kolom": kolom, "sel": sel, "nilai_lama": "20", "nilai_baru": "25", "alasan": f"Salah ketik {row}",
        "dasar": "Berita acara", "tanggal": date(2026, 1, 12), "peran": "Analis",
    })  # fmt: skip


def rest(tables, tabel, kunci, pengajuan_id, lembar, sel):
    """A figure that comes from a cell."""
    tables["asal"].append({
        "tabel": tabel, "kunci": kunci, "kolom": "realisasi", "pengajuan_id": pengajuan_id, "berkas": "x",
        "sha256": "f" * 64, "lembar": lembar, "sel": sel,
    })  # fmt: skip


@pytest.fixture(scope="module")
def facts():
    """TW I: a running realisasi (4), the way a row of PK is put together (5), a budget (6) and a text (7)."""
    tables = sample_tables()
    correct(tables, 4, 1, "Realisasi", "IK-01", "Realisasi TW", "E5")
    correct(tables, 5, 1, "PK", "IK-02", "Konsolidasi", "H6")
    correct(tables, 6, 1, "Anggaran", BUDGET, "Realisasi s.d. TW", "F9")
    correct(tables, 7, 1, "Realisasi", "IK-01", "Upaya", "K5")
    for periode, nomor in (("triwulan", 1), ("triwulan", 2), ("semester", 1), ("semester", 2)):
        rest(tables, f"capaian_{periode}", f"{DINKES}|IK-01|{TAHUN}|{nomor}", LEDGER, "Koreksi", "G4")
        rest(tables, f"capaian_{periode}", f"{DINKES}|IK-01|{TAHUN}|{nomor}", FIRST, "Realisasi", "E5")
    rest(tables, "capaian_triwulan", f"{DINKES}|IK-02|{TAHUN}|3", FIRST, "PK", "L6")
    rest(tables, "serapan", f"{TAHUN}-TW1|{DINKES}|{BUDGET}", LEDGER, "Koreksi", "G6")
    rest(tables, "capaian_indikator_kabupaten", f"IKU-01|{TAHUN}-TW4", LEDGER, "Koreksi", "G4")
    return load_facts(make_query(tables), TAHUN, PEMDA)


def named(document):
    """The rows of the ledger a document names."""
    shown = project(render(document))
    return {row for row in (4, 5, 6, 7) if f"Salah ketik {row}" in shown}


@pytest.mark.parametrize(("triwulan", "rows"), [(1, {4, 5, 6, 7}), (2, {4}), (3, {5}), (4, {4})])
def test_a_quarter_names_its_own_and_those_of_earlier_ones_its_figures_rest_on(facts, triwulan, rows):
    assert named(chapters.compose_quarter(facts, DINKES, triwulan)) == rows
    assert named(chapters.compose_recap(facts, triwulan_period(TAHUN, triwulan))) == rows


@pytest.mark.parametrize(("semester", "rows"), [(1, {4, 5, 6, 7}), (2, {4, 5})])
def test_a_semester_names_those_of_the_quarters_it_shows(facts, semester, rows):
    assert named(chapters.compose_semester(facts, DINKES, semester)) == rows
    assert named(chapters.compose_recap(facts, semester_period(TAHUN, semester))) == rows


def test_the_year_names_all_of_them_and_the_minutes_of_its_meeting_say_how_many(facts):
    for compose in (lambda f: chapters.compose_lkjip_skpd(f, DINKES), chapters.compose_lkjip_kabupaten):
        assert named(compose(facts)) == {4, 5, 6, 7}
    for unit in (DINKES, None):
        assert "| Koreksi yang diterapkan penyusun | 4 nilai;" in project(
            render(chapters.compose_discussion(facts, unit))
        )


def test_one_of_an_earlier_quarter_is_said_to_be_there_because_of_the_figures(facts):
    said = "Koreksi atas triwulan sebelumnya tercantum karena angka Triwulan II Tahun 2025 ikut bertumpu padanya."
    assert said in project(render(chapters.compose_quarter(facts, DINKES, 2)))
    assert "Koreksi atas triwulan sebelumnya" not in project(render(chapters.compose_quarter(facts, DINKES, 1)))


def test_no_other_skpd_names_it(facts):
    assert not named(chapters.compose_quarter(facts, KECAMATAN, 1))
    assert not named(chapters.compose_lkjip_skpd(facts, KECAMATAN))


def compared(triwulan):
    figure = Decimal(25)
    return [
        Compared(DINKES, TAHUN, triwulan, BUDGET, "Sub", Besaran.REALISASI, Pihak.BKD, figure, figure, Decimal(0),
                 Selisih.SAMA),
    ]  # fmt: skip


def test_the_parties_of_a_reconciliation_are_told_which_figures_are_not_those_of_the_workbook(facts):
    assert named(chapters.compose_minutes(facts, DINKES, 1, compared(1), ())) == {6}
    assert not named(chapters.compose_minutes(facts, DINKES, 2, compared(2), ()))


@pytest.fixture(scope="module")
def later():
    """Of the year before: a correction the figures of that year rest on (8), and one they do not (9)."""
    tables, ledger = sample_tables(), f"acuan-{TAHUN - 1}-koreksi"
    for row in (8, 9):
        correct(tables, row, 2, "Realisasi", "IK-01", "Realisasi TW", f"E{row}")
        tables["koreksi"][-1] |= {
            "koreksi_id": f"{ledger}!Koreksi!R{row}", "acuan_id": ledger, "tahun": TAHUN - 1,
            "row_id": f"dinkes-{TAHUN - 1}-tw2-v1!Realisasi!R{row}", "pengajuan_id": f"dinkes-{TAHUN - 1}-tw2-v1",
        }  # fmt: skip
    rest(tables, "riwayat", f"{DINKES}|{TAHUN}|IK-01|{TAHUN - 1}", ledger, "Koreksi", "G8")
    rest(tables, "riwayat", f"{DINKES}|{TAHUN + 1}|IK-01|{TAHUN - 1}", ledger, "Koreksi", "G9")
    return load_facts(make_query(tables), TAHUN, PEMDA)


def test_a_year_names_those_of_the_year_before_its_history_rests_on(later):
    shown = project(render(chapters.compose_lkjip_skpd(later, DINKES)))
    assert f"| 1 | II / {TAHUN - 1} | Realisasi TW IK-01 / Realisasi!E8 | 20 | 25 | Salah ketik 8" in shown
    assert f"Koreksi atas triwulan atau tahun sebelumnya tercantum karena angka Tahun {TAHUN} ikut bertumpu" in shown
    assert "Salah ketik 9" not in shown
    assert "Salah ketik 8" in project(render(chapters.compose_lkjip_kabupaten(later)))


def test_no_other_document_is_about_the_year_before(later):
    """It is of the same quarter, and of the code whose figures are compared."""
    assert "Salah ketik" not in project(render(chapters.compose_quarter(later, DINKES, 2)))
    assert "Salah ketik" not in project(render(chapters.compose_recap(later, semester_period(TAHUN, 1))))
    assert not corrected_among(later, DINKES, 2, {"IK-01"})
