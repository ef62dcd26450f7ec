"""A file whose folder or name contradict what it says, and that would replace another, is held until a person decides."""

from dataclasses import replace
from datetime import datetime

import pytest

from pipelines.intake.receipts import check_receipts, understand_receipts
from pipelines.intake.register import check_files, check_submissions, check_twins
from pipelines.intake.versions import compose_register
from schemas.journal import Peristiwa
from schemas.submission import Isi, Jenis, ReceiptLine
from tests.unit.intake.test_register import DEADLINE, DINKES, REGISTER, received
from tests.unit.intake.test_standing import ruled

FIRST = received("a", 1, 1)
STRAY = received("b", 2, 2, berkas="tw3/b.xlsx", folder_triwulan=3)
"""Says TW II, and lies in the inbox of TW III."""


def registered(*files, confirmed=(), rulings=()):
    made = compose_register(list(files), REGISTER, rulings, frozenset(confirmed))
    told = [*check_files(made.files, REGISTER, frozenset(confirmed)), *check_twins(made.twins)]
    return [(s.pengajuan_id[-2:], s.status) for s in made.submissions], [(f.kode, f.triwulan, f.berkas) for f in told]


HELD = [("REG-031", 2, "tw3/b.xlsx"), ("REG-031", 3, "tw3/b.xlsx")]


@pytest.mark.parametrize(
    ("changes", "quarters"),
    [
        ({}, [2, 3]),
        ({"berkas": "tw2/dinkes TW1.xlsx", "folder_triwulan": 2}, [1, 2]),
        ({"berkas": "tw1/dinkes TW1.xlsx", "folder_triwulan": 1}, [1, 2]),
        ({"berkas": "tw1/dinkes TW3.xlsx", "folder_triwulan": 1}, [1, 2, 3]),
    ],
)
def test_what_contradicts_itself_replaces_nothing_and_is_told_wherever_it_may_belong(changes, quarters):
    stray = replace(STRAY, **changes)
    submissions, told = registered(FIRST, stray)
    assert submissions == [("v1", "diterima")]
    assert told == [("REG-031", q, stray.berkas) for q in quarters]


def test_what_contradicts_itself_but_replaces_nothing_is_taken_as_before():
    submissions, told = registered(STRAY)
    assert submissions == [("v1", "diterima")] and told == [("REG-004", 2, "tw3/b.xlsx"), ("REG-004", 3, "tw3/b.xlsx")]
    own, form = FIRST, received("f", 2, 2, berkas="tw3/f.xlsx", folder_triwulan=3, jenis=Jenis.FORMULIR, isi=(Isi.PK,))
    made = compose_register([replace(STRAY, berkas="tw3/dinkes TW3.xlsx")], REGISTER)
    told_alone = list(check_files(made.files, REGISTER))
    assert [f.kode for f in told_alone] == ["REG-004", "REG-004", "REG-010"]
    assert all("kecuali bila" in f.pesan and "REG-031" in f.pesan for f in told_alone)
    assert registered(own, form)[0] == [("v1", "diterima"), ("f2", "digantikan")]


def test_what_contradicts_itself_is_held_whatever_day_it_is_dated():
    assert registered(received("a", 1, 9), STRAY) == ([("v1", "diterima")], HELD)


def test_a_row_of_the_book_of_receipts_confirms_it_and_no_other_number_shifts():
    third = received("c", 3, 3)
    assert registered(FIRST, STRAY, third) == ([("v1", "digantikan"), ("v3", "diterima")], HELD)
    confirmed = registered(FIRST, STRAY, third, confirmed=[("tw3/b.xlsx", 2)])
    assert confirmed == ([("v1", "digantikan"), ("v2", "digantikan"), ("v3", "diterima")], [])
    assert registered(FIRST, STRAY, confirmed=[("tw3/b.xlsx", 3)])[1] == HELD


def test_a_file_moved_to_its_folder_counts_and_is_no_longer_told_where_it_lay():
    moved = received("b", 3, 3)
    submissions, told = registered(FIRST, STRAY, moved)
    assert submissions == [("v1", "digantikan"), ("v2", "diterima")] and told == [("REG-005", 2, "tw3/b.xlsx")]


def test_what_came_after_a_held_file_keeps_its_number_when_that_is_moved():
    other = received("c", 3, 4)
    assert registered(FIRST, STRAY, other)[0] == [("v1", "digantikan"), ("v3", "diterima")]
    moved = received("b", 4, 5)
    assert registered(FIRST, STRAY, other, moved)[0] == [
        ("v1", "digantikan"), ("v2", "digantikan"), ("v3", "diterima"),
    ]  # fmt: skip
    again = received("b", 5, 6, berkas="tw2/lagi.xlsx")
    sent_again = registered(FIRST, STRAY, other, moved, again)[0]
    assert sent_again[2:] == [("v3", "digantikan"), ("v4", "diterima")], "sent once more it is the newest"


def test_a_held_file_counts_alike_whether_it_is_moved_or_the_book_confirms_it():
    other, moved = received("c", 3, 4), received("b", 4, 5)
    confirmed = registered(FIRST, STRAY, other, confirmed=[("tw3/b.xlsx", 2)])
    assert registered(FIRST, STRAY, other, moved)[0] == confirmed[0]


def test_what_is_sent_again_after_it_was_moved_is_a_version_of_its_own():
    files = (FIRST, STRAY, received("b", 3, 3), received("c", 4, 4), received("b", 5, 5))
    assert [name for name, _ in registered(*files)[0]] == ["v1", "v2", "v3", "v4"]


def test_a_file_mended_in_its_place_is_no_longer_told():
    mended = received("c", 3, 3, berkas="tw3/b.xlsx", folder_triwulan=3, triwulan=3)
    gone = replace(STRAY, ada=False)
    assert registered(FIRST, gone, mended) == ([("v1", "diterima"), ("v1", "diterima")], [])


