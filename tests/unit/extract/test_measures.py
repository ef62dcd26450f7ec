"""Cells of forms nobody issued: what people write, what it is read as, and what is asked instead of guessed."""

import time as clock
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from pipelines.extract.measures import read_measure
from schemas.finding import catalogue


def read(cell, satuan=None, money=False, percent=False):
    return read_measure(cell, percent=percent, satuan=satuan, money=money)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return (
        str(value.normalize() + 0 if value != value.to_integral_value() else int(value))
        if isinstance(value, Decimal)
        else value
    )


@pytest.mark.parametrize(
    ("cell", "satuan", "money", "kind", "value"),
    [
        (81.35, "Nilai", False, "number", "81.35"),
        (0, None, False, "number", "0"),
        ("81,35", None, False, "text_number", "81.35"),
        ("1.050", "Layanan", False, "text_number", "1050"),
        ("13.90", None, False, "text_number", "13.9"),
        (" 28\u00a0", None, False, "text_number_padded", "28"),
        ("1.234.567", None, False, "text_number_thousands", "1234567"),
        ("1.050*", "Layanan", False, "text_number_with_footnote_mark", "1050"),
        ("75,5 **)", None, False, "text_number_with_footnote_mark", "75.5"),
        ("80¹", None, False, "text_number_with_footnote_mark", "80"),
        ("48,9 %", "%", False, "text_percent", "48.9"),
        ("55%", None, False, "text_percent", "55"),
        ("22.5 %", None, False, "number_with_unit", "22.5"),
        ("0,9 Angka", None, False, "number_with_unit", "0.9"),
        ("210 per 100.000 KH", None, False, "number_with_unit", "210"),
        ("12,5/1.000 KH", None, False, "number_with_unit", "12.5"),
        ("1.204 Orang", None, False, "number_with_unit", "1204"),
        ("5 (lima) dokumen", None, False, "number_with_unit", "5"),
        ("1,2 juta orang", None, False, "number_with_unit", "1200000"),
        ("Level 3", "Level", False, "number_with_unit", "3"),
        ("Tingkat II", None, False, "number_with_unit", "2"),
        ("III", "Level", False, "number_with_unit", "3"),
        ("Nilai 75,5", None, False, "number_with_unit", "75.5"),
        ("Rp 1.250.000.000,-", None, False, "currency_text", "1250000000"),
        ("2.100.456.789,50", None, True, "currency_text", "2100456789.5"),
        ("Rp5.294.655.000,00", None, True, "currency_text", "5294655000"),
        ("(1.000)", None, True, "currency_text", "-1000"),
        ("Rp 1,5 miliar", None, True, "currency_text", "1500000000"),
        ("20000000", None, True, "text_number", "20000000"),
        ("BB", "Predikat", False, "grade", "BB"),
        ("Opini WTP", None, False, "grade", "WTP"),
        ("BB (73,25)", None, False, "grade_with_score", "BB"),
        ("BB / 73,25", None, False, "grade_with_score", "BB"),
        ("BB 73,25", None, False, "grade_with_score", "BB"),
        ("82,75 (B)", "Predikat", False, "grade_with_score", "B"),
        ("Level 3 (3,35)", "Level", False, "grade_with_score", "3"),
        ("80-90", None, False, "range", {"low": "80", "high": "90"}),
        ("3,0-3,2", None, False, "range", {"low": "3", "high": "3.2"}),
        ("> 80", None, False, "comparison", {"op": ">", "value": "80"}),
        ("≥ 95", None, False, "comparison", {"op": ">=", "value": "95"}),
        (">= 95", None, False, "comparison", {"op": ">=", "value": "95"}),
        ("maksimal 5 %", None, False, "comparison", {"op": "<=", "value": "5"}),
        ("< 3 jam", None, False, "comparison", {"op": "<", "value": "3"}),
        ("100 dari 110 Organisasi", "%", False, "ratio", "90.9090909091"),
        ("3 jam 15 menit", "Menit", False, "number_with_unit", "195"),
        ("30 menit", None, False, "number_with_unit", "30"),
        ("30 menit", "Jam", False, "number_with_unit", "0.5"),
        ("1:07:30", "menit", False, "number_with_unit", "67.5"),
        (time(1, 30), "jam", False, "number_with_unit", "1.5"),
        (timedelta(days=1, minutes=30), "jam", False, "number_with_unit", "24.5"),
    ],
)
def test_what_can_be_read_is_read_with_its_kind(cell, satuan, money, kind, value):
    measured = read(cell, satuan, money)
    assert (measured.kind, plain(measured.value)) == (kind, value)


