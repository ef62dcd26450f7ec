"""A table is declared once, column by column; its Arrow schema and its pandera gate are derived from that."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import pandera.pandas as pandera

DECIMAL = pa.decimal128(30, 10)
"""Every figure: exact, 10 places, up to 10^20; a kabupaten's budget is near 10^12 rupiah."""

TEXT, INT, DATE, STAMP, BOOL = pa.string(), pa.int32(), pa.date32(), pa.timestamp("s"), pa.bool_()


@dataclass(frozen=True)
class Column:
    """One column: its Arrow type, whether it may be null, its allowed words, and what it means."""

    name: str
    kind: pa.DataType
    meaning: str
    null: bool = False
    words: tuple[str, ...] = ()

    @property
    def gate(self) -> pandera.Column:
        """The pandera column that accepts exactly what the declaration says."""
        import pandas as pd
        import pandera.pandas as pandera

        checks = [pandera.Check.isin(self.words)] if self.words else []
        return pandera.Column(pd.ArrowDtype(self.kind), checks=checks, nullable=self.null)


@dataclass(frozen=True)
class Table:
    """A table of one station: its grain in words, its columns, and the columns that identify a row."""

    name: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = field(default=())

    @cached_property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, in declared order."""
        return pa.schema([pa.field(c.name, c.kind, nullable=c.null) for c in self.columns])

    @cached_property
    def gate(self) -> pandera.DataFrameSchema:
        """The pandera model every writer of this table must pass; loaded late, for what only looks at files."""
        import pandera.pandas as pandera

        return pandera.DataFrameSchema(
            {c.name: c.gate for c in self.columns},
            unique=list(self.key) or None,
            strict=True,
            ordered=True,
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names, in declared order."""
        return tuple(c.name for c in self.columns)

    def empty(self) -> pa.Table:
        """The table without rows."""
        return self.arrow.empty_table()


def text(name: str, meaning: str, *, null: bool = False, words: type[StrEnum] | None = None) -> Column:
    """A text column; `words` closes it to the members of a vocabulary."""
    return Column(name, TEXT, meaning, null, tuple(str(w) for w in words) if words else ())


def number(name: str, meaning: str, *, null: bool = True) -> Column:
    """An exact figure; null means that it is not there, never zero."""
    return Column(name, DECIMAL, meaning, null)


def whole(name: str, meaning: str, *, null: bool = False) -> Column:
    """A whole number: a year, a quarter, a count, a row of a sheet."""
    return Column(name, INT, meaning, null)
