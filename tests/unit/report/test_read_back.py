"""Every figure in a table of a document equals the mart to the printed digit."""

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from pipelines.report import chapters
from pipelines.report.model import load_facts
from pipelines.report.render import render
from schemas.period import triwulan_period
from tests.lib.docx_text import project, table_rows
from tests.lib.marts_sample import DINKES, LARGE, PEMDA, TAHUN, make_query, sample_tables


def read_number(shown):
    return None if shown == "–" else Decimal(shown.replace(".", "").replace(",", "."))


def printed(value, places="0.01"):
    return None if value is None else value.quantize(Decimal(places), ROUND_HALF_UP)


def is_printed(cell, value):
    """Whether a cell is the figure to the last of its digits, which may be more than two."""
    decimals = max(2, len(cell.partition(",")[2]))
    return read_number(cell) == printed(value, f"1e-{decimals}")


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
        assert read_number(target) == expected["target"]
        assert is_printed(realisasi, expected.get("realisasi"))
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
        assert all(is_printed(cell, mart[q][name]) for q, cell in enumerate(row[4:8], 1))


def test_the_ranking_follows_the_mart_and_is_named_a_ranking(facts):
    document = render(chapters.compose_recap(facts, triwulan_period(TAHUN, 2)))
    rows = table_rows(document, "Tabel peringkat SKPD")[1:]
    mart = [r for r in sample_tables()["capaian_skpd"] if r["periode"] == f"{TAHUN}-TW2"]
    figures = [read_number(row[3]) for row in rows if row[3] != "–"]
    assert figures == sorted((printed(r["capaian_pct"]) for r in mart), reverse=True)
    assert [row[0] for row in rows] == ["1", "2", "3", "–"]


@pytest.fixture(scope="module")
def drafts(facts):
    made = {kode: render(chapters.compose_lkjip_skpd(facts, kode)) for kode in (DINKES, LARGE)}
    return {**made, None: render(chapters.compose_lkjip_kabupaten(facts))}


def of(table, **wanted):
    return [r for r in sample_tables()[table] if all(r.get(k) == v for k, v in wanted.items())]


def test_the_years_of_a_draft_are_the_mart(drafts):
    rows = table_rows(drafts[DINKES], "Perbandingan antartahun Sasaran 1")
    at = next(n for n, row in enumerate(rows) if len(row) > 1 and row[1].startswith("Persentase ibu hamil"))
    mart = {r["tahun_lalu"]: r for r in of("riwayat", kode_skpd=DINKES, kode_indikator="IK-01")}
    (now,) = of("capaian_tahunan", kode_skpd=DINKES, kode_indikator="IK-01")
    for row, name in ((rows[at], "realisasi"), (rows[at + 1], "capaian_pct")):
        figures = [*(mart[year][name] for year in (2022, 2023, 2024)), now[name]]
        assert all(is_printed(cell, figure) for cell, figure in zip(row[4:], figures, strict=True))


def test_the_final_target_and_the_standard_of_a_draft_are_the_mart(drafts):
    (mart,) = of("jangka_menengah", kode_skpd=DINKES)
    final = table_rows(drafts[DINKES], "Kemajuan Sasaran 1")[1]
    figures = [mart["target_akhir"], mart["realisasi"], mart["tingkat_kemajuan_pct"]]
    assert all(is_printed(cell, figure) for cell, figure in zip(final[4:7], figures, strict=True))
    standard = table_rows(drafts[DINKES], "Perbandingan Sasaran 1 dengan standar nasional")[1]
    figures = [mart["standar_nasional"], mart["realisasi"], mart["capaian_standar_pct"]]
    assert all(is_printed(cell, figure) for cell, figure in zip(standard[3:6], figures, strict=True))


def test_the_efficiency_of_a_draft_is_the_mart(drafts):
    rows = table_rows(drafts[DINKES], "Capaian dan anggaran per sasaran")[1:]
    mart = {r["sasaran"]: r for r in of("efisiensi", kode_skpd=DINKES)}
    names = ("capaian_pct", "pagu_rp", "realisasi_rp", "serapan_pct", "selisih_pct")
    assert len(rows) == len(mart)
    for sasaran, *figures, penilaian in rows:
        assert [read_number(f) for f in figures] == [printed(mart[sasaran][n]) for n in names]
        assert penilaian == mart[sasaran]["penilaian"]


