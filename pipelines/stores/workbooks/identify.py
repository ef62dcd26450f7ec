"""What a file is by its content; its name says nothing. What is no workbook is named, with what to send instead."""

from __future__ import annotations

import re

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import RefusedError, broken, other, packed
from pipelines.stores.workbooks.compound import SIGNATURE

_BOF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", re.DOTALL)
_HTML = re.compile(rb"<(?:html|table|!doctype html|body|head|meta|style|div|center)\b", re.IGNORECASE)
_MAIN = b"xl/workbook.xml"
"""The directory of a zip holds its names as they are; a look for this one spares opening the file twice."""
_TABLE = re.compile(rb"<table\b[^<>]*>\s*<", re.IGNORECASE)
"""A table that a web program's warning stands before."""
_SPREADSHEETML = re.compile(rb"<(?:\w+:)?Workbook\s[^<>]*urn:schemas-microsoft-com:office:spreadsheet")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PACKAGE = frozenset({"[content_types].xml", "mimetype", "content.xml", "xl/workbook.xml", "xl/workbook.bin"})
_END, _END_SIZE = b"PK\x05\x06", 22
_DOCUMENTS = tuple(
    (re.compile(mark, re.DOTALL), bentuk)
    for mark, bentuk in (
        (rb"\s*%PDF-", "dokumen PDF"),
        (rb"\s*\{\\rtf", "dokumen Word (RTF)"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF.{4}WEBP|BM.{4}\0{4}|.{4}ftyp(hei|mif|msf|avi)", "gambar"),
        (rb".{4}ftyp", "video"),
    )
)
_PACKED = (
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip gzip"),
)
_HEAD = 65_536
_STRAY = 1024
_BEHIND = re.compile(rb"(.{1,1000}?)(?:PK\x03\x04[\x0a-\x3f]\0|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1)", re.DOTALL)
"""A workbook that begins behind some bytes of something else."""
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_SAVED = re.compile(rb"^From:\s*[<\"]*Saved by", re.MULTILINE | re.IGNORECASE)
_ARCHIVED = frozenset({b"snapshot-content-location", b"content-location"})
_ADDRESSED = frozenset({b"to", b"received", b"message-id", b"delivered-to"})
"""Headers of a mail; a web page archived as MHTML has a sender, but nobody it was sent to."""


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
    _refuse_others(content)
    return _identify_text(content)


def _refuse_others(content: bytes) -> None:
    """Raises for what is told by its first bytes to be no workbook."""
    head = content[:1024]
    for pattern, bentuk in _DOCUMENTS:
        if pattern.match(head):
            raise other(bentuk)
    for mark, bentuk in _PACKED:
        if content.startswith(mark):
            raise packed(bentuk)
    if is_mail(content):
        raise packed("surat elektronik")
    if _is_web_archive(content):
        raise broken("isinya halaman web arsip (MHTML); buka di Excel dan simpan sebagai .xlsx")
    if (before := _BEHIND.match(content[:_STRAY])) is not None:
        raise broken(
            f"di depan isinya ada {before.end(1)} byte yang bukan bagian berkas, biasanya dari aplikasi yang "
            "membuatnya; unduh ulang, atau buka di Excel dan simpan sebagai .xlsx"
        )


def is_mail(content: bytes) -> bool:
    """Whether the file is a mail as mail programs save it (.eml)."""
    names = frozenset(name.lower() for name in _HEADER.findall(_headers(content)))
    if b"from" not in names:
        return False
    return not names.isdisjoint(_ADDRESSED) or (names >= {b"subject", b"mime-version"} and not _is_web_archive(content))


def _is_web_archive(content: bytes) -> bool:
    """Whether the file is a web page with all that belongs to it, whichever of its headers comes first."""
    head = _headers(content)
    names = frozenset(name.lower() for name in _HEADER.findall(head))
    return (
        b"mime-version" in names
        and names.isdisjoint(_ADDRESSED)
        and (b"from" not in names or not names.isdisjoint(_ARCHIVED) or _SAVED.search(head) is not None)
    )


def _headers(content: bytes) -> bytes:
    """The headers of a mail or an archived page; nothing where the file does not begin with one."""
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return re.split(rb"\r?\n\r?\n", text[:_HEAD], maxsplit=1)[0] if _HEADER.match(text) else b""


def is_package(names: frozenset[str]) -> bool:
    """Whether a zip of these parts, in small letters, is one document of an office program, not a parcel of files."""
    return not _PACKAGE.isdisjoint(names)


def _identify_bare(content: bytes) -> str:
    """A stream of records without a container: readable from the version on that old exporters write."""
    if content[1] != 0x08:
        raise broken("versi Excel yang sangat lama; buka di Excel dan simpan sebagai .xlsx")
    return "xls"


def _identify_archive(content: bytes) -> str:
    listed = _directory(content)
    if _MAIN in listed and b"xl/workbook.bin" not in listed:
        return "xlsm" if b"xl/vbaProject.bin" in listed else "xlsx"
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
    raise _other_archive(names, mime)


def _directory(content: bytes) -> bytes:
    """The names of a zip as they stand at its end; a workbook inside it has names too, but further up."""
    end = content.rfind(_END)
    if end < 0 or len(content) < end + _END_SIZE:
        return b""
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    return content[max(end - size, 0) : end]


def _other_archive(names: frozenset[str], mime: bytes) -> RefusedError:
    if not is_package(names):
        return packed("arsip zip")
    if any(name.startswith("ppt/") for name in names) or b"presentation" in mime:
        return other("presentasi")
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mime or not mime:
        return other("dokumen Word")
    return other("dokumen")


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
    raise other("berkas XML")
