"""The inbox as offices leave it: files waiting, zips and mails, documents beside the workbooks, files that were removed."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import UsageError
from pipelines.settings import Settings, load_settings
from pipelines.steps import extract, forms, intake, match, recognise, references, report, runs, status
from pipelines.steps.advice import advise
from pipelines.steps.editions import record_edition
from pipelines.steps.overview import view_quarter
from pipelines.steps.papers import Command
from pipelines.steps.past import open_past
from pipelines.steps.preview import preview_all
from pipelines.steps.reading import read_file
from pipelines.steps.register import write_inventory_of
from pipelines.steps.sample import write_sample
from pipelines.steps.waiting import list_unprocessed
from pipelines.stores.tables import read_table, write_table
from schemas.finding import SILENT, TEMUAN
from schemas.period import triwulan_period
from schemas.register import TAK_TERPAKAI
from schemas.submission import BERKAS
from tests.lib.books import make_book, make_zip
from tests.lib.docx_text import project
from tests.road.conftest import NOW, YEAR, walk
from tests.unit.stores.test_parcels import make_mail

SETDA = "4.01.0.00.0.00.01.0000"
PDF, PNG = b"%PDF-1.7\n%", b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A year of three SKPD that nobody has run in; to be read only."""
    root = tmp_path_factory.mktemp("kotak") / "ruang"
    list(write_sample(root, YEAR, 3))
    return root


@pytest.fixture
def room(sample, tmp_path):
    """The same with the workbooks of the first quarter alone, to be changed by one test."""
    root = shutil.copytree(sample, tmp_path / "ruang")
    for q in (2, 3, 4):
        shutil.rmtree(root / f"data/raw/{YEAR}/tw{q}")
    return root


def inbox(root, triwulan=1):
    path = root / f"data/raw/{YEAR}/tw{triwulan}"
    path.mkdir(exist_ok=True)
    return path


def put(root, name, content, triwulan=1):
    path = inbox(root, triwulan) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def register(root, triwulan=1, moment=NOW):
    settings = load_settings(root)
    references.read_references(settings, YEAR, moment)
    intake.register_inbox(settings, YEAR, triwulan, moment)
    return settings


def told(root, *prefixes):
    """The findings of receipt by file."""
    settings = load_settings(root)
    rows = settings.year(YEAR).rows(TEMUAN, intake.NOTED)
    return sorted((r["kode"], r["berkas"]) for r in rows if r["kode"].startswith(prefixes or ("REG-",)))


def received(root):
    return {f.berkas: f for f in intake.load_files(load_settings(root), YEAR)}


def submissions(root):
    return {s.berkas: s for s in intake.load_submissions(load_settings(root), YEAR)}


def one(root, pattern="*Setda*"):
    return next(inbox(root).rglob(pattern))


def a_form(title="EVALUASI KINERJA"):
    """A table of indicators the office did not issue."""

    def fill(book):
        sheet = book.add_worksheet("Data")
        sheet.write("A1", title)
        sheet.write_row(2, 0, ["No", "Sasaran", "Indikator", "Satuan", "Target", "Realisasi"])
        for n in range(1, 6):
            sheet.write_row(2 + n, 0, [n, f"Sasaran {n}", f"Persentase layanan {n}", "Persen", 80 + n, 70 + n])

    return make_book(fill)


def run(*args):
    return CliRunner().invoke(app, [str(a) for a in args])


# ---- what waits


def test_status_sees_the_files_in_the_inbox_before_anything_was_run(room):
    put(room, "formulir sendiri.xlsx", make_book(lambda b: b.add_worksheet("Catatan").write("A1", "Halo")))
    shown = run("status", "--tahun", YEAR, "--ruang", room)
    count = sum(1 for _ in inbox(room).rglob("*.xlsx"))
    assert shown.exit_code == 0 and f"{count} berkas belum diproses" in shown.output
    assert "Sekretariat Daerah" in shown.output and f"capaian jalankan --tahun {YEAR} --triwulan 1" in shown.output
    rows = json.loads(run("status", "--tahun", YEAR, "--ruang", room, "--json").stdout)["rows"]
    by_name = {r["nama"]: r for r in rows}
    setda = by_name["Sekretariat Daerah"]
    assert setda["status"] == "Belum diproses" and len(setda["belum_diproses"]) == 1 and setda["hari_terlambat"] == 0
    assert by_name[status.NOBODY]["belum_diproses"] == ["tw1/formulir sendiri.xlsx"]
    assert not (room / "data/processed").exists(), "a look leaves nothing behind"


