"""Where a table stands on its sheet, and blank rows between its rows, change nothing of what is read."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.forms.reader import read_form
from pipelines.extract.sheets import Source
from schemas.reading import Held, Record, Value
from schemas.workbook import Grid, address
from tests.lib.sheets import draw

SOURCE = Source("uji", None, 2025, 2, "uji.xlsx")

TABLES = (
    draw("""
        | No | Sasaran | Indikator | Satuan | Target | Realisasi Triwulan | < | < | <
        | ^ | ^ | ^ | ^ | ^ | I | II | III | IV
        | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
        | 1 | Meningkatnya mutu | Indeks A | Indeks | 80 | 20 | 40,5 | - |
        |  |  | Indeks B | % | 0.9% | 0.5% | 60 | n/a | 90 %
        | 2 | Terwujudnya tertib | Opini | Predikat | WTP |  |  |  | WTP
        | Jumlah | < | < | < | < | 20 | 40 | 0 | 0
        """),
    draw("""
        | Kode | Program/Kegiatan/Sub Kegiatan | Pagu | Realisasi Keuangan | Fisik (%)
        | 1.02.01 | PROGRAM PENUNJANG | Rp 1.000.000 | Rp 250.000,- | 25
        | 1.02.01.2.01 | Perencanaan | 1.000.000 | 250.000 | 25
        | 1.02.01.2.01.01 | Penyusunan dokumen | 1000000 | 250000 | 25
        | Sasaran: Meningkatnya layanan | < | < | < | <
        | 1.02.02 | PROGRAM LAYANAN | 5000000 | 0 |
        """),
    draw("""
        | Indikator | Satuan | Target Tahun | Triwulan | Target | Realisasi
        | Indeks A | Nilai | 80 | Triwulan 1 | 20 | 18
        | ^ | ^ | ^ | Triwulan 2 | 40 | 41
        | Indeks B | Nilai | 9 | Triwulan 1 | 2 | 3
        """),
)


def body_rows(grid: Grid) -> list[int]:
    """Rows after which a blank row may be put in: those of the body that no merge holds together with the next."""
    first = read_form({grid.sheet: grid}, SOURCE).tables[0].first_data_row
    held = {row for top, _, bottom, _ in grid.merges for row in range(top, bottom)}
    return [row for row in range(first, len(grid.rows)) if row not in held]


def moved(grid: Grid, down: int, right: int, gaps: frozenset[int]) -> tuple[Grid, dict[int, int]]:
    """The grid shifted, with a blank row after each of `gaps`, and old row → new row."""
    row_of: dict[int, int] = {}
    rows: list[list[object]] = [[] for _ in range(down)]
    for number, line in enumerate(grid.rows, 1):
        rows.append([None] * right + list(line))
        row_of[number] = len(rows)
        if number in gaps:
            rows.append([])
    merges = tuple((row_of[a], b + right, row_of[c], d + right) for a, b, c, d in grid.merges)
    percent = frozenset(_move(at, right, row_of) for at in grid.percent)
    return replace(grid, rows=rows, merges=merges, percent=percent), row_of


def _move(at: str, right: int, row_of: dict[int, int]) -> str:
    letters = at.rstrip("0123456789")
    return address(row_of[int(at[len(letters) :])], ord(letters) - 64 + right)


def place(held: Held, right: int, row_of: dict[int, int]) -> object:
    if isinstance(held, Value):
        at = ":".join(_move(part, right, row_of) for part in held.cell.split(":")) if held.cell else None
        return replace(held, cell=at)
    if isinstance(held, dict):
        return {k: place(v, right, row_of) for k, v in held.items()}
    return [place(v, right, row_of) for v in held]


def as_moved(record: Record, right: int, row_of: dict[int, int]) -> Record:
    fields = {name: place(held, right, row_of) for name, held in record.fields.items()}
    return replace(record, row=row_of[record.row], fields=fields)  # type: ignore[arg-type]


@given(st.data())
def test_a_table_shifted_with_blank_rows_put_in_gives_the_same_rows(data: st.DataObject) -> None:
    grid = data.draw(st.sampled_from(TABLES))
    down, right = data.draw(st.integers(0, 30)), data.draw(st.integers(0, 12))
    gaps = frozenset(data.draw(st.lists(st.sampled_from(body_rows(grid)), max_size=3)))
    shifted, row_of = moved(grid, down, right, gaps)
    before = read_form({grid.sheet: grid}, SOURCE).rows
    after = read_form({grid.sheet: shifted}, SOURCE).rows
    assert len(before) >= 2
    assert list(after) == [as_moved(r, right, row_of) for r in before]


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(-9, 9999)), max_size=6), max_size=12))
def test_no_sheet_whatever_makes_the_reader_fail(rows: list[list[object]]) -> None:
    reading = read_form({"x": Grid("x", rows)}, SOURCE)  # type: ignore[arg-type]
    assert all(1 <= record.row <= len(rows) for record in reading.rows)


WORDS = st.sampled_from(
    ["No", "Sasaran", "Indikator", "Target", "Realisasi", "TW I", "K", "Rp", "%", "Jumlah", "-", "1"]
)


@given(st.lists(st.lists(st.one_of(st.none(), WORDS, st.integers(0, 9)), min_size=2, max_size=7), max_size=14))
def test_nor_does_a_sheet_made_of_the_words_of_forms(rows: list[list[object]]) -> None:
    reading = read_form({"x": Grid("x", rows)}, SOURCE)  # type: ignore[arg-type]
    for record in reading.rows:
        assert record.level
        assert record.fields


INVISIBLE = ("\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff", "\ufe0f")


@given(st.data())
def test_what_nobody_sees_changes_nothing_of_what_is_read(data: st.DataObject) -> None:
    grid = data.draw(st.sampled_from(TABLES))

    def strewn(cell: object) -> object:
        if not isinstance(cell, str) or not data.draw(st.booleans()):
            return cell
        at = data.draw(st.integers(0, len(cell)))
        return cell[:at] + data.draw(st.sampled_from(INVISIBLE)) + cell[at:]

    touched = replace(grid, rows=[[strewn(cell) for cell in row] for row in grid.rows])  # type: ignore[misc]
    before, after = (read_form({g.sheet: g}, SOURCE) for g in (grid, touched))
    assert [(r.row, r.level, seen(r)) for r in after.rows] == [(r.row, r.level, seen(r)) for r in before.rows]
    assert [t.columns for t in after.tables] == [t.columns for t in before.tables]


def seen(record: Record) -> dict[str, object]:
    """What a record holds, without what stood in its cells."""
    return {
        name: held.value if isinstance(held, Value) else {k: v.value for k, v in held.items()}  # type: ignore[union-attr]
        for name, held in record.fields.items()
    }
