"""Workbooks in: the only door through which an .xlsx is opened for reading. Nothing in it is trusted or executed.

calamine is fast but shows neither number formats nor error cells and would allocate a whole ghost range; the
sheet parts are therefore looked through as bytes first, and parsed a second time only where that look finds something.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from schemas.workbook import Cell, Grid

MAX_FILE_BYTES = 20 * 2**20
MAX_EXPANDED_BYTES = 200 * 2**20
MAX_ROWS, MAX_COLUMNS = 20_000, 500
"""Bounds of one workbook; the largest real form seen has 3,348 rows and 88 columns."""

_FAR_CELL = re.compile(rb""" r=["'](?:[A-Z]{3}\d|[A-Z]{0,2}\d{6})""")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT_IDS = frozenset({"9", "10"})
_PERCENT_FORMAT = re.compile(rb"""%|numFmtId=["'](?:9|10)["']""")
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True)
class Refusal:
    """Why a file was not opened: the code of a finding and the reason in Bahasa Indonesia."""

    kode: str
    sebab: str


@dataclass(frozen=True)
class Workbook:
    """The sheets of one workbook by name, or the reason why there are none."""

    grids: Mapping[str, Grid] = field(default_factory=dict)
    refusal: Refusal | None = None


def read_workbook(content: bytes, sheets: Iterable[str] | None = None) -> Workbook:
    """The named sheets (all of them where none are named); a file that cannot be read safely gives a Refusal."""
    refusal = _refuse_container(content)
    if refusal:
        return Workbook(refusal=refusal)
    try:
        return _read(content, None if sheets is None else frozenset(sheets))
    except (zipfile.BadZipFile, KeyError, EOFError, etree.XMLSyntaxError, OSError, NotImplementedError):
        return Workbook(refusal=Refusal("REG-001", "berkas rusak atau terpotong"))
    except (CalamineError, ValueError):
        return Workbook(refusal=Refusal("REG-001", "isi berkas tidak dikenali"))


def _refuse_container(content: bytes) -> Refusal | None:
    if len(content) > MAX_FILE_BYTES:
        return Refusal("REG-009", f"ukuran {len(content) / 2**20:.0f} MB, batasnya {MAX_FILE_BYTES // 2**20} MB")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return Refusal("REG-001", "berkas dilindungi kata sandi, atau masih berformat .xls lama")
    if not content.startswith(b"PK"):
        return Refusal("REG-001", "berkas kosong" if not content else "isinya bukan buku kerja .xlsx")
    return None


def _read(content: bytes, wanted: frozenset[str] | None) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        expanded = sum(info.file_size for info in archive.infolist())
        if expanded > MAX_EXPANDED_BYTES:
            return Workbook(refusal=Refusal("REG-009", f"isinya mengembang menjadi {expanded / 2**20:.0f} MB"))
        special, refusal = _look_through(archive, wanted)
    if refusal:
        return Workbook(refusal=refusal)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = [name for name in book.sheet_names if wanted is None or name in wanted]
    return Workbook({name: _grid(book, name, special.get(name, _Special())) for name in names})


@dataclass(frozen=True)
class _Special:
    """What calamine does not show of one sheet."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percent: frozenset[str] = frozenset()


def _look_through(
    archive: zipfile.ZipFile, wanted: frozenset[str] | None
) -> tuple[dict[str, _Special], Refusal | None]:
    """Look at every sheet part; a lying size or checksum fails here, before calamine sees the file."""
    percent_styles = _percent_styles(archive)
    if _STRINGS in archive.NameToInfo:
        archive.read(_STRINGS)
    suspects = {}
    for part in archive.NameToInfo:
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            xml = archive.read(part)
            if _is_suspect(xml, percent_styles):
                suspects[part] = xml
    return _look_closely(archive, suspects, percent_styles, wanted) if suspects else ({}, None)


def _is_suspect(xml: bytes, percent_styles: frozenset[bytes]) -> bool:
    """Whether a sheet may hold far cells, error cells or native percentages; cheap, and never wrong about a no."""
    styled = bool(percent_styles) and not percent_styles.isdisjoint(_STYLE.findall(xml))
    return styled or b't="e"' in xml or b"t='e'" in xml or _FAR_CELL.search(xml) is not None


def _look_closely(
    archive: zipfile.ZipFile,
    suspects: Mapping[str, bytes],
    percent_styles: frozenset[bytes],
    wanted: frozenset[str] | None,
) -> tuple[dict[str, _Special], Refusal | None]:
    special: dict[str, _Special] = {}
    for name, part in _sheet_parts(archive).items():
        if part in suspects and (wanted is None or name in wanted):
            if far := _farthest(suspects[part]):
                return {}, Refusal("REG-009", f"lembar {name} berisi sel sampai {far}")
            special[name] = _parse_special(suspects[part], percent_styles)
    return special, None


def _xml(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part in the zip."""
    rels = {r.get("Id"): r.get("Target", "") for r in _xml(archive.read("xl/_rels/workbook.xml.rels"))}
    parts: dict[str, str] = {}
    for sheet in _xml(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = rels.get(sheet.get(_REL), "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in archive.NameToInfo:
            parts[str(sheet.get("name"))] = part
    return parts


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The style numbers whose number format shows a percentage."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return frozenset()
    xml = archive.read("xl/styles.xml")
    if not _PERCENT_FORMAT.search(xml):
        return frozenset()
    root = _xml(xml)
    custom = {f.get("numFmtId") for f in root.iter(f"{_MAIN}numFmt") if "%" in (f.get("formatCode") or "")}
    formats = root.find(f"{_MAIN}cellXfs")
    xfs = [] if formats is None else list(formats)
    return frozenset(str(i).encode() for i, xf in enumerate(xfs) if xf.get("numFmtId") in custom | _PERCENT_IDS)


def _parse_special(xml: bytes, percent_styles: frozenset[bytes]) -> _Special:
    errors: dict[tuple[int, int], str] = {}
    percent: set[str] = set()
    for cell in _xml(xml).iter(f"{_MAIN}c"):
        ref = cell.get("r") or ""
        if cell.get("t") == "e" and ref:
            errors[_row_column(ref)] = cell.findtext(f"{_MAIN}v") or "#N/A"
        elif (cell.get("s") or "").encode() in percent_styles:
            percent.add(ref)
    return _Special(errors, frozenset(percent))


def _farthest(xml: bytes) -> str | None:
    """The address of a filled cell beyond the bounds; formatting alone does no harm."""
    for cell in _xml(xml).iter(f"{_MAIN}c"):
        row, column = _row_column(cell.get("r") or "A1")
        if (row > MAX_ROWS or column > MAX_COLUMNS) and len(cell):
            return str(cell.get("r"))
    return None


def _row_column(ref: str) -> tuple[int, int]:
    letters = ref.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(ref[len(letters) :]), column


def _grid(book: CalamineWorkbook, name: str, special: _Special) -> Grid:
    """Read one sheet with its true addresses (`skip_empty_area=False`), error cells put back as text."""
    rows: list[list[Cell]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for (row, column), text in special.errors.items():
        _put(rows, row, column, text)
    return Grid(name, rows, special.percent)


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend("" for _ in range(column - len(line)))
    line[column - 1] = text
