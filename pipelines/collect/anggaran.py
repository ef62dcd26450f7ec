"""The Anggaran sheet: sub kegiatan are filled, kegiatan and program sum themselves by live formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.worksheet import Worksheet

from pipelines.collect.tables import Drawing, draw_table
from schemas.codes import level_of
from schemas.form import HEADER_ROW, AnggaranRow, FormValue, form_cell, form_columns
from schemas.vocabulary import Level

_HUNDREDTH = Decimal("0.01")


def draw_anggaran(drawing: Drawing, sheet: Worksheet, rows: Sequence[AnggaranRow]) -> None:
    """Draw the budget, then the sums of the parents over it."""
    draw_table(drawing, sheet, rows, _role_of_row)
    progress: dict[int, Decimal | None] = {}
    for index in reversed(range(len(rows))):
        children = _children(rows, index)
        if level_of(rows[index].kode) is not Level.SUB_KEGIATAN and children:
            _write_sums(drawing, sheet, rows, index, children, progress)


def _role_of_row(row: object) -> str | None:
    """A sum has the look of its level, whatever column it stands in."""
    level = level_of(row.kode) if isinstance(row, AnggaranRow) else None
    return str(level) if level in (Level.PROGRAM, Level.KEGIATAN) else None


def _children(rows: Sequence[AnggaranRow], index: int) -> list[int]:
    """The rows one level below: of a program its kegiatan, of a kegiatan its sub kegiatan."""
    below = {Level.PROGRAM: Level.KEGIATAN, Level.KEGIATAN: Level.SUB_KEGIATAN}
    wanted = below.get(level_of(rows[index].kode) or Level.SUB_KEGIATAN)
    prefix = f"{rows[index].kode}."
    return [n for n, row in enumerate(rows) if _below(row, prefix) and level_of(row.kode) is wanted]


def _below(row: AnggaranRow, prefix: str) -> bool:
    return row.kode is not None and row.kode.startswith(prefix)


def _write_sums(
    drawing: Drawing,
    sheet: Worksheet,
    rows: Sequence[AnggaranRow],
    index: int,
    children: Sequence[int],
    progress: dict[int, Decimal | None],
) -> None:
    spent = ",".join(form_cell("Anggaran", "realisasi_rp", n) for n in children)
    total = _total(rows, index)
    _write(drawing, sheet, rows[index], index, "realisasi_rp", f'=IF(COUNT({spent})=0,"",SUM({spent}))', total)
    progress[index] = _weighted([(rows[n].pagu_rp, progress.get(n, rows[n].realisasi_fisik_pct)) for n in children])
    _write(
        drawing, sheet, rows[index], index, "realisasi_fisik_pct", _progress_formula(index, children), progress[index]
    )


def _progress_formula(index: int, children: Sequence[int]) -> str:
    """The physical progress of a parent: its children's, weighted by pagu."""
    done = [form_cell("Anggaran", "realisasi_fisik_pct", n) for n in children]
    parts = "+".join(f"{form_cell('Anggaran', 'pagu_rp', n)}*N({cell})" for n, cell in zip(children, done, strict=True))
    pagu = form_cell("Anggaran", "pagu_rp", index)
    return f'=IF(OR(COUNT({",".join(done)})=0,N({pagu})=0),"",ROUND(({parts})/{pagu},2))'


def _total(rows: Sequence[AnggaranRow], index: int) -> Decimal | None:
    prefix = f"{rows[index].kode}."
    below = [row.realisasi_rp for row in rows if _below(row, prefix)]
    figures = [value for value in below if isinstance(value, Decimal)]
    return sum(figures, Decimal(0)) if figures else None


def _weighted(children: Sequence[tuple[Decimal | None, FormValue]]) -> Decimal | None:
    figures = [(pagu or Decimal(0), done) for pagu, done in children if isinstance(done, Decimal)]
    pagu = sum((p or Decimal(0) for p, _ in children), Decimal(0))
    if not figures or not pagu:
        return None
    return (sum((p * d for p, d in figures), Decimal(0)) / pagu).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _write(
    drawing: Drawing, sheet: Worksheet, row: AnggaranRow, index: int, name: str, formula: str, value: Decimal | None
) -> None:
    look = drawing.palette.format(str(level_of(row.kode)), "rupiah" if name == "realisasi_rp" else "percent")
    column = form_columns("Anggaran").index(name)
    sheet.write_formula(HEADER_ROW + index, column, formula, look, "" if value is None else float(value))
