"""Findings in the cells of an SKPD's own workbook: everything else in it stays as it was, to the byte."""

import io
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipelines.collect.mending import Mending, note_colours, write_mending
from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.annotate import CannotAnnotateError, annotate_workbook
from schemas.finding import Finding
from schemas.returned import LIST_SHEET, CellNote
from schemas.vocabulary import Tingkat
from tests.lib.books import make_book, make_ods, make_xls, make_zip, number, replace_part, simple_book, with_sheet
from tests.lib.ooxml import schema_faults

RED, YELLOW, BLUE = note_colours()
REAL = Path(__file__).parents[4] / "shared/workbooks"
MACRO = bytes(range(256)) * 8
ADDED = re.compile(r"xl/(comments\d+\.xml|drawings/vmldrawing\d+\.vml|worksheets/sheet\d+\.xml|persons/.*)|.*\.rels")


def note(sheet, cell, text="KESALAHAN CAP-003\nTerbaca: 12,5\nPerbaikan: isi angka.", rgb=RED):
    return CellNote(sheet, cell, text, rgb)


def front(sheets=("Data",), lembar="Data", sel="C4"):
    finding = Finding(Tingkat.ERROR, "CAP-003", "1.02", 2025, 2, "f.xlsx", lembar, sel, "=1+1", "Salah.", "Perbaiki.")
    return write_mending(Mending("Dinas Contoh – TW II", 2025, 6, "f.xlsx", (finding,), tuple(sheets), tuple(sheets)))


def annotate(content, *notes, **more):
    return annotate_workbook(content, notes, front(**more), note_colours())


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before, after):
    old, new = parts(before), parts(after)
    assert old.keys() <= new.keys()
    assert all(ADDED.fullmatch(name) for name in new.keys() - old.keys()), new.keys() - old.keys()
    return {name for name in old if old[name] != new[name]}


def rich_book():
    """Formats, merges, formulas with kept values, names of one sheet, an image, comments and a chart-less drawing."""

    def fill(book):
        data, other = book.add_worksheet("Data"), book.add_worksheet("Lembar 'A' & B")
        percent = book.add_format({"num_format": "0.00%", "bold": True, "border": 2, "bg_color": "#FFF2CC"})
        data.write("A1", "Judul")
        data.write_number("C4", 0.985, percent)
        data.write_formula("C5", "=SUM(C4:C4)", percent, 0.985)
        data.merge_range("E2:G5", "gabungan", percent)
        data.set_row(9, 20, percent)
        data.set_column("H:H", 12, percent)
        data.write_comment("A1", "Dari SKPD", {"author": "Operator"})
        data.insert_image("J2", "logo.png", {"image_data": io.BytesIO(png())})
        data.print_area("A1:H20")
        other.write("B2", "=bukan rumus")
        other.repeat_rows(0, 1)
        other.activate()
        other.protect("rahasia")

    return make_book(fill)


def png():
    import struct
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def with_macro(content):
    """The book as .xlsm: a macro project that must come out as it went in."""
    types = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    relation = (
        b'<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>'
    )
    content = replace_part(content, "xl/vbaProject.bin", lambda _: MACRO)
    content = replace_part(content, "xl/_rels/workbook.xml.rels", lambda x: x.replace(b"</Relationships>", relation))
    plain, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    return replace_part(
        content,
        "[Content_Types].xml",
        lambda x: x.replace(b"openxmlformats-officedocument." + plain, macro).replace(b"</Types>", types),
    )


def test_a_note_stands_on_its_cell_with_its_colour_and_the_cell_keeps_its_format():
    before = rich_book()
    after = annotate(before, note("Data", "C4"))
    book, plain = opened(after), opened(before)
    cell, was = book["Data"]["C4"], plain["Data"]["C4"]
    assert (
        cell.comment.text.startswith("— Pemeriksaan data —\nKESALAHAN CAP-003") and cell.fill.fgColor.rgb == f"FF{RED}"
    )
    assert (cell.value, cell.number_format, cell.font.b, cell.border.left.style) == (
        was.value, was.number_format, was.font.b, was.border.left.style,
    )  # fmt: skip
    assert book["Data"]["C5"].comment is None and book["Data"]["C5"].fill.fgColor.rgb == was.fill.fgColor.rgb


def test_the_values_kept_of_formulas_stay():
    after = opened(annotate(rich_book(), note("Data", "C5")), data_only=True)
    assert after["Data"]["C5"].value == 0.985
    assert opened(annotate(rich_book(), note("Data", "C5")))["Data"]["C5"].value == "=SUM(C4:C4)"


