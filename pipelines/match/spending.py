"""What a budget row of a form says of its money: pagu, and what was spent since January or quarter by quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.match.outcome import Matched
from pipelines.match.rows import Cell, FormRow
from pipelines.match.tie import Tie
from schemas.period import ROMAN
from schemas.typed import TYPED_ANGGARAN, TYPED_BELANJA_TRIWULAN
from schemas.vocabulary import CaraIsi, Keadaan, Level

BESIDE = frozenset({"sasaran_indikator", "tujuan_indikator"})
"""Levels of rows beside whose indicator a programme and its money may stand."""


@dataclass
class BudgetRow:
    """A row of a form as a budget row: its level and name, the tie, and how many rows below it wait for that tie."""

    row: FormRow
    row_id: str
    level: Level
    name: Cell | None
    nama: str
    found: Tie = field(default_factory=lambda: Tie(None))
    below: int = 0


def _quarters(row: FormRow) -> dict[int, Cell]:
    """What was spent by quarter, where a figure stands, or something that nobody could read as one."""
    cells = ((q, row.cell(f"realisasi_anggaran_tw.{q}")) for q in range(1, 5))
    return {q: cell for q, cell in cells if cell and (cell.nilai is not None or cell.keadaan == Keadaan.GALAT)}


def _later(row: FormRow) -> bool:
    """Whether money stands in a quarter after the form's own."""
    return any(cell.nilai for q, cell in _quarters(row).items() if q > row.triwulan)


def _spent(row: FormRow) -> tuple[Cell | None, dict[int, Cell]]:
    """What was spent since January as one cell, or quarter by quarter; neither where the form does not say which.

    A column that adds the quarters up stands for them where none of them is filled, and where nobody says what they
    hold, as long as no later quarter is in it.
    """
    past = {q: cell for q, cell in _quarters(row).items() if q <= row.triwulan}
    total = None if _later(row) else row.cell("realisasi_anggaran")
    if not past:
        return total, {}
    if row.cara_isi == CaraIsi.KUMULATIF:
        return past.get(row.triwulan), {}
    if row.cara_isi == CaraIsi.PER_TRIWULAN or row.triwulan == 1:
        return None, past
    return total, {}


def type_budget(budget: BudgetRow, into: Matched) -> None:
    """One row of typed_anggaran, and one of typed_belanja_triwulan for each quarter that is given alone."""
    row = budget.row
    spent, quarters = _spent(row)
    pagu, fisik = row.cell("pagu"), row.cell(f"realisasi_fisik_tw.{row.triwulan}", "realisasi_fisik")
    stated = row.cell("realisasi_anggaran") if quarters and not _later(row) else None
    figures = {
        "pagu_rp": pagu,
        "realisasi_rp": spent,
        "realisasi_fisik_pct": fisik,
        "realisasi_dinyatakan_rp": stated,
    }
    columns = {
        **row.identity(budget.row_id),
        "kode": budget.found.kode,
        "uraian": budget.nama or None,
        "level": str(budget.level),
        "kode_indikator": None,
        **{name: None if cell is None else cell.nilai for name, cell in figures.items()},
    }
    code = row.cell("kode") if row.level not in BESIDE else None
    cells = {"kode": code or budget.name, "uraian": budget.name, **figures}
    into.add(TYPED_ANGGARAN.name, row, columns, cells)
    for quarter, cell in quarters.items():
        _type_quarter(budget, quarter, cell, into)


def _type_quarter(budget: BudgetRow, quarter: int, cell: Cell, into: Matched) -> None:
    columns = {
        **budget.row.identity(f"{budget.row_id}:TW{quarter}"),
        "row_id_anggaran": budget.row_id,
        "untuk_triwulan": quarter,
        "realisasi_rp": cell.nilai,
    }
    into.add(TYPED_BELANJA_TRIWULAN.name, budget.row, columns, {"realisasi_rp": cell})


def check_quarters(kept: Sequence[BudgetRow], into: Matched) -> None:
    """Tables that do not say what their quarters hold, and quarters filled ahead: once a table each."""
    silent: dict[int, list[BudgetRow]] = defaultdict(list)
    ahead: dict[int, list[BudgetRow]] = defaultdict(list)
    for budget in kept:
        if _later(budget.row):
            ahead[budget.row.tabel].append(budget)
        if _quarters(budget.row) and _spent(budget.row) == (None, {}) and budget.row.cara_isi is None:
            silent[budget.row.tabel].append(budget)
    for budget in (b for group in (*silent.values(), *ahead.values()) for b in group):
        into.account(budget.row, [*_quarters(budget.row).values(), budget.row.cell("realisasi_anggaran")])
    for group in silent.values():
        into.tell("COC-006", group[0].row, _quarters(group[0].row).popitem()[1], None, jumlah=len(group))
    for group in ahead.values():
        first = group[0].row
        cell = next(c for q, c in _quarters(first).items() if q > first.triwulan)
        into.tell("COC-009", first, cell, None, triwulan=ROMAN[first.triwulan - 1], jumlah=len(group))
