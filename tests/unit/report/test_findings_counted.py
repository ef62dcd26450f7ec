"""Whose findings a document lists and counts: the office's own are not the SKPD's, and no count leaves one out."""

import re
from dataclasses import replace

import pytest

from pipelines.report import chapters
from pipelines.report.found import is_held, open_findings
from pipelines.report.model import load_facts
from pipelines.report.render import render
from pipelines.report.rows import FindingRow
from schemas.period import tahun_period, triwulan_period
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, PEMDA, TAHUN, make_query, sample_tables

STRANGER = "9.99.0.00.0.00.01.0000"


def finding(kode, kode_skpd, tingkat="error", row_id=None):
    said = {"pesan": f"Pesan {kode}.", "saran": "Perbaiki."}
    return {
        "kode": kode,
        "kode_skpd": kode_skpd,
        "tingkat": tingkat,
        "tahun": TAHUN,
        "triwulan": 2,
        "row_id": row_id,
    } | said


@pytest.fixture(scope="module")
def found():
    tables = sample_tables()
    tables["temuan"] += [
        finding("KOR-001", DINKES, row_id="acuan-2025-koreksi!Koreksi!R5"),
        finding("ACU-003", DINKES),
        finding("REG-021", None),
        finding("REG-001", STRANGER, "warning"),
        finding("ANG-001", DINKES[:-1] + "1", "warning"),
    ]
    return load_facts(make_query(tables), TAHUN, PEMDA)


def test_what_stands_in_the_ledger_of_the_office_is_not_the_skpds_to_mend(found):
    shown = project(render(chapters.compose_quarter(found, DINKES, 2)))
    assert "| CAP-003 |" in shown and "| KOR-001 |" not in shown and "| ACU-003 |" not in shown
    told = "Dua temuan pada daftar koreksi dan data acuan tentang data SKPD ini (ACU-003 dan KOR-001) ditangani"
    assert f"{told} Bagian Organisasi." in shown
    assert "Temuan terbuka2kesalahan, peringatan, dan catatan" in shown, "of files that do not count too"
    assert not is_held(found, DINKES, 2), "a row of the ledger is no row of the SKPD"


def test_what_stands_in_no_book_is_told_without_one():
    tables = sample_tables()
    tables["temuan"] += [finding("PK-013", DINKES, "warning")]
    shown = project(render(chapters.compose_quarter(load_facts(make_query(tables), TAHUN, PEMDA), DINKES, 2)))
    assert "Satu temuan tentang data SKPD ini (PK-013) ditangani Bagian Organisasi. Pesan PK-013." in shown


def test_an_skpd_whose_data_the_office_has_nothing_to_mend_of_is_told_nothing(facts):
    assert "ditangani Bagian Organisasi" not in project(render(chapters.compose_quarter(facts, DINKES, 2)))


def test_it_is_the_kabupatens(found):
    codes = {f.kode for f in open_findings(found, None, triwulan_period(TAHUN, 2))}
    assert codes == {"KOR-001", "ACU-003", "REG-021", "REG-001"}


def test_cover_table_and_checklist_of_the_lkjip_count_the_same(found):
    shown = project(render(chapters.compose_lkjip_kabupaten(found)))
    cover = int(re.search(r"Temuan terbuka(\d+)", shown).group(1))
    table = shown[shown.rindex("Jumlah temuan terbuka per SKPD") :].partition("[Heading1]")[0]
    rows = re.findall(r"^\| (.*?) \| (.*?) \| (\d+) \| (\d+) \| (\d+) \|$", table, re.MULTILINE)
    counts = {name: tuple(map(int, numbers)) for _, name, *numbers in rows}
    total = counts.pop("Jumlah")
    assert cover == sum(total) == 8 and tuple(map(sum, zip(*counts.values(), strict=True))) == total
    others = "Lainnya: yang ditangani Bagian Organisasi, dan yang tidak menyangkut SKPD di atas"
    assert counts[others] == (3, 2, 0), "KOR-001 and ACU-003 are about an SKPD of the table"
    words = f"{total[0]} kesalahan dan {total[1]} peringatan"
    assert words in project(render(chapters.compose_checklist(found)))
    assert words in project(render(chapters.compose_discussion(found, None)))
    assert found.findings[None] and open_findings(found, DINKES, tahun_period(TAHUN))


def test_what_became_of_a_file_is_nothing_that_is_open(facts):
    """A copy, a version replaced, a file withdrawn and a comparison need nobody any more, and are about no figure."""
    kinds = ("REG-005", "REG-006", "REG-033", "REG-041", "KIR-001")
    tables = sample_tables()
    tables["temuan"] += [finding(kode, DINKES, "note") for kode in kinds]
    found = load_facts(make_query(tables), TAHUN, PEMDA)
    periode = triwulan_period(TAHUN, 2)
    assert open_findings(found, DINKES, periode) == open_findings(facts, DINKES, periode)


def test_a_finding_on_a_file_that_is_not_in_use_names_it(facts):
    used = next(s for s in facts.sent[DINKES] if s.triwulan == 2)
    place = FindingRow(DINKES, 2, "warning", "REG-007", None, None, None, "terlambat", "Data.")
    late = [
        replace(place, pengajuan_id=used.pengajuan_id, berkas="tw2/dipakai.xlsx"),
        replace(place, pengajuan_id="lama-v1", berkas="tw2/lama.xlsx"),
    ]
    told = replace(facts, findings={**facts.findings, DINKES: tuple(late)})
    shown = project(render(chapters.compose_quarter(told, DINKES, 2)))
    assert "| TW II / lama.xlsx |" in shown and "dipakai.xlsx" not in shown


@pytest.mark.parametrize(
    "compose", [lambda f: chapters.compose_lkjip_skpd(f, DINKES), lambda f: chapters.compose_quarter(f, DINKES, 2)]
)
def test_the_papers_of_an_skpd_tell_it_what_it_can_do_itself(compose):
    tables = sample_tables()
    codes = ("COC-012", "CAP-003")
    tables["temuan"] += [finding(kode, DINKES) | {"saran": f"Saran kepada kantor {kode}."} for kode in codes]
    shown = project(render(compose(load_facts(make_query(tables), TAHUN, PEMDA))))
    assert "Pesan COC-012. / Saran: Pisahkan setiap indikator ke barisnya sendiri." in shown
    assert "Pesan CAP-003. / Saran: Saran kepada kantor CAP-003." in shown, "it has only one"
