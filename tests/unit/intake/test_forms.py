"""Forms the office did not issue: tied to the register with certainty, or refused with a question."""

from dataclasses import replace
from datetime import datetime

import pytest

from pipelines.intake.forms import check_folders, folder_skpd, known_names, may_be_form, resolve_forms
from pipelines.intake.register import (
    Deadline,
    check_files,
    check_submissions,
    check_twins,
    make_register,
)
from pipelines.intake.versions import compose_register
from schemas.submission import FormIdentity, Jenis, ReceivedFile
from schemas.vocabulary import StatusPengajuan

DINKES, BAPPEDA, BKPSDM = "1.02.0.00.0.00.01.0000", "5.01.0.00.0.00.01.0000", "5.03.0.00.0.00.01.0000"
REGISTER = make_register(
    [
        (DINKES, "Dinas Kesehatan", "Dinkes", "Dinas Kesehatan dan KB; Dinkes PPKB"),
        (BAPPEDA, "Badan Perencanaan Pembangunan Daerah", "Bappeda", None),
        (BKPSDM, "Badan Kepegawaian dan Pengembangan SDM", "BKPSDM", None),
    ]
)
KNOWN = known_names(REGISTER, [("BKD Diklat", BKPSDM), ("Tidak terdaftar", "9.99")], "Kabupaten Contoh")
DEADLINE = Deadline(call_day=1, days=14, final_days=30)


def form_file(sha="a", urutan=1, day=3, berkas=None, **changes):
    fields = {
        "sha256": sha,
        "berkas": berkas or f"tw2/{sha}.xlsx",
        "folder_tahun": 2025,
        "folder_triwulan": 2,
        "diterima_pada": datetime(2025, 6, day),
        "urutan": urutan,
        "tolak_kode": "REG-002",
    }
    return ReceivedFile(**{**fields, **changes})


def said(sha="a", nama="Dinas Kesehatan", isi="kinerja", **changes):
    return FormIdentity(**{"sha256": sha, "nama_skpd": nama, "isi": isi, **changes})


def submissions_of(files):
    return list(compose_register(files, REGISTER).submissions)


def resolve(files, *forms):
    by_sha = {}
    for form in forms:
        by_sha.setdefault(form.sha256, []).append(form)
    return resolve_forms(files, by_sha, KNOWN)


@pytest.mark.parametrize(
    ("berkas", "kode"),
    [
        ("tw2/dinkes.zip/data.xlsx", DINKES),
        ("tw2/Kiriman Dinkes TW II 2025.zip/isi/data.xlsx", DINKES),
        ("tw2/susulan.zip/dinkes/data.xlsx", DINKES),
        ("tw2/Dinas Kesehatan.eml/data.xlsx", DINKES),
        ("tw2/susulan.zip/data.xlsx", None),
    ],
)
def test_a_zip_is_a_folder_that_may_bear_the_name_of_its_skpd(berkas, kode):
    assert folder_skpd(berkas, KNOWN) == frozenset({kode} - {None})


@pytest.mark.parametrize(
    ("berkas", "kode"),
    [
        ("tw2/bkpsdm/bukti.pdf", BKPSDM), ("tw2/Bukti Dukung Dinkes TW 2.pdf", DINKES), ("tw2/BKPSDM.zip", BKPSDM),
        ("tw2/dinkes/bappeda.pdf", DINKES), ("tw2/surat dari dinkes.pdf", None), ("tw2/bukti.pdf", None),
        ("tw2/dinkes/bappeda/bukti.pdf", None),
    ],
)  # fmt: skip
def test_a_document_is_of_the_skpd_its_folder_or_name_gives_with_certainty(berkas, kode):
    (file,) = resolve([form_file(berkas=berkas, tolak_kode="REG-040", tolak_sebab="dokumen PDF")]).files
    assert file.kode_skpd == kode and file.tolak_kode == "REG-040"


@pytest.mark.parametrize(
    ("written", "kode"),
    [
        ("DINAS  KESEHATAN", DINKES),
        ("Dinas Kesehatan Kabupaten Contoh", DINKES),
        ("Dinas Kesehatan Kab. Contoh", DINKES),
        ("Dinas Kesehatan & KB", DINKES),
        ("dinkes", DINKES),
        ("Badan Perencanaan Pembangunan Daerah (BAPPEDA)", BAPPEDA),
        ("BKD Diklat", BKPSDM),
        (BAPPEDA, BAPPEDA),
    ],
)
def test_spellings_that_do_not_matter_or_were_confirmed_tie(written, kode):
    (file,) = resolve([form_file()], said(nama=written)).files
    assert (file.kode_skpd, file.tolak_kode, file.jenis) == (kode, None, Jenis.FORMULIR)
    assert (file.tahun, file.triwulan) == (2025, 2), "what the form does not say, the inbox does"