def test_every_part_that_need_not_change_is_the_same_byte_for_byte():
    before = rich_book()
    after = annotate(before, note("Data", "C4"))
    assert changed(before, after) == {
        "[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    old, new = parts(before)["xl/worksheets/sheet2.xml"], parts(after)["xl/worksheets/sheet2.xml"]
    assert new == old.replace(b' tabSelected="1"', b"")  # else what is typed would go to two sheets


def test_the_sheets_without_a_note_keep_their_selection_only_if_they_had_none():
    before = simple_book()
    after = annotate(before, note("Tidak ada", "A1"))
    views = re.findall(rb"tabSelected", b"".join(v for k, v in parts(after).items() if "worksheets" in k))
    assert len(views) == 1


def test_a_workbook_with_a_macro_keeps_it():
    before = with_macro(rich_book())
    after = annotate(before, note("Data", "C4"))
    assert read_workbook(after).format == "xlsm"
    assert parts(after)["xl/vbaProject.bin"] == MACRO
    assert b"macroEnabled" in parts(after)["[Content_Types].xml"]


def test_comments_that_are_there_are_kept_and_extended():
    after = annotate(rich_book(), note("Data", "A1"), note("Data", "B9"))
    book = opened(after)
    assert book["Data"]["A1"].comment.text.startswith("Dari SKPD\n\n— Pemeriksaan data —\nKESALAHAN CAP-003")
    assert book["Data"]["A1"].comment.author == "Operator"
    assert book["Data"]["B9"].comment.author == "capaian – pemeriksaan data"
    drawing = parts(after)["xl/drawings/vmlDrawing1.vml"]
    numbers = re.findall(rb'id="_x0000_s(\d+)"', drawing)
    assert len(numbers) == len(set(numbers)) == 2
    etree.fromstring(drawing)


def test_a_conversation_gets_a_reply_and_keeps_what_was_said():
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" dT="2025-06-01T08:00:00.00" personId="{A}" id="{B}"><text>Sudah benar?</text>'
        "</threadedComment></ThreadedComments>"
    )
    relation = (
        '<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    book = replace_part(rich_book(), "xl/threadedComments/threadedComment1.xml", lambda _: thread.encode())
    book = replace_part(
        book,
        "xl/worksheets/_rels/sheet1.xml.rels",
        lambda x: x.replace(b"</Relationships>", relation.encode()),
    )
    after = annotate(book, note("Data", "A1"))
    replies = etree.fromstring(parts(after)["xl/threadedComments/threadedComment1.xml"])
    assert [r.get("parentId") for r in replies] == [None, "{B}"]
    assert replies[0][0].text == "Sudah benar?" and "CAP-003" in replies[1][0].text
    persons = etree.fromstring(parts(after)["xl/persons/person1.xml"])
    assert persons[0].get("id") == replies[1].get("personId")
    again = etree.fromstring(parts(annotate(after, note("Data", "A1")))["xl/threadedComments/threadedComment1.xml"])
    assert len(again) == 2


def test_names_of_one_sheet_and_the_open_sheet_follow_their_sheets():
    before, after = rich_book(), annotate(rich_book(), note("Data", "C4"))
    was, book = opened(before), opened(after)
    assert book.sheetnames == [LIST_SHEET, "Data", "Lembar 'A' & B"] and book.active.title == LIST_SHEET
    assert book["Data"].print_area == was["Data"].print_area
    assert book["Lembar 'A' & B"].print_title_rows == was["Lembar 'A' & B"].print_title_rows == "$1:$2"
    assert book[LIST_SHEET].print_title_rows == "$5:$5"
    titles = etree.fromstring(parts(after)["docProps/app.xml"])
    told = [e.text for e in titles.iter("{*}lpstr")]
    assert told.count(LIST_SHEET) == 1 and told.index(LIST_SHEET) < told.index("Data")


def test_the_list_links_to_the_cells_of_any_sheet_name():
    name = "Lembar 'A' & B"
    after = opened(annotate(rich_book(), note(name, "B2"), sheets=(name,), lembar=name, sel="B2"))
    (link,) = [c.hyperlink for row in after[LIST_SHEET].iter_rows() for c in row if c.hyperlink]
    assert link.location == "'Lembar ''A'' & B'!B2" and link.target is None
    assert after[name]["B2"].comment and after[name]["B2"].value == "=bukan rumus"
    assert after[name].protection.sheet


def test_no_text_of_a_finding_becomes_a_formula():
    sheet = opened(annotate(rich_book(), note("Data", "C4")))[LIST_SHEET]
    assert "=1+1" in [c.value for row in sheet.iter_rows() for c in row]
    xml = b"".join(v for k, v in parts(annotate(rich_book(), note("Data", "C4"))).items() if "sheet3" in k)
    assert b"<f>" not in xml and b"=1+1" in xml


def test_a_cell_that_is_not_there_is_put_in_its_place_with_the_look_of_its_row_or_column():
    after = annotate(rich_book(), *(note("Data", cell) for cell in ("A10", "H7", "B4", "D4", "A40", "ZZ3")))
    sheet = opened(after)["Data"]
    assert sheet["A10"].number_format == sheet["H7"].number_format == "0.00%"
    assert all(sheet[c].comment for c in ("A10", "H7", "B4", "D4", "A40", "ZZ3"))
    root = etree.fromstring(parts(after)["xl/worksheets/sheet1.xml"])
    rows = [int(r.get("r")) for r in root.iter("{*}row")]
    assert rows == sorted(set(rows))
    for row in root.iter("{*}row"):
        columns = [openpyxl.utils.cell.coordinate_from_string(c.get("r"))[0] for c in row]
        numbers = [openpyxl.utils.column_index_from_string(c) for c in columns]
        assert numbers == sorted(set(numbers))
    assert root.find("{*}dimension").get("ref").endswith("ZZ40")


def test_rows_and_cells_without_an_address_of_their_own_keep_their_place():
    before = with_sheet(b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    after = annotate(before, note("Data", "B1"), note("Data", "C2"), note("Data", "A5"))
    sheet = opened(after)["Data"]
    assert [sheet[c].value for c in ("A1", "B1", "A2")] == [1, 2, 3]
    assert all(sheet[c].comment for c in ("B1", "C2", "A5"))


def test_a_note_inside_a_merged_range_stands_on_its_first_cell():
    sheet = opened(annotate(rich_book(), note("Data", "F4", "SATU"), note("Data", "E3", "DUA", YELLOW)))["Data"]
    assert sheet["E2"].comment.text.endswith("—\nSATU\n\nDUA") and sheet["E2"].fill.fgColor.rgb == f"FF{RED}"
    assert str(sheet.merged_cells) == "E2:G5"


def test_a_note_on_several_cells_colours_all_and_is_told_once():
    sheet = opened(annotate(rich_book(), note("Data", "A12:B13, D12")))["Data"]
    assert [sheet[c].fill.fgColor.rgb for c in ("A12", "B13", "D12")] == [f"FF{RED}"] * 3
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.comment] == ["A1", "A12"]


def test_places_there_are_none_of_are_left_to_the_list():
    before = rich_book()
    after = annotate(before, note("Lain", "A1"), note("Data", "di mana-mana"), note("Data", "A9999999"))
    assert "xl/comments1.xml" not in changed(before, after)


@pytest.mark.parametrize(
    "text", ["a\x00b\x0b", "\ud800", "_x000D_ tetap", "<b>&amp;", "x" * 40_000, "\U0001f600" * 20_000]
)
def test_any_text_can_be_a_comment(text):
    after = annotate(simple_book(), note("Data", "C4", text))
    shown = opened(after)["Data"]["C4"].comment.text.removeprefix("— Pemeriksaan data —\n")
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    if text.startswith("_x"):
        assert shown in ("_x000D_ tetap", "_x005F_x000D_ tetap")


def test_a_returned_workbook_that_comes_again_is_cleared_of_the_earlier_notes():
    before = rich_book()
    first = annotate(before, note("Data", "A1"), note("Data", "C4"), note("Data", "B12"))
    second = annotate(first, note("Data", "B13", "BARU", YELLOW))
    book, was = opened(second), opened(before)
    assert book.sheetnames == [LIST_SHEET, "Data", "Lembar 'A' & B"]
    assert {c.coordinate: c.comment.text for row in book["Data"].iter_rows() for c in row if c.comment} == {
        "A1": "Dari SKPD", "B13": "— Pemeriksaan data —\nBARU",
    }  # fmt: skip
    assert book["Data"]["C4"].fill.fgColor.rgb == was["Data"]["C4"].fill.fgColor.rgb
    assert book["Data"]["B12"].fill.patternType in (None, "none")
    assert len(re.findall(rb"<v:shape\s", parts(second)["xl/drawings/vmlDrawing1.vml"])) == 2
    assert book[LIST_SHEET].print_title_rows == "$5:$5"


def test_a_sheet_of_the_skpd_with_the_name_of_the_list_stays():
    def fill(book):
        book.add_worksheet("daftar perbaikan").write("A1", "punya SKPD")
        book.add_worksheet("Data")

    after = opened(annotate(make_book(fill), note("Data", "A1")))
    assert after.sheetnames == ["Daftar Perbaikan (2)", "daftar perbaikan", "Data"]
    assert after["daftar perbaikan"]["A1"].value == "punya SKPD"
    assert after["Daftar Perbaikan (2)"].print_title_rows == "$5:$5"


def prefixed(xml):
    """The same part as programs write it that put a prefix before every name."""
    xml = re.sub(rb"<(/?)(?![?!])(\w)", rb"<\1x:\2", xml)
    return xml.replace(b'xmlns="http://schemas.openxml', b'xmlns:x="http://schemas.openxml')


def test_parts_with_prefixes_and_of_the_strict_kind_are_read_all_the_same():
    content = simple_book()
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        content = replace_part(content, name, prefixed)
    assert opened(annotate(content, note("Data", "C4")))["Data"]["C4"].comment

    def strict(xml):
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    content = simple_book()
    for name in parts(content):
        content = replace_part(content, name, strict)
    after = parts(annotate(content, note("Data", "C4")))
    assert b"schemas.openxmlformats.org/spreadsheetml" not in b"".join(after.values())
    assert b"purl.oclc.org" in after["xl/comments1.xml"]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_package_without_styles_or_properties_gets_what_it_needs():
    content = simple_book()
    bare = {
        n: p for n, p in parts(content).items() if n not in ("xl/styles.xml", "docProps/app.xml", "xl/theme/theme1.xml")
    }
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"):
        bare[name] = re.sub(rb"<(Override|Relationship) [^<>]*(styles|app\.xml|theme)[^<>]*/>", b"", bare[name])
    after = opened(annotate(make_zip(bare), note("Data", "C4")))
    assert after["Data"]["C4"].fill.fgColor.rgb == f"FF{RED}"


def signed(content):
    relation = (
        b'<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
        b'digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )
    return replace_part(content, "_rels/.rels", lambda x: x.replace(b"</Relationships>", relation))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (make_xls(number(0, 0, 1.0)), "format .xls"),
        (make_ods('<table:table table:name="D"><table:table-row/></table:table>'), "format .ods"),
        (b"Kode;Nama;Nilai\n1;a;2\n2;b;3\n", "format .csv"),
        (signed(simple_book()), "tanda tangan"),
        (b"PK\x03\x04", "rusak"),
        (replace_part(simple_book(), "[Content_Types].xml", lambda _: b"<Types"), "susunan"),
    ],
)
def test_what_cannot_be_annotated_safely_is_refused_with_its_reason(content, said):
    with pytest.raises(CannotAnnotateError, match=said):
        annotate(content, note("Data", "A1"))


