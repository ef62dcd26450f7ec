"""The auditor of formulas: each kind of fault at its cell with its amount, and nothing where a form is sound."""

from decimal import Decimal

import pytest

from pipelines.extract.audit.auditor import MOST, audit_workbook
from pipelines.extract.audit.limits import limits
from pipelines.extract.sheets import Source
from schemas.workbook import Grid, address

SOURCE = Source("p1", "1.02", 2025, 2, "a.xlsx")


def sheet(*rows, **given):
    """A grid from rows; a cell `("=A1", 5)` is a formula and the value the file keeps for it."""
    formulas, values = {}, []
    for number, row in enumerate(rows, 1):
        values.append([])
        for column, cell in enumerate(row, 1):
            if isinstance(cell, tuple):
                formulas[address(number, column)], cell = cell
            values[-1].append(cell)
    return Grid("Lembar", values, formulas=formulas, **given)


def audit(grid):
    return list(audit_workbook({grid.sheet: grid}, SOURCE))


def told(grid):
    return [(f.kode, f.sel) for f in audit(grid)]


HEAD = ["No", "Uraian", "Pagu Rp", "Realisasi Rp", "%"]


def budget(total_pagu=("=SUM(C2:C6)", 1500), percent="=D{r}/C{r}*100", **changes):
    """Five rows and a total; `changes` replaces cells by address, `D3=…`."""
    rows = [HEAD]
    for n in range(1, 6):
        rows.append([n, f"Belanja {n}", 100 * n, 50 * n, (percent.format(r=n + 1), 50)])
    rows.append([None, "Jumlah", total_pagu, ("=SUM(D2:D6)", 750), ("=D7/C7*100", 50)])
    for cell, value in changes.items():
        column, row = ord(cell[0]) - 65, int(cell[1:]) - 1
        rows[row][column] = value
    return rows


def test_a_sound_form_has_no_finding():
    assert told(sheet(*budget())) == []


def test_a_subtotal_and_its_parts_counted_together():
    grid = sheet(
        HEAD[:4],
        [1, "Program A", ("=SUM(C3:C4)", 30), 1],
        [2, "Kegiatan A1", 10, 1],
        [3, "Kegiatan A2", 20, 1],
        [4, "Program B", 5, 1],
        [None, "Jumlah", ("=SUM(C2:C5)", 65), ("=SUM(D2:D5)", 4)],
    )
    (finding,) = audit(grid)
    assert (finding.kode, finding.sel, finding.nilai) == ("RUM-005", "C6", "=SUM(C2:C5)")
    assert finding.pesan == "C6 menghitung C3 dan C4 dua kali, sekali langsung dan sekali lewat C2; kelebihannya Rp30."


def test_a_row_named_twice_in_one_formula():
    (finding,) = audit(sheet(*budget(C7=("=SUM(C2:C6)+C4", 1800), E7=None)))
    assert (finding.kode, finding.sel) == ("RUM-005", "C7")
    assert "C4 dua kali, karena disebut dua kali dalam rumusnya; kelebihannya Rp300." in finding.pesan


def test_the_odd_subtotal_is_told_and_the_same_slip_in_other_columns_adds_up():
    def column(c, odd):
        inner = f"=SUM({c}3+{c}4+{c}5)" if odd else f"=SUM({c}3+{c}4)"
        return [(f"=SUM({c}2+{c}5)", 0), (inner, 0)]

    tops = [column(c, odd=c in "DE") for c in "CDEF"]
    grid = sheet(
        ["Unsur", "Uraian", *["Rp"] * 4],
        ["", "Bidang A", *[t[1] for t in tops]],
        ["", "Program 1", 1, 2, 3, 4],
        ["", "Program 2", 1, 2, 3, 4],
        ["", "Bidang B", 1, 20, 300, 4],
        ["", "Total", *[(f"=SUM({c}2+{c}5)", 0) for c in "CDEF"]],
    )
    found = [f for f in audit(grid) if f.kode == "RUM-005"]
    assert [f.sel for f in found] == ["D2"]
    assert "D6 menghitung D5 dua kali" in found[0].pesan
    assert "kelebihannya Rp320 (D Rp20 dan E Rp300)" in found[0].pesan


