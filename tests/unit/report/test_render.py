import io
import struct
import time
import zipfile
import zlib
from datetime import date

import docx
import pytest

from pipelines.report.blocks import (
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    Paragraph,
    Properties,
    Row,
    Section,
    Table,
    placeholder,
)  # fmt: skip
from pipelines.report.render import missing_styles, render
from pipelines.report.render.template import default_template
from tests.lib.docx_text import W, part, project, style, text
from tests.lib.package import package_faults

PROPERTIES = Properties("Judul", "Perihal", "Bagian Organisasi", date(2026, 1, 14))
COLUMNS = (Column("No", 1, "center"), Column("Nama", 4), Column("Nilai", 2, "right"))


def make(*blocks):
    return Document("Judul & sub <judul>", PROPERTIES, tuple(blocks))


def body_of(content):
    return part(content, "word/document.xml").find(f"{W}body")


def test_the_same_document_gives_the_same_bytes():
    document = make(Heading(1, "Bab"), Table(COLUMNS, (Row(("1", "a", "2")),), "Tabel"))
    assert render(document) == render(document)


def test_word_opens_it_and_the_properties_are_the_datas():
    opened = docx.Document(io.BytesIO(render(make(Paragraph("Isi.")))))
    assert opened.core_properties.title == "Judul"
    assert opened.core_properties.language == "id-ID"
    assert opened.core_properties.modified.date() == date(2026, 1, 14)
    assert "Judul & sub <judul>" in opened.sections[-1].header.paragraphs[0].text


def test_a_placeholder_stands_out_wherever_it_is():
    asked = placeholder("SKPD", "isu strategis")
    body = body_of(render(make(Paragraph(f"Isu: {asked}."), Table(COLUMNS, (Row(("1", asked, "")),)))))
    marked = [text(r) for r in body.iter(f"{W}r") if r.find(f"{W}rPr/{W}rStyle") is not None]
    assert marked == [asked, asked]


def test_characters_that_xml_forbids_are_dropped_and_breaks_kept():
    body = body_of(render(make(Paragraph("a\x0bb\ufffe & <c>\nd"))))
    assert text(body[0]) == "ab & <c> / d"


def test_header_rows_repeat_and_rows_are_not_torn():
    rows = tuple(Row((str(n), "x", "1")) for n in range(3))
    table = Table(COLUMNS, rows, "Judul tabel", numbered=True, groups=(("", 1), ("Dua", 2)))
    drawn = list(body_of(render(make(table))).iter(f"{W}tr"))
    header = [r.find(f"{W}trPr/{W}tblHeader") is not None for r in drawn]
    assert header == [True, True, True, False, False, False]
    assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in drawn)


