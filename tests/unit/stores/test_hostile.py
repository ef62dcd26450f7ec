"""Hostile files end within seconds and bounded memory in one refusal; nothing of them is fetched, run or followed."""

import os
import random
import struct
import subprocess
import sys

import pytest

from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.biff import prepare
from pipelines.stores.workbooks.book import RefusedError
from pipelines.stores.workbooks.issued import read_issued
from tests.lib.books import (
    SHEET,
    biff,
    cell12,
    make_book,
    make_compound,
    make_ods,
    make_xls,
    make_xlsb,
    make_zip,
    number,
    replace_part,
    row12,
    simple_book,
    with_sheet,
    with_texts,
)

SECONDS = 30
MEGABYTES = 900
pytestmark = pytest.mark.timeout(SECONDS)
BOTH = pytest.mark.parametrize("full", [True, False], ids=["full", "fast"])


def refusal(content, **options):
    book = read_workbook(content, **options)
    assert book.refusal is not None and not book.grids
    return book.refusal.kode


def cell(ref):
    return b'<c r="' + ref + b'"><v>1</v></c>'


def many(part, count):
    return part * count


FAR = {
    "plain": b'<row r="1">' + cell(b"A1") + b'</row><row r="1048576">' + cell(b"XFD1048576") + b"</row>",
    "line break": b"<row><c><v>1</v></c></row><row\nr='1048576'><c\nr='XFD1048576'><v>1</v></c></row>",
    "small letters": b'<row r="1">' + cell(b"A1") + cell(b"xfd1048576") + b"</row>",
    "row only": b'<row r="1048576"><c><v>1</v></c></row>',
    "just beyond": b'<row r="20001">' + cell(b"A20001") + b"</row>",
    "spaces": b'<row r="1">' + cell(b"A1") + b'<c r = "XFD1048576"><v>1</v></c></row>',
}


@BOTH
@pytest.mark.parametrize("how", FAR)
def test_a_value_far_away_is_refused_however_it_is_written(full, how):
    assert refusal(with_sheet(FAR[how]), full=full) == "REG-009"


@BOTH
def test_a_far_sheet_under_another_name_is_found_too(full):
    hidden = simple_book().replace(SHEET.encode(), b"xl/WORKSHEETS/SHEET1.XML")
    assert read_workbook(hidden, full=full).refusal is None
    evil = with_sheet(FAR["plain"]).replace(SHEET.encode(), b"xl/WORKSHEETS/SHEET1.XML")
    assert refusal(evil, full=full) == "REG-009"


@BOTH
@pytest.mark.parametrize("at", range(6, 20))
def test_a_zip_whose_directory_lies_about_itself_is_refused(full, at):
    content = bytearray(simple_book())
    content[content.rindex(b"PK\5\6") + at] ^= 0x7F
    book = read_workbook(bytes(content), full=full)
    assert book.refusal is None or book.refusal.kode in ("REG-001", "REG-009")


@BOTH
def test_a_part_that_stands_twice_is_refused(full):
    twice = replace_part(simple_book(), "XL/worksheets/Sheet1.xml", lambda _: b"<worksheet/>")
    assert refusal(twice, full=full) == "REG-001"


def test_sixteen_thousand_columns_and_a_hundred_thousand_merges():
    assert refusal(with_sheet(b"<row>" + many(b"<c><v>1</v></c>", 16384) + b"</row>"), full=True) == "REG-009"
    ranges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 100_001))
    row = b'<row r="1">' + cell(b"A1") + b"</row>"
    assert refusal(with_sheet(row, b"<mergeCells>" + ranges + b"</mergeCells>"), full=True) == "REG-009"
    broad = many(b'<mergeCell ref="A1:SF20000"/>', 1000)
    assert refusal(with_sheet(row, b"<mergeCells>" + broad + b"</mergeCells>"), full=True) == "REG-009"


def test_a_merge_over_a_whole_column_ends_with_the_values():
    row = b'<row r="1">' + cell(b"A1") + b'</row><row r="3">' + cell(b"C3") + b"</row>"
    merged = b'<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B1:XFD1"/></mergeCells>'
    grid = read_workbook(with_sheet(row, merged), full=True).grids["Data"]
    assert grid.merges == ((1, 1, 3, 1), (1, 2, 1, 3))


@BOTH
def test_entities_are_refused(full):
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(10))

    def laugh(xml):
        return xml.replace(b"<worksheet", b"<!DOCTYPE x [" + laughs + b"]><worksheet", 1).replace(b"98.5", b"&a9;")

    assert refusal(replace_part(simple_book(), SHEET, laugh), full=full) == "REG-009"


