"""Per tanggal: what an earlier run made can be made again, to the byte, whatever has come in since."""

import hashlib
import json
import re
import shutil
from datetime import date, datetime

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import UsageError, WorkspaceError
from pipelines.explain.lines import compose_lines
from pipelines.settings import FILE_NAME, load_settings
from pipelines.steps import places, report
from pipelines.steps.accept import withdraw
from pipelines.steps.editions import list_editions, record_edition
from pipelines.steps.explain import Wanted, explain
from pipelines.steps.papers import Command
from pipelines.steps.past import open_past
from pipelines.steps.sample import write_sample
from pipelines.steps.status import list_status
from pipelines.stores.warehouse import open_read
from tests.road.conftest import YEAR, walk

FIRST, SECOND = datetime(2026, 1, 15, 8), datetime(2026, 1, 20, 9, 30)


def marts(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "marts").glob("*.parquet"))}


def documents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def write_all(settings):
    report.write_documents(settings, Command.TRIWULAN, YEAR, 1, None)
    report.write_documents(settings, Command.SEMESTER, YEAR, 2, None)
    report.write_documents(settings, Command.LKJIP, YEAR, 0, None)


def change(path, sheet, column, to):
    """A changed copy of a workbook beside it, received by the next run."""
    book = openpyxl.load_workbook(path)
    cell = next(c for c in book[sheet][column] if isinstance(c.value, (int, float)))
    cell.value = to(cell.value)
    return book


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Three SKPD after a first run, with its reports; to be read only."""
    root = tmp_path_factory.mktemp("per") / "ruang"
    list(write_sample(root, YEAR, 3))
    walk(root)
    settings = load_settings(root)
    record_edition(settings, YEAR, FIRST)
    write_all(settings)
    return root


@pytest.fixture(scope="module")
def corrected(first, tmp_path_factory):
    """The same folder five days later: a workbook, the PK, the choices, a layout and the template are others."""
    root = shutil.copytree(first, tmp_path_factory.mktemp("per-lalu") / "ruang")
    source = next((root / f"data/raw/{YEAR}/tw1").rglob("*Setda*.xlsx"))
    change(source, "Realisasi", "E", lambda v: v + 1).save(source.with_name("koreksi.xlsx"))
    register = root / f"data/raw/{YEAR}/acuan/pk-skpd.xlsx"
    change(register, "PK SKPD", "N", lambda v: v * 2).save(register)
    settings = root / FILE_NAME
    settings.write_text(
        re.sub(r'rumus_turun = "\w+"', 'rumus_turun = "turun_t_r"', settings.read_text("utf-8")), "utf-8"
    )
    walk(root)
    record_edition(load_settings(root), YEAR, SECOND)
    write_all(load_settings(root))
    return root


def test_the_correction_moved_figures_and_documents(first, corrected):
    assert marts(first / "data/processed") != marts(corrected / "data/processed")
    name = f"reports/{YEAR}/tw1/rekap-kabupaten.docx"
    assert (first / name).read_bytes() != (corrected / name).read_bytes()


def test_a_day_before_the_correction_gives_the_marts_and_documents_of_the_first_run(first, corrected):
    now = marts(corrected / "data/processed"), documents(corrected / f"reports/{YEAR}/lkjip")
    past = open_past(load_settings(corrected), "2026-01-19")
    write_all(past.settings)
    assert marts(corrected / "data/processed/per/2026-01-19") == marts(first / "data/processed")
    made, before = documents(corrected / f"reports/{YEAR}/per-2026-01-19"), documents(first / f"reports/{YEAR}")
    assert made == before and any(name.startswith("lkjip/kabupaten/") for name in made)
    assert now == (marts(corrected / "data/processed"), documents(corrected / f"reports/{YEAR}/lkjip"))
    told = "\n".join(past.notices)
    assert "15-01-2026 08:00" in told and "Semua angka sama" in told
    assert "aturan.rumus_turun = turun_2t_r (kini turun_t_r)" in told


def test_the_last_day_gives_what_stands_now_and_a_minute_tells_two_runs_apart(corrected):
    settings = load_settings(corrected)
    assert marts(open_past(settings, "20-01-2026").settings.root) == marts(corrected / "data/processed")
    before = open_past(settings, "2026-01-20 09:29")
    assert before.settings.label == "2026-01-20-0929" and "15-01-2026 08:00" in before.notices[0]


def test_figures_and_receipts_of_then_can_be_asked(first, corrected):
    past = open_past(load_settings(corrected), "2026-01-19").settings
    versions = {(r.kode_skpd, r.triwulan): r.versi for r in list_status(past, YEAR, None)}
    assert versions == {(r.kode_skpd, r.triwulan): r.versi for r in list_status(load_settings(first), YEAR, None)}
    wanted = Wanted(skpd="Setda", periode=f"{YEAR}-TW1")
    assert explain(past, wanted) == explain(load_settings(first), wanted)


def test_a_state_laid_out_half_is_begun_anew_and_a_whole_one_is_kept(corrected):
    settings = load_settings(corrected)
    root = open_past(settings, "2026-01-19").settings.root
    whole, kept = marts(root), (root / "capaian.duckdb").stat().st_mtime_ns
    open_past(settings, "2026-01-19")
    assert (root / "capaian.duckdb").stat().st_mtime_ns == kept
    (root / "keadaan.sidik").unlink()
    (root / "marts/capaian_tahunan.parquet").write_bytes(b"separuh")
    assert marts(open_past(settings, "2026-01-19").settings.root) == whole


def test_days_past_a_deadline_are_counted_to_the_day_that_is_asked(first, copy_of):
    root = copy_of(first)
    settings = load_settings(root)
    (due,) = (r.batas for r in list_status(settings, YEAR, 1) if r.nama == "Sekretariat Daerah")
    withdraw(settings, f"setda-{YEAR}-tw1-v1", "salah", None, SECOND)
    for asked, day in (("2026-01-21", date(2026, 1, 21)), ("2099-01-01", settings.today())):
        told = CliRunner().invoke(app, ["status", "--ruang", str(root), "--tahun", "2025", "--per", asked, "--json"])
        (row,) = (r for r in json.loads(told.stdout)["rows"] if (r["nama"], r["triwulan"]) == ("Sekretariat Daerah", 1))
        assert (row["status"], row["hari_terlambat"]) == ("Ditarik", (day - due).days)


def test_a_run_that_changes_nothing_writes_no_page(first):
    settings = load_settings(first)
    record_edition(settings, YEAR, SECOND)
    assert [(e.nomor, e.terbit, e.triwulan) for e in list_editions(settings, YEAR)] == [(1, FIRST, 4)]


def test_what_cannot_be_made_again_is_said(first, tmp_path):
    settings = load_settings(shutil.copytree(first, tmp_path / "ruang"))
    for asked, said in (("kemarin", "tidak dikenal"), ("2025-02-30", "tidak dikenal"), ("2026-01-14", "15-01-2026")):
        with pytest.raises(UsageError, match=said):
            open_past(settings, asked)
    (edition,) = list_editions(settings, YEAR)
    sha256 = edition.acuan[0]["sha256"]
    (settings.archive / sha256[:2] / f"{sha256}.xlsx").write_bytes(b"lain")
    with pytest.raises(WorkspaceError, match="hilang atau berubah"):
        open_past(settings, "2026-01-15")


def test_what_was_said_first_is_kept_and_told_beside_what_is_said_now(corrected):
    settings = load_settings(corrected)
    with open_read(corrected / "data/processed/capaian.duckdb") as query:
        (old,) = query("from riwayat_pengajuan where perubahan = 'dinyatakan_ulang' and triwulan = 1").to_pylist()
        (found,) = query("from temuan where kode = 'RWT-001' and triwulan = 1").to_pylist()
        first_sent = query(
            "from riwayat_pengajuan where kode_skpd = $s and kode_indikator = $i and triwulan = 1 and urutan = 1",
            {"s": old["kode_skpd"], "i": old["kode_indikator"]},
        ).to_pylist()[0]
    assert old["dipakai"] and old["urutan"] == 2 and old["realisasi"] == old["realisasi_sebelumnya"] + 1
    assert (found["lembar"], found["sel"], found["berkas"]) == ("Realisasi", old["sel"], "tw1/koreksi.xlsx")
    book = openpyxl.load_workbook(corrected / f"data/raw/{YEAR}" / first_sent["berkas"], data_only=True)
    assert book[first_sent["lembar"]][first_sent["sel"]].value == pytest.approx(float(old["realisasi_sebelumnya"]))
    explained = explain(settings, Wanted("Setda", indikator=old["kode_indikator"], periode=f"{YEAR}-S1"))
    (earlier,) = explained.triwulan[0].terdahulu
    assert (earlier.versi, earlier.realisasi, earlier.sel) == (
        1,
        old["realisasi_sebelumnya"],
        f"Realisasi!{old['sel']}",
    )
    assert any("semula" in line and "versi 1" in line for line in compose_lines(explained))


def test_every_figure_names_the_submissions_and_rules_that_made_it(corrected):
    with open_read(corrected / "data/processed/capaian.duckdb") as query:
        counting = query("select pengajuan_id from pengajuan where status <> 'digantikan'")["pengajuan_id"].to_pylist()
        rows = {(r["tabel"], r["kunci"]): r for r in query("from dasar").to_pylist()}
        year = query("from capaian_tahunan").to_pylist()
    for row in year:
        made = rows["capaian_tahunan", f"{row['kode_skpd']}|{row['kode_indikator']}|{YEAR}"]
        assert (made["rumus"], made["aturan"]) == (row["rumus"], places.rules_id())
        assert row["realisasi"] is None or made["pengajuan"]
    named = {name for r in rows.values() for name in (r["pengajuan"] or "").split(";") if not name.startswith("acuan-")}
    assert named - {""} <= set(counting)
    settings = load_settings(corrected)
    for wanted in (Wanted("Setda"), Wanted(), Wanted("Setda", sasaran="1")):
        explained = explain(settings, wanted)
        assert explained.dasar.pengajuan and f"Sidik aturan      {places.rules_id()}" in compose_lines(explained)
