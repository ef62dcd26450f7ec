"""Reading alone, without storing: forms this program issued, and forms nobody here made, beside two common scripts.

The scripts get the cells of every sheet and stop there; ours also gives typed rows, the cell of every value, findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

Work = Callable[[], object]
UNKNOWN = Path(__file__).parents[3] / "shared/workbooks"
"""Beside the project; without it only the issued form is measured."""


def list_books(folder: Path, tahun: int, kind: str) -> list[Path]:
    """The workbooks of a kind: `issued` ones of the sample year, or `unknown` ones; all .xlsx, so that all can read."""
    if kind == "unknown":
        return sorted(UNKNOWN.rglob("*.xlsx"))
    return sorted(p for p in (folder / "data/raw" / str(tahun)).rglob("*.xlsx") if p.parent.name != "acuan")


def openpyxl(books: Iterable[Path]) -> Work:
    """Load, then loop over the rows of every sheet."""
    from openpyxl import load_workbook

    def read(path: Path) -> list[list[list[object]]]:
        book = load_workbook(path, data_only=True)
        return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]

    return lambda: [read(path) for path in books]


def pandas_openpyxl(books: Iterable[Path]) -> Work:
    """`read_excel` as the tutorials have it."""
    import pandas as pd

    return lambda: [pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl") for path in books]


def pandas_calamine(books: Iterable[Path]) -> Work:
    """`read_excel` with its fastest engine."""
    import pandas as pd
    import python_calamine  # noqa: F401 — pandas would import it with the first file

    return lambda: [pd.read_excel(path, sheet_name=None, header=None, engine="calamine") for path in books]


def ours_issued(books: Iterable[Path]) -> Work:
    """Typed rows of the issued form with their origins and findings."""
    from pipelines.extract.sheets import Extract, Source, extract_workbook
    from pipelines.stores.workbooks import read_workbook
    from schemas.layout import load_layout

    layout = load_layout("format_pengisian")
    sheets = [sheet.sheet for sheet in layout.sheets]

    def read(path: Path) -> Extract:
        into = Extract()
        source = Source(path.stem, "1.01", 2025, 1, path.name)
        extract_workbook(read_workbook(path.read_bytes(), sheets).grids, layout, source, into)
        return into

    return lambda: [read(path) for path in books]


def ours_unknown(books: Iterable[Path]) -> Work:
    """Everything `capaian baca` knows of a file."""
    from pipelines.steps.reading import read_file

    return lambda: [read_file(path.parent, path) for path in books]
