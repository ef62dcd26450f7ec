"""One row of a workbook that was read, as lines for people: its texts, then its figures, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from rich.console import Group
from rich.table import Table
from rich.text import Text

from pipelines.console import plain
from pipelines.numerals import ABSENT, format_exact
from schemas.field_words import field_words, level_words
from schemas.reading import Held, Record, Scalar, Value

TEXT_WIDTH = 150
"""Longer texts are cut on screen; `--json` has them whole."""

_PLACES = 6
"""Figures are shown to six places; `--json` has them exactly."""

_SHORT = frozenset({"kode", "satuan", "penanggung_jawab", "sumber_dana"})
"""Texts of a word or two, told among the figures."""

_QUARTERS = ("1", "2", "3", "4")
_PER_LINE = 4
_WIDE = 100

Marks = Mapping[tuple[str | None, str | None], str]
"""Sheet and cell → colour of the gravest finding there."""


def period_word(field: str) -> str:
    """The period of a field alone, in short: `realisasi_tw.2` → `II`, `target_bulan.3` → `Mar`."""
    return field_words(field).rsplit(" ", 1)[-1][:3]


def shorten(text: str) -> str:
    """One line of at most TEXT_WIDTH characters."""
    line = plain(" ".join(text.split()))
    return line if len(line) <= TEXT_WIDTH else f"{line[: TEXT_WIDTH - 1]}…"


def compose_row(record: Record, before: Mapping[str, Held], marks: Marks, width: int) -> Group:
    """The lines of one row: level and texts, its single figures, then a line per field with quarters or months.

    What it only inherits, and the row before said already, is not said again.
    """
    told = {name: held for name, held in record.fields.items() if not _is_repeated(held, before.get(name))}
    lone = {name: held for name, held in told.items() if not isinstance(held, Mapping)}
    texts = [_told(record, name, held, marks) for name, held in lone.items() if _is_text(name, held)]
    figures = {name: held for name, held in lone.items() if not _is_text(name, held)}
    lines = [*texts, *_figures(record, figures, marks)]
    first = Text("  ").join([_level(record), *lines[:1]])
    return Group(
        first, *lines[1:], _periods(record, {n: h for n, h in told.items() if isinstance(h, Mapping)}, marks, width)
    )


def _level(record: Record) -> Text:
    words = level_words(record.level)
    return Text(f"{words} (tersembunyi)" if record.hidden else words, style="green")


def _is_repeated(held: Held, before: Held | None) -> bool:
    if not (isinstance(held, Value) and isinstance(before, Value)):
        return False
    return held.inherited and (held.cell, held.value) == (before.cell, before.value)


def _is_text(name: str, held: Value | Sequence[Value]) -> bool:
    values = [v for v in _values(held) if isinstance(v.value, str) and "grade" not in v.kind]
    return bool(values) and name not in _SHORT


def _values(held: Value | Sequence[Value]) -> Sequence[Value]:
    return [held] if isinstance(held, Value) else held


def _told(record: Record, name: str, held: Value | Sequence[Value], marks: Marks) -> Text:
    """`pagu 1.250.000 Q11`; that a row of level program names a program need not be said."""
    words = "" if name in (record.level, level_words(record.level)) else f"{field_words(name)} "
    return Text.assemble((words, "dim"), Text(", ").join(_shown(record, value, marks) for value in _values(held)))


def _figures(record: Record, held: Mapping[str, Value | Sequence[Value]], marks: Marks) -> Iterator[Text]:
    """What stands there on one line, what is empty in short on the next."""
    empty = {name: held for name, held in held.items() if isinstance(held, Value) and _is_empty(held)}
    if told := [_told(record, name, parts, marks) for name, parts in held.items() if name not in empty]:
        yield Text(" · ").join(told)
    if empty:
        cells = ", ".join(f"{field_words(name)} {value.cell or ''}".rstrip() for name, value in empty.items())
        yield Text(f"kosong: {cells}", style="dim")


def _is_empty(value: Value) -> bool:
    return value.value is None and value.raw is None


def _shown(record: Record, value: Value, marks: Marks) -> Text:
    """The value and its cell; an arrow where that cell belongs to another row."""
    colour = marks.get((record.sheet, value.cell), "")
    cell = f" {'↑' if value.inherited else ''}{value.cell}" if value.cell else ""
    return Text.assemble((format_value(value), colour), (cell, "dim cyan"))


def _periods(record: Record, fields: Mapping[str, Mapping[str, Value]], marks: Marks, width: int) -> Table:
    """A line per field; a quarter stands in the same place in every row."""
    grid = period_grid(width)
    for name, periods in fields.items():
        cells = list(_period_cells(record, name, periods, marks))
        for start in range(0, len(cells), _PER_LINE):
            label = "" if start else field_words(name).removesuffix(" triwulan").removesuffix(" bulanan")
            grid.add_row(label, *cells[start : start + _PER_LINE])
    return grid


def period_grid(width: int) -> Table:
    """An empty grid of a name and four quarters; in a narrow window a cell's address goes below its value."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(style="dim", width=18 if width >= _WIDE else 11)
    for _ in range(_PER_LINE):
        grid.add_column(ratio=1)
    return grid


def _period_cells(record: Record, name: str, periods: Mapping[str, Value], marks: Marks) -> Iterator[Text]:
    """`12 K7`, `– L7` …; months carry their name. Where nothing stands in any of them, one dash for all."""
    if all(map(_is_empty, periods.values())):
        yield Text(ABSENT)
    elif periods.keys() <= set(_QUARTERS) and not name.endswith("_bulan"):
        yield from (_shown(record, periods[q], marks) if q in periods else Text() for q in _QUARTERS)
    else:
        words = {period: period_word(f"{name}.{period}") for period in periods}
        yield from (Text.assemble((f"{words[p]} ", "dim"), _shown(record, v, marks)) for p, v in periods.items())


def format_value(value: Value) -> str:
    """A value as it was understood; where that is nothing, what stands in the cell is quoted."""
    if value.value is None:
        raw = "" if value.raw is None else shorten(str(value.raw))
        return f"{ABSENT} (tertulis “{raw}”)" if raw.strip("-–—") else ABSENT
    unit = " %" if "percent" in value.kind else ""
    score = value.extra.get("score")
    return _scalar(value.value) + unit + (f" ({_scalar(score)})" if score is not None else "")


def _scalar(value: Scalar) -> str:
    if isinstance(value, Decimal):
        return format_exact(_rounded(value))
    if isinstance(value, Mapping):
        return (" " if "op" in value else "–").join(_scalar(part) for part in value.values())
    return shorten(value or "")


def _rounded(value: Decimal) -> Decimal:
    """Half-up to six places, where it has more; a figure may have any number of digits."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_PLACES:
        return value
    room = Context(prec=len(value.as_tuple().digits) + _PLACES + 1, rounding=ROUND_HALF_UP)
    return value.quantize(Decimal(1).scaleb(-_PLACES), context=room)
