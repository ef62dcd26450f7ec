"""A working folder of another program: what it left is named, or made anew from what lasts; nothing that lasts goes."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import WorkspaceError
from pipelines.settings import load_settings
from pipelines.steps import accept, editions, format, journal, places, road
from pipelines.steps.past import open_past
from pipelines.steps.status import list_status
from pipelines.stores.tables import read_table
from schemas.submission import BERKAS
from tests.road.conftest import NOW, YEAR

LATER = datetime(2026, 2, 20, 8)
Y = str(YEAR)
READING = [
    ("telusur",),
    ("status", "--tahun", Y),
    ("status", "--tahun", Y, "--per", "2026-03-01"),
    ("kepekaan", "--tahun", Y),
    ("susun", "lkjip", "--tahun", Y),
    ("susun", "pk", "--tahun", Y),
    ("sahkan", "--tahun", Y, "--triwulan", "1", "--semua"),
    ("siapkan", "--tahun", Y, "--triwulan", "1"),
]


def content(root):
    """Every mart by its content, but for the clock: what a run of another day would write is the same."""
    return editions.marts_of(load_settings(root))


@pytest.fixture
def accepted(few, copy_of):
    """A folder that was run, in which TW I was accepted and both states were published."""
    root = copy_of(few)
    settings = load_settings(root)
    journal.note_received(settings, YEAR, NOW)
    journal.note_checked(settings, YEAR, NOW)
    editions.record_edition(settings, YEAR, NOW)
    done = accept.accept(settings, YEAR, 1, None, None, LATER)
    assert done.entries
    return root


def age(root):
    """Turn it into what an older program would have left: no number, a mart and a column less."""
    processed = root / "data/processed"
    (processed / "format.json").unlink()
    with duckdb.connect(str(processed / "capaian.duckdb")) as base:
        base.execute("drop table dasar")
    for name in ("pengajuan", "temuan", "ref_skpd"):
        path = processed / Y / f"{name}.parquet"
        pq.write_table(pq.read_table(path).drop_columns([pq.read_table(path).column_names[1]]), path)
    return root


def ask(root, *command):
    return CliRunner().invoke(app, [*command, "--ruang", str(root)]).exception


def test_results_of_an_older_program_are_named_by_every_command_that_reads_them(accepted):
    age(accepted)
    for command in READING:
        told = ask(accepted, *command)
        assert isinstance(told, WorkspaceError), (command, told)
        assert "versi lama program; jalankan lagi: capaian jalankan --tahun" in str(told), command


def test_a_run_makes_what_an_older_program_left_anew_and_keeps_what_was_accepted(accepted):
    settings, before, stands = load_settings(accepted), content(accepted), statuses(accepted)
    age(accepted)
    assert road.is_behind(settings)
    road.bring_forward(settings, LATER)
    assert not road.is_behind(settings)
    assert content(accepted) == before
    assert statuses(accepted) == stands
    assert any(status == "Disahkan" for *_, status in stands)


def test_a_folder_of_a_newer_program_is_refused_and_left_as_it_is(accepted):
    page = accepted / "data/processed/format.json"
    page.write_text(json.dumps({"format": format.FORMAT + 1, "bentuk": "lain"}), "utf-8")
    before = files(accepted)
    for command in (*READING, ("jalankan", "--tahun", Y, "--triwulan", "1")):
        told = ask(accepted, *command)
        assert isinstance(told, WorkspaceError) and "versi program yang lebih baru" in str(told), command
    assert files(accepted) == before


def test_a_copy_of_what_the_guide_says_to_keep_brings_back_acceptance_and_earlier_days(accepted, tmp_path):
    before, stands = content(accepted), statuses(accepted)
    restored = tmp_path / "pulih"
    for place in places.TO_KEEP:
        for source in accepted.glob(place.replace("<tahun>", "[0-9][0-9][0-9][0-9]")):
            target = restored / source.relative_to(accepted)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    assert not (restored / "data/processed/capaian.duckdb").exists()
    settings = load_settings(restored)
    assert road.is_behind(settings)
    told = CliRunner().invoke(app, ["status", "--tahun", Y, "--ruang", str(restored)])
    assert "hasil olahannya belum dibuat lagi. Jalankan dulu: capaian jalankan" in " ".join(told.output.split())
    road.bring_forward(settings, LATER)
    assert content(restored) == before
    assert statuses(restored) == stands
    first = open_past(settings, f"{NOW:%Y-%m-%d}")
    assert "Semua angka sama dengan yang terbit saat itu." in first.notices
    assert not any(row.status == "Disahkan" for row in list_status(first.settings, YEAR, 1))


def test_the_guide_names_what_to_keep_as_the_program_does():
    guide = (Path(__file__).parents[2] / "docs/panduan.md").read_text("utf-8")
    section = guide.partition("### Cadangan")[2].partition("\n### ")[0]
    listed = {name.rstrip("/") for name in re.findall(r"^\| `([^`]+)`", section, re.M)}
    assert listed == set(places.TO_KEEP)


def test_the_register_of_files_is_read_whatever_columns_came_later(accepted):
    """Its rows cannot be made again: a column that is not of the first program has to bear being absent."""
    first = {"sha256", "berkas", "folder_tahun", "folder_triwulan", "diterima_pada", "urutan"}
    assert {c.name for c in BERKAS.columns if not c.null} == first
    path = load_settings(accepted).year(YEAR).path(BERKAS)
    pq.write_table(pq.read_table(path).select(sorted(first)), path)
    assert read_table(path, BERKAS).num_rows


def statuses(root):
    return [(r.kode_skpd, r.triwulan, r.status) for r in list_status(load_settings(root), YEAR, None)]


def files(root):
    return {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_folder_is_checked_file_by_file_and_read_one_at_a_time(few, copy_of, tmp_path):
    (empty := tmp_path / "kosong").mkdir()
    root = copy_of(few)
    inbox = root / f"data/raw/{Y}/tw1"
    found = list(inbox.rglob("*.xlsx"))
    for path in {*root.rglob("*.xlsx")} - {*found}:  # one quarter of workbooks tells as much as four and their copies
        path.unlink()
    answer = CliRunner().invoke(app, ["periksa", str(inbox), "--ruang", str(root)])
    assert found and answer.exit_code in (0, 1)
    assert all(str(path) in answer.output for path in found)
    whole = CliRunner().invoke(app, ["periksa", str(root), "--ruang", str(root)])
    assert all(str(path) in whole.output for path in found)
    assert not [line for line in whole.output.splitlines() if ".toml" in line or ".jsonl" in line], "workbooks only"
    assert "Tidak ada buku kerja" in str(ask(root, "periksa", str(empty)))
    assert "satu berkas" in str(ask(root, "baca", str(inbox)))
