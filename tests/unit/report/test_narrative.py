import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.numerals import spell
from pipelines.report.chapters.measured import measure_note
from pipelines.report.comparison_rows import Growth
from pipelines.report.facets import SasaranView
from pipelines.report.narrative import (
    count_reached,
    describe_causes,
    describe_efficiencies,
    describe_efficiency,
    describe_measure,
    describe_medium,
    describe_outcomes,
    describe_programs,
    describe_sasaran_all,
    describe_standard,
    describe_targets,
    describe_years,
    join_words,
    missing_columns,
    program_name,
    quote,
)
from pipelines.report.narrative.words import inline, join_phrases
from pipelines.report.rows import Budget, Efficiency, History, Measure, MediumTerm, Narrative
from pipelines.report.wording import count_measured, show_realisasi, show_target, show_value
from tests.lib.marts_sample import grow

D = Decimal
BASE = Measure(
    periode="2025", kode_skpd="1.02", kode_indikator="IK-01", sasaran="S", indikator="Persentase layanan", satuan="%",
    polaritas="naik", konsolidasi="jumlah", target=D(100), target_atas=None, target_teks=None, realisasi=D("98.495"),
    realisasi_teks=None, capaian_pct=D("98.495"), kategori="Sangat Tinggi", rumus="naik", status_data="final",
    status_ukur="terukur", triwulan_terukur=4, sejak_tw=None,
)  # fmt: skip
STUNTING = replace(
    BASE, kode_indikator="IK-02", indikator="Prevalensi stunting", polaritas="turun", target=D(14), realisasi=D("12.6"),
    capaian_pct=D(110),
)  # fmt: skip
EARLIER = History("1.02", "IK-01", 2024, D(100), D("96.1"), None, D("96.1"))
GOAL = MediumTerm("1.02", "IK-01", "Renstra", 2029, D(100), None, D("98.495"), D("98.495"), D(100), None, "SPM",
                  D("98.495"))  # fmt: skip
EFFICIENT = Efficiency("1.02", "S", D(101), D(10), D(9), D(90), D(11), "efisien", D(10), 1, 1)
WRITTEN = Narrative("1.02", "IK-01", 4, {
    "faktor_pendukung": "Kader aktif", "faktor_penghambat": "Cuaca buruk", "upaya": "Jadwal ulang",
    "rencana_tindak_lanjut": "Tambah posyandu", "bukti_dukung": None,
})  # fmt: skip


def unmeasured(status):
    return replace(BASE, status_ukur=status, realisasi=None, capaian_pct=None)


def _years(histories, measures, turn):
    """What is told of the years, with `pertumbuhan` as the mart has it of them."""
    growths = {}
    for m in measures:
        known = [(h.tahun_lalu, h.realisasi) for h in histories.get(m.kode_indikator, ())]
        steps = pairwise([(None, None), *known, (int(m.periode), m.realisasi)])
        rows = [grow(earlier, later, turun=m.polaritas == "turun") for earlier, later in steps]
        names = ("tahun_data", "tahun_pembanding", "pertumbuhan", "arah")
        growths[m.kode_indikator] = tuple(Growth(None, m.kode_indikator, *(r.get(n) for n in names)) for r in rows)
    return describe_years(histories, growths, measures, turn)


def said(passages):
    return "\n".join(line for p in passages for line in (p.text, *p.items))


def test_a_missed_target_says_by_how_much():
    assert describe_measure(BASE) == (
        "Persentase layanan terealisasi 98,495% dari target 100%, sehingga capaiannya 98,50 persen dengan kategori "
        "Sangat Tinggi; target belum tercapai dengan selisih 1,505 poin persen."
    )


def test_figures_that_hold_unmeasured_quarters_before_their_period_say_since_when():
    spanning = replace(BASE, periode="2025-TW3", target=D(333), realisasi=D(132), satuan="Orang", sejak_tw=2)
    sentence = describe_measure(spanning)
    assert "terealisasi 132 orang dari target 333 orang (terhitung sejak Triwulan II), sehingga" in sentence
    assert "persen, terhitung sejak Triwulan II" in said(describe_targets([spanning, BASE], 0))
    assert "terhitung sejak Triwulan II, karena isian kumulatifnya" in measure_note([spanning, BASE])
    assert "terhitung" not in measure_note([BASE])


