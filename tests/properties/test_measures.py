"""A figure in every way Indonesians write it reads back as itself; and what the shared workbooks expect of each cell."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.extract.measures import read_measure
from pipelines.extract.readings import round_half_up
from pipelines.numerals import format_exact
from tests.lib.scoring import list_expectations

SHARED = Path(__file__).parents[2].parent / "shared" / "workbooks"
LARGEST = 10**14
figures = st.decimals(-LARGEST, LARGEST, places=4, allow_nan=False)
shares = st.decimals(0, 100, places=2, allow_nan=False)
counts = st.integers(0, LARGEST)


def grouped(figure):
    return format_exact(figure)


def ungrouped(figure):
    return format_exact(figure).replace(".", "")


def read(cell, satuan=None, money=False):
    return read_measure(cell, percent=False, satuan=satuan, money=money)


def unambiguous(figure, text):
    """A lone comma with three places, or a lone group of three, can mean thousands or decimals."""
    head, _, places = text.lstrip("-").partition(",")
    return len(places) != 3 or len(head) > 3 or head == "0" or "." in head


@given(figures)
def test_a_figure_written_with_a_comma_reads_back(figure):
    measured = read(ungrouped(figure))
    assert (measured.value, measured.kind) == (figure, "text_number")


@given(figures, st.sampled_from(["{}", " {} ", "\u00a0{}", "{}\n", "{}*", "{} *)", "{} (sementara)"]))
def test_spaces_and_marks_around_a_figure_change_nothing(figure, style):
    assert read(style.format(ungrouped(figure))).value == figure


@given(figures, st.sampled_from(["Rp {}", "Rp. {}", "Rp{}", "rp {},-", "{}", "{} Rupiah", "Rp\u00a0{}"]))
def test_money_in_every_style_reads_back(figure, style):
    text = grouped(figure)
    assume(unambiguous(figure, text) and not (style.endswith(",-") and "," in text))
    assert read(style.format(text), money=True).value == figure


@given(figures)
def test_a_bracket_around_money_is_a_minus(figure):
    text = grouped(abs(figure))
    assume(unambiguous(figure, text))
    assert read(f"({text})", money=True).value == -abs(figure)


@given(counts, st.sampled_from(["Orang", "Dokumen", "Laporan", "Unit", "Layanan"]))
def test_a_count_reads_back_with_its_unit_inside_or_beside(count, satuan):
    text = grouped(Decimal(count))
    inside, beside = read(f"{text} {satuan}"), read(text, satuan)
    assert (inside.value, inside.satuan, beside.value) == (count, satuan, count)


@given(shares, st.sampled_from(["{}%", "{} %", "{} Persen", "{}\u00a0%"]), st.sampled_from(["%", "Persen", None]))
def test_a_percentage_in_words_or_sign_reads_back(share, style, satuan):
    assert read(style.format(ungrouped(share)), satuan).value == share


@given(st.decimals(-10, 10, places=6, allow_nan=False))
def test_a_native_percentage_is_a_hundred_times_its_number(share):
    measured = read_measure(float(share), percent=True, satuan="%")
    assert (measured.value, measured.kind) == (share * 100, "percent_native")


@given(shares, shares, st.sampled_from(["{}-{}", "{} – {} %", "{} s.d. {}", "{} sampai dengan {}"]))
def test_a_range_keeps_both_bounds_in_order(one, other, style):
    low, high = sorted((one, other))
    assert read(style.format(ungrouped(low), ungrouped(high))).value == {"low": low, "high": high}


@given(shares, st.sampled_from([">", "<", "≥", "≤"]), st.sampled_from(["", " %", " jam"]))
def test_a_bound_keeps_its_sign(figure, sign, unit):
    operator = {"≥": ">=", "≤": "<="}.get(sign, sign)
    assert read(f"{sign} {ungrouped(figure)}{unit}").value == {"op": operator, "value": figure}


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_ratio_is_exact_to_ten_places(part, whole):
    measured = read(f"{part} dari {whole} Orang", "%")
    assert abs(measured.value * whole - part * 100) <= Decimal("0.5e-10") * whole
    assert (measured.extra["pembilang"], measured.extra["penyebut"]) == (part, whole)


@given(st.fractions(-(10**12), 10**12))
def test_rounding_is_half_away_from_zero(figure):
    rounded = round_half_up(figure)
    assert abs(figure - figure.__class__(rounded)) * 2 * 10**10 <= 1
    assert round_half_up(-figure) == -rounded


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_lone_group_of_three_is_never_guessed(head, group):
    measured = read(f"{head}.{group:03d}", "Indeks")
    assert (measured.value, measured.kode) == (None, "BCA-005")


@given(st.text(max_size=60), st.sampled_from([None, "%", "Orang", "Predikat", "jam", "Level"]), st.booleans())
def test_no_text_breaks_the_reader_and_nothing_without_a_value_is_silent(text, satuan, money):
    measured = read(text, satuan, money)
    assert measured.value is not None or measured.kode or measured.kind in ("missing", "missing_text")
    if isinstance(measured.value, Decimal):
        assert any(ch.isdigit() for ch in text) or satuan == "Level" or text.casefold().split()[0].isalpha()


def expected_cells():
    for path in list_expectations(SHARED):
        for row in json.loads(path.read_text("utf-8"))["rows"]:
            inside = row.get("satuan")
            satuan = inside["value"] if isinstance(inside, dict) and inside["kind"] != "unit_inside_target" else None
            for field, held in row.items():
                yield from ((path.name, field, satuan, cell) for cell in cells_in(held))


def cells_in(held):
    if isinstance(held, list):
        return [cell for inner in held for cell in cells_in(inner)]
    if not isinstance(held, dict):
        return []
    return [held] if "kind" in held else [cell for inner in held.values() for cell in cells_in(inner)]


NO_MEASURE = {"text", "banner_row", "code_split_columns", "from_table_title", "unit_inside_target"}
FORMULAS = {"formula_cached", "formula_no_cache"}


def exactly(value):
    if isinstance(value, dict):
        return {key: exactly(inner) for key, inner in value.items()}
    return Decimal(str(value)) if isinstance(value, (int, float)) else value


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} tidak ada di mesin ini")
def test_every_cell_the_shared_workbooks_expect_is_read_as_they_say():
    seen, wrong = 0, []
    for name, field, satuan, cell in expected_cells():
        kind, raw = cell["kind"], cell.get("raw")
        if kind in NO_MEASURE | FORMULAS or field.startswith("sub_rencana"):
            continue
        seen += 1
        raw = datetime.fromisoformat(raw) if kind == "date_serial_suspicious" else raw
        money = "anggaran" in field or "pagu" in field
        measured = read_measure(raw, percent=kind == "percent_native", satuan=satuan, money=money)
        told = measured.kode or cell["value"] is not None or kind.startswith("missing")
        score = exactly(cell.get("score")) == measured.extra.get("score")
        if (measured.kind, measured.value) != (kind, exactly(cell["value"])) or not told or not score:
            wrong.append((name, cell, measured))
    assert seen > 2000
    assert not wrong
