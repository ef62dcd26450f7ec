"""Rows of forms as the reader typed them, value by value, put together again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schemas.finding import Place
from schemas.vocabulary import Keadaan

NOTHING = {"nilai": None, "atas": None, "teks": None, "keadaan": str(Keadaan.KOSONG)}


@dataclass(frozen=True)
class Cell:
    """One value of a row; `warisan`: it stands in another row's cell."""

    sel: str | None
    warisan: bool
    nilai: Decimal | None
    atas: Decimal | None
    teks: str | None
    keadaan: str | None


@dataclass(frozen=True)
class FormRow:
    """One row of a form; `cells` holds the values of each field, a quarter's as `realisasi_tw.2`."""

    row_id: str
    pengajuan_id: str
    kode_skpd: str
    tahun: int
    triwulan: int
    lembar: str
    baris: int
    urutan: int
    tabel: int
    level: str
    cara_isi: str | None
    berkas: str
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)

    def cell(self, *names: str) -> Cell | None:
        """The value of the first of these fields that the form has; None where it holds several, or none has it."""
        held = next((self.cells[name] for name in names if name in self.cells), ())
        return held[0] if len(held) == 1 else None

    def figure(self, *names: str) -> Decimal | None:
        """The figure of that field, None where there is none."""
        cell = self.cell(*names)
        return cell.nilai if cell and cell.keadaan == Keadaan.ANGKA else None

    def text(self, *names: str) -> str | None:
        """The text of that field with single spaces; several stand below one another."""
        held = next((self.cells[name] for name in names if name in self.cells), ())
        return "\n".join(_clean(c.teks) for c in held if c.teks and c.teks.strip()) or None

    def has(self, *names: str) -> bool:
        """Whether the form has one of these fields, in any quarter."""
        return any(key.split(".")[0] in names for key in self.cells)

    def place(self, cell: Cell | None = None, row_id: str | None = None) -> Place:
        """Where a finding about this row is."""
        sel = cell.sel if cell else None
        return Place(
            self.tahun, self.triwulan, self.kode_skpd, self.berkas, self.lembar, sel or f"A{self.baris}",
            self.pengajuan_id, row_id,
        )  # fmt: skip

    def identity(self, row_id: str) -> dict[str, object]:
        """The columns every typed row carries."""
        return {
            "row_id": row_id,
            "pengajuan_id": self.pengajuan_id,
            "kode_skpd": self.kode_skpd,
            "tahun": self.tahun,
            "triwulan": self.triwulan,
            "lembar": self.lembar,
            "baris": self.baris,
        }


def _clean(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


_ROW = tuple(name for name in FormRow.__dataclass_fields__ if name not in ("cells", "berkas"))
_CELL = tuple(Cell.__dataclass_fields__)


def gather_rows(values: Iterable[Mapping[str, Any]], files: Mapping[str, str]) -> list[FormRow]:
    """The rows of `typed_formulir`, by submission and place in the form; `files` gives the file of a submission."""
    cells: dict[str, dict[str, list[Cell]]] = {}
    heads: dict[str, dict[str, Any]] = {}
    for value in values:
        row_id = value["row_id"]
        heads.setdefault(row_id, {name: value[name] for name in _ROW})
        held = cells.setdefault(row_id, {})
        held.setdefault(value["kolom"], []).append(Cell(**{name: value[name] for name in _CELL}))
    rows = (
        FormRow(**head, berkas=files[head["pengajuan_id"]], cells={k: tuple(v) for k, v in cells[row_id].items()})
        for row_id, head in heads.items()
    )
    return sorted(rows, key=lambda r: (r.pengajuan_id, r.urutan))


def measure(name: str, cell: Cell | None) -> dict[str, object]:
    """The four typed columns of a value that may be a figure, a grade, a range or an absence."""
    held = NOTHING if cell is None else vars(cell)
    columns = {f"{name}_{part}": held[part] for part in ("nilai", "atas", "teks")}
    return {**columns, f"{name}_keadaan": held["keadaan"] or str(Keadaan.GALAT)}