@pytest.mark.parametrize(
    ("capaian", "verdict"),
    [("99.9999999999", "target belum tercapai"), ("100", "target tercapai"), ("100.0000000001", "target terlampaui")],
)
def test_met_and_missed_are_decided_on_the_unrounded_figure(capaian, verdict):
    assert verdict in describe_measure(replace(BASE, capaian_pct=D(capaian)))


def test_lower_is_better_is_said():
    assert "semakin rendah semakin baik" in describe_measure(STUNTING)
    assert said(describe_targets([BASE, STUNTING], 0)).endswith(
        "Untuk prevalensi stunting, realisasi yang lebih rendah menunjukkan kinerja yang lebih baik."
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("belum_tersedia", "belum tersedia"),
        ("tidak_ditargetkan", "tidak ditargetkan"),
        ("tidak_dapat_dihitung", "belum dapat dihitung"),
    ],
)
def test_an_unmeasured_indicator_says_why_and_shows_no_figure(status, words):
    sentence = describe_measure(unmeasured(status))
    assert words in sentence
    assert not any(ch.isdigit() for ch in sentence)


def test_indicators_are_told_by_what_became_of_them_and_neighbours_are_phrased_differently():
    measures = [BASE, STUNTING, replace(BASE, kode_indikator="IK-03", capaian_pct=D(100))]
    assert "satu melampaui target, satu tepat mencapai target, dan satu belum" in said(describe_targets(measures, 0))
    assert len({said(describe_targets(measures, turn)) for turn in (0, 1)}) == 2


def test_many_indicators_stand_as_a_list_and_no_list_is_endless():
    measures = [replace(BASE, kode_indikator=f"IK-{n}", capaian_pct=D(n)) for n in range(1, 31)]
    (_, below) = describe_targets(measures, 0)
    assert len(below.items) == 10
    assert "(sepuluh dari 30 indikator)" in below.text


@given(st.lists(st.sampled_from([D(80), D(100), D(120), None]), min_size=1, max_size=20))
def test_the_outcomes_count_every_indicator_once(figures):
    measures = [unmeasured("belum_tersedia") if f is None else replace(BASE, capaian_pct=f) for f in figures]
    told = describe_outcomes(measures)
    numbers = {spell(n): n for n in range(1, 21)}
    counted = [numbers[w] for w in re.findall(r"\w+", told.partition("indikator,")[2]) if w in numbers]
    alone = told.startswith(("Seluruh", "Ke", "Satu-satunya"))
    assert alone == (len(set(figures)) == 1)
    assert alone or sum(counted) == len(figures)


def test_change_against_last_year_gives_realisasi_and_capaian():
    (told,) = _years({"IK-01": (EARLIER,)}, [BASE], 0)
    assert told.text == (
        "Realisasi persentase layanan naik 2,395 poin persen dari 96,10% pada tahun 2024 menjadi 98,495% "
        "(capaian dari 96,10 menjadi 98,50 persen)."
    )
    assert _years({"IK-01": (replace(EARLIER, realisasi=None),)}, [BASE], 0) == []
    same = _years({"IK-01": (replace(EARLIER, realisasi=D("98.495")),)}, [BASE], 0)
    assert "tidak berubah" in said(same)


def test_what_is_compared_with_which_year_the_mart_says():
    """Not a grade with a score; and with the year before one that has no realisasi."""
    shown = {"IK-01": (replace(EARLIER, tahun_lalu=2023), replace(EARLIER, realisasi=None))}
    apart = Growth("1.02", "IK-01", 2025, None, None, None)
    assert describe_years({"IK-01": (EARLIER,)}, {"IK-01": (apart,)}, [BASE], 0) == []
    beside = replace(apart, tahun_pembanding=2023, pertumbuhan=D("2.395"), arah="membaik")
    assert "naik 2,395 poin persen dari 96,10% pada tahun 2023" in said(
        describe_years(shown, {"IK-01": (beside,)}, [BASE], 0)
    )


