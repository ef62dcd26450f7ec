"""What a run computes from, and which reports would say something else now: quarters of three SKPD, one after another.

A run here goes the road of the flow, step by step, without Prefect.
"""

import shutil
from datetime import datetime

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import CapaianError, UsageError
from pipelines.settings import Settings, load_settings
from pipelines.steps import (
    aggregate,
    editions,
    extract,
    intake,
    outdated,
    places,
    printed,
    reconcile,
    references,
    report,
    runs,
    validate,
)
from pipelines.steps.papers import Command
from pipelines.steps.sample import write_sample
from schemas.vocabulary import StatusPengajuan
from tests.road.conftest import NOW, YEAR
from tests.road.test_road import mart

SETDA = "4.01.0.00.0.00.01.0000"


def run(root, triwulan):
    """Whether there was anything to do."""
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    intake.register_inbox(settings, YEAR, triwulan, NOW)
    extract.read_submissions(settings, YEAR, extract.list_unread(settings, YEAR))
    inputs = runs.fingerprint(settings, YEAR, triwulan)
    if runs.find_unchanged(settings, YEAR, triwulan, None, inputs):
        return False
    runs.begin(settings, YEAR, triwulan, None)
    validate.check_year(settings, YEAR)
    aggregate.build_marts(settings, YEAR)
    editions.record_edition(settings, YEAR, NOW)
    made = [report.write_documents(settings, Command.TRIWULAN, YEAR, triwulan, None)]
    made.append(reconcile.write_reconciliations(settings, YEAR, triwulan, None))
    runs.record(settings, YEAR, triwulan, None, inputs, made, NOW)
    outdated.compare_printed(settings)
    return True


def listed(root):
    return [(o.triwulan, set(o.siapa)) for o in outdated.list_outdated(load_settings(root))]


def change(root, pattern, name, edit):
    """A changed copy of a workbook beside it, received when the next run sees it."""
    source = next((root / f"data/raw/{YEAR}").rglob(pattern))
    book = openpyxl.load_workbook(source)
    edit(book)
    book.save(source.with_name(name))


def one_more(book):
    cell = next(c for c in book["Realisasi"]["E"] if isinstance(c.value, (int, float)))
    cell.value += 1


def documents(root, triwulan):
    return {p.name: p.read_bytes() for p in (root / f"reports/{YEAR}/tw{triwulan}").glob("*.docx")}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """After the run of TW I, for which the Setda has sent nothing; nothing of later quarters has come."""
    root = tmp_path_factory.mktemp("tertinggal") / "ruang"
    list(write_sample(root, YEAR, 3))
    inbox = root / f"data/raw/{YEAR}"
    next((inbox / "tw1").rglob("*Setda*.xlsx")).rename(root / "setda-tw1.xlsx")
    for quarter in (2, 3, 4):
        (inbox / f"tw{quarter}").rename(root / f"nanti-tw{quarter}")
    assert run(root, 1)
    return root


@pytest.fixture(scope="module")
def both(first, tmp_path_factory):
    """After the runs of TW I and II, for which all have sent."""
    root = tmp_path_factory.mktemp("keduanya") / "ruang"
    shutil.copytree(first, root)
    (root / "setda-tw1.xlsx").rename(root / f"data/raw/{YEAR}/tw1/setda.xlsx")
    assert run(root, 1)
    (root / "nanti-tw2").rename(root / f"data/raw/{YEAR}/tw2")
    assert run(root, 2)
    assert listed(root) == []
    return root


def test_a_form_in_another_quarters_inbox_reaches_the_report_of_its_own(first, copy_of):
    root = copy_of(first)
    before = documents(root, 1)
    (root / "nanti-tw2").rename(root / f"data/raw/{YEAR}/tw2")
    shutil.copy(root / "setda-tw1.xlsx", root / f"data/raw/{YEAR}/tw2/susulan.xlsx")
    assert run(root, 2)
    ((quarter, whose),) = listed(root)
    assert quarter == 1
    assert {"Sekretariat Daerah", "kabupaten"} <= whose
    assert run(root, 1), "what it computes from has changed, wherever that lies"
    assert sum(before[name] != content for name, content in documents(root, 1).items()) == 2
    assert listed(root) == []
    assert not run(root, 1)
    assert not run(root, 2)