@pytest.mark.parametrize(
    ("cell", "satuan", "money", "kind", "kode"),
    [
        ("Level 2 Plus", "Level", False, "text_unparsed", "BCA-003"),
        ("12 kegiatan sudah dilaksanakan", None, False, "text_unparsed", "BCA-003"),
        ("III", None, False, "text_unparsed", "BCA-003"),
        ("Rp 2 M", None, True, "text_unparsed", "BCA-003"),
        ("85 %", None, True, "text_unparsed", "BCA-003"),
        ("BB", None, True, "text_unparsed", "BCA-003"),
        ("90-80", None, False, "text_unparsed", "BCA-003"),
        (True, None, False, "text_unparsed", "BCA-003"),
        ("1.234", "Indeks", False, "text_unparsed", "BCA-005"),
        ("1.050*", None, False, "text_unparsed", "BCA-005"),
        ("Rp 1,250", None, False, "text_unparsed", "BCA-005"),
        ("1,250 orang", None, False, "text_unparsed", "BCA-005"),
        ("Rp 1.250 juta", None, True, "text_unparsed", "BCA-005"),
        ("BB (1.234)", None, False, "text_unparsed", "BCA-005"),
        ("27.647091.889", None, True, "text_unparsed", "BCA-006"),
        ("#DIV/0!", None, False, "error_text", "BCA-007"),
        (float("nan"), None, False, "text_unparsed", "BCA-013"),
        (float("inf"), None, False, "text_unparsed", "BCA-013"),
        (datetime(2025, 3, 25), "%", False, "date_serial_suspicious", "BCA-016"),
        (date(2025, 3, 25), None, True, "date_serial_suspicious", "BCA-016"),
        ("100 dari 110 Organisasi", "Organisasi", False, "text_unparsed", "BCA-017"),
        ("5 dari 0", "%", False, "text_unparsed", "BCA-017"),
        ("1. 75,5 2. 80", None, False, "text_unparsed", "BCA-018"),
        ("75,5\n80", None, False, "text_unparsed", "BCA-018"),
        ("75\n80", None, False, "text_unparsed", "BCA-018"),
        ("12 Orang (100 %)", None, False, "text_unparsed", "BCA-018"),
        ("8 5", None, False, "text_unparsed", "BCA-019"),
        ("1 234 567", None, True, "text_unparsed", "BCA-019"),
        ("3 jam 15 menit", None, False, "text_unparsed", "BCA-021"),
        ("2 hari", "jam", False, "text_unparsed", "BCA-021"),
        ("3 jam", "hari", False, "text_unparsed", "BCA-021"),
        ("< 30 menit", "jam", False, "text_unparsed", "BCA-021"),
        ("01:30", "jam", False, "text_unparsed", "BCA-021"),
        (time(1, 7, 38), None, False, "text_unparsed", "BCA-021"),
    ],
)
def test_what_is_not_certain_has_no_value_but_a_finding(cell, satuan, money, kind, kode):
    measured = read(cell, satuan, money)
    assert (measured.kind, measured.value, measured.kode) == (kind, None, kode)


@pytest.mark.parametrize(
    ("cell", "money", "kind", "keadaan"),
    [
        (None, False, "missing", "kosong"),
        (" \u00a0", False, "missing", "kosong"),
        ("-", False, "missing", "belum_tersedia"),
        ("n/a", False, "missing", "belum_tersedia"),
        ("Rp -", True, "missing", "belum_tersedia"),
        ("**)", False, "missing", "belum_tersedia"),
        ("belum dinilai", False, "missing_text", "belum_tersedia"),
        ("Masih menunggu hasil evaluasi", False, "missing_text", "belum_tersedia"),
        ("Belum", False, "missing_text", "belum_tersedia"),
        ("Tidak ditargetkan", False, "missing_text", "tidak_ditargetkan"),
        ("tdk ada target tahun ini", False, "missing_text", "tidak_ditargetkan"),
    ],
)
def test_the_kinds_of_absence_stay_apart(cell, money, kind, keadaan):
    measured = read(cell, money=money)
    assert (measured.kind, measured.value, measured.extra, measured.kode) == (kind, None, {"keadaan": keadaan}, None)


