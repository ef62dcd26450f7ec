"""The fast way into an .xlsx, for the forms this program issued itself: values, error cells, native percentages.

calamine is fast but shows neither number formats nor error cells and would allocate a whole ghost range; the
sheet parts are therefore looked through as bytes first, and parsed a second time only where that look finds something.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from python_calamine import CalamineError, CalamineWorkbook

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import MAX_COLUMNS, MAX_MERGES, MAX_ROWS, broken, unsafe
from pipelines.stores.workbooks.issued_formulas import find_formulas
from pipelines.stores.workbooks.letters import check_letters
from pipelines.stores.workbooks.parts import list_sheets, read_kinds, relations, row_column, without_ghosts
from pipelines.stores.workbooks.sax import check_markup, parse
from schemas.workbook import Cell, Grid, Merge

_LONG = re.compile(rb""" r(?:="[^"]{6}|="[A-Za-z]{3}|=[^"]|\s)""")
"""An address long enough to be far away, or written in an odd way: one quick look that rules out most sheets."""
_FAR = re.compile(
    rb""" r(?:="(?:[A-Za-z]{3}\d|[A-Za-z]{0,2}(?:[2-9]\d{4}|\d{6})|(?:[T-Zt-z][A-Za-z]|[Ss][G-Zg-z])\d)|=[^"]|\s)"""
)
"""A row or cell near the bounds or beyond (from row 20,000 or column SG on), or an address in an odd way."""
_ODD_SPACES = (b"\t", b"\n", b"\r")
_MERGE = re.compile(rb"""mergeCell\s[^>]*ref=["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_PERCENT = re.compile(rb"""%|numFmtId=["'](?:9|10)["']""")
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_UNREAD = ("docProps/", "xl/theme/", "_rels/", "[Content_Types]")
_SMALL = 2**16
"""Packed bytes of a part that cannot become more than 64 MB, whatever its size is said to be."""
_MAX_AREA = 4_000_000
"""Cells from A1 to the last one, empty ones included: what calamine allocates for a sheet."""


def read_issued(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name; raises a refusal for what cannot be read safely."""
    with open_archive(content) as archive:
        special = _look_through(archive, wanted)
    try:
        grids = _read(CalamineWorkbook.from_filelike(io.BytesIO(content)), special, wanted)
    except (CalamineError, ValueError):
        raise broken("isi berkas tidak dikenali") from None
    except OverflowError:  # a moment that Python has no date or duration for
        return _read_in_full(content, wanted)
    except BaseException as failure:
        # A fault inside calamine arrives as a PanicException, which no `except Exception` catches.
        if type(failure).__name__ == "PanicException":
            return _read_in_full(content, wanted)
        raise
    unclear = frozenset(name for name in grids if name in special and special[name].formulas is None)
    return grids | _with_parts(content, grids, unclear) if unclear else grids


def _read_in_full(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """What calamine cannot tell is for the full reader to say."""
    from pipelines.stores.workbooks.xlsx import read_xlsx

    return dict(read_xlsx(content, wanted))


def _with_parts(content: bytes, grids: Mapping[str, Grid], names: frozenset[str]) -> dict[str, Grid]:
    """The values as they were read, beside the formulas and hidden parts of the full reader, loaded only here."""
    from pipelines.stores.workbooks.xlsx import read_xlsx

    return {
        name: replace(
            grids[name],
            formulas=grid.formulas,
            uncached=grid.uncached,
            hidden_rows=grid.hidden_rows,
            hidden_columns=grid.hidden_columns,
        )
        for name, grid in read_xlsx(content, names).items()
    }


def _read(book: CalamineWorkbook, special: Mapping[str, _Special], wanted: Container[str] | None) -> dict[str, Grid]:
    names = [name for name in book.sheet_names if wanted is None or name in wanted]
    return {name: _grid(book, name, special.get(name, _Special())) for name in names}


@dataclass
class _Special:
    """What calamine does not show of one sheet, gathered by listening to its part."""

    sheet: str = ""
    percent_styles: frozenset[str] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[str] = field(default_factory=set)
    row: int = 0
    column: int = 0
    failed: bool = False
    value: list[str] | None = None
    formulas: Mapping[str, str] | None = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A cell: native percentage by its style, error by its type."""
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self._cell(attributes)
        elif name in ("v", "is", "f"):
            self._within()
            self.value = [] if name == "v" and self.failed else None

    def end(self, name: str) -> None:
        """The end of an error cell puts its text by."""
        if name == "c" and self.failed:
            self.errors[self.row, self.column] = "".join(self.value or []) or "#N/A"
            self.failed, self.value = False, None

    def text(self, data: str) -> None:
        """The text of an error."""
        if self.value is not None:
            self.value.append(data)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        ref = attributes.get("r")
        self.row, self.column = row_column(ref) if ref else (self.row, self.column + 1)
        self.failed = attributes.get("t") == "e"
        if not self.failed and ref and attributes.get("s") in self.percent_styles:
            self.percent.add(ref)

    def _within(self) -> None:
        """A filled cell beyond the bounds ends the reading; formatting alone does no harm."""
        if self.row > MAX_ROWS or self.column > MAX_COLUMNS:
            raise unsafe(f"lembar {self.sheet} berisi sel sampai baris {self.row} kolom {self.column}")


def _look_through(archive: zipfile.ZipFile, wanted: Container[str] | None) -> dict[str, _Special]:
    """Look at every part calamine may open; a lying size, a checksum or an entity fails here, before that."""
    percent = _percent_styles(archive)
    suspects, worked, merged = {}, {}, {}
    shared, sheets = b"", list[bytes]()
    for entry in archive.infolist():
        if entry.compress_size > _SMALL or not entry.filename.startswith(_UNREAD):
            xml = archive.read(entry)
            if b"<!DOCTYPE" in xml:
                raise unsafe("isinya memuat definisi dokumen (DTD) atau entitas XML")
            lean = without_ghosts(xml)
            check_markup(lean)
            if b"<si" in lean or b":si" in lean:
                shared = lean
            if b"sheetData" in lean:
                sheets.append(lean)
                worked[entry.filename], merged[entry.filename] = find_formulas(lean), _merges(lean)
                if _is_suspect(lean, percent):
                    suspects[entry.filename] = lean
    check_letters(shared, sheets)
    if not suspects and not any(formulas != {} for formulas in worked.values()) and not any(merged.values()):
        return {}
    names = {sheet.part: sheet.name for sheet in list_sheets(archive, _BOOK, relations(archive, _BOOK))}
    special = _look_closely(suspects, names, percent, wanted)
    for part, formulas in worked.items():
        if formulas != {} or merged[part]:
            told = special.setdefault(names.get(part.lower(), part), _Special())
            told.formulas, told.merges = formulas, merged[part]
    return special


def _merges(xml: bytes) -> tuple[Merge, ...]:
    """The merged ranges of a sheet within the bounds; they stand behind its rows."""
    found = _MERGE.findall(xml, xml.rfind(b"sheetData"))[:MAX_MERGES]
    ends = [(row_column(first.decode()), row_column(last.decode())) for first, last in found]
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in ends if bottom <= MAX_ROWS)


def _look_closely(
    suspects: Mapping[str, bytes], sheets: Mapping[str, str], percent: frozenset[bytes], wanted: Container[str] | None
) -> dict[str, _Special]:
    """What the suspect parts hold that calamine does not show; one that is no known sheet may still hold far cells."""
    styles = frozenset(style.decode() for style in percent)
    special = {}
    for part, xml in suspects.items():
        name = sheets.get(part.lower(), part)
        if wanted is None or name in wanted or name == part:
            special[name] = _Special(name, styles)
            parse(xml, special[name])
    return special


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The style numbers whose number format shows a percentage."""
    xml = archive.read(_STYLES) if _STYLES in archive.NameToInfo else b""
    kinds = read_kinds(xml) if _PERCENT.search(xml) else ()
    return frozenset(str(number).encode() for number, kind in enumerate(kinds) if kind == "percent")


def _is_suspect(xml: bytes, percent_styles: frozenset[bytes]) -> bool:
    """Whether a sheet may hold far cells, error cells or native percentages; cheap, and never wrong about a no."""
    styled = bool(percent_styles) and not percent_styles.isdisjoint(_STYLE.findall(xml))
    failed = b't="e"' in xml or b"t='e'" in xml
    return styled or failed or _may_be_far(xml)


def _may_be_far(xml: bytes) -> bool:
    far = _LONG.search(xml) and _FAR.search(xml)
    return far is not None or _has_odd_spaces(xml)


def _has_odd_spaces(xml: bytes) -> bool:
    """Whether a tab or a line break stands among the rows, where one could stand before an address."""
    begin = xml.find(b"sheetData")
    return any(xml.find(space, begin) >= 0 for space in _ODD_SPACES)


def _grid(book: CalamineWorkbook, name: str, special: _Special) -> Grid:
    """Read one sheet with its true addresses (`skip_empty_area=False`), error cells put back as text."""
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > _MAX_AREA:
        raise unsafe(f"lembar {name} terlalu luas: {sheet.total_height} baris × {sheet.total_width} kolom")
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for (row, column), text in special.errors.items():
        _put(rows, row, column, text)
    return Grid(name, rows, frozenset(special.percent), merges=special.merges, formulas=special.formulas or {})


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend("" for _ in range(column - len(line)))
    line[column - 1] = text