def test_the_run_of_a_quarter_sees_its_forms_in_later_inboxes_and_calls_nobody(first, copy_of):
    root = copy_of(first)
    later = root / f"data/raw/{YEAR}/tw3"
    shutil.copytree(root / "nanti-tw3", later)
    shutil.copy(root / "setda-tw1.xlsx", later / "susulan.xlsx")
    assert run(root, 1)
    assert {(s["kode_skpd"], s["triwulan"]) for s in mart(root, "pengajuan")} >= {(SETDA, 1)}
    assert {s["triwulan"] for s in mart(root, "pengajuan")} == {1}, "what else lies there waits for its own run"
    assert [f["triwulan"] for f in mart(root, "temuan") if f["kode"] == "REG-008"] == []
    assert intake.last_called(load_settings(root), YEAR) == 1
    assert not run(root, 1)


def test_a_run_of_an_earlier_quarter_leaves_a_later_silent_one_called(first, copy_of):
    root = copy_of(first)
    assert run(root, 2)
    settings = load_settings(root)
    silent = {f["triwulan"] for f in mart(root, "temuan") if f["kode"] == "REG-008"}
    assert (silent, intake.last_called(settings, YEAR)) == ({1, 2}, 2)
    intake.register_inbox(settings, YEAR, 1, NOW)
    assert intake.last_called(settings, YEAR) == 2


def test_a_correction_outdates_no_report_that_would_say_the_same(both, copy_of):
    root = copy_of(both)
    change(root, "tw2/*Setda*.xlsx", "perbaikan.xlsx", one_more)
    assert run(root, 2)
    assert listed(root) == []
    before = documents(root, 1)
    assert not run(root, 1)
    assert documents(root, 1) == before


def test_a_report_that_would_say_something_else_is_listed_until_it_is_written_anew(both, copy_of):
    root = copy_of(both)
    settings = load_settings(root)
    taken = runs.fingerprint(settings, YEAR, 1)

    def new_head(book):
        told = {"Kepala SKPD": "Fulan, S.E., M.Si.", "NIP": "19700101 199001 1 001"}
        for label, value in (row for row in book["Identitas"].iter_rows(max_col=2) if row[0].value in told):
            value.value = told[label.value]

    change(root, "tw2/*Setda*.xlsx", "kepala baru.xlsx", new_head)
    assert run(root, 2)
    assert runs.fingerprint(settings, YEAR, 1) == taken, "nothing of TW I has changed but who signs"
    assert listed(root) == [(1, {"Sekretariat Daerah"})]
    report.write_documents(settings, Command.TRIWULAN, YEAR, 1, ["1.01.2.22.0.00.01.0000"])
    assert listed(root) == [(1, {"Sekretariat Daerah"})], "another's report was written"
    assert run(root, 1)
    assert listed(root) == []
    assert not run(root, 1)


def test_what_is_written_from_the_marts_is_no_longer_outdated(both, copy_of):
    root = copy_of(both)
    change(root, "tw1/setda.xlsx", "perbaikan.xlsx", one_more)
    (root / f"data/raw/{YEAR}/tw1/perbaikan.xlsx").rename(root / f"data/raw/{YEAR}/tw2/perbaikan.xlsx")
    assert run(root, 2)
    assert [quarter for quarter, _ in listed(root)] == [1]
    settings, folder = load_settings(root), root / f"reports/{YEAR}/tw1"
    folder.rename(root / "disimpan")
    assert listed(root) == [], "what is gone is not outdated"
    (root / "disimpan").rename(folder)
    report.write_documents(settings, Command.TRIWULAN, YEAR, 1, None)
    reconcile.write_reconciliations(settings, YEAR, 1, None)
    assert listed(root) == []
    assert {printed.part_of(name) for name in printed.load_printed(settings, YEAR)} == {"tw1", "tw2"}


def test_registering_alone_moves_no_status(both, copy_of):
    root = copy_of(both)
    settings = load_settings(root)
    before = {s.pengajuan_id: s.status for s in intake.load_submissions(settings, YEAR)}
    assert StatusPengajuan.TERVERIFIKASI in before.values()
    assert not run(root, 1)
    assert {s.pengajuan_id: s.status for s in intake.load_submissions(settings, YEAR)} == before


