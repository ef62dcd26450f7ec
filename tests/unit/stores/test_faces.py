"""Struck-out and raised letters: every format that can carry them says the same of them."""

import struct

import pytest

from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.faces import Face, seen
from schemas.workbook import Unsure
from tests.lib.books import (
    biff,
    biff12,
    cell12,
    make_book,
    make_ods,
    make_xls,
    make_xlsb,
    number,
    replace_part,
    row12,
    wide,
)

STRUCK, RAISED, LOWERED = Face(struck=True), Face(raised=True), Face(lowered=True)
LOOKS = {"s": STRUCK, "u": RAISED, "d": LOWERED, "": Face()}

CASES = {
    "mark behind a figure": ([("18,5", ""), ("1", "u")], "18,5", None),
    "mark behind a name": ([("Persentase K6", ""), ("2)", "u")], "Persentase K6", None),
    "lowered mark": ([("44", ""), ("1", "d")], "44", None),
    "formula of a substance": ([("CO", ""), ("2", "d")], "CO2", None),
    "area": ([("km", ""), ("2", "u")], "km²", None),
    "power": ([("5 x 10", ""), ("6", "u")], "5 x 10^6", None),
    "struck before": ([("20 ", "s"), ("18,5", "")], "18,5", Unsure.PART_STRUCK),
    "struck behind": ([("18,5", ""), (" 20", "s")], "18,5", Unsure.PART_STRUCK),
    "all struck": ([("18,5", "s")], "18,5", Unsure.STRUCK),
    "struck in pieces": ([("18", "s"), (",5", "s")], "18,5", Unsure.STRUCK),
    "all raised": ([("18,5", "u")], "18,5", Unsure.RAISED),
    "plain": ([("18", ""), (",5", "")], "18,5", None),
    "struck blank": ([("18,5", ""), (" ", "s")], "18,5 ", None),
}


def _xlsx_font(look):
    inside = {"s": "<strike/>", "u": '<vertAlign val="superscript"/>', "d": '<vertAlign val="subscript"/>', "": ""}
    return f"<rPr>{inside[look]}</rPr>"


def _rich(runs):
    pieces = (f'<r>{_xlsx_font(look)}<t xml:space="preserve">{text}</t></r>' for text, look in runs)
    return "".join(pieces).encode()


