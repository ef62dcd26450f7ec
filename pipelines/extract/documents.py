"""The documents of an export, one row each per account → realisasi since January per sub kegiatan, account and quarter.

The quarter is that of the SPD a document is paid from. What cannot be placed is told, never counted as nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipelines.extract.forms.documents import list_rows
from pipelines.extract.formulir import is_unread
from pipelines.extract.sheets import Source
from pipelines.numerals import format_exact
from schemas.finding import Finding, make_finding
from schemas.period import ROMAN
from schemas.reading import Record, Value

_UNPLACED, _RETURNED = "REK-021", "REK-022"
_NO_QUARTER = "triwulannya (Periode SPD) tidak terbaca"
Key = tuple[str, str, str | None]
"""SKPD, sub kegiatan and account; without one: the sub kegiatan as a whole."""


@dataclass(frozen=True)
class Document:
    """One row of the export: its quarter and what was spent."""

    record: Record
    quarter: int
    spent: Value
    returned: Value | None


@dataclass(frozen=True)
class Spent:
    """Realisasi of one key since January, with every cell it adds up; none where one of them could not be read."""

    key: Key
    quarter: int
    uraian: str | None
    rupiah: Decimal | None
    documents: tuple[Document, ...]


@dataclass
class Documents:
    """What the documents of one export say; `until` is the quarter its name speaks of, None for all it has."""

    until: int | None
    placed: dict[Key, list[Document]] = field(default_factory=lambda: defaultdict(list))
    partly: set[Key] = field(default_factory=set)
    """Sub kegiatan of which a document names no account: only the whole of them is known."""
    unplaced: dict[str, list[tuple[Record, Decimal]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record, skpd: str | None, codes: tuple[str | None, str | None], quarter: int | None) -> bool:
        """Take one document; False where it cannot be placed, which is told."""
        spent, (kode, account) = record.fields.get("realisasi_anggaran"), codes
        if not isinstance(spent, Value) or not (isinstance(spent.value, Decimal) or is_unread(spent)):
            return False
        if why := self._why_not(record, skpd, kode, quarter):
            self.unplaced[why].append((record, _rupiah(spent) or Decimal(0)))
            return False
        assert skpd and kode and quarter
        returned = record.fields.get("setoran")
        document = Document(record, quarter, spent, returned if isinstance(returned, Value) else None)
        self.placed[skpd, kode, None].append(document)
        if account:
            self.placed[skpd, kode, account].append(document)
        else:
            self.partly.add((skpd, kode, None))
        return True

    def _why_not(self, record: Record, skpd: str | None, kode: str | None, quarter: int | None) -> str | None:
        if skpd is None:
            held = record.fields.get("skpd")
            name = held.value if isinstance(held, Value) else "tidak disebut"
            return f"SKPD-nya tidak dikenali ({name})"
        if kode is None:
            return "tidak menyebut sub kegiatan"
        if quarter is None:
            return _NO_QUARTER
        late = self.until is not None and quarter > self.until
        return f"Periode SPD-nya sesudah TW {ROMAN[(self.until or 1) - 1]}" if late else None

    def add_up(self) -> Iterator[Spent]:
        """Every key in every quarter, since January."""
        last = max((d.quarter for found in self.placed.values() for d in found), default=0)
        quarters = range(1, last + 1) if self.until is None else (self.until,)
        for quarter in quarters:
            for key, found in self.placed.items():
                counted = tuple(d for d in found if d.quarter <= quarter)
                if counted and not (key[2] and (*key[:2], None) in self.partly):
                    yield Spent(key, quarter, _uraian(counted[0].record, key), _total(counted), counted)

    def notice(self, source: Source) -> Iterator[Finding]:
        """What was not placed, by why; money that came back and was not taken off."""
        for why, found in self.unplaced.items():
            rows, first = [r.row for r, _ in found], found[0][0]
            words = {"jumlah": len(rows), "rupiah": format_exact(sum((v for _, v in found), Decimal(0)))}
            yield self._tell(_UNPLACED, source, first, {**words, "baris": list_rows(rows), "sebab": why})
        back = {
            d.record.row: (d.record, d.returned.value)
            for found in self.placed.values()
            for d in found
            if d.returned and isinstance(d.returned.value, Decimal) and d.returned.value
        }
        if back:
            rupiah = format_exact(sum((v for _, v in back.values()), Decimal(0)))
            words = {"jumlah": len(back), "rupiah": rupiah, "baris": list_rows(list(back))}
            yield self._tell(_RETURNED, source, next(iter(back.values()))[0], words)

    def _tell(self, kode: str, source: Source, record: Record, words: Mapping[str, object]) -> Finding:
        held = record.fields.get("realisasi_anggaran")
        at = replace(source.place(record.sheet), sel=held.cell if isinstance(held, Value) else None)
        return make_finding(kode, at, source.berkas, **words)


def _rupiah(spent: Value) -> Decimal | None:
    return spent.value if isinstance(spent.value, Decimal) else None


def _total(documents: Iterable[Document]) -> Decimal | None:
    figures = [_rupiah(d.spent) for d in documents]
    return None if None in figures else sum(filter(None, figures), Decimal(0))


def _uraian(record: Record, key: Key) -> str | None:
    held = record.fields.get("rekening" if key[2] else "sub_kegiatan")
    return held.value if isinstance(held, Value) and isinstance(held.value, str) else None
