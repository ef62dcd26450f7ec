"""What was understood of a form: what it says of itself, and its values as rows that keep their cells."""

from decimal import Decimal

import pytest

from pipelines.extract.forms.titles import find_owners
from pipelines.extract.formulir import extract_form, identify_form
from pipelines.extract.sheets import Extract, Source
from pipelines.stores.tables import from_columns, gate
from schemas.reading import Declared, FormReading, FoundTable, Record, Value
from schemas.typed import TYPED_FORMULIR

SOURCE = Source("dinkes-2025-tw2-f1", "1.02", 2025, 2, "e81.xlsx")


def value(held, cell="A1", kind="text", raw=None, **extra):
    return Value(cell, held if raw is None else raw, held, kind, extra=extra)


def table(number=0, score=1.0, **more):
    place = {"header_rows": (1,), "numbering_row": None, "first_data_row": 2, "last_data_row": 9}
    return FoundTable("Sheet1", number, **place, orientation="x", columns={}, labels={}, score=score, **more)


def record(row, level="sasaran_indikator", number=0, **fields):
    return Record("Sheet1", row, level, number, fields)


def reading(*rows, tables=None, declared=None):
    return FormReading((table(),) if tables is None else tables, rows, declared=declared or Declared())


def typed(*rows, bagian=(), tables=None):
    into = Extract()
    extract_form(reading(*rows, tables=tables), SOURCE, bagian, into)
    data = gate(TYPED_FORMULIR, from_columns(TYPED_FORMULIR, into.columns.get(TYPED_FORMULIR.name)))
    return data.to_pylist()


MEASURED = {"indikator": value("Satu", "B2"), "realisasi_tw": {"2": value(Decimal(5), "D2", "number")}}


@pytest.mark.parametrize(
    ("level", "fields", "isi"),
    [
        ("sasaran_indikator", MEASURED, "kinerja"),
        ("sasaran_indikator", {"target_tahunan": value(Decimal(5), kind="number")}, "pk"),
        ("sub_kegiatan", {"pagu": value(Decimal(5), kind="number"), **MEASURED}, "anggaran"),
        ("sasaran_indikator", {"pagu": value(Decimal(5)), "program": value("P"), **MEASURED}, "kinerja;anggaran"),
    ],
)
def test_what_a_form_reports_on(level, fields, isi):
    (said,) = identify_form(reading(record(2, level, **fields), declared=Declared(("Dinas A",), 2025, 3)), "abc")
    assert (said.isi, said.nama_skpd, said.tahun, said.triwulan, said.tolak_kode) == (isi, "Dinas A", 2025, 3, None)


def test_titles_are_kept_to_look_for_a_short_name_in_where_no_name_is_given():
    titles = ("Laporan Capaian Kinerja Bappedalitbang Triwulan I Tahun 2025", "Capaian")
    (said,) = identify_form(reading(record(2, **MEASURED), declared=Declared(judul=titles)), "abc")
    assert said.judul == "\n".join(titles)
    (named,) = identify_form(reading(record(2, **MEASURED), declared=Declared(("Dinas A",), judul=titles)), "abc")
    assert named.judul is None


@pytest.mark.parametrize(
    "title",
    [
        "Rekap Kinerja Dinas Pendidikan Triwulan III Tahun 2025", "Rekap Kinerja Dinas Pendidikan TW III",
        "Dinas Pendidikan – Tahun 2025", "Dinas Pendidikan - Semester 1",
    ],
)  # fmt: skip
def test_the_period_behind_the_name_in_a_title_is_no_part_of_the_name(title):
    assert list(find_owners([title])) == ["Dinas Pendidikan"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (reading(tables=()), "tidak ada tabel"),
        (reading(record(2, **MEASURED), tables=(table(score=0.4, unsure=("kolom D ganda",)),)), "kolom D ganda"),
        (reading(record(2, "aksi", rencana_aksi=value("A"))), "aksi 1 baris"),
        (reading(record(2, "urusan", pagu=value(Decimal(5)))), "urusan 1 baris"),
    ],
)
def test_a_form_without_rows_that_may_enter_is_refused_with_the_reason(form, words):
    (said,) = identify_form(form, "abc")
    assert said.tolak_kode == "REG-021" and words in said.tolak_sebab


