"""What a row inherits: names written once for the rows below them, by blank cells, merges or heading rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipelines.extract.forms.levels import word_level
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.values import Cells
from schemas.headings import fold_text
from schemas.labels import load_labels
from schemas.reading import Value
from schemas.workbook import Cell, address

ORDER = ("skpd", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan", "indikator", "rencana_aksi")
"""From the widest to the narrowest; a new name above ends those below it."""


def is_group_heading(cell: Cell) -> bool:
    """Whether a text heads a group of rows by saying so: `TUJUAN 1 : …`, `Sasaran Strategis 2. …`."""
    return isinstance(cell, str) and bool(load_labels().rows.spanduk.search(fold_text(cell)))


@dataclass
class Context:
    """The names in force, each with the cell it stands in."""

    cells: Cells
    roles: Roles
    names: dict[str, Value] = field(default_factory=dict)

    def start(self, name: str, value: Value) -> None:
        """A name of its own begins here; what stood below the one before it no longer holds."""
        before = self.names.get(name)
        if before is None or before.value != value.value:
            for narrower in ORDER[ORDER.index(name) + 1 :]:
                self.names.pop(narrower, None)
        self.names[name] = replace(value, inherited=False, how=None)

    def inherited(self, name: str, how: str = "fill down") -> Value | None:
        """The name in force, as a row below inherits it."""
        value = self.names.get(name)
        if value is None:
            return None
        return replace(value, inherited=True, how="banner row" if value.kind == "banner_row" else how)

    def banner(self, row: int) -> bool:
        """Take the heading of a group of rows; False where it names nothing that rows could inherit."""
        filled = list(self.cells.view.filled(row))
        column, raw = next((cell for cell in filled if is_group_heading(cell[1])), filled[0])
        text = " ".join(str(raw).split())
        name, rest = self._banner_name(row, fold_text(raw), text)
        if name is None:
            return False
        self.start(name, Value(address(row, column), raw, rest, "banner_row"))
        return True

    def _banner_name(self, row: int, folded: str, text: str) -> tuple[str | None, str]:
        words = load_labels().rows
        label = words.spanduk.match(text.casefold())
        if label:
            return ("tujuan" if folded.startswith("tujuan") else "sasaran"), text[label.end() :].strip()
        owner = words.pemilik.match(text.casefold())
        if owner and text[owner.end() :].strip():
            return "skpd", text[owner.end() :].strip()
        if words.sasaran.search(folded) and self._before_sasaran(row):
            return "tujuan", text
        level = word_level(text)
        if level in ("program", "kegiatan") and not self.roles.has("campuran", level):
            return level, text
        if words.nama_skpd.search(folded) and not self.roles.has("skpd"):
            return "skpd", text
        return ("sasaran", text) if words.sasaran.search(folded) and not self.roles.has("sasaran") else (None, text)

    def _before_sasaran(self, row: int) -> bool:
        """A heading right above one that says `Sasaran:` is its tujuan."""
        below = [v for _, v in self.cells.view.filled(row + 1)]
        return len(below) == 1 and is_group_heading(below[0]) and fold_text(below[0]).startswith("sasaran")
