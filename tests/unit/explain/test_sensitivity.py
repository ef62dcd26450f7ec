"""Kepekaan: which choices are set beside those in force, and how a change is told."""

from __future__ import annotations

from decimal import Decimal

from pipelines.explain.facts import Choices
from pipelines.explain.listings import list_sheets
from pipelines.explain.sensitivity import Sensitive, Sensitivity, Way, compose_summary, name_way, other_ways

CHOICES = Choices("turun_2t_r", None, "sasaran")


def sensitive(*ways, kode="IK-01"):
    return Sensitive(
        "1.02", "Dinas Satu", kode, "Angka", "turun", Decimal(10), Decimal("12.5"), Decimal(75), "Sedang", ways
    )


def way(cara, value, kategori, *, dipakai=False):
    return Way(cara, Decimal(value), kategori, dipakai, berubah=kategori != "Sedang")


UNIT_WAYS = (
    way("turun_2t_r|sasaran|", "75", "Sedang", dipakai=True), way("turun_2t_r|indikator|120", "80", "Tinggi"),
    way("turun_t_r|sasaran|", "75", "Sedang"), way("turun_t_r|indikator|120", "75", "Sedang"),
)  # fmt: skip
INDICATOR = sensitive(way("turun_2t_r", "75", "Sedang", dipakai=True), way("turun_t_r", "80", "Tinggi"))
SENSITIVITY = Sensitivity("2025", "Tahun 2025", CHOICES, (INDICATOR,), (sensitive(*UNIT_WAYS, kode=None),))


def test_one_choice_differs_at_a_time_save_mean_and_cap():
    assert other_ways(SENSITIVITY.skpd) == ["turun_2t_r|indikator|120", "turun_t_r|sasaran|"]


def test_a_choice_is_named_without_what_stays_as_it_is():
    assert name_way("turun_2t_r|indikator|120", "turun_2t_r") == "rata-rata indikator, batas 120"
    assert name_way("turun_t_r|sasaran|", "turun_2t_r") == "rata-rata sasaran, tanpa batas, indikator turun T/R"
    assert name_way("batas_110") == "batas 110"


def test_the_summary_tells_who_changes():
    told = "\n".join(compose_summary(SENSITIVITY))
    assert "indikator turun T/R: 1 dari 1 berubah kategori" in told
    assert "Dinas Satu IK-01 Angka: 75,00 Sedang → 80,00 Tinggi" in told
    assert "tidak mengubah kategori: rata-rata sasaran, tanpa batas, indikator turun T/R" in told


def test_the_workbook_marks_what_changes_and_says_to_what():
    summary, indicators, units = list_sheets(SENSITIVITY)
    (row,) = indicators.rows
    assert [c.value for c in row if c.marked] == [Decimal(80)]
    assert row[-1].value == "Indikator turun T/R: Tinggi"
    assert [len(s.columns) for s in (summary, indicators, units)] == [
        len(s.rows[0]) for s in (summary, indicators, units)
    ]
    assert [(r[1].value, r[3].value) for r in summary.rows][:2] == [
        ("Indikator turun T/R", 1), ("Rata-rata indikator, batas 120", 1),
    ]  # fmt: skip
