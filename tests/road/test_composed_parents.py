"""An SKPD without a PK of its own whose units have one: measured from them, and said to be so everywhere."""

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipelines.console.status import print_status
from pipelines.errors import UsageError
from pipelines.explain.lines import compose_lines
from pipelines.steps import accept, aggregate, collect, places, references, report
from pipelines.steps.explain import Wanted, explain
from pipelines.steps.intake import load_submissions
from pipelines.steps.papers import Command
from pipelines.steps.register import write_inventory_of
from pipelines.steps.status import list_findings, list_status, list_status_now
from pipelines.steps.waiting import list_unprocessed
from schemas.finding import mended_by
from schemas.register import BELUM, DARI_UNIT
from tests.lib.docx_text import project
from tests.lib.foreign import NOW, walk
from tests.lib.setda import BAGIAN, HUKUM, ORGANISASI, PEMERINTAHAN, SETDA, make_setda, send

COMPOSED = "diukur dari Bagian Pemerintahan, Bagian Hukum, dan Bagian Organisasi"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """TW I, of which one bagian is still silent; to be read only."""
    home = tmp_path_factory.mktemp("setda")
    settings = make_setda(home / "ruang")
    send(settings, home, 1, PEMERINTAHAN, HUKUM)
    walk(settings, 2025, 1)
    return settings


def texts_of(settings, whose):
    """The text of every document of an SKPD, by the head that stands in it."""
    shown = {p.relative_to(settings.root).as_posix(): project(p.read_bytes()) for p in settings.root.rglob("*.docx")}
    return {name: text for name, text in shown.items() if f"] {whose}\n" in text or f"] {whose.upper()}\n" in text}


def test_a_parent_measured_from_its_units_is_not_called_silent(folder):
    found = pq.read_table(places.marts(folder) / "temuan.parquet").to_pylist()
    assert {f["kode_skpd"] for f in found if f["kode"] == "REG-008"} == {ORGANISASI}
    rows = {row.kode_skpd: row for row in list_status(folder, 2025, 1)}
    assert (rows[SETDA].status, rows[SETDA].unit) == (DARI_UNIT, tuple(BAGIAN.values()))
    assert rows[ORGANISASI].status == BELUM


def test_status_and_inventory_name_the_units(folder, capsys):
    print_status(list_status(folder, 2025, 1))
    assert (
        "∑ Sekretariat Daerah tidak mempunyai PK sendiri; diukur dari Bagian Pemerintahan," in capsys.readouterr().out
    )
    sheet = openpyxl.load_workbook(write_inventory_of(folder, 2025, 1).path).worksheets[0]
    rows = {row[1]: row for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert "2 dari 3 SKPD sudah mengirim" in sheet["A2"].value
    assert rows[SETDA][3] == "dari Bagian Pemerintahan; Bagian Hukum; Bagian Organisasi"
    assert DARI_UNIT in rows[SETDA] and "Belum diterima" not in rows[SETDA]


def test_a_form_it_sends_all_the_same_is_seen_and_can_be_withdrawn(tmp_path, capsys):
    settings = make_setda(tmp_path / "ruang")
    send(settings, tmp_path, 1, HUKUM)
    walk(settings, 2025, 1)
    send(settings, tmp_path, 1, SETDA)
    print_status(list_status_now(settings, 2025, 1, NOW.date(), list_unprocessed(settings, 2025)))
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(SETDA))
    assert "∑ ○" in row
    walk(settings, 2025, 1)
    found = pq.read_table(places.marts(settings) / "temuan.parquet").to_pylist()
    (told,) = (f for f in found if f["kode"] == "COC-004")
    assert "diukur dari unitnya" in told["saran"] and "capaian tarik" in told["saran"]


def test_a_form_in_the_folder_of_another_is_told_until_it_is_withdrawn(tmp_path):
    settings = make_setda(tmp_path / "ruang")
    send(settings, tmp_path, 1, HUKUM)
    (settings.inbox(2025, 1) / "Bagian Hukum").rename(settings.inbox(2025, 1) / "Bagian Organisasi")
    walk(settings, 2025, 1)
    (told,) = (f for f in list_findings(settings, 2025, 1) if f.kode == "REG-024")
    assert told.kode_skpd == HUKUM and "kiriman Bagian Hukum" in told.pesan
    assert mended_by(told.kode, told.kode_skpd) is None, "the office puts files where they belong"
    (sent,) = load_submissions(settings, 2025)
    accept.withdraw(settings, sent.pengajuan_id, "salah folder", None, NOW)
    walk(settings, 2025, 1)
    assert not [f for f in list_findings(settings, 2025, 1) if f.kode == "REG-024"]


def test_it_is_not_said_to_owe_what_its_units_send(folder):
    with pytest.raises(UsageError, match="Sekretariat Daerah diukur dari unitnya, yang mengirim: Bagian Pemerintahan"):
        accept.accept(folder, 2025, 1, [SETDA], None, NOW)


