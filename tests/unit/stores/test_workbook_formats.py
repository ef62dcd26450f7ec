"""Every format gives the same: values of canonical types at their addresses, merges, hidden parts, percentages."""

import io
import shutil
import struct
import subprocess
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.delimited import find_delimiter
from pipelines.stores.workbooks.number_formats import read_format
from pipelines.stores.workbooks.ods import as_excel
from pipelines.stores.workbooks.spreadsheetml import as_a1
from schemas.workbook import Unsure
from tests.lib.books import (
    biff,
    biff12,
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
    wide,
    with_sheet,
)

SHARED = Path(__file__).parents[4] / "shared" / "workbooks"
REAL = sorted(SHARED.glob("*/*.xlsx"))
TWINS = sorted(p for p in SHARED.glob("*/*") if p.suffix in (".xls", ".ods") and p.with_suffix(".xlsx").exists())
NO_SHARED = "tidak ada ../shared/workbooks di samping proyek"


def full(content, sheet=None):
    book = read_workbook(content, full=True)
    assert book.refusal is None, book.refusal
    return book.grids[sheet] if sheet else next(iter(book.grids.values()))


def cells(grid):
    return {
        (row, column): value
        for row, line in enumerate(grid.rows, 1)
        for column, value in enumerate(line, 1)
        if value is not None
    }


def shape(grid):
    return cells(grid), set(grid.merges), grid.percent, grid.hidden_rows, grid.hidden_columns, grid.hidden


# ---- .xlsx


@pytest.mark.skipif(not REAL, reason=NO_SHARED)
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.stem)
@pytest.mark.filterwarnings("ignore")
def test_a_real_workbook_reads_as_openpyxl_reads_it(path):
    """The slow reference: every value, formula (shared ones too), merge and hidden row of the real workbooks."""
    book = read_workbook(path.read_bytes(), full=True)
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    assert list(book.grids) == formulas.sheetnames
    for name, grid in book.grids.items():
        theirs = {
            (c.row, c.column): c.value.date() if isinstance(c.value, datetime) and c.value.time() == time() else c.value
            for c in values[
                name
            ]._cells.values()  # iter_rows walks through a million cells that are only said to be there
            if c.value not in (None, "")
        }
        assert cells(grid) == theirs
        written = {c.coordinate: c.value for c in formulas[name]._cells.values() if c.data_type == "f"}
        assert grid.formulas == written
        assert set(grid.merges) == {
            (m.min_row, m.min_col, m.max_row, m.max_col) for m in formulas[name].merged_cells.ranges
        }
        hidden = {n for n, d in formulas[name].row_dimensions.items() if d.hidden and n <= len(grid.rows)}
        assert grid.hidden_rows == hidden


VALUE = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 4)),
    st.booleans(),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\xa0 "), min_size=1
    ).filter(lambda t: "_x" not in t),
)


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 30)), VALUE, max_size=25), st.booleans())
def test_what_was_written_is_what_is_read(written, shared):
    def fill(book):
        sheet = book.add_worksheet("A")
        for (row, column), value in written.items():
            write = {bool: sheet.write_boolean, str: sheet.write_string}.get(type(value), sheet.write_number)
            write(row, column, value)

    grid = full(make_book(fill, constant_memory=not shared))
    if shared:
        assert cells(grid) == {(r + 1, c + 1): v for (r, c), v in written.items()}
    assert all(not isinstance(v, float) or not v.is_integer() for v in cells(grid).values())


def test_a_cached_result_keeps_its_type_and_a_missing_one_is_known():
    rows = (
        b'<row r="1"><c r="A1" t="str"><f>"a"</f><v>a\xc2\xa0</v></c><c r="B1" t="b"><f>TRUE()</f><v>1</v></c>'
        b'<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>1+1</f><v>2</v></c>'
        b'<c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><f>A9*2</f><v></v></c><c r="G1"><f>A9*3</f></c></row>'
    )
    grid = full(with_sheet(rows))
    assert grid.rows[0] == ["a\xa0", True, "#DIV/0!", 2, None, None, None]
    assert grid.uncached == {"F1", "G1"}
    assert grid.formulas["G1"] == "=A9*3" and len(grid.formulas) == 7


