"""The end of a run: what it says is so, nothing that matters is hidden, and its commands are the ones that apply."""

import json
import re
import shlex
import shutil
from datetime import datetime
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

import pipelines.console as console
from pipelines.cli import app
from pipelines.console.run import describe_run, print_run
from pipelines.flows.summary import RunSummary
from pipelines.settings import load_settings
from pipelines.steps import advice, editions, journal, report, returning, runs
from pipelines.steps.advice import advise
from pipelines.steps.overview import view_quarter
from pipelines.steps.papers import Command
from pipelines.steps.products import name_products
from pipelines.steps.status import list_findings
from schemas.finding import catalogue
from schemas.period import triwulan_period
from schemas.vocabulary import Tingkat
from tests.road.conftest import NOW, YEAR

Y = str(YEAR)
CONTRACT = ("severity", "code", "sheet", "cell", "raw", "message", "suggestion")


@pytest.fixture(scope="module")
def ran(few, tmp_path_factory):
    """Five SKPD whose TW II and IV were run, with the summaries those runs left; to be read only."""
    root = shutil.copytree(few, tmp_path_factory.mktemp("akhir") / "ruang")
    settings = load_settings(root)
    journal.note_checked(settings, YEAR, NOW)
    editions.record_edition(settings, YEAR, NOW)
    summaries = {}
    for triwulan in (2, 4):
        outcomes = [
            report.write_documents(settings, Command.TRIWULAN, YEAR, triwulan, None),
            returning.write_returns(settings, YEAR, triwulan, None),
        ]
        if triwulan == 4:
            outcomes.append(report.write_documents(settings, Command.LKJIP, YEAR, 0, None))
        summaries[triwulan] = RunSummary(triwulan_period(YEAR, triwulan), tuple(outcomes))
    return root, summaries


def page(ran, triwulan, capsys):
    root, summaries = ran
    capsys.readouterr()
    print_run(root, summaries[triwulan])
    return capsys.readouterr().out


def test_the_end_of_a_run_counts_and_lists_every_error_below_the_name_of_its_skpd(ran, capsys):
    shown = page(ran, 2, capsys)
    settings = load_settings(ran[0])
    errors = [f for f in list_findings(settings, YEAR, 2) if f.tingkat == Tingkat.ERROR]
    units = {f.kode_skpd for f in errors}
    assert shown.startswith(f"Triwulan II Tahun {Y}: {len(errors)} kesalahan pada {len(units)} SKPD.\n")
    quarter = view_quarter(settings, triwulan_period(YEAR, 2), ())
    for name, mine in quarter.errors.items():
        below = shown.partition(f"{name}: {len(mine)} kesalahan\n")[2]
        assert all(f.pesan in below and f.saran in below and f.kode in below for f in mine)
    for f in (f for f in list_findings(settings, YEAR, 2) if f.tingkat == Tingkat.WARNING):
        assert f"{catalogue()[f.kode].judul} ({f.kode})" in shown


def test_a_run_without_errors_says_so_and_its_notes_where_they_are(ran, capsys):
    shown = page(ran, 4, capsys)
    assert shown.startswith(f"Triwulan IV Tahun {Y}: tanpa kesalahan; 3 kesalahan pada triwulan lain.\n")
    notes = sum(f.tingkat == Tingkat.NOTE for f in list_findings(load_settings(ran[0]), YEAR, 4))
    assert f"{notes} catatan, pada reports/{Y}/tw4/daftar-temuan.xlsx." in shown
    assert "tidak ada temuan" not in shown and "antara lain" not in shown
    assert "Triwulan lain masih memuat kesalahan: " in shown


def test_the_drafts_come_first_and_every_file_made_is_named_or_counted(ran, capsys):
    root, summaries = ran
    made = {p.relative_to(root.resolve()).as_posix() for p in summaries[4].made}
    products = name_products(made)
    assert products[0].paths == (f"reports/{Y}/lkjip/kabupaten/draf-1.docx",)
    assert {path for product in products for path in product.paths} == made
    assert "lain" not in {product.kind for product in products}
    shown = page(ran, 4, capsys)
    listed = shown.partition("Hasil di")[2]
    assert listed.index("draf-1.docx") < listed.index("daftar-temuan.xlsx") < listed.index("capaian.duckdb")