def test_an_entity_in_the_other_formats_reads_no_file(tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    ods = make_ods("<table:table table:name='A'/>")
    evil = replace_part(
        ods, "content.xml", lambda xml: xml.replace(b"<office:doc", doctype.encode() + b"<office:doc", 1)
    )
    assert refusal(evil, full=True) == "REG-009"
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    assert refusal(f'{doctype}<Workbook xmlns="{name}"><a>&e;</a></Workbook>'.encode(), full=True) in (
        "REG-009",
        "REG-001",
    )
    page = read_workbook(f"{doctype}<html><table><tr><td>&e;</td></tr></table></html>".encode(), full=True)
    assert "RAHASIA" not in repr(page)


def test_a_page_fetches_nothing():
    page = b'<html><base href="http://192.0.2.1/"><link rel=stylesheet href="http://192.0.2.1/a.css"><table><tr><td>1</table>'
    assert read_workbook(page, full=True).grids["Sheet1"].rows == [["1"]]


# ---- locked files


def test_a_password_is_named_as_such():
    encrypted = make_compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    assert refusal(encrypted, full=True) == refusal(encrypted) == "REG-014"
    assert refusal(make_xls(number(0, 0, 1.0), before=biff(0x2F, b"\1\0\1\0")), full=True) == "REG-014"
    locked = make_ods("<table:table table:name='A'/>", manifest="<m:encryption-data/>")
    assert refusal(locked, full=True) == "REG-014"
    book = bytearray(simple_book())
    book[book.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(book), full=True) == refusal(bytes(book)) == "REG-014"


# ---- .xls


def test_an_xls_whose_chains_or_offsets_loop():
    good = make_xls(number(0, 0, 1.0))
    assert read_workbook(good, full=True).refusal is None
    stream = make_xls(number(0, 0, 1.0), contained=False)
    assert refusal(make_compound({"Workbook": stream}, chain={0: 0}), full=True) == "REG-001"
    assert refusal(make_compound({"Workbook": stream}, chain={8: 8}), full=True) == "REG-001"
    assert refusal(make_xls(number(0, 0, 1.0), named=2), full=True) == "REG-001"
    away = stream.replace(struct.pack("<I", stream.rindex(b"\x09\x08\x10\0")), struct.pack("<I", 0), 1)
    assert away != stream and refusal(make_compound({"Workbook": away}), full=True) == "REG-001"


def test_an_xls_whose_texts_run_backwards():
    text = struct.pack("<HBi", 60_000, 4, -60_007) + b"a" * 60_000
    sst = biff(0xFC, struct.pack("<ii", 1, 900_000) + text)
    with pytest.raises(RefusedError):  # before xlrd is asked, which would make 900,000 texts of it
        prepare(make_xls(number(0, 0, 1.0), before=sst, contained=False))
    assert refusal(make_xls(b"", before=biff(0xFC, struct.pack("<ii", 1, 2**31 - 1))), full=True) == "REG-009"


def test_an_xls_full_of_formatting_merges_or_values():
    blanks = biff(0xBE, struct.pack("<HH", 65_000, 0) + b"\1\0" * 256 + struct.pack("<H", 255))
    assert read_workbook(make_xls(number(0, 0, 1.0) + many(blanks, 30_000)), full=True).grids["Data"].rows == [[1]]
    merged = biff(0xE5, struct.pack("<H", 1000) + many(struct.pack("<HHHH", 0, 1, 0, 1), 1000))
    assert refusal(make_xls(number(0, 0, 1.0) + many(merged, 100)), full=True) == "REG-009"
    assert refusal(make_xls(number(30_000, 0, 1.0)), full=True) == "REG-009"
    filled = biff(0xBD, struct.pack("<HH", 1, 0) + many(struct.pack("<Hi", 0, 6), 250) + struct.pack("<H", 249))
    assert refusal(make_xls(many(filled, 5_000)), full=True) == "REG-009"
    assert refusal(make_xls(b"", before=many(biff(0xE0, b"\0" * 20), 30_000)), full=True) == "REG-009"


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_of_any_format_ends_in_grids_or_a_refusal(seed):
    """One byte in a hundred is changed: whatever comes of it, nothing but a Workbook does."""
    makers = (
        lambda: make_xls(number(0, 0, 1.0) + biff(0xFD, struct.pack("<HHHI", 1, 1, 0, 0)), texts=("a", "b")),
        lambda: make_xlsb(row12(0) + cell12(5, 0, struct.pack("<d", 1.5))),
        lambda: make_zip({"xl/workbook.bin": b"\x9c\x01\x08" + bytes(8)}),
        lambda: make_ods(
            "<table:table table:name='A'><table:table-row><table:table-cell/></table:table-row></table:table>"
        ),
        simple_book,
        lambda: b"<table><tr><td rowspan=2>a<td colspan=3>b</table>" * 20,
        lambda: b"No;Nilai\n1;2\n" * 20,
    )
    chance = random.Random(seed)
    content = bytearray(makers[seed % len(makers)]())
    for _ in range(max(1, len(content) // 100)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    for full in (True, False):
        book = read_workbook(bytes(content), full=full)
        assert (book.refusal is None) or not book.grids


# ---- names are text


@pytest.mark.parametrize("name", ["../../x", "=cmd|' !A0", "..", "CON", "a.b"])
def test_a_sheet_name_is_text_and_nothing_else(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = replace_part(
        make_book(lambda b: b.add_worksheet("Data").write("A1", 1)),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'name="Data"', f'name="{name}"'.replace("'", "&apos;").encode()),
    )
    assert list(read_workbook(content, full=True).grids) == list(read_workbook(content).grids) == [name]
    assert list(tmp_path.iterdir()) == []


def test_a_part_outside_of_the_package_is_not_followed():
    away = replace_part(
        simple_book(),
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd"),
    )
    assert read_workbook(away, full=True).grids == {}


# ---- the worst of them, each in a process of its own

WORST = {
    "lots of elements": lambda: with_sheet(many(b"<a/>", 40_000_000)),
    "lots of cells": lambda: with_sheet(many(b"<row><c><v>1</v></c></row>", 990_000)),
    "one endless attribute": lambda: with_sheet(b'<row r="' + many(b"1", 190_000_000) + b'"/>'),
    "one endless text": lambda: with_texts(b"<si><t>" + many(b"a", 190_000_000) + b"</t></si>"),
    "lots of texts": lambda: with_texts(many(b"<si><t>a</t></si>", 990_000)),
    "a long shared formula": lambda: with_sheet(
        b'<row r="1"><c r="A1"><f t="shared" si="0">'
        + many(b"A1+", 30_000)
        + b"1</f><v>1</v></c></row>"
        + b"".join(
            b'<row r="%d"><c r="A%d"><f t="shared" si="0"/><v>1</v></c></row>' % (n, n) for n in range(2, 20_000)
        )
    ),
    "a million formatted rows": lambda: with_sheet(
        b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(1, 2**20 + 1))
    ),
    "a zip of a hundred thousand parts": lambda: make_zip({str(n): b"" for n in range(100_000)}),
    "an ods filled by one cell": lambda: make_ods(
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>'
    ),
    "an ods hidden again and again": lambda: make_ods(
        '<table:table table:name="A">'
        + many('<table:table-row table:visibility="collapse" table:number-rows-repeated="999999999"/>', 100_000)
        + "</table:table>"
    ),
    "a page of half a million cells": lambda: b"<table>" + many(b"<tr><td a b c d e f g h>x", 490_000),
    "a page of two million attributes": lambda: (
        b"<table><tr><td " + b" ".join(b"a%d" % n for n in range(2_000_000)) + b">x</table>"
    ),
    "a page whose cells reach down": lambda: b"<table>" + many(b"<tr><td rowspan=65534 colspan=65534>1", 19_000),
    "tables in tables": lambda: many(b"<table><tr><td>", 300_000),
    "a style sheet without end": lambda: (
        b"<style>" + many(b'.a{mso-number-format:"\\', 700_000) + b"</style><table><tr><td>1"
    ),
    "one line of twenty million cells": lambda: b"a;b\n1;2\n" + many(b";", 19_900_000),
    "one line of a hundred megabytes": lambda: many(b"a;", 50_000_000),
    "a quote that never ends": lambda: b'a;b\n1;"' + many(b"x\n", 9_000_000),
    "random bytes": lambda: os.urandom(20_000_000),
    "lots of long xls formulas": lambda: make_xls(b"".join(long_formula(row) for row in range(12_000))),
}


def long_formula(row):
    """1+1+1 … in a cell of an .xls."""
    tokens = b"\x1e\1\0" + many(b"\x1e\1\0\3", 374)
    return biff(0x06, struct.pack("<HHHdHIH", row, 1, 0, 1.0, 0, 0, len(tokens)) + tokens)


def measure(name, full):
    """Read one file in a process of its own: the code of its refusal (or -), its peak in megabytes beyond the file's own."""
    import resource

    content = WORST[name]()
    if child := os.fork():
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    book = read_workbook(content, full=full)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"{book.refusal.kode if book.refusal else '-'} {peak // 1024} {begin // 1024}\n")
    sys.stdout.flush()
    os._exit(0)


@pytest.mark.slow
@pytest.mark.timeout(4 * SECONDS)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="perlu fork")
@pytest.mark.parametrize("name", WORST)
def test_the_worst_end_in_seconds_and_in_bounded_memory(name):
    command = [sys.executable, "-c", f"from tests.unit.stores.test_hostile import measure; measure({name!r}, True)"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3 * SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    kode, peak, _ = done.stdout.split()
    assert kode in ("-", "REG-001", "REG-009")
    assert int(peak) < MEGABYTES


def test_the_fast_way_ends_in_a_refusal_where_calamine_fails():
    with pytest.raises(RefusedError):
        read_issued(make_zip({"xl/workbook.xml": b"<workbook><sheets><sheet name='A'/></sheets></workbook>"}), None)


@pytest.mark.parametrize("length", [8, 29, 75, 77, 300, 511])
def test_an_xls_cut_within_its_header_is_broken(length):
    whole = make_xls(number(0, 0, 1.0))
    assert read_workbook(whole[:length]).refusal.kode == "REG-001"
