"""What a file says of itself: whose it is and of which quarter. The file's name is only a hint that is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from pathlib import PurePosixPath

from pipelines.names import fold_name
from schemas.layout import SheetLayout, locate_labels
from schemas.period import ROMAN
from schemas.workbook import Cell, Grid

_NAME_QUARTER = re.compile(r"(?:tw|triwulan|trw)[\s_.-]*(iv|iii|ii|i|[1-4])(?![0-9a-z])", re.IGNORECASE)

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OF_ANY_FILE = frozenset(
    ("bukti", "data", "dokumen", "dukung", "foto", "kiriman", "kinerja", "lampiran", "laporan", "opd", "scan", "skpd")
)
PARCELS = frozenset({".zip", ".eml"})


@dataclass(frozen=True)
class Identity:
    """The identity a workbook declares; `missing` names the labels that could not be read."""

    kode_skpd: str | None
    nama_skpd: str | None
    tahun: int | None
    triwulan: int | None
    dokumen_pk: str | None
    status_data: str | None
    missing: tuple[str, ...]


def identify_workbook(grid: Grid | None, layout: SheetLayout) -> Identity:
    """Read the Identitas sheet; nothing is guessed, what is not there is named."""
    cells = {} if grid is None else locate_labels(grid, layout)
    said: dict[str, Cell] = {name: grid.value(*cell) for name, cell in cells.items()} if grid else {}
    kode_skpd, tahun = _text(said.get("kode_skpd")), _whole(said.get("tahun"), range(2015, 2100))
    triwulan = parse_quarter(said.get("triwulan"))
    required = {"kode_skpd": kode_skpd, "tahun": tahun, "triwulan": triwulan}
    labels = {f.name: f.label for f in layout.fields}
    return Identity(
        kode_skpd=kode_skpd,
        nama_skpd=_text(said.get("nama_skpd")),
        tahun=tahun,
        triwulan=triwulan,
        dokumen_pk=_text(said.get("dokumen_pk")),
        status_data=_text(said.get("status_data")),
        missing=tuple(labels[name] for name, value in required.items() if value is None),
    )


def parse_quarter(cell: Cell) -> int | None:
    """`2`, `II`, `TW II`, `Triwulan 2` → 2; anything else None."""
    if isinstance(cell, str):
        word = re.sub(r"^(tw|triwulan)[\s._-]*", "", cell.strip(), flags=re.IGNORECASE).upper()
        if word in ROMAN:
            return ROMAN.index(word) + 1
        cell = word
    return _whole(cell, range(1, 5))


def hinted_quarter(berkas: str) -> int | None:
    """The quarter the name of a file mentions, if it mentions exactly one, else that of the zip or mail it came in."""
    *folders, name = PurePosixPath(berkas).parts
    parcels = [folder for folder in reversed(folders) if is_parcel(folder)]
    hints = (_mentioned(text) for text in (name, *parcels))
    return next((hint for hint in hints if hint), None)


def is_parcel(name: str) -> bool:
    """Whether a part of the path of a received file is a zip or mail that other files came in."""
    return PurePosixPath(name).suffix.lower() in PARCELS


def bare_name(name: str) -> str:
    """The name of a file or zip without its ending, quarter and year, and the words every such name has."""
    stem = _YEAR.sub(" ", _NAME_QUARTER.sub(" ", PurePosixPath(name).stem))
    return " ".join(word for word in re.split(r"[\s_.,()-]+", stem) if word.casefold() not in _OF_ANY_FILE)


def _mentioned(name: str) -> int | None:
    found = {parse_quarter(match) for match in _NAME_QUARTER.findall(name)}
    return found.pop() if len(found) == 1 else None


def _text(cell: Cell) -> str | None:
    return (str(cell).strip() or None) if cell is not None else None


def _whole(cell: Cell, allowed: range) -> int | None:
    """A number of the range; a cell may hold digits no number is written with, too many of them, or no finite one."""
    if isinstance(cell, str):
        digits = cell.strip()
        cell = int(digits) if digits.isdecimal() and len(digits) <= len(str(allowed.stop)) else None
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not isfinite(cell) or int(cell) != cell:
        return None
    return int(cell) if int(cell) in allowed else None


def knows_name(name: str, official: str, aliases: str | None) -> bool:
    """Whether `name` is the official name or one of its confirmed aliases (separated by `;`)."""
    known = [official, *(aliases or "").split(";")]
    return fold_name(name) in {fold_name(k) for k in known if k.strip()}


def agrees(said: Identity, made_for: Identity) -> bool:
    """Whether a workbook says it is what it was issued as; one that does not tell what it was issued as agrees."""
    pairs = ((said.kode_skpd, made_for.kode_skpd), (said.tahun, made_for.tahun), (said.triwulan, made_for.triwulan))
    return all(issued is None or issued == told for told, issued in pairs)


def describe(identity: Identity) -> str:
    """An identity in words: `SKPD 1.02…, Triwulan II Tahun 2025`."""
    quarter = f"Triwulan {ROMAN[identity.triwulan - 1]}" if identity.triwulan else "triwulan tidak disebut"
    return f"SKPD {identity.kode_skpd}, {quarter} Tahun {identity.tahun}"
