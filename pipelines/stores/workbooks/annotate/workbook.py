"""The whole of it: the list in front, the comments on their cells, the colours, and a look whether all data stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.stores.workbooks.annotate.app import keeps_backgrounds, list_in_properties
from pipelines.stores.workbooks.annotate.cells import SheetCells, style_of, styled
from pipelines.stores.workbooks.annotate.comments import Placed, SheetComments
from pipelines.stores.workbooks.annotate.graft import Graft, open_donor, sheet_names
from pipelines.stores.workbooks.annotate.package import Package, namespace
from pipelines.stores.workbooks.annotate.refusal import CannotAnnotateError
from pipelines.stores.workbooks.annotate.styles import Styles, open_styles
from pipelines.stores.workbooks.archive import open_archive
from pipelines.stores.workbooks.book import RefusedError
from pipelines.stores.workbooks.parts import list_sheets, row_column
from pipelines.stores.workbooks.reading import read_workbook
from schemas.returned import OUR_SHEETS, CellNote, is_ours
from schemas.workbook import Cell, Grid

_ANNOTATED = ("xlsx", "xlsm")
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONS = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_SPLIT = re.compile(r"[,;\s]+")
_MOST_CELLS = 500
"""Cells one note colours."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def annotate_workbook(
    content: bytes, notes: Sequence[CellNote], front: bytes, colours: Iterable[str] | None = None
) -> bytes:
    """The workbook with the notes on their cells and the sheets of `front` before its own.

    Every part that needs no change is the same, byte for byte; values, formulas and what was kept of them are not
    touched. Notes on sheets or cells there are none of are left to the list in front. Where the workbook is one that
    was returned before, its notes, its colours (`colours`: those notes may have) and its list are replaced. Raises
    CannotAnnotateError for other formats than .xlsx and .xlsm, and where the change could not be made safely.
    """
    before = read_workbook(content)
    if before.refusal:
        raise CannotAnnotateError(before.refusal.sebab)
    if before.format not in _ANNOTATED:
        raise CannotAnnotateError(f"format .{before.format} tidak dapat diberi komentar tanpa mengubah isi lainnya")
    try:
        returned = _add(content, before.grids, notes, front, colours or {n.rgb for n in notes})
    except RefusedError as refused:
        raise CannotAnnotateError(refused.refusal.sebab) from None
    except CannotAnnotateError:
        raise
    except Exception:  # whatever a foreign workbook leads to, its list goes beside it
        raise CannotAnnotateError("susunan berkasnya tidak dikenali") from None
    _check_kept(before.grids, read_workbook(returned).grids)
    return returned


def _add(
    content: bytes, grids: Mapping[str, Grid], notes: Sequence[CellNote], front: bytes, colours: Iterable[str]
) -> bytes:
    with open_archive(content) as archive:
        package = Package(archive)
        _refuse_fragile(package)
        base = namespace(package.look(package.main))
        relations = _RELATIONS[base.startswith(_STRICT)]
        related = {r.key: (r.kind, r.part) for r in package.relations(package.main)}
        parts = {s.name: s.part for s in list_sheets(archive, package.main, related)}
        ours = {name: parts[name] for name in OUR_SHEETS if name in parts and is_ours(grids[name])}
        styles = open_styles(package, base, relations)
        count = len(sheet_names(package.look(package.main)))
        Graft(package, styles, relations).put(open_donor(front, base), ours)
        names = sheet_names(package.look(package.main))
        list_in_properties(package, names, len(names) - count)
        marked = styles.marked(colours, kept=keeps_backgrounds(package)) if ours else {}
        for name, part in parts.items():
            if name not in ours:
                sheet = _Sheet(package, part, base, relations)
                sheet.clean(marked)
                sheet.write([n for n in notes if n.sheet == name], styles)
        return package.save()


def _refuse_fragile(package: Package) -> None:
    """What a signature or a shared workbook's history vouches for cannot be added to."""
    if any(r.kind.endswith("/digital-signature/origin") for r in package.relations("")):
        raise CannotAnnotateError("berkas bertanda tangan digital; menambah komentar membatalkan tanda tangannya")
    if any(r.kind.endswith("/revisionHeaders") for r in package.relations(package.main)):
        raise CannotAnnotateError("berkas memakai fitur berbagi lama (Shared Workbook) yang mencatat riwayat lembarnya")


@dataclass(frozen=True)
class _Sheet:
    """One sheet of the SKPD."""

    package: Package
    part: str
    base: str
    relations: str

    def clean(self, marked: Mapping[int, int]) -> None:
        """Take away what an earlier return has written here."""
        SheetComments(self.package, self.part, self.base, self.relations).clear()
        xml = self.package.read(self.part)
        if any(b's="%d"' % key in xml for key in marked):
            root = self.package.edit(self.part)
            for element, key in styled(root):
                if (style := int(element.get(key))) in marked:
                    element.set(key, str(marked[style]))

    def write(self, notes: Sequence[CellNote], styles: Styles) -> None:
        """Colour the cells of each note and put it on the first of them; several on one cell become one."""
        if not notes:
            return
        cells = SheetCells(self.package.edit(self.part))
        placed: dict[tuple[int, int], Placed] = {}
        coloured: dict[tuple[int, int], str] = {}
        for note in notes:
            spots = [cells.anchor(*spot) for spot in _spots(note.cell)]
            for spot in spots:
                coloured.setdefault(spot, note.rgb)
            if spots:
                placed[spots[0]] = _joined(placed.get(spots[0]), spots[0], note)
        for spot, rgb in coloured.items():
            cell = cells.cell(*spot)
            cell.set("s", str(styles.with_fill(style_of(cell), rgb)))
        if placed:
            SheetComments(self.package, self.part, self.base, self.relations).write(placed.values())


def _joined(known: Placed | None, spot: tuple[int, int], note: CellNote) -> Placed:
    if known is None:
        return Placed(*spot, note.text, note.rgb)
    return Placed(*spot, f"{known.text}\n\n{note.text}", known.rgb)


def _spots(text: str) -> list[tuple[int, int]]:
    """`B2, C4:C6` → its cells; what is no address gives none."""
    found: list[tuple[int, int]] = []
    for part in _SPLIT.split(text.strip()):
        found.extend(_range(part))
    return found[:_MOST_CELLS]


def _range(text: str) -> Iterator[tuple[int, int]]:
    first, _, last = text.partition(":")
    try:
        (top, left), (bottom, right) = row_column(first), row_column(last or first)
    except RefusedError:
        return
    for row in range(top, min(bottom, top + _MOST_CELLS, _LAST_ROW) + 1):
        yield from ((row, column) for column in range(left, min(right, left + _MOST_CELLS, _LAST_COLUMN) + 1))


def _check_kept(before: Mapping[str, Grid], after: Mapping[str, Grid]) -> None:
    """Every value that was read before is read again, at the same place."""
    for name, grid in before.items():
        if not is_ours(grid) and (name not in after or _values(grid) != _values(after[name])):
            raise CannotAnnotateError("isinya tidak terbaca sama setelah diberi komentar")


def _values(grid: Grid) -> dict[tuple[int, int], Cell]:
    rows = enumerate(grid.rows)
    return {(r, c): value for r, row in rows for c, value in enumerate(row) if value is not None and value != ""}
