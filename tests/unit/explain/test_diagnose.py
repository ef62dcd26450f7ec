"""Each known cause on a figure made for it, and on its neighbour that it must not claim."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from pipelines.explain.diagnose import diagnose
from pipelines.explain.published import Other, Published
from pipelines.explain.slips import dropped, one_slip_apart, simplest_between, substituted, transposed
from tests.lib.totals import diagnose_total, name_efficiency


def told(target, realisasi, capaian, **given):
    figures = [None if x is None else Decimal(x) for x in (target, realisasi)]
    places = len(capaian.partition(".")[2])
    return [m.sebab for m in diagnose(Published(*figures, Decimal(capaian), places, **given))]


@pytest.mark.parametrize(
    ("target", "realisasi", "capaian", "sebab"),
    [
        ("80", "76", "95.00", "sesuai"),
        ("3.34", "4.5", "134", "dipotong"),
        ("75.00", "79.07", "100", "batas"),
        ("50.00", "65.00", "120", "batas"),
        ("135000", "44113", "306", "terbalik"),
        ("93", "93", "93", "salinan_realisasi"),
        ("82.00", "97.84", "97.84", "kolom_bergeser"),
        ("70", "74", "105.95", "masukan_dibulatkan"),
        ("100", "100", "65.93", "ditimpa"),
        ("4079.71", "4387740", "107.55", "geser"),
        ("3977", "54.67", "100", "satuan"),
        ("80.50", "82.62", "103.27", "target_bulat"),
        ("80.50", "81.24", "101.92", "digit_salah"),
        ("78.14", "70.39", "90.39", "desimal_disalin"),
        ("40.00", "37.00", "29.50", "digit_tertukar"),
        ("35", "0", "100", "tanpa_realisasi"),
        (None, "3.5", "100", "tanpa_target"),
        ("0", "5", "100", "tanpa_target"),
        ("61.00", "17.00", "55.13", "tak_diketahui"),
    ],
)
def test_a_cause_is_named(target, realisasi, capaian, sebab):
    assert told(target, realisasi, capaian)[0] == sebab


def test_polarity_decides_what_agrees():
    assert told("14.9", "14.35", "96.31", polaritas="turun") == ["polaritas"]
    assert told("14.9", "14.35", "103.69", polaritas="turun") == ["sesuai"]
    assert told("14.9", "14.35", "103.83", polaritas="turun") == ["rumus_lain"]
    assert told("14.9", "14.35", "103.83", polaritas="turun", rumus_turun="turun_t_r") == ["sesuai"]


def test_a_target_of_nought_follows_the_rules():
    assert told("0", "0", "100", polaritas="turun") == ["sesuai"]
    assert told("0", "2", "0", polaritas="turun") == ["sesuai"]


def test_figures_near_by_are_looked_at():
    last_year = Other("tahun 2023", Decimal("54.86"), Decimal("60.41"), Decimal("110.64"))
    assert "salinan_lain" in told("58.33", "61.11", "110.64", lain=(last_year,))
    next_year = Other("tahun 2022", Decimal("82.5"), None, None)
    assert "target_lain" in told("81", "82.92", "100.51", lain=(next_year,))
    mine = Other("TW I", Decimal("90"), Decimal("70.00"), None)
    assert "realisasi_lain" in told("80", "60.00", "87.50", lain=(mine,))


def test_a_hundred_is_never_called_a_copy_of_another_hundred():
    assert "salinan_lain" not in told("80", "60", "100", lain=(Other("tahun 2023", capaian=Decimal(100)),))


def test_a_mean_of_percentages_is_known():
    shares = (Decimal("80.12"), Decimal("87.895"))
    assert "rerata_persentase" in told("441438630", "382861036", "84.01", bagian=shares)


def test_nothing_is_claimed():
    words = [m.kalimat for t, r, c in (("80", "76", "99.99"), ("75", "79", "100")) for m in
             diagnose(Published(Decimal(t), Decimal(r), Decimal(c), 2))]  # fmt: skip
    assert all("cocok" in w or "tampaknya" in w or "mungkin" in w for w in words)


def test_most_figures_that_nothing_made_are_left_unexplained():
    """A program that explains anything explains nothing: of figures drawn at random few find a cause."""
    draw, claimed, many = random.Random(11), 0, 400
    for _ in range(many):
        target, realisasi, capaian = (Decimal(draw.randrange(5000, 15000)) / 100 for _ in range(3))
        claimed += any(m.cocok for m in diagnose(Published(target, realisasi, capaian, 2)))
    assert claimed < many / 10


def test_slips_of_the_hand():
    assert set(transposed("12,3")) == {"21,3"}
    assert "13" in set(substituted("12"))
    assert set(dropped("123")) == {"23", "13", "12"}
    assert [one_slip_apart(a, "95.34") for a in ("95.43", "95.39", "95.3", "95.34", "59.43")] == [
        "tertukar", "salah", "hilang", None, None,
    ]  # fmt: skip


def test_the_simplest_figure_between():
    assert simplest_between(Decimal("79.96"), Decimal("80.03"), 2) == 80
    assert simplest_between(Decimal("80.46"), Decimal("80.52"), 1) == Decimal("80.5")
    assert simplest_between(Decimal("80.46"), Decimal("80.48"), 1) is None


MEMBERS = {"a": Decimal(100), "b": Decimal(250), "c": Decimal(37)}


@pytest.mark.parametrize(
    ("printed", "sebab"),
    [(387, "sesuai"), (137, "anggota_hilang"), (424, "anggota_ganda"), (378, "salah_ketik"), (9000, "tak_diketahui")],
)
def test_totals(printed, sebab):
    assert diagnose_total(Decimal(printed), MEMBERS)[0].sebab == sebab


def test_a_forgotten_member_is_named():
    assert "b" in diagnose_total(Decimal(137), MEMBERS)[0].kalimat


def test_efficiency_formulas():
    given = {"capaian": Decimal("94.24"), "serapan": Decimal("83.13")}
    assert name_efficiency(Decimal("11.11"), 2, **given) == ("selisih",)
    assert name_efficiency(Decimal("113.36"), 2, **given) == ("rasio",)
    assert name_efficiency(Decimal("16.87"), 2, serapan=Decimal("83.13")) == ("sisa",)
    assert name_efficiency(Decimal("1"), 2, **given) == ()
