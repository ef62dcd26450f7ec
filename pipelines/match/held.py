"""What reading a form found in the cell of a realisasi → a finding about its row, which holds it back as any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from schemas.finding import Finding
from schemas.vocabulary import Keadaan, Tingkat

Cell = tuple[str | None, str | None, str | None]
"""Submission, sheet and address."""


def hold_rows(findings: Iterable[Finding], realisasi: pa.Table, origins: pa.Table) -> list[Finding]:
    """The findings, the errors that kept a realisasi from being read now about the rows it was meant for.

    A form is read before anybody knows which of its rows stand for an indicator, so these are about none as they are
    made. A cell merged over several rows is asked for each of them.
    """
    rows = _rows_of_cells(realisasi, origins)
    return [told for f in findings for told in _about_rows(f, rows)]


def _about_rows(f: Finding, rows: dict[Cell, list[str]]) -> Iterator[Finding]:
    if f.row_id is not None or f.tingkat != Tingkat.ERROR:
        yield f
        return
    held = rows.get((f.pengajuan_id, f.lembar, f.sel), ())
    yield from (replace(f, row_id=row_id) for row_id in held or (None,))


def _rows_of_cells(realisasi: pa.Table, origins: pa.Table) -> dict[Cell, list[str]]:
    """The cells of realisasi that were filled and not read, with the rows that have them."""
    missed = realisasi.filter(pc.equal(realisasi["realisasi_tw_keadaan"], str(Keadaan.GALAT)))["row_id"]
    mine = pc.and_(
        pc.is_in(origins["row_id"], value_set=missed.combine_chunks()),
        pc.equal(origins["kolom"], "realisasi_tw"),
    )
    cells: dict[Cell, list[str]] = defaultdict(list)
    for o in origins.filter(mine).to_pylist():
        cells[(o["pengajuan_id"], o["lembar"], o["sel"])].append(o["row_id"])
    return cells
