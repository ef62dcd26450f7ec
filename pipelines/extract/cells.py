"""One cell of a known column → the typed columns it fills."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from pipelines.extract.numbers import read_figure
from pipelines.extract.readings import EMPTY, Reading, either_share, is_no_rupiah
from pipelines.names import nearest
from pipelines.numerals import MONTHS
from schemas.invisible import without_invisible
from schemas.layout import VOCABULARIES, Field
from schemas.scales import known_grades
from schemas.units import is_percent_unit, is_whole_unit
from schemas.vocabulary import Keadaan, find_word, labels_of
from schemas.workbook import Cell, show_cell

_MONTHS = tuple(month.casefold() for month in MONTHS)
_DATE = re.compile(r"^(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+(\d{4})$")
_ABSENT = {Keadaan.KOSONG, Keadaan.BELUM_TERSEDIA, Keadaan.TIDAK_DITARGETKAN}


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell became: typed columns, whether anything stood there, and the finding it deserves."""

    columns: Mapping[str, object]
    filled: bool
    kode: str | None = None
    shown: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def read_cell(cell: Cell, f: Field, satuan: str | None, percent: bool) -> Value:
    """Read a cell of field `f`; `satuan` is the row's unit, `percent` whether the cell is shown as a percentage."""
    if isinstance(cell, str) and not cell.strip():
        cell = None
    if f.kind == "measure":
        return _measure(cell, f, satuan, percent)
    if cell is None:
        return Value(blank(f), filled=False)
    return _READERS[f.kind](cell, f, percent)


@cache
def blank(f: Field) -> Mapping[str, object]:
    """The typed columns of an empty cell."""
    if f.kind == "entry":
        return {f"{f.name}_angka": None, f"{f.name}_teks": None}
    return _measure(None, f, None, percent=False).columns if f.kind == "measure" else {f.name: None}


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a native number."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _measure(cell: Cell, f: Field, satuan: str | None, percent: bool) -> Value:
    native, whole = percent and is_percent_unit(satuan), is_whole_unit(satuan)
    reading = EMPTY if cell is None else read_figure(cell, percent=native, whole=whole, grades=known_grades())
    if percent and not native and not whole and is_number(cell) and reading.nilai:
        reading = either_share(reading.nilai, satuan)
    columns = {
        f"{f.name}_nilai": reading.nilai,
        f"{f.name}_atas": reading.atas,
        f"{f.name}_teks": reading.teks,
        f"{f.name}_keadaan": str(reading.keadaan),
    }
    return _value(columns, reading, cell)


def _value(columns: Mapping[str, object], reading: Reading, cell: Cell) -> Value:
    return Value(columns, cell is not None, reading.kode, _shown(cell) if reading.kode else "", reading.words)


def _shown(cell: Cell) -> str:
    return show_cell(cell).strip()


def _figure(cell: Cell, f: Field, percent: bool) -> Value:
    whole = f.kind == "rupiah"
    reading = read_figure(cell, percent=percent and f.kind == "percent", whole=whole)
    if reading.keadaan in (Keadaan.RENTANG, Keadaan.PREDIKAT):
        reading = Reading(Keadaan.GALAT, kode="BCA-003")
    if whole and is_no_rupiah(reading.nilai):
        reading = Reading(Keadaan.GALAT, kode="BCA-063")
    return _value({f.name: None if reading.keadaan in _ABSENT else reading.nilai}, reading, cell)


def _text(cell: Cell, f: Field, percent: bool) -> Value:
    if isinstance(cell, float):
        words = format(cell, ".15g") if not cell.is_integer() else str(int(cell))
    else:
        words = f"{cell:%d-%m-%Y}" if isinstance(cell, date) else str(cell)
    return Value({f.name: clean_text(words) or None}, filled=True)


def clean_text(text: str) -> str:
    """Text without what a keyboard or a web page left around it."""
    return without_invisible(text).replace("\u00a0", " ").replace("\r\n", "\n").strip()


_LONGEST_NUMBER = 100_000
"""A code of more digits has dots in it."""


def _code(cell: Cell, f: Field, percent: bool) -> Value:
    text = _text(cell, f, percent).columns[f.name]
    columns = {f.name: clean_code(str(text)) or None if text else None}
    # Excel takes 1.02 for a number or a date, and of a long code it drops the dots: what was typed cannot be told
    if isinstance(cell, date) or (isinstance(cell, (int, float)) and (cell % 1 or abs(cell) >= _LONGEST_NUMBER)):
        return Value(columns, True, "BCA-043", _shown(cell), {"dibaca": str(columns[f.name])})
    return Value(columns, filled=True)


def clean_code(text: str) -> str:
    """A code keeps no spaces at all: `1.02. 01` and `1.02.01` are one."""
    return "".join(without_invisible(text).split()).removeprefix("'").rstrip(".")


def _word(cell: Cell, f: Field, percent: bool) -> Value:
    vocabulary = VOCABULARIES[f.vocabulary or ""]
    word = find_word(vocabulary, str(cell))
    if word is None:
        return _unknown(cell, f, labels_of(vocabulary))
    return Value({f.name: str(word)}, filled=True)


def _unknown(cell: Cell, f: Field, choices: Sequence[str]) -> Value:
    near = nearest(str(cell), choices)
    words = {"pilihan": ", ".join(choices), "mirip": f"; mungkin maksudnya {near}" if near else ""}
    return Value({f.name: None}, True, "BCA-008", _shown(cell), words)


def _whole(cell: Cell, f: Field, percent: bool) -> Value:
    reading = read_figure(cell, whole=True)
    if reading.nilai is None or reading.nilai != reading.nilai.to_integral_value():
        return Value({f.name: None}, True, reading.kode or "BCA-003", _shown(cell), reading.words)
    if f.between and not f.between[0] <= reading.nilai <= f.between[1]:
        return _unknown(cell, f, [str(n) for n in range(f.between[0], f.between[1] + 1)])
    return _value({f.name: int(reading.nilai)}, reading, cell)


def _date(cell: Cell, f: Field, percent: bool) -> Value:
    parsed = parse_date(cell)
    if parsed is None:
        return Value({f.name: None}, True, "BCA-009", _shown(cell))
    return Value({f.name: parsed}, filled=True)


def parse_date(cell: Cell) -> date | None:
    """A native date, `15/06/2025`, `15-6-2025`, `15 Juni 2025` or `2025-06-15`; anything else None."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = " ".join(str(cell).casefold().split())
    try:
        match = _DATE.match(text)
        return date(int(match[3]), _month(match[2]), int(match[1])) if match else date.fromisoformat(text)
    except ValueError:
        return None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text) + 1


def _entry(cell: Cell, f: Field, percent: bool) -> Value:
    """A number as the cell shows it, or any other content as written; what it means is for its own column to say."""
    reading = read_figure(cell, percent=percent) if is_number(cell) else EMPTY
    teks = None if reading.nilai is not None else _shown(cell)
    return Value({f"{f.name}_angka": reading.nilai, f"{f.name}_teks": teks}, filled=True)


_READERS = {
    "entry": _entry,
    "text": _text,
    "narrative": _text,
    "code": _code,
    "number": _figure,
    "rupiah": _figure,
    "percent": _figure,
    "whole": _whole,
    "date": _date,
    "word": _word,
}