def test_before_a_run_an_skpd_is_known_by_its_name_and_a_year_without_register_says_what_it_lacks(room):
    refused = run("buka", "--ruang", room, "--tahun", YEAR, "--triwulan", 1, "--skpd", "setda", "--alasan", "salah")
    assert "Sekretariat Daerah (4.01.0.00.0.00.01.0000) belum memiliki data" in str(refused.exception)
    (room / f"data/raw/{YEAR}/acuan/register-skpd.xlsx").unlink()
    for year, code in ((YEAR, 0), (YEAR - 1, 11)):
        done = run("status", "--ruang", room, "--tahun", year)
        told = " ".join((done.output or str(done.exception)).split())
        assert getattr(done.exception, "exit_code", 0) == code, "nothing of that year is no state of it"
        assert f"Register SKPD Tahun {year} belum ada. Taruh di" in told and "Jalankan:" not in told


def test_status_marks_a_file_that_came_after_the_run_beside_what_is_known(room):
    settings = register(room)
    assert list_unprocessed(settings, YEAR) == []
    again = openpyxl.load_workbook(one(room))
    again["Realisasi"].cell(5, 9, "diperbaiki")
    again.save(inbox(room) / "perbaikan.xlsx")
    (waiting,) = list_unprocessed(settings, YEAR)
    assert (waiting.berkas, waiting.triwulan, waiting.nama) == ("tw1/perbaikan.xlsx", 1, "Sekretariat Daerah")
    rows = {r.kode_skpd: r for r in status.list_status_now(settings, YEAR, None, NOW.date(), [waiting])}
    assert rows[waiting.kode_skpd].status == "Diterima" and rows[waiting.kode_skpd].belum_diproses == (waiting.berkas,)


def test_a_form_of_their_own_is_known_by_its_title_or_its_folder_before_a_run(room):
    put(room, "evaluasi.xlsx", a_form("SKPD : Sekretariat Daerah"))
    put(room, "setda/lagi.xlsx", a_form())
    put(room, "entah.xlsx", a_form())
    known = {w.berkas: w.nama for w in list_unprocessed(load_settings(room), YEAR)}
    assert known["tw1/evaluasi.xlsx"] == known["tw1/setda/lagi.xlsx"] == "Sekretariat Daerah"
    assert known["tw1/entah.xlsx"] == ""


# ---- what the program fails on


def test_a_workbook_the_program_fails_on_stops_nobody_wherever_it_fails(room, monkeypatch):
    """In its identity, its form, its rows: each becomes a finding that names the file and where the details are."""

    def failing(function, berkas_of):
        def fail(*args, **kwargs):
            if "rusak" in berkas_of(*args):
                raise IndexError("list index out of range")
            return function(*args, **kwargs)

        return fail

    for name in ("rusak identitas.xlsx", "rusak isi.xlsx"):
        shutil.copy(one(room), inbox(room) / name)
        add = openpyxl.load_workbook(inbox(room) / name)
        add["Realisasi"].cell(5, 9, name)
        add.save(inbox(room) / name)
    put(room, "setda/rusak formulir.xlsx", a_form())
    monkeypatch.setattr(
        recognise,
        "_recognise",
        failing(recognise._recognise, lambda f: f.berkas.replace("isi", "utuh").replace("rusak utuh", "utuh")),
    )
    monkeypatch.setattr(forms, "_identify_content", failing(forms._identify_content, lambda *a: a[-1]))
    monkeypatch.setattr(extract, "_read_into", failing(extract._read_into, lambda *a: a[2].berkas))
    walk(room, 1)
    found = [f for f in status.list_findings(load_settings(room), YEAR) if f.kode == "REG-046"]
    assert sorted(f.berkas for f in found) == [
        "tw1/rusak identitas.xlsx", "tw1/rusak isi.xlsx", "tw1/setda/rusak formulir.xlsx",
    ]  # fmt: skip
    assert all("rinciannya di data/processed/gangguan/" in f.pesan for f in found)
    standing = {r.nama: r.status for r in status.list_status(load_settings(room), YEAR, 1)}
    assert standing.pop("Sekretariat Daerah") == "Dikembalikan" and set(standing.values()) <= {
        "Terverifikasi",
        "Dikembalikan",
    }
    assert (room / "data/processed/capaian.duckdb").exists()