@pytest.mark.parametrize(
    ("formula", "kept", "missing", "amount"),
    [
        ("=SUM(C2:C5)", 1000, "C6", "Rp500"),
        ("=SUM(C3:C6)", 1400, "C2", "Rp100"),
        ("=SUM(C2:C3,C5:C6)", 1200, "C4", "Rp300"),
    ],
)
def test_a_total_that_misses_a_row(formula, kept, missing, amount):
    (finding,) = [f for f in audit(sheet(*budget(total_pagu=(formula, kept)))) if f.kode == "RUM-006"]
    assert finding.sel == "C7"
    assert f"tidak memuat {missing}," in finding.pesan
    assert finding.pesan.endswith(f"kekurangannya {amount}.")


def test_a_numbering_row_and_a_row_without_a_name_are_not_missed():
    rows = budget()
    rows.insert(1, [1, 2, 3, 4, 5])
    shifted = [
        [(c[0].replace("2:", "3:").replace("6)", "7)"), c[1]) if isinstance(c, tuple) else c for c in r] for r in rows
    ]
    assert [f for f in told(sheet(*shifted)) if f[0] == "RUM-006"] == []


def test_a_child_row_below_a_total_is_missed_only_where_another_column_counts_it():
    def grid(d):
        return sheet(
            HEAD[:4],
            [1, "Kegiatan", ("=SUM(C3:C5)", 60), (d, 0)],
            [2, "Sub 1", 10, 1],
            [3, "Sub 2", 20, 2],
            [4, "Sub 3", 30, 3],
            [5, "Kegiatan lain", 7, 7],
        )

    assert ("RUM-006", "D2") in told(grid("=SUM(D3:D4)"))
    assert [f for f in told(grid("=SUM(D3:D5)")) if f[0] == "RUM-006"] == []


def test_hidden_rows_and_columns_that_feed_totals():
    (finding,) = audit(sheet(*budget(), hidden_rows=frozenset({4})))
    assert (finding.kode, finding.sel) == ("RUM-008", "C7")
    assert "baris tersembunyi (C4): Rp450 (C Rp300 dan D Rp150)" in finding.pesan
    wide = sheet(["Uraian", "TW I", "TW II", "Jumlah"], ["A", 1, 2, ("=SUM(B2:C2)", 3)], hidden_columns=frozenset({3}))
    assert [(f.kode, f.sel) for f in audit(wide)] == [("RUM-008", "D2")]


def test_a_hidden_row_that_counts_for_nothing_is_no_matter():
    assert (
        told(
            sheet(
                *budget(C4=0, D4=0, E4=None, C7=("=SUM(C2:C6)", 1200), D7=("=SUM(D2:D6)", 600)),
                hidden_rows=frozenset({4}),
            )
        )
        == []
    )


def test_a_formula_that_breaks_the_pattern_of_its_column():
    (finding,) = audit(sheet(*budget(E4=("=C4", 300))))
    assert (finding.kode, finding.sel, finding.nilai) == ("RUM-001", "E4", "=C4")
    assert "(=D4/C4*100): tertulis 300, menurut pola 50." in finding.pesan


@pytest.mark.parametrize("same", ["=D4/C4*100%*100", "=(D4/C4)*100", "=(2*C4-D4)/C4*100"])
def test_another_spelling_or_another_use_of_the_same_cells_breaks_no_pattern(same):
    kept = 150 if same.startswith("=(2") else 50
    assert told(sheet(*budget(E4=(same, kept)))) == []


def test_a_figure_typed_where_the_column_has_a_formula():
    rows = budget(E4=70)
    rows.insert(7, [6, "Belanja 6", 600, 300, ("=D8/C8*100", 50)])
    found = [f for f in audit(sheet(*rows[:-1])) if f.kode == "RUM-002"]
    assert [f.sel for f in found] == ["E4"]
    assert found[0].nilai == "70"
    assert "=D4/C4*100 memberi 50" in found[0].pesan


def test_many_typed_figures_are_told_in_one_finding():
    rows = [HEAD, *[[n, f"Belanja {n}", 100, 50, ("=D{0}/C{0}*100".format(n + 1), 50)] for n in range(1, 21)]]
    for n in (3, 5, 7, 9):
        rows[n][4] = n
    (finding,) = audit(sheet(*rows))
    assert (finding.kode, finding.sel, finding.tingkat) == ("RUM-003", "E4", "note")
    assert "16 baris" in finding.pesan and "E10 9 (rumus 50)" in finding.pesan


def test_a_typed_figure_that_is_what_the_formula_gives_is_no_matter():
    assert told(sheet(*budget(E4=50), ["", "lain", None, None, None])) == []


