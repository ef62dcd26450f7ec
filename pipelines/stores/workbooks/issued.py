"""The fast way into an .xlsx, for the forms this program issued itself: values, error cells, native percentages.

calamine is fast but shows neither number formats nor error cells, would allocate a whole ghost range, and guesses at
what no office program writes. Every part it may open is therefore looked through as bytes first; what is written in
any other way than those programs write it, and what calamine fails on, is for the full reader to say.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from python_calamine import CalamineError, CalamineWorkbook

from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import MAX_CELLS, MAX_MERGES, MAX_ROWS, unsafe
from pipelines.stores.workbooks.cell_styles import Styles, read_styles
from pipelines.stores.workbooks.faces import PLAIN
from pipelines.stores.workbooks.issued_digits import SeenDigits
from pipelines.stores.workbooks.issued_formulas import Formulas, find_formulas
from pipelines.stores.workbooks.letters import check_letters
from pipelines.stores.workbooks.number_formats import GENERAL
from pipelines.stores.workbooks.parts import row_column
from pipelines.stores.workbooks.plain import FORMULA, STYLES, is_plain_sheet, plain_package
from pipelines.stores.workbooks.sax import check_markup, without_ghosts
from pipelines.stores.workbooks.targets import canonical
from schemas.workbook import Cell, Grid, Merge

_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})" ?/>')
_MERGED = b"<mergeCell "
_ERRORS = re.compile(rb'<c r="([A-Z]+\d+)"(?: s="\d+")? t="e">(?:' + FORMULA + rb")?<v>([^<]*)<")
_NO_ZEROS = re.compile(rb"\bshowZeros\s*=")
_UNREAD = ("docProps/", "xl/theme/", "_rels/", "[Content_Types]")
_SMALL = 2**16
"""Packed bytes of a part that cannot become more than 64 MB, whatever its size is said to be."""
_MAX_AREA = 4_000_000
"""Cells from A1 to the last one, empty ones included: what calamine allocates for a sheet."""
_LAST_HOUR, _FIRST_DAY, _LAST_DAY = 0.95, 1, 2_958_465
"""Serials that every calendar has: times of day, and the days from 1900 to 9999."""


def read_issued(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name; raises a refusal for what cannot be read safely."""
    with open_archive(content) as archive:
        seen = _look_through(archive, wanted)
    grids = None if seen is None else _read(content, seen, wanted)
    return _read_in_full(content, wanted) if grids is None else grids


