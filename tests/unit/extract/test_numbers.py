"""Measurement rules §1: what a cell says, and what it must not be taken for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.numbers import read_figure
from pipelines.numerals import format_exact
from schemas.vocabulary import Keadaan

GRADES = frozenset({"wtp", "bb", "level3", "paripurna"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,89", "1234567.89"),
        ("98,5 %", "98.5"),
        ("Rp 1.250.000.000,-", "1250000000"),
        ("Rp1.250", "1250"),
        ("(1.000,5)", "-1000.5"),
        ("-5,2", "-5.2"),
        ("\u00a098,5\u00a0%", "98.5"),
        ("232 Org", "232"),
        ("4.25", "4.25"),
        ("0.985", "0.985"),
        ("≥ 95", "95"),
        ("< 3 jam", "3"),
        ("2.500,00", "2500"),
    ],
)
def test_text_is_read_as_indonesians_write_it(text, value):
    assert read_figure(text).nilai == Decimal(value)


@pytest.mark.parametrize(
    ("text", "kode"),
    [
        ("sudah tercapai", "BCA-003"),
        ("12 kegiatan sudah dilaksanakan", "BCA-003"),
        ("1:07:38", "BCA-003"),
        ("100 dari 110 Organisasi", "BCA-003"),
        ("1.234", "BCA-005"),
        ("27.647091.889", "BCA-006"),
        ("1,23,567.89", "BCA-006"),
        ("#DIV/0!", "BCA-007"),
        ("9999999999999999", "BCA-013"),
    ],
)
def test_what_is_not_certain_is_a_finding_and_never_a_figure(text, kode):
    reading = read_figure(text, grades=GRADES)
    assert (reading.keadaan, reading.nilai, reading.kode) == (Keadaan.GALAT, None, kode)


@pytest.mark.parametrize(
    ("text", "figure"), [("1,234,567.89", "1234567.89"), ("1,285.5", "1285.5"), ("1,285,750", "1285750")]
)
def test_a_figure_grouped_in_english_has_one_reading_and_a_warning(text, figure):
    reading = read_figure(text)
    assert (reading.nilai, reading.kode) == (Decimal(figure), "BCA-010")


def test_a_lone_group_of_three_is_thousands_only_where_the_unit_is_whole():
    assert read_figure("1.234", whole=True).nilai == 1234
    assert read_figure("1.234").words == {"arti_ribuan": "1234", "arti_desimal": "1,234"}


@pytest.mark.parametrize(
    ("cell", "keadaan"),
    [
        (None, Keadaan.KOSONG),
        ("", Keadaan.KOSONG),
        ("  \u00a0", Keadaan.KOSONG),
        ("n/a", Keadaan.BELUM_TERSEDIA),
        ("—", Keadaan.BELUM_TERSEDIA),
        ("**)", Keadaan.BELUM_TERSEDIA),
        ("Tidak Ditargetkan", Keadaan.TIDAK_DITARGETKAN),
        (0, Keadaan.ANGKA),
        ("WTP", Keadaan.PREDIKAT),
    ],
)
def test_kinds_of_absence_stay_apart(cell, keadaan):
    assert read_figure(cell, grades=GRADES).keadaan == keadaan


def test_a_range_keeps_both_bounds_and_a_grade_its_score():
    both = read_figure("80 – 90 %")
    assert (both.keadaan, both.nilai, both.atas) == (Keadaan.RENTANG, 80, 90)
    assert read_figure("BB (79,39)", grades=GRADES).nilai == Decimal("79.39")


def test_a_native_percentage_is_a_hundred_times_its_number():
    assert read_figure(0.985, percent=True).nilai == Decimal("98.5")


def test_binary_dust_is_not_read():
    assert read_figure(0.1 + 0.2).nilai == Decimal("0.3")


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4, allow_nan=False))
def test_what_is_shown_in_indonesian_reads_back_as_itself(figure):
    reading = read_figure(format_exact(figure), whole=True)
    assert reading.nilai == figure


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_or_becomes_zero_by_accident(text):
    reading = read_figure(text, grades=GRADES)
    if reading.nilai == 0:
        assert "0" in text or any(ch.isdigit() for ch in text)
