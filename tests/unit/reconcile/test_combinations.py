"""Rows that make up a difference: found exactly, told only where chance would hardly give them."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reconcile.combinations import find_sums
from schemas.reconciliation import Combinations

RULES = Combinations(baris=4, calon=200, selisih=12, peluang=Decimal("0.05"), tampil=3)
ALWAYS = RULES.model_copy(update={"peluang": Decimal(10**6)})


def figures(*values):
    return [Decimal(v) for v in values]


def test_one_row_two_rows_and_four():
    values = figures(1_204_500, 8_017_250, 33_119_100, 4_450_075, 2_222_225, 910_400)
    assert find_sums(Decimal(8_017_250), values, RULES, own=True).certain == (1,)
    assert find_sums(Decimal(8_017_250 + 4_450_075), values, RULES, own=True).certain == (1, 3)
    assert find_sums(sum(values[1:5]), values, RULES, own=True).certain == (1, 2, 3, 4)


def test_several_ways_are_all_told_and_none_is_certain():
    sums = find_sums(Decimal(1_000_250), figures(1_000_250, 1_000_250, 77), RULES, own=True)
    assert sums.found == ((0,), (1,)) and sums.certain is None


def test_whole_millions_always_fit_somehow_and_say_nothing():
    values = figures(*(n * 1_000_000 for n in range(1, 40)))
    assert not find_sums(Decimal(123_000_000), values, RULES).found


def test_a_correction_below_zero_and_cents_count():
    values = figures("-500000.25", "2100000.75", "3300000")
    assert find_sums(Decimal("1600000.50"), values, RULES, own=True).certain == (0, 1)


def test_nothing_to_find_is_nothing():
    assert not find_sums(Decimal(0), figures(0, 0), RULES).found
    assert not find_sums(Decimal(5), figures(1, 2), RULES).found
    assert not find_sums(Decimal(5), figures(*([5] * 201)), RULES).found


@settings(max_examples=200)
@given(st.lists(st.integers(-40, 40), min_size=1, max_size=9), st.integers(-60, 60))
def test_the_search_finds_what_trying_every_set_finds(values, wanted):
    usable = [n for n, v in enumerate(values) if v]
    tried = ([c for c in combinations(usable, k) if sum(values[n] for n in c) == wanted] for k in range(1, 5))
    expected = next((tuple(found) for found in tried if found), ()) if wanted else ()
    assert find_sums(Decimal(wanted), figures(*values), ALWAYS).found == expected