# ---- what has gone


def test_a_rejected_file_that_was_deleted_is_no_fault_any_more_and_is_one_again_when_put_back(room):
    broken = put(room, "rusak.xlsx", b"PK\x03\x04")
    settings = register(room)
    assert ("REG-001", "tw1/rusak.xlsx") in told(room)
    before = runs.fingerprint(settings, YEAR, 1)
    broken.unlink()
    register(room)
    assert runs.fingerprint(settings, YEAR, 1) != before, "a run does not end at once with the old fault"
    assert told(room, "REG-0") == told(room, "REG-008") and "tw1/rusak.xlsx" in received(room)
    put(room, "rusak.xlsx", b"PK\x03\x04")
    register(room)
    assert ("REG-001", "tw1/rusak.xlsx") in told(room)


def test_an_skpd_of_whose_files_none_can_be_used_is_not_silent(room):
    one(room).unlink()
    put(room, "setda/rusak.xlsx", b"PK\x03\x04")
    settings = register(room)
    walk(room, 1)
    (row,) = [r for r in status.list_status(settings, YEAR, 1) if r.nama == "Sekretariat Daerah"]
    assert row.status == TAK_TERPAKAI and row.tak_terpakai == ("tw1/setda/rusak.xlsx (REG-001)",)
    assert inventoried(settings, row.kode_skpd) == "tidak dapat dipakai: tw1/setda/rusak.xlsx (REG-001)"
    silence = [f for f in status.list_findings(settings, YEAR, 1) if f.kode in SILENT]
    assert [f.kode for f in silence if f.kode_skpd == row.kode_skpd] == ["REG-036"]
    assert "tw1/setda/rusak.xlsx (REG-001)" in next(f.pesan for f in silence if f.kode == "REG-036")
    steps = [step.text for step in advise(settings, view_quarter(settings, triwulan_period(YEAR, 1), []))]
    assert any("Selesaikan berkas 1 SKPD yang belum dapat dipakai" in text for text in steps)
    report.write_documents(settings, Command.TRIWULAN, YEAR, 1, None)
    text = project(next((room / f"reports/{YEAR}/tw1").rglob("laporan-setda*.docx")).read_bytes())
    assert "Berkas data Triwulan I Tahun 2025 dari Sekretariat Daerah belum dapat dipakai" in " ".join(text.split())


def test_where_only_documents_came_nothing_is_still_to_be_made(room):
    for path in inbox(room).rglob("*.xlsx"):
        path.unlink()
    put(room, "setda/bukti.pdf", PDF)
    walk(room, 1)
    told = run("status", "--ruang", room, "--tahun", YEAR).output
    assert "belum dibuat lagi" not in told and "– belum mengirim" in told


def test_a_file_that_cannot_be_used_is_told_beside_the_one_that_counts(room):
    put(room, "setda/tambahan.xlsx", b"PK\x03\x04")
    settings = register(room)
    walk(room, 1)
    (row,) = [r for r in status.list_status(settings, YEAR, 1) if r.kode_skpd == SETDA]
    assert (row.versi, row.tak_terpakai) == (1, ("tw1/setda/tambahan.xlsx (REG-001)",))
    shown = run("status", "--ruang", room, "--tahun", YEAR, "--triwulan", 1).stdout
    (line,) = (line for line in shown.splitlines() if "Sekretariat Daerah  " in line)
    assert line.split()[-1] == "x" and "x tw1/setda/tambahan.xlsx (REG-001), Sekretariat Daerah: tidak dapat" in shown
    told = f"{row.berkas}; tidak dapat dipakai: tw1/setda/tambahan.xlsx (REG-001)"
    assert inventoried(settings, SETDA) == told


