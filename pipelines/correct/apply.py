"""Typed rows + corrections → typed rows, old and new value kept; nothing changes where the guard does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.correct.ledger import Correction, Ledger
from pipelines.correct.values import Read, Reader, is_same, shown, shown_cell
from pipelines.numerals import format_date, say_change
from schemas.codes import level_of
from schemas.correction import IN_FORCE
from schemas.finding import Finding, Place, make_finding
from schemas.vocabulary import LABELS, Tingkat

Row = dict[str, Any]


@dataclass
class Corrected:
    """Changed rows by typed table, the record of each correction in force, and what is to be told."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    records: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Sheets:
    """What was read of the year: typed tables, the cell of every value, what the reader found, names of files."""

    typed: Mapping[str, pa.Table]
    origins: pa.Table
    findings: Sequence[Finding]
    files: Mapping[str, str]


def apply_corrections(corrections: Iterable[Correction], ledger: Ledger, sheets: Sheets, read: Reader) -> Corrected:
    """Apply every correction whose expected value stands in exactly one row, in the order of the ledger.

    A later correction of the same cell expects what the one before it left there.
    """
    run = _Run(ledger, sheets, read)
    for correction in corrections:
        run.apply(correction)
    return run.made


def replace_rows(table: pa.Table, changed: pa.Table) -> pa.Table:
    """`table` with the rows of `changed` in the place of those of the same row_id; the order stays."""
    at = {row_id: n for n, row_id in enumerate(changed["row_id"].to_pylist())}
    if not at:
        return table
    order = [table.num_rows + at[row_id] if row_id in at else n for n, row_id in enumerate(table["row_id"].to_pylist())]
    return pa.concat_tables([table, changed]).take(pa.array(order, pa.int64())).combine_chunks()


