"""Two versions of a workbook: what was mended, what is still wrong, what else changed, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.collect.comparison import Comparison, write_comparison
from pipelines.compare.findings import tell_changes
from pipelines.compare.versions import compare_versions
from schemas.finding import Finding
from schemas.returned import Change, Nasib
from schemas.submission import Submission
from schemas.vocabulary import StatusPengajuan, Tingkat
from schemas.workbook import Grid, address
from tests.lib.sheets import draw

SHEET = "Realisasi"
BEFORE = draw(
    """
    Kode | Indikator | Target | Realisasi
    IK-1 | Stunting  | 14     | empat belas
    IK-2 | Gizi      | 90     | 88
    IK-3 | Posyandu  | 120    | 118
    """,
    SHEET,
)


def wrong(sel, kode="BCA-003", tingkat=Tingkat.ERROR, lembar=SHEET):
    return Finding(tingkat, kode, "1.02", 2025, 2, "f.xlsx", lembar, sel, None, f"Salah {sel}.", "Perbaiki.")


def with_values(grid, **cells):
    rows = [list(row) for row in grid.rows]
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - 65] = value
    return replace(grid, rows=rows)


def compare(new, before=(), after=(), old=BEFORE):
    return compare_versions({SHEET: old}, {SHEET: new}, before, after)


def told(changes):
    return [(c.nasib, c.sel, c.lama, c.baru) for c in changes]


@pytest.mark.parametrize("value", [89, 90])
def test_a_cell_the_ledger_corrects_is_asked_for_whatever_the_skpd_writes_there(value):
    noted = wrong("D3", "KOR-008", Tingkat.NOTE)
    changes = compare(with_values(BEFORE, D3=value, D4=119), [noted])
    assert told(changes) == [(Nasib.IKUT, "D3", "88", str(value)), (Nasib.BERUBAH, "D4", "118", "119")]
    assert changes[0].temuan_lama == "KOR-008: Salah D3."
    _, unasked = tell_changes(submission(1), submission(2), changes, returned=True)
    assert unasked.sel == "D4" and "1 angka" in unasked.pesan


def test_a_cell_the_ledger_corrects_that_stayed_as_it_was_is_no_change_and_covers_none():
    noted = wrong("D3", "KOR-008", Tingkat.NOTE)
    assert compare(BEFORE, [noted]) == []
    assert told(compare(with_values(BEFORE, C3=91), [noted])) == [(Nasib.BERUBAH, "C3", "90", "91")]


def test_the_same_workbook_has_no_changes():
    assert compare(BEFORE) == []
    assert compare(replace(BEFORE, rows=[[80 if c == 80.0 else c for c in row] for row in BEFORE.rows])) == []


def test_a_cell_is_mended_still_wrong_or_changed_unasked():
    new = with_values(BEFORE, D2=14, D3="delapan", C4=12.5)
    changes = compare(new, [wrong("D2"), wrong("D3")], [wrong("D3")])
    assert told(changes) == [
        (Nasib.DIPERBAIKI, "D2", "empat belas", "14"),
        (Nasib.MASIH_SALAH, "D3", "88", "delapan"),
        (Nasib.BERUBAH, "C4", "120", "12,5"),
    ]
    assert [c.angka for c in changes] == [True, True, True]
    assert changes[0].temuan_lama == "BCA-003: Salah D2." and changes[0].temuan_baru is None


def test_a_cell_at_fault_that_nobody_touched_is_told_too():
    assert told(compare(BEFORE, [wrong("D2")], [wrong("D2")])) == [
        (Nasib.MASIH_SALAH, "D2", "empat belas", "empat belas")
    ]
    # by another cell, or by the day it came: the finding is gone, the value is what it was
    assert told(compare(BEFORE, [wrong("D3", "CAP-017")], [])) == [(Nasib.LEPAS, "D3", "88", "88")]


def test_a_finding_that_is_gone_from_a_cell_nobody_touched_was_not_mended_there():
    """A day was late, measured by when the file came; or what was wrong stood in another cell."""
    gone = compare(with_values(BEFORE, C2=20), [wrong("D2")])
    assert told(gone) == [
        (Nasib.IKUT, "C2", "14", "20"),
        (Nasib.LEPAS, "D2", "empat belas", "empat belas"),
    ]
    whole, *_ = tell_changes(submission(1), submission(2), gone[1:], returned=True)
    assert whole.pesan.endswith("1 tidak lagi bertemuan meski isinya tetap.") and "diperbaiki" not in whole.pesan


def test_a_result_that_followed_its_unchanged_formula_was_mended():
    old = replace(with_values(BEFORE, D2=0), formulas={"D2": "=C2-14"})
    new = replace(with_values(BEFORE, C2=20, D2=6), formulas={"D2": "=C2-14"})
    (_, mended) = compare(new, [wrong("D2")], old=old)
    assert mended.nasib is Nasib.DIPERBAIKI and mended.lama != mended.baru


def test_another_fault_on_the_same_cell_is_still_a_fault_and_a_note_is_none():
    (change,) = compare(with_values(BEFORE, D2=14_000), [wrong("D2")], [wrong("D2", "CAP-009", Tingkat.WARNING)])
    assert change.nasib is Nasib.MASIH_SALAH and change.temuan_baru == "CAP-009: Salah D2."
    (change,) = compare(with_values(BEFORE, D2=14), [wrong("D2")], [wrong("D2", "RWT-001", Tingkat.NOTE)])
    assert change.nasib is Nasib.DIPERBAIKI


def test_an_empty_cell_at_fault_beyond_the_rows_read_is_followed():
    (change,) = compare(BEFORE, [wrong("F9", "SAH-001")], [])
    assert (change.nasib, change.sel, change.lama, change.baru) == (Nasib.LEPAS, "F9", None, None)


def test_an_inserted_row_makes_no_other_row_new():
    rows = [list(r) for r in BEFORE.rows]
    rows.insert(2, ["IK-9", "Baru", 5, 4])
    rows[4][3] = 119
    changes = compare(replace(BEFORE, rows=rows), [wrong("D2")], [wrong("D2")])
    assert told(changes) == [
        (Nasib.MASIH_SALAH, "D2", "empat belas", "empat belas"),
        (Nasib.BERUBAH, "A3", None, "IK-9"),
        (Nasib.BERUBAH, "B3", None, "Baru"),
        (Nasib.BERUBAH, "C3", None, "5"),
        (Nasib.BERUBAH, "D3", None, "4"),
        (Nasib.BERUBAH, "D5", "118", "119"),
    ]
    assert changes[-1].sel_lama == "D4"


def test_a_row_that_is_gone_is_told_with_what_stood_in_it():
    rows = [r for n, r in enumerate(BEFORE.rows) if n != 2]
    changes = compare(replace(BEFORE, rows=rows))
    assert [(c.sel, c.sel_lama, c.lama, c.baru) for c in changes] == [
        (None, "A3", "IK-2", None), (None, "B3", "Gizi", None), (None, "C3", "90", None), (None, "D3", "88", None),
    ]  # fmt: skip


def test_a_result_follows_its_formula_and_a_formula_typed_over_is_told():
    old = replace(BEFORE, formulas={"D4": "=SUM(D2:D3)"})
    same = replace(with_values(BEFORE, D4=500), formulas={"D4": "=sum(D2: D3)"})
    assert compare(same, old=old) == []
    assert told(compare(BEFORE, old=old)) == [(Nasib.BERUBAH, "D4", "118 (=SUM(D2:D3))", "118")]
    other = replace(BEFORE, formulas={"D4": "=SUM(D3:D3)"})
    assert told(compare(other, old=old)) == [(Nasib.BERUBAH, "D4", "118 (=SUM(D2:D3))", "118 (=SUM(D3:D3))")]


def test_a_sheet_that_is_new_or_gone_is_told_cell_by_cell():
    assert {c.sel for c in compare_versions({}, {SHEET: BEFORE}, [], [])} == {
        address(r, c) for r in range(1, 5) for c in range(1, 5)
    }
    gone = compare_versions({SHEET: BEFORE}, {}, [wrong("D2")], [])
    assert {c.baru for c in gone} == {None} and len(gone) == 16


def test_findings_on_no_cell_are_compared_by_sheet_and_code():
    before = [wrong(None, "SAH-002", lembar="Pengesahan"), wrong(None, "PK-004", lembar=None)]
    changes = compare(BEFORE, before, [wrong(None, "PK-004", lembar=None), wrong(None, "BARU-1")])
    assert [(c.nasib, c.lembar, c.sel) for c in changes] == [
        (Nasib.DIPERBAIKI, "Pengesahan", None),
        (Nasib.MASIH_SALAH, None, None),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2025, 6, 9), "09/06/2025"), (datetime(2025, 6, 9, 8, 30), "09/06/2025 08:30"), (True, "BENAR"),
        (1234567.5, "1.234.567,5"), (0, "0"), (1e16, "10.000.000.000.000.000"), ("=1+1", "=1+1"), ("x" * 400, "x" * 300 + "…"),
    ],
)  # fmt: skip
def test_values_are_shown_as_people_write_them(value, shown):
    (change,) = compare(with_values(BEFORE, B2=value))
    assert change.baru == shown


CELLS = st.one_of(st.none(), st.integers(-5, 5), st.sampled_from(["", "a", "b", " a "]), st.booleans())
ROWS = st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=6)


@given(rows=ROWS, edits=st.dictionaries(st.tuples(st.integers(0, 5), st.integers(1, 4)), CELLS, max_size=8))
def test_every_difference_is_told_and_nothing_else(rows, edits):
    """Rows named in their first cell: then each cell is compared with the one at the same address."""
    old = [[f"baris {n}", *row] for n, row in enumerate(rows)]
    new = [[*row, *[None] * (5 - len(row))] for row in old]
    for (row, column), value in edits.items():
        if row < len(new):
            new[row][column] = value
    changes = compare_versions({"S": Grid("S", old)}, {"S": Grid("S", new)}, [], [])

    def plain(row, column):
        value = row[column] if column < len(row) else None
        return (value.strip() or None) if isinstance(value, str) else value

    expected = {
        address(r + 1, c + 1) for r, row in enumerate(new) for c in range(5) if plain(old[r], c) != plain(row, c)
    }
    assert {c.sel for c in changes} == {c.sel_lama for c in changes} == expected


def submission(versi):
    return Submission(
        f"dinkes-2025-tw2-v{versi}", "1.02", 2025, 2, versi, "f.xlsx", "ab", datetime(2025, 6, versi), StatusPengajuan.DITERIMA
    )  # fmt: skip


def change(sel, nasib=Nasib.BERUBAH, *, angka=True, lembar=SHEET):
    return Change(lembar, sel, sel, nasib, "1", "2", angka=angka)


def test_an_officer_is_told_of_the_figures_that_moved_unasked():
    changes = [
        change("D4"), change("D5"), change("E4", angka=False), change("F2", Nasib.IKUT),
        change("D2", Nasib.DIPERBAIKI), change("D3", Nasib.MASIH_SALAH), change("D9", lembar="Anggaran"),
    ]  # fmt: skip
    whole, first, second = tell_changes(submission(1), submission(2), changes, returned=True)
    assert (whole.kode, whole.sel, whole.pengajuan_id) == ("KIR-001", None, "dinkes-2025-tw2-v2")
    said = "1 masih salah, 4 berubah pada baris yang semula tanpa temuan, 1 ikut berubah pada baris yang semula bertemuan, 1 diperbaiki"
    assert whole.pesan.endswith(f"versi 1 yang diterima 01-06-2025: {said}.")
    assert (first.kode, first.lembar, first.sel) == ("KIR-002", SHEET, "D4")
    assert "2 angka" in first.pesan and "D4 dari 1 menjadi 2; D5 dari 1 menjadi 2." in first.pesan
    assert (second.lembar, second.sel) == ("Anggaran", "D9")


def test_the_officer_and_the_comparison_sheet_count_alike():
    new = with_values(BEFORE, B2="Stunting balita", D2=14, C4=121)
    changes = compare(new, [wrong("D2")])
    assert [(c.sel, c.nasib) for c in changes] == [
        ("B2", Nasib.IKUT), ("D2", Nasib.DIPERBAIKI), ("C4", Nasib.BERUBAH),
    ]  # fmt: skip
    (whole,) = tell_changes(submission(1), submission(2), changes, returned=False)
    content = write_comparison(Comparison("Dinkes", 1, date(2025, 6, 1), tuple(changes)), 2025, 6)
    shown = openpyxl.load_workbook(BytesIO(content)).active["A3"].value
    assert (
        shown
        == "1 berubah pada baris yang semula tanpa temuan · 1 ikut berubah pada baris yang semula bertemuan · 1 diperbaiki"
    )
    assert whole.pesan.endswith(f": {shown.replace(' · ', ', ')}.")


def test_a_change_that_has_a_finding_now_is_not_told_as_one_without():
    """The sentence counted three changes without a finding, and the sheet showed one of them with its finding."""
    after = [wrong("D4"), wrong("C2", "BCA-004", Tingkat.WARNING)]
    changes = compare(with_values(BEFORE, C2="lima belas", D2=14, D4="seratus", C3=91), [wrong("D2")], after)
    assert [(c.sel, c.nasib) for c in changes] == [
        ("C2", Nasib.IKUT), ("D2", Nasib.DIPERBAIKI), ("C3", Nasib.BERUBAH), ("D4", Nasib.BERTEMUAN),
    ]  # fmt: skip
    whole, unasked = tell_changes(submission(1), submission(2), changes, returned=True)
    assert ": 1 berubah dan kini bertemuan, 1 berubah pada baris yang semula tanpa temuan, 1 ikut" in whole.pesan
    assert "C3" in unasked.pesan and "D4" in unasked.pesan


def test_what_only_followed_a_mending_is_told_as_that():
    """The sheet said one cell changed along, and the sentence that nothing did."""
    changes = compare(with_values(BEFORE, C2=15, D2=14), [wrong("D2")])
    (whole,) = tell_changes(submission(1), submission(2), changes, returned=True)
    assert whole.pesan.endswith(": 1 ikut berubah pada baris yang semula bertemuan, 1 diperbaiki.")
    (none,) = tell_changes(submission(1), submission(2), [], returned=True)
    assert none.pesan.endswith(": tidak ada isian yang berbeda.")


def test_a_correction_of_the_skpds_own_asks_no_questions():
    (whole,) = tell_changes(submission(1), submission(2), [change("D4")], returned=False)
    assert whole.kode == "KIR-001"


def test_many_figures_are_told_in_a_few():
    _, many = tell_changes(submission(1), submission(2), [change(f"D{n}") for n in range(9)], returned=True)
    assert many.pesan.endswith("D4 dari 1 menjadi 2; dan 4 lagi.")
