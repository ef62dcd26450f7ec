"""The fast reader of an .xlsx and the full one say the same of the same bytes, however these are written."""

import io
import random
import re
import zipfile
from datetime import datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.stores.workbooks import issued, large, read_workbook
from pipelines.stores.workbooks.book import RefusedError
from pipelines.stores.workbooks.issued import read_issued
from pipelines.stores.workbooks.xlsx import read_xlsx
from tests.lib.books import SHEET, make_book, make_zip, replace_part

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK, RELATIONS, TEXTS, STYLES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
PARTS = (BOOK, RELATIONS, TEXTS, STYLES, SHEET, "_rels/.rels")


def _fill(book):
    sheet = book.add_worksheet("Data")
    sheet.write_row("A1", ["Judul é", "Satu", 98.5, True])
    for column, code in enumerate(("0%", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm")):
        sheet.write_number(3, column, 0.5 + column, book.add_format({"num_format": code}))
    sheet.write_formula("A6", "=C1*2", None, 197)
    sheet.write_formula("B6", "=1/0", None, "#DIV/0!")
    sheet.write_formula("C6", "=A6-A6", None, 0)
    sheet.merge_range("A8:B9", "gabungan")
    book.add_worksheet("_meta").write("A1", "lain")


BASE = make_book(_fill)


def with_rows(rows, after=b""):
    xml = b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
    return replace_part(BASE, SHEET, lambda _: xml)


def cell(inside, kind=b"", style=b""):
    of_type = b' t="' + kind + b'"' if kind else b""
    of_style = b' s="' + style + b'"' if style else b""
    return b'<c r="A1"' + of_style + of_type + b">" + inside + b"</c>"


def _plain(value):
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def view(read, content):
    """Everything a reader says of a file: the code of its refusal, else what is on its sheets."""
    try:
        grids = read(content)
    except RefusedError as refused:
        return refused.refusal.kode
    return {
        name: (
            {
                (r, c): (type(_plain(v)), _plain(v))
                for r, row in enumerate(grid.rows)
                for c, v in enumerate(row)
                if v not in (None, "")
            },
            grid.percent,
            set(grid.merges),
            dict(grid.formulas),
            grid.uncached,
            dict(grid.doubts),
            dict(grid.scales),
            dict(grid.shown),
        )
        for name, grid in grids.items()
    }


def agree(content):
    fast, full = view(lambda b: read_issued(b, None), content), view(lambda b: read_xlsx(b, None), content)
    assert fast == full
    assert view(_read_large, content) == full
    return full


def _read_large(content):
    """A large sheet in full is read the fast way where that says all of it: not a value may differ, nor its kind."""
    grids, full = large.read_large(content, None), read_xlsx(content, None)
    if grids is not None:
        assert [(g.rows, g.hidden, g.hidden_rows, g.hidden_columns, g.doubts) for g in grids.values()] == [
            (g.rows, g.hidden, g.hidden_rows, g.hidden_columns, g.doubts) for g in full.values()
        ]
    return full if grids is None else grids


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch):
    monkeypatch.setattr(large, "LARGE", 0)


VALUES = (
    b"", b"0", b"1", b"2", b"-1", b"1.5", b"x", b" 1 ", b"01", b"+1", b"1e0", b"1.0", b"99", b"99999999999", b"1\n",
    b"\xd9\xa1", b"&#49;", b"1&#50;", b"<![CDATA[1]]>", b"1<!--a-->0", b" 12 ", b"1,5", b"1 2", b"1_000", b"0x10",
    b"NaN", b"inf", b"-INF", b"1e999", b"1e", b"--5", b"-0", b".5", b"5.", b"1d5", b"1\xc2\xa0", b"45000", b"45000.25",
    b"0.999999999", b"59", b"60", b"2958465", b"2958466", b"1e10", b"-0.5", b"true", b"TRUE", b"#N/A", b" #N/A ",
    b"#SPILL!", b"#FOO!", b"2024-01-02", b"2024-01-02T10:11:12Z", b"2024-13-01", b"PT3H", b"_x0041_", b"a&amp;b", b"a&nbsp;b",
)  # fmt: skip
KINDS = (b"", b"n", b"s", b"b", b"e", b"str", b"d", b"inlineStr", b"zz", b"S", b"&#115;")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_cell_with_every_value(kind):
    for value in VALUES:
        for style in (b"", b"1", b"2", b"4", b"5") if kind in (b"", b"n") else (b"",):
            for formula in (b"", b"<f>1+1</f>"):
                agree(with_rows(b'<row r="1">' + cell(formula + b"<v>" + value + b"</v>", kind, style) + b"</row>"))


@pytest.mark.parametrize("wrong", [b"-1", b"1.5", b"x", b"99", b"1e0", b"+1", b"\xd9\xa1"])
def test_a_reference_to_no_text_is_never_another_text(wrong):
    """-1, 1.5 and x were text 0: a value from another cell."""
    content = with_rows(b'<row r="1">' + cell(b"<v>" + wrong + b"</v>", b"s") + b"</row>")
    for full in (True, False):
        book = read_workbook(content, full=full)
        assert book.refusal is not None and book.refusal.kode == "REG-001"


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (b"b", b"2", "2"), (b"b", b"x", "x"), (b"b", b"true", True), (b"n", b"1e999", "1e999"), (b"n", b"NaN", "NaN"),
        (b"n", b"1_000", "1_000"), (b"n", b" 12 ", 12), (b"n", b"1,5", "1,5"), (b"n", b"\xd9\xa1", "١"),
        (b"e", b"#FOO!", "#FOO!"),
    ],
)  # fmt: skip
def test_what_is_no_value_of_its_kind_stays_the_text_it_is(kind, value, read):
    content = with_rows(b'<row r="1">' + cell(b"<v>" + value + b"</v>", kind) + b"</row>")
    assert read_workbook(content).grids["Data"].value(1, 1) == read
    agree(content)


