"""A large sheet of formulas as an SKPD would have it: five columns worked out in every row, totals below."""

from __future__ import annotations

from schemas.workbook import Cell, Grid

HEADER: list[Cell] = ["No", "Uraian", "Pagu Rp", "TW I Rp", "TW II Rp", "TW III Rp", "Jumlah Rp", "%"]


def write_sheet(rows: int) -> Grid:
    """A grid of so many rows, five formulas in each but the first and the last."""
    values, formulas = [HEADER], dict[str, str]()
    for row in range(2, rows):
        values.append([row - 1, "Belanja alat tulis kantor", 1000, 10, 20, 30, 60, 6])
        formulas |= {
            f"D{row}": f"=C{row}/100",
            f"E{row}": f"=C{row}/50",
            f"F{row}": f"=D{row}*3",
            f"G{row}": f"=D{row}+E{row}+F{row}",
            f"H{row}": f"=G{row}/C{row}*100",
        }
    totals = {column: f"=SUM({column}2:{column}{rows - 1})" for column in "CDEFG"}
    count = rows - 2
    values.append([None, "Jumlah", 1000 * count, 10 * count, 20 * count, 30 * count, 60 * count])
    return Grid("Belanja", values, formulas=formulas | {f"{c}{rows}": text for c, text in totals.items()})
