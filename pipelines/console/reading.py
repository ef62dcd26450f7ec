"""What an analyst sees of a workbook that was read: the tables found, their rows, what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from pipelines.console import COLOURS, STDOUT, bounded, note, out, plain, print_counts, print_details
from pipelines.console.record import Marks, compose_row, period_grid, period_word, shorten
from pipelines.console.sheets import confidence, print_sheets
from pipelines.console.sums import choose_rows, print_sums
from pipelines.extract.summary import summarise
from pipelines.numerals import format_number, roman
from schemas.field_words import field_words
from schemas.finding import Finding
from schemas.period import ROMAN
from schemas.reading import Declared, FormReading, FoundTable, Held, LeftOut, Record
from schemas.vocabulary import Tingkat

if TYPE_CHECKING:
    from pipelines.steps.reading import FileReading

_ALIKE = 3
"""More findings of one code than this are told together, unless they are errors."""

_MANY, _CELLS = 20, 200
"""So many errors of one code are told one by one, and so many cells listed, where not all is asked for."""

_SHEETS = 8
"""Of a workbook of more sheets each has its line, and its tables are shown where all is asked for."""

_RANK = {tingkat: n for n, tingkat in enumerate(Tingkat)}
_ORIENTATION = {
    "quarter_as_columns": "triwulan sebagai kolom",
    "quarter_as_rows": "triwulan sebagai baris",
    "month_as_columns": "bulan sebagai kolom",
}


def print_reading(file: FileReading, *, whole: bool = False) -> None:
    """The answer of `capaian baca`: of a large table a summary and a sample, unless the `whole` of it is asked for."""
    reading = file.reading
    out(file.berkas)
    if reading.tables or reading.left_out:
        out(_summary(reading))
    if len(reading.sheets) > 1:
        print_sheets(reading)
    marks, detailed = _marks(reading.findings), whole or len(reading.sheets) <= _SHEETS
    if not detailed:
        out(f"Tabelnya satu per satu tidak ditampilkan, sebab lembarnya lebih dari {_SHEETS}; semuanya dengan --semua")
    for table in reading.tables if detailed else ():
        _print_table(table)
        print_sums(summarise(reading, table), whole=whole)
        rows = [r for r in reading.rows if (r.sheet, r.table) == (table.sheet, table.number)]
        shown = choose_rows(rows, reading.findings, whole=whole)
        _print_rows(shown, marks)
        if len(shown) < len(rows):
            out(f"      … {len(shown)} dari {len(rows)} baris ditampilkan; semuanya dengan --semua")
    _print_left_out(reading.left_out, reading.tables)
    out("")
    _print_findings(reading.findings, whole=whole)
    if any(table.layout is None and not table.certain for table in reading.tables):
        out(f'Bila pembacaan di atas benar, simpan sekali: capaian baca "{file.berkas}" --simpan-tata-letak NAMA')
    for inner in file.files:
        out("")
        print_reading(inner, whole=whole)


def print_confirmed(path: Path, reading: FormReading) -> None:
    """What a person has confirmed, what is yet to be decided, and where that is kept; on stderr."""
    said = "Disimpan, belum lengkap" if any(t.undecided for t in reading.tables) else "Dinyatakan benar dan disimpan"
    note(f"{said}: {path}")
    for table in reading.tables:
        sure = {f: kept for f, letters in table.columns.items() if (kept := _decided(letters, table.undecided))}
        note(f"  {_heading(table)}: {', '.join(f'{field_words(f)} = {letters}' for f, letters in sure.items())}")
        if table.undecided:
            note(f"    Belum diputuskan, kolom {', '.join(table.undecided)}: {'; '.join(table.unsure)}.")
        elif table.unsure:
            note(f"    Dinyatakan benar walaupun {'; '.join(table.unsure)}.")
    if any(t.undecided for t in reading.tables):
        note('  Pada berkas itu, ganti setiap "?" dengan arti kolomnya, atau "" bila kolom itu tidak dibaca.')


def _decided(letters: str, undecided: Sequence[str]) -> str:
    return ",".join(letter for letter in letters.split(",") if letter not in undecided)


def _summary(reading: FormReading) -> str:
    counts = f"{len(reading.tables)} tabel, {len(reading.rows)} baris data, {len(reading.left_out)} baris dilewati"
    said = _declared(reading.declared)
    return f"Terbaca {counts}." + (f" Menurut judulnya: {said}." if said else "")


def _declared(declared: Declared) -> str:
    quarter = declared.triwulan and f"Triwulan {roman(declared.triwulan)}"
    year = declared.tahun and f"Tahun {declared.tahun}"
    return ", ".join(part for part in (*declared.skpd, quarter, year) if part)


def _marks(findings: Iterable[Finding]) -> Marks:
    """The gravest finding of a cell decides its colour."""
    ordered = sorted(findings, key=lambda f: _RANK[f.tingkat], reverse=True)
    return {(f.lembar, f.sel): COLOURS[f.tingkat] for f in ordered}


def _heading(table: FoundTable) -> str:
    return f'Tabel {table.number + 1} pada lembar "{plain(table.sheet.strip())}"'


def _print_table(table: FoundTable) -> None:
    out("")
    STDOUT.print(Text(_heading(table), style="bold"))
    if table.title:
        _print_hanging(" ", shorten(table.title))
    numbering = f" · nomor kolom baris {table.numbering_row}" if table.numbering_row else ""
    data = f"data baris {table.first_data_row}–{table.last_data_row}"
    shape = _ORIENTATION.get(table.orientation, table.orientation.replace("_", " "))
    out(f"  kepala baris {join_ranges(table.header_rows)}{numbering} · {data} · {shape}")
    known = f" · menurut tata letak {table.layout}" if table.layout else ""
    out(f"  keyakinan {confidence(table)} ({format_number(Decimal(str(table.score)))}){known}")
    for question in table.unsure:
        _print_hanging("  ?", question, "yellow")
    _print_columns(table)


def _print_columns(table: FoundTable) -> None:
    """A line per field, its quarters or months together."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=max((len(field_words(_base(f))) for f in table.columns), default=0) + 2)
    for style, ratio in (("cyan", 1), ("dim", 2)):
        grid.add_column(style=style, ratio=ratio, overflow="fold")
    for name, group in groupby(sorted(table.columns, key=_base_of_first(table)), key=_base):
        fields = list(group)
        cells = [f"{period_word(f)} {table.columns[f]}" if f != name else table.columns[f] for f in fields]
        label = table.labels.get(table.columns[fields[0]].split(",")[0], "")
        grid.add_row(f"  {field_words(name)}", ", ".join(cells), Text(_label(label)))
    STDOUT.print(grid)


