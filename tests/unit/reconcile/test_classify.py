"""What a difference is, by rule; the first rule that fits says it, and near misses fit none."""

from decimal import Decimal

import pytest

from pipelines.reconcile.classify import Case, Part, classify, classify_rest
from schemas.vocabulary import Besaran, Pihak, Selisih


def case(ours, theirs, *, besaran=Besaran.REALISASI, pihak=Pihak.BKD, quarters=None, own=None, versions=None, **more):
    figures = ({k: Decimal(v) for k, v in (given or {}).items()} for given in (quarters, own, versions))
    their_quarters, our_quarters, versions = figures
    return Case(besaran, pihak, 2, Decimal(ours), Decimal(theirs), their_quarters, our_quarters, versions, **more)


def parts(*values, repeated=()):
    return tuple(Part(str(91 + n), f"K{n}", Decimal(v), n in repeated) for n, v in enumerate(values))


ROUNDED, SCALED, OPEN = Selisih.PEMBULATAN, Selisih.SATUAN, Selisih.BELUM_TERJELASKAN


@pytest.mark.parametrize(
    ("ours", "theirs", "jenis"),
    [
        ("1500000", "1500000.60", ROUNDED),  # rupiah without sen
        ("1500001", "1500000", ROUNDED),
        ("1500002", "1500005", OPEN),
        ("48112000", "48111600", ROUNDED),  # to the nearest thousand, and down to the last
        ("48111000", "48111600", ROUNDED),
        ("48110000", "48111600", OPEN),
        ("48111600", "48112000", ROUNDED),  # theirs is the rounded one
        ("48000000", "48111600", ROUNDED),  # millions
        ("1000000", "1111600", OPEN),  # one million is no rounding of anything
        ("0", "400", OPEN),  # nor is nothing
        ("48112", "48111600", SCALED),
        ("48", "48111600", OPEN),  # two digits may stand for anything
        ("481", "481111600", SCALED),
        ("481111600", "481112", SCALED),
    ],
)
def test_rounding_and_units(ours, theirs, jenis):
    assert classify(case(ours, theirs)).jenis is jenis
    target = classify(case(ours, theirs, besaran=Besaran.TARGET, pihak=Pihak.RENCANA))
    assert target.jenis is OPEN, "a target is never rounded away"


def test_timing_is_the_ledger_of_another_quarter_and_nothing_near_it():
    quarters = {1: "1000123", 2: "2500456", 3: "4000789"}
    assert classify(case("1000123", "2500456", quarters=quarters)).penjelasan.startswith(
        "angka SKPD sama dengan BKD s.d. TW I:"
    )
    assert "TW III" in classify(case("4000789", "2500456", quarters=quarters)).penjelasan
    assert classify(case("4000900", "2500456", quarters=quarters)).jenis is OPEN
    assert classify(case("1500333", "2500456", quarters=quarters)).jenis is Selisih.TRIWULAN_SAJA
    pagu = classify(case("4000789", "2500456", quarters=quarters, besaran=Besaran.PAGU))
    assert pagu.jenis is OPEN, "a pagu has versions, no timing"


def test_what_came_level_a_quarter_later_was_timing_if_ours_was_on_the_way():
    quarters, own = {1: "1000123", 2: "2500456", 3: "4000789"}, {3: "4000789"}
    assert classify_rest(case("3100222", "2500456", quarters=quarters, own=own)).jenis is Selisih.WAKTU
    assert classify_rest(case("9100222", "2500456", quarters=quarters, own=own)).jenis is OPEN
    assert classify_rest(case("3100222", "2500456", quarters=quarters, own={3: "4000788"})).jenis is OPEN


def test_another_version_of_pagu_or_target():
    for besaran in (Besaran.PAGU, Besaran.TARGET):
        verdict = classify(case("90", "95", besaran=besaran, pihak=Pihak.RENCANA, versions={"Murni": "90"}))
        assert (verdict.jenis, verdict.penjelasan) == (Selisih.VERSI, "angka SKPD sama dengan Rencana Bappeda Murni")


def test_rows_that_make_the_difference_are_named():
    own = parts("7000400", "1111150", "842375")
    theirs = sum(p.value for p in own)
    assert classify_rest(case("7000400", theirs, parts=own)).penjelasan == "selisih = baris 92 + 93 pada BKD"
    twice = classify_rest(case(theirs + own[2].value, theirs, parts=own))
    assert twice.jenis is Selisih.GANDA and "baris 93" in twice.penjelasan
    whole = classify_rest(case("2000246", "1000123", parts=parts("1000123")))
    assert whole.jenis is Selisih.GANDA
    again = classify(case("1000123", "2000246", parts=parts("1000123", "1000123", repeated={1})))
    assert (again.jenis, "baris 92" in again.penjelasan) == (Selisih.GANDA_LAWAN, True)


def test_rows_of_another_code_are_named_with_it_and_never_subtracted():
    others = parts("7000401", "1111153", "842379", "3300017", "2999983", "5400071", "871113", "4410019")
    more = classify_rest(case("9842379", "9000000", parts=parts("9000000"), others=others))
    assert more.jenis is Selisih.GANDA and "baris 93" in more.penjelasan and "K2" in more.penjelasan
    assert classify_rest(case("8157621", "9000000", parts=parts("9000000"), others=others)).jenis is OPEN


def test_several_ways_are_told_and_none_is_believed():
    verdict = classify_rest(case("1000200", "2000300", parts=parts("1000100", "1000100", "100")))
    assert verdict.jenis is OPEN
    assert verdict.penjelasan == "beberapa gabungan baris BKD cocok: baris 91; baris 92"