def open_findings(findings: Iterable[Finding], records: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """What reading found, less what it found in cells whose value has been replaced."""
    replaced = {(record["row_id"], record["sel"]) for record in records}
    return [f for f in findings if f.row_id is None or (f.row_id, f.sel) not in replaced]


class _Run:
    """One pass over the ledger."""

    def __init__(self, ledger: Ledger, sheets: Sheets, read: Reader) -> None:
        self.ledger, self.sheets, self.read = ledger, sheets, read
        self.made = Corrected()

    def apply(self, c: Correction) -> None:
        rows = self._matching(c)
        if len(rows) != 1:
            self.made.findings.append(self._unmatched(c, rows))
            return
        (row,) = rows
        expected, new = (self.read(cell, c.field, row.get("satuan")) for cell in (c.lama, c.baru))
        sel = _cell_of(self.sheets.origins, row["row_id"], c.field.name)
        refusal = self._refuse(c, row, sel, expected, new)
        if refusal:
            self.made.findings.append(refusal)
        else:
            self._replace(c, row, sel, new)

    def _matching(self, c: Correction) -> list[Row]:
        """The rows a correction is about, as earlier corrections left them."""
        table = self.sheets.typed[c.sheet.table]
        mine = pc.and_(pc.equal(table["kode_skpd"], c.kode_skpd), pc.equal(table["triwulan"], c.place.triwulan))
        changed = self.made.rows.get(c.sheet.table, {})
        rows = (changed.get(row["row_id"], row) for row in table.filter(mine).to_pylist())
        return [row for row in rows if (row[c.key] or "").casefold() == c.kode.casefold()]

    def _unmatched(self, c: Correction, rows: Sequence[Row]) -> Finding:
        listed = ", ".join(str(row["baris"]) for row in rows)
        words = {"kode_baris": c.kode, "lembar_koreksi": c.sheet.sheet, "jumlah": len(rows), "baris": listed}
        return make_finding("KOR-004" if rows else "KOR-003", c.at(self._sel(c, "kode")), c.kode, **words)

    def _refuse(self, c: Correction, row: Row, sel: str | None, expected: Read, new: Read) -> Finding | None:
        """What keeps a correction from being applied: an unreadable value, none needed, or the guard."""
        if new.fault:
            at = c.at(self._sel(c, "nilai_baru"))
            return make_finding("KOR-005", at, shown_cell(c.baru), kolom=c.field.label, sebab=new.fault)
        fault = self._fault(row, sel)
        words = {
            "kolom": c.field.label, "kode_baris": c.kode, "lama": shown_cell(c.lama), "baru": shown_cell(c.baru),
            "terbaca": fault.nilai if fault else shown(c.field, row), "tempat": self._where(row, sel),
        }  # fmt: skip
        if fault is None and is_same(c.field, row, new):
            return make_finding("KOR-007", c.at(self._sel(c, "nilai_baru")), words["baru"], **words)
        if not self._holds(c, row, expected, fault):
            return make_finding("KOR-006", c.at(self._sel(c, "nilai_lama")), words["lama"], **words)
        return None

    def _holds(self, c: Correction, row: Row, expected: Read, fault: Finding | None) -> bool:
        """Whether the workbook holds what the ledger expects; what nobody could read is compared as written."""
        if fault is not None:
            return shown_cell(c.lama) == (fault.nilai or "").strip()
        return expected.fault is None and is_same(c.field, row, expected)

    def _fault(self, row: Row, sel: str | None) -> Finding | None:
        """The error the reader found in the cell, unless an earlier correction has replaced its value."""
        errors = (f for f in self.sheets.findings if f.tingkat == Tingkat.ERROR and f.row_id == row["row_id"])
        return next((f for f in open_findings(errors, self.made.records) if f.sel == sel), None)

    def _replace(self, c: Correction, row: Row, sel: str | None, new: Read) -> None:
        fault = self._fault(row, sel)
        old = (fault.nilai or "") if fault else shown(c.field, row)
        changed = {**row, **new.columns}
        if c.field.name == "kode":
            changed["level"] = level_of(changed["kode"]) if changed["kode"] else None
        self.made.rows.setdefault(c.sheet.table, {})[row["row_id"]] = changed
        record = self._record(c, row, sel, old, shown(c.field, changed))
        self.made.records.append(record)
        self.made.findings.append(self._applied(c, row, record))

    def _record(self, c: Correction, row: Row, sel: str | None, old: str, new: str) -> Row:
        given = ("alasan", "dasar", "tanggal", "peran", "koreksi_id", "acuan_id", "kode_skpd", "kode")
        return {
            **{name: getattr(c, name) for name in given},
            "tahun": c.place.tahun,
            "triwulan": c.place.triwulan,
            "pengajuan_id": row["pengajuan_id"],
            "row_id": row["row_id"],
            "lembar": c.sheet.sheet,
            "kolom": c.field.label,
            "isian": c.field.name,
            "sel": sel,
            "nilai_lama": _word(c, old),
            "nilai_baru": _word(c, new),
            "sel_koreksi": self._sel(c, "nilai_baru"),
        }

    def _applied(self, c: Correction, row: Row, record: Row) -> Finding:
        """The note for whoever sees the workbook: its cell no longer is what is published."""
        at = Place(
            c.place.tahun, c.place.triwulan, c.kode_skpd, self.sheets.files.get(row["pengajuan_id"]), row["lembar"],
            record["sel"], row["pengajuan_id"], row["row_id"],
        )  # fmt: skip
        names = ("kolom", "alasan", "dasar", "peran")
        tempat = f"{self.ledger.files.get(c.acuan_id)}, sel {record['sel_koreksi']}"
        words = {name: record[name] for name in names} | {"tanggal": format_date(record["tanggal"])}
        words["perubahan"] = say_change(record["nilai_lama"], record["nilai_baru"])
        return make_finding(IN_FORCE, at, record["nilai_lama"], kode_baris=c.kode, tempat=tempat, **words)

    def _where(self, row: Row, sel: str | None) -> str:
        place = f"{row['lembar']}!{sel}" if sel else f"{row['lembar']} baris {row['baris']}"
        return f"{self.sheets.files.get(row['pengajuan_id'])}, {place}"

    def _sel(self, c: Correction, name: str) -> str | None:
        return self.ledger.cell(c.koreksi_id, name)


_PRINTED: Mapping[str, str] = {str(word): label for word, label in LABELS.items()}


def _word(c: Correction, text: str) -> str:
    """A word of a vocabulary as it is printed: `Posisi Akhir`, not `posisi_akhir`."""
    return _PRINTED.get(text, text) if c.field.kind == "word" else text


def _cell_of(origins: pa.Table, row_id: str, kolom: str) -> str | None:
    """The first cell a value of a row came from; None where the cell is empty."""
    hits = origins.filter(pc.and_(pc.equal(origins["row_id"], row_id), pc.equal(origins["kolom"], kolom)))
    cells: list[str] = hits["sel"].to_pylist()
    return min(cells, key=lambda sel: (len(sel), sel), default=None)