def _label(label: str) -> str:
    """The labels above a column as people write them."""
    return shorten(label.replace("tw#", "TW").replace("bln#", "bulan").replace("20##", "tahun"))


def _base(field: str) -> str:
    return field.split(" ", 1)[0]


def _base_of_first(table: FoundTable) -> Callable[[str], int]:
    """Where a field's first column comes: fields keep the order of the form, quarters stay together."""
    order = list(dict.fromkeys(map(_base, table.columns)))
    return lambda field: order.index(_base(field))


def _print_rows(records: Sequence[Record], marks: Marks) -> None:
    if not records:
        return
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(justify="right", style="bold", no_wrap=True, width=5)
    grid.add_column(ratio=1)
    if any(name.endswith("_tw") for record in records for name in record.fields):
        grid.add_row("", _quarter_heads())
    before: Mapping[str, Held] = {}
    for record in records:
        grid.add_row(str(record.row), compose_row(record, before, marks, STDOUT.width))
        before = record.fields
    out("")
    STDOUT.print(grid)


def _quarter_heads() -> Table:
    heads = period_grid(STDOUT.width)
    heads.add_row("", *(Text(f"TW {numeral}", style="dim") for numeral in ROMAN))
    return heads


def _print_left_out(left_out: Sequence[LeftOut], tables: Iterable[FoundTable]) -> None:
    """The rows that became no data, by sheet and reason, and the columns."""
    if not left_out:
        return
    grouped: dict[tuple[str, str], list[int]] = {}
    for left in left_out:
        grouped.setdefault((left.sheet, left.reason), []).append(left.row)
    out("")
    STDOUT.print(Text("Dilewati", style="bold"))
    for (sheet, reason), rows in grouped.items():
        _print_hanging("  ·", f'{reason}: "{sheet.strip()}" baris {join_ranges(rows)}')
    for table in tables:
        if table.unread:
            columns = ", ".join(f"{letter} “{_label(label)}”" for letter, label in table.unread.items())
            _print_hanging("  ·", f"kolom yang tidak dibaca, {_heading(table)}: {columns}")


def _print_findings(findings: Sequence[Finding], *, whole: bool) -> None:
    """Errors one by one; of anything else that recurs, the first in full and the cells of the others.

    Beyond a screenful errors of one code are told so too, and the list of cells ends, unless all is asked for.
    """
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.kode, []).append(finding)
    print_counts("Temuan", findings)
    for group in sorted(by_code.values(), key=lambda g: _RANK[g[0].tingkat]):
        first = 1 if group[0].tingkat != Tingkat.ERROR and len(group) > _ALIKE else len(group)
        first = first if whole else min(first, _MANY)
        print_details(group[:first])
        if others := [f.sel or f.lembar or "" for f in group[first:]]:
            cells = ", ".join(others if whole else bounded(others, _CELLS))
            _print_hanging("  +", f"{len(others)} lagi seperti itu: {cells}", "dim")


def _print_hanging(mark: str, text: str, style: str = "") -> None:
    """A line whose continuation stays to the right of its mark."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text(mark, style=style), Text(plain(text)))
    STDOUT.print(grid)


def join_ranges(rows: Iterable[int]) -> str:
    """Row numbers in few words: `1–3, 7`."""
    # in a run of neighbours the number less its place in the list stays the same
    runs = groupby(enumerate(sorted(set(rows))), lambda pair: pair[1] - pair[0])
    edges = ([row for _, row in run] for _, run in runs)
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in edges)
