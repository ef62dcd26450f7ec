"""The level of a row in a table whose one column names urusan, program, kegiatan and sub kegiatan alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.codes import level_of
from schemas.headings import fold_text
from schemas.units import is_percent_unit

SKPD = "skpd"
URUSAN, BIDANG, PROGRAM, KEGIATAN, SUB = "urusan", "bidang_urusan", "program", "kegiatan", "sub_kegiatan"
_ORDER = (PROGRAM, KEGIATAN, SUB)
EXTRA_INDICATOR = "program_indikator_tambahan"

_WORDS = (
    (SUB, re.compile(r"^sub ?-?kegiatan\b")),
    (KEGIATAN, re.compile(r"^kegiatan\b")),
    (PROGRAM, re.compile(r"^program\b")),
    (BIDANG, re.compile(r"^bidang( urusan)?\b")),
    (URUSAN, re.compile(r"^(unsur|urusan)\b")),
)
_URUSAN_CODE = re.compile(r"^[\dXx]$")
_BIDANG_CODE = re.compile(r"^[\dXx]\.(\d\d|[Xx]{2})$")
_SKPD_CODE = re.compile(r"^\d\.\d\d\.\d\.\d\d\.\d\.\d\d\.\d\d\.\d{4}$")
_LEADING_CODE = re.compile(r"^\s*\[?(\d\.\d\d(?:\.\d\d(?:\.\d\.\d\d(?:\.\d{2,4})?)?)?)\.?\]?[\s:-]+(?=\D)")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?[A-Z]{1,3}\$?(\d+))?")
_ACCOUNTS = {1: "akun", 2: "kelompok", 3: "jenis", 4: "objek", 5: "rincian_objek", 6: "sub_rincian_objek"}


@dataclass(frozen=True)
class Named:
    """What is known of a row before its level is: name, code, indicator, unit, and the rows its money sums."""

    row: int
    name: str
    kode: str | None
    indikator: str
    satuan: str
    sums: frozenset[int]

    @property
    def indent(self) -> int:
        """The blanks before the name: some forms show the level by nothing else."""
        return len(self.name) - len(self.name.lstrip())


def leading_code(name: str) -> str | None:
    """The code a name begins with: `1.05.02 PROGRAM …`, `[1.01.02] PROGRAM …`."""
    match = _LEADING_CODE.match(name)
    return match[1] if match else None


def account_level(kode: str | None) -> str | None:
    """The level of a kode rekening belanja by its parts: 5 akun, 5.1 kelompok, 5.1.01 jenis … (Permendagri 90/2019)."""
    parts = (kode or "").strip(". ").split(".")
    return _ACCOUNTS.get(len(parts)) if all(p.isdigit() for p in parts) else None


def code_level(kode: str | None) -> str | None:
    """The level a code stands for: urusan, bidang urusan, program, kegiatan, sub kegiatan; None where it fits none."""
    kode = (kode or "").strip(". ")
    if _SKPD_CODE.match(kode):
        return SKPD
    if _URUSAN_CODE.match(kode):
        return URUSAN
    if _BIDANG_CODE.match(kode):
        return BIDANG
    level = level_of(kode)
    return str(level) if level else None


def word_level(name: str) -> str | None:
    """The level the name itself begins with: `PROGRAM …`, `Kegiatan …`, `Sub Kegiatan …`."""
    folded = fold_text(name)
    return next((level for level, pattern in _WORDS if pattern.match(folded)), None)


def summed_rows(formulas: Sequence[str]) -> frozenset[int]:
    """The rows of the same column that the formulas of a row add up."""
    rows: set[int] = set()
    for formula in formulas:
        for _, first, last in _REFERENCE.findall(formula):
            start, end = int(first), int(last or first)
            rows.update(range(start, min(end, start + 2000) + 1))
    return frozenset(rows)


def assign_levels(rows: Sequence[Named]) -> tuple[dict[int, str], frozenset[int]]:
    """Row → level, and the rows where it rests on nothing better than the kind of indicator.

    In this order: the code, the first word of the name, which rows its money sums, whether it has an indicator at all,
    the kind of indicator (a sub kegiatan counts outputs, a kegiatan is measured as a share).
    """
    levels: dict[int, str] = {}
    guessed: set[int] = set()
    for row in rows:
        sure = _sure_level(row)
        if sure:
            levels[row.row] = sure
    _from_indents(rows, levels)
    _from_sums(rows, levels)
    for position, row in enumerate(rows):
        if row.row not in levels:
            levels[row.row] = _by_kind(row, rows[position + 1 :], levels)
            guessed.add(row.row)
    return levels, frozenset(guessed)


def _sure_level(row: Named) -> str | None:
    if not row.name and row.indikator:
        return EXTRA_INDICATOR
    return code_level(row.kode or leading_code(row.name)) or word_level(row.name)


def _from_indents(rows: Sequence[Named], levels: dict[int, str]) -> None:
    """Where names of one level share one indent and deeper ones lie below, the indent tells the rest."""
    named = [r for r in rows if r.name.strip()]
    depths = sorted({r.indent for r in named})
    known = {r.indent: levels[r.row] for r in named if r.row in levels}
    top = known.get(depths[0]) if depths else None
    if len(depths) < 2 or top not in _ORDER:
        return
    below = dict(zip(depths, _ORDER[_ORDER.index(top) :], strict=False))
    for row in named:
        if row.row not in levels and row.indent in below:
            levels[row.row] = below[row.indent]


def _from_sums(rows: Sequence[Named], levels: dict[int, str]) -> None:
    """A row that sums programmes is an urusan; one that a programme sums is a kegiatan; what a kegiatan sums, a sub."""
    below = {PROGRAM: KEGIATAN, KEGIATAN: SUB}
    by_row = {r.row: r for r in rows}
    for row in rows:
        parts = {levels.get(n) for n in row.sums if n in by_row}
        if row.row not in levels and parts & {PROGRAM, URUSAN, BIDANG}:
            levels[row.row] = URUSAN
    for parent, child in below.items():
        for row in rows:
            if levels.get(row.row) == parent:
                levels.update({n: child for n in row.sums if n in by_row and n not in levels and n > row.row})


def _by_kind(row: Named, following: Sequence[Named], levels: Mapping[int, str]) -> str:
    if not row.indikator and not row.satuan:
        after = next((levels.get(r.row) for r in following), None)
        return URUSAN if after in (PROGRAM, URUSAN, BIDANG) else KEGIATAN
    share = is_percent_unit(row.satuan) or fold_text(row.indikator).startswith(("persentase", "persen", "tingkat"))
    return KEGIATAN if share else SUB
