"""The texts of an .xlsx while they are read, in its shared list and in its cells alike: rich ones piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.stores.workbooks.book import unsafe
from pipelines.stores.workbooks.cell_styles import changed
from pipelines.stores.workbooks.escapes import unescape
from pipelines.stores.workbooks.faces import PLAIN, Face, Run

_MAX_TEXTS = 1_000_000


@dataclass
class TextCollector:
    """Collects the text of `t` elements, rich pieces joined, furigana left out; `runs` are the pieces by their look."""

    pieces: list[str] = field(default_factory=list)
    wanted: bool = False
    phonetic: bool = False
    runs: list[Run] = field(default_factory=list)
    begun: int = 0
    face: Face | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside a text begins."""
        if name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.wanted = not self.phonetic
        elif name == "r":
            self.begun, self.face = len(self.pieces), None
        elif name == "rPr":
            self.face = PLAIN
        elif self.face is not None:
            self.face = changed(self.face, name, attributes)

    def end(self, name: str) -> None:
        """An element inside a text ends."""
        if name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.wanted = False
        elif name == "r":
            self.runs.append((unescape("".join(self.pieces[self.begun :])), self.face))
            self.face = None

    def text(self, data: str) -> None:
        """Text of a piece."""
        if self.wanted:
            self.pieces.append(data)

    def take(self) -> str:
        """The text so far; the next one begins empty."""
        whole_text = unescape("".join(self.pieces))
        self.pieces.clear()
        return whole_text

    def take_runs(self) -> tuple[Run, ...]:
        """Its pieces, where it has several looks."""
        runs = tuple(self.runs)
        self.runs.clear()
        return runs


class SharedTexts(TextCollector):
    """Listens to the list of shared texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.rich: dict[int, tuple[Run, ...]] = {}

    def end(self, name: str) -> None:
        """An element ends; that of a text puts it on the list."""
        super().end(name)
        if name == "si":
            if runs := self.take_runs():
                self.rich[len(self.found)] = runs
            self.found.append(self.take())
            if len(self.found) > _MAX_TEXTS:
                raise unsafe("daftar teksnya terlalu panjang")
