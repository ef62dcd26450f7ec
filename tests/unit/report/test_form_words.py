"""The letter, the guide and the form ask an SKPD for the same: which cells, and who signs with what."""

import tomllib
from datetime import date
from pathlib import Path

from pipelines.console.status import _MARKS
from pipelines.reconcile.findings import NO_PLAN_OF_SKPD
from pipelines.report import chapters
from pipelines.report.render import render
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, TAHUN

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/panduan.md").read_text("utf-8")
FORM = str(tomllib.loads((ROOT / "pipelines/collect/petunjuk.toml").read_text("utf-8")))
CELLS, SIGNED = "Isi hanya sel kuning", "nama, NIP, jabatan, dan tanggal"


def test_the_three_use_one_wording(facts):
    letter = project(render(chapters.compose_request(facts, DINKES, 2, date(TAHUN, 6, 15), date(TAHUN, 7, 30))))
    for text in (letter, GUIDE, FORM):
        assert CELLS in text and SIGNED in text
        assert "sel berwarna" not in text and "berwarna saja" not in text


def test_the_guide_explains_every_state_of_the_status_screen():
    table = GUIDE.partition("| status | artinya |")[2].partition("\n\n")[0]
    told = {row.split("|")[1].partition("(")[0].strip() for row in table.strip().splitlines()}
    assert set(_MARKS) <= told


def test_the_guide_names_the_code_of_a_plan_without_the_skpd():
    assert f"rencana yang tidak memuat satu SKPD juga ({NO_PLAN_OF_SKPD})" in GUIDE