def test_rows_of_several_skpd_are_an_identity_each():
    rows = [record(n, skpd=value(name), **MEASURED) for n, name in enumerate(("Dinas  A", "Dinas B", "Dinas A"), 2)]
    assert [(s.bagian, s.nama_skpd) for s in identify_form(reading(*rows), "abc")] == [
        ("Dinas A", "Dinas A"),
        ("Dinas B", "Dinas B"),
    ]
    assert [(r["baris"], r["teks"]) for r in typed(*rows, bagian=("Dinas B",)) if r["kolom"] == "skpd"] == [
        (3, "Dinas B")
    ]
    (one,) = identify_form(reading(rows[0], rows[2], declared=Declared(("Bappeda",))), "abc")
    assert (one.bagian, one.nama_skpd) == (None, "Dinas A\nBappeda")


def test_a_recap_with_rows_that_name_no_skpd_is_refused():
    rows = [record(2, skpd=value("Dinas A"), **MEASURED), record(3, skpd=value("Dinas B"), **MEASURED)]
    (said,) = identify_form(reading(*rows, record(4, **MEASURED)), "abc")
    assert said.tolak_kode == "REG-021" and "baris 4" in said.tolak_sebab


def test_rows_of_a_table_nobody_confirmed_stay_out():
    unsure = (table(), table(1, 0.3))
    assert {r["baris"] for r in typed(record(2, **MEASURED), record(9, number=1, **MEASURED), tables=unsure)} == {2}


@pytest.mark.parametrize(
    ("read", "columns"),
    [
        (value(Decimal("98.5"), kind="percent_native", raw=0.985), (Decimal("98.5"), None, None, "angka")),
        (value({"low": Decimal(80), "high": Decimal(90)}, kind="range", raw="80-90"), (80, 90, "80-90", "rentang")),
        (value({"op": "≥", "value": Decimal(95)}, kind="comparison", raw="≥ 95"), (95, None, "≥ 95", "angka")),
        (value("BB", kind="grade_with_score", raw="BB (73,25)", score=Decimal("73.25")),
         (Decimal("73.25"), None, "BB (73,25)", "predikat")),
        (value(None, kind="missing"), (None, None, None, "kosong")),
        (value(None, kind="missing", raw="n/a", keadaan="belum_tersedia"), (None, None, "n/a", "belum_tersedia")),
        (value(None, kind="error_text", raw="#DIV/0!"), (None, None, "#DIV/0!", "galat")),
        (value("Dinas\u00a0X"), (None, None, "Dinas\u00a0X", None)),
    ],
)  # fmt: skip
def test_a_value_keeps_what_it_is_and_an_absence_its_kind(read, columns):
    (row,) = typed(record(2, realisasi_tahunan=read))
    assert (row["nilai"], row["atas"], row["teks"], row["keadaan"]) == columns


def test_two_indicators_in_one_cell_are_two_values_and_a_ratio_keeps_its_parts():
    joined = value("1. Nilai AKIP Dinas    2. Indeks Kepuasan Masyarakat (IKM)", "B2")
    ratio = value(None, "D2", "ratio", "100 dari 110", pembilang=Decimal(100), penyebut=Decimal(110))
    rows = typed(record(2, indikator=joined, realisasi_tw={"2": ratio}))
    assert [r["sel"] for r in rows if r["kolom"] == "indikator"] == ["B2", "B2"]
    parts = {r["kolom"]: r["nilai"] for r in rows if ":" in r["kolom"]}
    assert parts == {"pembilang:realisasi_tw.2": 100, "penyebut:realisasi_tw.2": 110}


def test_rows_are_told_apart_and_keep_the_place_of_what_they_inherit():
    kept = Value("F3", "Sasaran", "Sasaran", "text", inherited=True, how="merged")
    rows = typed(record(7, **MEASURED), record(7, sasaran=kept, **MEASURED))
    assert {r["row_id"] for r in rows} == {"dinkes-2025-tw2-f1!Sheet1!R7", "dinkes-2025-tw2-f1!Sheet1!R7.2"}
    (inherited,) = [r for r in rows if r["warisan"]]
    assert (inherited["sel"], inherited["baris"]) == ("F3", 7)
