"""Kepekaan as tables: which columns the workbook has, and what stands in each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.explain.sensitivity import Sensitive, Sensitivity, Way, name_way, other_ways
from pipelines.numerals import capitalize_first
from schemas.vocabulary import LABELS, Polaritas

Value = Decimal | str | int | None


@dataclass(frozen=True)
class Cell:
    """A value, the shape it is printed in (teks, percent, whole), and whether its category changed."""

    value: Value
    shape: str = "teks"
    marked: bool = False


@dataclass(frozen=True)
class SheetRows:
    """One sheet of the workbook."""

    sheet: str
    title: str
    note: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Cell, ...], ...]


_NOTE = "Kuning: kategorinya lain daripada menurut pilihan yang dipakai sekarang."


def list_sheets(sensitivity: Sensitivity) -> tuple[SheetRows, ...]:
    """Summary, indicators, SKPD."""
    label = sensitivity.label_periode
    return (
        SheetRows("Ringkasan", f"Kepekaan Capaian terhadap Pilihan Pemda · {label}", _in_force(sensitivity), _SUMMARY,
                  tuple(_summary(sensitivity))),
        _figures("Indikator", f"Kepekaan Indikator · {label}", sensitivity.indikator, sensitivity.formula),
        _figures("SKPD", f"Kepekaan Capaian SKPD · {label}", sensitivity.skpd, sensitivity.formula),
    )  # fmt: skip


_SUMMARY = (("Yang dinilai", 14.0), ("Pilihan", 56.0), ("Dapat terpengaruh", 18.0), ("Berubah kategori", 18.0))


def _in_force(sensitivity: Sensitivity) -> str:
    rows = (*sensitivity.skpd, *sensitivity.indikator)
    used = next((w.cara for row in rows for w in row.cara if w.dipakai), None)
    return f"Dipakai sekarang: {name_way(used)}." if used else ""


def _summary(sensitivity: Sensitivity) -> Iterator[tuple[Cell, ...]]:
    for what, rows in (("Indikator", sensitivity.indikator), ("SKPD", sensitivity.skpd)):
        for cara in other_ways(rows):
            ways = [way for row in rows if (way := row.way(cara))]
            changed = sum(1 for way in ways if way.berubah)
            yield (
                Cell(what), Cell(capitalize_first(name_way(cara, sensitivity.formula))), Cell(len(ways), "whole"),
                Cell(changed, "whole", marked=changed > 0),
            )  # fmt: skip


def _figures(sheet: str, title: str, rows: Sequence[Sensitive], formula: str | None) -> SheetRows:
    ways = other_ways(rows)
    described = _INDICATOR if sheet == "Indikator" else _UNIT
    names = {cara: capitalize_first(name_way(cara, formula)) for cara in ways}
    columns = (*described, *((name, 12.0) for name in names.values()), ("Kategori yang berubah", 40.0))
    body = tuple((*_described(row), *(_way(row.way(cara)) for cara in ways), _changes(row, names)) for row in rows)
    return SheetRows(sheet, title, _NOTE, columns, body)


_UNIT = (("Kode SKPD", 24.0), ("SKPD", 38.0), ("Capaian (%)", 11.0), ("Kategori", 14.0))
_INDICATOR = (
    ("Kode SKPD", 24.0), ("SKPD", 34.0), ("Kode", 9.0), ("Indikator", 40.0), ("Polaritas", 11.0), ("Target", 13.0),
    ("Realisasi", 13.0), ("Capaian (%)", 11.0), ("Kategori", 14.0),
)  # fmt: skip


def _described(row: Sensitive) -> Iterator[Cell]:
    yield from (Cell(row.kode_skpd), Cell(row.nama_skpd))
    if row.kode_indikator is not None:
        direction = LABELS[Polaritas(row.polaritas)] if row.polaritas else None
        yield from (Cell(row.kode_indikator), Cell(row.indikator), Cell(direction))
        yield from (Cell(row.target, "percent"), Cell(row.realisasi, "percent"))
    yield from (Cell(row.capaian_pct, "percent"), Cell(row.kategori))


def _way(way: Way | None) -> Cell:
    return Cell(way.capaian_pct, "percent", marked=way.berubah) if way else Cell(None)


def _changes(row: Sensitive, names: Mapping[str, str]) -> Cell:
    """Each changed category in words: `Batas 100: Tinggi`."""
    ways = ((name, row.way(cara)) for cara, name in names.items())
    return Cell("; ".join(f"{name}: {way.kategori}" for name, way in ways if way and way.berubah) or None)
