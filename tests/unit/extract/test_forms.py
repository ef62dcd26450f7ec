"""The general reader, one habit of real forms at a time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.extract.forms.reader import read_form
from pipelines.extract.sheets import Source
from schemas.form_layout import confirm_layout, dump_layout, parse_layout
from schemas.headings import find_period, fold_heading, without_period
from schemas.reading import FormReading, Record, Value
from schemas.workbook import Grid
from tests.lib.sheets import draw

SOURCE = Source("uji", None, 2025, 2, "uji.xlsx")


def read(*grids: Grid, **more: object) -> FormReading:
    return read_form({g.sheet: g for g in grids}, SOURCE, **more)  # type: ignore[arg-type]


def shown(record: Record, name: str) -> object:
    held = record.fields.get(name)
    if isinstance(held, Value):
        return held.value
    return {k: v.value for k, v in held.items()} if isinstance(held, dict) else held


def rows(reading: FormReading, *names: str) -> list[tuple[object, ...]]:
    return [(r.row, *(shown(r, n) for n in names)) for r in reading.rows]


def codes(reading: FormReading) -> list[str]:
    return [f.kode for f in reading.findings]


def test_a_table_of_indicators_with_its_title_totals_and_signature() -> None:
    reading = read(
        draw("""
        | PERJANJIAN KINERJA TAHUN 2025
        | DINAS CONTOH KABUPATEN SAMPEL
        |
        | No | Sasaran Strategis | Indikator Kinerja | Satuan | Target
        | 1 | 2 | 3 | 4 | 5
        | 1 | Meningkatnya mutu layanan | Indeks kepuasan | Indeks | 85,5
        |  |  | Persentase aduan selesai | % | 90
        | 2 | Terwujudnya tertib arsip | Nilai arsip | Nilai | 70
        |  | Jumlah |  |  | 245,5
        |
        |  |  | Sampel, 5 Januari 2025
        |  |  | Kepala Dinas
        |  |  | NIP. 19700101 199503 1 001
        """)
    )
    assert rows(reading, "sasaran", "indikator", "satuan", "target_tahunan") == [
        (6, "Meningkatnya mutu layanan", "Indeks kepuasan", "Indeks", Decimal("85.5")),
        (7, "Meningkatnya mutu layanan", "Persentase aduan selesai", "%", Decimal(90)),
        (8, "Terwujudnya tertib arsip", "Nilai arsip", "Nilai", Decimal(70)),
    ]
    left = {row.row: row.reason for row in reading.left_out}
    assert left[1] == "judul"
    assert left[5] == "baris nomor kolom"
    assert left[9] == "baris jumlah"
    assert left[13] == "tanda tangan"
    assert reading.declared.skpd == ("DINAS CONTOH",)
    assert reading.declared.tahun == 2025


def test_what_a_blank_cell_inherits_says_from_where() -> None:
    reading = read(
        draw("""
        | No | Sasaran | Indikator | Target
        | 1 | Meningkatnya A | Indeks A | 1
        |   |  | Indeks B | 2
        """)
    )
    held = reading.rows[1].fields["sasaran"]
    assert isinstance(held, Value)
    assert (held.cell, held.inherited, held.how) == ("B2", True, "fill down")


def test_a_programme_right_of_the_indicator_is_an_attribute_and_not_inherited() -> None:
    reading = read(
        draw("""
        | No | Sasaran | Indikator | Target | Program | Anggaran
        | 1 | Meningkatnya A | Indeks A | 1 | Program Satu | 1000000
        |   |  | Indeks B | 2 |  |
        """)
    )
    assert "program" not in reading.rows[1].fields
    assert shown(reading.rows[1], "pagu") is None


def test_quarters_under_a_merged_heading_and_the_same_ones_without_merges() -> None:
    merged = draw("""
        | No | Indikator | Target Triwulan | < | < | <
        | ^ | ^ | I | II | III | IV
        | 1 | Indeks A | 1 | 2 | 3 | 4
        """)
    plain = draw("""
        | No | Indikator | Target Triwulan |  |  |
        |  |  | I | II | III | IV
        | 1 | Indeks A | 1 | 2 | 3 | 4
        """)
    expected = [(3, {"1": 1, "2": 2, "3": 3, "4": 4})]
    assert rows(read(merged), "target_tw") == expected
    assert rows(read(plain), "target_tw") == expected


@pytest.mark.parametrize("heading", ["Triwulan I", "TW 1", "Tw.I", "TRW (1)", "tribulan I"])
def test_a_quarter_is_named_in_many_ways(heading: str) -> None:
    reading = read(draw(f"| Indikator | Satuan | Realisasi {heading}\n| Indeks A | Nilai | 5"))
    assert rows(reading, "realisasi_tw") == [(2, {"1": 5})]


def test_quarters_as_rows_with_the_end_of_the_year() -> None:
    reading = read(
        draw("""
        | Indikator | Satuan | Target Tahun | Triwulan | Target | Realisasi
        | Indeks A | Nilai | 80 | Triwulan 1 | 20 | 18
        | ^ | ^ | ^ | Triwulan 2 | 40 | -
        | ^ | ^ | ^ | Kondisi Akhir |  | 79
        | Indeks B | Nilai | 9 | Triwulan 1 | 2 | 3
        """)
    )
    assert reading.tables[0].orientation == "quarter_as_rows"
    assert rows(reading, "target_tw", "realisasi_tw", "realisasi_tahunan") == [
        (2, {"1": 20, "2": 40}, {"1": 18, "2": None}, 79),
        (5, {"1": 2}, {"1": 3}, None),
    ]


def test_quarters_in_one_cell_keep_its_address() -> None:
    reading = read(
        draw(
            "| Indikator | Satuan | Target Triwulan\n| Indeks A | Nilai | Trw (1) = 2\\nTrw (2) = 3,5\\nTrw (3) = -\\nTrw (4) = 9"
        )
    )
    held = reading.rows[0].fields["target_tw"]
    assert isinstance(held, dict)
    assert {k: (v.cell, v.value) for k, v in held.items()} == {
        "1": ("C2", 2),
        "2": ("C2", Decimal("3.5")),
        "3": ("C2", None),
        "4": ("C2", 9),
    }


def test_one_sheet_per_quarter_takes_it_from_the_sheet() -> None:
    table = "| Indikator | Satuan | Target | Realisasi\n| Indeks A | Nilai | 9 | {}"
    reading = read(draw(table.format(4), "TW I"), draw(table.format(6), "TW II"))
    assert [shown(r, "realisasi_tw") for r in reading.rows] == [{"1": 4}, {"2": 6}]


def test_monthly_targets_give_the_quarters_only_where_they_are_plainly_cumulative() -> None:
    months = "Jan | Feb | Mar | Apr | Mei | Jun | Jul | Ags | Sep | Okt | Nov | Des"
    head = f"| Indikator | Target 2025 | Target Bulan | {' | '.join('<' * 11)}\n| ^ | ^ | {months}\n"
    rising = read(draw(head + "| A | 12 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12"))
    each = read(draw(head + "| A | 12 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1"))
    assert rows(rising, "target_tw") == [(3, {"1": 3, "2": 6, "3": 9, "4": 12})]
    assert rows(each, "target_tw") == [(3, None)]
    assert shown(each.rows[0], "target_bulan") == {str(m): 1 for m in range(1, 13)}


def test_a_banner_names_the_rows_below_it_and_is_no_row() -> None:
    reading = read(
        draw("""
        | No | Program | Pagu Anggaran | Penyerapan
        | Meningkatnya Kinerja | < | < | <
        | 1 | Program Satu | 100 | 50
        | Total Anggaran: | < | 100 | 50
        """)
    )
    assert rows(reading, "sasaran", "program", "pagu") == [(3, "Meningkatnya Kinerja", "Program Satu", 100)]


def test_a_code_split_over_columns_is_put_together() -> None:
    reading = read(
        draw("""
        | Kode Rekening | < | < | < | < | Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan | Indikator Kinerja | Satuan | Pagu
        | 5 | '03 |  |  |  | Bidang Kepegawaian |  |  |
        | 5 | '03 | '01 |  |  | PROGRAM PENUNJANG | Indeks | Poin | 30
        | 5 | '03 | '01 | 2.01 |  | Perencanaan | Persentase | % | 30
        | 5 | '03 | '01 | 2.01 | 2 | Penyusunan RKA | Jumlah dokumen | dokumen | 30
        """)
    )
    assert [(shown(r, "kode"), r.level) for r in reading.rows] == [
        ("5.03", "bidang_urusan"),
        ("5.03.01", "program"),
        ("5.03.01.2.01", "kegiatan"),
        ("5.03.01.2.01.02", "sub_kegiatan"),
    ]
    held = reading.rows[-1].fields["kode"]
    assert isinstance(held, Value)
    assert held.cell == "A5:E5"


def test_without_a_code_the_sums_tell_the_levels() -> None:
    grid = draw(
        """
        | Program/Kegiatan/Sub Kegiatan | Indikator Kinerja | Satuan | Anggaran
        | Program Penunjang Urusan | Nilai | Nilai | 30
        | Perencanaan dan Evaluasi | Tertib | Kali | 30
        | Penyusunan Dokumen | Jumlah dokumen | % | 10
        | Evaluasi Kinerja | Jumlah laporan | % | 20
        """,
        formulas={"D2": "=SUM(D3)", "D3": "=SUM(D4:D5)"},
    )
    assert [r.level for r in read(grid).rows] == ["program", "kegiatan", "sub_kegiatan", "sub_kegiatan"]


def test_levels_that_rest_on_the_kind_of_indicator_lower_the_score() -> None:
    sure = read(
        draw(
            "| Program / Kegiatan | Indikator | Satuan | Pagu\n| Program Satu | Nilai | Nilai | 1\n| Kegiatan Dua | X | % | 1"
        )
    )
    judged = read(
        draw(
            "| Program / Kegiatan | Indikator | Satuan | Pagu\n| Program Satu | Nilai | Nilai | 1\n| Pembinaan | X | % | 1"
        )
    )
    assert judged.rows[1].level == "kegiatan"
    assert judged.tables[0].score < sure.tables[0].score


def test_a_row_of_numbers_without_a_name_is_a_total() -> None:
    reading = read(draw("| Program | Pagu\n| Program Satu | 10\n| Program Dua | 20\n|  | 30"))
    assert [r.row for r in reading.rows] == [2, 3]
    assert [(x.row, x.reason) for x in reading.left_out if x.row == 4] == [
        (4, "baris angka tanpa nama (jumlah tanpa label)")
    ]


def test_an_indicator_that_begins_with_jumlah_is_data() -> None:
    reading = read(
        draw(
            "| No | Indikator | Satuan | Target\n| 1 | Jumlah dokumen perencanaan yang disusun | Dokumen | 4\n|  | Jumlah |  | 4"
        )
    )
    assert [r.row for r in reading.rows] == [2]


def test_notes_full_of_numbers_are_not_read_as_figures() -> None:
    reading = read(draw("| Indikator | Realisasi TW I | Keterangan\n| Indeks A | 5 | 524 dari 4.395, lihat 63/7.221"))
    assert shown(reading.rows[0], "realisasi_tw") == {"1": 5}
    assert not reading.findings


def test_hidden_rows_are_read_marked_and_told_but_removed_ones_are_not_data() -> None:
    grid = draw(
        "| Indikator | Satuan | Target\n| Indeks A | Nilai | 1\n| Indeks B | Nilai | 2\n| Indeks C (dihapus) | Nilai | 3",
        hidden_rows=frozenset({3, 4}),
    )
    reading = read(grid)
    assert [(r.row, r.hidden) for r in reading.rows] == [(2, False), (3, True)]
    assert sorted(codes(reading)) == ["BCA-030", "BCA-033"]


def test_a_formula_without_value_is_worked_out_or_asked() -> None:
    grid = draw(
        "| Program | Pagu | Realisasi Keuangan\n| Program Satu | 10 |\n| Program Dua | 5 |",
        formulas={"C2": "=B2+B3", "C3": "=OFFSET(B2,1,0)"},
        uncached=frozenset({"C2", "C3"}),
    )
    reading = read(grid)
    assert rows(reading, "realisasi_anggaran") == [(2, 15), (3, None)]
    assert sorted(codes(reading)) == ["BCA-036", "BCA-037"]


def test_money_in_thousands_is_scaled_and_says_so() -> None:
    reading = read(draw("| ANGGARAN (dalam ribuan rupiah)\n| Program | Pagu\n| Program Satu | '1.250"))
    held = reading.rows[0].fields["pagu"]
    assert isinstance(held, Value)
    assert (held.value, held.extra) == (Decimal(1250000), {"skala": Decimal(1000)})


def test_two_tables_side_by_side_and_stacked() -> None:
    reading = read(
        draw("""
        | No | Indikator | Target |  | No | Program | Anggaran
        | 1 | Indeks A | 5 |  | 1 | Program Satu | 100
        |
        | No | Program | Pagu
        | 1 | Program Dua | 200
        """)
    )
    assert [(t.header_rows, t.first_data_row) for t in reading.tables] == [((1,), 2), ((1,), 2), ((4,), 5)]
    assert rows(reading, "indikator", "program", "pagu") == [
        (2, "Indeks A", None, None),
        (2, None, "Program Satu", 100),
        (5, None, "Program Dua", 200),
    ]


def test_of_two_years_side_by_side_the_reported_one_is_read() -> None:
    reading = read(
        draw("""
        | Capaian Tahun 2025 dibandingkan Tahun 2024
        | Indikator | Satuan | Tahun 2024 | < | Tahun 2025 | <
        | ^ | ^ | Target | Realisasi | Target | Realisasi
        | Indeks A | Nilai | 1 | 2 | 3 | 4
        """)
    )
    assert rows(reading, "target_tahunan", "realisasi_tahunan") == [(4, 3, 4)]


def test_two_columns_that_mean_the_same_are_a_doubt_and_not_a_guess() -> None:
    reading = read(draw("| Indikator | Satuan | Target | Target Kinerja | Bobot\n| Indeks A | Nilai | 5 | 6 | 1"))
    assert "kolom C dan D" in reading.tables[0].unsure[0]
    assert not reading.tables[0].certain
    assert codes(reading) == ["BCA-032"]


def test_figures_under_a_heading_nobody_knows_are_told() -> None:
    reading = read(draw("| Indikator | Satuan | Target | Zzz Qqq\n| Indeks A | Nilai | 5 | 77"))
    assert any("Zzz" in words or "zzz" in words for words in reading.tables[0].unsure)


def test_a_doubtful_column_stays_open_in_a_layout_until_a_person_decides() -> None:
    grid = draw("| Indikator | Satuan | Target | Target Kinerja\n| Indeks A | Nilai | 5 | 6")
    layout = confirm_layout(read(grid), "contoh-uji")
    text = dump_layout(layout)
    assert parse_layout(text) == layout
    assert layout.tabel[0].fields == ("indikator", "satuan", "target_tahunan", "?")
    reading = read(grid, layouts=[layout])
    (table,) = reading.tables
    assert (table.layout, table.certain, table.undecided) == ("contoh-uji", False, ("D",))
    assert codes(reading) == ["BCA-032"] and "kolom D (“target kinerja”) belum diputuskan" in table.unsure[0]

    decided = read(grid, layouts=[parse_layout(text.replace('medan = "?" }', 'medan = "" }'))])
    assert decided.tables[0].certain and codes(decided) == []
    assert rows(decided, "target_tahunan") == [(2, 5)]


def test_a_heading_nobody_knows_is_never_confirmed_as_not_read() -> None:
    form = draw("| Indikator | Satuan | Target | Zzz Qqq\n| Indeks A | Nilai | 5 | 77")
    layout = confirm_layout(read(form), "contoh-uji")
    assert [k.medan for k in layout.tabel[0].kolom if k.label == "zzz qqq"] == ["?"]


def test_quarters_that_may_be_of_either_are_decided_by_a_person() -> None:
    form = "| Indikator | Satuan | Target | TW I | TW II | Realisasi\n| Indeks A | Nilai | 5 | 1 | 2 | 3"
    layout = confirm_layout(read(draw(form)), "contoh-uji")
    assert [k.medan for k in layout.tabel[0].kolom if k.label == "tw#"] == ["?", "?"]


def test_a_confirmed_column_without_quarter_holds_that_of_the_titles() -> None:
    def form(quarter: str) -> Grid:
        return draw(f"| Pengukuran {quarter} Tahun 2025\n| Indikator | Satuan | Realisasi\n| Indeks A | Nilai | 5")

    second = read(form("Triwulan II"))
    layout = confirm_layout(second, "contoh-uji")
    assert rows(read(form("Triwulan II"), layouts=[layout]), "realisasi_tw") == rows(second, "realisasi_tw")
    assert rows(read(form("Triwulan III"), layouts=[layout]), "realisasi_tw") == [(3, {"3": 5})]
    assert rows(read(form(""), layouts=[layout]), "realisasi_periode") == [(3, 5)]


def test_a_confirmed_target_whose_quarter_nobody_names_is_not_taken() -> None:
    text = """
    nama = "lain"
    [[tabel]]
    kolom = [{ label = "indikator", medan = "indikator" }, { label = "satuan", medan = "satuan" },
             { label = "zzz", medan = "target_tw" }]
    """
    reading = read(draw("| Indikator | Satuan | Zzz\n| Indeks A | Nilai | 5"), layouts=[parse_layout(text)])
    assert not reading.tables[0].certain
    assert "kolom C (“zzz”) tidak menyebut triwulannya" in reading.tables[0].unsure


def test_a_confirmed_layout_can_say_what_the_program_could_not() -> None:
    text = """
    nama = "lain"
    [[tabel]]
    kolom = [{ label = "indikator", medan = "indikator" }, { label = "satuan", medan = "satuan" },
             { label = "zzz tw#", medan = "realisasi_tw" }]
    """
    reading = read(draw("| Indikator | Satuan | Zzz TW II\n| Indeks A | Nilai | 5"), layouts=[parse_layout(text)])
    assert rows(reading, "realisasi_tw") == [(2, {"2": 5})]


def test_a_layout_with_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="realisaci"):
        parse_layout('nama = "x"\n[[tabel]]\nkolom = [{ label = "a", medan = "realisaci" }]')


def test_actions_share_what_is_merged_and_keep_what_is_theirs() -> None:
    reading = read(
        draw("""
        | Sasaran | Indikator | Satuan | Anggaran | Rencana Aksi | Target Triwulan | <
        | ^ | ^ | ^ | ^ | ^ | I | II
        | Meningkatnya A | Indeks A | Nilai | Rp 100 | Aksi satu | 1 | -
        | ^ | ^ | ^ | ^ | Aksi dua | 2 | 3
        """)
    )
    assert [(r.row, r.level, shown(r, "pagu"), shown(r, "rencana_aksi")) for r in reading.rows] == [
        (3, "sasaran_indikator", 100, None),
        (3, "aksi", None, "Aksi satu"),
        (4, "aksi", None, "Aksi dua"),
    ]


def test_a_workbook_without_any_table_has_one_finding() -> None:
    reading = read(draw("| Surat pengantar\n| Bersama ini kami sampaikan"))
    assert codes(reading) == ["BCA-039"]
    assert not reading.rows


@pytest.mark.parametrize(
    ("heads", "quarter"),
    [
        (["Target Q2"], "2"),
        (["target_tw3"], "3"),
        (["targetTw1"], "1"),
        (["Target Jul-Sep"], "3"),
        (["Tgt TW. 4"], "4"),
    ],
)
def test_headings_of_programs_and_abbreviations_are_spelled_out(heads: list[str], quarter: str) -> None:
    reading = read(draw(f"| Ind. Kinerja | Sat. | {heads[0]}\n| Indeks A | Nilai | 7"))
    assert rows(reading, "target_tw") == [(2, {quarter: 7})]


def test_target_and_realisasi_as_letters_under_their_quarter() -> None:
    reading = read(
        draw("""
        | Sasaran | Indikator | Sat | TW I | < | < | TW II | < | <
        | ^ | ^ | ^ | T | R | % | T | R | %
        | Meningkatnya A | Indeks A | Nilai | 5 | 4 | 80 | 6 | 6 | 100
        """)
    )
    assert rows(reading, "target_tw", "realisasi_tw") == [(3, {"1": 5, "2": 6}, {"1": 4, "2": 6})]


def test_a_heading_over_all_groups_says_nothing() -> None:
    reading = read(
        draw("""
        | Program/Kegiatan | Indikator | Target dan Realisasi Kinerja dan Anggaran | < | < | <
        | ^ | ^ | Target Renja Tahun 2025 | < | Realisasi Triwulan I | <
        | ^ | ^ | K | Rp | K | Rp
        | Program Satu | Indeks | 5 | 100 | 2 | 40
        """)
    )
    assert rows(reading, "target_tahunan", "pagu", "realisasi_tw", "realisasi_anggaran_tw") == [
        (4, 5, 100, {"1": 2}, {"1": 40})
    ]


def test_money_scaled_by_its_own_heading() -> None:
    reading = read(draw("| Program | Indikator | Target | Anggaran Rp. (000)\n| Program Satu | Indeks | 5 | 2150500"))
    assert rows(reading, "pagu", "target_tahunan") == [(2, 2150500000, 5)]


def test_indents_tell_the_levels_where_nothing_else_does() -> None:
    grid = draw("| Program / Kegiatan / Sub Kegiatan | Pagu | Realisasi Keu\n| x | 1 | 1\n| x | 1 | 1\n| x | 1 | 1")
    names = ("PROGRAM SATU", "    Penanganan", "        Koordinasi")
    lines = [grid.rows[0], *([name, 1, 1] for name in names)]
    assert [r.level for r in read(Grid("Lembar", lines)).rows] == ["program", "kegiatan", "sub_kegiatan"]


def test_a_code_inside_the_name_tells_the_level() -> None:
    reading = read(draw("| Program / Kegiatan | Anggaran\n| 1.05.02 PROGRAM SATU | 5\n| 1.05.02.2.01 Penanganan | 5"))
    assert [(r.level, shown(r, "kode")) for r in reading.rows] == [
        ("program", "1.05.02"),
        ("kegiatan", "1.05.02.2.01"),
    ]


def test_a_header_printed_again_goes_on_with_the_sasaran_above() -> None:
    reading = read(
        draw("""
        | No | Sasaran | Indikator | Target
        | 1 | Meningkatnya A | Indeks A | 1
        | Halaman 1 dari 2
        | No | Sasaran | Indikator | Target
        | 2 |  | Indeks B | 2
        """)
    )
    assert rows(reading, "sasaran", "indikator") == [
        (2, "Meningkatnya A", "Indeks A"),
        (5, "Meningkatnya A", "Indeks B"),
    ]


def test_a_group_heading_above_a_header_names_the_rows_below() -> None:
    reading = read(
        draw("""
        | TUJUAN 1 : Meningkatkan mutu
        | SASARAN 1.1 : Meningkatnya A
        | No | Indikator | Target
        | 1 | Indeks A | 1
        | SASARAN 1.2 : Meningkatnya B
        | No | Indikator | Target
        | 1 | Indeks B | 2
        """)
    )
    assert rows(reading, "tujuan", "sasaran") == [
        (4, "Meningkatkan mutu", "Meningkatnya A"),
        (7, "Meningkatkan mutu", "Meningkatnya B"),
    ]


def test_targets_and_realisasi_as_rows_of_one_indicator() -> None:
    reading = read(
        draw("""
        | Indikator | Satuan | Target 2025 | Uraian | Jan-Mar | Apr-Jun
        | Indeks A | Nilai | 9 | Target | 1 | 2
        | ^ | ^ | ^ | Realisasi | 1,5 | -
        """)
    )
    assert rows(reading, "target_tw", "realisasi_tw") == [
        (2, {"1": 1, "2": 2}, {"1": Decimal("1.5"), "2": None}),
    ]


def test_a_table_of_something_else_below_is_not_read_as_the_same_one() -> None:
    reading = read(
        draw("""
        | No | Program | Anggaran
        | 1 | Program Satu | 100
        | C. KEADAAN PEGAWAI
        | No | Golongan | Laki-laki
        | 1 | IV | 7
        """)
    )
    assert [r.row for r in reading.rows] == [2]
    assert (5, "di luar tabel") in {(left.row, left.reason) for left in reading.left_out}


def test_of_a_budget_before_and_after_its_change_the_later_is_in_force() -> None:
    reading = read(draw("| Program | Pagu Murni | Pagu Perubahan\n| Program Satu | 100 | 120"))
    assert rows(reading, "pagu") == [(2, 120)]


def test_digits_under_triwulan_are_quarters_and_a_slip_for_iv_is_known() -> None:
    digits = read(
        draw("| Indikator | Satuan | Target Triwulan | < | <\n| ^ | ^ | 1 | 2 | 3\n| Indeks A | Nilai | 5 | 6 | 7")
    )
    slip = read(draw("| Indikator | Satuan | Realisasi Triwulan | <\n| ^ | ^ | III | VI\n| Indeks A | Nilai | 5 | 6"))
    assert rows(digits, "target_tw") == [(3, {"1": 5, "2": 6, "3": 7})]
    assert rows(slip, "realisasi_tw") == [(3, {"3": 5, "4": 6})]


def test_names_in_a_staircase_are_each_their_rows_own() -> None:
    reading = read(
        draw("""
        | No | Kegiatan Utama | Indikator Kegiatan Utama | Rencana Hasil Kerja | Outcome/Output | Satuan | Target 2025
        | 1 | Meningkatnya A | Indeks A |  |  | Nilai | 9
        | 1.1 |  |  | Penyaluran paket | Jumlah paket | Paket | 5
        """)
    )
    assert [(r.level, shown(r, "indikator"), shown(r, "target_tahunan")) for r in reading.rows] == [
        ("sasaran_indikator", "Indeks A", 9),
        ("aksi", "Jumlah paket", 5),
    ]


def test_one_unit_a_sheet_is_named_by_its_sheet_but_a_quarter_is_no_unit() -> None:
    table = "| Program | Indikator | Pagu\n| Program Satu | Indeks | 5"
    units = read(draw(table, "Bid. Pemuda"), draw(table, "Bid. Prasarana"))
    quarters = read(draw(table, "TW I"), draw(table, "TW II"))
    assert [shown(r, "skpd") for r in units.rows] == ["Bid. Pemuda", "Bid. Prasarana"]
    assert [shown(r, "skpd") for r in quarters.rows] == [None, None]


def test_of_several_units_the_one_beside_the_annual_target_is_the_rows() -> None:
    reading = read(
        draw("""
        | Indikator | Target Renstra > 2029 | < | Target Renja 2025 | <
        | ^ | Volume | Satuan | Volume | Satuan
        | Indeks A | 5 | Poin | 4 | Nilai
        """)
    )
    assert rows(reading, "target_tahunan", "satuan") == [(3, 4, "Nilai")]


def test_years_written_as_text_head_groups_and_the_reported_one_is_read() -> None:
    reading = read(
        draw("""
        | TARGET DAN REALISASI KINERJA TAHUN 2024
        | No | Indikator Kinerja | Satuan | '2023 | < | '2024 | < | <
        | ^ | ^ | ^ | Target | Realisasi | Target | Realisasi | Capaian (%)
        | 1 | Indeks A | Nilai | 60 | 61 | 70 | 72 | 102.9
        """)
    )
    assert rows(reading, "target_tahunan", "realisasi_tahunan") == [(4, 70, 72)]
    assert set(reading.tables[0].unread) == {"D", "E", "H"}
    assert codes(reading) == ["BCA-055"]


def test_quarters_without_a_word_are_what_the_figures_beside_them_say() -> None:
    header = "| Indikator | Target | TW I | TW II | TW III | TW IV | Realisasi\n"
    measured = read(draw(header + "| Indeks A | 85 | 20 | 41 | 63 |  | 63"))
    planned = read(draw(header + "| Indeks A | 85 | 20 | 40 | 60 | 85 | 81"))
    either = read(draw(header + "| Indeks A | 85 | 20 | 40 | 60 | 80 | 81"))
    assert rows(measured, "realisasi_tw", "realisasi_tahunan") == [(2, {"1": 20, "2": 41, "3": 63, "4": None}, 63)]
    assert rows(planned, "target_tw") == [(2, {"1": 20, "2": 40, "3": 60, "4": 85})]
    assert [t.certain for f in (measured, planned, either) for t in f.tables] == [True, True, False]


def test_a_second_table_reports_on_the_quarter_of_its_sheet_under_its_own_heading() -> None:
    table = "| No | Indikator | Satuan | Target | Realisasi\n| 1 | Indeks {} | Nilai | 5 | 4\n"
    heading = "| Kinerja Utama {} : Meningkatnya {}\n"
    sheet = "| CAPAIAN TRIWULAN III TAHUN 2024\n" + "".join(
        heading.format(n, name) + table.format(name) + "|\n" for n, name in ((1, "A"), (2, "B"))
    )
    reading = read(draw(sheet))
    assert rows(reading, "sasaran", "indikator", "realisasi_tw") == [
        (4, "Meningkatnya A", "Indeks A", {"3": 4}),
        (8, "Meningkatnya B", "Indeks B", {"3": 4}),
    ]
    assert reading.tables[1].title == "Kinerja Utama 2 : Meningkatnya B"


def test_how_an_indicator_is_measured_its_definition_and_its_source_are_three_things() -> None:
    header = "| Indikator Kinerja Utama | Alasan Pemilihan | Definisi Operasional | Formulasi | Sumber Data\n"
    reading = read(draw(header + "| Indeks A | Penting | Luas layanan | A / B | BPS"))
    assert rows(reading, "alasan_pemilihan", "definisi_operasional", "cara_pengukuran", "sumber_data") == [
        (2, "Penting", "Luas layanan", "A / B", "BPS")
    ]
    assert codes(reading) == []


def test_a_bare_target_that_differs_between_the_quarters_sheets_is_the_quarters() -> None:
    table = "| PENGUKURAN {0}\n| Indikator | Satuan | Target | Realisasi\n| Indeks A | Nilai | {1} | 4"
    rising = read(*(draw(table.format(q, t), q) for q, t in (("TW I", 5), ("TW II", 7))))
    level = read(*(draw(table.format(q, 9), q) for q in ("TW I", "TW II")))
    assert rows(rising, "target_tw", "target_tahunan") == [(3, {"1": 5}, None), (3, {"2": 7}, None)]
    assert rising.tables[0].columns["target_tw 1"] == "C"
    assert rows(level, "target_tw", "target_tahunan") == [(3, None, 9), (3, None, 9)]


def test_capaian_beside_realisasi_is_a_share_and_no_second_result() -> None:
    reading = read(draw("| Indikator | Satuan | Target | Realisasi | Capaian\n| Indeks A | Nilai | 5 | 4 | 80"))
    assert rows(reading, "realisasi_tahunan") == [(2, 4)]
    assert reading.tables[0].certain


def test_columns_known_and_not_read_raise_no_doubt() -> None:
    lakip = read(
        draw("| No | Indikator | Tahun | Target | Capaian Tahun Ini | Capaian (%)\n| 1 | Indeks A | 2025 | 5 | 4 | 80")
    )
    factors = read(draw("| No | Indikator | Faktor Pendukung | Faktor Penghambat\n| 1 | Indeks A | Kerja sama | Cuaca"))
    ledger = read(
        draw("| Kode Rekening | Uraian | Anggaran | Realisasi | Lebih/(Kurang)\n| 5.1 | Belanja A | 9 | 4 | -5")
    )
    assert [t.certain for form in (lakip, factors, ledger) for t in form.tables] == [True, True, True]
    assert set(ledger.tables[0].unread) == {"E"}


def test_a_heading_of_a_group_may_carry_its_own_counter() -> None:
    reading = read(
        draw("""
        | No | Indikator Kinerja | Satuan | Target | Realisasi
        | A | Sasaran: Meningkatnya A
        | 1 | Indeks A | Nilai | 5 | 4
        | B | Sasaran: Meningkatnya B
        | 1 | Indeks B | Nilai | 6 | 7
        """)
    )
    assert rows(reading, "sasaran", "indikator") == [
        (3, "Meningkatnya A", "Indeks A"),
        (5, "Meningkatnya B", "Indeks B"),
    ]


def test_of_a_target_before_and_after_its_change_the_later_is_in_force() -> None:
    reading = read(draw("| Indikator | Target Semula | Target Menjadi\n| Indeks A | 5 | 7"))
    assert rows(reading, "target_tahunan") == [(2, 7)]


def test_money_spent_up_to_a_quarter_is_no_budget_of_it() -> None:
    reading = read(
        draw("""
        | PENGUKURAN KINERJA TRIWULAN II TAHUN 2025
        | Indikator | Satuan | Target s.d. TW II | Realisasi s.d. TW II | Capaian | Anggaran (Rp) | <
        | ^ | ^ | ^ | ^ | ^ | Pagu | Realisasi s.d. TW II
        | Indeks A | Nilai | 5 | 4 | 80 | 1000000 | 400000
        """)
    )
    assert rows(reading, "realisasi_tw", "pagu", "realisasi_anggaran_tw") == [(4, {"2": 4}, 1000000, {"2": 400000})]
    assert reading.tables[0].certain


@pytest.mark.parametrize(
    ("heading", "month", "bare"),
    [
        ("Realisasi Januari", 1, "realisasi bln#"),
        ("Realisasi Bulan Februari 2025", 2, "realisasi bln#"),
        ("Target Anggaran Maret", 3, "target anggaran bln#"),
        ("Realisasi per Januari", None, "realisasi per januari"),
        ("Realisasi s.d. Maret", None, "realisasi s.d. maret"),
        ("Capaian akhir Desember", None, "capaian akhir desember"),
        ("Kondisi Desember 2024", None, "kondisi desember 2024"),
    ],
)
def test_a_measure_and_its_month_may_stand_in_one_heading(heading, month, bare) -> None:
    folded = fold_heading(heading)
    assert (found.number if (found := find_period(folded)) else None) == month
    assert without_period(folded) == bare


MONTHS_ALONE = ("No", "Indikator Kinerja", "Satuan", "Target", "Januari", "Februari", "Maret")


@pytest.mark.parametrize(
    ("title", "field", "certain"),
    [
        ("Realisasi Kinerja Tahun 2025", "realisasi_bulan", True),
        ("Rencana Aksi Tahun 2025", "target_bulan", True),
        ("Laporan Kinerja Tahun 2025", "target_bulan", False),
        ("Target dan Realisasi Kinerja Tahun 2025", "target_bulan", False),
    ],
)
def test_months_without_a_word_are_what_the_title_says_or_are_asked_about(title, field, certain) -> None:
    rows = [(title,), (), MONTHS_ALONE, *((n, f"Persentase layanan {n}", "Persen", 100, 10, 20, 30) for n in (1, 2, 3))]
    reading = read(Grid("Lembar", tuple(tuple(row) for row in rows)))
    (table,) = reading.tables
    assert table.certain is certain
    assert field in reading.rows[0].fields
