"""Workbooks are untrusted: what is not safe or not readable ends in a reason, and addresses stay true."""

import struct

import pytest

from pipelines.stores import workbooks
from pipelines.stores.workbooks import read_workbook
from tests.lib.books import make_book, replace_part


def simple(book):
    sheet = book.add_worksheet("Data")
    sheet.write("C4", 98.5)


def test_addresses_do_not_shift_where_the_sheet_begins_empty():
    grid = read_workbook(make_book(simple)).grids["Data"]
    assert grid.value(4, 3) == 98.5
    assert grid.value(1, 1) in (None, "")


def test_error_cells_and_native_percentages_are_seen():
    def fill(book):
        sheet = book.add_worksheet("Data")
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.write("D9", 0.985, book.add_format({"num_format": "0.0%"}))
        sheet.write("E9", 0.985, book.add_format({"num_format": "0.00"}))

    grid = read_workbook(make_book(fill)).grids["Data"]
    assert grid.value(2, 2) == "#DIV/0!"
    assert grid.percent == {"D9"}


@pytest.mark.parametrize(
    ("content", "kode"),
    [
        (b"", "REG-001"),
        (b"Kode dan nama\n", "REG-001"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "REG-001"),
        (b"PK\x03\x04 not a zip", "REG-001"),
    ],
)
def test_what_is_no_workbook_has_a_reason(content, kode):
    book = read_workbook(content)
    assert book.refusal is not None and book.refusal.kode == kode and not book.grids


def test_a_truncated_file_has_a_reason():
    content = make_book(simple)
    assert read_workbook(content[: len(content) // 2]).refusal.kode == "REG-001"


def test_a_file_that_expands_too_far_is_refused_before_it_is_read():
    def blow_up(data):
        return data.replace(b"<sheetData>", b"<!--" + b" " * (workbooks.MAX_EXPANDED_BYTES + 1) + b"--><sheetData>")

    bomb = replace_part(make_book(simple), "xl/worksheets/sheet1.xml", blow_up)
    assert len(bomb) < 2**20
    assert read_workbook(bomb).refusal.kode == "REG-009"


def test_a_zip_that_lies_about_its_size_is_refused():
    content = bytearray(make_book(simple))
    at = content.rfind(b"PK\x01\x02")
    while b"sheet1.xml" not in content[at : at + 100]:
        at = content.rfind(b"PK\x01\x02", 0, at)
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    assert read_workbook(bytes(content)).refusal.kode == "REG-001"


def test_a_cell_at_the_end_of_the_sheet_is_refused_but_formatting_there_is_not():
    far = make_book(lambda b: (simple(b), b.get_worksheet_by_name("Data").write("XFD1048576", 1)))
    assert read_workbook(far).refusal.kode == "REG-009"
    styled = make_book(
        lambda b: (
            simple(b),
            b.get_worksheet_by_name("Data").write_blank("XFD1048576", None, b.add_format({"bold": True})),
        )
    )
    assert read_workbook(styled).refusal is None


def test_an_external_entity_is_not_resolved(tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA")

    def entity(data):
        doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
        return data.replace(b"<worksheet", doctype + b"<worksheet", 1).replace(b"<v>98.5</v>", b"<v>&e;</v>")

    book = read_workbook(replace_part(make_book(simple), "xl/worksheets/sheet1.xml", entity))
    values = [str(v) for g in book.grids.values() for row in g.rows for v in row]
    assert not any("RAHASIA" in v for v in values)


def test_only_the_sheets_asked_for_are_read():
    two = make_book(lambda b: (b.add_worksheet("A"), b.add_worksheet("B")))
    assert list(read_workbook(two, ["B"]).grids) == ["B"]


def test_merged_cells_are_seen_without_reading_in_full():
    def merged(book):
        book.add_worksheet("Data").merge_range("E7:E8", 5)

    grid = read_workbook(make_book(merged)).grids["Data"]
    assert grid.merges == ((7, 5, 8, 5),)
