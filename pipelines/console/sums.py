"""The short of a large export: what its documents come to, and which of its rows are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from pipelines.console import STDOUT, out, plain
from pipelines.console.record import shorten
from pipelines.extract.summary import Sum
from pipelines.numerals import format_exact
from schemas.finding import Finding
from schemas.period import ROMAN
from schemas.reading import Record

_WHOLE, _FIRST, _TOLD = 60, 10, 20
"""A table of so many rows is shown whole; of a larger one the first rows, and those something is said about."""
_LINES = 30
"""So many sub kegiatan are listed."""


def choose_rows(records: Sequence[Record], findings: Iterable[Finding], *, whole: bool) -> Sequence[Record]:
    """The rows of a table that are shown."""
    if whole or len(records) <= _WHOLE:
        return records
    told = {(f.lembar, _row(f.sel)) for f in findings if f.sel}
    beside = [r for r in records[_FIRST:] if (r.sheet, r.row) in told]
    return [*records[:_FIRST], *beside[:_TOLD]]


def _row(sel: str) -> int:
    return int("".join(ch for ch in sel.partition(":")[0] if ch.isdecimal()) or 0)


def print_sums(sums: Sequence[Sum], *, whole: bool) -> None:
    """What the documents of a table come to, by sub kegiatan and quarter."""
    if not sums:
        return
    shown = sums if whole else sums[:_LINES]
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio, style in ((2, ""), (3, "")):
        grid.add_column(ratio=ratio, style=style, overflow="fold")
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    for each in shown:
        named = " ".join(filter(None, (each.kode or "tanpa kode", each.sub_kegiatan)))
        owner = shorten(plain(each.skpd or each.kode_skpd or "SKPD tidak disebut"))
        grid.add_row(f"  {owner}", shorten(plain(named)), _quarter(each.triwulan), format_exact(each.realisasi))
    out("")
    STDOUT.print(Text("  Realisasi menurut Periode SPD", style="bold"))
    STDOUT.print(grid)
    if len(sums) > len(shown):
        out(f"  … {len(sums) - len(shown)} baris ringkasan lain dengan --semua")
    for quarter in sorted({each.triwulan for each in sums}, key=lambda q: q or 5):
        of_quarter = [each for each in sums if each.triwulan == quarter]
        total = format_exact(sum((each.realisasi for each in of_quarter), Decimal(0)))
        out(f"  Jumlah {_quarter(quarter)}: {total} dari {sum(each.rows for each in of_quarter)} baris")


def _quarter(quarter: int | None) -> str:
    return f"TW {ROMAN[quarter - 1]}" if quarter else "triwulan tidak terbaca"
