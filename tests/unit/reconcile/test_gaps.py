"""Why a figure was held beside no book: told of the side that lacks it."""

from decimal import Decimal

import pytest

from pipelines.reconcile.gaps import Sides, list_gaps
from pipelines.reconcile.lines import Line
from pipelines.reconcile.units import Unit
from schemas.codes import code_parts
from schemas.reconciliation import SOURCES, Celah
from schemas.vocabulary import Besaran, Pihak

PERIOD = ("1.02", 2025, 2)
KODE = "1.02.02.2.01.0001"


def line(besaran, value=None, teks=None, unread=frozenset()):
    figures = {besaran: None if value is None else Decimal(value)}
    return Line(*PERIOD, KODE, None, "f.xlsx", "BKD", 9, "r9", "acuan", teks=teks, figures=figures, unread=unread,
                key=code_parts(KODE))  # fmt: skip


@pytest.mark.parametrize("besaran", Besaran)
def test_each_side_is_blamed_for_what_it_lacks_alone(besaran):
    empty, told = line(besaran), line(besaran, 5)
    nobody_reads, in_words = line(besaran, unread=frozenset([besaran])), line(besaran, teks="BB")
    cases = [
        (Sides((told,), (), (), kept=False), Celah.TANPA_BUKU),
        (Sides((told,), (), (), kept=True), Celah.TANPA_SKPD),
        (Sides((told,), (), (empty,), kept=True), Celah.TANPA_ANGKA),
        (Sides((), (), (told,), kept=True), Celah.SKPD_TANPA_ISI),
        (Sides((), (), (nobody_reads,), kept=True), Celah.SKPD_TANPA_ISI),
        (Sides((), (), (in_words,), kept=True), Celah.SKPD_TANPA_ISI),
        (Sides((), (told,), (told,), kept=True), Celah.SKPD_TANPA_KODE),
    ]
    for sides, sebab in cases:
        found = {gap.besaran: gap.sebab for gap in list_gaps(PERIOD, (), lambda _, sides=sides: sides)}
        assert found[besaran] is sebab


def test_what_was_compared_is_no_gap():
    compared = [Unit(code_parts(KODE), besaran, pihak, (), ()) for besaran, pihak in SOURCES]
    sides = Sides((), (), (), kept=False)
    (gap,) = list_gaps(PERIOD, compared[1:], lambda _: sides)
    assert (gap.kode_skpd, gap.besaran, gap.pihak) == ("1.02", Besaran.REALISASI, Pihak.BKD)
