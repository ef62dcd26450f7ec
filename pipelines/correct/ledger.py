"""Rows of the ledger → the corrections they mean; a row that does not say all of it is a finding and means none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from schemas.correction import CORRECTABLE, EMPTY_WORD, LEDGER_SHEET
from schemas.finding import Finding, Place, make_finding
from schemas.layout import Field, SheetLayout, field_by_label, fold_label, load_layout
from schemas.period import ROMAN
from schemas.vocabulary import Tingkat
from schemas.workbook import Cell

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Correction:
    """One row of the ledger, understood: which cell, what is expected in it, what is to be used instead."""

    koreksi_id: str
    acuan_id: str
    place: Place
    sheet: SheetLayout
    field: Field
    kode: str
    lama: Cell
    baru: Cell
    alasan: str
    dasar: str
    tanggal: date
    peran: str

    @property
    def kode_skpd(self) -> str:
        """Whose workbook is corrected."""
        assert self.place.kode_skpd
        return self.place.kode_skpd

    @property
    def key(self) -> str:
        """The typed column in which the code stands."""
        return CORRECTABLE[self.sheet.sheet]

    def at(self, sel: str | None) -> Place:
        """The place of a cell of this row of the ledger."""
        return replace(self.place, sel=sel)


@dataclass(frozen=True)
class Ledger:
    """The ledger of a year as it was read: its rows in order, and the cell of every value."""

    rows: tuple[Row, ...]
    cells: Mapping[tuple[str, str], str]
    files: Mapping[str, str]
    unreadable: frozenset[str] = frozenset()
    """Rows the reader found an error in."""
    skpd: Callable[[str], frozenset[str]] = lambda code: frozenset({code})
    """The codes of the SKPD that a code or a name stands for."""

    def cell(self, koreksi_id: str, name: str) -> str | None:
        """Address of a value of one row, None where the cell is empty."""
        return self.cells.get((koreksi_id, name))


def compose_ledger(
    rows: Iterable[Row],
    cells: Iterable[Row],
    files: Mapping[str, str],
    noted: Iterable[Finding],
    skpd: Callable[[str], frozenset[str]] | None = None,
) -> Ledger:
    """The ledger of its rows, of the cells of all references and of what reading these found."""
    listed = tuple(rows)
    mine = {row["row_id"] for row in listed}
    read = Ledger(
        rows=listed,
        cells={(c["row_id"], c["kolom"]): c["sel"] for c in cells if c["row_id"] in mine},
        files=files,
        unreadable=frozenset(f.row_id for f in noted if f.row_id and f.tingkat == Tingkat.ERROR),
    )
    return replace(read, skpd=skpd) if skpd else read


@cache
def correctable_sheets() -> Mapping[str, SheetLayout]:
    """The sheets whose cells may be corrected, by folded name."""
    return {fold_label(name): load_layout("format_pengisian").sheet(name) for name in CORRECTABLE}


def understand(ledger: Ledger) -> tuple[list[Correction], list[Finding]]:
    """The corrections the ledger means, in its order, and everything that is wrong with its other rows."""
    corrections, findings = [], []
    for row in ledger.rows:
        place = _place(ledger, row)
        wrong = list(_faults(ledger, row, place))
        findings += wrong
        if not wrong and row["row_id"] not in ledger.unreadable:
            corrections.append(_correction(row, place))
    return corrections, findings


def _place(ledger: Ledger, row: Row) -> Place:
    return Place(
        tahun=row["tahun"],
        triwulan=_quarter(row["untuk_triwulan"]) or 0,
        kode_skpd=_skpd(ledger, row),
        berkas=ledger.files.get(row["pengajuan_id"]),
        lembar=LEDGER_SHEET,
        sel=f"A{row['baris']}",
        pengajuan_id=row["pengajuan_id"],
        row_id=row["row_id"],
    )


def _skpd(ledger: Ledger, row: Row) -> str | None:
    """The code of the SKPD whose workbook is meant, as written where it is nobody's."""
    written = _code(row["kode_skpd"])
    found = ledger.skpd(row["kode_skpd"]) if written else frozenset()
    return next(iter(found)) if len(found) == 1 else written


