"""Register: identity comes from the content, versions are kept, lateness and silence are findings."""

from datetime import datetime

import pytest

from pipelines.intake.identity import hinted_quarter, identify_workbook, knows_name, parse_quarter
from pipelines.intake.punctual import Returns, judge_arrival
from pipelines.intake.register import (
    Deadline,
    check_files,
    check_submissions,
    check_twins,
    make_register,
)
from pipelines.intake.versions import compose_register
from schemas.journal import Peristiwa, Ruling
from schemas.layout import load_layout
from schemas.submission import ReceivedFile
from schemas.workbook import Grid

DINKES, BAPPEDA = "1.02.0.00.0.00.01.0000", "5.01.0.00.0.00.01.0000"
REGISTER = make_register(
    [(DINKES, "Dinas Kesehatan", "Dinkes", "Dinas Kesehatan Kab. Contoh"), (BAPPEDA, "Bappeda", "Bappeda", None)]
)
DEADLINE = Deadline(call_day=1, days=14, final_days=30)


def received(sha, urutan, day, **changes):
    fields = {
        "sha256": sha,
        "berkas": f"tw2/{sha}.xlsx",
        "folder_tahun": 2025,
        "folder_triwulan": 2,
        "diterima_pada": datetime(2025, 6, day),
        "urutan": urutan,
        "kode_skpd": DINKES,
        "tahun": 2025,
        "triwulan": 2,
    }
    return ReceivedFile(**{**fields, **changes})


def submissions_of(files, *rulings):
    return list(compose_register(files, REGISTER, rulings).submissions)


def codes(findings):
    return [f.kode for f in findings]


@pytest.mark.parametrize(
    "cell", ["²", "9" * 5000, float("nan"), float("inf"), -float("inf"), 1e308, "NaN", "1e999", 2.5, True, None, "-1"]
)
def test_what_no_year_and_no_quarter_is_written_as_is_neither(cell):
    layout = load_layout("format_pengisian").sheet("Identitas")
    said = identify_workbook(Grid("Identitas", [["Tahun", cell], ["Triwulan", cell]]), layout)
    assert (said.tahun, said.triwulan, parse_quarter(cell)) == (None, None, None)


def test_the_version_registered_last_counts_and_the_first_is_kept():
    first, second = submissions_of([received("a", 1, 3), received("b", 2, 9)])
    assert (first.pengajuan_id, first.status) == ("dinkes-2025-tw2-v1", "digantikan")
    assert (second.pengajuan_id, second.status) == ("dinkes-2025-tw2-v2", "diterima")


def test_a_version_registered_later_is_the_newer_one_whatever_day_it_is_dated():
    """A clock set back, or a day written into the book of receipts, decides no version: only whether it is late."""
    earlier_dated = submissions_of([received("a", 1, 18), received("b", 2, 3)])
    assert [(s.versi, s.status) for s in earlier_dated] == [(1, "digantikan"), (2, "diterima")]
    told = check_submissions(earlier_dated, REGISTER, DEADLINE, [])
    assert [(f.kode, f.pengajuan_id) for f in told] == [("REG-006", "dinkes-2025-tw2-v1")]


def test_the_bytes_of_the_last_version_are_told_by_its_number_not_by_its_day():
    files = [received("x", 1, 9), received("y", 2, 3), received("x", 3, 4, berkas="tw2/lagi.xlsx")]
    assert [(s.versi, s.sha256, s.status) for s in submissions_of(files)][-1] == (3, "x", "diterima")
    again = [received("x", 1, 9), received("y", 2, 3), received("y", 3, 4, berkas="tw2/lagi.xlsx")]
    assert [t.berkas for t, _ in compose_register(again, REGISTER).twins] == ["tw2/lagi.xlsx"]


def test_a_refused_file_makes_no_submission_but_a_finding():
    refused = received("a", 1, 3, tolak_kode="REG-001", tolak_sebab="berkas rusak", kode_skpd=None)
    assert submissions_of([refused]) == []
    assert codes(check_files([refused], REGISTER)) == ["REG-001"]


def test_an_unknown_skpd_is_named():
    (finding,) = check_files([received("a", 1, 3, kode_skpd="9.99")], REGISTER)
    assert (finding.kode, finding.nilai) == ("REG-003", "9.99")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"triwulan": 3}, ["REG-004", "REG-004"]),
        ({"berkas": "tw2/Dinkes TW III.xlsx"}, ["REG-010"]),
        ({"berkas": "tw2/Dinkes Triwulan 2.xlsx"}, []),
        ({"nama_skpd": "DINAS KESEHATAN KAB. CONTOH"}, []),
        ({"nama_skpd": "Dinas Kesehatan dan KB"}, ["REG-011"]),
    ],
)
def test_hints_are_checked_and_the_content_stands(changes, expected):
    assert codes(check_files([received("a", 1, 3, **changes)], REGISTER)) == expected