@pytest.mark.parametrize(
    "written", ["Dinas Kesehatn", "Dinas Kesehatan Provinsi", "Kesehatan", "Tidak terdaftar", None]
)
def test_a_near_name_is_a_question_with_the_nearest_and_never_a_tie(written):
    resolved = resolve([form_file()], said(nama=written))
    (file,), (question,) = resolved.files, resolved.questions
    assert (file.kode_skpd, file.tolak_kode) == (None, "REG-020")
    assert submissions_of(resolved.files) == []
    (finding,) = check_files(resolved.files, REGISTER)
    assert finding.kode == "REG-020" and finding.lembar is None
    if written == "Dinas Kesehatn":
        assert (question.kode, question.jenis) == (DINKES, "SKPD") and DINKES in finding.pesan


@pytest.mark.parametrize(
    ("judul", "berkas", "kode"),
    [
        ("Laporan Capaian Kinerja Bappeda Triwulan II Tahun 2025", None, BAPPEDA),
        ("LAPORAN KINERJA DINKES PPKB KAB. CONTOH", None, DINKES),
        ("Rekap\nBKD Diklat", "tw2/dinkes/a.xlsx", BKPSDM),
        ("Rekap Bappedalitbang", None, None),
        ("Disampaikan kepada Bappeda", None, None),
        ("Rekap Dinkes dan Bappeda", None, None),
        ("Rekap Dinkes dan Bappeda", "tw2/bappeda/a.xlsx", BAPPEDA),
        ("Rekap", "tw2/bappeda/a.xlsx", BAPPEDA),
    ],
)
def test_a_short_name_or_alias_in_a_title_ties_as_a_whole_word(judul, berkas, kode):
    (file,) = resolve([form_file(berkas=berkas)], said(nama=None, judul=judul)).files
    assert (file.kode_skpd, file.tolak_kode) == (kode, None if kode else "REG-020")


def test_what_was_looked_for_and_not_found_is_told():
    (file,) = resolve([form_file()], said(nama=None, judul="Rekap Kinerja")).files
    assert file.tolak_sebab == "pada judul lembarnya tidak ada nama, singkatan, atau alias SKPD dari register"


def test_two_skpd_in_its_titles_are_none():
    (file,) = resolve([form_file()], said(nama="Dinas Kesehatan\nBappeda")).files
    assert file.tolak_kode == "REG-020" and "beberapa SKPD" in file.tolak_sebab


def test_the_sub_folder_settles_whose_it_is_and_the_content_goes_before_it():
    lone = form_file("a", berkas="tw2/BKPSDM/laporan.xlsx")
    (settled,) = resolve([lone], said("a", None)).files
    assert settled.kode_skpd == BKPSDM
    (other,) = resolve([lone], said("a", "Bappeda")).files
    assert other.kode_skpd == BAPPEDA
    sent = submissions_of([settled, other])
    assert [f.kode for f in check_folders([settled, other], sent, KNOWN)] == ["REG-024"]
    astray = replace(other, triwulan=3)
    told = check_folders([astray], submissions_of([astray]), KNOWN)
    assert [f.triwulan for f in told] == [2, 3], "where it lies, and where it counts"
    gone = [replace(s, status=StatusPengajuan.DITARIK) for s in sent]
    assert list(check_folders([settled, other], gone, KNOWN)) == [], "what was withdrawn is nobody's worry"
    assert folder_skpd("tw2/bkpsdm.xlsx", KNOWN) == frozenset(), "a file name alone settles nothing"


def test_the_year_it_declares_is_that_of_its_inbox_or_it_is_refused():
    (file,) = resolve([form_file()], said(tahun=2024)).files
    assert file.tolak_kode == "REG-013"
    (moved,) = resolve([form_file()], said(tahun=2025, triwulan=3)).files
    assert moved.triwulan == 3
    assert {f.kode for f in check_files([moved], REGISTER)} == {"REG-004"}


def test_a_recap_becomes_a_submission_per_skpd_if_every_name_is_known():
    parts = [said(nama="Dinas Kesehatan", bagian="Dinas Kesehatan"), said(nama="Bappeda", bagian="Bappeda")]
    resolved = resolve([form_file()], *parts)
    submissions = submissions_of(resolved.files)
    assert {(s.kode_skpd, s.bagian) for s in submissions} == {(DINKES, "Dinas Kesehatan"), (BAPPEDA, "Bappeda")}
    assert not resolved.questions

    unknown = resolve([form_file()], *parts, said(nama="Dinas Antah", bagian="Dinas Antah"))
    assert [f.tolak_kode for f in unknown.files] == ["REG-020"]
    assert [q.nama for q in unknown.questions] == ["Dinas Antah"]


def test_rows_of_the_head_of_the_region_are_no_skpds_and_hold_up_nobody():
    parts = [said(nama=n, bagian=n) for n in ("Kepala Daerah", "Dinas Kesehatan")]
    resolved = resolve([form_file()], *parts)
    assert [s.kode_skpd for s in submissions_of(resolved.files)] == [DINKES]
    (finding,) = check_files(resolved.files, REGISTER)
    assert finding.kode == "REG-021" and "PK Kabupaten" in finding.pesan and not resolved.questions


