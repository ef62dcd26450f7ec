"""Several quarters or indicators in one cell, and the scale a sheet declares."""

from decimal import Decimal

import pytest

from pipelines.extract.parts import read_scale, split_indicators, split_quarters


@pytest.mark.parametrize(
    ("cell", "quarters"),
    [
        ("Trw (1) = 2\nTrw (2) = 3\nTrw (3) = 4\nTrw (4) = 5", {1: "2", 2: "3", 3: "4", 4: "5"}),
        ("TW I: 20; TW II: 40", {1: "20", 2: "40"}),
        ("TW I : -\nTW II: n/a\nTW III = 40 %", {1: "-", 2: "n/a", 3: "40 %"}),
        ("- TW I = 2\n- TW II = -3", {1: "2", 2: "-3"}),
        ("1. Triwulan I : 25,5\n2. Triwulan II : 50", {1: "25,5", 2: "50"}),
        ("TW-I: 1.250.000, TW-II: 2.500.000", {1: "1.250.000", 2: "2.500.000"}),
        ("TW I 20 TW II 40", {1: "20", 2: "40"}),
        ("I = 20, II = 40", {1: "20", 2: "40"}),
        ("TW I: BB (70,2)\nTW II:", {1: "BB (70,2)", 2: ""}),
        ("TW IV: 100", {4: "100"}),
        ("Tribulan I: 3; Tribulan II: 4", {1: "3", 2: "4"}),
    ],
)
def test_quarters_in_one_cell_come_apart(cell, quarters):
    assert split_quarters(cell) == quarters


@pytest.mark.parametrize(
    "cell",
    [
        "Triwulan I",
        "Triwulan I Tahun 2025",
        "TW I s/d TW II: 20",
        "TW I: 20; TW I: 30",
        "Target TW I: 4",
        "20",
        "TW I:",
        None,
        5,
    ],
)
def test_what_is_no_list_of_quarters_is_left_whole(cell):
    assert split_quarters(cell) is None


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "1. Nilai LHE AKIP Perangkat Daerah    2. Indeks Kepuasan Masyarakat (IKM)",
            ("Nilai LHE AKIP Perangkat Daerah", "Indeks Kepuasan Masyarakat (IKM)"),
        ),
        ("1. Nilai AKIP 2. Nilai RB 3. IKM", ("Nilai AKIP", "Nilai RB", "IKM")),
        ("a. Indeks A\nb. indeks B", ("Indeks A", "indeks B")),
        ("- A satu\n- B dua", ("A satu", "B dua")),
        ("(1) Nilai X; (2) nilai Y", ("Nilai X", "nilai Y")),
        ("1. Indeks Kematangan Organisasi ", ("1. Indeks Kematangan Organisasi",)),
        ("SPM 1.2", ("SPM 1.2",)),
        ("1) Jumlah siswa kelas 2. rasio guru", ("1) Jumlah siswa kelas 2. rasio guru",)),
        ("Persentase kelas 2. Rasio", ("Persentase kelas 2. Rasio",)),
        ("1. Rasio 3. Ketiga", ("1. Rasio 3. Ketiga",)),
        ("Indeks\nKepuasan\nMasyarakat", ("Indeks Kepuasan Masyarakat",)),
        ("  ", ()),
    ],
)
def test_indicators_in_one_cell_come_apart_only_where_they_are_counted(text, indicators):
    assert split_indicators(text) == indicators


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("(dalam ribuan rupiah)", 1000),
        ("Rp. 000,-", 1000),
        ("Realisasi (Rp.000)", 1000),
        ("dalam jutaan", 10**6),
        ("(Rp juta)", 10**6),
        ("Anggaran (Jutaan Rupiah)", 10**6),
        ("(Rp.000.000)", 10**6),
        ("x Rp1.000", 1000),
        ("(dalam Rp 1.000,-)", 1000),
        ("(x 1.000)", 1000),
        ("Dalam Miliar Rupiah", 10**9),
    ],
)
def test_a_declared_scale_is_read(text, factor):
    assert read_scale(text) == Decimal(factor)


@pytest.mark.parametrize(
    "text",
    [
        "(Rp)",
        "Rp 1.250.000.000,-",
        "Rp.1.000,-",
        "Rp 5 juta rupiah",
        "dalam ribuan jiwa",
        "kematian x 1.000 kelahiran",
        "12 = 11/6 x100%",
        "dalam ribuan rupiah, Rp juta",
        "",
    ],
)
def test_no_scale_is_made_up(text):
    assert read_scale(text) is None
