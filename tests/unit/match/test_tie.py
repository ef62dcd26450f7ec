"""A tie is by code, by name but for spelling, or confirmed; anything else is a question, whatever the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.match.tie import Entries, Entry, same_code, tie
from pipelines.names import fold_name, rank

ENTRIES = Entries(
    (
        Entry("1.02.01", "Program Penunjang Urusan"),
        Entry("1.02.02", "Program Kesehatan"),
        Entry("1.02.03", "Program Sama"),
        Entry("1.02.04", "PROGRAM  sama"),
    )
)


@pytest.mark.parametrize(
    ("kode", "nama", "expected"),
    [
        ("1.02.01", None, "1.02.01"),
        ("1.02.1", None, "1.02.01"),
        (None, "program  penunjang-urusan", "1.02.01"),
        (None, "Program\u00a0Penunjang Urusan.", "1.02.01"),
        ("1.02.01", "Nama yang ditulis lain", "1.02.01"),
        ("1.02.03", "Program Sama", "1.02.03"),
        (None, "Program Penunjang Urusn", None),
        (None, "Program Sama", None),
        ("1.02.01", "Program Kesehatan", None),
        ("9.99.99", "Sesuatu", None),
        (None, None, None),
    ],
)
def test_what_is_certain(kode, nama, expected):
    assert tie(kode, nama, ENTRIES, {}).kode == expected


def test_a_question_says_why_and_names_the_nearest_with_scores():
    near = tie(None, "Program Penunjang Urusn", ENTRIES, {})
    assert near.nearest[0].kode == "1.02.01" and 90 <= near.nearest[0].skor < 100
    assert "1.02.01 Program Penunjang Urusan" in near.sebab
    assert tie(None, "Xyz", ENTRIES, {}).nearest == ()
    assert "beberapa kode: 1.02.03, 1.02.04" in tie(None, "Program Sama", ENTRIES, {}).sebab


def test_what_the_office_confirmed_settles_any_question_but_never_to_an_unknown_code():
    confirmed = {fold_name("Program Sama"): frozenset({"1.02.04"}), fold_name("Lain"): frozenset({"7.77.77"})}
    assert tie(None, "Program Sama", ENTRIES, confirmed).kode == "1.02.04"
    assert tie("1.02.01", "Program Sama", ENTRIES, confirmed).kode == "1.02.04"
    assert tie(None, "Lain", ENTRIES, confirmed).kode is None
    twice = {fold_name("Lain"): frozenset({"1.02.01", "1.02.02"})}
    assert "beberapa kode" in tie(None, "Lain", ENTRIES, twice).sebab


def test_leading_zeros_of_the_last_part_do_not_matter_and_others_do():
    assert same_code("1.02.02.2.01.0005", "1.02.02.2.01.5")
    assert not same_code("1.02.02.2.01.0005", "1.2.02.2.01.0005")
    assert not same_code("1.02.02.2.01", "1.02.02.2.01.01")


names = st.sampled_from(["Gaji", "---", "gaji ", "G.A.J.I", "Obat", "Obat-obatan", "Obat obatan", "Alat", ""])
codes = st.sampled_from(["1.01", "1.1", "1.02", "1.03", "2.01"])
entries = st.lists(st.builds(Entry, codes, names), max_size=8)
confirmations = st.dictionaries(names.map(fold_name), st.frozensets(codes, min_size=1, max_size=2), max_size=3)


@given(st.data(), entries, st.one_of(st.none(), codes), st.one_of(st.none(), names), confirmations)
def test_the_order_of_candidates_changes_nothing(data, listed, kode, nama, confirmed):
    shuffled = data.draw(st.permutations(listed))
    assert tie(kode, nama, Entries(listed), confirmed) == tie(kode, nama, Entries(shuffled), confirmed)


@given(entries, st.one_of(st.none(), codes), st.one_of(st.none(), names))
def test_unconfirmed_a_tie_is_the_only_code_that_fits(listed, kode, nama):
    made = tie(kode, nama, Entries(listed), {})
    by_code = {e.kode for e in listed if kode and same_code(e.kode, kode)}
    by_name = {e.kode for e in listed if fold_name(nama or "") and fold_name(e.nama) == fold_name(nama)}
    if made.kode is None:
        return
    assert made.kode in by_code | by_name
    assert not (by_code and made.kode not in by_code) and not (by_name and made.kode not in by_name)
    rivals = (by_code & by_name if by_code and by_name else by_code or by_name) - {made.kode}
    assert not rivals, "never between two that fit equally well"


@given(st.text(max_size=20), st.lists(st.tuples(codes, st.text(max_size=20)), max_size=6))
def test_near_names_are_ranked_and_bounded(name, known):
    found = rank(name, known)
    assert len(found) <= 3 and [c.skor for c in found] == sorted((c.skor for c in found), reverse=True)
    assert len({c.kode for c in found}) == len(found)
    assert found == rank(name, reversed(known))
