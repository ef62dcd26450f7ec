"""One JSON document: the same as the standard library's, only that no figure loses a digit."""

import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.console.document import compose_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_the_library_writes_is_written_the_same(value):
    assert compose_json(value) == json.dumps(value, ensure_ascii=False, indent=1)


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)))
def test_a_decimal_comes_back_with_all_its_digits(values):
    back = json.loads(compose_json(values), parse_float=Decimal, parse_int=Decimal)
    assert [b.as_tuple().digits for b in back] == [v.as_tuple().digits for v in map(_plain, values)]
    assert back == values


def _plain(value):
    return Decimal(f"{value:f}")


def test_a_figure_no_binary_float_can_hold():
    assert compose_json({"pagu": Decimal("14723660349.0000000001")}) == '{\n "pagu": 14723660349.0000000001\n}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2025, 3, 25), '"2025-03-25"'),
        (datetime(2025, 3, 25), '"2025-03-25T00:00:00"'),
        (time(8, 30), '"08:30:00"'),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), "null"),
        ((1, "a"), '[\n 1,\n "a"\n]'),
        ({}, "{}"),
    ],
)
def test_what_cells_hold(value, text):
    assert compose_json(value) == text


def test_what_no_cell_holds_is_an_error_of_the_program():
    with pytest.raises(TypeError):
        compose_json(object())
