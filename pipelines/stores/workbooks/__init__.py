"""Workbooks in: the only door through which a workbook is opened for reading. Nothing in it is trusted or executed."""

from pipelines.stores.workbooks.book import (
    MAX_COLUMNS,
    MAX_EXPANDED_BYTES,
    MAX_FILE_BYTES,
    MAX_ROWS,
    Refusal,
    Workbook,
)
from pipelines.stores.workbooks.reading import read_workbook

__all__ = [
    "MAX_COLUMNS",
    "MAX_EXPANDED_BYTES",
    "MAX_FILE_BYTES",
    "MAX_ROWS",
    "Refusal",
    "Workbook",
    "read_workbook",
]
