"""Serapan of a part of the budget: what is missing is no zero, stays in the sum of pagu, and is said."""

from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.model import load_facts
from pipelines.report.render import render
from schemas.period import semester_period, triwulan_period
from tests.lib.docx_text import project
from tests.lib.marts_sample import (
    DINKES,
    KECAMATAN,
    LARGE,
    PEMDA,
    SILENT,
    TAHUN,
    add_budget,
    make_query,
    sample_tables,
)

PART = "2 dari 4 SKPD, satu di antaranya sebagian"
PERIODE = triwulan_period(TAHUN, 2)


def total(lingkup, kode, pagu, spent, whole, read, count):
    share = None if spent is None else Decimal(spent * 100) / pagu
    amounts = {"pagu_rp": pagu, "realisasi_rp": spent, "serapan_pct": share, "pagu_seluruh_rp": whole}
    counts = {"sub_kegiatan_terbaca": read, "sub_kegiatan_total": count}
    return {"periode": str(PERIODE), "tahun": TAHUN, "lingkup": lingkup, "kode_unit": kode, **amounts, **counts}


def facts_of(*totals):
    return load_facts(make_query({**sample_tables(), "serapan_unit": list(totals)}), TAHUN, PEMDA)


@pytest.fixture(scope="module")
def partial():
    totals = [
        total("skpd", DINKES, 1000, 400, 1000, 2, 2),
        total("skpd", KECAMATAN, 200, 80, 300, 2, 3),
        total("skpd", LARGE, 700, None, 700, 0, 4),
        total("skpd", SILENT, 900, None, 900, 0, 5),
        total("kabupaten", PEMDA.kode, 1200, 480, 2900, 4, 14),
    ]
    return facts_of(*totals, *({**row, "periode": str(TAHUN)} for row in totals))


def test_the_sum_of_pagu_is_that_of_the_rows_and_serapan_names_its_part(partial):
    shown = project(render(chapters.compose_recap(partial, PERIODE)))
    assert "| Kecamatan Awal / (serapan atas pagu Rp200: 2 dari 3 sub kegiatan) | 300 | 80 | 40,00 |" in shown
    assert "| Dinas Perhubungan | 900 | – | – |" in shown
    assert "| Jumlah pagu | 2.900 | – | – |" in shown
    assert f"| Jumlah yang realisasinya ada ({PART}) | 1.200 | 480 | 40,00 |" in shown
    assert (
        f"dan Dinas Perhubungan sampai dengan Triwulan II Tahun {TAHUN} belum ada; realisasi Kecamatan Awal baru "
        "sebagian: serapan pada baris jumlah hanya atas pagu yang realisasinya ada." in shown
    )


def test_the_card_and_the_sentence_say_of_which_part_too(partial):
    assert f"40,00%atas pagu yang realisasinya ada: {PART}" in project(render(chapters.compose_recap(partial, PERIODE)))
    assert f"dari pagu Rp1.200 yang realisasinya ada ({PART}); pagu yang tercatat seluruhnya Rp2.900." in project(
        render(chapters.compose_lkjip_kabupaten(partial))
    )


def test_an_skpd_without_a_budget_in_the_marts_is_missing_too():
    facts = facts_of(
        total("skpd", DINKES, 1000, 400, 1000, 2, 2), total("kabupaten", PEMDA.kode, 1000, 400, 1000, 2, 2)
    )
    shown = project(render(chapters.compose_recap(facts, PERIODE)))
    assert "| Jumlah yang realisasinya ada (1 dari 4 SKPD) | 1.000 | 400 | 40,00 |" in shown


def test_a_report_of_an_skpd_says_of_which_sub_kegiatan():
    shown = project(render(chapters.compose_quarter(facts_of(total("skpd", DINKES, 200, 80, 300, 2, 3)), DINKES, 2)))
    assert "| Jumlah pagu | 300 | – | – |" in shown
    assert "| Jumlah yang realisasinya ada (2 dari 3 sub kegiatan) | 200 | 80 | 40,00 |" in shown


