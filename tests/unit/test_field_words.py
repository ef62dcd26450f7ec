"""No name the program has for a field or level is ever shown."""

import pytest

from schemas.field_words import field_words, level_words
from schemas.labels import known_fields


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("realisasi_tw", "realisasi triwulan"),
        ("realisasi_tw.2", "realisasi TW II"),
        ("realisasi_tw 2", "realisasi TW II"),
        ("target_bulan.3", "target Maret"),
        ("target_bulan", "target bulanan"),
        ("target_renstra_rp", "target Renstra (rupiah)"),
        ("skpd", "SKPD"),
    ],
)
def test_a_field_is_called_as_people_call_it(field, words):
    assert field_words(field) == words


def test_no_field_or_level_keeps_its_underscores():
    assert not [f for f in known_fields() if "_" in field_words(f)]
    assert level_words("sasaran_indikator") == "indikator" and level_words("bidang_urusan") == "bidang urusan"