@pytest.mark.parametrize(("unit", "table"), [(DINKES, "capaian_sasaran"), (None, "capaian_sasaran_kabupaten")])
def test_the_summary_of_sasaran_is_the_mart(drafts, unit, table):
    rows = table_rows(drafts[unit], "Ringkasan capaian sasaran strategis")[1:]
    mart = of(table, periode=str(TAHUN), **({"kode_skpd": unit} if unit else {}))
    assert [(row[1], read_number(row[3])) for row in rows] == [(r["sasaran"], printed(r["capaian_pct"])) for r in mart]


@pytest.mark.parametrize("dokumen", ["Murni", "Perubahan"])
def test_a_pk_is_its_document_in_the_mart(facts, dokumen):
    shown = project(render(chapters.compose_pk(facts, DINKES, dokumen)))
    lines = [line.strip("| ").split(" | ") for line in shown.splitlines() if line.startswith("| ")]
    for row in of("pk_dokumen", kode_skpd=DINKES, dokumen_pk=dokumen):
        (line,) = [cells for cells in lines if row["indikator"] in cells]
        assert read_number(line[-1].split()[0].rstrip("%")) == row["target_tahunan"]
    (budget,) = of("pk_anggaran", kode_skpd=DINKES, dokumen_pk=dokumen)
    assert f"| Rp{budget['pagu_rp']:,} |".replace(",", ".") in shown


@pytest.mark.parametrize("unit", [DINKES, LARGE, None])
def test_every_figure_in_a_sentence_is_one_of_the_marts_or_the_difference_of_two(drafts, unit):
    spoken = [
        line for line in project(drafts[unit]).splitlines() if re.match(r"\[(BodyText|ListBullet|ParagrafAwal)\]", line)
    ]
    figures = {f for line in spoken for f in re.findall(r"(?<![\d.,/])\d{1,3}(?:\.\d{3})*,\d\d(?!\d)", line)}
    assert figures
    owners = {unit} if unit else {DINKES}
    rows = [r for table in sample_tables().values() for r in table if r.get("kode_skpd") in (*owners, None)]
    known = {printed(v) for r in rows for v in r.values() if isinstance(v, Decimal)}
    exact = {v for r in rows for v in r.values() if isinstance(v, Decimal) and abs(v) < 100_000}
    unknown = {f for f in figures if read_number(f) not in known}
    gaps = {printed(abs(a - b)) for a in exact for b in exact} if unknown else set()
    assert {f for f in unknown if read_number(f) not in gaps} == set()


def test_an_agreed_target_is_printed_with_all_its_digits_wherever_it_stands():
    """In the PK that is signed and its change, Bab II, beside the realisasi, and in the annexes."""
    tables, agreed = sample_tables(), Decimal("0.7954")
    for row in (row for rows in tables.values() for row in rows if row.get("kode_indikator") == "IK-03"):
        row.update({name: agreed for name in ("target", "target_tahunan", "target_murni") if row.get(name) is not None})
    facts = load_facts(make_query(tables), TAHUN, PEMDA)
    for name in ("Murni", "Perubahan"):
        assert "| 0,7954 kunjungan |" in project(render(chapters.compose_pk(facts, DINKES, name)))
    draft = project(render(chapters.compose_lkjip_skpd(facts, DINKES)))
    heads = (
        "BAB II  PER",
        "BAB III  AKUN",
        "LAMPIRAN 1  PER",
        "LAMPIRAN 2  PENG",
        "LAMPIRAN 3  CAS",
        "LAMPIRAN 4  RIN",
    )
    starts = [draft.index(f"[Heading1] {head}") for head in heads]
    assert all("0,7954" in draft[start:end] for start, end in pairwise(starts))
    assert " 0,80 " not in draft
