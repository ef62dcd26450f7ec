"""What a column is by all that is written over it: its heading, the ones above it, the titles, and what it holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.extract.cells import clean_code, clean_text, read_cell
from pipelines.extract.forms.reader import read_form
from pipelines.extract.measures import read_measure
from pipelines.extract.numbers import read_figure
from pipelines.extract.sheets import Source
from schemas.layout import Field, fold_label
from schemas.reading import FormReading, FoundTable, Record, Value
from schemas.units import is_percent_unit
from tests.lib.sheets import draw

SOURCE = Source("uji", None, 2025, 2, "uji.xlsx")


def read(text: str, sheet: str = "Lembar") -> FormReading:
    grid = draw(text, sheet)
    return read_form({grid.sheet: grid}, SOURCE)


def table(reading: FormReading) -> FoundTable:
    return reading.tables[0]


def asked(reading: FormReading) -> bool:
    return "BCA-032" in {f.kode for f in reading.findings}


def shown(record: Record, name: str) -> object:
    held = record.fields.get(name)
    return held.value if isinstance(held, Value) else held


@pytest.mark.parametrize("held", ["baik sekali", "12", "2025-01-31", "-5"])
def test_whatever_fills_a_column_whose_heading_nobody_knows_is_a_question(held: str) -> None:
    reading = read(f"""
        | No | Indikator Kinerja | Satuan | Target | Realisasi | Zxcvb
        | 1 | Indeks kepuasan | Indeks | 85 | 84 | {held}
        | 2 | Indeks inovasi | Indeks | 60 | 61 | {held}
        """)
    assert asked(reading)
    assert table(reading).undecided == ("F",)
    assert table(reading).score < 1


def test_an_empty_column_whose_heading_nobody_knows_is_none() -> None:
    assert not asked(
        read("""
        | No | Indikator Kinerja | Satuan | Target | Realisasi | Zxcvb
        | 1 | Indeks kepuasan | Indeks | 85 | 84 |
        """)
    )


def test_a_soft_hyphen_in_a_name_a_unit_a_code_and_a_figure_is_not_read() -> None:
    reading = read("""
        | Kode\u200b | Indi\u00adkator Kinerja\u200b | \ufeffSatuan | Target\u2060 | Realisasi
        | 1.02\u200b.01 | Persentase ke\u00adpuasan | Per\u200bsen | 8\u200b5,5 | 0.84%
        """)
    row = reading.rows[0]
    assert [shown(row, n) for n in ("kode", "indikator", "satuan", "target_tahunan", "realisasi_tahunan")] == [
        "1.02.01",
        "Persentase kepuasan",
        "Persen",
        Decimal("85.5"),
        Decimal(84),
    ]
    assert not asked(reading)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff", "\ufe0f"])
def test_an_issued_form_sees_no_more_than_a_person_either(unseen: str) -> None:
    assert fold_label(f"Kode{unseen} SKPD") == fold_label("Kode SKPD")
    assert clean_code(f"1.02{unseen}.01") == "1.02.01"
    assert clean_text(f"Meningkat{unseen}nya") == "Meningkatnya"
    assert is_percent_unit(f"Per{unseen}sen")
    assert read_figure(f"1.250{unseen},5") == read_figure("1.250,5")


def of_year(heading: str, title: str = "LAPORAN KINERJA TAHUN 2025", parent: str = "") -> FormReading:
    above = f"| No | Indikator Kinerja | Satuan | {parent} | Target" if parent else ""
    first = "^ | ^ | ^" if parent else "No | Indikator Kinerja | Satuan"
    return read(f"""
        | {title}
        {above}
        | {first} | {heading} | {"^" if parent else "Target"}
        | 1 | Indeks kepuasan | Indeks | 70 | 85
        | 2 | Indeks inovasi | Indeks | 60 | 61
        """)


OTHER_PERIODS = (
    "Realisasi 2024",
    "Realisasi Tahun 2024",
    "Realisasi s.d. 2024",
    "Realisasi s/d Tahun 2024",
    "Realisasi TW IV 2024",
    "Realisasi per 31 Desember 2024",
    "Realisasi TA 24",
    "Realisasi_2024",
    "Realisasi Tahun Lalu",
    "Realisasi Tahun Sebelumnya",
    "Realisasi s.d. Triwulan Lalu",
    "Realisasi (n-1)",
    "Realisasi n - 2",
    "Capaian Tahun 2024",
    "Target 2026",
    "Target Tahun Depan",
    "Target n+1",
    "Pagu 2024",
    "Pagu Tahun Berikutnya",
    "Anggaran Tahun 2024",
    "Realisasi Anggaran 2024",
    "Realisasi Keuangan Tahun Lalu",
)


@pytest.mark.parametrize("heading", OTHER_PERIODS)
def test_a_heading_of_another_year_is_told_and_not_read(heading: str) -> None:
    reading = of_year(heading)
    assert not any("D" in letters.split(",") for letters in table(reading).columns.values())
    assert [f.sel for f in reading.findings if f.kode == "BCA-055"] == ["D3"]


@pytest.mark.parametrize(("parent", "heading"), [("Realisasi", "'2024"), ("Tahun 2024", "Realisasi")])
def test_so_is_one_whose_parent_says_what_it_is_or_of_which_year(parent: str, heading: str) -> None:
    reading = of_year(heading, parent=parent)
    assert "D" not in table(reading).columns.values()
    assert "BCA-055" in {f.kode for f in reading.findings}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Realisasi 2025", "realisasi_tahunan"),
        ("Realisasi Tahun 2025 (Perbup 12 Tahun 2023)", "realisasi_tahunan"),
        ("Pagu 2025", "pagu"),
        ("Realisasi TW II 2025", "realisasi_tw 2"),
        ("Realisasi Kinerja Renja yang dievaluasi (n-1)", "realisasi_tahunan"),
        ("Target Akhir Renstra", "target_renstra"),
        ("Target 5 Tahun", "target_renstra"),
        ("Target 2021-2026", "target_renstra"),
        ("Pagu Renstra", "target_renstra_rp"),
    ],
)
def test_a_heading_of_the_reported_year_and_of_the_medium_term_has_its_field(heading: str, field: str) -> None:
    reading = of_year(heading)
    assert table(reading).columns.get(field) == "D"
    assert not asked(reading)


@pytest.mark.parametrize(
    "heading",
    ["Realisasi s.d. Tahun 2025", "Realisasi Tahun Ke-2", "Realisasi 2024 dan 2025", "Realisasi Tahun 2024/2025"],
)
def test_a_period_nobody_can_tell_is_asked(heading: str) -> None:
    assert asked(of_year(heading))


def test_years_that_no_title_tells_apart_are_asked_and_one_alone_is_the_reported() -> None:
    assert not asked(of_year("Realisasi 2024", "LAPORAN KINERJA"))
    several = read("""
        | PERJANJIAN KINERJA
        | No | Indikator Kinerja | Satuan | Realisasi 2024 | Target 2025
        | 1 | Indeks kepuasan | Indeks | 70 | 85
        """)
    assert asked(several)


def test_the_years_of_a_plan_are_not_those_a_title_reports_on() -> None:
    reading = of_year("Realisasi 2025", "EVALUASI RENSTRA 2021-2026 TAHUN 2025")
    assert table(reading).columns["realisasi_tahunan"] == "D"
    assert reading.declared.tahun == 2025


PLANS = (
    "LAPORAN RENCANA PENYERAPAN ANGGARAN",
    "RENCANA PENARIKAN DANA",
    "RENCANA REALISASI ANGGARAN",
    "ANGGARAN KAS PEMERINTAH DAERAH",
    "RENCANA ANGGARAN KAS (RAK)",
    "TARGET FISIK DAN KEUANGAN",
    "TARGET PENYERAPAN",
    "PROYEKSI BELANJA",
    "RENCANA AKSI PENCAPAIAN KINERJA",
)
RESULTS = (
    "LAPORAN REALISASI ANGGARAN",
    "REALISASI FISIK DAN KEUANGAN",
    "LAPORAN PENYERAPAN ANGGARAN",
    "EVALUASI HASIL RENJA",
    "MONITORING RENCANA AKSI",
    "REALISASI TARGET KEUANGAN",
    "RFK",
)
NEITHER = ("LAPORAN KEUANGAN", "TARGET DAN REALISASI KEUANGAN", "REKAPITULASI")


def money(title: str, parent: str, unit: str = "", sheet: str = "Lembar", period: str = "Januari") -> FormReading:
    below = f"| ^ | ^ | ^ | {unit}" if unit else ""
    return read(
        f"""
        | {title}
        | Kode | Nama Subkegiatan | Pagu | {parent}
        | ^ | ^ | ^ | {period}
        {below}
        | 1.02.02.2.01.0001 | Pembangunan Puskesmas | 1200000000 | 100000000
        | 1.02.02.2.01.0002 | Pengelolaan Obat | 240000000 | 20000000
        """,
        sheet,
    )


def column_d(reading: FormReading) -> str | None:
    return next((name for name, letter in table(reading).columns.items() if letter == "D"), None)


@pytest.mark.parametrize("title", PLANS)
@pytest.mark.parametrize(("parent", "unit"), [("Bulan", "Rp"), ("Keuangan", "Rp"), ("Penyerapan Anggaran", "")])
def test_money_under_a_month_is_a_plan_where_the_title_is_one(title: str, parent: str, unit: str) -> None:
    assert column_d(money(title, parent, unit)) == "anggaran_bulan 1"
    assert column_d(money(title, parent, unit, period="TW I")) == "anggaran_tw 1"
    assert column_d(money("DINAS KESEHATAN", parent, unit, sheet=title)) == "anggaran_bulan 1"


@pytest.mark.parametrize("title", RESULTS)
def test_and_realisasi_where_the_title_says_so(title: str) -> None:
    assert column_d(money(title, "Bulan", "Rp")) == "realisasi_anggaran_bulan 1"
    assert column_d(money(title, "Keuangan", "Rp", period="TW I")) == "realisasi_anggaran_tw 1"


@pytest.mark.parametrize("title", NEITHER)
def test_and_asked_where_no_word_says_which(title: str) -> None:
    reading = money(title, "Keuangan", "Rp")
    assert asked(reading)
    assert not (column_d(reading) or "").startswith("realisasi")


@pytest.mark.parametrize("title", [*PLANS, *RESULTS, *NEITHER])
def test_a_heading_that_says_which_needs_no_title(title: str) -> None:
    assert column_d(money(title, "Realisasi Keuangan", "Rp")) == "realisasi_anggaran_bulan 1"
    assert column_d(money(title, "Rencana Penyerapan", "Rp")) == "anggaran_bulan 1"
    assert column_d(money(title, "RAK", "Rp", period="TW I")) == "anggaran_tw 1"
    assert column_d(money(title, "Proyeksi Keuangan", "Rp", period="TW I")) == "anggaran_tw 1"


def test_a_budget_beside_its_realisasi_below_one_quarter_is_the_plan_of_the_quarter() -> None:
    reading = read("""
        | LAPORAN REALISASI ANGGARAN
        | Kode | Nama Subkegiatan | Pagu | TW I | < | TW II | <
        | ^ | ^ | ^ | Anggaran | Realisasi | Anggaran | Realisasi
        | 1.02.02.2.01.0001 | Pembangunan Puskesmas | 1200000000 | 100000000 | 90000000 | 100000000 | 80000000
        """)
    columns = table(reading).columns
    assert (columns["anggaran_tw 1"], columns["realisasi_anggaran_tw 1"]) == ("D", "E")
    assert (columns["anggaran_tw 2"], columns["realisasi_anggaran_tw 2"]) == ("F", "G")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Keuangan > Capaian % > Target SKPD", None),
        ("Keuangan > % Capaian > Target", None),
        ("Penyerapan > Target", None),
        ("Anggaran belum terealisasi", None),
        ("Jumlah Sisa Anggaran", None),
        ("Fisik > Rencana > %", None),
        ("FISIK > REN > %", None),
        ("FISIK > REAL > %", "realisasi_fisik"),
        ("KEUANGAN > REAL. > Rp", "realisasi_anggaran"),
        ("KEUANGAN > REN > TW I > Rp", "anggaran_tw"),
        ("KEUANGAN > REAL > TW I > Rp", "realisasi_anggaran_tw"),
        ("Rencana Aksi TW I > Realisasi Kinerja", "realisasi_tw"),
        ("Realisasi Kinerja > TW I > Target", "target_tw"),
    ],
)
def test_a_heading_is_read_with_all_its_parents(heading: str, field: str | None) -> None:
    labels = heading.split(" > ")
    below = "\n".join(f"| {'^ | ^ | ^'} | {label} | {'^'}" for label in labels[1:])
    reading = read(f"""
        | LAPORAN REALISASI FISIK DAN KEUANGAN
        | No | SKPD | Pagu | {labels[0]} | Keterangan
        {below}
        | 1 | Dinas Pendidikan | 1000000000 | 45 |
        | 2 | Dinas Kesehatan | 2000000000 | 44 |
        """)
    name = column_d(reading)
    assert (name.split(" ")[0] if name else None) == field


PERCENTS = ("%", "Persen", "Persen (%)", "(%)", "%/Tahun", "% / Tahun", "Prosentase", "persen per tahun", "Pers en")
MORE_PERCENTS = ("% KK", "Persen desa", "Persen/tahun", "%.", "Prosen (%)", "Nilai (%)", "% capaian", "PERSEN\u00a0(%)")


@pytest.mark.parametrize("unit", [*PERCENTS, *MORE_PERCENTS])
def test_a_unit_is_a_percentage_by_its_words(unit: str) -> None:
    assert is_percent_unit(unit)
    measured = read_measure(0.95, percent=True, satuan=unit)
    assert (measured.value, measured.kode) == (Decimal(95), None)


@pytest.mark.parametrize(
    "unit",
    ["Orang (%)", "%/Dokumen", "Persen dan Orang", "Indeks", "Cakupan", "Nilai", "Hari", "Personil", "Perseroan"],
)
def test_what_is_shown_as_a_percentage_of_no_such_unit_is_held_back(unit: str) -> None:
    assert not is_percent_unit(unit)
    measured = read_measure(0.95, percent=True, satuan=unit)
    assert (measured.value, measured.kode) == (None, "BCA-056")
    assert read_measure(0, percent=True, satuan=unit).kode is None
    assert read_measure(0.95, percent=False, satuan=unit).value == Decimal("0.95")


def test_so_in_an_issued_form_and_what_counts_stays_the_number() -> None:
    target = Field(name="target", label="Target", kind="measure")
    assert read_cell(0.95, target, "Cakupan", percent=True).kode == "BCA-056"
    assert read_cell(0.95, target, "Persen (%)", percent=True).columns["target_nilai"] == Decimal(95)
    assert read_cell(12, target, "Dokumen", percent=True).columns["target_nilai"] == Decimal(12)
    assert read_measure(12, percent=True, satuan="Dokumen").kode == "BCA-020"


def groups(*names: str, figures: str = "300 | 120 | 700 | 350 | 1000 | 470") -> FormReading:
    heads = " | ".join(f"{name} | <" for name in names)
    below = " | ".join("Anggaran | Realisasi" for _ in names)
    return read(f"""
        | REKAPITULASI BELANJA TAHUN 2025
        | Kode | Uraian Program, Kegiatan dan Sub Kegiatan | {heads}
        | ^ | ^ | {below}
        | 1.02.02.2.01.0001 | Pembangunan Puskesmas | {figures}
        | 1.02.02.2.01.0002 | Pengelolaan Obat | 200 | 20 | 0 | 0 | 200 | 20
        """)


@pytest.mark.parametrize("total", ["Total", "Jumlah", "Grand Total", "TOTAL BELANJA"])
@pytest.mark.parametrize(
    "parts", [("Operasi", "Modal"), ("APBD", "APBN"), ("Belanja Pegawai", "Belanja Barang dan Jasa")]
)
def test_of_parallel_groups_the_total_is_read_and_its_parts_are_not(total: str, parts: tuple[str, str]) -> None:
    last, first = groups(*parts, total), groups(total, *parts, figures="1000 | 470 | 300 | 120 | 700 | 350")
    assert (table(last).columns["pagu"], table(last).columns["realisasi_anggaran"]) == ("G", "H")
    assert not asked(last)
    assert (table(first).columns["pagu"], table(first).columns["realisasi_anggaran"]) == ("C", "D")
    assert not asked(first)


def test_a_total_that_is_not_its_parts_is_asked() -> None:
    reading = groups("Operasi", "Modal", "Total", figures="300 | 120 | 700 | 350 | 1001 | 570")
    assert asked(reading)
    assert set(table(reading).undecided) == {"H"}


def test_parts_without_a_total_are_asked() -> None:
    reading = groups("Operasi", "Modal", figures="300 | 120 | 700 | 350")
    assert asked(reading)


def test_of_murni_and_perubahan_the_later_is_read() -> None:
    reading = groups("Murni", "Perubahan", figures="300 | 120 | 700 | 350")
    assert table(reading).columns["pagu"] == "E"


@pytest.mark.parametrize(
    ("head", "children"), [("Anggaran", "Operasi | Modal | Jumlah"), ("Pagu", "APBD | APBN | Total")]
)
def test_so_where_the_total_stands_below_the_measure(head: str, children: str) -> None:
    reading = read(f"""
        | LAPORAN REALISASI ANGGARAN TAHUN 2025
        | Kode | Nama Sub Kegiatan | {head} | < | < | Realisasi | < | <
        | ^ | ^ | {children} | {children}
        | 1.02.02.2.01.0001 | Pembangunan Puskesmas | 300 | 700 | 1000 | 120 | 350 | 470
        """)
    assert (table(reading).columns["pagu"], table(reading).columns["realisasi_anggaran"]) == ("E", "H")
    assert not asked(reading)


def bulleted(marks: tuple[str, str], head: str = "Indikator Kinerja | <", first: str = "Nilai SAKIP") -> FormReading:
    return read(f"""
        | PENGUKURAN KINERJA TAHUN 2025
        | No | Sasaran | {head} | Satuan | Target | Realisasi
        | 1 | Meningkatnya mutu | {marks[0]} | Penyusunan rencana kerja | Dokumen | 4 | 1
        |  |  | {marks[1]} | {first} | Nilai | 75 | 74
        """)


BULLETS = (
    ("a.", "b."),
    ("-", "-"),
    ("1.1", "1.2"),
    ("1.1.", "1.2."),
    ("1)", "2)"),
    ("1", "2"),
    ("(1)", "(2)"),
    ("•", "•"),
    ("-", "•"),
    ("i.", "ii."),
    ("A", "B"),
)


@pytest.mark.parametrize("marks", BULLETS)
@pytest.mark.parametrize("head", ["Indikator Kinerja | <", "Indikator Kinerja | "])
def test_a_bullet_is_no_name_where_its_heading_stands_over_both(marks: tuple[str, str], head: str) -> None:
    reading = bulleted(marks, head)
    assert [shown(r, "indikator") for r in reading.rows] == ["Penyusunan rencana kerja", "Nilai SAKIP"]
    assert not asked(reading)


def test_nor_are_numbers_without_a_name_beside_them() -> None:
    reading = read("""
        | No | Indikator Kinerja | Satuan | Target | Realisasi
        | 1 | a. | Dokumen | 4 | 1
        | 2 | b. | Nilai | 75 | 74
        """)
    assert asked(reading)
    assert table(reading).undecided == ("B",)


def test_names_that_stand_in_place_of_a_bullet_are_asked() -> None:
    marks = "\n".join(f"| {n} |  | {n}. | Kegiatan nomor {n} | Dokumen | 4 | 1" for n in range(1, 9))
    reading = read(f"""
        | No | Sasaran | Indikator Kinerja | < | Satuan | Target | Realisasi
        {marks}
        | 9 |  | Nilai SAKIP | < | Nilai | 75 | 74
        """)
    assert asked(reading)


@pytest.mark.parametrize(("held", "is_asked"), [("84", True), ("84,5", True), ("baik", True), ("", False)])
def test_a_filled_column_inside_the_table_without_a_heading_is_asked(held: str, is_asked: bool) -> None:
    reading = read(f"""
        | No | Indikator Kinerja | Satuan | Target |  | Realisasi
        | 1 | Cakupan K6 | % | 95 | {held} | 88
        | 2 | Indeks kepuasan | Indeks | 85 | {held} | 83
        """)
    assert asked(reading) is is_asked


def test_what_the_heading_at_its_left_spans_needs_no_heading() -> None:
    reading = read("""
        | No | Indikator Kinerja | Satuan | Target | < | Realisasi
        | 1 | Cakupan K6 | % | 95 | < | 88
        """)
    assert not asked(reading)


@pytest.mark.parametrize(("period", "name"), [("Januari", "bulan"), ("TW I", "tw")])
@pytest.mark.parametrize(("parent", "field"), [("Rencana", "anggaran"), ("Realisasi", "realisasi_anggaran")])
def test_rupiah_after_a_budget_are_money_though_no_word_says_so(
    parent: str, field: str, period: str, name: str
) -> None:
    assert column_d(money("LAPORAN", parent, period=period)) == f"{field}_{name} 1"


@pytest.mark.parametrize("title", ["RENCANA DAN REALISASI PENYERAPAN", "TARGET DAN REALISASI PENYERAPAN ANGGARAN"])
def test_spending_under_a_title_of_both_is_asked(title: str) -> None:
    assert asked(money(title, "Penyerapan", period="TW I"))


def test_quarters_of_a_share_are_no_realisasi() -> None:
    reading = read("""
        | MONITORING RENCANA AKSI 2025
        | No | Indikator Kinerja | Satuan | Target | Realisasi | < | Capaian (%) | <
        | ^ | ^ | ^ | ^ | TW I | TW II | TW I | TW II
        | 1 | Indeks kepuasan | Indeks | 10 | 5 | 6 | 50 | 60
        """)
    assert {name: letter for name, letter in table(reading).columns.items() if name.startswith("real")} == {
        "realisasi_tw 1": "E",
        "realisasi_tw 2": "F",
    }
    assert not asked(reading)


def test_below_targets_of_work_and_money_k_is_the_work_and_rp_the_money() -> None:
    reading = read("""
        | RENCANA AKSI 2025
        | No | Indikator Kinerja | Satuan | Target Kinerja dan Anggaran | < | < | <
        | ^ | ^ | ^ | TW I | < | TW II | <
        | ^ | ^ | ^ | K | Rp | K | Rp
        | 1 | Indeks kepuasan | Indeks | 10 | 1000000 | 20 | 2000000
        """)
    columns = table(reading).columns
    assert [columns[f"target_tw {q}"] + columns[f"anggaran_tw {q}"] for q in (1, 2)] == ["DE", "FG"]


def test_a_code_beside_a_name_below_one_heading_is_the_code() -> None:
    reading = read("""
        | LAPORAN REALISASI ANGGARAN TAHUN 2025
        | Program/Kegiatan/Sub Kegiatan | < | Pagu | Realisasi
        | 1.02.02 | Pemenuhan Upaya Kesehatan | 300 | 120
        | 1.02.02.2.01 | Penyediaan Fasilitas | 300 | 120
        """)
    assert [(r.level, shown(r, "kode"), shown(r, r.level)) for r in reading.rows] == [
        ("program", "1.02.02", "Pemenuhan Upaya Kesehatan"),
        ("kegiatan", "1.02.02.2.01", "Penyediaan Fasilitas"),
    ]


LEFT = """
    | {title}
    | No | Program | Anggaran TW I | Anggaran TW II | {last}
    | 1 | Program Pelayanan Publik | 1000000 | 2000000 | 500000
    | 2 | Program Penunjang Urusan | 3000000 | 4000000 | 600000
    """


@pytest.mark.parametrize(
    ("title", "sheet", "last", "left"),
    [
        ("Sisa Anggaran per Triwulan Tahun 2025", "Lembar", "Anggaran TW III", True),
        ("Rekapitulasi saldo belanja", "Lembar", "Anggaran TW III", True),
        ("Dinas Arsip", "Sisa Anggaran", "Anggaran TW III", True),
        ("Dinas Arsip", "Sisa", "Anggaran TW III", True),
        ("Dinas Arsip", "Anggaran", "Anggaran TW III", False),
        ("Anggaran dan Sisa Anggaran", "Lembar", "Sisa Anggaran", False),
        ("Sisa Anggaran, Anggaran Kas, dan Pagu", "Lembar", "Sisa Anggaran", False),
        ("Anggaran Kas Penanganan Sisa Makanan", "Lembar", "Sisa Anggaran", False),
        ("Sisa Anggaran Tahun 2025", "Lembar", "Realisasi Anggaran", False),
    ],
)
def test_what_is_left_of_a_budget_by_its_title_is_no_budget(title: str, sheet: str, last: str, left: bool) -> None:
    reading = read(LEFT.format(title=title, last=last), sheet)
    assert asked(reading) is left
    assert ("anggaran_tw 1" in table(reading).columns) is not left
    if left:
        assert table(reading).undecided == ("C", "D", "E")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Sisa anggaran per triwulan", None),
        ("Saldo anggaran", None),
        ("Jumlah dana sisa", None),
        ("Anggaran", "pagu"),
    ],
)
def test_a_budget_below_a_heading_of_what_is_left_is_none(heading: str, field: str | None) -> None:
    reading = read(f"""
        | No | Program | {heading} | <
        | ^ | ^ | Anggaran | Fisik
        | 1 | Program Pelayanan Publik | 1000000 | 20
        | 2 | Program Penunjang Urusan | 3000000 | 40
        """)
    assert table(reading).columns.get(field or "pagu") == ("C" if field else None)
