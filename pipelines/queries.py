"""The one shape in which a station may ask for data: SQL text in, an Arrow table out; which queries go before which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from typing import Protocol

import pyarrow as pa


class Query(Protocol):
    """Runs one SELECT with bound parameters."""

    def __call__(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """The rows of the SELECT, in its order."""
        ...


class Workbench(Protocol):
    """A database that already holds the inputs and the formulas, and keeps what is made of them on the way."""

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """The rows of a SELECT, in its order."""
        ...

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known as `name`."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Store the rows of a SELECT as the table `name`."""
        ...

    def tables(self) -> frozenset[str]:
        """The name of every table it holds."""
        ...


@cache
def read_sql(package: str, name: str) -> str:
    """The text of `<package>/sql/<name>.sql`."""
    return files(package).joinpath(f"sql/{name}.sql").read_text("utf-8")


@cache
def list_sql(package: str) -> frozenset[str]:
    """The name of every query of a package."""
    return frozenset(path.name.removesuffix(".sql") for path in files(package).joinpath("sql").iterdir())


def order_queries(package: str, wanted: Iterable[str], given: Set[str]) -> tuple[str, ...]:
    """The queries wanted and those of the package they read in turn, each after what it reads, else by name.

    `given` are the tables that are there before. Raises ValueError where a header is wrong (`read_inputs`) or queries
    read one another in a circle.
    """
    own = list_sql(package)
    graph: dict[str, frozenset[str]] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in graph:
            graph[name] = read_inputs(package, name, own | given) & own
            waiting += graph[name]
    sorter, order = TopologicalSorter(graph), list[str]()
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " → ".join(f"{package}/sql/{name}.sql" for name in error.args[1])
        raise ValueError(f"queries read one another: {circle}") from None
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += ready
        sorter.done(*ready)
    return tuple(order)


def read_inputs(package: str, name: str, known: Set[str]) -> frozenset[str]:
    """The tables a query reads, as its header `-- inputs:` names them; those its macros read count as its own.

    Raises ValueError, with the file, where the header names a table nobody makes (`known`: all there are) or the
    query does not read, or leaves out one it does read.
    """
    text = read_sql(package, name)
    header = _HEADER.search(text)
    named = frozenset(re.findall(r"\w+", header[1])) if header else frozenset()
    read = _names_read(_strip(text)) & known
    faults = {
        "names what nobody makes": named - known,
        "names what the query does not read": (named & known) - read,
        "does not name what the query reads": read - named,
    }
    for fault, names in faults.items():
        if names:
            raise ValueError(f"{package}/sql/{name}.sql: the header {fault}: {', '.join(sorted(names))}")
    return named


_HEADER = re.compile(r"^-- inputs: ((?:.*,\n-- +)*.*)$", re.MULTILINE)
_READ = re.compile(r"\b(?:from|join)\s+(?:\w+\()?(\w+)")
"""`from x`, `join x`, and `from macro(x)` of a macro that reads the table it is given."""


@cache
def _names_read(code: str) -> frozenset[str]:
    """Every name that stands where a table may, in the code and in the macros it calls."""
    called = _macros().keys() & set(re.findall(r"(\w+)\(", code))
    return frozenset(_READ.findall(code)).union(*(_names_read(_macros()[name]) for name in called))


@cache
def _macros() -> dict[str, str]:
    text = _strip(files("schemas").joinpath("formulas.sql").read_text("utf-8"))
    _, *parts = re.split(r"create or replace macro (\w+)\(", text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _strip(code: str) -> str:
    return re.sub("--.*", "", code)