ROWS = (
    b'<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>',
    b'<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    b'<row r="1"><c r="A1"><v>3</v></c><c r="A1"><v>1</v></c></row>',
    b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="A1"><v>2</v></c></row>',
    b'<row r="1"><c r="A1"><v>2</v></c><c r="A1" t="e"><v>#N/A</v></c></row>',
    b"<row><c><v>3</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>",
    b'<row r="1"><c r="B5"><v>3</v></c><c><v>9</v></c></row><row><c><v>1</v></c></row>',
    b'<row r="1"><c r="$B$1"><v>3</v></c></row>', b'<row r="1"><c r="b1" s="1"><v>.5</v></c></row>',
    b'<row r="1"><c r=""><v>3</v></c></row>', b'<row r=" 2 "><c><v>3</v></c></row>', b'<row r="1_0"><c><v>3</v></c></row>',
    b'<row r="0"><c><v>3</v></c></row>', b'<row r="1"><c r="A1"><v>3</v><extLst><ext><v>7</v></ext></extLst></c></row>',
    b'<row r="1"><c r="A1" s = "1"><v>.5</v></c></row>', b'<row r="1"><c r="A1" s="01"><v>.5</v></c></row>',
    b'<row r="1"><c s="1"><v>.5</v></c></row>', b'<row r="1"><c r="A1" s="1"/></row>',
    b'<row r="1"><c r="A1" s="1" t="str"><v>a</v></c></row>', b'<row r="1"><c r="A1" t="e"/></row>',
    b'<row r="1"><c r="A1"><v>2</v><f>1+1</f></c></row>', b'<row r="1"><c r="A1"><f></f><v>2</v></c></row>',
    b'<row r="1"><c r="A1"><f>"_x0041_"&amp;B1</f><v>2</v></c></row>', b'<row r="1"><c r="A1"><f\n>1+1</f><v>2</v></c></row>',
    b'<!--<c r="A1"><f>1</f></c>--><row r="1"><c r="A1"><v>3</v></c></row>',
    b'<row r="1"><c r="A1" t="inlineStr"><is><t> a </t></is></c></row>',
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&#32;a&#10;</t></is></c></row>',
    b'<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is><v>0</v></c></row>',
    b'<row r="1"><c r="A1" t="str"><v><![CDATA[a<b]]></v></c></row>',
    b'<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>0</v></c></row>'
    b'<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>',
)  # fmt: skip


@pytest.mark.parametrize("rows", ROWS)
def test_rows_and_cells_in_every_order_and_spelling(rows):
    agree(with_rows(rows))


@pytest.mark.parametrize("cache", [b"", b"<v></v>", b"<v/>", b"<v>0</v>", b"<v>-0.0</v>"])
@pytest.mark.parametrize("recalculates", [b"0", b"1", b"true"])
def test_a_formula_nobody_calculated_keeps_no_value(cache, recalculates):
    content = with_rows(b'<row r="1">' + cell(b"<f>1+1</f>" + cache) + b"</row>")
    said = b'fullCalcOnLoad="' + recalculates + b'"'
    agree(replace_part(content, BOOK, lambda xml: xml.replace(b'fullCalcOnLoad="1"', said)))


