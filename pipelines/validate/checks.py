"""Runs every check: one SELECT of the rows at fault each; what it yields are findings, never exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pyarrow as pa

from pipelines.queries import Workbench, list_sql, order_queries, read_sql
from pipelines.validate.phrases import phrase_fields, phrase_value
from schemas.finding import Finding, Place, make_finding

_PACKAGE = "pipelines.validate"
_PLACES, _LOOKED_FOR = "tempat", "dicari"
_PLACE = ("row_id", "kolom", "nilai", "pengajuan_id", "kode_skpd", "tahun", "triwulan", "lembar")
Row = Mapping[str, object]


def run_checks(workbench: Workbench, codes: Iterable[str] | None = None) -> list[Finding]:
    """Every finding of the checks named (default: all), by SKPD, period, sheet, row, cell and code.

    Inputs, registered before: typed_* (active submissions), received_realisasi (replaced ones too), origins,
    pengajuan, ref_*, temuan_baca, the rule tables of `schemas.scales`, and `pilihan`. What is
    prepared for them stays on the workbench.
    """
    checks = {code: _name(code) for code in codes or check_codes()}
    last = {*checks.values(), _PLACES}
    for name in order_queries(_PACKAGE, last, workbench.tables() | {_LOOKED_FOR}):
        if name not in last:
            workbench.keep(name, read_sql(_PACKAGE, name))
    found = [(code, row) for code, name in checks.items() for row in _run(workbench, name)]
    places = _find_places(workbench, [row for _, row in found])
    made = [_make(code, row, place) for (code, row), place in zip(found, places, strict=True)]
    return [
        finding
        for _, finding in sorted(made, key=lambda pair: (*pair[0], pair[1].kode, pair[1].nilai or "", pair[1].pesan))
    ]


@cache
def check_codes() -> tuple[str, ...]:
    """The code of every check in `sql/`, in order: `check_pk_001.sql` → `PK-001`."""
    matches = (re.fullmatch(r"check_([a-z]+)_(\d+)", name) for name in list_sql(_PACKAGE))
    return tuple(sorted(f"{m[1].upper()}-{m[2]}" for m in matches if m))


def _name(code: str) -> str:
    return f"check_{code.lower().replace('-', '_')}"


def _find_places(workbench: Workbench, rows: list[Row]) -> list[Row]:
    """Where each row at fault stands; for an empty cell, the column in which its neighbours were read."""
    columns = ("row_id", "kolom", "pengajuan_id")
    wanted = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns}
    numbers = pa.array(range(len(rows)), pa.int32())
    workbench.register(_LOOKED_FOR, pa.table({"nomor": numbers, **wanted}))
    return _run(workbench, _PLACES)


def _run(workbench: Workbench, name: str) -> list[Row]:
    rows: list[Row] = workbench.query(read_sql(_PACKAGE, name)).to_pylist()
    return rows


def _place(row: Row, found: Row) -> Place:
    """The place of the typed row, or the one a check of something absent gives itself."""
    merged = {name: found[name] if found.get(name) is not None else row.get(name) for name in _PLACE[3:]}
    return Place(
        tahun=int(str(merged["tahun"])),
        triwulan=int(str(merged["triwulan"])),
        kode_skpd=_text(merged["kode_skpd"]),
        berkas=_text(found["berkas"]),
        lembar=_text(merged["lembar"]),
        sel=_text(found["sel"]),
        pengajuan_id=_text(merged["pengajuan_id"]),
        row_id=_text(row["row_id"]),
    )


def _make(code: str, row: Row, found: Row) -> tuple[tuple[object, ...], Finding]:
    """The finding, and what it is sorted by."""
    place = _place(row, found)
    value = row["nilai"] if row["nilai"] is not None else row.get("nilai_teks")
    words = phrase_fields({name: value for name, value in row.items() if name not in _PLACE})
    return _order(place, found), make_finding(code, place, phrase_value(value), **words)


def _order(place: Place, found: Row) -> tuple[object, ...]:
    column = (place.sel or "").rstrip("0123456789")
    sheet = (place.kode_skpd or "", place.tahun, place.triwulan, place.lembar or "")
    return (*sheet, found["baris"] or 0, len(column), column)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
