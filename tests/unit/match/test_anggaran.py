"""Budget rows of forms: tied to the plan level by level, counted once, and what was spent read as the form says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.match.compose import match_forms
from schemas.submission import Isi
from tests.unit.match.rows import SKPD, cell, known, padanan, plan, row

RENCANA = plan(
    ("1.02.01", "Program Penunjang Urusan"),
    ("1.02.01.2.01", "Perencanaan"),
    ("1.02.01.2.01.0001", "Penyusunan Dokumen"),
    ("1.02.01.2.02", "Keuangan"),
    ("1.02.01.2.02.0001", "Penyusunan Dokumen"),
    ("1.02.02", "Program Kesehatan"),
    ("1.02.02.2.01", "Layanan"),
    ("1.02.02.2.01.0005", "Obat"),
)


def match(rows, references=None, isi=(Isi.ANGGARAN,)):
    references = known(rencana=RENCANA) if references is None else references
    return match_forms(rows, references, {"f1": frozenset(isi)})


def budget(made):
    return {r["row_id"].split("!")[-1]: r for r in made.rows["typed_anggaran"]}


def codes(made):
    return [f.kode for f in made.findings]


def test_names_without_codes_are_tied_below_the_row_above_them():
    made = match(
        [
            row(1, "program", program="PROGRAM PENUNJANG URUSAN", pagu=30),
            row(2, "kegiatan", kegiatan="Kegiatan Perencanaan", pagu=10),
            row(3, "sub_kegiatan", sub_kegiatan="Sub Kegiatan Penyusunan  Dokumen", pagu=10),
            row(4, "kegiatan", kegiatan="Keuangan", pagu=20),
            row(5, "sub_kegiatan", sub_kegiatan="Penyusunan Dokumen", pagu=20),
        ]
    )
    assert [r["kode"] for r in budget(made).values()] == [
        "1.02.01", "1.02.01.2.01", "1.02.01.2.01.0001", "1.02.01.2.02", "1.02.01.2.02.0001",
    ]  # fmt: skip
    assert made.findings == [] and made.questions == []


def test_rows_below_an_unsure_one_are_held_and_told_with_it():
    made = match(
        [
            row(1, "program", program="Program Penunjang Urusan", pagu=30),
            row(2, "kegiatan", kegiatan="Perencanaan dan Lainnya", pagu=10),
            row(3, "sub_kegiatan", sub_kegiatan="Penyusunan Dokumen", pagu=10),
            row(4, "kegiatan", kegiatan="Keuangan", pagu=20),
        ]
    )
    assert {k: r["kode"] for k, r in budget(made).items()} == {"R1": "1.02.01", "R2": None, "R4": "1.02.01.2.02"}
    (told,) = made.findings
    assert (told.kode, told.row_id, told.sel) == ("COC-002", "f1!E81!R2", "A2")
    assert "begitu pula 1 baris di bawahnya" in told.pesan
    assert [(q.nama, q.jenis, q.kode_skpd) for q in made.questions] == [("Perencanaan dan Lainnya", "Program", SKPD)]


def test_a_confirmed_name_is_a_tie_and_its_rows_follow():
    references = known(rencana=RENCANA, padanan=[padanan("program", "Perencanaan dan Lainnya", "1.02.01.2.01")])
    made = match(
        [
            row(1, "program", program="Program Penunjang Urusan", pagu=30),
            row(2, "kegiatan", kegiatan="Kegiatan Perencanaan dan Lainnya", pagu=10),
            row(3, "sub_kegiatan", sub_kegiatan="Penyusunan Dokumen", pagu=10),
        ],
        references,
    )
    assert budget(made)["R3"]["kode"] == "1.02.01.2.01.0001" and not made.questions


@pytest.mark.parametrize(
    ("kode", "nama", "expected"),
    [
        ("1.02.02.2.01.0005", "Obat", "1.02.02.2.01.0005"),
        ("1.02.02.2.01.05", "Obat", "1.02.02.2.01.0005"),
        ("1.02.02.2.01.05", "Nama lain sama sekali", "1.02.02.2.01.0005"),
        ("1.02.02.2.01.0099", "Kegiatan baru", "1.02.02.2.01.0099"),
        ("1.02.02.2.01.0099", "Obat", None),
        ("1.02.02.2.01", "Obat", "1.02.02.2.01.0005"),
    ],
)
def test_a_code_stands_for_itself_unless_the_name_says_another(kode, nama, expected):
    made = match([row(1, "sub_kegiatan", kode=kode, sub_kegiatan=nama, pagu=10)])
    assert budget(made)["R1"]["kode"] == expected


def test_without_a_plan_names_are_one_question_and_codes_stand():
    made = match(
        [
            row(1, "program", program="Program Penunjang Urusan", pagu=30),
            row(2, "kegiatan", kegiatan="Perencanaan", pagu=10),
            row(3, "sub_kegiatan", kode="1.02.01.2.01.0001", sub_kegiatan="Penyusunan Dokumen", pagu=10),
        ],
        {},
    )
    assert codes(made) == ["COC-003"] and "2 baris" in made.findings[0].pesan
    assert [r["kode"] for r in budget(made).values()] == ["1.02.01.2.01.0001"]


def test_sums_above_programmes_and_parts_beside_indicators_are_not_counted_again():
    made = match(
        [
            row(1, "urusan", urusan="Urusan Kesehatan", pagu=99),
            row(2, "bidang_urusan", bidang_urusan="Bidang Kesehatan", pagu=99),
            row(3, "program", program="Program Kesehatan", pagu=60),
            row(4, "program_indikator_tambahan", indikator="Indikator lain program itu", pagu=39),
            row(5, "program_indikator", tabel=1, program="Program Kesehatan", indikator="Indikator", pagu=99),
        ]
    )
    assert sum(r["pagu_rp"] for r in budget(made).values()) == 60
    (told,) = made.findings
    assert (told.kode, told.tingkat) == ("COC-011", "note")
    assert "bidang urusan 1, indikator program 2, urusan 1" in told.pesan


def test_a_programme_beside_an_indicator_is_a_budget_row_and_a_merged_one_counts_once():
    shared = cell(60, "E1", warisan=True)
    made = match(
        [
            row(1, "sasaran_indikator", indikator="Satu", program="Program Kesehatan", pagu=60, realisasi_anggaran=5),
            row(2, "sasaran_indikator", indikator="Dua", program="Program Kesehatan", pagu=shared),
        ]
    )
    assert [(r["row_id"], r["kode"], r["pagu_rp"]) for r in made.rows["typed_anggaran"]] == [
        ("f1!E81!R1:anggaran", "1.02.02", Decimal(60))
    ]


def test_the_same_row_twice_counts_once_and_a_contradiction_not_at_all():
    twice = [row(n, "program", program="Program Kesehatan", pagu=60) for n in (1, 2)]
    made = match(twice)
    assert [r["pagu_rp"] for r in budget(made).values()] == [60] and codes(made) == ["COC-008"]
    made = match([twice[0], row(2, "program", program="Program Kesehatan", pagu=61)])
    assert {r["kode"] for r in budget(made).values()} == {None} and codes(made) == ["COC-005", "COC-005"]
    assert {f.row_id for f in made.findings} == {"f1!E81!R1", "f1!E81!R2"}


SUB = {"kode": "1.02.02.2.01.0005", "sub_kegiatan": "Obat", "pagu": 1000}


def spent(cara_isi, triwulan=2, **quarters):
    made = match([row(1, "sub_kegiatan", cara_isi, triwulan, **SUB, **quarters)])
    (typed,) = made.rows["typed_anggaran"]
    apart = {r["untuk_triwulan"]: r["realisasi_rp"] for r in made.rows["typed_belanja_triwulan"]}
    return typed["realisasi_rp"], apart, codes(made)


TW = {f"realisasi_anggaran_tw_{q}": q * 100 for q in (1, 2)}


def test_quarters_apart_are_kept_apart_and_never_added_here():
    assert spent("per_triwulan", **TW, realisasi_anggaran=300) == (None, {1: 100, 2: 200}, [])


def test_cumulative_quarters_give_the_cell_of_the_own_quarter():
    assert spent("kumulatif", **TW) == (200, {}, ["COC-014"]), "the quarter before is told as not used"
    waiting = {"realisasi_anggaran_tw_1": 100, "realisasi_anggaran_tw_2": None}
    assert spent("kumulatif", **waiting) == (None, {}, ["COC-013"])


def test_where_nobody_says_what_the_quarters_hold_it_is_asked():
    assert spent(None, **TW) == (None, {}, ["COC-006"])
    assert spent(None, 1, realisasi_anggaran_tw_1=100) == (None, {1: 100}, []), "of TW I there is only one reading"
    assert spent(None, **TW, realisasi_anggaran=300) == (300, {}, ["COC-014"]), "the form itself adds them up"


def test_a_column_of_sums_stands_where_no_quarter_is_filled_and_none_is_ahead():
    empty = {f"realisasi_anggaran_tw_{q}": None for q in (1, 2)}
    assert spent("per_triwulan", **empty, realisasi_anggaran=0) == (0, {}, [])
    ahead = {**empty, "realisasi_anggaran_tw_3": 50}
    assert spent("per_triwulan", **ahead, realisasi_anggaran=50) == (None, {}, ["COC-009"])


def test_every_figure_keeps_its_cell():
    made = match([row(7, "sub_kegiatan", "per_triwulan", **SUB, **TW)])
    cells = {(o["row_id"].split("!")[-1], o["kolom"]): o["sel"] for o in made.rows["origins"]}
    assert cells == {
        ("R7", "kode"): "A7", ("R7", "uraian"): "B7", ("R7", "pagu_rp"): "C7",
        ("R7:TW1", "realisasi_rp"): "D7", ("R7:TW2", "realisasi_rp"): "E7",
    }  # fmt: skip


FORM = [
    row(1, "program", program="Program Penunjang Urusan", pagu=30),
    row(2, "kegiatan", kegiatan="Perencanaan", pagu=10),
    row(3, "sub_kegiatan", sub_kegiatan="Penyusunan Dokumen", pagu=10),
    row(4, "program", program="Program Kesehatann", pagu=20),
    row(5, "sasaran_indikator", indikator="Angka kematian ibu", realisasi_tw_2=5),
]


@given(st.permutations(FORM))
def test_the_order_in_which_rows_come_from_the_store_changes_nothing(shuffled):
    both = (Isi.ANGGARAN, Isi.KINERJA)
    made, again = match(FORM, isi=both), match(shuffled, isi=both)
    assert (made.rows, made.findings, made.questions) == (again.rows, again.findings, again.questions)
