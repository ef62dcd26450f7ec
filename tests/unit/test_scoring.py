"""The score itself: what is expected scores full, and every kind of fault is seen."""

from copy import deepcopy
from decimal import Decimal

import pytest

from tests.lib.scoring import Score, compare, same

ROW = {
    "sheet": "S",
    "row": 7,
    "level": "program",
    "hidden": False,
    "indikator": {"cell": "C7", "raw": "Angka ", "value": "Angka ", "kind": "text"},
    "pagu": [
        {"cell": "F7", "raw": 5, "value": 5, "kind": "number"},
        {"cell": "F8", "raw": 6, "value": 6, "kind": "number"},
    ],
    "target_tw": {
        "1": {"cell": "G7", "raw": "8 5", "value": None, "kind": "text_unparsed"},
        "2": {"cell": "H7", "raw": "=1/3", "value": Decimal("0.3333333333333333"), "kind": "formula_no_cache"},
        "3": {"cell": "I7", "raw": "80-90", "value": {"low": 80, "high": 90}, "kind": "range"},
    },
}
WANTED = {"rows": [ROW], "ignore": [{"sheet": "S", "rows": "1..6"}, {"sheet": "S", "rows": [9]}]}


def told(cell):
    return {"sheet": "S", "cell": cell}


def given():
    return {"rows": [deepcopy(ROW)], "findings": [told("G7")]}


def score(document):
    result = Score("b", "j")
    compare(result, WANTED, document)
    return result


def test_what_is_expected_scores_full():
    result = score(given())
    assert (result.right, result.total) == (6, 6)
    assert not (result.wrong or result.silent or result.taken or result.extra_rows or result.extra_fields)


def test_a_wrong_value_counts_and_is_silent_unless_a_finding_stands_at_its_cell():
    document = given()
    document["rows"][0]["pagu"][1]["value"] = 60
    assert (score(document).right, len(score(document).silent)) == (5, 1)
    document["findings"].append(told("E8:G8"))
    assert (score(document).right, len(score(document).silent)) == (5, 0)


def test_a_value_that_is_missing_or_from_another_cell_is_not_right():
    document = given()
    del document["rows"][0]["target_tw"]["3"]
    document["rows"][0]["indikator"]["cell"] = "C6"
    assert (score(document).right, score(document).silent) == (4, [])


def test_text_is_compared_as_it_stands():
    document = given()
    document["rows"][0]["indikator"]["value"] = "Angka"
    result = score(document)
    assert result.right == 5 and "beda spasi saja" in result.wrong[0]


def test_a_formula_without_value_may_stay_empty_if_that_is_told():
    document = given()
    document["rows"][0]["target_tw"]["2"]["value"] = None
    assert (score(document).right, len(score(document).silent)) == (5, 1)
    document["findings"].append(told("H7"))
    assert score(document).right == 6


def test_what_cannot_be_read_must_be_told():
    document = given()
    document["findings"] = []
    assert (score(document).right, len(score(document).silent)) == (6, 1)


def test_a_row_of_another_level_is_not_the_row_expected():
    document = given()
    document["rows"][0]["level"] = "kegiatan"
    result = score(document)
    assert (result.right, result.total, len(result.extra_rows)) == (0, 6, 1)


@pytest.mark.parametrize(("number", "taken", "extra"), [(3, 1, 0), (9, 1, 0), (8, 0, 1)])
def test_rows_nobody_expects_are_told_and_ignored_ones_count_as_taken(number, taken, extra):
    document = given()
    document["rows"].append({"sheet": "S", "row": number, "level": "program"})
    result = score(document)
    assert (len(result.taken), len(result.extra_rows)) == (taken, extra)


def test_the_same_row_twice_is_one_too_many():
    document = given()
    document["rows"].insert(0, {"sheet": "S", "row": 7, "level": "program"})
    result = score(document)
    assert (result.right, len(result.extra_rows)) == (6, 1)


@pytest.mark.parametrize(
    ("wanted", "mine", "equal"),
    [
        (1, Decimal("1.0000000001"), True),
        (1, Decimal("1.00000001"), False),
        (0, Decimal(0), True),
        (None, 0, False),
        (None, None, True),
        ("5", 5, False),
        ({"op": ">", "value": 80}, {"op": ">", "value": Decimal(80)}, True),
        ({"op": ">", "value": 80}, {"op": "≥", "value": 80}, False),
    ],
)
def test_values_are_the_same_or_not(wanted, mine, equal):
    assert same(wanted, mine) is equal