def test_constants_typed_into_formulas():
    grid = sheet(HEAD[:4], [1, "Gaji", 500, ("=20906000-C2", 20905500)], [2, "Barang", 1, ("=SUM(C3,12500)", 12501)])
    (finding,) = audit(grid)
    assert (finding.kode, finding.sel) == ("RUM-004", "D2")
    assert "D2 (=20906000-C2, angka Rp20.906.000) dan D3 (=SUM(C3,12500), angka Rp12.500)" in finding.pesan


@pytest.mark.parametrize("formula", ["=A1+1", "=C2*1000000", "=200-C2", "=17244445+193182145", "=(2*C2-1)/C2*100"])
def test_counters_scales_and_typed_sums_are_no_constants_in_a_formula(formula):
    assert "RUM-004" not in [kode for kode, _ in told(sheet(HEAD[:4], [1, "Gaji", 500, (formula, None)]))]


def test_a_value_kept_that_the_formula_does_not_give():
    (finding,) = audit(sheet(*budget(total_pagu=("=SUM(C2:C6)", 1400))))[:1]
    assert (finding.kode, finding.sel, finding.nilai) == ("RUM-007", "C7", "Rp1.400")
    assert "memberi Rp1.500; selisih -Rp100." in finding.pesan


def test_the_dust_of_binary_figures_and_blank_operands_are_no_difference():
    grid = sheet(
        ["Uraian", "TW I", "TW II", "Jumlah"],
        ["A", 0.1, 0.2, ("=B2+C2", 0.30000000000000004)],
        ["B", 5, None, ("=B3+C3", 5)],
        ["C", "n/a", 3, ("=SUM(B4:C4)", 3)],
    )
    assert told(grid) == []


def test_hidden_sheets_are_not_audited_and_a_sheet_full_of_faults_is_cut_short():
    rows = [
        ["Uraian", "Rp"],
        *[["Belanja", (f"=SUM(B{n + 1}:B{n + 4})", 4)] for n in range(2, 500)],
        *[["Belanja", 1]] * 5,
    ]
    assert audit(sheet(*rows, hidden=True)) == []
    found = audit(sheet(*rows))
    assert len(found) == MOST + 1
    assert found[-1].kode == "RUM-009"


def test_a_circle_and_a_formula_beyond_arithmetic_end_without_a_finding():
    grid = sheet(
        HEAD[:4], [1, "Gaji", ("=C3", 1), ("=VLOOKUP(A2,X!A:B,2)", 3)], [2, "Barang", ("=C2", 1), ("=[1]X!A1", 2)]
    )
    assert told(grid) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [(1500, []), (1400, [("RUM-010", "C7", "5 baris di atasnya berjumlah Rp1.500; selisih -Rp100.")])],
)
def test_a_total_that_was_typed_is_the_sum_of_its_rows(typed, found):
    told = audit(sheet(*budget(C7=typed, E7=None)))
    assert [(f.kode, f.sel, f.pesan.split("sedangkan ")[1]) for f in told] == found


@pytest.mark.parametrize("typed", [1000, 3000])
def test_a_typed_total_over_rows_with_codes_may_be_the_sum_of_one_level_of_them(typed):
    grid = sheet(
        ["Kode", "Uraian", "Pagu Rp"],
        ["1.02.02", "Program", 1000],
        ["1.02.02.2.01", "Kegiatan", 1000],
        ["1.02.02.2.01.0001", "Sub satu", 400],
        ["1.02.02.2.01.0002", "Sub dua", 600],
        [None, "JUMLAH", typed],
    )
    assert told(grid) == []


@pytest.mark.parametrize(
    ("formula", "kept", "percent", "found"),
    [
        ("=D2/C2*100", 1388.9, (), ["E2 1.388,90%"]),
        ("=D2/C2", 15.93, ("E2",), ["E2 1.593,00%"]),
        ("=D2/C2*100", 180, (), []),
        ("=D2/C2", 1388.9, (), []),
        ("=D2*100", 1388.9, (), []),
    ],
)
def test_a_percentage_beyond_belief(formula, kept, percent, found):
    grid = sheet(HEAD, [1, "Gaji", 100, 100, (formula, kept)], percent=frozenset(percent))
    told = [f for f in audit(grid) if f.kode == "RUM-011"]
    assert bool(told) == bool(found)
    assert all(words in told[0].pesan for words in found)


def test_the_thresholds_are_data():
    assert limits().konstanta_terkecil == 10_000
    assert limits().pola_bagian == Decimal("0.8")