def test_a_whole_budget_has_one_sum():
    totals = [total("skpd", kode, 100, 40, 100, 1, 1) for kode in (DINKES, KECAMATAN, LARGE, SILENT)]
    shown = project(
        render(chapters.compose_recap(facts_of(*totals, total("kabupaten", PEMDA.kode, 400, 160, 400, 4, 4)), PERIODE))
    )
    assert "| Jumlah | 400 | 160 | 40,00 |" in shown and "realisasi terhadap pagu" in shown
    assert "Jumlah pagu" not in shown


def test_where_nothing_is_spent_there_is_one_sum_without_a_share():
    totals = [total("skpd", DINKES, 100, None, 100, 0, 2), total("kabupaten", PEMDA.kode, 100, None, 100, 0, 2)]
    facts = facts_of(*totals)
    shown = project(render(chapters.compose_recap(facts, PERIODE)))
    assert "| Jumlah | 100 | – | – |" in shown and "SKPD lainnya" not in shown
    own = project(render(chapters.compose_quarter(facts, DINKES, 2)))
    assert "Serapan anggaran–realisasi terhadap pagu" in own and "| Jumlah | 100 | – | – |" in own


def test_whose_realisasi_is_partial_is_said_where_nobody_is_silent():
    totals = [total("skpd", kode, 100, 40, 100, 1, 1) for kode in (DINKES, LARGE, SILENT)]
    partly = total("skpd", KECAMATAN, 100, 40, 150, 2, 3)
    shown = project(
        render(
            chapters.compose_recap(
                facts_of(*totals, partly, total("kabupaten", PEMDA.kode, 400, 160, 450, 5, 6)), PERIODE
            )
        )
    )
    assert "| Jumlah yang realisasinya ada (5 dari 6 sub kegiatan) | 400 | 160 | 40,00 |" in shown
    assert "Realisasi Kecamatan Awal baru sebagian: serapan pada baris jumlah" in shown


def test_a_program_shows_the_pagu_its_rows_add_up_to_and_of_which_its_serapan_is():
    """The rows below a program sum up to it, whatever of them is spent."""
    program, kegiatan = "1.02.02", "1.02.02.2.01"
    levels = ((program, "program", 200, 300, 2, 3), (kegiatan, "kegiatan", 200, 300, 2, 3))
    leaves = [(f"{kegiatan}.000{n}", "sub_kegiatan", 100, 100, int(n < 3), 1) for n in (1, 2, 3)]
    rows = [
        {
            "periode": str(PERIODE), "tahun": TAHUN, "kode_skpd": DINKES, "kode": kode, "uraian": kode, "level": level,
            "pagu_rp": pagu, "realisasi_rp": 40 * read or None, "serapan_pct": 40 if read else None,
            "pagu_seluruh_rp": whole, "sub_kegiatan_terbaca": read, "sub_kegiatan_total": count,
        }
        for kode, level, pagu, whole, read, count in (*levels, *leaves)
    ]  # fmt: skip
    tables = {**sample_tables(), "serapan": rows, "serapan_unit": [total("skpd", DINKES, 200, 80, 300, 2, 3)]}
    shown = project(render(chapters.compose_quarter(load_facts(make_query(tables), TAHUN, PEMDA), DINKES, 2)))
    for kode in (program, kegiatan):
        assert f"| {kode} | {kode} / (serapan atas pagu Rp200: 2 dari 3 sub kegiatan) | 300 | 80 | 40,00 |" in shown
    assert f"| {kegiatan}.0003 | {kegiatan}.0003 | 100 | – | – |" in shown