def inventoried(settings, kode):
    """What the list of receipts says in the column of files."""
    sheet = openpyxl.load_workbook(write_inventory_of(settings, YEAR, 1).path).worksheets[0]
    return next(row[3] for row in sheet.iter_rows(values_only=True) if row[1] == kode)


def test_a_quarter_not_asked_for_yet_of_which_nothing_can_be_used_has_no_report_and_nobody_is_silent(room, monkeypatch):
    monkeypatch.setattr(Settings, "now", lambda _: datetime(YEAR, 4, 1))
    register(room)
    book = openpyxl.load_workbook(one(room))
    book["Realisasi"].cell(5, 9, "ditaruh di folder lain")
    book.save(inbox(room, 2) / "ulang.xlsx")
    settings = register(room, 2)
    assert [(kode, berkas) for kode, berkas in told(room) if kode in ("REG-031", *SILENT)] == [
        ("REG-031", "tw2/ulang.xlsx"), ("REG-031", "tw2/ulang.xlsx"),
    ]  # fmt: skip
    assert view_quarter(settings, triwulan_period(YEAR, 2), []).register == ()
    assert "belum ada laporan yang disusun" in str(runs.tell_unanswered(settings, YEAR, 2))
    assert runs.tell_unanswered(settings, YEAR, 1) is None
    monkeypatch.setattr(Settings, "now", lambda _: datetime(YEAR, 6, 20))
    assert {kode for kode, _ in (register(room, 2), told(room))[1]} >= {"REG-008"}, "it has been asked for since"


def test_a_rejected_file_mended_under_its_own_name_leaves_no_fault(room):
    good = one(room).read_bytes()
    one(room).unlink()
    put(room, "setda.xlsx", good[:500])
    register(room)
    assert [kode for kode, berkas in told(room) if berkas == "tw1/setda.xlsx"] == ["REG-001"]
    put(room, "setda.xlsx", good)
    register(room)
    assert [kode for kode, berkas in told(room) if berkas == "tw1/setda.xlsx"] == ["REG-007"], "late, and no more"
    assert submissions(room)["tw1/setda.xlsx"].versi == 1


def test_a_file_of_an_unknown_skpd_that_was_deleted_is_not_told(room):
    book = openpyxl.load_workbook(one(room))
    book["Identitas"]["B1"] = book["Identitas"]["B2"].value
    for row in book["Identitas"].iter_rows(max_col=2):
        if row[0].value == "Kode SKPD":
            row[1].value = "9.99"
    del book["_meta"]
    book.save(inbox(room) / "asing.xlsx")
    register(room)
    assert ("REG-003", "tw1/asing.xlsx") in told(room)
    (inbox(room) / "asing.xlsx").unlink()
    register(room)
    assert not [k for k in told(room) if k[1] == "tw1/asing.xlsx"]


def test_nothing_is_asked_about_a_form_that_was_deleted(room):
    form = put(room, "evaluasi.xlsx", a_form())
    settings = register(room)
    assert ("REG-020", "tw1/evaluasi.xlsx") in told(room)
    assert [q.berkas for q in match.match_year(settings, YEAR)] == ["tw1/evaluasi.xlsx"]
    form.unlink()
    register(room)
    assert told(room, "REG-020") == [] and match.match_year(settings, YEAR) == []


def test_accepted_data_keep_counting_when_an_office_tidies_its_inbox(room):
    register(room)
    before = submissions(room)
    gone = one(room)
    berkas = gone.relative_to(inbox(room).parent).as_posix()
    content = gone.read_bytes()
    gone.unlink()
    register(room)
    assert submissions(room) == before
    assert told(room, "REG-044") == [("REG-044", None)]
    moved = put(room, "setda/moved.xlsx", content)
    register(room)
    assert told(room, "REG-044") == told(room, "REG-005") == [], "a file that was moved is neither gone nor sent twice"
    assert submissions(room)[berkas] == before[berkas]
    moved.unlink()
    gone.write_bytes(content)
    register(room)
    assert told(room, "REG-044") == []