def test_of_a_range_no_direction_is_called_better():
    ranges = [replace(m, polaritas="rentang") for m in (BASE, STUNTING)]
    histories = {"IK-01": (EARLIER,), "IK-02": (replace(EARLIER, kode_indikator="IK-02", realisasi=D(13)),)}
    assert "realisasi dua indikator berubah" in said(_years(histories, ranges, 0))


def test_what_is_better_depends_on_the_polaritas():
    histories = {"IK-01": (EARLIER,), "IK-02": (replace(EARLIER, kode_indikator="IK-02", realisasi=D(13)),)}
    assert "realisasi dua indikator membaik" in said(_years(histories, [BASE, STUNTING], 0))


def test_a_contrast_needs_something_that_it_contrasts_with():
    worse = (replace(EARLIER, realisasi=D(99)), replace(EARLIER, kode_indikator="IK-02", realisasi=D(11)))
    fell = said(_years({"IK-01": worse[:1], "IK-02": worse[1:]}, [BASE, STUNTING], 1))
    assert "realisasi dua indikator memburuk. Realisasi memburuk pada" in fell and "Sebaliknya" not in fell
    mixed = said(_years({"IK-01": (EARLIER,), "IK-02": worse[1:]}, [BASE, STUNTING], 1))
    assert "Perbaikan terdapat pada" in mixed and "Sebaliknya, realisasi memburuk pada" in mixed


def test_a_run_of_years_needs_every_step_and_every_year():
    years = tuple(replace(EARLIER, tahun_lalu=y, realisasi=D(v)) for y, v in ((2022, "91"), (2023, "94"), (2024, "96")))
    assert "Sejak tahun 2022, realisasi persentase layanan naik setiap tahun." in said(
        _years({"IK-01": years}, [BASE], 0)
    )
    assert "setiap tahun" not in said(_years({"IK-01": (years[0], years[2])}, [BASE], 0))
    bent = (years[0], replace(years[1], realisasi=D(99)), years[2])
    assert "setiap tahun" not in said(_years({"IK-01": bent}, [BASE], 0))


def test_the_medium_term_says_how_far_and_how_long():
    assert said(describe_medium([(BASE, GOAL)], 2025, 0, 1)) == (
        "Dengan sisa waktu empat tahun, persentase layanan belum mencapai target akhir Renstra 2029. Jarak ke target "
        "akhir masih tersisa pada persentase layanan sebesar 98,495% dari target 100% (tingkat kemajuan 98,50 persen, "
        "masih perlu naik 1,505 poin persen)."
    )


def test_the_standard_names_its_source_once():
    told = said(describe_standard([(BASE, GOAL), (STUNTING, replace(GOAL, capaian_standar_pct=D(110)))], 2, 0))
    assert told.count("SPM") == 1
    assert "Dua indikator lain pada sasaran ini tidak memiliki standar nasional yang tercatat." in told


def test_causes_are_the_words_of_the_skpd_and_nothing_else():
    told = said(describe_causes([BASE], lambda _: [WRITTEN]))
    assert told == (
        "Persentase layanan (capaian 98,50 persen). Hambatan yang disampaikan: Cuaca buruk. Upaya yang telah "
        "dilakukan: Jadwal ulang. Rencana tindak lanjut: Tambah posyandu."
    )
    assert describe_causes([BASE], lambda _: []) == []
    assert "“Kader aktif” (prevalensi stunting)" in said(describe_causes([STUNTING], lambda _: [WRITTEN]))