def faults(content, folder):
    path = folder / ("f.xlsm" if b"macroEnabled" in parts(content)["[Content_Types].xml"] else "f.xlsx")
    path.write_bytes(content)
    return set(schema_faults(path))


@pytest.mark.parametrize("make", [rich_book, simple_book, lambda: with_macro(rich_book())])
def test_what_is_added_keeps_to_the_schema_of_open_xml(make, tmp_path):
    before = make()
    once = annotate(before, note("Data", "A1"), note("Data", "C4", rgb=YELLOW), note("Data", "H50", rgb=BLUE))
    twice = annotate(once, note("Data", "B12"))
    assert faults(once, tmp_path) - faults(before, tmp_path) == set()
    assert faults(twice, tmp_path) - faults(before, tmp_path) == set()


def test_thousands_of_notes_take_seconds():
    notes = [note("Data", f"{column}{row}") for row in range(1, 1001) for column in "ABC"]
    begin = time.process_time()
    after = annotate(simple_book(), *notes)
    again = annotate(after, *notes)
    assert time.process_time() - begin < 30
    assert len(re.findall(rb"<v:shape ", parts(again)["xl/drawings/vmldrawing1.vml"])) == 3000


def test_the_same_findings_give_the_same_bytes():
    book = rich_book()  # made once: its properties hold the second it was made in
    assert annotate(book, note("Data", "C4")) == annotate(book, note("Data", "C4"))