def test_a_content_the_office_has_accepted_is_not_doubted_again():
    accepted = [ruled(Peristiwa.DISAHKAN, "b")]
    assert registered(FIRST, STRAY, rulings=accepted)[0] == [("v1", "digantikan"), ("v2", "diterima")]


def test_a_moved_content_that_is_accepted_keeps_its_number():
    accepted = [ruled(Peristiwa.DISAHKAN, "a"), ruled(Peristiwa.DISAHKAN, "b")]
    assert registered(FIRST, STRAY, received("b", 3, 3), rulings=accepted)[0] == [
        ("v1", "digantikan"),
        ("v2", "diterima"),
    ]


def test_a_moved_content_that_is_withdrawn_keeps_its_number_and_is_not_told_again():
    taken = ruled(Peristiwa.DITARIK, "b", "tw2/b.xlsx", "tw3/b.xlsx")
    submissions, told = registered(FIRST, STRAY, received("b", 3, 3), rulings=[taken])
    assert submissions == [("v1", "diterima"), ("v2", "ditarik")] and told == []


def test_what_is_held_does_not_come_in_because_another_is_withdrawn():
    made = compose_register([FIRST, STRAY], REGISTER, [ruled(Peristiwa.DITARIK, "a", "tw2/a.xlsx")])
    assert [s.status for s in made.submissions] == ["ditarik"]
    assert "menggantikan tw2/a.xlsx (sudah ditarik)" in next(check_files(made.files, REGISTER)).pesan


def test_a_held_file_of_a_quarter_nobody_sent_for_does_not_end_the_silence():
    made = compose_register([FIRST, STRAY], REGISTER)
    silent = [f for f in check_submissions(made.submissions, REGISTER, DEADLINE, [(2025, 3)]) if f.kode == "REG-008"]
    assert DINKES in {f.kode_skpd for f in silent}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ReceiptLine("tw2", 2, "a.xlsx", "06/25/2025", ""), "tanggal “06/25/2025” tidak terbaca"),
        (ReceiptLine("tw2", 2, "a.xlsx", "25/06/10", ""), "bukan masa penerimaan data Tahun 2025"),
        (ReceiptLine("tw2", 2, "a.xlsx", "########", ""), "tanggal “########” tidak terbaca"),
        (ReceiptLine("tw2", 2, "a.xlsx", "10/06/2025", "", "isian “x” di luar kolomnya"), "di luar kolomnya"),
        (ReceiptLine("tw2", 2, "a.xlsx", "", "5"), "triwulan “5” bukan 1 sampai 4"),
        (ReceiptLine("tw2", 2, "a.xlsx", "", ""), "kosong"),
        (ReceiptLine("tw2", 2, "", "2025-06-10", ""), "nama berkas kosong"),
        (ReceiptLine("tw2", 1, sebab="tidak memuat kolom berkas"), "tidak memuat kolom berkas"),
        (ReceiptLine("tw2", 2, "b.xlsx", "2025-06-10", ""), "tidak ada berkas “b.xlsx”"),
        (ReceiptLine("tw2", 2, "a.xlsx", "", "III"), "isi berkas menyatakan Triwulan II"),
        (ReceiptLine("tw2", 2, "a.xlsx", "2025-06-10 08:30", "TW II"), None),
        (ReceiptLine("tw2", 2, "sub\\a.xlsx", "2025-06-10", None), None),
        (ReceiptLine("tw3", 2, "belum didaftar.xlsx", "2025-09-10", None), None),
    ],
)
def test_a_row_that_cannot_be_used_is_a_finding(line, said):
    files = [FIRST, received("s", 2, 2, berkas="tw2/sub/a.xlsx")]
    told = list(check_receipts(2025, 2, understand_receipts(2025, [line]), files))
    assert [(f.kode, f.triwulan) for f in told] == ([("REG-034", 2)] if said else [])
    assert said is None or said in told[0].pesan


def test_two_rows_on_one_file_add_up():
    lines = [ReceiptLine("tw2", 2, "a.xlsx", "2025-06-10", None), ReceiptLine("tw2", 3, "a.xlsx", None, "2")]
    receipts = understand_receipts(2025, lines)
    assert receipts.stamps.keys() == receipts.quarters.keys() == {"tw2/a.xlsx"} and not receipts.faults


def test_a_book_with_the_month_before_the_day_leaves_no_date_in_doubt():
    lines = [
        ReceiptLine("tw2", n, f"{n}.xlsx", day) for n, day in enumerate(("06/25/2025", "06/10/2025", "06/06/2025"), 2)
    ]
    receipts = understand_receipts(2025, [*lines, ReceiptLine("tw3", 2, "c.xlsx", "06/10/2025")])
    assert receipts.stamps == {"tw2/4.xlsx": datetime(2025, 6, 6), "tw3/c.xlsx": datetime(2025, 10, 6)}
    assert "6 Oktober 2025 atau 10 Juni 2025" in receipts.faults[1][1]


def test_what_is_held_says_whether_it_would_replace_or_only_wait():
    def told(*rulings):
        made = compose_register([FIRST, STRAY], REGISTER, rulings)
        return {f.pesan for f in check_files(made.files, REGISTER) if f.kode == "REG-031"}

    (replacing,), (waiting,) = told(), told(ruled(Peristiwa.DISAHKAN, "a"))
    assert f"bila dipakai, berkas ini menggantikan {FIRST.berkas}. Berkas ditahan" in replacing
    assert f"berkas ini menunggu pengesahan untuk menggantikan {FIRST.berkas} yang sudah disahkan." in waiting