MERGES = (b'"A1:B2"', b'"A1:B1048576"', b'"A1:A1"', b'"A1"', b'"a1:b2"', b'"B2:A1"', b'"F1:G2"', b'"A9:B10"')


@pytest.mark.parametrize("merge", MERGES)
def test_merged_ranges(merge):
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    agree(with_rows(rows, b"<mergeCells><mergeCell ref=" + merge + b"/></mergeCells>"))
    agree(with_rows(rows, b"<mergeCells><!--<mergeCell ref=" + merge + b"/>--></mergeCells>"))


ITEMS = (
    b"<r><t>a</t></r><r><t xml:space='preserve'> b</t></r>", b'<t>a</t><rPh sb="0" eb="1"><t>fu</t></rPh>', b"",
    b"<t/>", b"<t> a </t>", b"<t xml:space='preserve'> a </t>", b"<t><![CDATA[a<b]]></t>", b"<t>a&amp;b&#233;</t>",
    b"<t>a&nbsp;b</t>", b"<t>_x000D_a_x005F_x0041_</t>", b"<t>a<!--b-->c</t>", b"<t>a</t><t>b</t>", b"<t>a\r\nb</t>",
    b"<si><t>a</t></si>", b"<t>a & b</t>", b"<t>a\xffb</t>", b"<t>a\x01b</t>",
)  # fmt: skip


@pytest.mark.parametrize("item", ITEMS)
def test_shared_texts_in_every_spelling(item):
    rows = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    listed = b"<sst " + MAIN + b"><si>" + item + b"</si><si><t>x</t></si></sst>"
    agree(replace_part(with_rows(rows), TEXTS, lambda _: listed))


ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "windows-1252", "iso-8859-1", "utf-7", "gbk", "x-foo")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_part_in_another_encoding(part, encoding):
    def spell(xml):
        text = re.sub(r"^<\?xml[^>]*\?>\s*", "", xml.decode())
        if part == SHEET:
            text = text.replace("<v>0</v>", "<v>1</v>")
        mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
        named, coded = encoding.removesuffix("-sig").upper(), "latin-1" if encoding == "x-foo" else encoding
        return mark + f'<?xml version="1.0" encoding="{named}"?>{text}'.encode(coded, "xmlcharrefreplace")

    agree(replace_part(BASE, part, spell))


def test_the_hidden_sheet_of_a_form_in_utf_16_is_not_empty():
    def spell(xml):
        return xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    content = replace_part(BASE, "xl/worksheets/sheet2.xml", spell)
    assert read_workbook(content, ["_meta"]).grids["_meta"].value(1, 1) == "lain"


def test_a_sheet_that_is_named_and_not_there_is_no_empty_sheet():
    away = replace_part(BASE, RELATIONS, lambda xml: xml.replace(b"worksheets/sheet2.xml", b"worksheets/sheet9.xml"))
    twice = replace_part(BASE, BOOK, lambda xml: xml.replace(b'name="_meta"', b'name="Data"'))
    assert agree(away) == agree(twice) == "REG-001"


@pytest.mark.parametrize(
    "code",
    [
        "Standard", '"unclosed', "[h", '0"d"', "[$-421]dd mmmm yyyy", "0\\%", "[Red]0", "0;d", "0.00", "00", '0"."00',
        "[<=1]0.0%;0.0", "#,##0,", ";;;", "0;-0;;@", "#,##0.00", "0.00%", "[White]0",
    ],
)  # fmt: skip
def test_number_formats(code):
    def fill(book):
        shown = book.add_format({"num_format": code})
        for row, value in enumerate((45000.5, 0, 7, 1.1, -3, 0.5, "teks")):
            book.add_worksheet(f"A{row}").write(0, 0, value, shown)

    agree(make_book(fill))


