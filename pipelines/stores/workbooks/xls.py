"""An .xls (BIFF 5 to 8) in full, read by xlrd from a stream that was looked through before."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

import xlrd
from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

from pipelines.stores.workbooks.biff import Records, prepare
from pipelines.stores.workbooks.book import RefusedError, broken, other, packed
from pipelines.stores.workbooks.colours import BLACK, WHITE, are_one, indexed
from pipelines.stores.workbooks.compound import SIGNATURE, Compound
from pipelines.stores.workbooks.faces import PLAIN, Face, Run, pieces_of, seen_cell
from pipelines.stores.workbooks.identify import identify
from pipelines.stores.workbooks.number_formats import GENERAL, Format, as_shown, format_of_id
from pipelines.stores.workbooks.sealed import unseal
from pipelines.stores.workbooks.sealed_records import unseal_records
from pipelines.stores.workbooks.sheet import Budget, SheetBuilder
from schemas.workbook import Cell, Grid

_SEE_SHARED = b"\x01"
"""The token of a cell whose formula is the shared one written at the row and column that follow."""
_MAX_TOKENS = 2_000_000
"""Bytes of formulas of one workbook."""
_QUOTED = re.compile(r'("(?:[^"]|"")*")')
_WHOLE = re.compile(r"(?<![\w.])(\d+)\.0(?!\d)")
_ONE_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?\d+):\1(?!\d)")
_QUOTED_ERROR = re.compile(r'"(#[A-Z0-9/!?]+)"')


def read_xls(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """The wanted sheets by name. Whatever xlrd fails on is a broken file: its errors are of every kind."""
    compound = Compound(content) if content.startswith(SIGNATURE) else None
    if compound is not None and "EncryptedPackage" in compound.names():
        return _read_sealed(unseal(compound), wanted)
    # an old exporter writes the stream of records bare
    records = prepare(unseal_records(content if compound is None else _stream(compound)))
    try:
        return _read_book(records, wanted)
    except RefusedError:
        raise
    except Exception as error:
        raise broken() from error


def _read_sealed(content: bytes, wanted: Container[str] | None) -> dict[str, Grid]:
    """A workbook of another format, which was encrypted into this container."""
    from pipelines.stores.workbooks.xlsb import read_xlsb
    from pipelines.stores.workbooks.xlsx import read_xlsx

    kind = identify(content)
    if kind not in ("xlsx", "xlsm", "xlsb"):
        raise broken()
    return read_xlsb(content, wanted) if kind == "xlsb" else read_xlsx(content, wanted)


def _stream(compound: Compound) -> bytes:
    """The stream of records in the container."""
    stream = compound.stream("Workbook") or compound.stream("Book")
    if stream is None:
        raise _other(compound.names())
    return stream


def _other(names: frozenset[str]) -> RefusedError:
    """What an OLE2 file is that holds no workbook."""
    if "WordDocument" in names:
        return other("dokumen Word")
    if "PowerPoint Document" in names:
        return other("presentasi")
    if any(name.startswith(("__substg1.0_", "__properties_version1.0")) for name in names):
        return packed("surat Outlook (.msg)")
    return broken("berkas Office lama yang bukan buku kerja Excel")


def _read_book(records: Records, wanted: Container[str] | None) -> dict[str, Grid]:
    book = xlrd.open_workbook(
        file_contents=bytes(records.stream),
        logfile=io.StringIO(),
        formatting_info=True,
        on_demand=True,
        ragged_rows=True,
    )
    looks = _Looks(book)
    formulas = _Formulas(book, records)
    budget = Budget()
    grids = {}
    for number, name in enumerate(book.sheet_names()):
        if wanted is None or name in wanted:
            builder = SheetBuilder(name, budget)
            waiting = formulas.waiting(number)
            _read_sheet(looks, book.sheet_by_index(number), builder, formulas.of_sheet(number), waiting)
            grids[name] = builder.grid()
            book.unload_sheet(number)
    return grids


class _Looks:
    """Of every cell style its number format and the look of its font."""

    def __init__(self, book: xlrd.book.Book) -> None:
        own = {key: known.format_str for key, known in book.format_map.items() if known.format_str is not None}
        self.mac = book.datemode == 1
        self.fonts = [Face(bool(f.struck_out), f.escapement == 1, f.escapement == 2) for f in book.font_list]
        self.colours = [indexed(f.colour_index) for f in book.font_list]
        grounds = [_ground(style.background) for style in book.xf_list]
        self.formats = [
            format_of_id(style.format_key, own, on_white=ground == WHITE)
            for style, ground in zip(book.xf_list, grounds, strict=True)
        ]
        self.faces = [
            replace(self._font(style.font_index), camouflaged=are_one(self._colour(style.font_index), ground))
            for style, ground in zip(book.xf_list, grounds, strict=True)
        ]

    def format(self, style: int | None) -> Format:
        """How a cell of this style shows a number."""
        return self.formats[style] if style is not None and 0 <= style < len(self.formats) else GENERAL

    def face(self, style: int | None) -> Face:
        """The look of a cell of this style."""
        return self.faces[style] if style is not None and 0 <= style < len(self.faces) else PLAIN

    def runs(self, text: object, places: Sequence[tuple[int, int]]) -> list[Run]:
        """The pieces of a text of several looks."""
        return pieces_of(text, [(at, self._font(font)) for at, font in places]) if isinstance(text, str) else []

    def _font(self, number: int) -> Face:
        return self.fonts[number] if 0 <= number < len(self.fonts) else PLAIN

    def _colour(self, number: int) -> str:
        return self.colours[number] if 0 <= number < len(self.colours) else BLACK


def _ground(background: xlrd.formatting.XFBackground) -> str:
    """The colour behind a cell; a pattern of two has none."""
    if background.fill_pattern == 0:
        return WHITE
    return indexed(background.pattern_colour_index) if background.fill_pattern == 1 else ""


def _read_sheet(
    looks: _Looks,
    sheet: xlrd.sheet.Sheet,
    builder: SheetBuilder,
    formulas: dict[tuple[int, int], str],
    waiting: set[tuple[int, int]],
) -> None:
    builder.hidden, builder.shows_zeros = sheet.visibility != 0, bool(sheet.show_zero_values)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            number_format = looks.format(cell.xf_index)
            runs = looks.runs(cell.value, sheet.rich_text_runlist_map.get((row, column), ()))
            value, doubt = seen_cell(_value(cell, number_format.kind, mac=looks.mac), runs, looks.face(cell.xf_index))
            formula = formulas.get((row, column))
            if value == 0 and not isinstance(value, bool) and (row, column) in waiting:
                builder.leave_uncached(row + 1, column + 1)
                value = None
            builder.put(row + 1, column + 1, value, formula, number_format=number_format, doubt=doubt)
    for top, bottom, left, right in sheet.merged_cells:
        builder.merge(top + 1, left + 1, bottom, right)
    for row, shown in sheet.rowinfo_map.items():
        if shown.hidden:
            builder.hide_rows(row + 1, row + 1)
    for column, shown in sheet.colinfo_map.items():
        if shown.hidden:
            builder.hide_columns(column + 1, column + 1)


def _value(cell: xlrd.sheet.Cell, kind: str, *, mac: bool) -> Cell:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return as_shown(cell.value, kind, mac=mac)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return None


@dataclass
class _Formulas:
    """Puts the formulas of a workbook into words, as long as they are no more than people write."""

    book: xlrd.book.Book
    records: Records
    left: int = _MAX_TOKENS

    def waiting(self, number: int) -> set[tuple[int, int]]:
        """The formulas of one sheet that are to be calculated on opening."""
        at = self.records.sheets[number] if number < len(self.records.sheets) else -1
        return self.records.waiting.get(at, set())

    def of_sheet(self, number: int) -> dict[tuple[int, int], str]:
        """The formulas of one sheet by cell; `=` alone where a formula stands that cannot be put into words."""
        at = self.records.sheets[number] if number < len(self.records.sheets) else -1
        shared = self.records.shared.get(at, {})
        found = self.records.formulas.get(at, {})
        return {cell: f"={self._words(cell, tokens, shared)}" for cell, tokens in found.items()}

    def _words(self, cell: tuple[int, int], tokens: bytes, shared: dict[tuple[int, int], bytes]) -> str:
        kind = FMLA_TYPE_CELL
        if tokens[:1] == _SEE_SHARED and len(tokens) >= 5:
            row, column = struct.unpack_from("<HH", tokens, 1)
            tokens, kind = shared.get((row, column), b""), FMLA_TYPE_SHARED
        self.left -= len(tokens)
        if not tokens or self.left < 0:
            return ""
        try:
            text = decompile_formula(self.book, tokens, len(tokens), kind, browx=cell[0], bcolx=cell[1])
        except Exception:  # the value counts; a formula xlrd cannot decompile is only known to be one
            return ""
        return _as_typed(text) if text and text != "?" else ""


def _as_typed(text: str) -> str:
    """A formula writes it, not xlrd: `J9/100.0` → `J9/100`, `A!K1:K1` → `A!K1`, `"#N/A"` → `#N/A`."""
    text = _QUOTED_ERROR.sub(r"\1", text)
    pieces = _QUOTED.split(text)
    return "".join(p if p.startswith('"') else _ONE_CELL.sub(r"\1", _WHOLE.sub(r"\1", p)) for p in pieces)
