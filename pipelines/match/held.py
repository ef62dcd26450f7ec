"""What reading a form found in the cell of a realisasi or of money → a finding about its row, which holds it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from schemas.finding import Finding
from schemas.typed import ORIGINS, TYPED_ANGGARAN, TYPED_BELANJA_TRIWULAN, TYPED_REALISASI
from schemas.vocabulary import Keadaan, Tingkat

Cell = tuple[str | None, str | None, str | None]
"""Submission, sheet and address."""

MONEY = ("pagu_rp", "realisasi_rp", "realisasi_fisik_pct")
"""The figures of a budget row: one that was filled and is not there was not read."""

HELD_TABLES = (TYPED_REALISASI, TYPED_ANGGARAN, TYPED_BELANJA_TRIWULAN, ORIGINS)
"""What is asked which row a cell was meant for."""


def hold_rows(findings: Iterable[Finding], typed: Mapping[str, pa.Table]) -> list[Finding]:
    """The findings, the errors that kept a figure from being read now about the rows it was meant for.

    A form is read before anybody knows which of its rows stand for an indicator or a budget row, so these are about
    none as they are made. A cell merged over several rows is asked for each of them. `typed` holds `HELD_TABLES`.
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
    """The cells that were filled and not read, with the rows that have them; a quarter is of its budget row."""
    cells: dict[Cell, list[str]] = defaultdict(list)
    for kolom, owners in _missed(typed):
        mine = pc.and_(
            pc.is_in(typed[ORIGINS.name]["row_id"], value_set=pa.array(list(owners), pa.string())),
            pc.equal(typed[ORIGINS.name]["kolom"], kolom),
        )
        for o in typed[ORIGINS.name].filter(mine).to_pylist():
            cells[(o["pengajuan_id"], o["lembar"], o["sel"])].append(owners[o["row_id"]])
    return cells


def _missed(typed: Mapping[str, pa.Table]) -> Iterator[tuple[str, dict[str, str]]]:
    """By column the rows without a figure in it, each with the row that is held for it."""
    realisasi, anggaran, quarters = (typed[t.name] for t in (TYPED_REALISASI, TYPED_ANGGARAN, TYPED_BELANJA_TRIWULAN))
    unread = pc.equal(realisasi["realisasi_tw_keadaan"], str(Keadaan.GALAT))
    yield "realisasi_tw", _owners(realisasi.filter(unread), "row_id")
    for kolom in MONEY:
        yield kolom, _owners(anggaran.filter(pc.is_null(anggaran[kolom])), "row_id")
    yield "realisasi_rp", _owners(quarters.filter(pc.is_null(quarters["realisasi_rp"])), "row_id_anggaran")


def _owners(rows: pa.Table, owner: str) -> dict[str, str]:
    return dict(zip(rows["row_id"].to_pylist(), rows[owner].to_pylist(), strict=True))
