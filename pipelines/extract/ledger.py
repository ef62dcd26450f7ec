"""What was understood of an LRA, RFK or SIPD export → rows of the BKD ledger, with the cell of every figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from pipelines.extract.formulir import certain_records, owner
from pipelines.extract.sheets import Extract, Source
from schemas.codes import level_of
from schemas.reading import FormReading, Record, Value
from schemas.reference import REF_BKD
from schemas.typed import ORIGINS
from schemas.vocabulary import CaraIsi

_ACCOUNT = re.compile(r"^[45678](\.\d+)*$")
"""Accounts of revenue, spending and financing (4-8); only those of spending (5) are realisasi of a sub kegiatan."""

_SPENDING = "5"


def extract_ledger(
    reading: FormReading, source: Source, triwulan: int, find_skpd: Callable[[str | None], str | None], into: Extract
) -> tuple[int, int]:
    """The rows of certain tables that bear a code and money, under the sub kegiatan above them; how many, of how many.

    `find_skpd` gives the SKPD of the name in a row, or of the workbook where the row has none.
    """
    cumulative = {t.number for t in reading.tables if t.cara_isi is CaraIsi.KUMULATIF}
    rows: list[dict[str, object]] = []
    origins: list[dict[str, object]] = []
    above: dict[int, str] = {}
    seen = 0
    for record in certain_records(reading):
        cells = _figures(record, triwulan, cumulative=record.table in cumulative)
        kode, account = _codes(record, above)
        seen += bool(cells)
        kode_skpd = find_skpd(owner(record))
        if cells and kode_skpd and (kode or account):
            row_id = f"{source.pengajuan_id}!{record.sheet}!R{record.row}"
            rows.append({**_row(record, source, row_id, triwulan), "kode_skpd": kode_skpd, "kode": kode,
                         "kode_rekening": account, **{name: v.value for name, v in cells.items()}})  # fmt: skip
            origins += [_origin(source, record, row_id, name, v) for name, v in cells.items()]
    _add(REF_BKD.name, REF_BKD.names, rows, into)
    _add(ORIGINS.name, ORIGINS.names, origins, into)
    return len(rows), seen


def _figures(record: Record, triwulan: int, *, cumulative: bool) -> dict[str, Value]:
    """Pagu and what was spent since January, where they are figures of the row's own cells."""
    quarters = record.fields.get("realisasi_anggaran_tw")
    of_quarter = quarters.get(str(triwulan)) if cumulative and isinstance(quarters, Mapping) else None
    held = {"pagu_rp": record.fields.get("pagu"), "realisasi_rp": record.fields.get("realisasi_anggaran") or of_quarter}
    return {
        name: value
        for name, value in held.items()
        if isinstance(value, Value) and isinstance(value.value, Decimal) and not value.inherited
    }


def _codes(record: Record, above: dict[int, str]) -> tuple[str | None, str | None]:
    """The sub kegiatan (or what stands above it) of a row, and its account; a row of a code is above those below it."""
    written = "".join((_text(record, "kode") or "").split()).rstrip(".")
    if level_of(written):
        above[record.table] = written
        return written, None
    if not _ACCOUNT.match(written) or not written.startswith(_SPENDING):
        return None, None
    return above.get(record.table), written


def _text(record: Record, *names: str) -> str | None:
    values = (record.fields.get(name) for name in names)
    return next((v.value for v in values if isinstance(v, Value) and isinstance(v.value, str) and v.value), None)


def _row(record: Record, source: Source, row_id: str, triwulan: int) -> dict[str, object]:
    return {
        "row_id": row_id,
        "pengajuan_id": source.pengajuan_id,
        "tahun": source.tahun,
        "triwulan": 0,
        "lembar": record.sheet,
        "baris": record.row,
        "uraian": _text(record, "uraian", "sub_kegiatan", "kegiatan", "program"),
        "untuk_triwulan": triwulan,
    }


def _origin(source: Source, record: Record, row_id: str, kolom: str, value: Value) -> dict[str, object]:
    place = {"pengajuan_id": source.pengajuan_id, "lembar": record.sheet, "sel": value.cell}
    return {"row_id": row_id, "kolom": kolom, **place}


def _add(table: str, names: Sequence[str], rows: Sequence[Mapping[str, object]], into: Extract) -> None:
    into.add_rows(table, len(rows), {name: [row.get(name) for row in rows] for name in names})
