"""The ledger of corrections on the sample: it moves the figure it names, tells both cells, and fails loudly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.settings import load_settings
from pipelines.steps.advice import advise
from pipelines.steps.overview import view_quarter
from pipelines.steps.preview_reference import check_reference
from schemas.period import triwulan_period
from tests.road.conftest import YEAR, walk
from tests.road.test_road import digest, mart

WHY = ("Salah ketik pada buku kerja", "Berita acara rekonsiliasi", date(2026, 1, 12), "Analis Bagian Organisasi")


def write_ledger(root, *rows):
    """Rows below the header of the template the office was given."""
    path = root / f"data/raw/{YEAR}/acuan/koreksi.xlsx"
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            book["Koreksi"].cell(number, column).value = value
    book.save(path)


def typed(root, table, **wanted):
    rows = pq.read_table(root / f"data/processed/{YEAR}/verified/{table}.parquet").to_pylist()
    return [r for r in rows if all(r[k] == v for k, v in wanted.items())]


@pytest.fixture(scope="module")
def target(few):
    """An indicator summed up over quarters that feeds no indicator of the bupati, its fourth quarter as typed."""
    feeds = {(r["kode_skpd"], r["kode_indikator"]) for r in pq.read_table(
        few / f"data/processed/{YEAR}/ref_pk_kabupaten.parquet", columns=["kode_skpd", "kode_indikator_skpd"]
    ).rename_columns(["kode_skpd", "kode_indikator"]).to_pylist()}  # fmt: skip
    figures = [
        r
        for r in mart(few, "capaian_tahunan")
        if r["konsolidasi"] == "jumlah" and r["cara_isi"] == "per_triwulan" and r["realisasi"]
        and (r["kode_skpd"], r["kode_indikator"]) not in feeds
    ]  # fmt: skip
    figure = figures[0]
    (row,) = typed(few, "realisasi", kode_skpd=figure["kode_skpd"], triwulan=4, kode_indikator=figure["kode_indikator"])
    return row


@pytest.fixture(scope="module")
def corrected(few, target, tmp_path_factory):
    """The sample with a good row and seven bad ones in its ledger."""
    import shutil

    root = tmp_path_factory.mktemp("koreksi") / "ruang"
    shutil.copytree(few, root)
    skpd, code, old = target["kode_skpd"], target["kode_indikator"], float(target["realisasi_tw_nilai"])
    (budget,) = typed(root, "anggaran", kode_skpd=skpd, triwulan=4)[:1]
    write_ledger(
        root,
        (skpd, "IV", "Realisasi", code, "Realisasi TW", old, old + 3, *WHY),
        (skpd, "IV", "Realisasi", code, "Realisasi TW", old, old + 4, *WHY),
        (skpd, "IV", "Realisasi", code, "Bukti Dukung", "(kosong)", None, None, *WHY[1:]),
        (skpd, "V", "Realisasi", code, "Realisasi TW", old, old + 3, *WHY),
        (skpd, "IV", "Realisasi", code, "Realisasi", old, old + 3, *WHY),
        (skpd, "IV", "Realisasi", "TIDAK-ADA", "Realisasi TW", old, old + 3, *WHY),
        (skpd, 4, "Realisasi", code, "Pembilang", "(kosong)", "sekitar 40", *WHY),
        (skpd, 4, "Anggaran", budget["kode"], "Pagu", 1, float(budget["pagu_rp"]), *WHY),
    )
    walk(root)
    return root


def test_a_correction_moves_its_figure_and_nothing_else(few, corrected, target):
    key = (target["kode_skpd"], target["kode_indikator"])
    for name in ("capaian_triwulan", "capaian_semester", "capaian_tahunan"):
        pairs = zip(mart(few, name), mart(corrected, name), strict=True)
        assert {(b["kode_skpd"], b["kode_indikator"]) for a, b in pairs if a != b} == {key}, name
    (year,) = [r for r in mart(corrected, "capaian_tahunan") if (r["kode_skpd"], r["kode_indikator"]) == key]
    (before,) = [r for r in mart(few, "capaian_tahunan") if (r["kode_skpd"], r["kode_indikator"]) == key]
    assert year["realisasi"] == before["realisasi"] + 3
    moved = {n.removesuffix(".parquet") for n, sha in digest(few).items() if digest(corrected)[n] != sha}
    assert moved.isdisjoint({"pengajuan", "serapan", "narasi", "pk", "skpd", "riwayat", "riwayat_pengajuan"})
    for name in moved - {"peringkat_skpd", "acuan_lembar"}:  # ranks of others, and the ledger is a reference itself
        others = ([r for r in mart(root, name) if key[0] not in str(r)] for root in (few, corrected))
        assert next(others) == next(others), name


def test_the_ledger_among_the_references_is_checked_before_a_run_beside_the_register(corrected):
    path = corrected / f"data/raw/{YEAR}/acuan/koreksi.xlsx"
    before = path.read_bytes()
    write_ledger(corrected, ("Dinas Entah", "IV", "Realisasi", "IK-01", "Realisasi TW", 1, 2, *WHY))
    told = check_reference(load_settings(corrected), path, path.read_bytes()) or []
    path.write_bytes(before)
    kor = {(f.kode, f.sel) for f in told if f.kode.startswith("KOR")}
    assert kor == {("KOR-009", "A4"), ("KOR-001", "A6"), ("KOR-002", "B7"), ("KOR-002", "E8")}


def test_a_corrected_figure_walks_back_to_both_cells(few, corrected, target):
    key = f"{target['kode_skpd']}|{target['kode_indikator']}|{YEAR}|4"
    cells = {
        (o["berkas"], o["lembar"], o["sel"])
        for o in mart(corrected, "asal")
        if (o["tabel"], o["kunci"], o["kolom"]) == ("capaian_triwulan", key, "realisasi")
    }
    before = {
        (o["berkas"], o["lembar"], o["sel"])
        for o in mart(few, "asal")
        if (o["tabel"], o["kunci"], o["kolom"]) == ("capaian_triwulan", key, "realisasi")
    }
    assert cells == before | {("acuan/koreksi.xlsx", "Koreksi", "G4")}
    (record,) = mart(corrected, "koreksi")
    assert (record["lembar"], record["sel"]) in {(lembar, sel) for _, lembar, sel in before}
    assert record["alasan"] == WHY[0] and record["tanggal"] == WHY[2]


def test_everything_wrong_with_the_ledger_is_told_at_once_and_holds_nobody_back(few, corrected, target):
    found = {(f["kode"], f["sel"]) for f in mart(corrected, "temuan") if f["kode"].startswith("KOR")}
    assert {(k, s) for k, s in found if k != "KOR-008"} == {
        ("KOR-006", "F5"), ("KOR-001", "A6"), ("KOR-002", "B7"), ("KOR-002", "E8"), ("KOR-003", "D9"),
        ("KOR-005", "G10"), ("KOR-007", "G11"),
    }  # fmt: skip
    assert [f["sel"] for f in mart(corrected, "temuan") if f["kode"] == "KOR-008"] == [
        mart(corrected, "koreksi")[0]["sel"]
    ]
    assert mart(corrected, "pengajuan") == mart(few, "pengajuan")


def test_faults_of_the_ledger_are_the_offices_to_mend_and_not_the_skpds(corrected, target):
    settings = load_settings(corrected)
    quarter = view_quarter(settings, triwulan_period(YEAR, 4), [])
    assert {f.kode for f in quarter.errors[""]} >= {"KOR-001", "KOR-003", "KOR-005", "KOR-006"}
    assert not [f for name, found in quarter.errors.items() if name for f in found if f.kode.startswith("KOR")]
    assert "daftar koreksi" in advise(settings, quarter)[0].text


def test_telusur_tells_of_the_correction(corrected, target):
    asked = ["--skpd", target["kode_skpd"], "--indikator", target["kode_indikator"], "--periode", f"{YEAR}-TW4"]
    told = CliRunner().invoke(app, ["telusur", "--ruang", str(corrected), *asked])
    assert told.exit_code == 0
    assert "Koreksi!G4" in told.output.replace("\n", " ") and WHY[0] in " ".join(told.output.split())


def test_a_workbook_sent_again_stops_the_correction_loudly(corrected, copy_of, target):
    root = copy_of(corrected)
    (sent,) = [s for s in mart(root, "pengajuan") if s["pengajuan_id"] == target["pengajuan_id"]]
    source = root / f"data/raw/{YEAR}" / sent["berkas"]
    book = openpyxl.load_workbook(source)
    book["Realisasi"][mart(root, "koreksi")[0]["sel"]].value = float(target["realisasi_tw_nilai"]) + 9
    book.save(source.with_name("dikirim lagi.xlsx"))
    walk(root)
    assert mart(root, "koreksi") == []
    assert ("KOR-006", "F4") in {(f["kode"], f["sel"]) for f in mart(root, "temuan")}
    (row,) = typed(
        root, "realisasi", kode_skpd=target["kode_skpd"], triwulan=4, kode_indikator=target["kode_indikator"]
    )
    assert row["realisasi_tw_nilai"] == target["realisasi_tw_nilai"] + Decimal(9)


def test_a_figure_the_ledger_corrects_is_not_said_to_be_restated_by_the_skpd(few, copy_of, target):
    root = copy_of(few)
    code, old = target["kode_indikator"], float(target["realisasi_tw_nilai"])
    (sent,) = [s for s in mart(root, "pengajuan") if s["pengajuan_id"] == target["pengajuan_id"]]
    path = next((root / f"data/raw/{YEAR}").rglob(sent["berkas"].rpartition("/")[2]))
    again = openpyxl.load_workbook(path)
    rows = {row[0].value: row for row in again["Realisasi"].iter_rows(min_row=2)}
    rows[code][10].value = "Upaya yang ditulis ulang pada versi kedua."
    again.save(path.with_name("kiriman kedua.xlsx"))
    write_ledger(root, (target["kode_skpd"], "IV", "Realisasi", code, "Realisasi TW", old, old + 3, *WHY))
    walk(root)
    mine = [f for f in mart(root, "temuan") if f["kode_skpd"] == target["kode_skpd"] and f["triwulan"] == 4]
    (told,) = [f for f in mine if f["kode"] == "KOR-008"]
    assert told["pengajuan_id"] != target["pengajuan_id"], "the second version is the one that counts"
    assert not [f for f in mine if f["kode"] == "RWT-001"]
    for said in ("12 Januari 2026", WHY[0], WHY[1], WHY[3]):
        assert said in told["pesan"]
