"""Units one letter away from a known one, and words that are other units."""

import pytest

from schemas.units import near_unit


@pytest.mark.parametrize(
    ("written", "meant"), [("Unir", "unit"), ("orng", "orang"), ("Dokumenn", "dokumen"), ("Dessa", "desa")]
)
def test_a_slip_of_one_letter_is_seen(written, meant):
    assert near_unit(written) == meant


@pytest.mark.parametrize("unit", ["Unit", "POIN ", "Nilai", "Indeks", "Lap", "km", "Kelompok Tani", "", None])
def test_a_unit_of_its_own_is_none(unit):
    assert near_unit(unit) is None