def test_what_is_owed_depends_on_what_became_of_the_indicator():
    assert missing_columns(BASE, []) == ("faktor_penghambat", "upaya", "rencana_tindak_lanjut")
    assert missing_columns(STUNTING, []) == ("faktor_pendukung",)
    assert missing_columns(BASE, [WRITTEN]) == ()
    assert missing_columns(BASE, [replace(WRITTEN, isi={**WRITTEN.isi, "upaya": " "})]) == ("upaya",)
    assert missing_columns(unmeasured("tidak_ditargetkan"), []) == ()


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  cuaca   buruk ", "Cuaca buruk."),
        ('program "Jemput Bola" berjalan ,lancar .', "Program “Jemput Bola” berjalan, lancar."),
        ("2,5 km selesai - sisanya 2026", "2,5 km selesai – sisanya 2026."),
        ("Sudah baik!", "Sudah baik!"),
    ],
)
def test_only_the_typography_of_others_is_mended(raw, tidy):
    assert quote(raw) == tidy


@given(st.text())
def test_mending_keeps_every_letter_and_digit(text):
    def letters(words):
        return "".join(ch for ch in words.casefold() if ch.isalnum())

    assert letters(quote(text)) == letters(text)


def test_efisien_is_never_said_unless_the_mart_says_so():
    row = Efficiency("1.02", "S", D(105), D(10), D(9), D(90), D(15), None, D(10), 1, 1)
    assert "efisien" not in describe_efficiency(row)
    judged = describe_efficiency(replace(row, capaian_pct=D(95), penilaian="belum dapat dinilai efisien"))
    assert judged.endswith("belum dapat dinilai efisien karena capaiannya di bawah 100 persen.")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"sub_kegiatan_terbaca": 2, "sub_kegiatan_total": 3}, "serapannya belum lengkap"),
        ({}, "capaiannya belum lengkap"),
        (
            {"sub_kegiatan_terbaca": 2, "sub_kegiatan_total": 3, "masuk": "TW I saja"},
            "capaian dan serapannya belum lengkap",
        ),
    ],
)
def test_what_the_mart_does_not_judge_says_what_is_lacking(change, why):
    row = replace(EFFICIENT, penilaian=None, **change)
    assert describe_efficiency(row).endswith(f"Efisiensi belum dapat dinilai karena {why}.")
    assert describe_efficiencies([row]) == f"Efisiensi satu sasaran belum dapat dinilai karena {why}."


def test_of_several_that_lack_different_things_either_is_said():
    rows = [
        replace(EFFICIENT, penilaian=None, masuk="TW I saja"),
        replace(EFFICIENT, penilaian=None, sub_kegiatan_total=3),
    ]
    said = "Efisiensi dua sasaran belum dapat dinilai karena capaian atau serapannya belum lengkap."
    assert describe_efficiencies(rows) == said
    assert describe_efficiencies([replace(EFFICIENT, penilaian=None, serapan_pct=None)]) is None


def test_what_lacks_a_quarter_is_not_rated_against_the_money_of_the_year():
    came = "TW I, TW III, dan TW IV saja"
    row = replace(EFFICIENT, penilaian=None, masuk=came)
    said = describe_efficiency(row)
    assert f"mencapai 101,00 persen (data {came}) dengan serapan anggaran 90,00 persen" in said
    assert said.endswith("Efisiensi belum dapat dinilai karena capaiannya belum lengkap.")
    assert describe_efficiencies([row]) == "Efisiensi satu sasaran belum dapat dinilai karena capaiannya belum lengkap."
    assert describe_efficiencies([EFFICIENT, row]) == (
        "Penggunaan anggaran pada satu sasaran dinilai efisien. "
        "Efisiensi satu sasaran lain belum dapat dinilai karena capaiannya belum lengkap."
    )
    view = SasaranView(1, "S", (), D(101), None, 1, 1, came)
    assert count_reached([view, replace(view, nomor=2, masuk="")]) == (
        f"Menurut sasaran, sasaran 1 (data {came}) dan 2 mencapai 100 persen atau lebih."
    )


