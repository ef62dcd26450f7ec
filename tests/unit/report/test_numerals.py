from datetime import date
from decimal import Decimal

import pytest

from pipelines.numerals import (
    capitalize_first,
    format_date,
    format_figure,
    format_number,
    format_percent,
    format_rupiah,
    roman,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1234567.89", "1.234.567,89"),
        ("88.995", "89,00"),
        ("88.9949999999", "88,99"),
        ("-0.005", "-0,01"),
        ("-0.004", "0,00"),
        ("0", "0,00"),
        ("99999999999999999999.995", "100.000.000.000.000.000.000,00"),
    ],
)
def test_two_places_are_rounded_half_up(value, shown):
    assert format_number(Decimal(value)) == shown


def test_a_missing_figure_is_a_dash_never_zero():
    assert [f(None) for f in (format_number, format_figure, format_percent, format_rupiah)] == ["–"] * 4


@pytest.mark.parametrize(
    ("value", "shown"), [("15", "15"), ("15.0000000000", "15"), ("17.7", "17,70"), ("48000", "48.000"), ("0", "0")]
)
def test_a_whole_figure_has_no_decimals_any_other_has_two(value, shown):
    assert format_figure(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1250000000", "Rp1.250.000.000"), ("1000.5", "Rp1.000,50"), ("-1000", "-Rp1.000"), ("0", "Rp0")],
)
def test_rupiah(value, shown):
    assert format_rupiah(Decimal(value)) == shown


def test_dates_romans_and_capitals():
    assert format_date(date(2026, 11, 21)) == "21 November 2026"
    assert [roman(n) for n in (1, 2, 3, 4)] == ["I", "II", "III", "IV"]
    assert capitalize_first("persentase IKM") == "Persentase IKM"
