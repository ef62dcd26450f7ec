"""The one shape in which a station may ask for data: SQL text in, an Arrow table out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

import pyarrow as pa


class Query(Protocol):
    """Runs one SELECT with bound parameters."""

    def __call__(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """The rows of the SELECT, in its order."""
        ...


@cache
def read_sql(package: str, name: str) -> str:
    """The text of `<package>/sql/<name>.sql`."""
    return files(package).joinpath(f"sql/{name}.sql").read_text("utf-8")