@pytest.mark.parametrize(
    ("terukur", "total", "words"),
    [
        (0, 0, "tidak ada indikator yang ditargetkan"),
        (0, 1, "satu-satunya indikator yang ditargetkan belum terukur"),
        (1, 1, "satu-satunya indikator yang ditargetkan terukur"),
        (2, 2, "kedua indikator yang ditargetkan terukur"),
        (0, 3, "belum satu pun dari tiga indikator yang ditargetkan terukur"),
        (2, 3, "dua dari tiga indikator yang ditargetkan terukur"),
        (3, 3, "ketiga indikator yang ditargetkan terukur"),
        (4, 4, "keempat indikator yang ditargetkan terukur"),
        (13, 13, "seluruh 13 indikator yang ditargetkan terukur"),
    ],
)
def test_counts_fit_singular_and_plural(terukur, total, words):
    assert count_measured(terukur, total) == words


def test_grades_ranges_and_rupiah_are_shown_as_people_write_them():
    assert show_value(D("79.39"), "BB (79,39)", "Predikat") == "BB (79,39)"
    assert show_value(D("79.3949"), "79,3949", "Nilai") == "79,39"
    assert show_value(D(1500), None, "Rp") == "Rp1.500"
    assert show_target(replace(BASE, target=D(80), target_atas=D(90), target_teks="80-90")) == "80–90"


RATIO = replace(BASE, indikator="Rasio dokter", satuan="Rasio", target=D("0.795"), target_teks="0,795")


@pytest.mark.parametrize(
    ("target", "realisasi", "shown"),
    [
        ("0.795", None, "0,795 –"),
        ("0.795", "0.8", "0,795 0,80"),
        ("0.795", "0.81234", "0,795 0,8123"),
        ("0.815", "0.8155", "0,815 0,8155"),
        ("0.84", "0.815", "0,84 0,815"),
        ("0.84", "0.8163", "0,84 0,82"),
        ("0.33", "0.3333333333", "0,33 0,333"),
        ("0.33", "0.33", "0,33 0,33"),
        ("100", "99.9996", "100 99,9996"),
        ("100", "97.5", "100 97,50"),
        ("0.6666666667", "0.7", "0,67 0,70"),
        ("0.6666666667", "0.67", "0,667 0,67"),
    ],
)
def test_a_target_has_all_its_digits_and_the_realisasi_beside_it_as_many_as_it_needs(target, realisasi, shown):
    measure = replace(RATIO, target=D(target), realisasi=D(realisasi) if realisasi else None)
    assert f"{show_target(measure)} {show_realisasi(measure)}" == shown


def test_a_range_has_all_the_digits_of_both_bounds():
    assert show_target(replace(RATIO, target=D("0.795"), target_atas=D("0.8125"))) == "0,795–0,8125"


def test_what_is_missing_fits_the_figures_beside_it():
    """On paper 0,84 less 0,82 is not 0,03, and 0,33 of 0,33 is not 101 percent."""
    short = replace(RATIO, target=D("0.84"), realisasi=D("0.815"), capaian_pct=D("97.02"))
    assert "0,815 dari target 0,84, sehingga" in describe_measure(short)
    assert "dengan selisih 0,025 poin" in describe_measure(short)
    goal = replace(GOAL, target_akhir=D("0.8425"), tingkat_kemajuan_pct=D("96.74"), standar_nasional=D("0.8161"))
    told = said(describe_medium([(short, goal)], 2025, 0, 0))
    assert "sebesar 0,815 dari target 0,8425 (" in told and "masih perlu naik 0,0275 poin" in told
    assert "sebesar 0,815 terhadap standar 0,8161" in said(describe_standard([(short, goal)], 0, 0))
    done = replace(GOAL, target_akhir=D("0.33"), tingkat_kemajuan_pct=D("101.01"))
    there = replace(RATIO, target=D("0.3"), realisasi=D("0.3333333333"))
    assert "sebesar 0,333 dari target 0,33." in said(describe_medium([(there, done)], 2025, 0, 0))


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("0.331", "0.334", "naik 0,003 poin dari 0,331 pada tahun 2024 menjadi 0,334"),
        ("0.335", "0.36", "naik 0,025 poin dari 0,335 pada tahun 2024 menjadi 0,36"),
        ("0.3311", "0.3622", "naik 0,03 poin dari 0,33 pada tahun 2024 menjadi 0,36"),
    ],
)
def test_two_years_differ_by_what_is_told(before, now, told):
    measure = replace(RATIO, target=D(1), realisasi=D(now), capaian_pct=None)
    earlier = replace(EARLIER, realisasi=D(before), capaian_pct=None)
    assert told in said(_years({"IK-01": (earlier,)}, [measure], 0))


