"""What was received and published cannot be exchanged in silence: every read of the archive is proved by its hash."""

import json
import shutil

import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps import aggregate, extract, inspection, intake, journal, places, register, returning
from pipelines.steps.advice import advise
from pipelines.steps.editions import record_edition
from pipelines.steps.overview import view_quarter
from pipelines.steps.past import open_past
from pipelines.steps.sample import write_sample
from pipelines.steps.status import list_findings
from pipelines.stores.submissions import archive_path
from schemas.period import triwulan_period
from tests.lib.command import capaian
from tests.road.conftest import NOW, YEAR, walk
from tests.road.test_road import mart


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Two SKPD after a run of TW I, its edition and its entry in the journal."""
    root = tmp_path_factory.mktemp("arsip") / "ruang"
    list(write_sample(root, YEAR, 2))
    walk(root, 1)
    settings = load_settings(root)
    journal.note_received(settings, YEAR, NOW)
    record_edition(settings, YEAR, NOW)
    journal.note_run(settings, YEAR, 1, "masukan", [], NOW)
    return root


@pytest.fixture
def root(published, copy_of):
    return copy_of(published)


def a_submission(root):
    return next(s for s in mart(root, "pengajuan") if s["status"] == "terverifikasi")


def tampered(root):
    """Change one figure of an archived workbook, as somebody would in Excel."""
    submission = a_submission(root)
    path = archive_path(load_settings(root).archive, submission["sha256"])
    book = openpyxl.load_workbook(path)
    cell = next(c for c in book["Realisasi"]["E"] if isinstance(c.value, int | float))
    cell.value = 77
    book.save(path)
    return submission, path


def read_again(root):
    """As a newer program does: everything typed is read anew."""
    shutil.rmtree(load_settings(root).year(YEAR).folder / "typed")
    walk(root, 1)


def figures(root):
    return {(r["kode_skpd"], r["kode_indikator"]): r["realisasi"] for r in mart(root, "capaian_triwulan")}


def told(root, kode):
    return [f.berkas for f in list_findings(load_settings(root), YEAR) if f.kode == kode]


def test_a_tampered_archive_is_mended_from_the_inbox_and_never_read(root):
    before = figures(root)
    _, path = tampered(root)
    read_again(root)
    assert figures(root) == before and not told(root, "REG-045")
    assert extract.hash_bytes(path.read_bytes()) == path.stem
    assert inspection.inspect_folder(load_settings(root)).rusak == ()


@pytest.mark.parametrize("gone", [False, True])
def test_what_nobody_has_any_more_is_an_error_and_none_of_its_figures_is_used_or_made_up(root, gone):
    before = figures(root)
    submission, path = tampered(root)
    (root / f"data/raw/{YEAR}" / submission["berkas"]).unlink()
    if gone:
        path.unlink()
    read_again(root)
    assert told(root, "REG-045") == [submission["berkas"]]
    steps = advise(load_settings(root), view_quarter(load_settings(root), triwulan_period(YEAR, 1), []))
    assert "kotak masuk, atau arsip" in steps[0].text and not any("belum dapat dipakai" in s.text for s in steps)
    after, mine = figures(root), {key for key in before if key[0] == submission["kode_skpd"]}
    assert any(before[key] is not None for key in mine) and all(after.get(key) is None for key in mine)
    assert {k: v for k, v in after.items() if k not in mine} == {k: v for k, v in before.items() if k not in mine}
    settings = load_settings(root)
    assert not [
        p for p in returning.write_returns(settings, YEAR, 1, None).made if submission["pengajuan_id"] in p.name
    ]
    (damage,) = (d for d in inspection.inspect_folder(settings).rusak if d.bagian == "arsip")
    assert submission["berkas"] in damage.nama and submission["sha256"][:12] in damage.pesan
    assert extract.list_unread(settings, YEAR) == [submission["pengajuan_id"]], "it is read when it is there again"
    (lost,) = (s for s in intake.load_submissions(settings, YEAR) if s.pengajuan_id == submission["pengajuan_id"])
    assert lost.status == "diterima", "nothing is wrong with what nobody could read"
    assert not {f["kode"][:3] for f in mart(root, "temuan") if f["pengajuan_id"] == lost.pengajuan_id} - {"REG"}


def test_an_earlier_day_made_of_other_bytes_does_not_say_that_all_is_as_it_was(root):
    tampered(root)
    past = open_past(load_settings(root), "2026-01-15")
    assert not any("Semua angka sama" in notice for notice in past.notices)
    assert any("Isi arsip telah berubah" in notice for notice in past.notices)


def test_a_ledger_of_the_old_excel_format_is_laid_out_again_for_an_earlier_day(root, tmp_path):
    settings = load_settings(root)
    acuan = settings.references(YEAR)
    (acuan / "LAMA.XLS").write_bytes(b"bukan buku kerja")
    walk(root, 1)
    record_edition(settings, YEAR, NOW.replace(day=16))
    past = open_past(settings, "2026-01-16").settings
    assert (past.references(YEAR) / "LAMA.XLS").read_bytes() == b"bukan buku kerja"


def test_the_whole_folder_is_inspected_by_one_command(root):
    done = capaian("periksa-ruang", "--ruang", str(root))
    assert (done.returncode, done.stderr) == (0, "") and "Semuanya utuh." in done.stdout


def test_documents_that_are_gone_are_named_with_what_makes_them_again(root):
    settings = load_settings(root)
    made = register.write_register(settings, YEAR, 1).made
    journal.note_documents(settings, YEAR, 1, made, NOW)
    gone = next(p for p in made if p.suffix == ".xlsx")
    gone.unlink()
    done = capaian("periksa-ruang", "--ruang", str(root))
    said = done.stdout.splitlines()
    assert done.returncode == 0 and f"  reports/{YEAR}/tw1/{gone.name}" in said
    assert f"  capaian jalankan --ruang {root} --tahun {YEAR} --triwulan 1" in said
    told = json.loads(capaian("periksa-ruang", "--ruang", str(root), "--json").stdout)
    assert told["gone"] == [f"reports/{YEAR}/tw1/{gone.name}"] and len(told["next"]) == 1


@pytest.mark.parametrize("part", ["mart", "duckdb", "terbitan", "jurnal", "jurnal hilang"])
def test_every_damage_is_named(root, part):
    settings = load_settings(root)
    if part == "mart":
        (places.marts(settings) / "capaian_triwulan.parquet").write_bytes(b"PAR1")
    elif part == "duckdb":
        path = places.warehouse(settings)
        path.write_bytes(path.read_bytes()[:5000])
    elif part == "terbitan":
        (page,) = places.editions(settings, YEAR).glob("*.json")
        content = json.loads(page.read_text("utf-8"))
        content["mart"]["capaian_triwulan"] = "0" * 16
        page.write_text(json.dumps(content), "utf-8")
    elif part == "jurnal hilang":
        shutil.rmtree(settings.journal)
        assert any("hilang; terbitan angka" in sentence for sentence in journal.tell_faults(settings))
    else:
        path = settings.journal / "jurnal.jsonl"
        path.write_text(path.read_text("utf-8").replace("diterima", "ditolak", 1), "utf-8")
    done = capaian("periksa-ruang", "--ruang", str(root), "--json")
    faults = json.loads(done.stdout)["faults"]
    assert done.returncode == 1 and part.replace("duckdb", "mart").split()[0] in {f["bagian"] for f in faults}
    assert all(f["nama"] and f["pesan"] for f in faults)


def test_marts_made_anew_are_whole_again(root):
    settings = load_settings(root)
    (places.marts(settings) / "capaian_triwulan.parquet").unlink()
    assert inspection.inspect_folder(settings).rusak
    aggregate.build_marts(settings, YEAR)
    assert inspection.inspect_folder(settings).rusak == ()
