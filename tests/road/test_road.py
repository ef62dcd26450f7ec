"""The whole road on the sample kabupaten: faults found where they were planted, figures found back in their cells."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipelines.errors import BusyError
from pipelines.sample.build import build_sample
from pipelines.settings import load_settings
from pipelines.steps import extract, intake, references, runs, status
from pipelines.stores.warehouse import open_read
from schemas.marts import MARTS
from tests.road.conftest import NOW, YEAR, walk


def mart(root, name):
    return pq.read_table(root / f"data/processed/marts/{name}.parquet").to_pylist()


def digest(root):
    paths = sorted((root / "data/processed/marts").glob("*.parquet"))
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def open_cell(root, origin):
    """The value of a cell in the archived bytes, by a reader of its own."""
    content = (root / "data/processed/arsip" / origin["sha256"][:2] / f"{origin['sha256']}.xlsx").read_bytes()
    assert hashlib.sha256(content).hexdigest() == origin["sha256"]
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)[origin["lembar"]][origin["sel"]].value


def test_every_table_of_the_contract_is_filled(walked):
    with open_read(walked / "data/processed/capaian.duckdb") as query:
        counts = {t.name: query(f"select count(*) as n from {t.name}").to_pylist()[0]["n"] for t in MARTS}
    assert all(n for name, n in counts.items() if name != "koreksi"), counts  # nobody has corrected the sample
    assert {t.name for t in MARTS} == {p.stem for p in (walked / "data/processed/marts").glob("*.parquet")}


def test_the_sample_has_the_size_of_a_real_quarter(walked):
    for triwulan in range(1, 5):
        rows = sum(
            1
            for table in ("verified/realisasi", "verified/anggaran")
            for r in pq.read_table(walked / f"data/processed/{YEAR}/{table}.parquet").to_pylist()
            if r["triwulan"] == triwulan
        )
        assert 2400 <= rows <= 3600


def test_every_planted_fault_is_found_at_its_cell(walked):
    found = mart(walked, "temuan")
    for fault in build_sample(YEAR).faults:
        hits = [f for f in found if (f["kode"], f["triwulan"]) == (fault.kode, fault.triwulan)]
        hits = [f for f in hits if f["kode_skpd"] in (fault.kode_skpd, None)]
        assert hits, fault
        if fault.sel and not fault.kode.startswith("REG"):  # a replaced workbook is told as a whole
            (hit,) = hits
            assert (hit["lembar"], hit["sel"]) == (fault.lembar, fault.sel)
            assert hit["berkas"] and hit["pesan"] and hit["saran"]
            assert fault.nilai is None or hit["nilai"]


def test_no_skpd_suffers_from_anothers_fault(walked):
    planted = {(f.kode, f.kode_skpd, f.triwulan) for f in build_sample(YEAR).faults}
    errors = {(f["kode"], f["kode_skpd"], f["triwulan"]) for f in mart(walked, "temuan") if f["tingkat"] == "error"}
    assert errors <= planted
    at_fault = {(kode, tw) for _, kode, tw in errors}
    statuses = {
        (s["kode_skpd"], s["triwulan"]): s["status"] for s in mart(walked, "pengajuan") if s["status"] != "digantikan"
    }
    assert {key for key, s in statuses.items() if s == "dikembalikan"} == at_fault & statuses.keys()


def test_a_figure_picked_at_random_is_found_back_in_its_cells(walked):
    """A sum of quarters is the sum of its cells, a last position is its cell; read by openpyxl, added by Decimal."""
    rows = [r for r in mart(walked, "capaian_tahunan") if r["realisasi"] is not None and r["realisasi_teks"] is None]
    origins = [o for o in mart(walked, "asal") if (o["tabel"], o["kolom"]) == ("capaian_tahunan", "realisasi")]
    simple = [
        r for r in rows if r["cara_isi"] == "per_triwulan" and r["konsolidasi"] in ("jumlah", "posisi_akhir", "tahunan")
    ]
    for row in random.Random(7).sample(simple, 25):
        mine = [o for o in origins if o["kunci"] == f"{row['kode_skpd']}|{row['kode_indikator']}|{YEAR}"]
        cells = [Decimal(str(open_cell(walked, o)).replace(",", ".")) for o in mine]
        assert cells and sum(cells) == row["realisasi"], (row["kode_skpd"], row["kode_indikator"])


def test_the_budget_of_a_program_is_the_sum_of_its_cells(walked):
    rows = [r for r in mart(walked, "serapan") if r["level"] == "program" and r["periode"] == f"{YEAR}-TW4"]
    origins = [o for o in mart(walked, "asal") if (o["tabel"], o["kolom"]) == ("serapan", "realisasi_rp")]
    for row in random.Random(11).sample(rows, 3):
        mine = [o for o in origins if o["kunci"] == f"{row['periode']}|{row['kode_skpd']}|{row['kode']}"]
        assert sum(Decimal(str(open_cell(walked, o))) for o in mine) == row["realisasi_rp"]


def test_a_silent_skpd_counts_in_n_of_m_and_is_never_zero(walked):
    silent = next(f for f in build_sample(YEAR).faults if f.kode == "REG-008")
    rows = [
        r
        for r in mart(walked, "capaian_triwulan")
        if (r["kode_skpd"], r["triwulan"]) == (silent.kode_skpd, silent.triwulan)
    ]
    assert rows and all(r["realisasi"] is None and r["capaian_pct"] is None for r in rows)
    (unit,) = [
        r
        for r in mart(walked, "capaian_skpd")
        if (r["kode_skpd"], r["periode"]) == (silent.kode_skpd, f"{YEAR}-TW{silent.triwulan}")
    ]
    assert unit["indikator_terukur"] == 0 < unit["indikator_total"]


@pytest.fixture(scope="module")
def again(few_inbox, tmp_path_factory):
    """Five SKPD quarter by quarter instead of all at once; to be read only."""
    root = shutil.copytree(few_inbox, tmp_path_factory.mktemp("lagi") / "ruang")
    for triwulan in range(1, 5):
        walk(root, triwulan)
    return root


def test_in_any_order_the_marts_are_the_same_to_the_byte(few, again):
    assert digest(again) == digest(few)


def test_a_run_killed_while_publishing_leaves_the_last_good_marts_and_twice_they_are_the_same(few, again, copy_of):
    root = copy_of(again)
    (root / "data/processed/.capaian.duckdb.999.tmp").write_bytes(b"separuh")
    walk(root)
    assert digest(root) == digest(few)
    assert not list((root / "data/processed").glob(".capaian.duckdb*"))


def test_a_run_killed_while_reading_is_finished_by_the_next(inbox, walked, copy_of, monkeypatch):
    root = copy_of(inbox)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(extract, "from_rows", killed)  # the index of what was read is written last
        with pytest.raises(KeyboardInterrupt):
            walk(root)
    walk(root)
    assert digest(root) == digest(walked)


def test_a_correction_is_a_new_version_and_moves_nothing_else(few, copy_of):
    root = copy_of(few)
    before = {(r["kode_skpd"], r["kode_indikator"]): r for r in mart(root, "capaian_tahunan")}
    source = next((root / f"data/raw/{YEAR}/tw4").rglob("*Bappedalitbang*.xlsx"))
    book = openpyxl.load_workbook(source)
    cell = next(c for c in book["Realisasi"]["E"] if isinstance(c.value, (int, float)))
    code = book["Realisasi"].cell(cell.row, 1).value
    cell.value = cell.value + 1
    book.save(source.with_name("perbaikan bappedalitbang.xlsx"))
    walk(root)
    changed = {
        k
        for k, r in ((((r["kode_skpd"], r["kode_indikator"])), r) for r in mart(root, "capaian_tahunan"))
        if before[k] != r
    }
    assert {c for _, c in changed} <= {code} and changed
    versions = [s for s in mart(root, "pengajuan") if s["pengajuan_id"].startswith("bappedalitbang-2025-tw4")]
    assert [(s["versi"], s["status"]) for s in versions] == [(1, "digantikan"), (2, "terverifikasi")]


def test_an_emptied_inbox_loses_nothing(few, copy_of):
    root = copy_of(few)
    shutil.rmtree(root / f"data/raw/{YEAR}/tw1")
    walk(root)
    before, after = digest(few), digest(root)
    # but that two files of the inbox are alike can no longer be seen
    assert {n for n in before if before[n] != after[n]} <= {"temuan.parquet"}


def test_two_runs_at_once_do_not_mix(walked, copy_of):
    settings = load_settings(copy_of(walked))
    with runs.alone(settings), pytest.raises(BusyError):
        with runs.alone(settings, wait=0):
            pass


def test_the_fingerprint_follows_every_input_of_its_quarter(walked, copy_of):
    root = copy_of(walked)
    settings = load_settings(root)

    def taken():
        references.read_references(settings, YEAR, NOW)
        intake.register_inbox(settings, YEAR, 4, NOW)
        return [runs.fingerprint(settings, YEAR, triwulan) for triwulan in (1, 2, 4)]

    before = taken()
    assert taken() == before
    assert len(set(before)) == 3
    (root / f"data/raw/{YEAR}/tw2/baru.xlsx").write_bytes(b"x")
    one, two, four = taken()
    assert one == before[0] == runs.fingerprint(load_settings(walked), YEAR, 1)
    assert two != before[1] and four != before[2]
    book = next((root / f"data/raw/{YEAR}/acuan").glob("*.xlsx"))
    book.rename(book.with_name("lain.xlsx"))
    assert not {one, two, four} & set(taken()), "references are of every quarter"


def test_status_tells_who_is_late_returned_and_silent(walked):
    rows = {(r.kode_skpd, r.triwulan): r for r in status.list_status(load_settings(walked), YEAR, None)}
    by_code = {
        f.kode: rows[(f.kode_skpd, f.triwulan)]
        for f in build_sample(YEAR).faults
        if f.kode.startswith(("REG-007", "REG-008", "SAH"))
    }
    assert by_code["REG-007"].hari_terlambat > 0
    assert by_code["REG-008"].status == "Belum"
    assert by_code["SAH-001"].status == "Dikembalikan"


def add_copy(root, pattern, name, change):
    """A changed copy of a workbook in its own inbox, with no line in the book of receipts."""
    source = next((root / f"data/raw/{YEAR}").rglob(pattern))
    book = openpyxl.load_workbook(source)
    change(book)
    book.save(source.with_name(name))
    return source


def kinds(root, kode):
    return [f for f in mart(root, "temuan") if f["kode"] == kode]


@pytest.fixture(scope="module")
def strayed(few, tmp_path_factory):
    """Five SKPD after a run over files that are none of theirs: cut short, exchanged, of another year."""
    root = shutil.copytree(few, tmp_path_factory.mktemp("sesat") / "ruang")
    (root / f"data/raw/{YEAR}/tw4/rusak.xlsx").write_bytes(b"PK\x03\x04 terpotong")
    (root / f"data/raw/{YEAR}/tw4/~$Laporan.xlsx").write_bytes(b"\x05Excel")

    def swap(book):
        for row in book["Identitas"].iter_rows(max_col=2):
            if row[0].value == "Kode SKPD":
                row[1].value = "7.01.0.00.0.00.01.0000"

    def last_year(book):
        book["_meta"]["B3"].value = YEAR - 1
        for row in book["Identitas"].iter_rows(max_col=2):
            if row[0].value == "Tahun":
                row[1].value = YEAR - 1

    add_copy(root, "*Setda*.xlsx", "tertukar.xlsx", swap)
    add_copy(root, "*RSUD*.xlsx", "tahun lalu.xlsx", last_year)
    walk(root)
    return root


def test_files_that_are_nobodys_stop_nobody_and_move_nothing(few, strayed):
    assert digest(strayed)["capaian_tahunan.parquet"] == digest(few)["capaian_tahunan.parquet"]
    assert mart(strayed, "pengajuan") == mart(few, "pengajuan")


def test_a_corrupt_file_is_one_finding(strayed):
    (finding,) = kinds(strayed, "REG-001")
    assert finding["berkas"] == "tw4/rusak.xlsx"


def test_a_workbook_that_says_it_is_another_skpd_than_it_was_issued_for_is_refused(strayed):
    (finding,) = kinds(strayed, "REG-012")
    assert "isinya lalu dihitung untuk SKPD dan triwulan terbitnya: " in finding["saran"]
    assert finding["berkas"].endswith("tertukar.xlsx") and "7.01.0.00.0.00.01.0000" in finding["pesan"]


def test_a_workbook_of_another_year_is_refused_where_it_lies(strayed):
    (finding,) = kinds(strayed, "REG-013")
    assert finding["tahun"] == YEAR and finding["berkas"].endswith("tahun lalu.xlsx")
    assert {s["tahun"] for s in mart(strayed, "pengajuan")} == {YEAR}


def test_a_stray_workbook_of_a_later_quarter_calls_nobody(few_inbox, copy_of):
    root = copy_of(few_inbox)
    stray = next((root / f"data/raw/{YEAR}/tw3").glob("*Setda*.xlsx"))
    shutil.copy(stray, root / f"data/raw/{YEAR}/tw1/terlalu cepat.xlsx")
    walk(root, 1)
    assert {f["triwulan"] for f in kinds(root, "REG-008")} <= {1}
    assert sorted(f["triwulan"] for f in kinds(root, "REG-004")) == [1, 3], "where it lies, and where it counts"
    assert {r["periode"] for r in mart(root, "capaian_skpd")} == {f"{YEAR}-TW1"}
