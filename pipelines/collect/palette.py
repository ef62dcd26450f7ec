"""How a workbook looks: the formats of `appearance.toml`, made once per workbook, and cells written by their kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from schemas.form import FormValue
from schemas.layout import Field
from schemas.vocabulary import LABELS

_OTHER_WIDTH = "lainnya"


@cache
def appearance() -> dict[str, Any]:
    """The whole of `appearance.toml`."""
    return tomllib.loads(files("pipelines.collect").joinpath("appearance.toml").read_text("utf-8"))


def width_of(column: Field) -> float:
    """The width of a column in characters: its own, or that of every column of its name."""
    widths: dict[str, float] = appearance()["lebar"]
    return column.width or widths.get(column.name, widths[_OTHER_WIDTH])


@dataclass
class Palette:
    """The formats of one workbook; a role is a look, a kind the shape of a figure."""

    book: Workbook
    made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def format(self, role: str, kind: str = "teks") -> Format:
        """The format of a role and kind, made at its first use; a title or a heading keeps its own alignment."""
        key = (role, kind)
        if key not in self.made:
            self.made[key] = self.book.add_format(_properties(role, kind))
        return self.made[key]


def _properties(role: str, kind: str) -> dict[str, Any]:
    looks, numbers, kinds = appearance()["format"], appearance()["angka"], appearance()["jenis"]
    if "align" in looks[role] or (kind not in numbers and "border" not in looks[role]):
        return {**looks["dasar"], **looks[role]}
    shape = {**kinds["angka"], "num_format": numbers[kind]} if kind in numbers else kinds.get(kind, kinds["teks"])
    return {**looks["dasar"], **shape, **looks[role]}


def height_of(texts: Iterable[tuple[FormValue, float]], least: float = 0) -> float:
    """The height of a row whose wrapped texts stand in columns of the given widths."""
    look = appearance()["tinggi"]
    lines = max((_lines(text, width * look["huruf_per_lebar"]) for text, width in texts), default=1)
    return max(least, float(lines * look["baris"] + look["bantalan"]))


def _lines(text: FormValue, letters: float) -> int:
    """Lines a text takes when broken at its spaces."""
    count, used = 1, 0
    for word in text.split() if isinstance(text, str) else ():
        if used and used + 1 + len(word) > letters:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
    return count


def set_properties(book: Workbook, title: str, tahun: int, month: int) -> None:
    """A fixed date of making, so that the bytes depend on the content alone."""
    made = datetime(tahun, month, 1)  # noqa: DTZ001 - a workbook knows no time zone
    book.set_properties({"title": title, "created": made})


def write_value(sheet: Worksheet, row: int, column: int, value: FormValue, look: Format) -> None:
    """One cell by what it is; a text is always written as text, so nothing typed in a source becomes a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, StrEnum):
        sheet.write_string(row, column, LABELS[value], look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, _exact(value), look)


def _exact(value: Decimal | int) -> int | float:
    """Whole figures as integers, so that no exponent enters the file."""
    return int(value) if value == int(value) else float(value)


def set_up_page(sheet: Worksheet, header_row: int, footer: str) -> None:
    """A4, one page wide, who and when at its foot; a table lies on its side and repeats its header row."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8Halaman &P dari &N")
    sheet.hide_gridlines(2)
    if header_row:
        sheet.set_landscape()
        sheet.repeat_rows(header_row - 1)
