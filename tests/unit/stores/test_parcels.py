"""Zips and mails from outside: their files are seen as if they lay in the inbox, and no bound is passed on the way."""

import base64
import io
import struct
import time
import zipfile

import pytest

from pipelines.stores import parcels
from pipelines.stores.parcels import MAX_FILES, OPENED, unpack
from pipelines.stores.workbooks.book import PACKED
from tests.lib.books import make_ods, make_xls, make_zip, number, simple_book


def told(content):
    parcel = unpack(content)
    assert parcel is not None
    return parcel.told.kode, parcel.told.sebab


def names(content):
    return [m.name for m in unpack(content).members]


def make_mail(*attached, text="Terlampir."):
    parts = [f"Content-Type: text/plain\r\n\r\n{text}"]
    parts += [
        f'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(data).decode()}"
        for name, data in attached
    ]
    body = "".join(f"--batas\r\n{part}\r\n" for part in parts)
    head = "Received: x\r\nFrom: a@b\r\nTo: c@d\r\nSubject: Data\r\nMIME-Version: 1.0\r\n"
    return f'{head}Content-Type: multipart/mixed; boundary="batas"\r\n\r\n{body}--batas--\r\n'.encode()


@pytest.mark.parametrize(
    "content",
    [
        simple_book(), make_xls(number(0, 0, 1.0)), make_ods("<table:table table:name='A'/>"), b"", b"PK", b"a;b\n1;2\n",
        b"%PDF-1.7", make_zip({"[Content_Types].xml": "", "word/document.xml": ""}), simple_book()[:900], b"Kode: a;b\n",
    ],
)  # fmt: skip
def test_a_workbook_or_document_is_no_parcel_though_it_is_a_zip(content):
    assert unpack(content) is None


def test_files_keep_their_path_and_what_systems_leave_behind_is_no_file():
    content = make_zip(
        {
            "tw2/dinkes.xlsx": b"a", "tw2/": b"", "~$dinkes.xlsx": b"x", ".DS_Store": b"x", "__MACOSX/._dinkes.xlsx": b"x",
            "Thumbs.db": b"x", "desktop.ini": b"x", "kiriman.pdf.crdownload": b"x", "bukti.pdf": b"%PDF-",
        }
    )  # fmt: skip
    assert [(m.name, m.content) for m in unpack(content).members] == [
        ("tw2/dinkes.xlsx", b"a"),
        ("bukti.pdf", b"%PDF-"),
    ]
    assert told(content) == (OPENED, "arsip zip berisi 2 berkas, masing-masing didaftar tersendiri")


def test_a_name_leads_nowhere_and_two_names_stay_two():
    odd = [
        "/etc/passwd.xlsx",
        "../../naik.xlsx",
        "C:\\Users\\x.xlsx",
        "a\x1b[31m\u202e.xlsx",
        "naik.xlsx",
    ]
    found = names(make_zip({name: name for name in odd}))
    assert found == ["etc/passwd.xlsx", "naik.xlsx", "C_/Users/x.xlsx", "a_[31m_.xlsx", "naik (2).xlsx"]
    (long,) = names(make_zip({"x/" * 5000 + "y" * 5000 + ".xlsx": b"a"}))
    assert len(long) < 200 and long.endswith(".xlsx")


def test_names_of_old_and_new_programs_are_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Laporan – Dinas.xlsx", b"a")
    said = buffer.getvalue()
    unsaid = bytearray(said)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = unsaid.index(mark) + at
        unsaid[where : where + 2] = struct.pack("<H", 0)
    assert names(said) == names(bytes(unsaid)) == ["Laporan – Dinas.xlsx"]


def test_a_zip_in_a_zip_is_opened_and_one_deeper_is_named():
    inner = make_zip({"a.xlsx": b"a"})
    assert names(make_zip({"dinkes.zip": inner})) == ["dinkes.zip", "dinkes.zip/a.xlsx"]
    deep = unpack(make_zip({"1.zip": make_zip({"2.zip": inner})}))
    assert [m.name for m in deep.members] == ["1.zip", "1.zip/2.zip"]
    assert [m.told.kode for m in deep.members] == [OPENED, PACKED] and "terlalu dalam" in deep.members[1].told.sebab


def test_a_stored_workbook_inside_is_a_file_of_the_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("dinkes.xlsx", simple_book())
    assert names(buffer.getvalue()) == ["dinkes.xlsx"]


def locked():
    content = bytearray(make_zip({"dinkes.xlsx": b"a", "lain.xlsx": b"b"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def damaged():
    content = bytearray(make_zip({"dinkes.xlsx": b"a" * 1000}))
    content[content.index(b"dinkes.xlsx") + 12] ^= 0xFF
    return bytes(content)


def lying():
    content = bytearray(make_zip({"dinkes.xlsx": b"a" * 1000}))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: make_zip({"bom.csv": b"0" * 150 * 2**20}), "mengembang menjadi 150 MB"),
        (lambda: make_zip({str(n): b"0" * 2**20 for n in range(300)}), "mengembang"),
        (lambda: make_zip({f"{n}.xlsx": b"" for n in range(10_000)}), f"lebih dari {MAX_FILES} berkas"),
        (lambda: make_zip({f"{n}.xlsx": b"" for n in range(30_000)}), "terlalu banyak"),
        (lambda: make_zip({}), "tidak ada berkas"),
        (lambda: make_zip({".DS_Store": b"x"}), "tidak ada berkas"),
        (lambda: make_zip({"dinkes.xlsx": simple_book()})[:-100], "rusak atau terpotong"),
        (locked, "terkunci"),
        (damaged, "rusak"),
        (lying, "rusak"),
    ],
)
def test_a_zip_that_is_not_opened_says_why_and_gives_no_file(make, why):
    content = make()
    parcel = unpack(content)
    assert parcel.told.kode == PACKED and why in parcel.told.sebab and parcel.members == ()


def test_zips_in_a_zip_share_one_bound(monkeypatch):
    monkeypatch.setattr(parcels, "MAX_EXPANDED_BYTES", 3000)
    inner = make_zip({"a.bin": b"0" * 2000})
    parcel = unpack(make_zip({"1.zip": inner, "2.zip": inner}))
    assert [m.name for m in parcel.members] == ["1.zip", "1.zip/a.bin", "2.zip"]
    assert parcel.members[2].told.kode == PACKED


def test_the_attachments_of_a_mail_are_files():
    content = make_mail(("dinkes.xlsx", b"PK-a"), ("../bukti.pdf", b"%PDF-"), ("~$x.xlsx", b"x"))
    assert [(m.name, m.content) for m in unpack(content).members] == [("dinkes.xlsx", b"PK-a"), ("bukti.pdf", b"%PDF-")]
    assert told(content)[0] == OPENED and "surat elektronik berisi 2 berkas" in told(content)[1]
    bare = content.replace(b"Received: x\r\n", b"").replace(b"To: c@d\r\n", b"")
    assert [m.name for m in unpack(bare).members] == ["dinkes.xlsx", "bukti.pdf"], "saved without to whom and when"
    assert told(make_mail()) == (OPENED, "surat elektronik tanpa lampiran")
    assert names(make_mail(("data.zip", make_zip({"a.xlsx": b"a"})))) == ["data.zip", "data.zip/a.xlsx"]


@pytest.mark.timeout(60)
def test_a_mail_of_mails_without_end_ends():
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    begin = time.monotonic()
    parcel = unpack(b"From: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\n" + nested)
    assert parcel.members == () and time.monotonic() - begin < 30
