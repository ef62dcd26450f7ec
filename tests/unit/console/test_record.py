"""What people see of a row: the value as understood, its cell, and never a value that is not there."""

from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipelines.console.reading import join_ranges
from pipelines.console.record import compose_row, format_value
from schemas.reading import Record, Value


def shown(record, before=None, width=100):
    console = Console(file=StringIO(), width=width)
    console.print(compose_row(record, before or {}, {}, width))
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines() if line.strip()]


def value(cell, read, kind="number", raw=0, **more):
    return Value(cell, raw, read, kind, **more)


@pytest.mark.parametrize(
    ("read", "kind", "extra", "text"),
    [
        (Decimal("1234567.5"), "number", {}, "1.234.567,5"),
        (Decimal("98.5"), "percent_native", {}, "98,5 %"),
        (Decimal("0.7999999999999998"), "number", {}, "0,8"),
        (Decimal("1" * 60 + ".00000055"), "number", {}, ".".join(["111"] * 20) + ",000001"),
        ("BB", "grade_with_score", {"score": Decimal("73.25")}, "BB (73,25)"),
        ({"low": Decimal(80), "high": Decimal(90)}, "range", {}, "80–90"),
        ({"op": "≥", "value": Decimal(95)}, "comparison", {}, "≥ 95"),
    ],
)
def test_values_are_written_as_people_write_them(read, kind, extra, text):
    assert format_value(value("A1", read, kind, extra=extra)) == text


@pytest.mark.parametrize(
    ("raw", "text"), [(None, "–"), ("-", "–"), ("8 5", "– (tertulis “8 5”)"), ("#DIV/0!", "– (tertulis “#DIV/0!”)")]
)
def test_a_missing_value_is_a_dash_and_what_stands_there_is_quoted(raw, text):
    assert format_value(value("A1", None, "missing", raw)) == text


def test_a_row_has_its_texts_its_figures_and_a_line_of_quarters():
    record = Record(
        "S",
        7,
        "program",
        1,
        {
            "program": value("B7", "Program Satu", "text"),
            "satuan": value("C7", "Orang", "text"),
            "pagu": value("D7", Decimal(5000)),
            "realisasi_tw": {"1": value("E7", Decimal(1)), "4": value("H7", None, "missing", "-")},
        },
    )
    assert shown(record) == ["program Program Satu B7", "satuan Orang C7 · pagu 5.000 D7", "realisasi 1 E7 – H7"]


def test_quarters_without_anything_are_one_dash():
    record = Record("S", 7, "program", 1, {"realisasi_tw": {q: value(None, None, "missing", None) for q in "1234"}})
    assert shown(record)[-1] == "realisasi –"


def test_what_is_inherited_is_said_once_and_marked():
    sasaran = value("B6", "Meningkatnya mutu", "text", inherited=True)
    record = Record("S", 7, "sasaran_indikator", 1, {"sasaran": sasaran, "indikator": value("C7", "Angka", "text")})
    assert shown(record) == ["indikator sasaran Meningkatnya mutu ↑B6", "Angka C7"]
    assert shown(record, record.fields) == ["indikator Angka C7"]


@given(st.sets(st.integers(1, 60)))
def test_ranges_name_every_row_once(rows):
    named = set()
    for part in filter(None, join_ranges(rows).split(", ")):
        first, _, last = part.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == rows


def test_what_a_workbook_says_cannot_command_the_terminal():
    text = value("B7", "Nilai\x1b[2J\x9b31m\u202eAKIP [bold]\nbaris", "text")
    (line,) = shown(Record("S", 7, "aksi", 1, {"indikator": text}))
    assert line == "rencana aksi indikator Nilai\ufffd[2J\ufffd31m\ufffdAKIP [bold] baris B7"
