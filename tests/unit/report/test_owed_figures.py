"""What an SKPD is asked for: nothing is to be explained of a figure that is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.chapters.returning import Returned
from pipelines.report.office_rows import Withheld
from pipelines.report.render import render
from pipelines.report.rows import Narrative
from schemas.finding import Place, make_finding
from schemas.period import tahun_period, triwulan_period
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, KECAMATAN, TAHUN

INDICATOR = "Indeks Kepuasan Masyarakat kecamatan"
CAME = "data TW I, TW III, dan TW IV saja"


def year(facts, kode, *, lacking, quarter=Decimal(100)):
    """The only indicator of KECAMATAN three quarters out of four: the sum falls short of the target of the year."""
    measures = dict(facts.measures)
    for q in range(1, 5):
        key = (kode, str(triwulan_period(TAHUN, q)))
        rest = measures[key][1:]
        none = {"realisasi": None, "capaian_pct": None, "kategori": None, "status_ukur": "belum_tersedia"}
        measures[key] = (replace(measures[key][0], **(none if q == lacking else {"capaian_pct": quarter})), *rest)
    whole = (kode, str(tahun_period(TAHUN)))
    measures[whole] = (
        replace(measures[whole][0], realisasi=Decimal(60), capaian_pct=Decimal(75)),
        *measures[whole][1:],
    )
    wrote = Narrative(KECAMATAN, "IK-01", 4, {"upaya": "Jemput bola.", "rencana_tindak_lanjut": "Evaluasi target."})
    return replace(facts, measures=measures, narratives={**facts.narratives, (KECAMATAN, "IK-01"): (wrote,)})


@pytest.fixture(scope="module")
def silent(facts):
    return year(facts, KECAMATAN, lacking=2)


def test_a_shortfall_that_is_a_silent_quarter_is_told_as_one(silent):
    shown = project(render(chapters.compose_lkjip_skpd(silent, KECAMATAN)))
    assert f"{INDICATOR} (capaian 75,00 persen, {CAME}). Upaya yang telah dilakukan: Jemput bola." in shown
    assert "[DIISI SKPD: realisasi TW II]" in shown and "faktor penghambat]" not in shown
    assert f"{INDICATOR} ({CAME}): Evaluasi target." in shown


def test_the_meeting_is_asked_for_the_quarter_and_for_no_hindrance(silent):
    shown = project(render(chapters.compose_discussion(silent, KECAMATAN)))
    assert f"| Capaian 75,00 persen ({CAME}); perlu dilengkapi: realisasi TW II |" in shown
    assert "belum dijelaskan" not in shown


def test_whose_figure_it_is_is_said_to_the_kabupaten(facts):
    measures = year(facts, None, lacking=3)
    told = project(render(chapters.compose_discussion(measures, None)))
    assert "(data TW I, TW II, dan TW IV saja); perlu dilengkapi oleh Dinas Kesehatan: realisasi TW III |" in told


def test_where_a_quarter_that_came_fell_short_the_hindrance_is_asked_for(facts):
    below = year(facts, KECAMATAN, lacking=2, quarter=Decimal(90))
    shown = project(render(chapters.compose_discussion(below, KECAMATAN)))
    assert (
        f"| Capaian 75,00 persen ({CAME}); perlu dilengkapi: realisasi TW II; belum dijelaskan: faktor penghambat |"
        in shown
    )


def test_the_quarter_is_asked_for_whatever_else_is_known_of_the_indicator(facts):
    """One that reached its target without it, and one whose row came and does not count."""
    met = year(facts, KECAMATAN, lacking=2)
    whole = (KECAMATAN, str(tahun_period(TAHUN)))
    reached = (replace(met.measures[whole][0], capaian_pct=Decimal(104)), *met.measures[whole][1:])
    met = replace(met, measures={**met.measures, whole: reached})
    assert f"| Capaian 104,00 persen ({CAME}); perlu dilengkapi: realisasi TW II" in project(
        render(chapters.compose_discussion(met, KECAMATAN))
    )
    assert "| Perlu dilengkapi | [DIISI SKPD: realisasi TW II] |" in project(
        render(chapters.compose_lkjip_skpd(met, KECAMATAN))
    )
    kode = reached[0].kode_indikator
    merged = {(KECAMATAN, kode): (Withheld(KECAMATAN, kode, 2, "tergabung", "BCA-044"),)}
    assert "| Perlu dilengkapi | [DIISI SKPD: perbaikan isian realisasi TW II] |" in project(
        render(chapters.compose_lkjip_skpd(replace(met, withheld=merged), KECAMATAN))
    )


def test_of_what_has_no_figure_the_figure_is_asked_for(facts):
    """DINKES has no realisasi of its last indicator."""
    shown = project(render(chapters.compose_quarter(facts, DINKES, 2)))
    last = shown[shown.index("| 5. Nilai AKIP perangkat daerah |") :]
    assert last.splitlines()[1] == "| Perlu dilengkapi | [DIISI SKPD: realisasi] |"
    indicator = facts.measures[DINKES, str(triwulan_period(TAHUN, 2))][4].kode_indikator
    merged = {(DINKES, indicator): (Withheld(DINKES, indicator, 2, "tergabung", "BCA-044"),)}
    mend = project(render(chapters.compose_quarter(replace(facts, withheld=merged), DINKES, 2)))
    assert "| Perlu dilengkapi | [DIISI SKPD: perbaikan isian realisasi] |" in mend


@pytest.mark.parametrize("also", [(), ("BCA-003",)])
def test_the_letter_says_where_a_cause_is_written_on_a_form_without_columns_for_it(facts, also):
    """It asked for faktor penghambat and upaya, and said of a form of the SKPD's own only: on the letter."""
    place = Place(TAHUN, 2, DINKES, None, "Capaian", "I4")
    found = tuple(
        make_finding(kode, place, "x", kode_indikator="IK-02", dihitung_pct="80", kolom="Realisasi")
        for kode in ("CAP-009", *also)
    )
    own = Returned(DINKES, 2, 1, "a.xlsx", datetime(TAHUN, 6, 10, 9), found, in_cells=True, sheets=("Capaian",))
    added = "(bila formulirnya belum memuatnya, kolom itu boleh ditambahkan), atau pada surat balasan"
    said = project(render(chapters.compose_return(facts, own, 7)))
    assert f"pada kolom faktor pendukung, faktor penghambat, atau upaya {added}" in said
    issued = project(render(chapters.compose_return(facts, replace(own, sheets=("Realisasi",)), 7)))
    assert "faktor penghambat, atau upaya, atau pada surat balasan" in issued and added not in issued


def test_the_letter_says_that_a_merged_cell_is_no_figure_of_its_row(facts):
    words = {"kolom": "Realisasi TW", "atas": "E7", "rentang": "E7:E8"}
    merged = make_finding("BCA-044", Place(TAHUN, 2, DINKES, None, "Realisasi", "E8", "p", "p!R8"), **words)
    other = make_finding("CAP-003", Place(TAHUN, 2, DINKES, None, "Realisasi", "E9"), kode_indikator="IK-02")
    letter = Returned(DINKES, 2, 1, "a.xlsx", datetime(TAHUN, 6, 10, 9), (merged, other), in_cells=True, sheets=())
    said = "Sel angka yang tergabung dengan sel lain tidak dihitung bagi barisnya."
    assert said in project(render(chapters.compose_return(facts, letter, 7)))
    alone = replace(letter, findings=(other,))
    assert said not in project(render(chapters.compose_return(facts, alone, 7)))