CELLS = st.builds(lambda c, r: f"{openpyxl.utils.get_column_letter(c)}{r}", st.integers(1, 40), st.integers(1, 60))
NOTES = st.lists(
    st.builds(
        note,
        st.sampled_from(["Data", "Lembar 'A' & B"]),
        CELLS,
        st.text(min_size=1, max_size=80),
        st.sampled_from([RED, YELLOW, BLUE]),
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(first=NOTES, second=NOTES)
def test_whatever_is_found_and_however_often_it_is_returned_every_value_stays(first, second):
    before = rich_book()
    once = annotate(before, *first)
    twice = annotate(once, *second)
    kept = read_workbook(before, full=True).grids
    for content, notes in ((once, first), (twice, second)):
        now = read_workbook(content, full=True).grids
        for name, grid in kept.items():
            assert [r[: len(g)] for r, g in zip(now[name].rows, grid.rows, strict=False)] == [
                list(r) for r in grid.rows
            ]
            assert (now[name].formulas, now[name].merges, now[name].percent) == (
                grid.formulas,
                grid.merges,
                grid.percent,
            )
        book = opened(content)
        for n in notes:
            cell = book[n.sheet][n.cell]
            shown = (
                book[n.sheet]["E2"]
                if n.sheet == "Data" and cell.coordinate in book["Data"]["E2:G5"][0][0].parent.merged_cells
                else cell
            )
            assert shown.comment is not None


SOFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed here")
def test_libreoffice_opens_what_is_returned_with_its_comments(tmp_path):
    (tmp_path / "kembali.xlsx").write_bytes(
        annotate(rich_book(), note("Data", "C4"), note("Data", "A1"), note("Data", "H30"))
    )
    (tmp_path / "macro.xlsm").write_bytes(annotate(with_macro(rich_book()), note("Data", "C4")))
    (tmp_path / "hasil").mkdir()
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", tmp_path / "hasil", tmp_path / "kembali.xlsx", tmp_path / "macro.xlsm"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "hasil/kembali.xlsx")
    found = {c.coordinate: c.comment.text for row in book["Data"].iter_rows() for c in row if c.comment}
    assert found.keys() == {"A1", "C4", "H30"}
    assert "Dari SKPD" in found["A1"] and "CAP-003" in found["A1"] and "CAP-003" in found["C4"]
    assert book["Data"]["C4"].fill.fgColor.rgb == f"FF{RED}" and book["Data"]["C4"].number_format == "0.00%"
    assert book.sheetnames[0] == LIST_SHEET
    assert openpyxl.load_workbook(tmp_path / "hasil/macro.xlsx")["Data"]["C4"].comment
    # mended in LibreOffice and sent again: the notes of the first return go, those of the SKPD stay
    again = opened(annotate((tmp_path / "hasil/kembali.xlsx").read_bytes(), note("Data", "B13", "BARU", YELLOW)))
    now = {c.coordinate: c.comment.text.strip() for row in again["Data"].iter_rows() for c in row if c.comment}
    assert now == {"A1": "Dari SKPD", "B13": "— Pemeriksaan data —\nBARU"}
    assert again["Data"]["C4"].fill.patternType in (None, "none") and again.sheetnames == book.sheetnames


WIDE = "cirebon-renja-2026-v1.xlsx"  # openpyxl takes ten seconds to open a sheet that claims 16,352 columns
BOOKS = sorted(p for folder in ("real", "reconstructed") for p in (REAL / folder).glob("*.xlsx") if p.name != WIDE)


@pytest.mark.skipif(not BOOKS, reason="the shared workbooks are not beside the project")
@pytest.mark.parametrize("path", BOOKS, ids=lambda p: p.stem[:30])
def test_real_workbooks_are_returned_with_nothing_lost(path):
    before = path.read_bytes()
    was = opened(before)
    name = was.sheetnames[-1]
    after = annotate(before, note(name, "B12"), note(name, "AZ400"), sheets=was.sheetnames, lembar=name, sel="B12")
    touched = changed(before, after)
    allowed = re.compile(
        r"\[Content_Types\]\.xml|docProps/app\.xml|xl/workbook\.xml|xl/styles\.xml|xl/comments\d*\.xml|.*\.vml|.*\.rels"
        r"|xl/worksheets/sheet\d+\.xml"
    )
    assert all(allowed.fullmatch(n) for n in touched), touched
    book = opened(after)
    assert book.sheetnames[1:] == was.sheetnames
    assert book[name]["AZ400"].comment and book[name]["AZ400"].fill.fgColor.rgb == f"FF{RED}"
    for sheet in was:
        kept = {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}
        now = {c.coordinate: c.comment.text for row in book[sheet.title].iter_rows() for c in row if c.comment}
        assert all(now[at].startswith(text) for at, text in kept.items())