def test_the_next_steps_are_three_commands_that_apply(ran, copy_of, capsys):
    root = copy_of(ran[0])
    settings, period = load_settings(root), triwulan_period(YEAR, 2)
    made = [p.relative_to(ran[0].resolve()).as_posix() for p in ran[1][2].made]
    steps = advise(settings, view_quarter(settings, period, made))
    assert len(steps) == 3
    assert f"reports/{Y}/tw2/pengembalian" in steps[0].text
    accept = next(step for step in steps if " sahkan " in (step.command or ""))
    done = CliRunner().invoke(app, shlex.split(accept.command)[1:])
    assert "Disahkan: " in done.output and done.exit_code in (0, 1)
    desk = advice._Desk(settings, view_quarter(settings, period, made))
    assert not [*advice._prepare_next(desk)], "the quarter after it has been answered"
    after = advise(settings, view_quarter(settings, period, made))
    assert not any(" sahkan " in (step.command or "") for step in after), "nothing is left to be accepted"


def test_a_run_that_changed_nothing_still_says_what_is_wrong(ran, capsys):
    root, summaries = ran
    made = tuple(p.relative_to(root.resolve()).as_posix() for p in summaries[2].made)
    earlier = runs.EarlierRun(datetime(2026, 1, 15, 8), "sidik", made, 3)
    print_run(root, RunSummary(triwulan_period(YEAR, 2), earlier=earlier))
    shown = capsys.readouterr().out
    assert "Sejak 15-01-2026 08:00 tidak ada yang berubah" in shown
    assert " kesalahan pada " in shown and "Langkah berikutnya" in shown


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_of_the_page_is_wider_than_the_window(ran, monkeypatch, width):
    window = Console(width=width, force_terminal=True, record=True, file=StringIO())
    monkeypatch.setattr(console, "STDOUT", window)
    print_run(ran[0], ran[1][2])
    lines = window.export_text().splitlines()
    assert lines and max(map(len, lines)) <= width
    assert any(line.startswith("     ") and "jalankan lagi" in line for line in lines), "what goes on stays indented"


def test_all_commands_answer_programs_under_one_convention(ran, copy_of):
    root = copy_of(ran[0])
    book = next((root / f"data/raw/{Y}/tw2").rglob("*.xlsx"))
    commands = {
        "status": ("--tahun", Y), "telusur": (), "kepekaan": ("--tahun", Y), "jurnal": (), "baca": (str(book),),
        "periksa": (str(book),), "susun": ("triwulan", "--tahun", Y, "--triwulan", "2"),
        "sahkan": ("--tahun", Y, "--triwulan", "2", "--semua"),
    }  # fmt: skip
    documents = {name: answer(root, name, *arguments) for name, arguments in commands.items()}
    (documents["periksa"],) = documents["periksa"]
    documents["jalankan"] = json.loads(console.compose_json(describe_run("jalankan", root, ran[1][2])))
    for name, document in documents.items():
        assert next(iter(document.items())) == ("command", name)
        assert all(tuple(f)[: len(CONTRACT)] == CONTRACT for f in document.get("findings", ()))
        assert all("kode_skpd" in row for row in document.get("rows", ()) if name in ("status", "jalankan", "sahkan"))
    assert documents["jalankan"]["counts"]["error"] and documents["jalankan"]["next"][0]["text"]
    assert documents["susun"]["outputs"][0]["paths"] and documents["susun"]["period"] == f"{Y}-TW2"


def answer(root, *command):
    done = CliRunner().invoke(app, [*command, "--json", "--ruang", str(root)])
    assert done.exit_code in (0, 1), (command, done.output, done.exception)
    return json.loads(done.stdout)


def test_every_warning_has_a_title_of_its_own():
    titles = {e.kode: e.judul for e in catalogue().values() if e.tingkat == Tingkat.WARNING}
    assert not [kode for kode, title in titles.items() if not title]
    assert not [title for title in titles.values() if re.search(r"[{}]|\.$", title)]