def test_the_state_of_an_earlier_day_has_the_faults_of_that_day(room):
    root = room
    broken = put(root, "rusak.xlsx", b"PK\x03\x04")
    walk(root, 1)
    settings = load_settings(root)
    record_edition(settings, YEAR, datetime(2026, 1, 15, 8))
    broken.unlink()
    walk(root, 1)
    record_edition(settings, YEAR, datetime(2026, 1, 20, 8))
    for day, there in (("2026-01-16", True), ("2026-01-21", False)):
        past = open_past(settings, day)
        assert "Semua angka sama" in past.notices[-1], past.notices
        noted = past.settings.year(YEAR).read(TEMUAN)["berkas"].to_pylist()
        assert ("tw1/rusak.xlsx" in noted) is there


# ---- zips and mails


def test_the_workbooks_in_a_zip_count_as_if_they_lay_in_the_inbox(room):
    books = {p.name: p.read_bytes() for p in inbox(room).rglob("*.xlsx")}
    shutil.rmtree(inbox(room))
    packed = put(room, "kiriman.zip", make_zip({f"isi/{name}": content for name, content in books.items()}))
    settings = register(room)
    assert submissions(room).keys() == {f"tw1/kiriman.zip/isi/{name}" for name in books}
    assert told(room, "REG-04") == [("REG-041", "tw1/kiriman.zip")] and told(room, "REG-001") == []
    kept = {f.sha256 for f in received(room).values()}
    assert kept == {hashlib.sha256(c).hexdigest() for c in (*books.values(), packed.read_bytes())}
    assert all((settings.archive / sha[:2] / f"{sha}.xlsx").exists() for sha in kept)
    files = received(room)
    register(room)
    assert received(room) == files, "what is known is not received again"
    walk(room, 1)
    rows = {r.kode_skpd: r for r in status.list_status(settings, YEAR, 1)}
    assert {s.kode_skpd for s in submissions(room).values()} == {k for k, r in rows.items() if r.versi == 1}


def test_a_zip_within_a_zip_its_date_of_receipt_and_its_name(room):
    content = one(room).read_bytes()
    shutil.rmtree(inbox(room))
    put(
        room,
        "Kiriman TW II.zip",
        make_zip({"setda.zip": make_zip({"data.xlsx": content, "TW1.xlsx": content + b"\0"})}),
    )
    put(room, "penerimaan.csv", b"berkas;diterima_pada\nKiriman TW II.zip;2025-04-02 09:30\n")
    register(room)
    dated = {f.diterima_pada for f in received(room).values()}
    assert dated == {datetime(2025, 4, 2, 9, 30)} and len(received(room)) == 4
    inner = "tw1/Kiriman TW II.zip/setda.zip"
    held = [berkas for kode, berkas in told(room) if kode == "REG-031"]
    assert set(held) == {f"{inner}/data.xlsx"}, "the zip says TW II where the file in it says nothing"


def test_an_older_program_called_a_zip_broken_and_this_one_opens_it(room):
    settings = register(room)
    content = make_zip({"bukti.pdf": PDF})
    put(room, "kiriman.zip", content)
    register(room)
    path = settings.year(YEAR).path(BERKAS)
    rows = [r for r in read_table(path, BERKAS).to_pylist() if "kiriman.zip/" not in r["berkas"]]
    rows[-1] |= {"tolak_kode": "REG-001", "tolak_sebab": "isinya arsip zip biasa; ekstrak dahulu"}
    write_table(path, BERKAS, pa.Table.from_pylist(rows, schema=BERKAS.arrow))
    register(room)
    opened = [("REG-040", "tw1/kiriman.zip/bukti.pdf"), ("REG-041", "tw1/kiriman.zip")]
    assert told(room, "REG-001", "REG-04") == opened