def test_every_row_covers_every_column_exactly():
    table = Table(COLUMNS, (Row(("grup",), "group"), Row(("1", "a", "2")), Row(("", "", "3"), continued=2),
                            Row((Cell("jumlah", span=2), "5"), "total")), groups=(("", 1), ("Dua", 2)))  # fmt: skip
    body = body_of(render(make(table)))
    grid = sum(int(c.get(f"{W}w")) for c in body.iter(f"{W}gridCol"))
    for row in body.iter(f"{W}tr"):
        spans = [c.find(f"{W}tcPr/{W}gridSpan") for c in row.iter(f"{W}tc")]
        assert sum(1 if s is None else int(s.get(f"{W}val")) for s in spans) == len(COLUMNS)
        assert sum(int(c.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for c in row.iter(f"{W}tc")) == grid


def test_a_continued_cell_is_merged_with_the_one_above():
    table = Table(COLUMNS, (Row(("1", "a", "2")), Row(("", "", "3"), continued=2)))
    first, second = list(body_of(render(make(table))).iter(f"{W}tr"))[1:]
    merges = [[c.find(f"{W}tcPr/{W}vMerge") for c in row.iter(f"{W}tc")] for row in (first, second)]
    assert [m is not None and m.get(f"{W}val") for m in merges[0]] == ["restart", "restart", False]
    assert [m is not None and m.get(f"{W}val") for m in merges[1]] == [None, None, False]


def test_a_category_has_its_word_beside_its_colour():
    body = body_of(render(make(Table(COLUMNS, (Row(("1", "a", Cell("Rendah", "low"))),)))))
    cell = list(body.iter(f"{W}tc"))[-1]
    assert text(cell) == "Rendah"
    assert cell.find(f"{W}tcPr/{W}shd").get(f"{W}fill") == "FCE0C6"


def test_captions_are_counted_by_a_field_and_tables_have_alternative_text():
    tables = [Table(COLUMNS, (Row(("1", "a", "2")),), f"Judul {n}") for n in (1, 2)]
    body = body_of(render(make(*tables)))
    assert [text(p) for p in body if style(p) == "Caption"] == ["Tabel 1.  Judul 1", "Tabel 2.  Judul 2"]
    fields = [f for f in body.iter(f"{W}fldSimple") if "SEQ Tabel" in f.get(f"{W}instr")]
    assert ["".join(f.itertext()) for f in fields] == ["1", "2"]
    assert [c.get(f"{W}val") for c in body.iter(f"{W}tblCaption")] == ["Judul 1", "Judul 2"]


def test_sections_turn_the_paper_and_restart_the_numbers():
    roman, wide = Section(numbering="roman", restart=True), Section(landscape=True, restart=True)
    blocks = (Section(numbering="none"), Paragraph("a"), roman, Paragraph("b"), wide, Paragraph("c"))
    papers = [line for line in project(render(make(*blocks))).splitlines() if line.startswith("====")]
    assert papers == ["==== portrait", "==== portrait fmt=lowerRoman start=1", "==== landscape start=1"]


def test_the_own_template_has_every_style_and_a_poorer_one_is_told():
    assert missing_styles(None) == ()
    poorer = edited(default_template(), "word/styles.xml", '<w:name w:val="Tabel Angka"/>', '<w:name w:val="Lain"/>')
    assert missing_styles(poorer) == ("Tabel Angka",)
    assert "| 1 | a | 2 |" in project(render(make(Table(COLUMNS, (Row(("1", "a", "2")),))), poorer))


def test_styles_are_found_by_name_for_their_ids_differ_between_languages_of_word():
    indonesian = edited(default_template(), "word/styles.xml", 'w:styleId="Heading1"', 'w:styleId="Judul1"')
    assert "[Judul1] Bab" in project(render(make(Heading(1, "Bab")), indonesian))


def test_a_logo_is_stored_once_and_described():
    picture = png(4, 8)
    cover = Cover("k", "t", "u", "y", ("f",), picture)
    content = render(make(cover, cover))
    names = [n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if "media" in n]
    assert names == ["word/media/image1.png"]
    shapes = docx.Document(io.BytesIO(content)).inline_shapes
    assert [(s.width * 2, s.height) for s in shapes] == [(shapes[0].height, shapes[0].height)] * 2


@pytest.mark.slow
def test_a_table_row_is_ten_times_as_fast_as_cell_by_cell():
    rows = [tuple(f"{r}.{c}" for c in range(8)) for r in range(400)]
    columns = tuple(Column(str(n), 1) for n in range(8))
    document = make(Table(columns, tuple(Row(r) for r in rows)))
    ours, naive = best_of(lambda: render(document), 5), best_of(lambda: cell_by_cell(rows), 2)
    assert ours * 10 < naive, f"ours {ours:.4f} s, cell by cell {naive:.4f} s"


def cell_by_cell(rows):
    document = docx.Document()
    table = document.add_table(rows=0, cols=8)
    for row in rows:
        cells = table.add_row().cells
        for n, value in enumerate(row):
            cells[n].text = value
    document.save(io.BytesIO())


def best_of(work, times):
    seconds = []
    for _ in range(times):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def edited(template, name, old, new):
    source, target = zipfile.ZipFile(io.BytesIO(template)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for item in source.namelist():
            content = source.read(item)
            if item == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            archive.writestr(item, content)
    return target.getvalue()


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = (b"\0" + b"\x80" * 3 * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def test_no_page_begins_or_ends_with_one_lonely_row_of_a_table():
    rows = tuple(Row((str(n), "a", "2")) for n in range(5))
    total = (*rows[:3], Row(("", "Jumlah", "5"), "total"))
    kept = [
        [
            r.find(f".//{W}keepNext") is not None
            for r in list(body_of(render(make(Table(COLUMNS, shown)))).iter(f"{W}tr"))[1:]
        ]
        for shown in (rows, total, rows[:2])
    ]
    assert kept == [[True, False, False, True, False], [True, False, True, False], [False, False]]


def test_comments_left_in_a_template_do_not_meet_those_of_the_document():
    commented = io.BytesIO()
    document = docx.Document(io.BytesIO(default_template()))
    document.add_comment(document.add_paragraph("x").runs, text="catatan pembuat templat")
    document.save(commented)
    content = render(make(Paragraph(placeholder("SKPD", "isu"))), commented.getvalue())
    assert package_faults(content) == []
    assert [text(c) for c in part(content, "word/comments.xml")] == ["Mohon diisi oleh SKPD: isu."]
    assert package_faults(render(make(Paragraph("tanpa isian")), commented.getvalue())) == []


def test_a_style_of_another_kind_does_not_count():
    other = '<w:style w:type="character" w:styleId="TabelTeks"'
    changed = edited(default_template(), "word/styles.xml", '<w:style w:type="paragraph" w:styleId="TabelTeks"', other)
    assert missing_styles(changed) == ("Tabel Teks",)


def test_no_figure_is_torn_over_two_lines_where_text_can_give_way():
    columns = (Column("Sasaran", 10), Column("Pagu (Rp)", 1, "right"), Column("No", 1, "center"))
    rows = (Row(("Meningkatnya mutu layanan", "12.500.000.000", "1")), Row((Cell("Jumlah", span=2), "2"), "total"))
    narrow = list(body_of(render(make(Table(columns, rows)))).iter(f"{W}gridCol"))
    wide = list(body_of(render(make(Table(columns, (Row(("x", "1", "1")),))))).iter(f"{W}gridCol"))
    before, after = ([int(c.get(f"{W}w")) for c in grid] for grid in (wide, narrow))
    assert sum(before) == sum(after)
    assert before[2] == after[2]
    assert after[1] >= 11 * 92 + 3 * 46 + 140 > before[1]  # eleven digits and three points of 9 point Calibri


def test_columns_without_room_to_give_keep_their_shares():
    columns = (Column("a", 1, "right"), Column("b", 1, "right"))
    grid = list(body_of(render(make(Table(columns, (Row(("1" * 90, "1")),))))).iter(f"{W}gridCol"))
    assert abs(int(grid[0].get(f"{W}w")) - int(grid[1].get(f"{W}w"))) <= 1