def test_its_documents_say_what_it_is_measured_from(folder):
    report.write_documents(folder, Command.LKJIP, 2025, 0, None)
    texts = texts_of(folder, "Sekretariat Daerah")
    assert len(texts) == 2, "the laporan triwulan and the draft of the LKjIP"
    for name, text in texts.items():
        assert COMPOSED in text, name
        assert "Sekretariat Daerah belum mengirim" not in text, name
        assert "Belum ada indikator" not in text and "belum tersedia. [DIISI SKPD: realisasi" not in text, name
    quarter = next(text for name, text in texts.items() if "tw1/" in name)
    assert "| 2 | Bagian Hukum | 1 dari 1 | 80,00 | Tinggi |" in quarter
    assert "Bagian Organisasi belum mengirim data Triwulan I Tahun 2025." in quarter
    recap = project(next((folder.reports(2025) / "tw1").glob("rekap-*.docx")).read_bytes())
    assert "Data 2 dari 3 SKPD dipakai." in recap and COMPOSED in recap


def test_no_form_is_asked_of_it_but_of_its_units(folder):
    done = collect.write_forms(folder, 2025, 2, None)
    books = [openpyxl.load_workbook(path)["Identitas"] for path in done.made if path.name.startswith("format")]
    asked = {b for sheet in books for a, b, *_ in sheet.iter_rows(values_only=True) if a == "Kode SKPD"}
    assert asked == set(BAGIAN)
    assert not [path for path in done.made if "setda" in path.name], "no letter either"
    composed, budget, *blank = done.told
    assert composed == (
        "Sekretariat Daerah tidak dikirimi format pengisian: tidak mempunyai PK sendiri dan diukur dari "
        "Bagian Pemerintahan, Bagian Hukum, Bagian Organisasi."
    )
    assert budget.startswith("Acuan Rencana memuat pagu atas nama Sekretariat Daerah; realisasinya tidak diminta")
    assert len(blank) == 2, "neither IKU nor plan of the bagian are known"
    assert collect.write_forms(folder, 2025, 2, [HUKUM]).told == tuple(
        f"Lembar {sheet} pada format pengisian Bagian Hukum terbit tanpa isi: diisi SKPD sendiri."
        for sheet in ("IKU", "Anggaran")
    )


def test_a_budget_of_its_own_that_nobody_is_asked_for_is_told_once(folder):
    found = pq.read_table(places.marts(folder) / "temuan.parquet").to_pylist()
    assert [(f["kode_skpd"], f["triwulan"]) for f in found if f["kode"] == "ANG-017"] == [(SETDA, 0)]


def test_an_indicator_of_the_bupati_that_nobody_is_asked_for_says_so(folder):
    told = explain(folder, Wanted(indikator="KAB-01", periode="2025-TW1"))
    assert [notice for notice in told.catatan if f"Bagian Hukum ({HUKUM})" in notice]


def test_before_the_first_quarter_every_unit_has_its_pk_with_its_superior_as_second_party(tmp_path):
    settings = make_setda(tmp_path / "ruang")
    references.read_references(settings, 2025, NOW)
    aggregate.build_marts(settings, 2025)
    told = report.write_documents(settings, Command.PK, 2025, 0, None).told
    hukum = next(text for name, text in texts_of(settings, "Bagian Hukum").items() if "/pk/" in name)
    first, second = hukum.split("selanjutnya disebut pihak pertama")
    assert "Kepala Bagian Hukum" in first and "Indikator Bagian Hukum" in second
    assert "Sekretaris Daerah" in second.split("selanjutnya disebut pihak kedua")[0]
    assert "Bupati" not in hukum
    assert not [name for name in texts_of(settings, "Sekretariat Daerah") if "/pk/" in name], "it has none to sign"
    assert len(told) == 1 and told[0].startswith("Perjanjian kinerja tidak disusun: Sekretariat Daerah tidak mempunyai")


@pytest.mark.parametrize("mean", ["sasaran", "indikator"])
def test_its_figure_walks_to_the_figures_of_its_units(folder, mean):
    chosen = folder.model_copy(update={"aturan": folder.aturan.model_copy(update={"rerata_skpd": mean})})
    told = explain(chosen, Wanted("Setda", periode="2025-TW1"))
    figures = [(PEMERINTAHAN, 80), (HUKUM, 80), (ORGANISASI, None)]
    assert [(m.unit.kode_skpd, m.capaian_pct) for m in told.anggota] == figures
    assert told.hitungan.tertulis == "(80 + 80) / 2"
    assert f"  Bagian Hukum (--skpd {HUKUM})" in compose_lines(told)
    below = explain(folder, Wanted(HUKUM, sasaran="1", periode="2025-TW1"))
    assert below.capaian_pct == 80, "the members can be asked for as they are named"


@pytest.mark.parametrize("asked", [{"indikator": "IK-2"}, {"sasaran": "1"}])
def test_its_indicators_and_sasaran_are_those_of_its_units_which_are_named(folder, asked):
    with pytest.raises(UsageError, match=rf"milik unitnya.*Bagian Hukum \({HUKUM}\)"):
        explain(folder, Wanted("Setda", periode="2025-TW1", **asked))
