"""The warehouse: DuckDB in memory for checks and marts, and the file the marts are published in."""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from pipelines.errors import WorkspaceError
from pipelines.queries import Query
from pipelines.stores.writing import drafted, explain_full
from schemas.typed import NARRATIVES

_OFFLINE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
"""Nothing is fetched, and a name in SQL is a table of the warehouse, never a Python variable."""

_PLANNER = {"disabled_optimizers": "partial_aggregate_pushdown"}
"""In DuckDB 2.0 that one copies an expression into every place that uses it: a sum over formulas takes 8 x as long."""


class Warehouse:
    """An in-memory database that knows the formulas, and what is no official. Use as a context manager."""

    def __init__(self, threads: int | None = None) -> None:
        # temporary tables are this connection's own, and gone when it closes
        self._connection = _empty_database(threads).cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known as `name`, in place of one of that name; it is copied, for it is read often."""
        with _interruptible():
            self._connection.register("incoming", table)
            self._connection.execute(f'create or replace temp table "{name}" as from incoming')
            self._connection.unregister("incoming")

    def keep(self, name: str, sql: str) -> None:
        """Store the rows of a SELECT as the table `name` for later queries."""
        with _interruptible():
            self._connection.execute(f'create or replace temp table "{name}" as {sql}')

    def tables(self) -> frozenset[str]:
        """The name of every table it holds."""
        return frozenset(self.query("select table_name from duckdb_tables()")["table_name"].to_pylist())

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """The rows of a SELECT, in its order."""
        return _query(self._connection, sql, parameters)


def publish(path: Path, tables: Mapping[str, pa.Table]) -> Path:
    """Write the tables, in the order given, into a new database beside `path` and swap it in once it holds them all.

    A run that is killed leaves the last good file. Raises WorkspaceError where there is no room for all of it,
    FileLockedError where another program holds the file (Windows).
    """
    size = sum(table.nbytes for table in tables.values())
    for leftover in path.parent.glob(f".{path.name}.*.tmp*"):  # of a run that was killed
        leftover.unlink(missing_ok=True)
    with drafted(path, size) as draft:
        try:
            _write_database(draft, tables)
            whole = _holds(draft, tables)
        except (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException):
            whole = False
        if not whole:
            raise explain_full(path, size)
    return path


def _holds(path: Path, tables: Mapping[str, pa.Table]) -> bool:
    """Whether a database that was closed holds every table with all its rows, and left nothing beside itself to do."""
    if path.with_name(f"{path.name}.wal").exists():
        return False
    with open_read(path) as query:
        return all(query(f'from "{name}"').num_rows == table.num_rows for name, table in tables.items())


@contextmanager
def open_read(path: Path) -> Iterator[Query]:
    """A query on the published marts, read-only; a run that publishes meanwhile does not disturb it.

    Raises WorkspaceError where nothing has been published yet.
    """
    if not path.exists():
        raise WorkspaceError(f"{path} belum ada. Jalankan dahulu: capaian jalankan")
    connection = _connect(str(path), threads=None, read_only=True)

    def query(sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        return _query(connection, sql, parameters)

    try:
        yield query
    finally:
        connection.close()


def read_published(path: Path, names: Iterable[str]) -> dict[str, pa.Table]:
    """Those of these tables that the published database still gives; none of one that is gone or damaged."""
    found: dict[str, pa.Table] = {}
    with suppress(WorkspaceError, duckdb.Error), open_read(path) as query:
        for name in names:
            found[name] = query(f'from "{name}"')
    return found


@cache
def _empty_database(threads: int | None) -> duckdb.DuckDBPyConnection:
    """The macros and no table. To start it and read them takes longer than most queries: a process does that once."""
    connection = _connect(":memory:", threads)
    with _interruptible():
        for macros in ("formulas.sql", "officials.sql"):
            connection.execute(files("schemas").joinpath(macros).read_text("utf-8"))
        connection.execute(f"create macro kolom_narasi() as {[*NARRATIVES]}")
    return connection


# what outlives the interpreter is told as leaked by duckdb
atexit.register(_empty_database.cache_clear)


def _connect(path: str, threads: int | None, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    config = _OFFLINE | _PLANNER | ({"threads": str(threads)} if threads else {})
    return duckdb.connect(path, read_only=read_only, config=config)


def _query(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None) -> pa.Table:
    with _interruptible():
        return connection.sql(sql, params=dict(parameters) if parameters else None).to_arrow_table()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Whoever stops the program while DuckDB works has stopped it: DuckDB tells that as a failure of its own."""
    try:
        yield
    except RuntimeError as failure:
        if "interrupted" in str(failure).casefold():
            raise KeyboardInterrupt from None
        raise


def _write_database(path: Path, tables: Mapping[str, pa.Table]) -> None:
    # One thread: the blocks of the file then lie in the order of the tables, whatever the machine.
    with _interruptible(), _connect(str(path), threads=1) as connection:
        for name, table in tables.items():
            connection.register("incoming", table)
            connection.execute(f'create table "{name}" as from incoming')
            connection.unregister("incoming")
        # closing would do this too, but says nothing where the disk is full
        connection.execute("checkpoint")
