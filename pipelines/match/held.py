"""What reading a form found in the cell of a figure → a finding about its row, which holds it back as any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from schemas.finding import Finding
from schemas.typed import ORIGINS, TYPED_ANGGARAN, TYPED_REALISASI
from schemas.vocabulary import Keadaan, Tingkat

Cell = tuple[str | None, str | None, str | None]
"""Submission, sheet and address."""

MONEY = ("pagu_rp", "realisasi_rp", "realisasi_fisik_pct", "realisasi_dinyatakan_rp")
"""The figures of a budget row: one that was filled and is not there was not read."""


def hold_rows(findings: Iterable[Finding], typed: Mapping[str, pa.Table]) -> list[Finding]:
    """The findings, the errors that kept a figure from being read now about the rows it was meant for.

    `typed` gives realisasi, budget and the cells of both by the name of their table. A form is read before anybody
    knows which of its rows stand for what, so these are about none as they are made. A cell merged over several rows is
    asked for each of them.
    """
    rows = _rows_of_cells(typed)
    return [told for f in findings for told in _about_rows(f, rows)]


def _about_rows(f: Finding, rows: dict[Cell, list[str]]) -> Iterator[Finding]:
    if f.row_id is not None or f.tingkat != Tingkat.ERROR:
        yield f
        return
    held = rows.get((f.pengajuan_id, f.lembar, f.sel), ())
    yield from (replace(f, row_id=row_id) for row_id in held or (None,))


def _rows_of_cells(typed: Mapping[str, pa.Table]) -> dict[Cell, list[str]]:
    """The cells of figures that were filled and not read, with the rows that have them."""
    cells: dict[Cell, list[str]] = defaultdict(list)
    for kolom, missed in _missed(typed[TYPED_REALISASI.name], typed[TYPED_ANGGARAN.name]):
        origins = typed[ORIGINS.name]
        mine = pc.and_(
            pc.is_in(origins["row_id"], value_set=missed["row_id"].combine_chunks()),
            pc.equal(origins["kolom"], kolom),
        )
        for o in origins.filter(mine).to_pylist():
            cells[(o["pengajuan_id"], o["lembar"], o["sel"])].append(o["row_id"])
    return cells


def _missed(realisasi: pa.Table, anggaran: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """By column the rows without a figure in it."""
    yield "realisasi_tw", realisasi.filter(pc.equal(realisasi["realisasi_tw_keadaan"], str(Keadaan.GALAT)))
    yield from ((kolom, anggaran.filter(pc.is_null(anggaran[kolom]))) for kolom in MONEY)
