"""The register on the sample: who stands where, the journal of it, acceptance of the very content that was verified."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import datetime, timedelta

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.console.journal import describe_entry
from pipelines.errors import UsageError
from pipelines.sample.build import build_sample
from pipelines.settings import load_settings
from pipelines.steps import accept, editions, journal, register, rulings, runs, status
from pipelines.stores.journal import check_journal, read_journal
from schemas.journal import Peristiwa
from schemas.vocabulary import StatusPengajuan
from tests.road.conftest import NOW, YEAR, walk
from tests.road.test_road import mart


def noted(root, *kinds):
    entries = journal.load_journal(load_settings(root)).entries
    return [e for e in entries if not kinds or e.peristiwa in kinds]


def note_all(root, moment=NOW):
    settings = load_settings(root)
    journal.note_received(settings, YEAR, moment)
    journal.note_checked(settings, YEAR, moment)
    return settings


@pytest.fixture(scope="module")
def kept(walked, tmp_path_factory):
    """The sample after a run, with its journal, register and receipts of the second quarter; to be read only."""
    root = tmp_path_factory.mktemp("register") / "ruang"
    shutil.copytree(walked, root)
    settings = note_all(root)
    made = register.write_register(settings, YEAR, 2)
    journal.note_run(settings, YEAR, 2, "sidik", [made], NOW)
    return root


@pytest.fixture(scope="module")
def lima(few, tmp_path_factory):
    """The same of five SKPD, for tests that go on from there."""
    root = tmp_path_factory.mktemp("register") / "ruang"
    shutil.copytree(few, root)
    register.write_register(note_all(root), YEAR, 2)
    return root


def resend(root, pengajuan_id, change):
    """The workbook of a submission once more, one cell changed."""
    (sent,) = [s for s in mart(root, "pengajuan") if s["pengajuan_id"] == pengajuan_id]
    source = root / f"data/raw/{YEAR}" / sent["berkas"]
    book = openpyxl.load_workbook(source)
    change(book)
    book.save(source.with_name("dikirim lagi.xlsx"))
    return sent


def a_verified(root, triwulan=2):
    return next(s for s in mart(root, "pengajuan") if (s["triwulan"], s["status"]) == (triwulan, "terverifikasi"))


def test_the_journal_tells_every_file_and_every_submission_once(kept):
    files = [(e.rincian["berkas"], e.rincian["sha256"]) for e in noted(kept, *list(Peristiwa)[:3])]
    received = {(f["berkas"], f["sha256"]) for f in mart(kept, "pengajuan")}
    assert len(files) == len(set(files)) and received <= set(files)
    states = {e.rincian["pengajuan_id"]: e.peristiwa for e in noted(kept) if "kesalahan" in e.rincian}
    assert states == {s["pengajuan_id"]: s["status"] for s in mart(kept, "pengajuan")}
    assert list(check_journal(read_journal(load_settings(kept).journal))) == []


def test_a_rerun_on_the_same_inputs_has_nothing_to_tell(lima, copy_of):
    root = copy_of(lima)
    walk(root)
    note_all(root, NOW + timedelta(days=1))
    assert noted(root) == noted(lima)


def test_a_receipt_that_is_dated_after_the_run_counts_from_the_next_and_the_journal_says_so(lima, copy_of):
    root = copy_of(lima)
    settings = load_settings(root)
    row = next(r for r in status.list_status(settings, YEAR, 4) if r.versi == 1 and not r.hari_terlambat)
    inputs, day = runs.fingerprint(settings, YEAR, 4), row.batas + timedelta(days=5)
    folder, _, name = row.berkas.partition("/")
    book = root / f"data/raw/{YEAR}/{folder}/penerimaan.csv"
    lines = book.read_text("utf-8").splitlines() if book.exists() else ["berkas;diterima_pada"]
    book.write_text("\n".join([*lines, f"{name};{day:%Y-%m-%d} 09:00", ""]), "utf-8")
    walk(root)
    assert runs.fingerprint(settings, YEAR, 4) != inputs, "the next run has something to do"
    (dated,) = (r for r in status.list_status(settings, YEAR, 4) if r.kode_skpd == row.kode_skpd)
    assert (dated.hari_terlambat, dated.diterima) == (5, day)
    assert [f for f in mart(root, "temuan") if f["kode"] == "REG-007" and f["berkas"] == row.berkas]
    note_all(root, NOW + timedelta(days=1))
    told = [e.rincian["diterima_pada"] for e in noted(root, Peristiwa.DITERIMA) if e.rincian["berkas"] == row.berkas]
    assert told[-1] == f"{day:%Y-%m-%d}T09:00:00" and len(told) == 2
    shown = [describe_entry(e) for e in noted(root, Peristiwa.DITERIMA) if e.rincian["berkas"] == row.berkas]
    assert ["tanggal terima menjadi" in line for line in shown] == [False, True], "it is not a second file"
    assert f"tanggal terima menjadi {day:%Y-%m-%d} 09:00 (semula {told[0].replace('T', ' ')[:16]})" in shown[-1]


def test_a_run_is_noted_with_its_documents_and_their_content(kept):
    (documents,) = noted(kept, Peristiwa.DOKUMEN)
    assert all((kept / name).is_file() for name in documents.rincian["dokumen"])
    (done,) = noted(kept, Peristiwa.SELESAI)
    assert done.rincian["masukan"] == "sidik" and len(done.rincian["mart"]) == 64


def test_the_register_counts_what_was_received_found_and_sent_back(kept):
    rows = {(r.kode_skpd, r.triwulan): r for r in status.list_status(load_settings(kept), YEAR, None)}
    faults = {f.kode: rows[(f.kode_skpd, f.triwulan)] for f in build_sample(YEAR).faults}
    late, silent, unsigned, again = (faults[k] for k in ("REG-007", "REG-008", "SAH-001", "REG-006"))
    assert late.hari_terlambat == (late.diterima - late.batas).days > 0
    assert (silent.status, silent.lembar, silent.versi, silent.hari_terlambat) == ("Belum", (), None, 0)
    assert (unsigned.status, unsigned.kesalahan, unsigned.dikembalikan) == ("Dikembalikan", 1, 1)
    assert again.versi == 2 and again.dikembalikan == 0  # the first was replaced before anyone looked at it
    assert late.lembar == ("PK", "IKU", "Realisasi", "Anggaran")
    today = silent.batas + timedelta(days=5)
    overdue = status.list_status(load_settings(kept), YEAR, silent.triwulan, today)
    assert {r.hari_terlambat for r in overdue if r.status == "Belum"} == {5}


def test_the_inventory_says_what_the_register_says_and_is_the_same_bytes_again(kept):
    path = kept / f"reports/{YEAR}/tw2/daftar-inventarisasi.xlsx"
    content = path.read_bytes()
    assert register.write_inventory_of(load_settings(kept), YEAR, 2).state == "unchanged"
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["Daftar Inventarisasi"].iter_rows(min_row=5, values_only=True))
    expected = status.list_status(load_settings(kept), YEAR, 2)
    shown = {r[1]: r for r in rows if r[1]}
    assert list(shown) == [r.kode_skpd for r in expected]
    for r in expected:
        row = shown[r.kode_skpd]
        assert (row[3], row[8], row[11], row[14]) == (r.berkas, r.versi, r.status, r.dikembalikan)
        assert [cell == "ada" for cell in row[4:8]] == [
            name in r.lembar for name in ("PK", "IKU", "Realisasi", "Anggaran")
        ]
    versions = [r[9] for r in book["Semua Versi"].iter_rows(min_row=5, values_only=True)]
    assert sorted(versions) == sorted(s["sha256"] for s in mart(kept, "pengajuan") if s["triwulan"] == 2)
    assert "=" not in {str(cell)[:1] for row in rows for cell in row if isinstance(cell, str)}


def test_a_receipt_names_the_content_and_stays_whatever_becomes_of_the_workbook(lima, copy_of):
    root = copy_of(lima)
    folder = root / f"reports/{YEAR}/tw2/tanda-terima"
    sent = a_verified(root)
    path = folder / f"{sent['pengajuan_id'].partition('-')[0]}-v1.docx"
    said = "\n".join(p.text or "" for p in docx.Document(path).element.body.iter() if p.tag.endswith("}t"))
    assert sent["sha256"] in said and sent["sha256"][:12] in said and sent["berkas"] in said
    before = path.read_bytes()
    assert len(list(folder.glob("*.docx"))) == sum(s["triwulan"] == 2 for s in mart(root, "pengajuan"))
    settings = load_settings(root)
    accept.accept(settings, YEAR, 2, [sent["kode_skpd"]], None, NOW)
    register.write_register(settings, YEAR, 2)
    assert path.read_bytes() == before and not (folder / "arsip").exists()
    assert zipfile.is_zipfile(path)


def test_what_was_verified_is_accepted_and_a_later_version_is_not(lima, copy_of):
    root = copy_of(lima)
    settings, sent = load_settings(root), a_verified(root)
    asked = ["--ruang", str(root), "--tahun", str(YEAR), "--triwulan", "2"]
    done = CliRunner().invoke(
        app, ["sahkan", *asked, "--skpd", sent["kode_skpd"], "--oleh", "Kepala Bagian Organisasi"]
    )
    assert done.exit_code == 0, done.output
    (entry,) = noted(root, Peristiwa.DISAHKAN)
    assert (entry.oleh, entry.rincian["sha256"]) == ("Kepala Bagian Organisasi", sent["sha256"])
    states = {s["pengajuan_id"]: s["status"] for s in mart(root, "pengajuan")}
    assert [k for k, s in states.items() if s == "disahkan"] == [sent["pengajuan_id"]]
    again = accept.accept(settings, YEAR, 2, [sent["kode_skpd"]], None, NOW)
    assert again.entries == () and len(again.before) == 1 and len(noted(root, Peristiwa.DISAHKAN)) == 1

    resend(root, sent["pengajuan_id"], lambda book: book["Realisasi"].cell(5, 9, "diperbaiki"))
    with pytest.raises(UsageError, match="belum diproses"):
        accept.accept(settings, YEAR, 2, [sent["kode_skpd"]], None, NOW)
    walk(root)
    note_all(root)
    now = {s["pengajuan_id"]: s["status"] for s in mart(root, "pengajuan") if s["kode_skpd"] == sent["kode_skpd"]}
    assert now[sent["pengajuan_id"]] == "disahkan"
    assert now[sent["pengajuan_id"].replace("-v1", "-v2")] == "menunggu"


def test_only_the_verified_are_accepted_and_the_others_are_named(lima, copy_of):
    root = copy_of(lima)
    settings = load_settings(root)
    returned = {s["kode_skpd"] for s in mart(root, "pengajuan") if (s["triwulan"], s["status"]) == (2, "dikembalikan")}
    done = accept.accept(settings, YEAR, 2, None, None, NOW)
    assert {s.kode_skpd for s in done.refused} == returned
    assert {e.rincian["kode_skpd"] for e in done.entries}.isdisjoint(returned)
    assert all(
        s["status"] in ("disahkan", "dikembalikan", "digantikan") for s in mart(root, "pengajuan") if s["triwulan"] == 2
    )
    with pytest.raises(UsageError, match="Belum ada pengajuan"):
        accept.accept(settings, YEAR, 2, ["1.01.2.22.0.00.01.0000"], None, NOW)


def test_what_an_older_program_verified_is_verified_again_first(lima, copy_of):
    root = copy_of(lima)
    settings = load_settings(root)
    page = editions.record_edition(settings, YEAR, NOW)
    path = root / f"data/processed/{YEAR}/terbitan/{page.nomor:04}.json"
    path.write_text(path.read_text("utf-8").replace(page.program, "lama"), "utf-8")
    with pytest.raises(UsageError, match="diperbarui"):
        accept.accept(settings, YEAR, 2, None, None, NOW)
    assert noted(root, Peristiwa.DISAHKAN) == []


def test_an_acceptance_is_an_input_of_a_run_and_an_altered_one_counts_for_nothing(lima, copy_of):
    root = copy_of(lima)
    settings, sent = load_settings(root), a_verified(root)
    before = runs.fingerprint(settings, YEAR, 2)
    accept.accept(settings, YEAR, 2, [sent["kode_skpd"]], None, NOW)
    assert runs.fingerprint(settings, YEAR, 2) != before
    path = settings.journal / "jurnal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(sent["pengajuan_id"].encode(), b"lain-2025-tw2-v1")
    path.write_bytes(b"".join(lines))
    assert rulings.list_rulings(settings, YEAR) == ()
    walk(root)
    assert StatusPengajuan.DISAHKAN not in {s["status"] for s in mart(root, "pengajuan")}


def test_jurnal_lists_verifies_and_names_what_was_altered(lima, copy_of):
    root = copy_of(lima)
    told = CliRunner().invoke(app, ["jurnal", "--ruang", str(root), "--tahun", str(YEAR)])
    assert told.exit_code == 0 and "utuh" in told.output and "Terverifikasi" in told.output
    path = root / "data/jurnal/jurnal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[3:5]
    lines[9] = lines[9].replace(b"2025", b"2024", 1)
    path.write_bytes(b"".join(lines))
    checked = CliRunner().invoke(app, ["jurnal", "--ruang", str(root), "--periksa", "--json"])
    assert checked.exit_code == 1
    faults = json.loads(checked.output)["faults"]
    assert [f["nomor"] for f in faults] == [4, 12]


def test_a_correction_that_begins_and_ends_is_noted_once_each(lima, copy_of):
    from tests.road.test_corrections import WHY, write_ledger

    root = copy_of(lima)
    row = next(r for r in mart(root, "capaian_triwulan") if r["triwulan"] == 4 and r["realisasi"] and r["cara_isi"] == "per_triwulan" and r["konsolidasi"] == "jumlah")  # fmt: skip
    write_ledger(root, (row["kode_skpd"], "IV", "Realisasi", row["kode_indikator"], "Bukti Dukung", "(kosong)", "x", *WHY),
                 (row["kode_skpd"], "IV", "Realisasi", row["kode_indikator"], "Realisasi TW", float(row["realisasi"]), 99, *WHY))  # fmt: skip
    walk(root)
    note_all(root)
    note_all(root)
    assert [e.rincian["nilai_baru"] for e in noted(root, Peristiwa.DIKOREKSI)] == ["99"]
    (root / f"data/raw/{YEAR}/acuan/koreksi.xlsx").unlink()
    walk(root)
    note_all(root, datetime(2026, 1, 16))
    note_all(root, datetime(2026, 1, 17))
    (ended,) = noted(root, Peristiwa.KOREKSI_BERHENTI)
    assert ended.rincian["nilai_baru"] == "99"