def test_a_run_cut_short_is_not_taken_for_the_one_before_it(first, copy_of):
    root = copy_of(first)
    settings = load_settings(root)
    inputs = runs.fingerprint(settings, YEAR, 1)
    assert runs.find_unchanged(settings, YEAR, 1, None, inputs)
    (root / f"reports/{YEAR}").rename(root / "disimpan")
    assert runs.find_unchanged(settings, YEAR, 1, None, inputs) is None, "what it made is gone"
    (root / "disimpan").rename(root / f"reports/{YEAR}")
    assert runs.find_unchanged(settings, YEAR, 1, None, inputs)
    for made in (places.warehouse(settings), places.marts(settings) / "skpd.parquet"):
        whole = made.read_bytes()
        made.write_bytes(whole[: len(whole) // 2])
        assert runs.find_unchanged(settings, YEAR, 1, None, inputs) is None, f"{made.name} is cut short"
        made.write_bytes(whole)
    assert runs.find_unchanged(settings, YEAR, 1, None, inputs)
    runs.begin(settings, YEAR, 1, None)
    assert runs.find_unchanged(settings, YEAR, 1, None, inputs) is None


def ask(root, *words):
    """What a command said, and its exit code."""
    done = CliRunner().invoke(app, [*words, "--ruang", str(root), "--tahun", str(YEAR)])
    if isinstance(done.exception, CapaianError):
        return str(done.exception), done.exception.exit_code
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output, done.exit_code


def made(root):
    return {p.relative_to(root).as_posix() for p in (root / "reports").rglob("*") if p.is_file()}


def test_documents_on_marts_older_than_what_there_is_say_so(both, copy_of):
    root = copy_of(both)
    said, code = ask(root, "susun", "triwulan", "--triwulan", "2")
    assert code == 0 and "memakai keadaan" not in said
    change(root, "tw2/*Setda*.xlsx", "baru masuk.xlsx", one_more)
    said, code = ask(root, "susun", "triwulan", "--triwulan", "2")
    assert code == 0, "it writes what the marts hold"
    assert "1 berkas di kotak masuk belum diproses (tw2/baru masuk.xlsx)" in said
    assert f"memakai keadaan {NOW:%d-%m-%Y %H:%M}" in said
    assert f"capaian jalankan --tahun {YEAR} --triwulan 2" in said
    said, _ = ask(root, "susun", "triwulan", "--triwulan", "1")
    assert "memakai keadaan" not in said, "nothing of TW I waits"
    assert run(root, 2)
    settings = root / "capaian.toml"
    settings.write_text(settings.read_text("utf-8").replace('ibu_kota = "', 'ibu_kota = "Kota '), "utf-8")
    book = next((root / f"data/raw/{YEAR}/acuan").glob("*.xlsx"))
    book.rename(book.with_name("lain.xlsx"))
    for words in (("susun", "semester", "--semester", "1"), ("kepekaan",)):
        said, _ = ask(root, *words)
        assert f"acuan ({', '.join(sorted((book.name, 'lain.xlsx')))}) dan capaian.toml berubah" in said


@pytest.mark.parametrize(
    "words",
    [
        ("susun", "triwulan", "--triwulan", "3"),
        ("susun", "semester", "--semester", "2"),
        ("susun", "lkjip"),
        ("susun", "lkjip", "--bab", "II", "--bab", "III"),
        ("sahkan", "--triwulan", "3", "--semua"),
    ],
    ids=" ".join,
)
def test_documents_without_data_are_not_written_and_it_is_said(both, words):
    before = made(both)
    said, code = ask(both, *words)
    assert code == 2
    assert "belum diproses" in said or "Belum ada pengajuan Triwulan III" in said
    assert made(both) == before


def test_what_is_planned_can_be_written_before_the_year_is_measured(both, copy_of):
    root = copy_of(both)
    assert ask(root, "susun", "lkjip", "--bab", "I", "--bab", "II")[1] == 0
    assert any("/bab-i-ii/" in name for name in made(root))


def test_a_quarter_that_nobody_was_asked_for_is_not_run_but_an_early_answer_is(both, copy_of, monkeypatch):
    root = copy_of(both)
    settings = load_settings(root)
    monkeypatch.setattr(Settings, "now", lambda _: datetime(YEAR, 8, 31, 12))
    with pytest.raises(UsageError, match="baru diminta pada 01-09-2025"):
        runs.check_called(settings, YEAR, 3)
    runs.check_called(settings, YEAR, 2)
    shutil.copytree(root / "nanti-tw3", root / f"data/raw/{YEAR}/tw3")
    runs.check_called(settings, YEAR, 3)
    shutil.rmtree(root / f"data/raw/{YEAR}/tw3")
    monkeypatch.setattr(Settings, "now", lambda _: datetime(YEAR, 9, 1, 0))
    runs.check_called(settings, YEAR, 3)