def test_the_attachment_of_a_mail_is_received(room):
    content = one(room).read_bytes()
    shutil.rmtree(inbox(room))
    put(room, "Surat Setda.eml", make_mail(("data.xlsx", content), ("bukti.pdf", PDF)))
    register(room)
    assert list(submissions(room)) == ["tw1/Surat Setda.eml/data.xlsx"]
    assert told(room, "REG-04") == [("REG-040", "tw1/Surat Setda.eml/bukti.pdf"), ("REG-041", "tw1/Surat Setda.eml")]


# ---- documents


def test_documents_and_pictures_are_evidence_and_no_fault(room):
    put(room, "setda/bukti.pdf", PDF)
    put(room, "Lampiran Setda TW I 2025.png", PNG)
    put(room, "undangan.docx", make_zip({"[Content_Types].xml": "", "word/document.xml": ""}))
    put(room, "foto.zip", make_zip({"1.jpg": b"\xff\xd8\xff\xe0"}))
    settings = register(room)
    rows = settings.year(YEAR).rows(TEMUAN, intake.NOTED)
    found = {r["berkas"]: r for r in rows if r["kode"].startswith("REG-04")}
    assert {r["tingkat"] for r in found.values()} == {"note"} and told(room, "REG-001") == []
    setda = next(s.kode_skpd for s in submissions(room).values() if "setda" in s.pengajuan_id)
    whose = {berkas: r["kode_skpd"] for berkas, r in found.items()}
    assert whose == {
        "tw1/setda/bukti.pdf": setda,
        "tw1/Lampiran Setda TW I 2025.png": setda,
        "tw1/undangan.docx": None,
        "tw1/foto.zip": None,
        "tw1/foto.zip/1.jpg": None,
    }
    assert "dokumen PDF" in found["tw1/setda/bukti.pdf"]["pesan"] and found["tw1/setda/bukti.pdf"]["lembar"] is None
    rows = {r.kode_skpd: r for r in status.list_status(settings, YEAR, 1)}
    assert rows[setda].lampiran == 2 and sum(r.lampiran for r in rows.values()) == 2


