"""Workbooks made byte by byte: what no program writes on purpose, and formats nothing here can write."""

import io
import struct
import zipfile

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def make_book(fill, **options):
    """An .xlsx by xlsxwriter."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    fill(book)
    book.close()
    return buffer.getvalue()


def replace_part(content, part, change):
    """The same zip with one part changed, or added where it is not there."""
    source, buffer = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
        if part not in source.namelist():
            target.writestr(part, change(b""))
    return buffer.getvalue()


def simple_book():
    """One sheet `Data` with a text in A1 and 98.5 in C4."""

    def fill(book):
        sheet = book.add_worksheet("Data")
        sheet.write("A1", "Judul")
        sheet.write("C4", 98.5)

    return make_book(fill)


def with_sheet(rows, after=b"", before=b""):
    """The simple book with these rows as XML on its sheet."""
    xml = b"<worksheet " + _MAIN + b">" + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
    return replace_part(simple_book(), SHEET, lambda _: xml)


def with_texts(items):
    """The simple book with this list of shared texts."""
    return replace_part(simple_book(), "xl/sharedStrings.xml", lambda _: b"<sst " + _MAIN + b">" + items + b"</sst>")


def make_zip(parts):
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return buffer.getvalue()


def make_ods(body, styles="", manifest="<manifest/>"):
    """An .ods with this in its spreadsheet element."""
    spaces = " ".join(
        f'xmlns:{p}="urn:{p}"' for p in ("office", "table", "text", "style", "calcext", "dc", "number", "fo")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return make_zip({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


def make_compound(streams, *, chain=None):
    """An OLE2 file with these streams, each padded to 4,096 bytes or more; `chain` overrides table entries."""
    sectors, entries, table = [], [_entry("Root Entry", 5, 0xFFFFFFFE, 0)], []
    for name, data in streams.items():
        padded = data.ljust(4096, b"\0")
        count = -(-len(padded) // 512)
        entries.append(_entry(name, 2, len(sectors), len(padded)))
        table += [*range(len(sectors) + 1, len(sectors) + count), 0xFFFFFFFE]
        sectors += [padded[i * 512 : (i + 1) * 512].ljust(512, b"\0") for i in range(count)]
    directory = b"".join(entries)
    first_directory = len(sectors)
    for at in range(0, len(directory), 512):
        table.append(len(sectors) + 1 if at + 512 < len(directory) else 0xFFFFFFFE)
        sectors.append(directory[at : at + 512].ljust(512, b"\0"))
    for at, to in (chain or {}).items():
        table[at] = to
    return _with_tables(sectors, table, first_directory)


def _with_tables(sectors, table, first_directory):
    """Header, sectors, allocation table; beyond 109 sectors of table, sectors that say where the others are."""
    tables = more = 0
    while tables * 128 < len(table) + tables + more:
        tables += 1
        more = max(0, -(-(tables - 109) // 127))
    first = len(sectors)
    table += [0xFFFFFFFD] * tables + [0xFFFFFFFC] * more
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * 512, b"\xff")
    places = [*range(first, first + tables)]
    named = [places[109 + n * 127 : 109 + (n + 1) * 127] for n in range(more)]
    nexts = [first + tables + n + 1 for n in range(more - 1)] + [0xFFFFFFFE]
    extra = b"".join(
        struct.pack("<128I", *part, *[0xFFFFFFFF] * (127 - len(part)), to)
        for part, to in zip(named, nexts, strict=False)
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    first_more = first + tables if more else 0xFFFFFFFE
    header += struct.pack("<IIIIIIIII", 0, tables, first_directory, 0, 4096, 0xFFFFFFFE, 0, first_more, more)
    header += struct.pack("<109I", *places[:109], *[0xFFFFFFFF] * (109 - len(places[:109])))
    return header + b"".join(sectors) + packed + extra


def _entry(name, kind, first, size):
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB12x", len(encoded), kind, 1)
        + b"\0" * 36
        + struct.pack("<IIi", first, size, 0)
    )


def biff(code, data=b""):
    """One record of an .xls."""
    return struct.pack("<HH", code, len(data)) + data


def make_xls(cells, *, before=b"", texts=(), after=b"", contained=True, named=1):
    """An .xls (BIFF 8) with one sheet of these cell records, `named` so many times."""
    bof = struct.pack("<HHHHII", 0x600, 0x05, 0, 1996, 0, 6)
    packed = b"".join(struct.pack("<HB", len(t), 1) + t.encode("utf-16-le") for t in texts)
    sst = biff(0xFC, struct.pack("<ii", len(texts), len(texts)) + packed) if texts else b""
    formats = biff(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) * 2
    formats += biff(0xE0, struct.pack("<HHHBBBBIIH", 0, 10, 0, 0, 0, 0, 0, 0, 0, 0))
    name = "Data"
    sheet = lambda at: biff(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name.encode())  # noqa: E731
    start = biff(0x809, bof) + before + formats + sst
    at = len(start) + named * len(sheet(0)) + len(biff(0x0A))
    own = struct.pack("<HHHHII", 0x600, 0x10, 0, 1996, 0, 6)
    stream = start + sheet(at) * named + biff(0x0A) + biff(0x809, own) + cells + biff(0x0A) + after
    return make_compound({"Workbook": stream}) if contained else stream


def number(row, column, value, style=0):
    """A NUMBER record, zero-based."""
    return biff(0x203, struct.pack("<HHHd", row, column, style, value))


def biff12(code, data=b""):
    """One record of an .xlsb."""
    head = bytes([code]) if code < 0x80 else bytes([(code & 0x7F) | 0x80, code >> 7])
    length, packed = len(data), b""
    while True:
        packed += bytes([(length & 0x7F) | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + packed + data


def wide(text):
    """A text as BIFF 12 keeps it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def make_xlsb(cells, texts=(), merges=b"", columns=b"", state=0):
    """An .xlsb with one sheet of these records; style 1 is a percentage, style 2 a date, style 3 `0" %"`."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = lambda key, kind, target: f'<Relationship Id="{key}" Type="{types}/{kind}" Target="{target}"/>'  # noqa: E731
    relations = lambda *r: f'<Relationships xmlns="urn:r">{"".join(r)}</Relationships>'  # noqa: E731
    styles = biff12(44, struct.pack("<H", 164) + wide('0" %"'))
    styles += biff12(617, struct.pack("<I", 4))
    styles += b"".join(biff12(47, struct.pack("<HH12x", 0, number_format)) for number_format in (0, 10, 14, 164))
    styles += biff12(618)
    book = (
        biff12(131)
        + biff12(143)
        + biff12(156, struct.pack("<II", state, 1) + wide("rId1") + wide("Data"))
        + biff12(144)
        + biff12(132)
    )
    strings = biff12(159, struct.pack("<II", len(texts), len(texts)))
    strings += b"".join(biff12(19, b"\0" + wide(text)) for text in texts) + biff12(160)
    dimension = biff12(148, struct.pack("<IIII", 0, 99, 0, 25))
    sheet = biff12(129) + dimension + columns + biff12(145) + cells + biff12(146) + merges + biff12(130)
    return make_zip(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(
                relation("rId1", "worksheet", "worksheets/sheet1.bin"),
                relation("rId2", "styles", "styles.bin"),
                relation("rId3", "sharedStrings", "sharedStrings.bin"),
            ),
            "xl/worksheets/sheet1.bin": sheet,
            "xl/styles.bin": styles,
            "xl/sharedStrings.bin": strings,
        }
    )


def row12(row, *, hidden=False):
    """A row header of an .xlsb, zero-based."""
    return biff12(0, struct.pack("<IIH", row, 0, 300) + bytes([0, 0x10 if hidden else 0, 0]) + struct.pack("<I", 0))


def cell12(code, column, value, style=0):
    """A cell of an .xlsb, zero-based."""
    return biff12(code, struct.pack("<II", column, style) + value)
