"""Physical progress that exists is shown wherever the budget is; where there is none, a table says why."""

from dataclasses import replace

from pipelines.report import chapters
from pipelines.report.render import render
from schemas.period import tahun_period
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, KECAMATAN, TAHUN

PROGRAM, YEAR = "1.02.02", str(tahun_period(TAHUN))
MISSING = "pada kolom Fisik berarti belum dinyatakan SKPD atau belum terbaca."


def programs(facts):
    shown = project(render(chapters.compose_lkjip_kabupaten(facts)))
    table = shown.split("Realisasi anggaran program pendukung sasaran pada Tahun")[-1].split("[BodyText]")[0]
    row = next(line for line in table.splitlines() if line.startswith(f"| {PROGRAM} |"))
    return row.split(" | ")[-1].rstrip(" |"), table


def without(facts, unit):
    key = (unit, YEAR)
    rows = tuple(replace(b, realisasi_fisik_pct=None) for b in facts.budgets[key])
    return replace(facts, budgets={**facts.budgets, key: rows})


def test_the_kabupaten_shows_what_the_only_skpd_of_a_program_declares(facts):
    figure, table = programs(facts)
    assert figure == "100,00" and "Fisik" not in table.split("[TabelCatatan]")[1]


def test_of_a_program_of_several_it_says_where_the_progress_is(facts):
    other = replace(facts.budgets[DINKES, YEAR][0], kode_skpd=KECAMATAN)
    shared = without(replace(facts, budgets={**facts.budgets, (KECAMATAN, YEAR): (other,)}), None)
    figure, table = programs(shared)
    told = f"Fisik {PROGRAM} ada pada laporan setiap SKPD yang melaksanakannya dan tidak digabungkan."
    assert figure == "–" and told in table and MISSING not in table


def test_what_nobody_declares_is_told_in_every_table(facts):
    figure, table = programs(without(facts, None))
    assert figure == "–" and MISSING in table
    shown = project(render(chapters.compose_quarter(facts, DINKES, 2)))
    assert MISSING not in shown
    assert MISSING in project(render(chapters.compose_lkjip_skpd(without(facts, DINKES), DINKES)))
