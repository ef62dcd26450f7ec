"""What was understood of an LRA, RFK or SIPD export → rows of the BKD ledger, with the cell of every figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.extract.documents import Documents, Spent
from pipelines.extract.formulir import certain_records, is_unread
from pipelines.extract.sheets import Extract, Source
from pipelines.extract.summary import is_dated, quarter_in, text_in
from schemas.codes import level_of
from schemas.reading import FormReading, FoundTable, Record, Value
from schemas.reference import REF_BKD
from schemas.typed import ORIGINS
from schemas.vocabulary import CaraIsi, Level

_ACCOUNT = re.compile(r"^[45678](\.\d+)*$")
"""Accounts of revenue, spending and financing (4-8); only those of spending (5) are realisasi of a sub kegiatan."""

_SPENDING = "5"

Find = Callable[[Record], str | None]
"""The SKPD of a row, or of the workbook where the row names none."""


@dataclass
class Counted:
    """Rows with money and those that entered the ledger; documents of spending, which tell what becomes of them."""

    seen: int = 0
    used: int = 0
    documents: int = 0


@dataclass
class _Rows:
    source: Source
    triwulan: int | None
    rows: list[dict[str, object]] = field(default_factory=list)
    origins: list[dict[str, object]] = field(default_factory=list)

    def add(
        self, record: Record, suffix: str, known: Mapping[str, object], cells: Mapping[str, Sequence[Value]]
    ) -> None:
        """One row of the ledger that stands at a row of the export, with the cells of its figures."""
        row_id = f"{self.source.pengajuan_id}!{record.sheet}!R{record.row}{suffix}"
        place = {"pengajuan_id": self.source.pengajuan_id, "lembar": record.sheet}
        same = {"tahun": self.source.tahun, "triwulan": 0, "baris": record.row, "untuk_triwulan": self.triwulan}
        self.rows.append({**place, **same, **known, "row_id": row_id})
        self.origins += [
            {"row_id": row_id, "kolom": name, **place, "sel": v.cell} for name, values in cells.items() for v in values
        ]

    def add_spent(self, spent: Spent) -> None:
        """The sum of documents: it stands at the first of them."""
        skpd, kode, account = spent.key
        first = spent.documents[0].record
        named = {"kode_skpd": skpd, "kode": kode, "kode_rekening": account, "uraian": spent.uraian}
        known = {**named, "untuk_triwulan": spent.quarter, "realisasi_rp": spent.rupiah}
        cells = {"realisasi_rp": [d.spent for d in spent.documents]}
        self.add(first, f".{account or 'jumlah'}.TW{spent.quarter}", known, cells)


def extract_ledger(
    reading: FormReading, source: Source, triwulan: int | None, find_skpd: Find, into: Extract
) -> Counted:
    """The rows of certain tables that bear a code and money, under the sub kegiatan above or beside them.

    Documents with a quarter each are added up; `triwulan` is that of the name of the file, None where it has none.
    """
    made, documents, counted = _Rows(source, triwulan), Documents(triwulan), Counted()
    tables = {t.number: t for t in reading.tables}
    above: dict[int, str] = {}
    for record in certain_records(reading):
        table = tables[record.table]
        codes, kode_skpd = _codes(record, table, above), find_skpd(record)
        if is_dated(table):
            if _is_spending(record):
                counted.documents += 1
                quarter = quarter_in(record, table, source.tahun)
                documents.add(record, kode_skpd, codes, quarter)
            continue
        cells = _money(record, triwulan, cumulative=table.cara_isi is CaraIsi.KUMULATIF)
        figures = {name: v.value for name, v in cells.items() if v.value is not None}
        counted.seen += bool(figures)
        if cells and kode_skpd and any(codes) and triwulan:
            counted.used += bool(figures)
            named = {"kode_skpd": kode_skpd, "kode": codes[0], "kode_rekening": codes[1]}
            uraian = text_in(record, "uraian", "rekening", "sub_kegiatan", "kegiatan", "program")
            known = {**named, "uraian": uraian, **figures}
            made.add(record, "", known, {name: [v] for name, v in cells.items()})
    for spent in documents.add_up():
        made.add_spent(spent)
    into.findings.extend(documents.notice(source))
    _add(REF_BKD.name, REF_BKD.names, made.rows, into)
    _add(ORIGINS.name, ORIGINS.names, made.origins, into)
    return counted


def _money(record: Record, triwulan: int | None, *, cumulative: bool) -> dict[str, Value]:
    """Pagu and what was spent since January, where the row's own cells hold figures or what nobody could read."""
    quarters = record.fields.get("realisasi_anggaran_tw")
    of_quarter = quarters.get(str(triwulan)) if cumulative and isinstance(quarters, Mapping) else None
    held = {"pagu_rp": record.fields.get("pagu"), "realisasi_rp": record.fields.get("realisasi_anggaran") or of_quarter}
    return {
        name: value
        for name, value in held.items()
        if isinstance(value, Value) and (isinstance(value.value, Decimal) or is_unread(value)) and not value.inherited
    }


def _codes(record: Record, table: FoundTable, above: dict[int, str]) -> tuple[str | None, str | None]:
    """The sub kegiatan (or what stands above it) of a row, and its account; a row of a code is above those below it.

    An account in a column of its own stands beside its sub kegiatan: where that is left empty, a wider code in the row
    does not take its place.
    """
    written, account = _code(record, "kode"), _code(record, "kode_rekening")
    if account or is_dated(table):
        narrowest = level_of(written) is Level.SUB_KEGIATAN or (
            level_of(written) and "sub_kegiatan" not in table.columns
        )
        return (written, account or None) if narrowest and _is_spending(record) else (None, None)
    if level_of(written):
        above[record.table] = written
        return written, None
    if not _ACCOUNT.match(written) or not written.startswith(_SPENDING):
        return None, None
    return above.get(record.table), written


def _is_spending(record: Record) -> bool:
    """Not a document of revenue or financing; one without account is of the sub kegiatan it names."""
    account = _code(record, "kode_rekening")
    return not account or bool(_ACCOUNT.match(account) and account.startswith(_SPENDING))


def _code(record: Record, name: str) -> str:
    return "".join((text_in(record, name) or "").split()).rstrip(".")


def _add(table: str, names: Sequence[str], rows: Sequence[Mapping[str, object]], into: Extract) -> None:
    into.add_rows(table, len(rows), {name: [row.get(name) for row in rows] for name in names})
