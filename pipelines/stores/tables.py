"""Tables as Parquet. Every table passes its pandera gate on the way in; if one fails, the program is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.csv import write_csv

from pipelines.errors import WorkspaceError
from pipelines.stores.writing import drafted, drafted_folder
from schemas.columns import Table


def gate(table: Table, data: pa.Table) -> pa.Table:
    """`data` cast to the declared Arrow schema and accepted by the declared pandera model; raises otherwise."""
    import pandas as pd

    cast = data.select(list(table.names)).cast(table.arrow)
    table.gate.validate(cast.to_pandas(types_mapper=pd.ArrowDtype, zero_copy_only=False))
    return cast


def from_columns(table: Table, columns: Mapping[str, Sequence[object]] | None) -> pa.Table:
    """An Arrow table of the declared schema from lists by column name; one without rows where there are none."""
    if columns is None:
        return table.empty()
    return pa.Table.from_pydict(dict(columns), schema=table.arrow)


def from_rows(table: Table, rows: Iterable[object]) -> pa.Table:
    """An Arrow table from records (dataclasses) whose attributes carry the column names."""
    listed = list(rows)
    return from_columns(table, {name: [getattr(row, name) for row in listed] for name in table.names})


def write_table(path: Path, table: Table, data: pa.Table) -> Path:
    """Gate and write; the file appears whole or not at all."""
    gated = gate(table, data)
    with drafted(path, gated.nbytes) as draft:
        pq.write_table(gated, draft, compression="zstd", write_page_checksum=True)
    return path


def write_folder(folder: Path, tables: Mapping[Table, pa.Table]) -> Path:
    """Gate and write tables as `<name>.parquet`: the folder holds all of them and nothing else, or what it did."""
    with drafted_folder(folder) as draft:
        for table, data in tables.items():
            write_table(draft / f"{table.name}.parquet", table, data)
    return folder


def read_table(path: Path, table: Table) -> pa.Table:
    """The stored table; an empty one where the file does not exist yet."""
    return _read(path, table) if path.exists() else table.empty()


def content_id(data: pa.Table) -> str:
    """Changes with any value of a table and with nothing else: not with the library that wrote its file."""
    text = pa.BufferOutputStream()
    write_csv(data, text)
    return hashlib.sha256(text.getvalue()).hexdigest()[:16]


def is_whole(path: Path) -> bool:
    """Whether a stored table can be read to its last page, each as its checksum says."""
    try:
        _load(path)
    except (OSError, pa.ArrowException):
        return False
    return True


def read_folder(folder: Path, table: Table) -> pa.Table:
    """Every Parquet file of a folder as one table, in the order of their names."""
    parts = [_read(path, table) for path in sorted(folder.glob("*.parquet"))]
    return pa.concat_tables(parts) if parts else table.empty()


def _read(path: Path, table: Table) -> pa.Table:
    try:
        return _as_declared(_load(path), table, path)
    except (pa.ArrowInvalid, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk's own trouble
            raise
        raise WorkspaceError(
            f"{path} rusak. Tabel itu disusun lagi bila triwulan terakhir tahun itu dijalankan (capaian jalankan)."
        ) from None


def _load(path: Path) -> pa.Table:
    # a file read by itself costs a tenth of one read as a dataset
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read()


def _as_declared(stored: pa.Table, table: Table, path: Path) -> pa.Table:
    """A stored table in its schema of now: a column that was declared since, and may be null, is null."""
    for column in table.columns:
        if column.null and column.name not in stored.column_names:
            stored = stored.append_column(column.name, pa.nulls(stored.num_rows, column.kind))
    if missing := set(table.names) - set(stored.column_names):
        raise WorkspaceError(
            f"{path} ditulis oleh versi program yang lain ({', '.join(sorted(missing))} belum ada). "
            "Perbarui dahulu: jalankan lagi triwulan terakhir tahun itu (capaian jalankan)."
        )
    return stored.select(list(table.names)).cast(table.arrow)
