"""Exports of spending, a row per document and account, in any order of columns and any kind of file: what they add up to."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path
from random import Random

import openpyxl
import pytest

from pipelines.extract.forms.documents import quarter_of
from pipelines.extract.overlaps import settle_exports
from pipelines.extract.sheets import Extract, Source
from pipelines.intake.forms import SkpdNames
from pipelines.steps.ledger import is_export, read_ledger
from pipelines.stores.workbooks import read_workbook
from schemas.reference import REF_BKD
from schemas.typed import ORIGINS
from tests.lib.books import make_ods

REAL = Path(__file__).parents[3].parent / "shared/workbooks/real/sipd-realisasi-per-dokumen-2026.xlsx"
OWNERS = (("1.01.2.22.0.00.01.0000", "Dinas Pendidikan"), ("1.02.0.00.0.00.01.0000", "Dinas Kesehatan"))
SUB = {
    "1.01.01.2.02.0001": "Penyediaan Gaji dan Tunjangan ASN",
    "1.02.01.2.02.0001": "Penyediaan Gaji dan Tunjangan ASN",
    "1.02.02.2.01.0012": "Pengadaan Alat Kesehatan",
}
ACCOUNTS = {"5.1.01.01.010.00001": "Belanja Iuran JKK", "5.1.02.01.001.00024": "Belanja Alat Tulis"}
FULL = (
    "Kode SKPD", "Nama SKPD", "Kode Sub SKPD", "Nama Sub SKPD", "Kode Fungsi", "Nama Fungsi", "Kode Urusan",
    "Nama Urusan", "Kode Bidang Urusan", "Nama Bidang Urusan", "Kode Program", "Nama Program", "Kode Kegiatan",
    "Nama Kegiatan", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Nomor Dokumen",
    "Jenis Dokumen", "Tanggal Dokumen", "Keterangan Dokumen", "Nilai Realisasi", "Nilai Setoran", "NIP Pegawai",
    "Nama Pegawai", "Nomor SPD", "Periode SPD", "Nilai SPD", "Nomor SP2D", "Tanggal SP2D", "Nilai SP2D",
)  # fmt: skip
QUARTERS = {
    1: ("Triwulan 1", "Triwulan I", "TW I", "Januari - Maret", "Februari", "Triwulan Kesatu"),
    2: ("Triwulan 2", "Tribulan II", "April - Juni", "Mei 2026"),
    3: ("Triwulan III", "TW 3", "Agustus"),
    4: ("Triwulan 4", "Triwulan IV", "Oktober-Desember", "Desember"),
}


def documents(random, count=30):
    """Rows as the export has them, by their headings; the SP2D of a document is told again on each of its rows."""
    made = []
    for n in range(count):
        sub = random.choice(list(SUB))
        skpd, nama = OWNERS[0] if sub.startswith("1.01") else OWNERS[1]
        account, quarter = random.choice(list(ACCOUNTS)), random.randint(1, 4)
        made.append({
            "Kode SKPD": skpd, "Nama SKPD": nama, "Kode Sub SKPD": skpd, "Nama Sub SKPD": nama, "Kode Fungsi": "01",
            "Nama Fungsi": "PELAYANAN UMUM", "Kode Urusan": "1", "Nama Urusan": "WAJIB", "Kode Bidang Urusan": sub[:4],
            "Nama Bidang Urusan": "BIDANG", "Kode Program": sub[:7], "Nama Program": "PROGRAM PENUNJANG",
            "Kode Kegiatan": sub[:12], "Nama Kegiatan": "Administrasi Keuangan", "Kode Sub Kegiatan": sub,
            "Nama Sub Kegiatan": SUB[sub], "Kode Rekening": account, "Nama Rekening": ACCOUNTS[account],
            "Nomor Dokumen": f"81.04/02.0/{n:06}/LS/M/2/2026", "Jenis Dokumen": "SPP",
            "Tanggal Dokumen": f"{n % 28 + 1} Desember 2026", "Keterangan Dokumen": f"Jumlah pembayaran ke-{n}",
            "Nilai Realisasi": Decimal(random.randint(1_000, 9_000_000_000)) / random.choice((1, 100)),
            "Nilai Setoran": Decimal(0), "NIP Pegawai": "000000000000000000", "Nama Pegawai": "Pegawai",
            "Nomor SPD": "81.04/01.0/000001", "Periode SPD": random.choice(QUARTERS[quarter]),
            "Nilai SPD": Decimal("52441553.49"), "Nomor SP2D": f"81.04/04.0/{n // 5:06}", "Tanggal SP2D": "-",
            "Nilai SP2D": Decimal(7_950_184_727), "q": quarter,
        })  # fmt: skip
    return made


def expected(rows, until=None):
    """By SKPD, sub kegiatan, account (None: all of them) and quarter, what was spent since January."""
    last = max(r["q"] for r in rows)
    found = defaultdict(Decimal)
    for quarter in [until] if until else range(1, last + 1):
        for row in (r for r in rows if r["q"] <= quarter):
            for account in (None, row["Kode Rekening"]):
                key = row["Kode SKPD"], row["Kode Sub Kegiatan"], account, quarter
                found[key] += row["Nilai Realisasi"]
    return dict(found)


def lay_out(rows, columns, write, shift=1):
    """Titles, header, rows and the total, which stands `shift` columns right of what it is of."""
    total = [""] * (len(columns) + shift)
    total[columns.index("Nilai Realisasi") + shift] = write(sum(r["Nilai Realisasi"] for r in rows))
    body = [[write(r[c]) if isinstance(r[c], Decimal) else r[c] for c in columns] for r in rows]
    return [["LAPORAN REALISASI PER DOKUMEN"], ["TAHUN 2026"], [], list(columns), *body, ["Total", *total[1:]]]


def indonesian(value):
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def plain(value):
    return int(value) if value == int(value) else float(value)


WRITTEN = {"angka": plain, "teks": indonesian, "rupiah": lambda v: f"Rp {indonesian(v)}"}


def as_xlsx(lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([None if cell == "" else cell for cell in line])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def as_csv(lines):
    held = io.StringIO()
    width = max(map(len, lines))
    csv.writer(held, delimiter=";").writerows([*line, *[""] * (width - len(line))] for line in lines)
    return held.getvalue().encode()


def as_html(lines):
    rows = ("".join(f"<td>{escape(str(cell))}</td>" for cell in line) for line in lines)
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>".encode()


def as_ods(lines):
    def cell(value):
        kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
        return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    rows = ("".join(cell(v) if v != "" else "<table:table-cell/>" for v in line) for line in lines)
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return make_ods(f'<table:table table:name="Data">{body}</table:table>')


FILES = {"xlsx": as_xlsx, "csv": as_csv, "html": as_html, "ods": as_ods}


def ledger(content, triwulan=None, root=Path(), owners=OWNERS):
    known, into = SkpdNames(), Extract()
    for kode, nama in owners:
        known.add(kode, kode, nama)
    source = Source("acuan-2026-bkd", None, 2026, 0, "acuan/bkd.xlsx")
    read_ledger(root, content, source, triwulan, known, into)
    rows = into.lists(REF_BKD.name)
    names = ("kode_skpd", "kode", "kode_rekening", "untuk_triwulan")
    keys = list(zip(*(rows[n] for n in names), strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, rows["realisasi_rp"], strict=True)), into


def told(into):
    """What a person is asked; how a figure is written as text is told elsewhere."""
    return [(f.kode, f.sel) for f in into.findings if f.kode not in ("BCA-004", "BCA-010")]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("seed", range(3))
def test_documents_add_up_whatever_the_order_of_columns_and_the_kind_of_file(tmp_path, file, written, seed):
    random = Random(seed)
    rows, columns = documents(random), list(FULL)
    if seed:
        random.shuffle(columns)
    found, into = ledger(FILES[file](lay_out(rows, columns, WRITTEN[written])), root=tmp_path)
    assert found == expected(rows)
    assert told(into) == [], "the total is that of the rows, wherever it stands"


def test_the_real_export_gives_its_aggregates(tmp_path):
    if not REAL.exists():
        pytest.skip("the shared workbooks are not here")
    right = json.loads(REAL.with_suffix(".expected.json").read_text("utf-8"))
    owners = {(r["kode_skpd"], r["skpd"]) for r in right["per_sub_kegiatan"]}
    found, into = ledger(REAL.read_bytes(), root=tmp_path, owners=owners)
    per_sub = {key[:2]: spent for key, spent in found.items() if key[2:] == (None, 1)}
    assert per_sub == {(r["kode_skpd"], r["kode"]): Decimal(r["realisasi"]) for r in right["per_sub_kegiatan"]}
    accounts = [spent for key, spent in found.items() if key[2]]
    assert sum(accounts) == right["total_realisasi"] == sum(per_sub.values())
    assert {quarter for *_, quarter in found} == {1} and not into.findings
    cells = into.lists(ORIGINS.name)["sel"]
    assert len(cells) == 2 * right["rows"] and set(cells) == {f"AA{row}" for row in range(6, 6 + right["rows"])}


def test_a_ledger_of_a_quarter_counts_until_that_quarter_and_tells_of_the_rest(tmp_path):
    rows = documents(Random(5))
    found, into = ledger(as_xlsx(lay_out(rows, FULL, plain)), 2, tmp_path)
    assert found == expected(rows, until=2)
    (late,) = into.findings
    assert late.kode == "REK-021" and "sesudah TW II" in late.pesan
    assert f"{sum(r['q'] > 2 for r in rows)} baris" in late.pesan


def test_a_total_the_rows_do_not_add_up_to_is_told_and_the_rows_count(tmp_path):
    rows = documents(Random(6))
    lines = lay_out(rows, FULL, plain)
    del lines[10]
    found, into = ledger(as_xlsx(lines), root=tmp_path)
    assert told(into) == [("BCA-057", "X34")]
    assert found == expected([r for n, r in enumerate(rows) if n != 6])
    into.findings[0].pesan.index("Baris 34 menyebut jumlah")


@pytest.mark.parametrize(
    "period", ["Semester 1", "s.d. Triwulan II", "SPD", "Triwulan 1 2025", "TW I-II", "5", "2", ""]
)
def test_a_period_that_is_not_one_quarter_is_asked_and_counts_nowhere(tmp_path, period):
    rows = documents(Random(7))
    for row in rows[3:5]:
        row["Periode SPD"] = period
    found, into = ledger(as_xlsx(lay_out(rows, FULL, plain)), root=tmp_path)
    assert found == expected(rows[:3] + rows[5:])
    assert told(into) == [("BCA-058", "AB8"), ("REK-021", "W8")]
    asked = into.findings[0].pesan
    assert "baris 8, 9" in asked and (f"“{period}”" in asked or not period)


def test_what_names_no_sub_kegiatan_or_an_unknown_skpd_is_told_with_its_money(tmp_path):
    rows = documents(Random(8))
    rows[0] |= {"Kode Sub Kegiatan": "", "Nama Sub Kegiatan": ""}
    rows[1] |= {"Kode SKPD": "9.99", "Nama SKPD": "Dinas Baru"}
    rows[2] |= {"Nama SKPD": "DINAS  KES.", "Kode SKPD": OWNERS[1][0]}
    rows[3]["Nilai Setoran"] = Decimal(125_000)
    found, into = ledger(as_xlsx(lay_out(rows, FULL, plain)), root=tmp_path)
    rows[2]["Kode SKPD"] = OWNERS[1][0]
    assert found == expected(rows[2:])
    said = [f.pesan for f in into.findings if f.kode.startswith("REK")]
    money = f"{rows[1]['Nilai Realisasi']:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00").rstrip("0")
    assert "tidak menyebut sub kegiatan (baris 5)" in said[0] and "tidak dikenali (Dinas Baru) (baris 6)" in said[1]
    assert money in said[1] and "setoran 125.000 pada 1 baris (baris 8)" in said[2] and len(said) == 3


def test_a_document_without_account_counts_with_its_sub_kegiatan_alone(tmp_path):
    rows = documents(Random(9))
    bare = rows[0]["Kode Sub Kegiatan"]
    account, rows[0]["Kode Rekening"] = rows[0]["Kode Rekening"], ""
    found, _ = ledger(as_xlsx(lay_out(rows, FULL, plain)), root=tmp_path)
    rows[0]["Kode Rekening"] = account
    right = {k: v for k, v in expected(rows).items() if k[1] != bare or k[2] is None}
    assert found == right


PAIRED = {
    "beside": [("Kode", "Urusan"), ("Kode", "Program"), ("Kode", "Kegiatan"), ("Kode", "Sub Kegiatan"), ("Kode", "Rekening")],
    "together": [("Urusan",) * 2, ("Program",) * 2, ("Kegiatan",) * 2, ("Sub Kegiatan",) * 2, ("Rekening",) * 2],
    "said": [(f"Kode {n}", f"Nama {n}") for n in ("Urusan", "Program", "Kegiatan", "Sub Kegiatan", "Rekening Belanja")],
    "codes_first": [("Kode Urusan", "Kode Program"), ("Kode Kegiatan", "Kode Sub Kegiatan"), ("Kode Rekening", "Nama Urusan"),
                    ("Nama Program", "Nama Kegiatan"), ("Nama Sub Kegiatan", "Nama Rekening")],
}  # fmt: skip
ROWS = [
    ("1", "WAJIB", "1.02.02", "PROGRAM UPAYA", "1.02.02.2.01", "Penyediaan", "1.02.02.2.01.0012", "Alat", account, name)
    for account, name in ACCOUNTS.items()
]


@pytest.mark.parametrize("headings", PAIRED)
def test_wide_exports_are_read_by_their_pairs_of_code_and_name(tmp_path, headings):
    order = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9] if headings == "codes_first" else range(10)
    head = [label for pair in PAIRED[headings] for label in pair]
    money = [("1.000.000", "250.000"), ("2.000.000", "750.000,50")]
    body = [["Dinas Kesehatan", *(row[n] for n in order), *spent] for row, spent in zip(ROWS, money, strict=True)]
    content = as_xlsx([["LAPORAN REALISASI"], ["TAHUN 2026"], ["Nama SKPD", *head, "Anggaran", "Realisasi"], *body])
    _, into = ledger(content, 3, tmp_path)
    rows = into.lists(REF_BKD.name)
    assert rows["kode"] == ["1.02.02.2.01.0012"] * 2 and rows["kode_rekening"] == list(ACCOUNTS)
    assert rows["uraian"] == list(ACCOUNTS.values()) and rows["kode_skpd"] == [OWNERS[1][0]] * 2
    assert rows["pagu_rp"] == [1_000_000, 2_000_000] and rows["realisasi_rp"] == [250_000, Decimal("750000.5")]


def test_an_export_is_a_ledger_by_its_headings_and_a_sheet_of_the_office_is_none():
    rows = documents(Random(10))
    export = read_workbook(as_xlsx(lay_out(rows, FULL, plain))).grids
    assert is_export(export)
    assert not is_export({"BKD": replace(export["Sheet"], sheet="BKD")}), "the office's own sheet by that name"
    sums = [c for c in FULL if c not in ("Nomor Dokumen", "Nomor SP2D", "Nilai SP2D")]
    told_since = [dict(r, Triwulan=r["Periode SPD"]) for r in rows]
    lines = lay_out(told_since, [*(c for c in sums if c != "Periode SPD"), "Triwulan"], plain)
    assert not is_export(read_workbook(as_xlsx(lines)).grids), "a quarter beside a sum may say until when it runs"


def test_two_exports_over_the_same_months_are_counted_once(tmp_path):
    rows = documents(Random(11))
    into, files = Extract(), {"a": "acuan/sipd juni.xlsx", "b": "acuan/sipd desember.xlsx", "c": "acuan/bkd-tw2.xlsx"}
    for pid, until, quarter in (("a", 2, None), ("b", 4, None), ("c", 2, 2)):
        known = SkpdNames()
        known.add(*OWNERS[0])
        if pid != "c":
            known.add(*OWNERS[1])
        content = as_xlsx(lay_out([r for r in rows if r["q"] <= until], FULL, plain))
        read_ledger(tmp_path, content, Source(pid, None, 2026, 0, files[pid]), quarter, known, into)
    into.findings.clear()
    settle_exports(into, {"a", "b"}, files)
    found = into.lists(REF_BKD.name)
    keys = list(zip(*(found[n] for n in ("kode_skpd", "kode", "kode_rekening", "untuk_triwulan")), strict=True))
    assert dict(zip(keys, found["realisasi_rp"], strict=True)) == expected(rows) and len(keys) == len(set(keys))
    used = {
        (s, q): p for s, q, p in zip(found["kode_skpd"], found["untuk_triwulan"], found["pengajuan_id"], strict=True)
    }
    assert set(used.values()) == {"b", "c"} and used[OWNERS[0][0], 2] == "c" and used[OWNERS[1][0], 2] == "b"
    assert {f.kode for f in into.findings} == {"REK-021"} and {f.berkas for f in into.findings} == {
        files["a"],
        files["b"],
    }


@pytest.mark.parametrize(
    ("text", "heading", "quarter"),
    [("2", "triwulan spd", 2), ("2", "periode spd", None), ("II", "periode spd", 2), ("Triwulan 2 Tahun 2026", "", 2)],
)
def test_a_bare_number_is_a_quarter_where_the_heading_says_so(text, heading, quarter):
    assert quarter_of(text, heading, 2026) == quarter
