"""What the documents of an export come to: realisasi per SKPD, sub kegiatan and quarter, as the rows themselves say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from pipelines.extract.forms.documents import quarter_of
from schemas.reading import FormReading, FoundTable, Record, Value


@dataclass(frozen=True)
class Sum:
    """Realisasi of a sub kegiatan in a quarter (None: the rows do not say which), and how many figures it adds up."""

    kode_skpd: str | None
    skpd: str | None
    kode: str | None
    sub_kegiatan: str | None
    triwulan: int | None
    realisasi: Decimal
    rows: int


def is_dated(table: FoundTable) -> bool:
    """Whether its rows name their quarter: then each is a document, not a sum since January."""
    return "periode_spd" in table.columns and "realisasi_anggaran" in table.columns


def quarter_in(record: Record, table: FoundTable, year: int | None) -> int | None:
    """The quarter a row of such a table names."""
    heading = table.labels.get(table.columns["periode_spd"].split(",")[0], "")
    return quarter_of(text_in(record, "periode_spd"), heading, year)


def text_in(record: Record, *names: str) -> str | None:
    """The first of these fields that holds a text."""
    values = (record.fields.get(name) for name in names)
    return next((v.value for v in values if isinstance(v, Value) and isinstance(v.value, str) and v.value), None)


def summarise(reading: FormReading, table: FoundTable) -> list[Sum]:
    """The sums of a table of documents in the order of its rows; nothing of any other table."""
    found: dict[tuple[str | None, str | None, int | None], list[Record]] = defaultdict(list)
    spent: dict[tuple[str | None, str | None, int | None], Decimal] = defaultdict(Decimal)
    for record in reading.rows if is_dated(table) else ():
        figure = record.fields.get("realisasi_anggaran")
        if record.table == table.number and isinstance(figure, Value) and isinstance(figure.value, Decimal):
            owner, kode = text_in(record, "kode_skpd", "skpd"), text_in(record, "kode")
            key = owner, kode, quarter_in(record, table, reading.declared.tahun)
            found[key].append(record)
            spent[key] += figure.value
    return [
        Sum(
            text_in(rows[0], "kode_skpd"),
            text_in(rows[0], "skpd"),
            kode,
            text_in(rows[0], "sub_kegiatan"),
            quarter,
            spent[owner, kode, quarter],
            len(rows),
        )
        for (owner, kode, quarter), rows in found.items()
    ]
