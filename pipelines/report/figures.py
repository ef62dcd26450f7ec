"""Charts before anyone thinks of Word: which figures are seen side by side, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ChartKind = Literal["columns", "bars", "lines"]
"""Standing columns for a few categories, lying bars for many or for long names, lines for what goes on in time."""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one series, one per category: None is missing and stays a gap. A `line` lies over columns."""

    name: str
    values: tuple[Decimal | None, ...]
    line: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that Word can edit, with the figures in its own workbook; captioned `Gambar n` below.

    `categories` are short: numbers of sasaran, years, quarters; names of up to 60 characters in lying bars. `unit` is
    the title of the axis of values, `places` the decimals of labels. `summary` is the alternative text: it says in a
    sentence or two what the picture shows. Raises ValueError where a series has more or fewer figures than categories.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str
    summary: str
    unit: str = "%"
    places: int = 2
    note: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        if any(len(s.values) != len(self.categories) for s in self.series):
            raise ValueError(f"a series of {self.caption!r} does not fit its categories")