def test_late_replaced_and_silent_are_findings_each_of_its_own_skpd():
    submissions = submissions_of([received("a", 1, 3), received("b", 2, 18)])
    findings = list(check_submissions(submissions, REGISTER, DEADLINE, [(2025, 2)]))
    assert [(f.kode, f.kode_skpd) for f in findings] == [("REG-006", DINKES), ("REG-007", DINKES), ("REG-008", BAPPEDA)]
    assert "terlambat 3 hari" in findings[1].pesan


def test_the_last_day_is_in_time():
    submissions = submissions_of([received("a", 1, 15)])
    assert "REG-007" not in codes(check_submissions(submissions, REGISTER, DEADLINE, [(2025, 2)]))


def test_who_was_in_time_is_not_late_for_a_version_that_waits():
    accepted = Ruling(Peristiwa.DISAHKAN, DINKES, 2025, 2, "a", datetime(2025, 6, 20))
    submissions = submissions_of([received("a", 1, 3), received("b", 2, 28)], accepted)
    assert [s.status for s in submissions] == ["diterima", "menunggu"]
    assert "REG-007" not in codes(check_submissions(submissions, REGISTER, DEADLINE, []))
    (late,) = [f for f in check_submissions(submissions[1:], REGISTER, DEADLINE, []) if f.kode == "REG-007"]
    assert "terlambat 13 hari" in late.pesan, "alone, it is what the SKPD is judged by"


@pytest.mark.parametrize(
    ("received_on", "status_data", "days"),
    [
        (datetime(2026, 1, 20), "Final", None),
        (datetime(2026, 1, 20), " FINAL", None),
        (datetime(2026, 1, 31), "Final", 1),
        (datetime(2026, 1, 20), "Sementara", 36),
        (datetime(2026, 1, 20), None, 36),
    ],
)
def test_final_data_have_a_deadline_of_their_own(received_on, status_data, days):
    sent = received("a", 1, 1, triwulan=4, folder_triwulan=4, diterima_pada=received_on, status_data=status_data)
    late = [f for f in check_submissions(submissions_of([sent]), REGISTER, DEADLINE, []) if f.kode == "REG-007"]
    assert [f"terlambat {days} hari" in f.pesan for f in late] == ([True] if days else [])


def test_the_same_content_twice_is_one_submission_and_a_note():
    files = [received("x", 1, 3, berkas="tw2/a.xlsx"), received("x", 2, 3, berkas="tw2/salinan a.xlsx")]
    (finding,) = check_twins(compose_register(files, REGISTER).twins)
    assert (finding.kode, finding.berkas) == ("REG-005", "tw2/salinan a.xlsx")
    assert len(submissions_of(files)) == 1


def test_the_first_version_sent_again_after_a_wrong_second_counts():
    files = [received("x", 1, 3), received("y", 2, 5), received("x", 3, 7, berkas="tw2/lagi.xlsx")]
    submissions = submissions_of(files)
    assert [(s.versi, s.sha256, s.status) for s in submissions][-1] == (3, "x", "diterima")
    assert list(check_twins(compose_register(files, REGISTER).twins)) == []


def test_a_copy_lying_beside_a_replaced_version_does_not_come_back():
    copies = [received("x", 1, 3, berkas="tw2/a.xlsx"), received("x", 2, 3, berkas="tw2/salinan a.xlsx")]
    submissions = submissions_of([*copies, received("y", 3, 5)])
    assert [(s.sha256, s.status) for s in submissions] == [("x", "digantikan"), ("y", "diterima")]


@pytest.mark.parametrize(
    ("kode", "said"), [("REG-012", "SKPD 1.02.0.00.0.00.01.0000"), ("REG-013", "ditaruh di kotak masuk Tahun 2025")]
)
def test_a_refused_file_is_told_in_the_inbox_it_lies_in(kode, said):
    wrong = received("a", 1, 3, tahun=2024, triwulan=3, tolak_kode=kode, tolak_sebab="SKPD lain")
    (finding,) = check_files([wrong], REGISTER)
    assert (finding.kode, finding.tahun, finding.triwulan) == (kode, 2025, 2)
    assert said in finding.pesan