def _read_in_full(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """Loaded only here: the forms as they were issued never get this far."""
    from pipelines.stores.workbooks.xlsx import read_xlsx

    return read_xlsx(content, wanted)


@dataclass(frozen=True)
class _Seen:
    """What calamine does not show of one sheet."""

    errors: Mapping[str, str] = field(default_factory=dict)
    percent: frozenset[str] = frozenset()
    shown: SeenDigits = field(default_factory=lambda: SeenDigits(b"", {}))
    formulas: Formulas | None = None
    merges: tuple[Merge, ...] = ()
    recalculates: bool = False


def _read(content: bytes, seen: Mapping[str, _Seen], wanted: Container[str] | None) -> dict[str, Grid] | None:
    """What calamine reads, and beside it what it does not show; None where it fails or knows other sheets."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if [name for name in book.sheet_names if wanted is None or name in wanted] != list(seen):
            return None
        grids = {name: _grid(book, name, of_sheet) for name, of_sheet in seen.items()}
    except (CalamineError, ValueError, OverflowError):  # the last: a moment that Python has no date or duration for
        return None
    except BaseException as failure:
        # A fault inside calamine arrives as a PanicException, which no `except Exception` catches.
        if type(failure).__name__ != "PanicException":
            raise
        return None
    unclear = frozenset(name for name, of_sheet in seen.items() if of_sheet.formulas is None)
    return grids | _read_in_full(content, unclear) if unclear else grids


def _look_through(archive: zipfile.ZipFile, wanted: Container[str] | None) -> dict[str, _Seen] | None:
    """Look at every part calamine may open; a lying size, a checksum or an entity fails here, before that.

    None where something in the sheets wanted is for the full reader.
    """
    shared, sheets = b"", dict[str, bytes]()
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
                sheets[canonical(entry.filename)] = lean
    check_letters(shared, list(sheets.values()))
    package = plain_package(archive)
    if package is None:
        return None
    looks = _looks(archive.read(STYLES) if STYLES in archive.NameToInfo else b"")
    chosen = [sheet for sheet in package.sheets if wanted is None or sheet.name in wanted]
    seen = {sheet.name: looks.at(sheets.get(sheet.part, b""), package.recalculates) for sheet in chosen}
    told = {name: of_sheet for name, of_sheet in seen.items() if of_sheet is not None}
    return told if len(told) == len(seen) else None


class _Looks:
    """What is looked for in the sheets of a workbook, by the styles it has."""

    def __init__(self, styles: Styles) -> None:
        kinds, faces = tuple(shape.kind for shape in styles.formats), styles.faces
        self._percent = _styled(kinds, ("percent",), rb'(?:(?: t="n")?>(?:<f|<v>[-\d])| t="str">' + FORMULA + rb"<v><)")
        # the style of every cell that names none
        self._odd = styles.format(None) is not GENERAL or styles.face(None) != PLAIN
        marked = tuple("marked" if face != PLAIN else kind for face, kind in zip(faces, kinds, strict=True))
        self._marked = _styled(marked, ("marked", "varied"), rb'(?: t="\w+")?>')
        self._formats = {str(n).encode(): shape for n, shape in enumerate(styles.formats) if shape.is_fixed}
        self._unclear = _styled(kinds, ("unclear",), b"")
        self._moments = _styled(kinds, ("date", "elapsed"), rb'(?: t="n")?>(?:' + FORMULA + rb")?<v>([^<]+)<")

    def at(self, xml: bytes, recalculates: bool) -> _Seen | None:
        """What calamine does not show of a sheet part; None where the full reader has to read it."""
        if (
            self._odd
            or _NO_ZEROS.search(xml, 0, xml.find(b"<sheetData"))
            or not is_plain_sheet(xml)
            or any(p and p.search(xml) for p in (self._unclear, self._marked))
        ):
            return None
        merges = _merges(xml)
        if merges is None or (len(xml) > MAX_CELLS and xml.count(b"<c ") > MAX_CELLS):
            return None
        if not (self._moments is None or all(_is_known(m[2]) for m in self._moments.finditer(xml))):
            return None
        errors = {cell.decode(): text.decode() for cell, text in _ERRORS.findall(xml)} if b't="e"' in xml else {}
        percent = (m[1].decode() for m in self._percent.finditer(xml)) if self._percent else ()
        shown = SeenDigits(xml, self._formats)
        return _Seen(errors, frozenset(percent), shown, find_formulas(xml), merges, recalculates)


@lru_cache(maxsize=4)
def _looks(styles: bytes) -> _Looks:
    """Worked out once for the forms of a quarter, which share their styles."""
    return _Looks(read_styles(styles) if styles else Styles())


def _styled(kinds: tuple[str, ...], wanted: tuple[str, ...], holding: bytes) -> re.Pattern[bytes] | None:
    """Finds the cells whose number format is of these kinds."""
    numbers = b"|".join(str(number).encode() for number, kind in enumerate(kinds) if kind in wanted)
    return re.compile(rb'<c r="([A-Z]+\d+)"(?: t="s")? s="(?:' + numbers + rb')"' + holding) if numbers else None


def _is_known(serial: bytes) -> bool:
    """Whether both readers know the day or the time of day a number stands for."""
    number = float(serial)
    return 0 <= number < _LAST_HOUR or _FIRST_DAY <= number < _LAST_DAY


def _merges(xml: bytes) -> tuple[Merge, ...] | None:
    """The merged ranges of a sheet, which stand behind its rows; None where some of them are no plain ones."""
    behind = xml.rfind(b"sheetData")
    if (count := xml.count(_MERGED, behind)) == 0:
        return ()
    found = _MERGE.findall(xml, behind)
    ends = [(row_column(first.decode()), row_column(last.decode())) for first, last in found]
    if not len(found) == count <= MAX_MERGES or not all(_is_range(*first, *last) for first, last in ends):
        return None
    merges = tuple(sorted((top, left, bottom, right) for (top, left), (bottom, right) in ends))
    covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges)
    return merges if covered <= MAX_CELLS else None


def _is_range(top: int, left: int, bottom: int, right: int) -> bool:
    return top <= bottom <= MAX_ROWS and left <= right and (top, left) != (bottom, right)


def _grid(book: CalamineWorkbook, name: str, seen: _Seen) -> Grid:
    """Read one sheet with its true addresses (`skip_empty_area=False`), error cells put back as text."""
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > _MAX_AREA:
        raise unsafe(f"lembar {name} terlalu luas: {sheet.total_height} baris × {sheet.total_width} kolom")
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for cell, text in seen.errors.items():
        _put(rows, *row_column(cell), text)
    width = max(map(len, rows), default=0)
    merges = tuple(merge for merge in seen.merges if merge[0] <= len(rows) and merge[1] <= width)
    formulas = seen.formulas or Formulas()
    uncached = formulas.uncached.union(_zeros(rows, formulas.texts) if seen.recalculates else ())
    shown = seen.shown.without(uncached)
    return Grid(name, rows, seen.percent, merges=merges, formulas=formulas.texts, uncached=uncached, shown=shown)


def _zeros(rows: list[list[Cell]], formulas: Iterable[str]) -> Iterator[str]:
    """The formulas beside which a zero stands that may never have been calculated; the zeros are taken away."""
    for cell in formulas:
        row, column = row_column(cell)
        value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
        if value == 0 and not isinstance(value, bool):
            rows[row - 1][column - 1] = ""
            yield cell


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    """Lay the text of an error where calamine leaves the cell empty."""
    rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend("" for _ in range(column - len(line)))
    line[column - 1] = line[column - 1] or text