@given(st.decimals(0, 1000, places=10), st.decimals(0, 1000, places=4))
def test_no_realisasi_looks_like_a_target_it_is_not(realisasi, target):
    measure = replace(RATIO, target=target, target_teks=None, realisasi=realisasi)
    assert (show_target(measure) == show_realisasi(measure)) == (target == realisasi)
    assert D(show_target(measure).replace(".", "").replace(",", ".")) == target


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Prevalensi stunting", "prevalensi stunting"),
        ("Nilai AKIP perangkat daerah", "nilai AKIP perangkat daerah"),
        ("Indeks Kepuasan Masyarakat", "Indeks Kepuasan Masyarakat"),
        ("IPM", "IPM"),
    ],
)
def test_names_begin_small_within_a_sentence_unless_they_are_proper_names(name, within):
    assert inline(replace(BASE, indikator=name)) == within


def test_programs_in_capitals_are_written_as_titles():
    row = Budget("2025", "1.02", "1.02.02", "PROGRAM PEMBINAAN KELUARGA BERENCANA (KB) DAN GIZI/PANGAN", "program", None,
                 None, None, None, None, None, 1, 1)  # fmt: skip
    assert program_name(row) == "Program Pembinaan Keluarga Berencana (KB) dan Gizi/Pangan"


def test_programs_that_look_alike_are_not_ranked():
    rows = [
        Budget("2025", "1.02", kode, kode, "program", None, D(100), D(99), D(share), None, D(100), 1, 1)
        for kode, share in (("A", "99.9991"), ("B", "99.9999"), ("C", "99.91"))
    ]
    assert describe_programs(rows[:2]) is None
    assert describe_programs(rows) == "Serapan tertinggi pada B (100,00 persen) dan terendah pada C (99,91 persen)."


def test_lists_of_words():
    assert [join_words(list("abc")[:n]) for n in (1, 2, 3)] == ["a", "a dan b", "a, b, dan c"]
    assert join_phrases(["a, x", "b"]) == "a, x; dan b"


def test_all_is_said_of_all_and_of_some_it_is_said_which():
    """A count over those that could be judged does not read as one over every sasaran or indicator."""
    views = [SasaranView(n, f"Sasaran {n}", (), D(100 + n), None, 1, 1) for n in (1, 2)]
    silent = replace(views[0], nomor=3, capaian_pct=None)
    assert describe_sasaran_all(views).startswith("Kedua sasaran mencapai")
    assert describe_sasaran_all([*views, silent]).startswith("Kedua sasaran yang terukur mencapai")
    alike = [replace(view, capaian_pct=D("99.999") - D(n) / 1000) for n, view in enumerate(views)]
    assert "tertinggi" not in describe_sasaran_all(alike), "100,00 percent is not above 100,00 percent"
    judged = [replace(EFFICIENT, sasaran=s) for s in "ab"]
    assert describe_efficiencies(judged) == "Penggunaan anggaran pada dua sasaran seluruhnya efisien."
    unjudged = replace(EFFICIENT, penilaian=None)
    assert "dua sasaran yang dapat dinilai seluruhnya" in describe_efficiencies([*judged, unjudged])
    done = replace(GOAL, tingkat_kemajuan_pct=D(100))
    assert "Kedua indikator telah" in said(describe_medium([(BASE, done), (STUNTING, done)], 2029, 0, 0))
    assert "Kedua indikator yang dapat dibandingkan telah" in said(
        describe_medium([(BASE, done), (STUNTING, done)], 2029, 1, 0)
    )
