"""Corrections applied to typed rows: the guard as the reader understands the cells, chains, unreadable originals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from pipelines.correct.apply import Sheets, apply_corrections, open_findings, replace_rows
from pipelines.correct.ledger import Ledger, understand
from pipelines.steps.correct import _read
from schemas.columns import DATE, INT
from schemas.correction import REF_KOREKSI
from schemas.finding import Place, make_finding
from schemas.typed import ORIGINS, TYPED_ANGGARAN, TYPED_IKU, TYPED_PK, TYPED_REALISASI

TYPED = (TYPED_PK, TYPED_IKU, TYPED_REALISASI, TYPED_ANGGARAN)


def row_of(table, **values):
    """A row with something in every column that needs it."""
    blanks = {c.name: None if c.null else 1 if c.kind == INT else "kosong" if c.words else "-" for c in table.columns}
    return {**blanks, "kode_skpd": "1.01", "tahun": 2025, "triwulan": 2, **values}


REALISASI = [
    row_of(
        TYPED_REALISASI, row_id="r1", pengajuan_id="p", lembar="Realisasi", kode_indikator="IK-01", satuan="orang",
        realisasi_tw_nilai=Decimal(45), realisasi_tw_keadaan="angka", bukti_dukung="LAKIP",
    ),
    row_of(
        TYPED_REALISASI, row_id="r2", pengajuan_id="p", lembar="Realisasi", kode_indikator="IK-02",
        realisasi_tw_teks="BB", realisasi_tw_keadaan="predikat",
    ),
    row_of(
        TYPED_REALISASI, row_id="r3", pengajuan_id="p", lembar="Realisasi", kode_indikator="IK-03",
        realisasi_tw_teks="empat", realisasi_tw_keadaan="galat",
    ),
]  # fmt: skip
ANGGARAN = [
    row_of(TYPED_ANGGARAN, row_id="a1", pengajuan_id="p", kode="1.01.02", pagu_rp=Decimal(1000), level="program"),
    row_of(TYPED_ANGGARAN, row_id="a2", pengajuan_id="p", kode="1.01.02.2.01", pagu_rp=None, level="kegiatan"),
]
PK = [row_of(TYPED_PK, row_id="k1", pengajuan_id="p", kode_indikator="IK-01", konsolidasi="jumlah")]
FAULTS = [
    make_finding("BCA-003", Place(2025, 2, "1.01", "a.xlsx", "Realisasi", "E7", "p", "r3"), "empat", kolom="Realisasi"),
    make_finding("BCA-003", Place(2025, 2, "1.01", "a.xlsx", "Anggaran", "D5", "p", "a2"), "1 jt-an", kolom="Pagu"),
]
CELLS = [
    ("r1", "realisasi_tw", "E5"),
    ("r2", "realisasi_tw", "E6"),
    ("r3", "realisasi_tw", "E7"),
    ("a2", "pagu_rp", "D5"),
]


def sheets():
    rows = {TYPED_REALISASI: REALISASI, TYPED_ANGGARAN: ANGGARAN, TYPED_PK: PK, TYPED_IKU: []}
    typed = {t.name: pa.Table.from_pylist(rows[t], schema=t.arrow) for t in TYPED}
    origins = [{"row_id": r, "kolom": k, "pengajuan_id": "p", "lembar": "-", "sel": s} for r, k, s in CELLS]
    return Sheets(typed, pa.Table.from_pylist(origins, schema=ORIGINS.arrow), FAULTS, {"p": "tw2/a.xlsx"})


def entry(name, value):
    number = isinstance(value, (int, float))
    return {f"{name}_angka": Decimal(value) if number else None, f"{name}_teks": None if number else value}


def ledger_of(*lines, **changes):
    """A ledger of (sheet, code, column, old, new) for the second quarter of SKPD 1.01."""
    rows = [
        {
            **row_of(REF_KOREKSI, row_id=f"l{n}", pengajuan_id="acuan", lembar="Koreksi", baris=n, triwulan=0),
            "untuk_triwulan": "TW II", "untuk_lembar": sheet, "kode": code, "untuk_kolom": column,
            **entry("nilai_lama", old), **entry("nilai_baru", new),
            "alasan": "a", "dasar": "d", "tanggal": date(2025, 7, 1), "peran": "p", **changes,
        }
        for n, (sheet, code, column, old, new) in enumerate(lines, 4)
    ]  # fmt: skip
    names = ("kode", "nilai_lama", "nilai_baru")
    cells = {(r["row_id"], name): f"{name}{r['baris']}" for r in rows for name in names}
    return Ledger(tuple(rows), cells, {"acuan": "acuan/koreksi.xlsx"})


def apply(*lines):
    ledger = ledger_of(*lines)
    corrections, faults = understand(ledger)
    assert not faults
    made = apply_corrections(corrections, ledger, sheets(), _read)
    return made, [f.kode for f in made.findings]


def changed(made, table, row_id):
    return made.rows[table.name][row_id]


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        (("Realisasi", "ik-01", "realisasi tw", 45, 54), "realisasi_tw_nilai", Decimal(54)),
        (("Realisasi", "IK-01", "Realisasi TW", "45", 54), "realisasi_tw_nilai", Decimal(54)),
        (("Realisasi", "IK-01", "Realisasi TW", 45, "1.054"), "realisasi_tw_nilai", Decimal(1054)),  # people are whole
        (("Realisasi", "IK-01", "Realisasi TW", 45, "n/a"), "realisasi_tw_keadaan", "belum_tersedia"),
        (("Realisasi", "IK-01", "Realisasi TW", 45, "(kosong)"), "realisasi_tw_keadaan", "kosong"),
        (("Realisasi", "IK-01", "Pembilang", "kosong", 3), "pembilang", Decimal(3)),
        (("Realisasi", "IK-01", "Bukti Dukung", "LAKIP ", "LKjIP"), "bukti_dukung", "LKjIP"),
        (("Realisasi", "IK-02", "Realisasi TW", "bb".upper(), "A"), "realisasi_tw_teks", "A"),
        (("Realisasi", "IK-03", "Realisasi TW", "empat", 4), "realisasi_tw_nilai", Decimal(4)),
    ],
)
def test_a_value_is_replaced_as_the_reader_would_read_it(line, column, value):
    made, codes = apply(line)
    assert codes == ["KOR-008"]
    (row,) = made.rows[TYPED_REALISASI.name].values()
    assert row[column] == value
    kept = {n: v for n, v in row.items() if not n.startswith(column.removesuffix("_nilai").removesuffix("_keadaan"))}
    before = next(r for r in REALISASI if r["row_id"] == row["row_id"])
    assert kept == {n: before[n] for n in kept} or column.endswith("_teks")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("Realisasi", "IK-01", "Realisasi TW", 46, 54), "KOR-006"),
        (("Realisasi", "IK-01", "Realisasi TW", "(kosong)", 54), "KOR-006"),
        (("Realisasi", "IK-03", "Realisasi TW", "(kosong)", 4), "KOR-006"),  # unreadable is not empty
        (("Realisasi", "IK-03", "Realisasi TW", "lima", 4), "KOR-006"),
        (("Anggaran", "1.01.02.2.01", "Pagu", "(kosong)", 4), "KOR-006"),
        (("Realisasi", "IK-01", "Realisasi TW", 44, 45), "KOR-007"),
        (("Realisasi", "IK-01", "Pembilang", "(kosong)", "1.234"), "KOR-005"),
        (("Realisasi", "IK-09", "Realisasi TW", 45, 54), "KOR-003"),
        (("PK", "IK-01", "Konsolidasi", "Jumlah", "Campuran"), "KOR-005"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(line, code):
    made, codes = apply(line)
    assert (codes, made.rows, made.records) == ([code], {}, [])
    (finding,) = made.findings
    assert finding.row_id == "l4" and finding.berkas == "acuan/koreksi.xlsx" and finding.sel


@pytest.mark.parametrize(
    ("lama", "baru", "code", "there"), [("(kosong)", 54, "KOR-006", "(kosong)"), (44, 45, "KOR-007", "45")]
)
def test_the_value_beside_a_place_of_the_ledger_is_what_the_ledger_says_there(lama, baru, code, there):
    made, _ = apply(("Realisasi", "IK-01", "Realisasi TW", lama, baru))
    (finding,) = made.findings
    assert (finding.kode, finding.nilai) == (code, there)
    assert "berisi 45 (tw2/a.xlsx, " in finding.pesan


def test_an_unreadable_pagu_is_replaced_and_its_finding_is_closed():
    made, codes = apply(("Anggaran", "1.01.02.2.01", "Pagu", "1 jt-an", 1_000_000))
    assert codes == ["KOR-008"]
    assert changed(made, TYPED_ANGGARAN, "a2")["pagu_rp"] == 1_000_000
    assert made.records[0]["nilai_lama"] == "1 jt-an" and made.records[0]["nilai_baru"] == "1.000.000"
    assert open_findings(FAULTS, made.records) == FAULTS[:1]


def test_a_second_correction_expects_what_the_first_one_left():
    first, again = ("Realisasi", "IK-01", "Realisasi TW", 45, 54), ("Realisasi", "IK-01", "Realisasi TW", 54, 55)
    made, codes = apply(first, again)
    assert codes == ["KOR-008", "KOR-008"]
    assert changed(made, TYPED_REALISASI, "r1")["realisasi_tw_nilai"] == 55
    assert apply(first, ("Realisasi", "IK-01", "Realisasi TW", 45, 55))[1] == ["KOR-008", "KOR-006"]


def test_two_columns_of_a_row_and_a_code_with_its_level():
    made, codes = apply(
        ("Anggaran", "1.01.02", "Pagu", 1000, 2000), ("Anggaran", "1.01.02", "Kode", "1.01.02", "1.01.03.2.01.0001")
    )
    row = changed(made, TYPED_ANGGARAN, "a1")
    assert codes == ["KOR-008", "KOR-008"]
    assert (row["pagu_rp"], row["kode"], row["level"]) == (2000, "1.01.03.2.01.0001", "sub_kegiatan")


def test_a_word_is_told_as_it_is_printed():
    made, _ = apply(("PK", "IK-01", "Konsolidasi", "Jumlah", "posisi akhir"))
    assert changed(made, TYPED_PK, "k1")["konsolidasi"] == "posisi_akhir"
    assert (made.records[0]["nilai_lama"], made.records[0]["nilai_baru"]) == ("Jumlah", "Posisi Akhir")


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"alasan": None, "dasar": None}, "KOR-001", "Alasan, Dasar"),
        ({"kode_skpd": None}, "KOR-001", "Kode SKPD"),
        ({"nilai_lama_angka": None}, "KOR-001", "Nilai Lama"),
        ({"untuk_triwulan": "V"}, "KOR-002", "V"),
        ({"untuk_lembar": "Identitas"}, "KOR-002", "Identitas"),
        ({"untuk_kolom": "Realisasi"}, "KOR-002", "Realisasi TW"),
    ],
)
def test_a_row_that_leaves_something_out_means_nothing(changes, code, said):
    corrections, (finding,) = understand(ledger_of(("Realisasi", "IK-01", "Realisasi TW", 45, 54), **changes))
    assert corrections == [] and finding.kode == code and said in finding.pesan + finding.saran


def test_the_order_of_rows_stays():
    table = pa.table({"row_id": ["a", "b", "c"], "n": [1, 2, 3]})
    new = pa.table({"row_id": ["c", "x", "a"], "n": [30, 9, 10]})
    assert replace_rows(table, new)["n"].to_pylist() == [10, 2, 30]
    assert replace_rows(table, new.slice(0, 0)) is table
    assert replace_rows(table.slice(0, 0), new).num_rows == 0, "read anew, or by another reader"


def test_dates_stay_dates():
    made, _ = apply(("Realisasi", "IK-01", "Realisasi TW", 45, 54))
    assert pa.scalar(made.records[0]["tanggal"]).type == DATE


def test_an_skpd_is_known_by_its_names_and_one_nobody_has_is_told_as_that():
    line = ("Realisasi", "IK-01", "Realisasi TW", 45, 54)
    known = {"Dinas Satu": frozenset({"1.01"})}
    named = replace(ledger_of(line, kode_skpd="Dinas Satu"), skpd=lambda name: known.get(name, frozenset()))
    (correction,), faults = understand(named)
    assert not faults and correction.kode_skpd == "1.01"
    strange = replace(ledger_of(line, kode_skpd="Dinas Dua"), skpd=named.skpd)
    corrections, (fault,) = understand(strange)
    assert not corrections and (fault.kode, fault.nilai, fault.kode_skpd) == ("KOR-009", "Dinas Dua", None)