def test_a_sasaran_shows_its_whole_pagu_and_of_which_its_serapan_is():
    tables = sample_tables()
    partly = {"pagu_rp": 1000, "realisasi_rp": 400, "serapan_pct": 40, "pagu_seluruh_rp": 1500}
    partly |= {"sub_kegiatan_terbaca": 2, "sub_kegiatan_total": 3}
    tables["efisiensi"] = [row | partly | {"penilaian": None} for row in tables["efisiensi"]]
    shown = project(render(chapters.compose_lkjip_skpd(load_facts(make_query(tables), TAHUN, PEMDA), DINKES)))
    assert " / (serapan atas pagu Rp1.000: 2 dari 3 sub kegiatan) | 105,08 | 1.500 | 400 | 40,00 |" in shown
    assert "(Rp400 dari pagu Rp1.000 atas 2 dari 3 sub kegiatan yang realisasinya ada)" in shown
    assert "| belum dapat dinilai: serapan belum lengkap |" in shown


@pytest.mark.parametrize(
    ("others", "named"),
    [(("IK-01", None), False), (("IK-05", None), True), ((None, None), True)],
    ids=["all serve it", "one serves another", "one serves none"],
)
def test_below_what_supports_a_sasaran_stands_what_is_shown_whole(others, named):
    """A sub kegiatan that names no indicator serves the one its kegiatan does."""
    tables, kegiatan = sample_tables(), "1.02.99.2.01"
    other, above = others
    for kode, level, indicator in (
        ("1.02.99", "program", above), (kegiatan, "kegiatan", None), (f"{kegiatan}.0001", "sub_kegiatan", "IK-01"),
        (f"{kegiatan}.0002", "sub_kegiatan", other),
    ):  # fmt: skip
        add_budget(tables, DINKES, kode, kode, level, 100, 40, indicator)
    shown = project(render(chapters.compose_lkjip_skpd(load_facts(make_query(tables), TAHUN, PEMDA), DINKES)))
    told = (
        f"dan {kegiatan} dengan pagu dan realisasi seluruhnya, termasuk sub kegiatan yang tidak menunjang sasaran ini."
    )
    assert (told in shown) is named


@pytest.mark.parametrize("compose", [chapters.compose_quarter, chapters.compose_semester])
def test_what_was_spent_up_to_an_earlier_quarter_is_told_where_the_last_is_silent(compose):
    """Nothing came of TW II; what came of TW I is no realisasi that is missing altogether."""
    silent = total("skpd", DINKES, 300, None, 300, 0, 3)
    half = silent | {"periode": str(semester_period(TAHUN, 1))}
    before = total("skpd", DINKES, 200, 80, 300, 2, 3) | {"periode": str(triwulan_period(TAHUN, 1))}
    nomor = 2 if compose is chapters.compose_quarter else 1
    shown = project(render(compose(facts_of(silent, half, before), DINKES, nomor)))
    pagu = "Pagu anggaran Dinas Kesehatan sebesar Rp300"
    said = "Rp80 atau 40,00 persen dari pagu Rp200 atas 2 dari 3 sub kegiatan (data TW I saja)."
    assert f"{pagu}; realisasi yang masuk {said}" in shown and f"{pagu}; realisasinya" not in shown
    never = project(render(chapters.compose_quarter(facts_of(silent), DINKES, 2)))
    assert f"{pagu}; realisasinya belum tersedia." in never


def test_the_programs_of_the_kabupaten_are_ranked_over_all_that_its_total_is_of():
    """Two of them serve no sasaran of the bupati, and these are the highest and the lowest."""
    tables = sample_tables()
    for kode, name, spent in (("7.01.01", "Program Penunjang", 99), ("7.01.02", "Program Lain", 12)):
        add_budget(tables, KECAMATAN, kode, name, "program", 100, spent)
        row = tables["serapan"][-1]
        tables["serapan_program_kabupaten"].append({**row, "skpd_count": 1})
    facts = load_facts(make_query(tables), TAHUN, PEMDA)
    shown = project(render(chapters.compose_lkjip_kabupaten(facts)))
    said = (
        "Di antara program seluruh SKPD, serapan tertinggi pada Program Penunjang (99,00 persen) dan terendah pada "
        "Program Lain (12,00 persen)."
    )
    assert said in shown
    assert "| 7.01.01 | Program Penunjang |" not in shown, "the table has those that serve the PK"
