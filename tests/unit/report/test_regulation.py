"""Every heading, table and analysis that PermenPANRB 53/2014 asks for is in the documents (`regulation.toml`)."""

import re
import tomllib
from pathlib import Path

import pytest

from pipelines.report import chapters
from pipelines.report.chapters.review import load_checklist
from pipelines.report.render import render
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, KECAMATAN, LARGE, SILENT, TAHUN

ASKED = tomllib.loads(Path(__file__).with_name("regulation.toml").read_text("utf-8"))
UNITS = [DINKES, KECAMATAN, LARGE, SILENT, None]


def lkjip(facts, unit):
    document = chapters.compose_lkjip_skpd(facts, unit) if unit else chapters.compose_lkjip_kabupaten(facts)
    return project(render(document))


def body(shown):
    """The document without its lists of contents, in which every title stands too."""
    return "\n".join(line for line in shown.splitlines() if not line.startswith(("[TOC", "[TableofFigures]")))


@pytest.mark.parametrize("unit", UNITS)
def test_the_chapters_and_what_they_present_are_there(facts, unit):
    shown = body(lkjip(facts, unit))
    for heading in ASKED["lkjip"]["judul"]:
        assert re.search(rf"^\[Heading[123]\] {re.escape(heading)}$", shown, re.MULTILINE), heading
    for words in ASKED["lkjip"]["kata"]:
        assert words in shown


@pytest.mark.parametrize("unit", UNITS)
def test_the_outline_names_the_annexes_that_are_there(facts, unit):
    shown = body(lkjip(facts, unit))
    titles = re.findall(r"^\[Heading1\] LAMPIRAN \d+  (.+)$", shown, re.MULTILINE)
    (told,) = re.findall(r"^\[ListBullet\] Lampiran: (.+)\.$", shown, re.MULTILINE)
    assert [name.upper() for name in re.split(r", dan |, | dan ", told)] == titles


def test_the_tables_of_the_chapters_are_there_where_there_are_data(facts):
    shown = body(lkjip(facts, DINKES))
    for caption in ASKED["lkjip"]["tabel"]:
        assert re.search(rf"^\[Caption\] Tabel \d+\.  .*{re.escape(caption)}", shown, re.MULTILINE), caption


@pytest.mark.parametrize(("unit", "sasaran"), [(DINKES, 2), (KECAMATAN, 1), (LARGE, 5), (None, 1)])
def test_each_analysis_of_each_sasaran_has_a_table_and_a_narrative_or_says_what_is_missing(facts, unit, sasaran):
    parts = re.split(r"^\[Heading3\] Sasaran \d+\. .*$", body(lkjip(facts, unit)), flags=re.MULTILINE)[1:]
    assert len(parts) == sasaran
    owner = "SKPD" if unit else "Bagian Organisasi"
    for part in parts:
        told = re.split(r"^\[Heading[1234]\] (.+)$", part, flags=re.MULTILINE)
        by_title = dict(zip(told[1::2], told[2::2], strict=True))
        for wanted in ASKED["analisis"]:
            text = by_title[wanted["judul"].format(tahun=TAHUN)]
            has_table = re.search(rf"^\[Caption\] Tabel \d+\.  .*{re.escape(wanted['tabel'])}", text, re.MULTILINE)
            has_words = re.search(r"^\[(BodyText|ListBullet)\] \S", text, re.MULTILINE)
            if has_table:
                assert has_words or "[DIISI" in text, (wanted["judul"], text)
            else:
                assert wanted["tanpa"].format(pemilik=owner) in text, (wanted["judul"], text)


@pytest.mark.parametrize(
    ("kind", "compose"),
    [
        ("pk_skpd", lambda f: chapters.compose_pk(f, DINKES, "Murni")),
        ("pk_skpd", lambda f: chapters.compose_pk(f, DINKES, "Perubahan")),
        ("pk_kabupaten", lambda f: chapters.compose_pk(f, None, "Murni")),
        ("pernyataan", chapters.compose_statement),
    ],
)
def test_the_forms_say_what_the_regulation_has_them_say(facts, kind, compose):
    shown = project(render(compose(facts)))
    for words in ASKED[kind]["kata"]:
        assert words.format(tahun=TAHUN) in shown, words
    heads = [cell for line in shown.splitlines() if line.startswith("#|") for cell in line.strip("#| ").split(" | ")]
    assert set(ASKED[kind].get("kepala", ())) <= set(heads)


def test_the_checklist_has_its_23_statements_and_ticks_only_what_the_marts_prove(facts):
    assert [len(group["butir"]) for group in load_checklist()] == ASKED["checklist"]["butir"]
    rows = [line for line in project(render(chapters.compose_checklist(facts))).splitlines() if re.search("[☐☒]", line)]
    statements = [item for group in load_checklist() for item in group["butir"]]
    listed = [row for row in rows if row.startswith("| ")]
    assert len(listed) == len(statements) == 23
    for row, item in zip(listed, statements, strict=True):
        assert item["pernyataan"] in row
        assert "☐" in row or "bukti" in item, row


def test_the_statement_leaves_its_conclusion_to_the_reviewer(facts):
    shown = project(render(chapters.compose_statement(facts)))
    assert shown.count("☐") == 2
    assert "☒" not in shown
