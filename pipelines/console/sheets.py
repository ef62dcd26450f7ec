"""A workbook of several sheets, one line each: whose it is, what was found there, how surely, and what is wrong."""

from __future__ import annotations

from collections import Counter

from rich.table import Table
from rich.text import Text

from pipelines.console import STDOUT, out, plain
from schemas.reading import FormReading, FoundTable, Value
from schemas.vocabulary import Tingkat

_SURE, _FAIR = 0.9, 0.7
_NAMES, _COUNTS = ("lembar", "SKPD"), ("tabel", "baris", "keyakinan", "kesalahan", "peringatan")


def print_sheets(reading: FormReading) -> None:
    """The lines; a name too long for its column ends in an ellipsis, for a line is a line."""
    grid = Table(box=None, header_style="", padding=(0, 1, 0, 0))
    for name in _NAMES:
        grid.add_column(name, no_wrap=True)
    for name in _COUNTS:
        grid.add_column(name, justify="right", min_width=len(name), no_wrap=True)
    for sheet in reading.sheets:
        grid.add_row(*(Text(plain(cell), overflow="ellipsis") for cell in _line(reading, sheet)))
    out("")
    STDOUT.print(grid)


def _line(reading: FormReading, sheet: str) -> tuple[str, ...]:
    tables = [t for t in reading.tables if t.sheet == sheet]
    rows = [r for r in reading.rows if r.sheet == sheet]
    owners = dict.fromkeys(str(v.value) for r in rows if isinstance(v := r.fields.get("skpd"), Value))
    owner = f"{len(owners)} SKPD" if len(owners) > 1 else next(iter(owners), "–")
    surely = confidence(min(tables, key=lambda t: t.score)).partition(",")[0] if tables else "–"
    counts = Counter(f.tingkat for f in reading.findings if f.lembar == sheet)
    faults = (str(counts[tingkat] or "–") for tingkat in (Tingkat.ERROR, Tingkat.WARNING))
    return sheet.strip(), owner, str(len(tables) or "–"), str(len(rows) or "–"), surely, *faults


def confidence(table: FoundTable) -> str:
    """The score in words; whoever has a question is not sure."""
    if table.score >= _SURE and not table.unsure:
        return "tinggi"
    return "sedang, lihat kembali" if table.score >= _FAIR else "rendah, pastikan dahulu"
