"""A zero that its format or its sheet hides is known, in every format that can hide one."""

import io
import struct
import zipfile

import pytest

from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.number_formats import read_format
from schemas.workbook import Unsure
from tests.lib.books import (
    biff,
    biff12,
    cell12,
    make_book,
    make_ods,
    make_xls,
    make_xlsb,
    make_zip,
    number,
    row12,
)


@pytest.mark.parametrize(
    ("code", "hides"),
    [
        ("#,##0.00;-#,##0.00;;@", True),
        ("0;-0;", True),
        ("0;-0;[White]", True),
        ("0;-0;_-", True),
        (";;;", True),
        ("#,###", True),
        ("#", True),
        ("0", False),
        ("#,##0", False),
        ("0;-0", False),
        ('0;-0;"-"', False),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', False),
        ("General", False),
        ("0%", False),
    ],
)
def test_what_a_format_hides(code, hides):
    assert read_format(code).of(0).hidden is hides


def xlsx_sheet():
    def fill(book):
        sheet = book.add_worksheet("A")
        sheet.hide_zero()
        sheet.write_row("A1", [0, 5])

    return make_book(fill)


def xlsx_format(code="0;-0;;@"):
    def fill(book):
        book.add_worksheet("A").write_row("A1", [0, 5], book.add_format({"num_format": code}))

    return make_book(fill)


def xls_sheet():
    view = biff(0x23E, struct.pack("<HHHIHHI", 0x6B6 & ~0x10, 0, 0, 64, 0, 0, 0))
    return make_xls(number(0, 0, 0) + number(0, 1, 5) + view)


def xls_format():
    code = "0;-0;"
    own = biff(0x41E, struct.pack("<HHB", 164, len(code), 0) + code.encode())
    style = biff(0xE0, struct.pack("<HHHBBBBIIH", 0, 164, 0, 0, 0, 0, 0, 0, 0, 0))
    return make_xls(number(0, 0, 0) + number(0, 1, 5), before=own + style)


def xlsb_sheet():
    cells = row12(0) + cell12(5, 0, struct.pack("<d", 0)) + cell12(5, 1, struct.pack("<d", 5))
    return make_xlsb(cells, columns=biff12(137, struct.pack("<H", 0x3CC & ~0x10) + b"\0" * 28))


def ods_sheet():
    cell = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell.format(0)}{cell.format(5)}</table:table-row>"
    book = make_ods(f'<table:table table:name="A">{row}</table:table>')
    settings = (
        '<office:document-settings xmlns:office="urn:office" xmlns:config="urn:config"><config:config-item-map-indexed>'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables"><config:config-item-map-entry '
        'config:name="A"><config:config-item config:name="ShowZeroValues">false</config:config-item>'
        "</config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry>"
        "</config:config-item-map-indexed></office:document-settings>"
    )
    source = zipfile.ZipFile(io.BytesIO(book))
    return make_zip({**{name: source.read(name) for name in source.namelist()}, "settings.xml": settings})


@pytest.mark.parametrize("make", [xlsx_sheet, xlsx_format, xls_sheet, xls_format, xlsb_sheet, ods_sheet])
def test_a_hidden_zero_is_known(make):
    for full in (False, True):
        (grid,) = read_workbook(make(), full=full).grids.values()
        assert [grid.value(1, 1), grid.value(1, 2)] == [0, 5]
        assert {cell: doubt.unsure for cell, doubt in grid.doubts.items()} == {"A1": Unsure.UNSEEN_ZERO}


@pytest.mark.parametrize("code", ["0", "#,##0;-#,##0", '0;-0;"-"'])
def test_a_zero_that_is_shown_is_one(code):
    (grid,) = read_workbook(xlsx_format(code)).grids.values()
    assert grid.doubts == {}


@pytest.mark.parametrize(("flags", "uncached"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_zero_of_an_xls_that_is_still_to_be_calculated_is_none(flags, uncached):
    tokens = struct.pack("<BHH", 0x44, 0, 0xC001)
    formula = struct.pack("<HHHdHIH", 0, 0, 0, 0, flags, 0, len(tokens)) + tokens
    grid = read_workbook(make_xls(biff(0x06, formula) + number(0, 1, 7))).grids["Data"]
    assert (grid.value(1, 1), grid.formulas) == (None if uncached else 0, {"A1": "=B1"})
    assert grid.uncached == ({"A1"} if uncached else set())
