"""What a number format shows of a number: held against LibreOffice, and the same in every format of file."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zipfile
from decimal import Decimal
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipelines.stores.workbooks import issued, read_workbook
from pipelines.stores.workbooks.number_formats import read_format
from schemas.workbook import Scale, Unsure
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

CODES = (
    "General", "0", "00", "0000", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.0,", "#,##0,", "#,##0,,", "0.0,", "0.00,",
    '0.0,,"jt"', '#,##0, "rb"', '0"."00', '#"."00', "0\\.00", "00-00", '"P-"000', "0%", "0.0%", "[<=1]0.0%;0.0",
    "[<=1]0.0%", "[>100]0.0;0.0%", '[>100]"a"0;[<10]"b"0;"c"0', "[<=1]0%;0;0.00", "0%;-0%;0", "0.00;[Red]0.00%",
    "[<0]0.0;0.00", "0;-0;;@", ";;;", ";;", "0;", "0;;", "#", "#,###", '"n/a"', '0;-0;"-"', "@", "General;-General;",
    '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "0.0?", "[Red]0;[White]", '0"%"', '[=1]"Ya";[=0]"Tidak";0', "#,##0;(#,##0)",
    "[$Rp-421]#,##0.00", '"Rp"#,##0;-"Rp"#,##0;', "0.##", "+0;-0;0", "[Green][>=75]0;[Red]0",
)  # fmt: skip
WITHIN = ('0"."00', '#"."00', "0\\.00", "00-00", '"P-"000')
"""Formats with something between their digits, which then are those of a code."""
NUMBERS = (0, 0.004, 0.185, 0.4, 1, 1.1, 7, 44, 110, 12345.678, 880500000, -5, -0.5)
_PROPERTIES = ("font_color", "bg_color")
COLOURS = (("#FFFFFF",), ("#FFFFFF", "#FFFFFF"), ("#FFFFFF", "#1F3864"), ("#FF0000", "#FF0000"), ("#000000", "#FFFF00"))
OFFICE = shutil.which("soffice")
_TABLE, _TEXT = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}", "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _fill(book):
    sheet = book.add_worksheet("A")
    for row, code in enumerate(CODES):
        shape = book.add_format({"num_format": code})
        for column, value in enumerate(NUMBERS):
            sheet.write_number(row, column, value, shape)
        sheet.write_string(row, len(NUMBERS), "teks", shape)
    for column, colours in enumerate(COLOURS):
        sheet.write_number(len(CODES), column, 91, book.add_format(dict(zip(_PROPERTIES, colours, strict=False))))


BOOK = make_book(_fill)


def _convert(folder, ending):
    (folder / "a.xlsx").write_bytes(BOOK)
    home = f"-env:UserInstallation=file://{folder}/home"
    command = [OFFICE, home, "--headless", "--convert-to", ending, "--outdir", str(folder), str(folder / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"a.{ending}"


@pytest.fixture(scope="module")
def as_ods(tmp_path_factory):
    if OFFICE is None:
        pytest.skip("no LibreOffice")
    return _convert(tmp_path_factory.mktemp("office"), "ods")


def _seen(content):
    """What LibreOffice shows in every cell."""
    root = etree.fromstring(zipfile.ZipFile(content).read("content.xml"))
    for row in root.iter(f"{_TABLE}table-row"):
        texts = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            text = "".join("".join(p.itertext()) for p in cell.iter(f"{_TEXT}p"))
            texts += [text] * int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        yield texts


def test_what_is_seen_is_what_libreoffice_shows(as_ods):
    for code, texts in zip(CODES, _seen(as_ods), strict=False):
        shape = read_format(code)
        for value, text in zip(NUMBERS, texts, strict=False):
            shown, at = shape.of(value), (code, value, text)
            assert shown.hidden is (not text.strip() if value == 0 else not any(map(str.isdigit, text))), at
            if shown.text is not None:
                assert shown.text == text.strip(), at
            elif any(map(str.isdigit, text)) and code not in WITHIN:
                _check_figure(shown, value, text, at)
        assert shape.of("teks").hidden is (not texts[len(NUMBERS)].strip()), code


@settings(max_examples=400)
@given(
    st.lists(
        st.sampled_from([*"0#?.,;%@-/ E+x", '"jt"', "\\ ", "_-", "* ", "[<=1]", "[>5]", "[White]", "[Red]", "General"])
    ),
    st.floats(-1e17, 1e17) | st.integers(-(10**9), 10**9) | st.sampled_from([0, 0.5, 1.1, 7]),
)
def test_any_format_shows_any_number_in_some_way(pieces, value):
    shown = read_format("".join(pieces)).of(value)
    assert not (shown.hidden and shown.text)
    if shown.text is not None and set(pieces) <= set("0#?.,@"):
        assert float(shown.text) == value


@pytest.mark.parametrize("code", ["0" + "," * 5000, "#." + "#" * 5000, "0" * 5000 + ".00", ";" * 5000, '"' * 5001])
def test_a_format_nobody_would_write_does_no_harm(code):
    for value in (0, 0.5, 1e300, -7):
        assert isinstance(read_format(code).of(value).hidden, bool)


def _check_figure(shown, value, text, at):
    """The digits that are shown are those of the number, as a percentage and cut as the format says."""
    digits = re.sub(r"[^\d.]", "", text)
    thousands = shown.scale.thousands if shown.scale else 0
    figure = abs(value) * (100 if shown.kind == "percent" else 1) / 1000**thousands
    places = len(digits.partition(".")[2])
    assert abs(float(digits) - figure) <= 0.5001 * 10**-places, at


@pytest.mark.parametrize("ending", ["ods", "xls", "html", "fast"])
def test_every_format_of_file_says_the_same(ending, as_ods, tmp_path):
    """As LibreOffice writes it from one and the same workbook; the fast reader beside the full one."""
    (expected,) = read_workbook(BOOK, full=True).grids.values()
    content = BOOK if ending == "fast" else _convert(tmp_path, ending).read_bytes()
    (grid,) = read_workbook(content, full=ending != "fast").grids.values()
    # of a format that ends with an empty section it writes another one into these two
    rows = {
        len(CODES) + 1,
        *(row for row, code in enumerate(CODES, 1) if ending in ("ods", "fast") or not code.endswith(";")),
    }
    for name in ("percent", "doubts", "scales", "shown"):
        found, right = (_at(getattr(g, name), rows) for g in (grid, expected))
        assert found == right, name


def _at(cells, rows):
    kept = [at for at in cells if int(at.lstrip("ABCDEFGHIJKLMN")) in rows]
    return {at: cells[at] for at in kept} if isinstance(cells, dict) else set(kept)


def xlsx(code, number, colours=()):
    looks = dict(zip(_PROPERTIES, colours, strict=False))
    return make_book(lambda b: b.add_worksheet("A").write(0, 0, number, b.add_format({"num_format": code, **looks})))


def xls(code, value, colours=()):
    letters, ground = (PALETTE[name] for name in (*(colours or ("#000000",)), "#none")[:2])
    fonts = b"".join(
        biff(0x31, struct.pack("<HHHHHBBBB", 200, 0, colour, 400, 0, 0, 0, 0, 0) + b"\5\0Arial")
        for colour in (8, letters)
    )
    own = biff(0x41E, struct.pack("<HHB", 164, len(code), 0) + code.encode("latin-1"))
    fill = (1 << 26, ground) if ground else (0, 0)
    style = biff(0xE0, struct.pack("<HHHBBBBIIH", 1, 164, 0, 0, 0, 0, 0, 0, *fill))
    return make_xls(number(0, 0, value), before=fonts + own + style)


def xlsb(code, value, colours=()):
    colour = lambda name: struct.pack("<BBhBBBB", 5, 255, 0, *bytes.fromhex(name[1:]), 255)  # noqa: E731
    letters = colour(colours[0]) if colours else b"\0" * 8
    fill = struct.pack("<I", 1) + colour(colours[1]) if len(colours) > 1 else struct.pack("<I", 0) + b"\0" * 8
    styles = biff12(615) + biff12(44, struct.pack("<H", 164) + wide(code)) + biff12(616) + biff12(611)
    styles += biff12(43, struct.pack("<HHHH", 220, 0, 400, 0) + b"\0" * 4 + letters) + biff12(612)
    styles += biff12(603) + biff12(45, fill + b"\0" * 56) + biff12(604)
    styles += biff12(617) + biff12(47, struct.pack("<HHHHH6x", 0, 164, 0, 0, 0)) + biff12(618)
    book = make_xlsb(row12(0) + cell12(5, 0, struct.pack("<d", value)))
    return replace_part(book, "xl/styles.bin", lambda _: styles)


def xml(code, value, colours=()):
    look = f'<Font ss:Color="{colours[0]}"/>' if colours else ""
    look += f'<Interior ss:Color="{colours[1]}" ss:Pattern="Solid"/>' if len(colours) > 1 else ""
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s">'
        f"<NumberFormat ss:Format={quoteattr(code)}/>{look}</Style></Styles>"
        '<Worksheet ss:Name="A"><Table><Row><Cell ss:StyleID="s">'
        f'<Data ss:Type="Number">{value}</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()


def _mso(code):
    return "".join(f"\\{ord(letter):04x}" if letter in "\"'" else f"\\{letter}" for letter in code)


def html(code, value, colours=()):
    style = f'mso-number-format:"{_mso(code)}";' + "".join(
        f"{name}:{colour};" for name, colour in zip(("color", "background"), colours, strict=False)
    )
    return f"<html><body><table><tr><td style='{style}'>{value}</td></tr></table></body></html>".encode()


def html_class(code, value, colours=()):
    style = f'mso-number-format:"{_mso(code)}";' + "".join(
        f"{name}:{colour};" for name, colour in zip(("color", "background"), colours, strict=False)
    )
    cell = f'<td class=xl65 x:num="{value}">?</td>'
    page = f"<html><head><style>.xl65 {{{style}}}</style></head><body><table><tr>{cell}</tr></table></body></html>"
    return page.encode()


PALETTE = {"#FFFFFF": 9, "#000000": 8, "#FF0000": 10, "#1F3864": 18, "#none": 0}
MAKERS = [xlsx, xls, xlsb, xml, html, html_class]
SAID = [
    ("[<=1]0.0%;0.0", 0.185, ("percent",)),
    ("[<=1]0.0%;0.0", 44, ("44.0",)),
    ("0%;-0%;0", 0.5, ("percent",)),
    ("#,##0,", 880500000, (Scale(1),)),
    ("#,##0,,", 880500000, (Scale(2),)),
    ('0.0,,"jt"', 880500000, (Scale(2, Decimal(1000000)),)),
    ("#,##0,", 0, ()),
    ('"Rp"#,##0,,"jt"', 880500000, (Scale(2, Decimal(1000000)),)),
    ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0, ()),
    (";;;", 99, (Unsure.UNSEEN,)),
    ("0;;", -5, (Unsure.UNSEEN,)),
    ("0;-0;;@", 0, (Unsure.UNSEEN_ZERO,)),
    ("0;-0;;@", 5, ()),
    ("[White]0", 5, (Unsure.UNSEEN,)),
    ("0.00", 1.1, ("1.10",)),
    ("0.0", 1.1, ("1.1",)),
    ("00", 7, ("07",)),
    ('0"."00', 110, ("1.10",)),
    ("0.0", 1.25, ()),
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(("code", "value", "said"), SAID)
def test_what_a_format_says_in_every_format_of_file(make, code, value, said):
    for full in (False, True):
        (grid,) = read_workbook(make(code, value), full=full).grids.values()
        assert float(grid.value(1, 1)) == value
        doubts = [doubt.unsure for doubt in grid.doubts.values()]
        assert (*("percent" for _ in grid.percent), *grid.scales.values(), *doubts, *grid.shown.values()) == said


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    ("colours", "unseen"),
    [
        (("#FFFFFF",), True),
        (("#FFFFFF", "#FFFFFF"), True),
        (("#FF0000", "#FF0000"), True),
        (("#FFFFFF", "#1F3864"), False),
        (("#FF0000",), False),
        (("#000000", "#FFFFFF"), False),
    ],
)
def test_letters_in_the_colour_of_their_ground(make, colours, unseen):
    for full in (False, True):
        (grid,) = read_workbook(make("0", 91, colours), full=full).grids.values()
        assert [doubt.unsure for doubt in grid.doubts.values()] == [Unsure.CAMOUFLAGED] * unseen


@pytest.mark.parametrize(
    ("written", "unseen"),
    [
        (b'theme="0"', True),
        (b'indexed="9"', True),
        (b'indexed="65"', True),
        (b'rgb="00FFFFFF"', True),
        (b'rgb="FFFEFEFE"', True),
        (b'theme="0" tint="-0.249977111117893"', False),
        (b'theme="1"', False),
        (b'auto="1"', False),
    ],
)
def test_white_is_white_however_it_is_written(written, unseen):
    book = replace_part(xlsx("0", 91, ("#FFFFFF",)), "xl/styles.xml", lambda s: s.replace(b'rgb="FFFFFFFF"', written))
    for full in (False, True):
        (grid,) = read_workbook(book, full=full).grids.values()
        assert [doubt.unsure for doubt in grid.doubts.values()] == [Unsure.CAMOUFLAGED] * unseen


USUAL = ("General", "0.00", "#,##0.00", "0%", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "#,##0;[Red]-#,##0", "@")


def test_usual_formats_leave_the_fast_way_open(monkeypatch):
    monkeypatch.setattr(issued, "_read_in_full", lambda *_: pytest.fail("read in full"))
    for code in USUAL:
        assert read_workbook(xlsx(code, 91)).grids["A"].value(1, 1) == 91
    heading = make_book(
        lambda b: b.add_worksheet("A").write(0, 0, "No", b.add_format(dict(zip(_PROPERTIES, COLOURS[2], strict=True))))
    )
    assert read_workbook(heading).grids["A"].value(1, 1) == "No"


def test_a_row_of_a_page_gives_its_ground_to_its_cells():
    page = (
        "<style>.w {color: white}</style><table>"
        "<tr style='background: rgb(31, 56, 100) none'><td class=w>91</td></tr>"
        "<tr bgcolor='#ffffff'><td><font color=white>92</font></td>"
        "<td style='color:white'><b style='color:red'>9</b></td></tr></table>"
    )
    (grid,) = read_workbook(page.encode()).grids.values()
    assert {at: doubt.unsure for at, doubt in grid.doubts.items()} == {"A2": Unsure.CAMOUFLAGED}


ODS_STYLES = """
<number:percentage-style style:name="N1P0"><number:number number:decimal-places="1" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style><number:number-style style:name="N1"><number:number
number:decimal-places="1" number:min-integer-digits="1"/><style:map style:condition="value()&lt;=1"
style:apply-style-name="N1P0"/></number:number-style>
<number:number-style style:name="N2"><number:number number:decimal-places="0" number:min-integer-digits="1"
number:display-factor="1000"/></number:number-style>
<number:number-style style:name="N3"><number:text/></number:number-style>
<number:number-style style:name="N4"><number:number number:decimal-places="0" number:min-integer-digits="0"/>
</number:number-style>
<number:number-style style:name="N5"><number:number number:decimal-places="0" number:min-integer-digits="3">
<number:embedded-text number:position="2">.</number:embedded-text></number:number></number:number-style>
<style:style style:name="dasar"><style:table-cell-properties fo:background-color="#FFF"/></style:style>
<style:style style:name="putih" style:parent-style-name="dasar"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="gelap"><style:table-cell-properties fo:background-color="#1f3864"/>
<style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="otomatis"><style:text-properties style:use-window-font-color="true"/></style:style>
"""


@pytest.mark.parametrize(
    ("style", "value", "said"),
    [
        ("N1", 0.185, ("percent",)),
        ("N1", 44, ("44.0",)),
        ("N2", 880500, (Scale(1),)),
        ("N3", 99, (Unsure.UNSEEN,)),
        ("N3", 0, (Unsure.UNSEEN_ZERO,)),
        ("N4", 0, (Unsure.UNSEEN_ZERO,)),
        ("N4", 3, ()),
        ("N5", 110, ("1.10",)),
        ("putih", 91, (Unsure.CAMOUFLAGED,)),
        ("gelap", 91, ()),
        ("otomatis", 91, ()),
        ("tidak ada", 91, ()),
    ],
)
def test_the_formats_of_an_ods(style, value, said):
    own = f'<style:style style:name="c" style:data-style-name="{style}"/>' if style.startswith("N") else ""
    held = f'office:value-type="float" office:value="{value}"'
    row = f'<table:table-row><table:table-cell table:style-name="{"c" if own else style}" {held}/></table:table-row>'
    content = make_ods(f'<table:table table:name="A">{row}</table:table>', ODS_STYLES + own)
    (grid,) = read_workbook(content).grids.values()
    doubts = [doubt.unsure for doubt in grid.doubts.values()]
    assert (*("percent" for _ in grid.percent), *grid.scales.values(), *doubts, *grid.shown.values()) == said
