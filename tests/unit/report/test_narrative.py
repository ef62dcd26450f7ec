from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.report.narrative import (
    describe_change,
    describe_efficiency,
    describe_measure,
    describe_outcomes,
    join_words,
)
from pipelines.report.rows import Efficiency, History, Measure
from pipelines.report.wording import count_measured, show_target, show_value

D = Decimal
BASE = Measure(
    periode="2025", kode_skpd="1.02", kode_indikator="IK-01", sasaran="S", indikator="Persentase layanan", satuan="%",
    polaritas="naik", konsolidasi="jumlah", target=D(100), target_atas=None, target_teks=None, realisasi=D("98.495"),
    realisasi_teks=None, capaian_pct=D("98.495"), kategori="Sangat Tinggi", rumus="naik", status_data="final",
    status_ukur="terukur", triwulan_terukur=4,
)  # fmt: skip


def test_a_missed_target_says_by_how_much():
    assert describe_measure(BASE, 0) == (
        "Persentase layanan terealisasi 98,50% dari target 100%, atau dengan capaian 98,50 persen "
        "(kategori Sangat Tinggi); target belum tercapai, dengan selisih 1,51 poin persen."
    )


def test_neighbours_are_phrased_differently():
    assert len({describe_measure(BASE, turn) for turn in range(3)}) == 3


@pytest.mark.parametrize(
    ("capaian", "said"),
    [("99.9999999999", "target belum tercapai"), ("100", "target tercapai"), ("100.0000000001", "target terlampaui")],
)
def test_met_and_missed_are_decided_on_the_unrounded_figure(capaian, said):
    assert said in describe_measure(replace(BASE, capaian_pct=D(capaian)), 1)


def test_lower_is_better_is_said():
    assert "semakin rendah semakin baik" in describe_measure(replace(BASE, polaritas="turun"), 0)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("belum_tersedia", "belum tersedia"),
        ("tidak_ditargetkan", "tidak ditargetkan"),
        ("tidak_dapat_dihitung", "tidak dapat dihitung"),
    ],
)
def test_an_unmeasured_indicator_says_why_and_shows_no_figure(status, said):
    sentence = describe_measure(replace(BASE, status_ukur=status, realisasi=None, capaian_pct=None), 0)
    assert said in sentence
    assert not any(ch.isdigit() for ch in sentence)


def test_change_against_last_year_needs_both_figures():
    earlier = History("1.02", "IK-01", 2024, D(100), D("96.1"), None, D("96.1"))
    assert "naik 2,40 poin persen dari 96,10% menjadi 98,50%" in (describe_change(BASE, earlier, 0) or "")
    assert describe_change(BASE, replace(earlier, realisasi=None), 0) is None
    assert "tidak berubah" in (describe_change(BASE, replace(earlier, realisasi=D("98.495")), 0) or "")


def test_efisien_is_never_said_unless_the_mart_says_so():
    row = Efficiency("1.02", "S", D(105), D(10), D(9), D(90), D(15), None)
    assert "efisien" not in describe_efficiency(row)
    assert "belum dapat dinilai efisien" in describe_efficiency(replace(row, penilaian="belum dapat dinilai efisien"))


def test_outcomes_are_counted():
    measures = [BASE, replace(BASE, capaian_pct=D(100)), replace(BASE, status_ukur="belum_tersedia", capaian_pct=None)]
    assert describe_outcomes(measures) == (
        "Rinciannya: 1 indikator tepat mencapai target, 1 indikator belum mencapai target, dan 1 indikator belum "
        "memiliki capaian."
    )


@pytest.mark.parametrize(
    ("terukur", "total", "said"),
    [
        (0, 0, "tidak ada indikator yang ditargetkan"),
        (0, 1, "satu-satunya indikator yang ditargetkan belum terukur"),
        (1, 1, "satu-satunya indikator yang ditargetkan terukur"),
        (0, 3, "belum satu pun dari 3 indikator yang ditargetkan terukur"),
        (2, 3, "2 dari 3 indikator yang ditargetkan terukur"),
        (3, 3, "seluruh 3 indikator yang ditargetkan terukur"),
    ],
)
def test_counts_fit_singular_and_plural(terukur, total, said):
    assert count_measured(terukur, total) == said


def test_grades_ranges_and_rupiah_are_shown_as_people_write_them():
    assert show_value(D("79.39"), "BB (79,39)", "Predikat") == "BB (79,39)"
    assert show_value(D("79.3949"), "79,3949", "Nilai") == "79,39"
    assert show_value(D(1500), None, "Rp") == "Rp1.500"
    assert show_target(replace(BASE, target=D(80), target_atas=D(90), target_teks="80-90")) == "80–90"


def test_lists_of_words():
    assert [join_words(list("abc")[:n]) for n in (1, 2, 3)] == ["a", "a dan b", "a, b, dan c"]