def shared(runs):
    book = make_book(lambda b: b.add_worksheet("A").write("A1", "teks"))
    return replace_part(book, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>teks</t>", _rich(runs)))


def inline(runs):
    cell = b'<c r="A1" t="inlineStr"><is>' + _rich(runs) + b"</is></c>"
    book = make_book(lambda b: b.add_worksheet("A").write("A1", 5))
    return replace_part(book, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="A1"><v>5</v></c>', cell))


def _fonts8(*looks):
    place = {"u": 1, "d": 2}
    font = lambda look: struct.pack("<HHHHHBBBB", 200, 8 if look == "s" else 0, 8, 400, place.get(look, 0), 0, 0, 0, 0)  # noqa: E731
    return b"".join(biff(0x31, font(look) + b"\5\0Arial") for look in looks)


def xls(runs):
    at, places = 0, b""
    for text, look in runs:
        places += struct.pack("<HH", at, ["", "s", "u", "d"].index(look))
        at += len(text)
    text = "".join(text for text, _ in runs)
    cell = struct.pack("<HHHHB", 0, 0, 0, len(text), 1) + text.encode("utf-16-le") + struct.pack("<H", len(runs))
    return make_xls(biff(0xD6, cell + places), before=_fonts8("", "s", "u", "d"))


def _fonts12():
    font = lambda flags, place: biff12(43, struct.pack("<HHHH", 220, flags, 400, place) + b"\0" * 13)  # noqa: E731
    return biff12(611, struct.pack("<I", 4)) + font(0, 0) + font(8, 0) + font(0, 1) + font(0, 2) + biff12(612)


def _runs12(runs):
    at, places = 0, b""
    for text, look in runs:
        places += struct.pack("<HH", at, ["", "s", "u", "d"].index(look))
        at += len(text)
    return b"\1" + wide("".join(text for text, _ in runs)) + struct.pack("<I", len(runs)) + places


def _with_fonts(book):
    return replace_part(book, "xl/styles.bin", lambda data: _fonts12() + data)


def xlsb(runs):
    return _with_fonts(make_xlsb(row12(0) + cell12(62, 0, _runs12(runs))))


def xlsb_shared(runs):
    book = make_xlsb(row12(0) + cell12(7, 0, struct.pack("<I", 0)))
    return _with_fonts(replace_part(book, "xl/sharedStrings.bin", lambda _: biff12(19, _runs12(runs))))


def ods(runs):
    properties = {
        "s": 'style:text-line-through-style="solid"',
        "u": 'style:text-position="super 58%"',
        "d": 'style:text-position="-33% 58%"',
        "": 'style:font-name="Arial"',
    }
    styles = "".join(
        f'<style:style style:name="T{look}"><style:text-properties {said}/></style:style>'
        for look, said in properties.items()
    )
    spans = "".join(
        f'<text:span text:style-name="T{look}">{text.replace(" ", "<text:s/>")}</text:span>' for text, look in runs
    )
    cell = f'<table:table-cell office:value-type="string"><text:p>{spans}</text:p></table:table-cell>'
    return make_ods(f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>', styles)


def _page(cell, css=""):
    return f"<html><style>{css}</style><body><table><tr>{cell}</tr><tr><td>x</td></tr></table></body></html>".encode()


def tags(runs):
    name = {"s": "del", "u": "sup", "d": "sub", "": "span"}
    return _page("<td>" + "".join(f"<{name[look]}>{text}</{name[look]}>" for text, look in runs) + "</td>")


def classes(runs):
    css = ".font0 {color:black} .fonts, b.y {text-decoration:line-through;} .fontu{vertical-align:super}"
    css += ".fontd{vertical-align:sub}"
    return _page("<td>" + "".join(f'<font class="font{look or 0}">{text}</font>' for text, look in runs) + "</td>", css)


def excel_2003(runs):
    name = {"s": "S", "u": "Sup", "d": "Sub", "": "Font"}
    pieces = "".join(f"<{name[look]}>{text}</{name[look]}>" for text, look in runs)
    return (
        '<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<ss:Worksheet ss:Name="A"><ss:Table><ss:Row><ss:Cell><ss:Data ss:Type="String" '
        f'xmlns="http://www.w3.org/TR/REC-html40">{pieces}</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet>'
        "</ss:Workbook>"
    ).encode()


FORMATS = (shared, inline, xls, xlsb, xlsb_shared, ods, tags, classes, excel_2003)


@pytest.mark.parametrize("make", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_every_format_says_the_same(make, case):
    runs, text, unsure = CASES[case]
    for full in (False, True):
        book = read_workbook(make(runs), full=full)
        assert book.refusal is None
        (grid,) = book.grids.values()
        found = grid.doubts.get("A1")
        assert (str(grid.value(1, 1)).rstrip(" "), found and found.unsure) == (text.rstrip(" "), unsure)


@pytest.mark.parametrize("case", CASES)
def test_what_is_taken_from_pieces(case):
    runs, text, unsure = CASES[case]
    read, doubt = seen([(piece, LOOKS[look]) for piece, look in runs])
    assert (read, doubt and doubt.unsure) == (text, unsure)


def struck_xlsx():
    return make_book(lambda b: b.add_worksheet("A").write("A1", 5.5, b.add_format({"font_strikeout": True})))


def struck_xls():
    return make_xls(number(0, 0, 5.5), before=_fonts8("s"))


def struck_xlsb():
    book = _with_fonts(make_xlsb(row12(0) + cell12(5, 0, struct.pack("<d", 5.5), style=0)))
    return replace_part(
        book,
        "xl/styles.bin",
        lambda data: data.replace(biff12(47, struct.pack("<HH12x", 0, 0)), biff12(47, struct.pack("<HHH10x", 0, 0, 1))),
    )


def struck_ods(of="cell"):
    styles = (
        '<style:style style:name="Coret"><style:text-properties style:text-line-through-type="single"/></style:style>'
        '<style:style style:name="ce1" style:parent-style-name="Coret"/>'
    )
    default = 'table:default-cell-style-name="ce1"'
    cell = 'table:style-name="ce1"' if of == "cell" else ""
    row, column = (default if of == name else "" for name in ("row", "column"))
    body = f'<table:table table:name="A"><table:table-column {column}/><table:table-row {row}>'
    body += f'<table:table-cell {cell} office:value-type="float" office:value="5.5"><text:p>5,5</text:p>'
    return make_ods(body + "</table:table-cell></table:table-row></table:table>", styles)


def struck_html(of="td"):
    return _page(
        {"td": '<td class="xl65">5,5</td>', "s": "<td><s>5,5</s></td>"}[of], ".xl65{text-decoration:line-through}"
    )


def struck_2003():
    return (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/>'
        b'</Style></Styles><Worksheet ss:Name="A"><Table><Row><Cell ss:StyleID="s1"><Data ss:Type="Number">5.5</Data>'
        b"</Cell></Row></Table></Worksheet></Workbook>"
    )


@pytest.mark.parametrize(
    "content",
    [
        struck_xlsx(),
        struck_xls(),
        struck_xlsb(),
        struck_ods(),
        struck_ods("row"),
        struck_ods("column"),
        struck_html(),
        struck_html("s"),
        struck_2003(),
    ],
)
def test_a_struck_cell_is_known_in_every_format(content):
    for full in (False, True):
        (grid,) = read_workbook(content, full=full).grids.values()
        assert str(grid.value(1, 1)).replace(",", ".") == "5.5"
        assert grid.doubts["A1"].unsure is Unsure.STRUCK


def test_a_piece_without_a_look_of_its_own_has_that_of_its_cell():
    book = make_book(lambda b: b.add_worksheet("A").write("A1", "teks", b.add_format({"font_strikeout": True})))
    items = b"<r><t>20 </t></r><r><rPr><b/></rPr><t>18,5</t></r>"
    rich = replace_part(book, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>teks</t>", items))
    (grid,) = read_workbook(rich).grids.values()
    assert (grid.value(1, 1), grid.doubts["A1"].unsure) == ("18,5", Unsure.PART_STRUCK)