CHANGES = {
    "single quotes": lambda xml: re.sub(rb'="([^"]*)"', rb"='\1'", xml),
    "spaced": lambda xml: re.sub(rb'="([^"]*)"', rb' = "\1"', xml),
    "lines": lambda xml: xml.replace(b"><", b">\n<"),
    "comments": lambda xml: xml.replace(b"><", b"><!-- c --><"),
    "prefix": lambda xml: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x="),
    "cut": lambda xml: xml[: len(xml) * 2 // 3],
    "empty": lambda _: b"",
    "more behind": lambda xml: xml + b"<x",
    "no pair": lambda xml: xml.replace(b"</", b"</q", 1),
    "attribute twice": lambda xml: re.sub(rb' (\w+="[^"]*")(/?>)', rb" \1 \1\2", xml, count=1),
    "1904": lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" '),
    "chart": lambda xml: xml.replace(b"relationships/worksheet", b"relationships/chartsheet", 1),
    "outside": lambda xml: xml.replace(b'sheet2.xml"', b'sheet2.xml" TargetMode="External"'),
    "dots": lambda xml: xml.replace(b'Target="worksheets/', b'Target="../xl/./worksheets/'),
    "from the root": lambda xml: xml.replace(b'Target="worksheets/', b'Target="/xl/worksheets/'),
    "percent": lambda xml: xml.replace(b"/sheet2.xml", b"/%73heet2.xml"),
    "as letters": lambda xml: xml.replace(b'Target="worksheets/', b'Target="&#46;/worksheets/'),
    "two slashes": lambda xml: xml.replace(b"worksheets/sheet2", b"worksheets//sheet2"),
    "twice the folder": lambda xml: xml.replace(b"worksheets/sheet2", b"xl/worksheets/sheet2"),
    "same sheet": lambda xml: xml.replace(b'r:id="rId2"', b'r:id="rId1"'),
    "no texts": lambda xml: re.sub(rb"<Relationship [^>]*sharedStrings[^>]*/>", b"", xml),
    "no styles": lambda xml: re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", xml),
    "two lists": lambda xml: xml.replace(b"</sheetData>", b"</sheetData><sheetData><row/></sheetData>"),
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_part_written_in_another_way(part, change):
    agree(replace_part(BASE, part, CHANGES[change]))


@pytest.mark.parametrize(
    "target", ["../xl/worksheets/{}", "./worksheets/{}", "/xl/worksheets/{}", "..\\xl\\worksheets\\{}"]
)
@pytest.mark.parametrize("written", ["sheet2.xml", "%73heet2.xml", "Sheet2.XML"])
def test_a_sheet_is_found_wherever_its_target_leads(target, written):
    moved = replace_part(
        BASE, RELATIONS, lambda xml: xml.replace(b"worksheets/sheet2.xml", target.format(written).encode())
    )
    for whole in (False, True):
        assert read_workbook(moved, full=whole).grids["_meta"].value(1, 1) == "lain"


def test_a_sheet_in_a_part_with_a_space_in_its_name():
    source = zipfile.ZipFile(io.BytesIO(BASE))
    for part in ("xl/worksheets/lembar 2.xml", "xl/worksheets/lembar%202.xml"):
        named = {name.replace("xl/worksheets/sheet2.xml", part): source.read(name) for name in source.namelist()}
        for target in (b"lembar 2.xml", b"lembar%202.xml"):
            parts = {**named, RELATIONS: named[RELATIONS].replace(b"sheet2.xml", target)}
            assert read_workbook(make_zip(parts)).grids["_meta"].value(1, 1) == "lain"


@pytest.mark.parametrize("target", [b"worksheets/sheet9.xml", b"xl/worksheets/sheet2.xml", b"../worksheets/sheet2.xml"])
def test_a_listed_sheet_that_is_not_there_is_named(target):
    lost = replace_part(BASE, RELATIONS, lambda xml: xml.replace(b"worksheets/sheet2.xml", target))
    for whole in (False, True):
        refusal = read_workbook(lost, full=whole).refusal
        assert refusal is not None and "_meta" in refusal.sebab


TOKENS = (b'"', b"'", b"<", b">", b"/", b" ", b"&", b"0", b"1", b"-", b".", b"e", b"s", b"t", b"A", b"r", b"=", b"\n")


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PARTS), st.integers(0, 2**32), st.integers(1, 3))
def test_whatever_a_few_letters_are_changed_to(part, seed, times):
    chance = random.Random(seed)

    def change(xml):
        for _ in range(times):
            at = chance.randrange(len(xml))
            xml = xml[:at] + chance.choice(TOKENS) + xml[at + chance.randrange(2) :]
        return xml

    agree(replace_part(BASE, part, change))


def test_what_every_program_writes_is_read_the_fast_way(monkeypatch):
    monkeypatch.setattr(issued, "_read_in_full", lambda *_: pytest.fail("read in full"))
    assert read_workbook(BASE).grids["Data"].value(6, 1) == 197
