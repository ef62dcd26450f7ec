"""Every figure in a table of a document equals the mart to the printed digit."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.render import render
from schemas.period import triwulan_period
from tests.lib.docx_text import table_rows
from tests.lib.marts_sample import DINKES, LARGE, TAHUN, sample_tables


def read_number(shown):
    return None if shown == "–" else Decimal(shown.replace(".", "").replace(",", "."))


def printed(value, places="0.01"):
    return None if value is None else value.quantize(Decimal(places), ROUND_HALF_UP)


@pytest.mark.parametrize("kode", [DINKES, LARGE])
@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_the_measure_table_of_a_quarter_is_the_mart(facts, kode, triwulan):
    rows = table_rows(render(chapters.compose_quarter(facts, kode, triwulan)), "Target, realisasi, dan capaian")
    shown = [row for row in rows if len(row) == 7 and row[0].isdigit()]
    mart = [r for r in sample_tables()["capaian_triwulan"] if r["kode_skpd"] == kode and r["triwulan"] == triwulan]
    assert len(shown) == len(mart) > 0
    assert {row[1] for row in shown} == {r["indikator"] for r in mart}
    by_name = {r["indikator"]: r for r in mart}
    for _, indikator, _, target, realisasi, capaian, kategori in shown:
        expected = by_name[indikator]
        assert read_number(target) == printed(expected["target"])
        assert read_number(realisasi) == printed(expected.get("realisasi"))
        assert read_number(capaian) == printed(expected.get("capaian_pct"))
        assert kategori == expected.get("kategori", "Belum tersedia")


def test_the_roll_up_rows_are_the_mart(facts):
    rows = table_rows(render(chapters.compose_quarter(facts, DINKES, 2)), "Target, realisasi, dan capaian")
    shown = [read_number(row[2]) for row in rows if len(row) == 4]
    mart = [
        r for r in sample_tables()["capaian_sasaran"] if r["kode_skpd"] == DINKES and r["periode"] == f"{TAHUN}-TW2"
    ]
    assert shown == [printed(r["capaian_pct"]) for r in mart]


def test_the_budget_table_is_the_mart_and_its_total_the_sum_of_programs(facts):
    rows = table_rows(render(chapters.compose_quarter(facts, DINKES, 3)), "Rincian anggaran per sub kegiatan")
    mart = {
        r["kode"]: r for r in sample_tables()["serapan"] if r["kode_skpd"] == DINKES and r["periode"] == f"{TAHUN}-TW3"
    }
    body, total = rows[1:-1], rows[-1]
    assert {row[0] for row in body} == set(mart)
    for kode, _, pagu, realisasi, serapan, fisik in body:
        assert read_number(pagu) == mart[kode]["pagu_rp"]
        assert read_number(realisasi) == printed(mart[kode]["realisasi_rp"])
        assert read_number(serapan) == printed(mart[kode]["serapan_pct"])
        assert read_number(fisik) == printed(mart[kode]["realisasi_fisik_pct"])
    programs = [r for r in mart.values() if r["level"] == "program"]
    pagu, spent = (sum(r[name] for r in programs) for name in ("pagu_rp", "realisasi_rp"))
    assert [read_number(cell) for cell in total[2:5]] == [pagu, printed(spent), printed(spent * 100 / pagu)]


def test_quarters_side_by_side_are_the_mart(facts):
    rows = table_rows(render(chapters.compose_lkjip_skpd(facts, DINKES)), "capaian setiap triwulan")
    mart = {
        r["triwulan"]: r
        for r in sample_tables()["capaian_triwulan"]
        if r["kode_skpd"] == DINKES and r["kode_indikator"] == "IK-03"
    }
    at = next(n for n, row in enumerate(rows) if len(row) > 1 and row[1] == "Jumlah kunjungan puskesmas")
    lines = {"target": rows[at], "realisasi": rows[at + 1], "capaian_pct": rows[at + 2]}
    for name, row in lines.items():
        assert [read_number(cell) for cell in row[4:8]] == [printed(mart[q][name]) for q in (1, 2, 3, 4)]


def test_the_ranking_follows_the_mart_and_is_named_a_ranking(facts):
    document = render(chapters.compose_recap(facts, triwulan_period(TAHUN, 2)))
    rows = table_rows(document, "Tabel peringkat SKPD")[1:]
    mart = [r for r in sample_tables()["capaian_skpd"] if r["periode"] == f"{TAHUN}-TW2"]
    figures = [read_number(row[3]) for row in rows if row[3] != "–"]
    assert figures == sorted((printed(r["capaian_pct"]) for r in mart), reverse=True)
    assert [row[0] for row in rows] == ["1", "2", "3", "–"]
