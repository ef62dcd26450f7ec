"""A layout: where a known form keeps its columns. A form is a TOML file in `schemas/layouts`, never code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.invisible import without_invisible
from schemas.question import JenisPadanan
from schemas.vocabulary import Bagian, CaraIsi, Konsolidasi, Polaritas
from schemas.workbook import Cell, Grid

Kind = Literal["text", "narrative", "code", "number", "rupiah", "percent", "whole", "measure", "date", "word", "entry"]
"""How a cell is read. `measure` may hold a figure, a grade, a range or an absence; `word` one of a vocabulary; `entry`
is kept as it stands, to be read later as a cell of another column; `narrative` is a text in which an SKPD tells of an
indicator in its own words, and reaches the mart of these and the reports."""

VOCABULARIES: Mapping[str, type[StrEnum]] = {
    v.__name__: v for v in (Polaritas, Konsolidasi, CaraIsi, Bagian, JenisPadanan)
}
"""What a `word` is one of, by the name a layout has for it."""


class Field(BaseModel):
    """One column of a sheet: the typed column it becomes, the header label the form prints, and how it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    kind: Kind = "text"
    means: str = ""
    """What the typed column holds, where it is declared by the layout."""
    fill: Literal["always", "if_empty", "never"] = "if_empty"
    """When its cells in an issued form are open: always, or only where the office had nothing to put there."""
    width: int | None = None
    """In characters; else that which columns of this name have in every workbook."""
    medan: str | None = None
    """Its field in the vocabulary of labels, where that is not its own name; empty: none."""
    also: tuple[str, ...] = ()
    vocabulary: str | None = None
    required: bool = False
    """The header must be there; whether a cell may be empty is judged by the checks, not by the reader."""
    between: tuple[int, int] | None = None
    """The least and the greatest whole number that may stand there."""
    absent: int | None = None
    """What an empty cell stands for where rows are compared by their key."""
    refers: str | None = None
    """The column of another sheet, `SKPD.kode_skpd`, that has every value of this one."""
    distinct: bool = False
    """People and names of files tell rows apart by it: no two should have it alike, however it is spelled."""
    computed: bool = False
    """The form works it out, and the program does so anew: nothing is lacking where the file keeps no value of it."""


class SheetLayout(BaseModel):
    """One sheet of a form, and the typed table its rows become. `form` sheets hold label and value side by side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: str
    table: str
    form: bool = False
    required: bool = True
    stop: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """The fields no two rows may have alike."""
    fields: tuple[Field, ...]


class Layout(BaseModel):
    """A workbook form in one version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    aside: tuple[str, ...] = ()
    """Sheets of the program's own that hold nothing to read: help, and lists to choose from."""
    sheets: tuple[SheetLayout, ...]

    def sheet(self, name: str) -> SheetLayout:
        """The layout of one sheet; raises KeyError where the form has none of that name."""
        return {s.sheet: s for s in self.sheets}[name]


def fold_label(cell: Cell) -> str:
    """A label without what does not distinguish it: case, spaces, line breaks, a trailing colon."""
    return "".join(without_invisible(str(cell or "")).casefold().split()).rstrip(":")


def field_by_label(layout: SheetLayout) -> dict[str, Field]:
    """Every label of a sheet, synonyms included, folded → its field."""
    return {fold_label(label): f for f in layout.fields for label in (f.label, *f.also)}


def locate_labels(grid: Grid, layout: SheetLayout) -> dict[str, tuple[int, int]]:
    """In a sheet of labels and values: field name → row and column of its value, the cell right of the label."""
    known = field_by_label(layout)
    found: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(grid.rows, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and (named := known.get(fold_label(cell))) and named.name not in found:
                found[named.name] = (number, column + 1)
                break
    return found


@cache
def load_layout(name: str) -> Layout:
    """The layout `schemas/layouts/<name>.toml`."""
    return Layout.model_validate(tomllib.loads(files("schemas").joinpath(f"layouts/{name}.toml").read_text("utf-8")))