def test_two_spellings_of_one_skpd_in_a_recap_are_one_submission():
    parts = [said(nama=n, bagian=n) for n in ("Dinas Kesehatan", "DINKES", "Bappeda")]
    submissions = submissions_of(resolve([form_file()], *parts).files)
    assert sorted(s.bagian for s in submissions) == ["Bappeda", "Dinas Kesehatan\nDINKES"]


def test_the_offices_own_form_without_its_identity_is_never_taken_for_another_form():
    file = form_file(tolak_sebab="Kode SKPD, Tahun, Triwulan")
    (kept,) = resolve([file], FormIdentity("a", tolak_kode="REG-002")).files
    assert kept == file
    assert not may_be_form(form_file(kode_skpd=DINKES)) and not may_be_form(form_file(tolak_kode="REG-009"))


def test_a_form_replaces_only_what_it_reports_on():
    files = [form_file("pk", 1, 3), form_file("kin", 2, 4), form_file("baru", 3, 5)]
    isi = {"pk": "pk", "kin": "kinerja;anggaran", "baru": "anggaran"}
    resolved = resolve(files, *(said(sha, isi=text) for sha, text in isi.items())).files
    submissions = submissions_of(resolved)
    told = {s.sha256: (s.pengajuan_id, s.status, s.dihitung) for s in submissions}
    assert told == {
        "pk": ("dinkes-2025-tw2-f1", "diterima", "pk"),
        "kin": ("dinkes-2025-tw2-f2", "diterima", "kinerja"),
        "baru": ("dinkes-2025-tw2-f3", "diterima", "anggaran"),
    }
    findings = list(check_submissions(submissions, REGISTER, DEADLINE, []))
    assert [f.kode for f in findings] == ["REG-023"]


def test_the_offices_own_form_counts_whichever_came_last_and_that_is_said():
    own = form_file("resmi", 1, 3, kode_skpd=DINKES, tahun=2025, triwulan=2, tolak_kode=None)
    resolved = resolve([own, form_file("sendiri", 2, 9)], said("sendiri")).files
    submissions = submissions_of(resolved)
    assert [(s.pengajuan_id, s.status) for s in submissions] == [
        ("dinkes-2025-tw2-v1", "diterima"),
        ("dinkes-2025-tw2-f2", "digantikan"),
    ]
    (finding,) = check_submissions(submissions, REGISTER, DEADLINE, [])
    assert finding.kode == "REG-022" and "tw2/resmi.xlsx" in finding.pesan


def replaced(*files, **isi):
    """By content, the codes and sentences that tell of what was replaced."""
    submissions = submissions_of(resolve(files, *(said(sha, isi=text) for sha, text in isi.items())).files)
    names = {s.pengajuan_id: s.sha256 for s in submissions}
    found = check_submissions(submissions, REGISTER, DEADLINE, [])
    return {names[f.pengajuan_id]: (f.kode, f.pesan) for f in found}


def test_of_several_forms_beside_the_offices_own_the_last_is_told_and_those_before_it_as_replaced():
    own = form_file("resmi", 3, 9, kode_skpd=DINKES, tahun=2025, triwulan=2, tolak_kode=None)
    told = replaced(form_file("lama", 1, 3), form_file("baru", 2, 4), own, lama="kinerja", baru="kinerja")
    assert {sha: kode for sha, (kode, _) in told.items()} == {"lama": "REG-006", "baru": "REG-022"}
    assert "tw2/baru.xlsx" in told["lama"][1]


def test_what_no_later_form_took_from_a_form_the_offices_own_took():
    own = form_file("resmi", 3, 9, kode_skpd=DINKES, tahun=2025, triwulan=2, tolak_kode=None)
    told = replaced(form_file("lama", 1, 3), form_file("baru", 2, 4), own, lama="kinerja;anggaran", baru="anggaran")
    assert {sha: kode for sha, (kode, _) in told.items()} == {"lama": "REG-022", "baru": "REG-022"}
    assert "realisasi kinerja diambil" in told["lama"][1] and "anggaran" not in told["lama"][1]


def test_a_name_confirmed_later_shifts_no_other_submission():
    """Typed rows are kept by the identity of a submission: it must not move when an older file is accepted at last."""
    files = [form_file("lama", 1, 3), form_file("baru", 2, 4)]
    before = submissions_of(resolve(files, said("lama", "Dinas Antah"), said("baru")).files)
    after = submissions_of(resolve(files, said("lama"), said("baru")).files)
    assert {s.sha256: s.pengajuan_id for s in before}["baru"] == {s.sha256: s.pengajuan_id for s in after}["baru"]


def test_the_same_bytes_again_are_a_twin():
    files = [form_file("a", 1, 3), form_file("a", 2, 4, berkas="tw2/salinan.xlsx")]
    resolved = resolve(files, said()).files
    assert len(submissions_of(resolved)) == 1
    assert [f.kode for f in check_twins(compose_register(resolved, REGISTER).twins)] == ["REG-005"]