@pytest.mark.parametrize(
    ("name", "content", "kode", "named"),
    [
        ("realisasi.xlsx", PDF, "REG-043", "dokumen PDF"),
        ("kiriman.rar", b"Rar!\x1a\x07\x00", "REG-042", "arsip RAR"),
        ("kiriman.7z", b"7z\xbc\xaf\x27\x1c", "REG-042", "7-Zip"),
        ("kosong.zip", make_zip({}), "REG-042", "tidak ada berkas"),
    ],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(room, name, content, kode, named):
    path = put(room, name, content)
    settings = register(room)
    rows = settings.year(YEAR).rows(TEMUAN, intake.NOTED)
    (row,) = [r for r in rows if r["berkas"] == f"tw1/{name}"]
    assert (
        (row["kode"], row["tingkat"]) == (kode, "error") and named in row["pesan"] and "di Excel," not in row["saran"]
    )
    (preview,) = preview_all(room, path)
    assert [(f.kode, f.pesan) for f in preview.findings] == [(kode, row["pesan"])]
    assert [(f.kode, f.pesan) for f in read_file(room, path).reading.findings] == [(kode, row["pesan"])]


# ---- checking and reading a zip


def test_a_zip_is_checked_and_read_by_what_is_in_it(room, tmp_path):
    book, packed = one(room), tmp_path / "kiriman.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(book, "setda.xlsx")
        archive.writestr("bukti.pdf", PDF)
    checked = json.loads(run("periksa", packed, "--json", "--ruang", tmp_path).stdout)
    assert [(c["file"], [f["code"] for f in c["findings"]]) for c in checked] == [
        (str(packed), ["REG-041"]),
        (str(packed / "setda.xlsx"), [f.kode for f in preview_all(tmp_path, book)[0].findings]),
        (str(packed / "bukti.pdf"), ["REG-040"]),
    ]
    read = json.loads(run("baca", packed, "--json", "--ruang", tmp_path).stdout)
    alone = json.loads(run("baca", book, "--json", "--ruang", tmp_path).stdout)
    assert [f["rows"] for f in read["files"]] == [alone["rows"], []]
    inside = json.loads(run("baca", packed / "setda.xlsx", "--json", "--ruang", tmp_path).stdout)
    assert inside["rows"] == alone["rows"]
    shown = run("baca", packed, "--ruang", tmp_path)
    assert "arsip zip berisi 2 berkas" in shown.output and "dokumen PDF" in shown.output
    with pytest.raises(UsageError, match="tidak ada"):
        preview_all(tmp_path, packed / "tidak.xlsx")


def test_a_document_that_is_cut_short_is_not_to_be_opened_in_excel(tmp_path):
    path = tmp_path / "surat.docx"
    path.write_bytes(b"PK\x03\x04\x14\x00 terpotong")
    (found,) = preview_all(tmp_path, path)[0].findings
    assert (found.kode, found.tingkat) == ("REG-040", "note") and "bernama dokumen (.docx)" in found.pesan
    assert "simpan ulang" not in found.saran


# ---- what is not opened


def test_what_is_not_opened_is_told_with_whose_it_seems_to_be_and_never_kept(room):
    (inbox(room) / "sandi.xlsx").symlink_to("/etc/passwd")
    (inbox(room) / "semua").symlink_to("/etc")
    for path in inbox(room).glob("*Setda*"):
        path.unlink()
    with put(room, "setda/besar.xlsx", b"").open("wb") as file:
        file.truncate(2**40)
    settings = register(room)
    rows = settings.year(YEAR).rows(TEMUAN, intake.NOTED)
    shut = {r["berkas"]: (r["kode"], r["kode_skpd"]) for r in rows if r["berkas"] and r["tingkat"] == "error"}
    assert shut == {
        "tw1/sandi.xlsx": ("REG-048", None),
        "tw1/semua": ("REG-048", None),
        "tw1/setda/besar.xlsx": ("REG-009", SETDA),
    }
    (silent,) = (r for r in rows if r["kode"] in SILENT)
    assert silent["kode_skpd"] == SETDA and "besar.xlsx (REG-009)" in silent["pesan"]
    assert not {"tw1/sandi.xlsx", "tw1/setda/besar.xlsx"} & received(room).keys()
    kept = {path.read_bytes() for path in settings.archive.rglob("*") if path.is_file()}
    assert Path("/etc/passwd").read_bytes() not in kept and all(len(content) < 10**6 for content in kept)
    assert list_unprocessed(settings, YEAR) == []


def test_what_may_lie_in_a_folder_that_is_shut_is_not_called_gone(room, monkeypatch):
    register(room)
    plain = Path.iterdir

    def refuse(path):
        if path.name == "kecamatan":
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    register(room)
    assert ("REG-050", "tw1/kecamatan") in told(room) and not told(room, "REG-044")
    assert all(f.ada for f in received(room).values())


def test_an_earlier_day_is_told_of_what_was_not_opened_then(room):
    link = inbox(room) / "sandi.xlsx"
    link.symlink_to("/etc/passwd")
    walk(room, 1)
    settings = load_settings(room)
    record_edition(settings, YEAR, datetime(2026, 1, 15, 8))
    link.unlink()
    walk(room, 1)
    record_edition(settings, YEAR, datetime(2026, 1, 20, 8))
    past = open_past(settings, "2026-01-16")
    noted = past.settings.year(YEAR).read(TEMUAN)["kode"].to_pylist()
    assert "REG-048" in noted and not told(room, "REG-048")
    assert past.notices[-1].startswith("Semua angka sama")


def test_a_broken_file_of_nobody_is_in_the_status(room):
    put(room, "laporan (baru).xlsx", b"PK\x03\x04 terpotong")
    settings = register(room)
    rows = status.list_status_now(settings, YEAR, 1, NOW.date(), list_unprocessed(settings, YEAR))
    (nobody,) = (row for row in rows if not row.kode_skpd)
    assert (nobody.status, nobody.nama) == (TAK_TERPAKAI, status.NOBODY)
    assert nobody.tak_terpakai == ("tw1/laporan (baru).xlsx (REG-001)",)
    assert not [row for row in status.list_status(settings, YEAR, 1) if not row.kode_skpd], "no SKPD of the inventory"