def _faults(ledger: Ledger, row: Row, place: Place) -> Iterator[Finding]:
    """What a row leaves out, and the words of it nobody knows."""
    missing = [f.label for f in _ledger_fields() if not _filled(row, f) and f.name not in _told(ledger, row)]
    if missing:
        yield make_finding("KOR-001", place, kurang=", ".join(missing), baris=row["baris"])
    if row["untuk_triwulan"] and not place.triwulan:
        yield _unknown(ledger, row, place, "untuk_triwulan", ROMAN)
    if row["kode_skpd"] and len(ledger.skpd(row["kode_skpd"])) != 1:
        at = replace(place, sel=ledger.cell(row["row_id"], "kode_skpd"), kode_skpd=None)
        yield make_finding("KOR-009", at, row["kode_skpd"])
    sheet = correctable_sheets().get(fold_label(row["untuk_lembar"]))
    if sheet is None and row["untuk_lembar"]:
        yield _unknown(ledger, row, place, "untuk_lembar", CORRECTABLE)
    if sheet and row["untuk_kolom"] and fold_label(row["untuk_kolom"]) not in field_by_label(sheet):
        yield _unknown(ledger, row, place, "untuk_kolom", (f.label for f in sheet.fields))


def _ledger_fields() -> tuple[Field, ...]:
    return load_layout("acuan").sheet(LEDGER_SHEET).fields


def _told(ledger: Ledger, row: Row) -> frozenset[str]:
    """What the reader has said already: a date that cannot be read is not missing."""
    return frozenset({"tanggal"}) if row["row_id"] in ledger.unreadable else frozenset()


def _filled(row: Row, f: Field) -> bool:
    return _cell(row, f.name) is not None if f.kind == "entry" else row[f.name] is not None


def _cell(row: Row, name: str) -> Cell:
    """A value of the ledger as a cell of the sheet it is meant for."""
    angka, teks = row[f"{name}_angka"], row[f"{name}_teks"]
    return teks if angka is None else float(angka)


def _unknown(ledger: Ledger, row: Row, place: Place, name: str, choices: Iterable[str]) -> Finding:
    label = next(f.label for f in _ledger_fields() if f.name == name)
    at = replace(place, sel=ledger.cell(row["row_id"], name))
    return make_finding("KOR-002", at, row[name], kolom=label, pilihan=", ".join(choices))


def _quarter(written: str | None) -> int | None:
    """`II`, `2`, `TW II`, `Triwulan 2` → 2; anything else None."""
    word = fold_label(written).removeprefix("triwulan").removeprefix("tw").upper()
    names = {name: n for n, roman in enumerate(ROMAN, 1) for name in (roman, str(n))}
    return names.get(word)


def _code(written: str | None) -> str | None:
    return "".join(written.split()) if written else None


def _correction(row: Row, place: Place) -> Correction:
    sheet = correctable_sheets()[fold_label(row["untuk_lembar"])]
    return Correction(
        koreksi_id=row["row_id"],
        acuan_id=row["pengajuan_id"],
        place=place,
        sheet=sheet,
        field=field_by_label(sheet)[fold_label(row["untuk_kolom"])],
        kode=_code(row["kode"]) or "",
        lama=_meant(_cell(row, "nilai_lama")),
        baru=_meant(_cell(row, "nilai_baru")),
        alasan=row["alasan"],
        dasar=row["dasar"],
        tanggal=row["tanggal"],
        peran=row["peran"],
    )


def _meant(cell: Cell) -> Cell:
    """Nothing, where the ledger says so in words."""
    empty = isinstance(cell, str) and fold_label(cell).strip("()") == EMPTY_WORD.strip("()")
    return None if empty else cell