def test_a_zero_is_no_result_where_the_file_says_it_was_never_calculated():
    def fill(book):
        sheet = book.add_worksheet("A")
        sheet.write_formula("A1", "=5+5")
        sheet.write_formula("A2", "=5+5", None, 10)
        sheet.write("A3", 0)

    grid = full(make_book(fill))
    assert (grid.rows, grid.uncached) == ([[None], [10], [0]], {"A1"})
    kept = replace_part(make_book(fill), "xl/workbook.xml", lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""))
    assert (full(kept).rows, full(kept).uncached) == ([[0], [10], [0]], frozenset())


def test_a_shared_formula_reads_at_each_cell_as_it_stands_there():
    rows = b'<row r="2"><c r="C2"><f t="shared" ref="C2:C3" si="0">A2*$B$1+SUM(A$1:A2)</f><v>1</v></c></row>'
    rows += b'<row r="3"><c r="C3"><f t="shared" si="0"/><v>1</v></c><c r="D3"><f t="shared" si="7"/><v>1</v></c></row>'
    formulas = full(with_sheet(rows)).formulas
    assert formulas == {"C2": "=A2*$B$1+SUM(A$1:A2)", "C3": "=A3*$B$1+SUM(A$1:A3)", "D3": "="}


def test_hidden_parts_and_merges_and_whitespace():
    def fill(book):
        sheet, gone = book.add_worksheet("A"), book.add_worksheet("B")
        gone.hide()
        sheet.write("A1", "  Sasaran\xa0Strategis \n")
        sheet.write_rich_string("B2", "kaya ", book.add_format({"bold": True}), "tebal", " biasa")
        sheet.write("D3", "baris\r\nkedua")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("E:XFD", None, None, {"hidden": True})
        sheet.merge_range("A4:B5", "gabung")

    grids = read_workbook(make_book(fill), full=True).grids
    grid = grids["A"]
    assert (grid.value(1, 1), grid.value(2, 2), grid.value(3, 4)) == (
        "  Sasaran\xa0Strategis \n", "kaya tebal biasa", "baris\r\nkedua",
    )  # fmt: skip
    assert (grid.merges, grid.hidden_rows, grid.hidden_columns) == (((4, 1, 5, 2),), {2}, {3})
    assert [g.hidden for g in grids.values()] == [False, True]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0%", "percent"), ("0.00%;[Red]-0.00%", "percent"), ('0.0"%"', "number"), (r"0\%", "number"),
        ("dd/mm/yyyy", "date"), ("[$-421]d mmmm yyyy", "date"), ("hh:mm", "date"), ("[h]:mm", "elapsed"),
        ('#,##0 "hari"', "number"), ("[Red]0", "number"), ('"Rp"#,##0', "number"), ("General", "number"), ("@", "number"),
    ],
)  # fmt: skip
def test_what_a_number_format_says(code, kind):
    assert read_format(code).kind == kind


def test_numbers_are_what_their_format_means():
    def fill(book):
        sheet = book.add_worksheet("A")
        formats = ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm", "0.0%", '0.0" %"', "dd/mm/yyyy")
        for column, (value, code) in enumerate(
            zip((45936, 45936.25, 0.25, 1.5, 0.985, 98.5, 1e9), formats, strict=True)
        ):
            sheet.write(0, column, value, book.add_format({"num_format": code}))

    grid = full(make_book(fill))
    moments = [date(2025, 10, 6), datetime(2025, 10, 6, 6), time(6), timedelta(days=1, hours=12)]
    assert grid.rows[0] == [*moments, 0.985, 98.5, 10**9]
    assert grid.percent == {"E1"}
    mac = make_book(
        lambda b: b.add_worksheet("A").write(0, 0, 44474, b.add_format({"num_format": "d/m/yy"})), date_1904=True
    )
    assert full(mac).rows == [[date(2025, 10, 6)]]


