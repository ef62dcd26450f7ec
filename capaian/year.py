"""The figures of a year for a notebook: the tables a run published, exact, each with what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipelines.names import find_known
from pipelines.settings import Settings, load_settings
from pipelines.steps import places
from pipelines.steps.format import check_format
from pipelines.stores.warehouse import open_read
from schemas.columns import Table
from schemas.marts import MARTS

_TABLES = {table.name: table for table in MARTS}
_CELL = ("kolom", "pengajuan_id", "berkas", "sha256", "lembar", "sel")


@dataclass(frozen=True)
class Year:
    """What the last run of a working folder published about one year; it is read anew at every call, never changed.

    Figures are exact decimals (`DataFrame.dtypes` says `decimal128`), null where nothing is there, never zero; columns
    ending in `_pct` hold percent (98.50), in `_rp` rupiah. `DataFrame.attrs["arti"]` tells what each column means,
    `DataFrame.attrs["butir"]` what one row is.
    """

    settings: Settings
    tahun: int

    @property
    def marts(self) -> dict[str, str]:
        """Name of every table there is, and what one row of it is."""
        return {name: table.grain for name, table in _TABLES.items()}

    def mart(self, name: str) -> pd.DataFrame:
        """One table, the rows of this year; a table without year or period whole.

        Units are those of `schemas/marts.py`: realisasi and target in the unit of the row's `satuan`, percent in
        `_pct`, rupiah in `_rp`. Raises UsageError on a name that is none, WorkspaceError where nothing was published.
        """
        table = self._table(name)
        return self._frame(f'from "{name}" where {_of_year(table)}', table.names, table)

    def findings(self) -> pd.DataFrame:
        """One row per finding of the year: `tingkat`, `kode`, SKPD, file, sheet, cell, value read, message, advice."""
        return self.mart("temuan")

    def origins(self, name: str) -> pd.DataFrame:
        """One row per figure of a table and cell it came from: the key of the table, column, file, sha256, sheet, cell.

        Join it with `mart(name)` on the columns of the key. Raises as `mart`.
        """
        table = self._table(name)
        key = [f't."{column}"' for column in table.key]
        joined = ", ".join(f"cast({column} as varchar)" for column in key)
        cells = ", ".join(f"o.{column}" for column in _CELL)
        sql = f"""
            select {", ".join(key)}, {cells}
            from (from "{name}" where {_of_year(table)}) t
            join asal o on o.tabel = '{name}' and o.kunci = concat_ws('|', {joined})
            order by all
        """  # noqa: S608  (names of tables and columns are those declared, never a caller's)
        return self._frame(sql, (*table.key, *_CELL), table, _TABLES["asal"])

    def _table(self, name: str) -> Table:
        return _TABLES[find_known(name, [(known, known) for known in _TABLES], "Tabel")]

    def _frame(self, sql: str, names: Iterable[str], *tables: Table) -> pd.DataFrame:
        with open_read(places.warehouse(self.settings)) as query:
            found: pa.Table = query(sql, {"tahun": self.tahun} if "$tahun" in sql else None)
        frame: pd.DataFrame = found.select(list(names)).to_pandas(types_mapper=pd.ArrowDtype)
        meanings = {column.name: column.meaning for table in tables for column in table.columns}
        frame.attrs = {"butir": tables[0].grain, "arti": {name: meanings[name] for name in frame.columns}}
        return frame


def open_year(ruang: str | Path, tahun: int) -> Year:
    """The published figures of one year of a working folder.

    Raises WorkspaceError where the folder is none, holds nothing yet, or was made by another version of the program.
    """
    settings = load_settings(Path(ruang))
    check_format(settings)
    return Year(settings, tahun)


def _of_year(table: Table) -> str:
    if "tahun" in table.names:
        return "tahun = $tahun"
    return "left(periode, 4) = cast($tahun as varchar)" if "periode" in table.names else "true"
