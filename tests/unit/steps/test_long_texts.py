"""A small file can hold long texts, and point to one any number of times: what it costs stays in proportion."""

import io
import time
import zipfile

import pytest

from pipelines.match.tie import Entries, Entry, tie
from pipelines.names import fold_name, nearest, rank
from pipelines.steps.reading import read_file
from pipelines.stores.workbooks import read_workbook
from schemas.headings import fold_heading
from schemas.labels import field_of
from tests.lib.books import make_book, make_zip

LONG = 32_767
"""Letters a cell of Excel can hold."""
SECONDS = 10
"""Of CPU; each of these takes a tenth of it, and took minutes or did not end."""

HEADS = ["No", "Sasaran", "Indikator", "Satuan", "Target", "Realisasi"]


def long(text):
    return (text * (LONG // len(text) + 1))[:LONG]


def a_form(rows, more=(), change=None):
    def fill(book):
        sheet = book.add_worksheet("Data")
        sheet.write("A1", "EVALUASI KINERJA")
        sheet.write_row(2, 0, [*HEADS, *more])
        for n in range(rows):
            row = [n, f"Sasaran {n}", f"Persentase layanan publik nomor {n} yang tepat waktu", "Persen", 80, 70]
            sheet.write_row(3 + n, 0, change(row) if change else row)

    return make_book(fill)


def read(tmp_path, content):
    """What is read of it, and the CPU seconds that took."""
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(content)
    began = time.process_time()
    return read_file(tmp_path, path).reading, time.process_time() - began


@pytest.mark.parametrize("text", ["a", "target ", "realisasi capaian renja ", "triwulan i ", "a\n", "(", "1.02.01 "])
def test_four_long_heads_do_not_hold_a_form_up(tmp_path, text):
    content = a_form(5, [long(text)] * 4)
    assert len(content) < 10_000
    reading, seconds = read(tmp_path, content)
    assert len(reading.rows) == 5 and seconds < SECONDS


@pytest.mark.parametrize(
    ("column", "text"),
    [(2, "a"), (2, "a "), (2, "- a\n"), (2, "1. Aa 2. Aa "), (5, "TW I: 20" + "\n" * LONG + "x"), (5, "1,000")],
)
def test_a_long_text_in_every_row_costs_no_more_than_its_letters(tmp_path, column, text):
    def put(row):
        return [*row[:column], long(text), *row[column + 1 :]]

    reading, seconds = read(tmp_path, a_form(60, change=put))
    assert len(reading.rows) == 60 and seconds < SECONDS


def test_rows_are_not_compared_each_with_every_other(tmp_path):
    reading, seconds = read(tmp_path, a_form(1_500))
    assert len(reading.rows) == 1_500 and seconds < SECONDS


@pytest.mark.parametrize("full", [True, False])
def test_a_long_text_that_many_cells_share_is_counted_in_each(full):
    def share(cells):
        return lambda book: [book.add_worksheet().write_column(0, 0, [long("a")] * cells) for _ in range(2)]

    refused = read_workbook(make_book(share(400)), full=full).refusal
    assert refused and refused.kode == "REG-009" and "jumlah huruf melebihi batas baca 20.000.000" in refused.sebab
    assert read_workbook(make_book(share(200)), full=full).refusal is None


@pytest.mark.parametrize(
    ("plain", "odd"),
    [(b't="s"', b"t = 's'"), (b"<si><t>aaa", b"<si><t><![CDATA[ <si <si ]]>aaa"), (b"<si><t>", b"<si ><t >")],
)
def test_a_text_is_counted_however_the_file_is_spelled(plain, odd):
    content = make_book(lambda book: book.add_worksheet().write_column(0, 0, [long("a")] * 800))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).replace(plain, odd) for name in archive.namelist()}
    assert read_workbook(make_zip(parts)).refusal.kode == "REG-009"


def test_many_cells_beside_one_long_text_are_no_long_texts():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write("A1", long("a"))
        for row in range(1, 1_001):
            sheet.write(row, 0, f"nomor {row % 7}")
            sheet.write_formula(row, 1, '=IF(A1="s",1,2)', None, 2)

    assert read_workbook(make_book(fill)).refusal is None


def test_what_is_compared_of_a_text_has_an_end():
    assert fold_heading(long("a b")) == fold_heading(long("a b")[:300]) and len(fold_heading(long("a"))) == 300
    assert field_of([long("target ")] * 8 + ["target"]) is not None
    one, other = long("a"), long("a")[:-1] + "b"
    assert fold_name(one) != fold_name(other) and fold_name("A & b.") == "adanb"
    assert rank(one, [("1", other)])[0].skor == 100 and nearest(one, ["naik"]) is None


def test_a_tie_folds_each_known_name_once(monkeypatch):
    counted = []
    monkeypatch.setattr("pipelines.match.tie.fold_name", lambda name: counted.append(name) or fold_name(name))
    entries = Entries(Entry(f"IK-{n}", f"Indikator {n}") for n in range(200))
    assert all(tie(None, entry.nama, entries, {}).kode == entry.kode for entry in entries)
    assert len(counted) <= 3 * len(entries)
