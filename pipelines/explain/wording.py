"""The formulas as they are written and the sentences around them, from `rumus.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> Mapping[str, Any]:
    """The whole of `rumus.toml`."""
    return tomllib.loads(files("pipelines.explain").joinpath("rumus.toml").read_text("utf-8"))
