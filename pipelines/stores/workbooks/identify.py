"""What a file is by its content; its name says nothing. What is no workbook is named, with what to send instead."""

from __future__ import annotations

import re

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import RefusedError, broken
from pipelines.stores.workbooks.compound import SIGNATURE

_BOF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", re.DOTALL)
_HTML = re.compile(rb"<(?:html|table|!doctype html|body|head|meta|style|div|center)\b", re.IGNORECASE)
_MAIN = b"xl/workbook.xml"
"""The directory of a zip holds its names as they are; a look for this one spares opening the file twice."""
_TABLE = re.compile(rb"<table\b[^<>]*>\s*<", re.IGNORECASE)
"""A table that a web program's warning stands before."""
_SPREADSHEETML = re.compile(rb"<(?:\w+:)?Workbook\s[^<>]*urn:schemas-microsoft-com:office:spreadsheet")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ASK = "kirim buku kerja Excel asalnya"
_OTHERS = (
    (b"%PDF", f"isinya dokumen PDF, bukan buku kerja; {_ASK}"),
    (b"{\\rtf", f"isinya dokumen Word (RTF), bukan buku kerja; {_ASK}"),
    *(
        (mark, f"isinya gambar, bukan buku kerja; {_ASK}")
        for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
    ),
    *(
        (mark, "isinya arsip terkompresi; ekstrak dahulu, lalu kirim buku kerja di dalamnya")
        for mark in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
    ),
    (b"MIME-Version:", "isinya halaman web arsip (MHTML); buka di Excel dan simpan sebagai .xlsx"),
)


def identify(content: bytes) -> str:
    """`xlsx`, `xlsm`, `xlsb`, `xls`, `ods`, `html`, `xml` (Excel 2003) or `csv`; raises a refusal for anything else."""
    if not content.strip(b"\0 \r\n\t"):
        raise broken("berkas kosong")
    if content.startswith(b"PK"):
        return _identify_archive(content)
    if content.startswith(SIGNATURE[:4]):
        return "xls"
    if _BOF.match(content):
        return _identify_bare(content)
    for mark, reason in _OTHERS:
        if content.startswith(mark):
            raise broken(reason)
    return _identify_text(content)


def _identify_bare(content: bytes) -> str:
    """A stream of records without a container: readable from the version on that old exporters write."""
    if content[1] != 0x08:
        raise broken("versi Excel yang sangat lama; buka di Excel dan simpan sebagai .xlsx")
    return "xls"


def _identify_archive(content: bytes) -> str:
    if _MAIN in content and b"xl/workbook.bin" not in content:
        return "xlsm" if b"xl/vbaProject.bin" in content else "xlsx"
    with open_archive(content) as archive:
        names = frozenset(archive.NameToInfo)
        types = archive.read("[content_types].xml") if "[content_types].xml" in archive.NameToInfo else b""
        mime = archive.read("mimetype") if "mimetype" in archive.NameToInfo else b""
    if "xl/workbook.bin" in names:
        return "xlsb"
    if b"spreadsheetml" in types or b"ms-excel" in types or "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if "content.xml" in names and (not mime or b"spreadsheet" in mime):
        return "ods"
    raise _other_archive(names)


def _other_archive(names: frozenset[str]) -> RefusedError:
    if any(name.startswith("word/") for name in names) or "content.xml" in names:
        return broken(f"isinya dokumen Word, bukan buku kerja; {_ASK}")
    if any(name.startswith("ppt/") for name in names):
        return broken(f"isinya presentasi, bukan buku kerja; {_ASK}")
    return broken("isinya arsip zip biasa; ekstrak dahulu, lalu kirim buku kerja di dalamnya")


def _identify_text(content: bytes) -> str:
    """A web page, an Excel 2003 workbook, or text that may be a table."""
    head = content[:8192]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip()
    if not head.startswith(b"<"):
        return "html" if _TABLE.search(content) else "csv"
    if _SPREADSHEETML.search(head):
        return "xml"
    if _HTML.search(head) or _HTML.search(content):
        return "html"
    raise broken(f"isinya XML yang bukan buku kerja; {_ASK}")
