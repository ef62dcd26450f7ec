"""A cell of a form that nobody could read holds back the budget row it was meant for, and no other."""

from __future__ import annotations

import pytest

from pipelines.match.compose import match_forms
from pipelines.match.held import hold_rows
from pipelines.match.rows import Cell
from pipelines.steps.match import matched_tables
from schemas.finding import Place, make_finding
from schemas.submission import Isi
from tests.unit.match.rows import SKPD, known, plan, row

NAMED = {"kode": "1.02.02.2.01.0005", "sub_kegiatan": "Obat"}
PLAN = known(rencana=plan(("1.02.02", "Program"), ("1.02.02.2.01", "Layanan"), ("1.02.02.2.01.0005", "Obat")))
UNREAD = Cell("Z9", False, None, None, "1 jt-an", "galat")


def held(cara_isi=None, triwulan=2, **fields):
    """The row that an error in the cell Z9 holds back."""
    rows = [row(9, "sub_kegiatan", cara_isi, triwulan, **NAMED, **fields)]
    typed = {
        t.name: data for t, data in matched_tables(match_forms(rows, PLAN, {"f1": frozenset([Isi.ANGGARAN])})).items()
    }
    place = Place(2025, triwulan, SKPD, "e81.xlsx", "E81", "Z9", "f1")
    (told,) = hold_rows([make_finding("BCA-003", place, "1 jt-an", kolom="Rp")], typed)
    return told.row_id and told.row_id.split("!")[-1]


@pytest.mark.parametrize(
    "form",
    [
        {"pagu": UNREAD, "realisasi_anggaran": 5},
        {"pagu": 9, "realisasi_anggaran": UNREAD},
        {"cara_isi": "per_triwulan", "pagu": 9, "realisasi_anggaran_tw_1": UNREAD, "realisasi_anggaran_tw_2": 5},
        {"cara_isi": "per_triwulan", "pagu": 9, "realisasi_anggaran_tw_1": 5, "realisasi_anggaran_tw_2": UNREAD},
        {"cara_isi": "kumulatif", "pagu": 9, "realisasi_anggaran_tw_1": 5, "realisasi_anggaran_tw_2": UNREAD},
        {"triwulan": 1, "pagu": 9, "realisasi_anggaran_tw_1": UNREAD},
    ],
)
def test_money_that_cannot_be_read_holds_its_budget_row(form):
    assert held(**form) == "R9"


@pytest.mark.parametrize(
    "form",
    [
        {"cara_isi": "per_triwulan", "pagu": 9, "realisasi_anggaran_tw_2": 5, "realisasi_anggaran_tw_3": UNREAD},
        {"cara_isi": "kumulatif", "pagu": 9, "realisasi_anggaran_tw_1": UNREAD, "realisasi_anggaran_tw_2": 5},
        {"cara_isi": "per_triwulan", "pagu": 9, "realisasi_anggaran_tw_1": 5, "realisasi_anggaran": UNREAD},
    ],
)
def test_a_cell_that_no_figure_is_taken_from_holds_nothing(form):
    assert held(**form) is None


def test_what_was_read_is_not_held_for_what_is_said_of_its_cell():
    assert held(pagu=Cell("Z9", False, 9, None, None, "angka"), realisasi_anggaran=5) is None