def test_the_fast_way_and_the_full_way_agree_on_values():
    def fill(book):
        sheet = book.add_worksheet("Data")
        sheet.write_row("B2", ["Indikator", 93.75, 12, True])
        sheet.write("C5", 0.5, book.add_format({"num_format": "0%"}))
        sheet.write_formula("D5", "=1/0", None, "#DIV/0!")

    content = make_book(fill)
    fast, whole = read_workbook(content).grids["Data"], full(content, "Data")
    assert {k: v for k, v in cells(fast).items() if v != ""} == cells(whole)
    assert fast.percent == whole.percent == {"C5"}


def test_macros_are_left_alone():
    with_macros = replace_part(
        make_book(lambda b: b.add_worksheet("A").write("A1", 1)), "xl/vbaProject.bin", lambda _: b"\0"
    )
    for way in (True, False):
        book = read_workbook(with_macros, full=way)
        assert (book.format, book.grids["A"].value(1, 1)) == ("xlsm", 1)


def test_names_in_the_package_may_differ_in_capitals():
    content = make_book(lambda b: b.add_worksheet("A").write("A1", "teks"))
    assert full(content.replace(b"xl/sharedStrings.xml", b"xl/SharedStrings.xml")).rows == [["teks"]]


# ---- the same content in other formats


@pytest.mark.skipif(not TWINS, reason=NO_SHARED)
@pytest.mark.parametrize("path", TWINS, ids=lambda p: p.name)
def test_the_same_content_reads_the_same(path):
    ours, twin = (
        read_workbook(path.read_bytes(), full=True),
        read_workbook(path.with_suffix(".xlsx").read_bytes(), full=True),
    )
    assert ours.format == path.suffix[1:]
    assert {n: shape(g) for n, g in ours.grids.items()} == {n: shape(g) for n, g in twin.grids.items()}
    for name, grid in ours.grids.items():
        theirs = cells(twin.grids[name])
        assert all(type(value) is type(theirs[at]) for at, value in cells(grid).items())


