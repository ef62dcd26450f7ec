"""Quarters of a figure: what counts, and why the rest is missing; a declared capaian beside ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.explain.declared import differs, explain_declared
from pipelines.explain.facts import Correction, Member, Quarter
from pipelines.explain.means import write_mean
from pipelines.explain.quarters import compose_quarters
from pipelines.explain.sums import write_part, write_realisasi, write_target
from schemas.period import semester_period, tahun_period, triwulan_period

SOURCE = {"konsolidasi": "jumlah", "cara_isi": "kumulatif"}


def entry(triwulan, nilai=None, **given):
    return {
        "triwulan": triwulan, "pengajuan_id": f"p{triwulan}", "versi": 1, "berkas": "a.xlsx", "terbaca": True,
        "diterima_pada": datetime(2025, 4, 1), "status_data": "Final", "row_id": f"r{triwulan}", "lembar": "Realisasi",
        "sel": "E5", "sel_masukan": ["E5"], "nilai": nilai, "teks": None, "keadaan": "angka" if nilai is not None else "kosong",
        "pembilang": None, "penyebut": None, "capaian_dinyatakan_pct": None, "terverifikasi": True,
    } | given  # fmt: skip


def figure(triwulan, realisasi, target="10", **given):
    return {
        "periode": f"2025-TW{triwulan}", "triwulan_terukur": 0 if realisasi is None else 1, "target": Decimal(target),
        "realisasi": None if realisasi is None else Decimal(realisasi), "capaian_pct": Decimal(100), "target_teks": None,
    } | given  # fmt: skip


def reason(one, findings=(), **source):
    (quarter,) = compose_quarters([one["triwulan"]], [one], [figure(one["triwulan"], None)], findings, SOURCE | source)
    assert not quarter.terukur
    return quarter.sebab


def test_a_cumulative_cell_shows_what_was_taken_off_and_what_it_covers():
    entries = [entry(1, Decimal(10)), entry(2), entry(3, Decimal(25))]
    figures = [figure(1, "10"), figure(2, None), figure(3, "15", sejak_tw=2)]
    quarters = compose_quarters([3], entries, figures, [], SOURCE)
    assert [(q.triwulan, q.sejak_tw) for q in quarters] == [(3, 2)]
    assert write_part(quarters[0], "jumlah") == "25 − 10 = 15"
    assert write_part(quarters[0], "posisi_akhir") is None
    told = write_target(figures[2] | SOURCE, quarters, triwulan_period(2025, 3))
    assert told is not None and told.uraian.startswith("target TW II–III menurut PK, karena")


def test_an_empty_cell_and_a_word_for_not_yet_are_told_apart():
    assert reason(entry(1)) == "sel realisasi kosong"
    assert "n/a" in reason(entry(1, keadaan="belum_tersedia", teks="n/a"))
    assert "#DIV/0!" in reason(entry(1, keadaan="galat", teks="#DIV/0!"))
    assert "galat Excel" not in reason(entry(1, keadaan="galat", teks="empat objek")), "no cell need hold an error"


def test_an_empty_cell_with_a_finding_says_what_that_says():
    merged = {
        "row_id": "r1",
        "kode": "BCA-044",
        "tingkat": "warning",
        "sel": "E5",
        "pesan": "Sel E5 tergabung (E4:E5).",
    }
    of_target = merged | {"sel": "D5", "pesan": "Sel D5 tergabung (D4:D5)."}
    assert reason(entry(1), [of_target, merged]) == "Sel E5 tergabung (E4:E5) (BCA-044)"
    noted = merged | {"kode": "RWT-001", "pesan": "Semula 4."}
    assert reason(entry(1), [of_target, noted]) == "sel realisasi kosong"


def test_a_row_held_back_names_its_finding():
    finding = {"row_id": "r1", "tingkat": "error", "kode": "CAP-005", "pesan": "turun", "triwulan": 1}
    other = finding | {"row_id": "r9", "kode": "CAP-001"}
    assert reason(entry(1, terverifikasi=False), [other, finding]) == "ditahan karena temuan CAP-005: turun"


def test_silence_a_missing_row_and_an_unread_workbook_are_three_things():
    silent = entry(1, pengajuan_id=None, row_id=None)
    told = [{"row_id": None, "tingkat": "error", "kode": "REG-008", "pesan": "-", "triwulan": 1}]
    assert reason(silent, told) == "SKPD belum mengirim data triwulan ini (REG-008)"
    told[0]["kode"] = "REG-036"
    assert reason(silent, told) == "berkas SKPD untuk triwulan ini belum dapat dipakai (REG-036)"
    assert "tidak ada baris" in reason(entry(1, row_id=None))
    assert "belum dibaca oleh versi program ini" in reason(entry(1, row_id=None, terbaca=False))


def test_a_workbook_that_was_read_names_what_of_it_was_taken_nowhere():
    unused = {"row_id": None, "tingkat": "warning", "kode": "COC-013", "pesan": "bulanan", "triwulan": 1}
    told = reason(entry(1, row_id=None), [unused, unused | {"triwulan": 2, "pesan": "lain"}])
    assert told.endswith("dari buku kerja triwulan ini (COC-013: bulanan)")
    assert "capaian jalankan" not in told
    assert reason(entry(1, pengajuan_id=None, row_id=None), [unused]) == "SKPD belum mengirim data triwulan ini"


def test_what_is_measured_once_a_year_waits_for_the_last_quarter():
    assert reason(entry(2), konsolidasi="tahunan") == "diukur sekali setahun, pada Triwulan IV"
    assert reason(entry(4), konsolidasi="tahunan") == "sel realisasi kosong"


def test_a_ratio_without_its_parts_says_so():
    assert reason(entry(1), konsolidasi="rasio") == "pembilang atau penyebut tidak diisi"


QUARTERS = [
    Quarter(1, terukur=True, realisasi=Decimal(12), target=Decimal(10)),
    Quarter(2, terukur=False, target=Decimal(10)),
    Quarter(3, terukur=True, realisasi=Decimal(15), target=Decimal(14)),
]  # fmt: skip
FIGURE = {
    "realisasi": Decimal(27), "realisasi_teks": None, "target": Decimal(24), "target_teks": None,
    "konsolidasi": "jumlah", "cara_isi": "per_triwulan", "target_murni": None,
}  # fmt: skip


def test_only_a_sum_that_holds_is_printed():
    assert write_realisasi(FIGURE, QUARTERS, "jumlah").tertulis == "12 + 15"
    assert write_realisasi(FIGURE | {"realisasi": Decimal(28)}, QUARTERS, "jumlah").tertulis is None


def test_the_target_is_that_of_the_quarters_measured_or_of_the_year():
    total = write_target(FIGURE, QUARTERS, semester_period(2025, 1))
    assert (total.tertulis, total.uraian) == ("10 + 14", "jumlah target triwulan yang sama (TW I, TW III)")
    assert write_target(FIGURE, QUARTERS, tahun_period(2025)).uraian == "target tahunan PK yang terakhir berlaku"
    changed = write_target(FIGURE | {"target_murni": Decimal(20)}, QUARTERS, tahun_period(2025))
    assert changed.uraian.endswith("pada PK murni 20")


def declared(value, **given):
    return Quarter(
        1, terukur=True, target=Decimal("14.9"), realisasi=Decimal("14.35"),
        capaian_pct=Decimal("103.6912751678"), dinyatakan_pct=Decimal(value), **given,
    )  # fmt: skip


def test_a_declared_capaian_that_differs_is_told_what_it_agrees_with():
    falling = {"polaritas": "turun", "target_atas": None, "realisasi_teks": None}
    (told,) = explain_declared([declared("96.31")], falling, "turun_2t_r")
    assert any("polaritas turun tidak diindahkan" in s for s in told.dinyatakan_sebab)
    (same,) = explain_declared([declared("103.69")], falling, "turun_2t_r")
    assert not differs(same)
    assert same.dinyatakan_sebab == ()


def test_a_capaian_declared_before_the_office_corrected_its_figure_is_suspected_of_nothing():
    falling = {"polaritas": "turun", "target_atas": None, "realisasi_teks": None}
    correction = Correction(
        1, "Realisasi", "IK-01", "Realisasi TW", "E5", "15,8", "14,35", "a", "d", date(2025, 7, 1), "p", "k.xlsx", "G4"
    )
    (told,) = explain_declared([declared("96.31")], falling, "turun_2t_r", [correction])
    assert told.dinyatakan_sebab == ("dinyatakan SKPD sebelum kantor mengoreksi Realisasi TW 15,8 menjadi 14,35",)
    (other,) = explain_declared([declared("96.31")], falling, "turun_2t_r", [replace(correction, triwulan=2)])
    assert any("polaritas turun" in s for s in other.dinyatakan_sebab)


@pytest.mark.parametrize("change", [{"polaritas": "predikat"}, {"target_atas": Decimal(20)}, {"realisasi_teks": "A"}])
def test_a_range_or_a_grade_is_not_explained_as_a_division(change):
    figure = {"polaritas": "turun", "target_atas": None, "realisasi_teks": None} | change
    (told,) = explain_declared([declared("96.31")], figure, "turun_2t_r")
    assert told.dinyatakan_sebab == ()


def member(kode, value, bobot=None):
    figure = None if value is None else Decimal(value)
    return Member(kode, kode, None if bobot is None else Decimal(bobot), figure, figure, None)


def test_a_mean_shows_its_members_and_their_weights():
    pair = [member("a", "140", 3), member("b", "80", 1)]
    assert write_mean(Decimal(125), pair, weighted=True).tertulis == "(3 × 140 + 1 × 80) / (3 + 1)"
    assert write_mean(Decimal(110), pair, weighted=False).tertulis == "(140 + 80) / 2"
    assert write_mean(Decimal(111), pair, weighted=False).tertulis is None


def test_a_mean_without_members_of_its_own_is_not_written_as_a_sum_of_nothing():
    assert write_mean(Decimal(100), [], weighted=False).tertulis is None
    assert write_mean(Decimal(100), [member("a", None)], weighted=True).tertulis is None
    assert write_mean(None, [member("a", "140")], weighted=False) is None
