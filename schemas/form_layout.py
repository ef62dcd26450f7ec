"""A confirmed layout: what a person said the columns of a form mean, kept as a file and found again by its labels."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from textwrap import wrap

from pydantic import BaseModel, ConfigDict, field_validator

from schemas.form import NUMBERED_SHEETS
from schemas.headings import fold_heading, without_period
from schemas.labels import known_fields
from schemas.layout import Field, SheetLayout, load_layout
from schemas.reading import FormReading, FoundTable
from schemas.vocabulary import CaraIsi

UNDECIDED = "?"
"""Stands for the field of a column of which nobody has said yet what it holds."""


class ColumnLayout(BaseModel):
    """One column: the labels above it (folded, quarters as `tw#`, years as `20##`) and its field; empty: not read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    medan: str

    @field_validator("medan")
    @classmethod
    def _is_known(cls, medan: str) -> str:
        if medan and medan != UNDECIDED and medan not in known_fields():
            raise ValueError(f"medan '{medan}' tidak dikenal")
        return medan


class TableLayout(BaseModel):
    """One table of a form. Its labels together are what it is recognised by, wherever on a sheet it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judul: str = ""
    cara_isi: CaraIsi | None = None
    kolom: tuple[ColumnLayout, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The field of each column, from left to right."""
        return tuple(c.medan for c in self.kolom)

    def fits(self, labels: Sequence[str]) -> bool:
        """Whether a header carries exactly these labels in this order."""
        return tuple(labels) == tuple(c.label for c in self.kolom)


class FormLayout(BaseModel):
    """The tables of a form somebody confirmed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nama: str
    tabel: tuple[TableLayout, ...]


def parse_layout(text: str) -> FormLayout:
    """A layout from its TOML text; raises ValueError where it is none."""
    return FormLayout.model_validate(tomllib.loads(text))


def find_layout(layouts: Iterable[FormLayout], labels: Sequence[str]) -> tuple[str, TableLayout] | None:
    """The first confirmed table that carries exactly these labels, with the name of its layout."""
    return next(((f.nama, t) for f in layouts for t in f.tabel if t.fits(labels)), None)


@cache
def load_form_layouts() -> tuple[FormLayout, ...]:
    """The layouts of known forms as delivered (`schemas/layouts/formulir/*.toml`), and the form this program issues."""
    folder = files("schemas").joinpath("layouts/formulir")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return (_issued_form(), *(parse_layout(f.read_text("utf-8")) for f in found))


def _issued_form() -> FormLayout:
    """The form this program issues, for those who look at one with `capaian baca`; a run reads it by its own layout."""
    sheets = (sheet for sheet in load_layout("format_pengisian").sheets if not sheet.form)
    return FormLayout(nama="format-pengisian", tabel=tuple(_issued_table(sheet) for sheet in sheets))


def _issued_table(sheet: SheetLayout) -> TableLayout:
    number = [ColumnLayout(label="no", medan="no")] if sheet.sheet in NUMBERED_SHEETS else []
    return TableLayout(judul=sheet.sheet, kolom=(*number, *(_issued_column(f) for f in sheet.fields)))


def _issued_column(f: Field) -> ColumnLayout:
    own = f.name if f.name in known_fields() else ""
    return ColumnLayout(label=without_period(fold_heading(f.label)), medan=own if f.medan is None else f.medan)


def confirm_layout(reading: FormReading, nama: str) -> FormLayout:
    """What was understood of a workbook, as a layout to keep: what a person looks over and confirms.

    Of a column about which there is a doubt the layout says so: whoever keeps it has yet to decide.
    """
    return FormLayout(nama=nama, tabel=tuple(_table(t) for t in reading.tables))


def _table(table: FoundTable) -> TableLayout:
    field_of = {letter: key.split(" ")[0] for key, letters in table.columns.items() for letter in letters.split(",")}
    field_of |= dict.fromkeys(table.undecided, UNDECIDED)
    columns = tuple(ColumnLayout(label=text, medan=field_of.get(letter, "")) for letter, text in table.labels.items())
    return TableLayout(judul=table.title or "", cara_isi=table.cara_isi, kolom=columns)


def dump_layout(layout: FormLayout) -> str:
    """The layout as TOML, one column a line, ready to be looked over.

    Kept over tomli-w, which gives every column four lines as soon as one of its table has more than 100 letters.
    """
    lines = [*_to_decide(layout), f"nama = {_quoted(layout.nama)}"]
    for table in layout.tabel:
        lines += ["", "[[tabel]]", f"judul = {_quoted(table.judul)}"]
        if table.cara_isi:
            lines.append(f"cara_isi = {_quoted(table.cara_isi)}")
        lines.append("kolom = [")
        lines += [f"  {{ label = {_quoted(c.label)}, medan = {_quoted(c.medan)} }}," for c in table.kolom]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _to_decide(layout: FormLayout) -> list[str]:
    """How to decide what is open, as comments above the rest; nothing where all is decided."""
    if not any(column.medan == UNDECIDED for table in layout.tabel for column in table.kolom):
        return []
    told = f'medan = "{UNDECIDED}": belum diputuskan. Tulis artinya, atau "" bila kolom itu tidak dibaca.'
    known = ", ".join(sorted(known_fields()))
    return [f"# {line}" for line in wrap(f"{told} Arti yang dikenal: {known}", 118, break_on_hyphens=False)]


def _quoted(text: str) -> str:
    """A TOML basic string; control characters as escapes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(ch if ch >= " " and ch != "\x7f" else f"\\u{ord(ch):04x}" for ch in escaped) + '"'