def varied(book):
    sheet, gone = book.add_worksheet("Realisasi TW I"), book.add_worksheet("Lama")
    gone.hide()
    gone.write("A1", "x")
    percent, day = book.add_format({"num_format": "0.00%"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:C1", "LAPORAN\xa0TAHUN 2025")
    sheet.merge_range("A2:A4", "Sasaran  satu")
    sheet.write_row("B2", [80, 93.75, "Rp 1.000,-"])
    sheet.write("C3", 0.985, percent)
    sheet.write("D3", 45936, day)
    sheet.write_formula("B4", "=SUM(B2:B3)*'Realisasi TW I'!$C$2/100", None, 75)
    sheet.write_formula("C4", "=1/0", None, "#DIV/0!")
    sheet.write_boolean("D4", True)
    sheet.write("E5", "baris satu\nbaris dua")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("D:D", None, None, {"hidden": True})


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice tidak terpasang")
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_what_libreoffice_saves_reads_as_the_original(tmp_path, suffix):
    source = tmp_path / "asal.xlsx"
    source.write_bytes(make_book(varied))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = read_workbook((tmp_path / f"asal.{suffix}").read_bytes(), full=True).grids
    original = read_workbook(source.read_bytes(), full=True).grids
    assert {n: shape(g) for n, g in saved.items()} == {n: shape(g) for n, g in original.items()}
    assert saved["Realisasi TW I"].formulas["C4"] == "=1/0"
    assert saved["Realisasi TW I"].formulas["B4"].startswith("=SUM(B2:B3)*")


def test_an_xls_without_its_container_and_with_percentages():
    records = number(0, 0, 5.0) + number(3, 2, 0.985, 2) + biff(0xFD, struct.pack("<HHHI", 1, 1, 0, 0))
    for contained in (True, False):
        book = read_workbook(make_xls(records, texts=("Halo\xa0",), contained=contained), full=True)
        assert (book.format, cells(book.grids["Data"])) == ("xls", {(1, 1): 5, (2, 2): "Halo\xa0", (4, 3): 0.985})
        assert book.grids["Data"].percent == {"C4"}


def test_an_xls_of_old_exporters_is_one_bare_sheet():
    bare = struct.pack("<6H", 0x809, 8, 0, 0x10, 0, 0) + number(0, 0, 12.5)
    bare += biff(0x204, struct.pack("<HHHH", 1, 1, 0, 4) + b"teks") + biff(0x0A)
    assert cells(full(bare)) == {(1, 1): 12.5, (2, 2): "teks"}


def test_an_xlsb_reads_in_full_and_as_calamine_reads_it():
    packed = lambda n: struct.pack("<i", n)  # noqa: E731
    records = (
        row12(0)
        + cell12(7, 0, struct.pack("<I", 0))
        + cell12(5, 1, struct.pack("<d", 0.985), 1)
        + cell12(2, 2, packed((12345 << 2) | 3))
        + cell12(6, 3, wide("teks\xa0"))
        + row12(1, hidden=True)
        + cell12(9, 1, struct.pack("<d", 3.0) + b"\0\0" + struct.pack("<II", 0, 0))
        + cell12(3, 2, b"\x07")
        + cell12(4, 3, b"\x01")
        + cell12(5, 4, struct.pack("<d", 45936), 2)
        + cell12(5, 5, struct.pack("<d", 98.5), 3)
    )
    merges = biff12(177, struct.pack("<I", 1)) + biff12(176, struct.pack("<IIII", 0, 1, 0, 0)) + biff12(178)
    columns = biff12(390) + biff12(60, struct.pack("<IIIIH", 2, 2, 2000, 0, 1)) + biff12(391)
    content = make_xlsb(records, ("Judul",), merges, columns, state=2)
    grid = full(content, "Data")
    assert grid.rows == [["Judul", 0.985, 123.45, "teks\xa0"], [None, 3, "#DIV/0!", True, date(2025, 10, 6), 98.5]]
    assert (grid.merges, grid.percent, grid.formulas) == (((1, 1, 2, 1),), {"B1"}, {"B2": "="})
    assert (grid.hidden, grid.hidden_rows, grid.hidden_columns) == (True, {2}, {3})
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert {(r, c): v for r, line in enumerate(theirs, 1) for c, v in enumerate(line, 1) if v != ""} == {
        at: value for at, value in cells(grid).items() if value != "#DIV/0!"
    }


def test_a_listed_sheet_of_an_xlsb_that_is_not_there_is_named():
    book = make_xlsb(row12(0) + cell12(5, 0, struct.pack("<d", 1.5)))
    lost = replace_part(book, "xl/_rels/workbook.bin.rels", lambda xml: xml.replace(b"sheet1.bin", b"sheet9.bin"))
    refusal = read_workbook(lost).refusal
    assert refusal is not None and "lembar Data tidak ada" in refusal.sebab
    dotted = replace_part(
        book, "xl/_rels/workbook.bin.rels", lambda xml: xml.replace(b"worksheets/", b"../xl/worksheets/")
    )
    assert read_workbook(dotted).grids["Data"].value(1, 1) == 1.5


def test_an_ods_repeats_comments_and_hidden_parts():
    styles = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    body = (
        '<table:table table:name="Data" table:style-name="h"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16000"/>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string">'
        "<office:annotation><text:p>komentar</text:p></office:annotation>"
        '<text:p>satu<text:s text:c="2"/>dua</text:p><text:p>baris<text:line-break/>lain</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.985" table:number-columns-repeated="2">'
        "<text:p>98,50%</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:visibility="filter"><table:table-cell table:formula="of:=SUM([.B1:.B2];1)"/>'
        '<table:table-cell office:value-type="date" office:date-value="2025-10-06T00:00:00"/>'
        '<table:table-cell table:formula="of:=1/0" calcext:value-type="error" office:value-type="string"><text:p>#DIV/0!</text:p>'
        '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "<table:table table:name=\"'file:///x.xls'#A\"><table:table-source/><table:table-row/></table:table>"
    )
    book = read_workbook(make_ods(body, styles), full=True)
    assert (book.format, list(book.grids)) == ("ods", ["Data"])
    grid, text = book.grids["Data"], "satu  dua\nbaris\nlain"
    assert grid.rows == [[text, 0.985, 0.985]] * 2 + [[None, date(2025, 10, 6), "#DIV/0!"]]
    assert (grid.formulas, grid.uncached) == ({"A3": "=SUM(B1:B2,1)", "C3": "=1/0"}, {"A3"})
    assert (grid.percent, grid.hidden, grid.hidden_rows, grid.hidden_columns) == (
        {"B1", "C1", "B2", "C2"},
        True,
        {3},
        {3},
    )


@pytest.mark.parametrize(
    ("ods", "excel"),
    [
        ("of:=SUM([.K7:.K9])", "=SUM(K7:K9)"),
        ('of:=IF([.A1]=";";[.B1];0)', '=IF(A1=";",B1,0)'),
        ("of:=[$'renja 2026'.O52]/[Lain.$B$2:.C3]", "='renja 2026'!O52/Lain!$B$2:C3"),
        ("msoxl:=A1+B1", "=A1+B1"),
    ],
)
def test_a_formula_of_an_ods_as_excel_writes_it(ods, excel):
    assert as_excel(ods) == excel


def test_an_excel_2003_xml_workbook():
    xml = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/>
      </Style></Styles><Worksheet ss:Name="A"><Table><Column ss:Hidden="1" ss:Index="2"/><Row ss:Index="3" ss:Hidden="1">
      <Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">judul</Data><Comment><ss:Data>catatan</ss:Data>
      </Comment></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.985</Data></Cell>
      <Cell ss:Formula="=SUM(RC[-1],R3C3,&quot;R1C1&quot;)"><Data ss:Type="Number">3</Data></Cell><Cell ss:Formula="=RC[-1]"/>
      </Row><Row><Cell ss:Index="3"><Data ss:Type="DateTime">2025-10-06T00:00:00.000</Data></Cell>
      <Cell><Data ss:Type="Error">#DIV/0!</Data></Cell></Row></Table>
      <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""
    book = read_workbook(xml.encode(), full=True)
    grid = book.grids["A"]
    assert (book.format, grid.hidden) == ("xml", True)
    assert cells(grid) == {(3, 1): "judul", (3, 3): 0.985, (3, 4): 3, (4, 3): date(2025, 10, 6), (4, 4): "#DIV/0!"}
    assert (grid.merges, grid.percent, grid.hidden_rows, grid.hidden_columns) == (((3, 1, 4, 2),), {"C3"}, {3}, {2})
    assert (grid.formulas, grid.uncached) == ({"D3": '=SUM(C3,$C$3,"R1C1")', "E3": "=D3"}, {"E3"})
    assert as_a1("=SUM(R[-3]C:R[-1]C)", 10, 5) == "=SUM(E7:E9)"


# ---- web pages and delimited text


def test_a_web_page_is_laid_out_as_a_spreadsheet_program_does():
    page = (
        "<html><head><title>judul</title></head><body><h3>LAPORAN&nbsp;CAPAIAN</h3><p>Dinas Kesehatan<br>Tahun 2025</p>lepas"
        "<table><tr><th rowspan=2>No</th><th colspan=2>Target</th></tr><tr><th>I</th><th>II</th></tr>"
        "<tr><td>1<td>a<br>b<td> 93,75 </table><br>"
        "<table><tr><td>x<table><tr><td>n1</td><td>n2</td></tr></table>y</td></tr></table><div>NIP 1</div></body></html>"
    )
    grid = full(page.encode(), "Sheet1")
    assert cells(grid) == {
        (1, 1): "LAPORAN\xa0CAPAIAN", (2, 1): "Dinas Kesehatan", (3, 1): "Tahun 2025", (4, 1): "lepas",
        (5, 1): "No", (5, 2): "Target", (6, 2): "I", (6, 3): "II", (7, 1): "1", (7, 2): "a\nb", (7, 3): "93,75",
        (9, 1): "x", (10, 1): "n1", (10, 2): "n2", (11, 1): "y", (12, 1): "NIP 1",
    }  # fmt: skip
    assert grid.merges == ((5, 1, 6, 1), (5, 2, 5, 3))


@pytest.mark.parametrize(
    ("cell", "value", "unsure"),
    [
        ("<span style='display:none'>018.50</span>18,5", "18,5", None),
        ("<span class='d-none x'>44</span>44", "44", None),
        ("<div hidden>84</div>84,2", "84,2", None),
        ("<b style='visibility: hidden'>9</b>84", "84", None),
        ("<span hidden><i>9</i><br>8</span>84", "84", None),
        ("<span style='display:none'>44</span>", None, Unsure.CONCEALED),
        ("<input value='18,5'>", "18,5", Unsure.FIELD),
        ("Rp <input type=text value='18,5'>", "Rp 18,5", Unsure.FIELD),
        ("<input type=hidden value=7>18,5<input type=submit value=Simpan>", "18,5", None),
        ("<input value=7 style='display:none'>18,5", "18,5", None),
        ("<select><option>2</option><option selected>3</option></select>", "3", Unsure.FIELD),
        ("<select><option>2<option>3</select>", "2", Unsure.FIELD),
        ("<textarea>84,2</textarea>", "84,2", Unsure.FIELD),
        ("<input type=radio checked> Ya", "☑ Ya", Unsure.FIELD),
        ('="0012"', "0012", None),
    ],
)
def test_a_web_page_holds_what_a_browser_shows_of_it(cell, value, unsure):
    page = f"<html><style>.d-none, .sr {{display:none}}</style><table><tr><td>{cell}</td><td>z</td></tr></table>"
    grid = full(page.encode(), "Sheet1")
    found = grid.doubts.get("A1")
    assert (grid.value(1, 1), grid.value(1, 2), found and found.unsure) == (value, "z", unsure)


def test_cells_and_rows_a_web_page_does_not_show():
    page = (
        "<style>.h{display:none}</style><table><tr><td>a</td><td class=h>x</td><td>b</td></tr><tr class=h><td>c</td></tr>"
        "<tbody style='display:none'><tr><td>d</td></tr></tbody><tr><td style='visibility:hidden'>e</td><td>f</td></tr></table>"
    )
    grid = full(page.encode(), "Sheet1")
    assert cells(grid) == {(1, 1): "a", (1, 2): "b", (2, 1): "c", (3, 1): "d", (4, 2): "f"}
    assert (grid.hidden_rows, {cell: d.unsure for cell, d in grid.doubts.items()}) == ({2, 3}, {"A4": Unsure.CONCEALED})


def test_cells_a_page_does_not_show_at_the_end_of_a_row_are_told():
    page = "<html><table><tr><td>a<td>b<td>c</tr><tr><td>1<td style='display:none'>12<td hidden>13</tr></table></html>"
    grid = read_workbook(page.encode(), full=True).grids["Sheet1"]
    assert grid.rows[1] == ["1"] and {at: (d.unsure, d.text) for at, d in grid.doubts.items()} == {
        "B2": (Unsure.CONCEALED, "12"),
        "C2": (Unsure.CONCEALED, "13"),
    }


@pytest.mark.parametrize(
    "head",
    [
        "MIME-Version: 1.0\nContent-Type: multipart/related",
        "From: <Saved by Blink>\nSnapshot-Content-Location: http://a\nSubject: Rekap\nMIME-Version: 1.0",
        'From: "Saved by Windows Internet Explorer 11"\nSubject: Rekap\nDate: Tue\nMIME-Version: 1.0',
        'Content-Type: multipart/related; type="text/html"\nMIME-Version: 1.0',
        "\n\nMIME-Version: 1.0\nX-Document-Type: Workbook",
    ],
)
def test_an_archived_web_page_is_named_whatever_its_first_header(head):
    refusal = read_workbook(f"{head}\n\n--b\n\n<html><table><tr><td>1</td></tr></table>".encode()).refusal
    assert refusal is not None and "MHTML" in refusal.sebab


@pytest.mark.parametrize("stray", [b"\r\n", b"\xef\xbb\xbf", b" ", b"<br />Warning: x in y<br />\n"])
@pytest.mark.parametrize("content", [simple_book(), make_xls(number(0, 0, 5))])
def test_a_workbook_behind_stray_bytes_is_refused_with_what_it_is(stray, content):
    refusal = read_workbook(stray + content).refusal
    assert refusal is not None and f"di depan isinya ada {len(stray)} byte" in refusal.sebab


def test_a_web_page_saved_by_a_spreadsheet_program_says_what_its_numbers_are():
    page = (
        r'<html><head><meta charset=windows-1252><style>.p{mso-number-format:"0\.00%";} .d {mso-number-format:"Short Date"}'
        "</style><!--[if gte mso 9]><xml><x:Name>TW I</x:Name></xml><![endif]--></head><table><col><col style='display:none'>"
        "<tr style='display:none'><td class=p x:num='0.985'>98,50%</td><td class=p>0.25</td><td class=d x:num='45936'>6/10/25"
        "</td><td x:num>12</td><td x:num>1.234,5</td><td style='mso-number-format:\"\\@\"'>0012</td>"
        "<td x:fmla='=A1+1' x:num='3'>3</td><td sdval='0.5' sdnum='1057;0;0,00%'>50,00%</td><td>\x96</td></table>"
    )
    grid = full(page.encode("cp1252", "surrogateescape") if "\udc96" in page else page.encode("latin-1"), "TW I")
    assert grid.rows == [[0.985, 0.25, date(2025, 10, 6), 12, "1.234,5", "0012", 3, 0.5, "–"]]
    assert (grid.percent, grid.formulas) == ({"A1", "B1", "H1"}, {"G1": "=A1+1"})
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {2})


ROWS = [["No", "Indikator", "Target"], ["1", "Nilai; SAKIP\nA", "93,75"], ["2", "Persen–tase", "Rp 1.000,-"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_delimited_text_in_every_encoding(encoding, delimiter):
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    book = read_workbook("\r\n".join(lines).encode(encoding), full=True)
    assert (book.format, book.grids["Sheet1"].rows) == ("csv", ROWS)


HEAD = ["No;Sasaran;Indikator Kinerja;Satuan;Target;Realisasi"]
UNEVEN = ["1;Mutu;Indeks layanan;Indeks;70,5;71,2;", "2;Mutu;Nilai arsip;Nilai;80,5;81,2", "3;Tertib;SOP;SOP;5,5;6,5;;"]


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        ([*HEAD, *UNEVEN], ";"),
        (["Laporan Kinerja, Triwulan II, 2025", "Kabupaten Setda, Dinas Arsip, -", *HEAD, *UNEVEN], ";"),
        (["Target, Realisasi", *HEAD, *UNEVEN], ";"),
        ([*HEAD, '1;"Mutu; baik, cepat";Indeks, layanan;Indeks;70,5;71', "2;Mutu, arsip;Nilai, arsip;Nilai;80"], ";"),
        ([HEAD[0].replace(";", ","), "1,Mutu; baik,Indeks; a,Indeks,70", "2,Tertib; b,Nilai; c,Nilai,80,81"], ","),
        (["Program, Kegiatan, Sub Kegiatan;Pagu;Realisasi", "A, B, C;100;90", "D, E, F;200;100;"], ";"),
        (["a;b;1,5;2,5", "c;d;3,5;4,5", "e;f;5,5;6,5"], ";"),
        (["satu kalimat, dan lagi", "kalimat, lain; begitu"], ","),
    ],
)
def test_the_delimiter_is_that_of_the_heading_however_uneven_the_rows_are(lines, delimiter):
    assert find_delimiter("\n".join(lines)) == delimiter


def test_a_line_that_tells_excel_the_delimiter_is_no_row():
    assert full(b"sep=,\r\nNo,Nilai\r\n1,2;5\r\n").rows == [["No", "Nilai"], ["1", "2;5"]]


def test_titles_above_the_table_do_not_hide_its_delimiter():
    assert full(b"LAPORAN\nDINAS\nTAHUN, 2025\nNo;Nilai\n1;93,75\n").rows[3:] == [["No", "Nilai"], ["1", "93,75"]]


# ---- what is no workbook


MAIL = b"From: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\n\r\nisi"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "kosong"), (b"\0" * 99, "kosong"), (b"Yth. Bapak, mohon diperiksa.\nTerima kasih.\n", "bukan"),
        (b'{"a": [1, 2]}', "bukan"), (b"<html><p>tanpa tabel</p></html>", "tabel"),
        (b"\x09\x04\x06\x00" + b"\0" * 60, "lama"), (b"MIME-Version: 1.0\nX: y\n", "MHTML"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_has_a_reason(content, named):
    refusal = read_workbook(content, full=True).refusal
    assert refusal is not None and refusal.kode == "REG-001" and named in refusal.sebab


@pytest.mark.parametrize(
    ("content", "bentuk"),
    [
        (b"%PDF-1.7\n", "dokumen PDF"), (b"\x89PNG\r\n\x1a\n", "gambar"), (b"\xff\xd8\xff\xe0", "gambar"),
        (b"\0\0\0\x18ftypheic", "gambar"), (b"\0\0\0\x18ftypisom", "video"), (b"{\\rtf1 a}", "dokumen Word (RTF)"),
        (make_zip({"[Content_Types].xml": "", "word/document.xml": ""}), "dokumen Word"),
        (make_zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "presentasi"),
        (make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "dokumen Word"),
        (make_compound({"WordDocument": b"x"}), "dokumen Word"), (b"<?xml version='1.0'?><rss><a/></rss>", "berkas XML"),
        (b"%PDF-1.7\n" + b"x" * 21 * 2**20, "dokumen PDF"),
    ],
)  # fmt: skip
def test_a_document_or_picture_is_named_by_its_content_whatever_its_size(content, bentuk):
    for full in (True, False):
        refusal = read_workbook(content, full=full).refusal
        assert refusal is not None and (refusal.kode, refusal.bentuk) == ("REG-001", bentuk)


@pytest.mark.parametrize(
    ("content", "bentuk"),
    [
        (b"Rar!\x1a\x07", "arsip RAR"), (b"7z\xbc\xaf\x27\x1c", "arsip 7-Zip"), (MAIL, "surat elektronik"),
        (make_zip({"dinkes.xlsx": make_zip({"xl/workbook.xml": "<workbook/>"})}), "arsip zip"),
        (make_compound({"__properties_version1.0": b"x"}), "surat Outlook (.msg)"),
    ],
)  # fmt: skip
def test_what_holds_other_files_is_named_as_such(content, bentuk):
    refusal = read_workbook(content, full=True).refusal
    assert refusal is not None and (refusal.kode, refusal.bentuk) == ("REG-042", bentuk)


def test_a_zip_that_stores_a_workbook_unpressed_is_not_taken_for_the_workbook():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("dinkes.xlsx", simple_book())
    refusal = read_workbook(buffer.getvalue()).refusal
    assert refusal is not None and refusal.kode == "REG-042"