def test_two_skpd_with_one_short_name_stay_two():
    register = make_register([("1", "A", "Kec", None), ("2", "B", "Kec", None)])
    assert [s.slug for s in register.values()] == ["kec-1", "kec-2"]


@pytest.mark.parametrize(
    "listed",
    [[("1.02", "Kec"), ("1-02", "Kec")], [("1.02", "Kec"), ("1.03", "Kec"), ("1.04", "Kec 1.02")]],
    ids=["codes that differ in their dots", "a short name with the code of another"],
)
def test_skpd_stay_apart_where_the_code_does_not_tell_them_apart(listed):
    names = [s.slug for s in make_register([(kode, "-", short, None) for kode, short in listed]).values()]
    again = make_register([(kode, "-", short, None) for kode, short in reversed(listed)])
    assert len(set(names)) == len(listed), "one would be filed over the other"
    assert names == [again[kode].slug for kode, _ in listed], "whatever their order"


@pytest.mark.parametrize(
    ("cell", "quarter"), [(2, 2), ("II", 2), ("TW IV", 4), ("triwulan 3", 3), (5, None), ("", None), (True, None)]
)
def test_quarters_are_read_as_people_write_them(cell, quarter):
    assert parse_quarter(cell) == quarter


@pytest.mark.parametrize(
    ("name", "quarter"),
    [("Laporan_TW3_final.xlsx", 3), ("twin.xlsx", None), ("TW1 dan TW2.xlsx", None), ("triwulan-iv.xlsx", 4),
     ("tw2/kiriman TW I.zip/dinkes.xlsx", 1), ("tw2/kiriman TW I.zip/tw3.xlsx", 3), ("tw2/TW I/dinkes.xlsx", None),
     ("tw2/TW I.zip/TW II.zip/dinkes.xlsx", 2)],
)  # fmt: skip
def test_a_name_hints_at_most_one_quarter(name, quarter):
    assert hinted_quarter(name) == quarter


def test_identity_names_everything_that_is_missing_at_once():
    sheet = Grid("Identitas", [["Nama SKPD", "Dinas Kesehatan"], ["Tahun :", 2025.0], ["Triwulan", "lima"]])
    said = identify_workbook(sheet, load_layout("format_pengisian").sheet("Identitas"))
    assert (said.tahun, said.missing) == (2025, ("Kode SKPD", "Triwulan"))


def test_names_are_compared_without_what_does_not_distinguish_them():
    assert knows_name("dinas  kesehatan", "Dinas Kesehatan", None)
    assert not knows_name("Dinas Sosial", "Dinas Kesehatan", "Dinkes")


def test_what_answers_a_return_is_measured_by_what_was_sent_first():
    submissions = submissions_of([received("a", 1, 14), received("b", 2, 28)])
    returned = Returns({(DINKES, 2, "a"): 5})
    assert judge_arrival(submissions[1], submissions, Returns(), DEADLINE).days_late == 13
    answer = judge_arrival(submissions[1], submissions, returned, DEADLINE)
    assert (answer.first.pengajuan_id, answer.days_late, answer.resent) == (submissions[0].pengajuan_id, 0, True)
    assert "REG-007" not in codes(check_submissions(submissions, REGISTER, DEADLINE, [], returned=returned))


@pytest.mark.parametrize(("registered", "resent"), [(4, False), (6, True)])
def test_the_order_of_registration_says_whether_a_return_is_answered_whatever_day_is_written(registered, resent):
    submissions = submissions_of([received("a", 1, 14), received("b", 2, 28)])
    returned = Returns({(DINKES, 2, "a"): 5}, {("b", "tw2/b.xlsx"): registered})
    assert judge_arrival(submissions[1], submissions, returned, DEADLINE).resent is resent


def test_who_was_late_at_first_stays_so_by_the_same_days():
    submissions = submissions_of([received("a", 1, 18), received("b", 2, 22), received("c", 3, 28)])
    returned = Returns({(DINKES, 2, "a"): 5, (DINKES, 2, "b"): 9}, {("b", "tw2/b.xlsx"): 7})
    (late,) = [
        f for f in check_submissions(submissions, REGISTER, DEADLINE, [], returned=returned) if "terlambat" in f.pesan
    ]
    assert (late.kode, late.berkas) == (
        "REG-052",
        "tw2/c.xlsx",
    ) and "(versi 1) diterima 18-06-2025, terlambat 3" in late.pesan
