"""The rows of the books: a line is one row of a workbook, keyed by what makes two spellings of its code one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.queries import Query, read_sql
from schemas.codes import Parts, code_parts, parents_of
from schemas.vocabulary import Besaran

Owner = tuple[str, int]
"""An SKPD and a year."""

Period = tuple[str, int, int]
"""An SKPD, a year and a quarter."""


WHOLE: Parts = ("JUMLAH",)
"""The key of an account that stands below no sub kegiatan: it can only be compared as a part of the whole."""


@dataclass(frozen=True)
class Line:
    """One row of a book with its figures and their cells; `teks` is a target that is written in words.

    `unread` are the figures of which something stands in the cell that nobody could read: a finding of its own says so.
    """

    kode_skpd: str
    tahun: int
    triwulan: int
    kode: str
    uraian: str | None
    berkas: str | None
    lembar: str
    baris: int
    row_id: str
    pengajuan_id: str
    kode_rekening: str | None = None
    dokumen_pk: str | None = None
    teks: str | None = None
    ditahan: bool = False
    figures: Mapping[Besaran, Decimal | None] = field(default_factory=dict)
    cells: Mapping[Besaran, str | None] = field(default_factory=dict)
    unread: frozenset[Besaran] = frozenset()
    key: Parts = ()

    @property
    def owner(self) -> Owner:
        """Whose it is, in which year."""
        return self.kode_skpd, self.tahun

    @property
    def period(self) -> Period:
        """Whose it is and of when."""
        return self.kode_skpd, self.tahun, self.triwulan


_PLAIN = tuple(name for name in Line.__dataclass_fields__ if name not in ("figures", "cells", "unread", "key"))


def read_lines(query: Query, name: str) -> list[Line]:
    """The rows of `sql/<name>.sql` in its order; a plan's quarter is the first it is in force."""
    found = query(read_sql("pipelines.reconcile", name))
    plain = [column for column in _PLAIN if column in found.column_names]
    figures = [besaran for besaran in Besaran if besaran in found.column_names]
    return [_line(row, plain, figures) for row in found.to_pylist()]


def _line(row: Mapping[str, Any], plain: Iterable[str], figures: Iterable[Besaran]) -> Line:
    named = {name: row[name] for name in plain}
    named["kode"] = row["kode"] or "Jumlah"
    named.setdefault("triwulan", row.get("dari_tw"))
    key = code_parts(row["kode"]) if row["kode"] else WHOLE
    return Line(
        **named,
        figures={b: row[b] for b in figures},
        cells={b: row[f"sel_{b}"] for b in figures},
        unread=frozenset(b for b in figures if row.get(f"gagal_{b}")),
        key=key,
    )


def by_period(lines: Iterable[Line]) -> dict[Period, list[Line]]:
    """Lines by SKPD and quarter, in their order."""
    found: dict[Period, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.period].append(line)
    return found


def lowest(lines: Iterable[Line]) -> list[Line]:
    """The rows that add up to the whole: no program above its kegiatan, no account above its parts, no total of them.

    A ledger that has accounts below a sub kegiatan has the sum of it in a row of its own, or not; that row is not
    counted again.
    """
    listed = list(lines)
    above = {parent for line in listed for parent in parents_of(line.key)}
    kept: dict[Parts, list[Line]] = defaultdict(list)
    for line in listed:
        if line.key not in above:
            kept[line.key].append(line)
    return [line for rows in kept.values() for line in _lowest_accounts(rows)]


def _lowest_accounts(rows: Sequence[Line]) -> list[Line]:
    accounts = {(row.kode_rekening or "").rstrip(".") for row in rows}
    if accounts == {""}:
        return list(rows)
    above = {".".join(a.split(".")[:n]) for a in accounts for n in range(1, a.count(".") + 1)} | {""}
    return [row for row in rows if (row.kode_rekening or "").rstrip(".") not in above]


def total(lines: Sequence[Line], besaran: Besaran) -> Decimal | None:
    """The sum of what is there; None where nothing is."""
    figures = [value for line in lines if (value := line.figures.get(besaran)) is not None]
    return sum(figures, Decimal(0)) if figures else None
