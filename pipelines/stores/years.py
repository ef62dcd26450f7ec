"""The shelf of a year: the one door to what is stored of it up to the marts, every table gated on its way in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.stores.tables import read_table, write_table
from schemas.columns import Table


@dataclass(frozen=True)
class YearShelf:
    """The tables of one year in `folder`; `name` says where one stands whose declaration is that of another."""

    folder: Path

    def path(self, table: Table, name: str | None = None) -> Path:
        """The file of a table."""
        return self.folder / f"{name or table.name}.parquet"

    def read(self, table: Table, name: str | None = None) -> pa.Table:
        """The stored table; one without rows where it was never written. Raises WorkspaceError on a damaged file."""
        return read_table(self.path(table, name), table)

    def rows(self, table: Table, name: str | None = None) -> list[dict[str, Any]]:
        """The same by rows."""
        rows: list[dict[str, Any]] = self.read(table, name).to_pylist()
        return rows

    def write(self, table: Table, data: pa.Table, name: str | None = None) -> Path:
        """Gate and write; the table appears whole or not at all."""
        return write_table(self.path(table, name), table, data)