def test_belum_kla_is_a_grade_and_no_absence():
    assert read("Belum KLA", "Predikat").value == "Belum KLA"


@pytest.mark.parametrize(
    ("cell", "satuan", "extra"),
    [
        ("BB (73,25)", None, {"score": Decimal("73.25")}),
        ("82,75 (Baik)", "Indeks", {"predikat": "Baik"}),
        ("75 (sementara)", "%", {"catatan": "sementara"}),
        ("1.050*", "Layanan", {"catatan": "*"}),
        ("100 dari 110 Organisasi", "Persen", {"pembilang": Decimal(100), "penyebut": Decimal(110)}),
    ],
)
def test_what_stands_beside_a_figure_is_kept(cell, satuan, extra):
    assert dict(read(cell, satuan).extra) == extra


@pytest.mark.parametrize(
    ("cell", "satuan"),
    [
        ("5312 Orang", "Orang"),
        ("100 %", "%"),
        ("95 per 100.000 KH", "per 100.000 KH"),
        ("3,25 poin", "poin"),
        ("7", None),
    ],
)
def test_the_unit_written_in_the_cell_is_given(cell, satuan):
    assert read(cell).satuan == satuan


@pytest.mark.parametrize(
    ("satuan", "kind", "value", "kode"),
    [
        ("%", "percent_native", Decimal("98.5"), None),
        (None, "percent_native", Decimal("98.5"), None),
        ("  ", "percent_native", Decimal("98.5"), None),
        ("Nilai", "text_unparsed", None, "BCA-056"),
        ("Orang", "number", Decimal("0.985"), "BCA-020"),
    ],
)
def test_a_native_percentage_is_one_unless_the_unit_says_otherwise(satuan, kind, value, kode):
    measured = read(0.985, satuan, percent=True)
    assert (measured.kind, measured.value, measured.kode) == (kind, value, kode)


def test_money_shown_as_a_percentage_stays_what_it_is():
    assert read(1_250_000, money=True, percent=True).value == 1_250_000


def test_a_percentage_below_a_unit_that_is_none_is_told():
    assert (read("85 %", "Orang").value, read("85 %", "Orang").kode) == (85, "BCA-024")
    assert read("12 Dokumen", "%").kode == "BCA-024"
    assert read("85 %", "persen").kode != "BCA-024"


def test_a_grade_of_no_known_scale_is_kept_and_told_only_where_grades_belong():
    assert (read("Sangat Inovatif", "Predikat").value, read("Sangat Inovatif", "Predikat").kode) == (
        "Sangat Inovatif",
        "BCA-023",
    )
    assert read("Sangat Inovatif", "%").value is None


@pytest.mark.parametrize("kode", [f"BCA-{n:03d}" for n in range(16, 25)])
def test_every_code_of_this_room_has_its_sentences(kode):
    assert kode in catalogue()


@pytest.mark.parametrize(
    "cell",
    [
        "3 jam 15 menit",
        "8 5",
        "5 dari 7",
        "12 dokumen",
        "75 (sementara)",
        "1.234",
        "Sangat Inovatif",
        "x",
        datetime(2025, 3, 25),
        0.5,
    ],
)
@pytest.mark.parametrize("satuan", ["%", "Predikat", None, "Indeks"])
def test_the_words_fill_every_gap_of_the_sentence(cell, satuan):
    measured = read(cell, satuan, percent=True)
    if measured.kode:
        entry = catalogue()[measured.kode]
        words = {"nilai": cell, "kolom": "Realisasi", "sel": "A1", "lembar": "TW I", **measured.words}
        assert "{" not in entry.pesan.format(**words) + entry.saran.format(**words)


@pytest.mark.parametrize(
    "text", ["1" + "a" * 32000, "a " * 16000, "1 " * 16000, "nilai " * 5000, "(" * 32000, "1." * 16000]
)
def test_a_hostile_text_is_refused_at_once(text):
    begun = clock.process_time()
    assert read(text).value is None
    assert clock.process_time() - begun < 1
