"""The formulas as they are written and the sentences around them, from `kata.toml`, and the rules they rest on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> Mapping[str, Any]:
    """`kata.toml`, with the formulas and the ways to consolidate of `schemas/rules`."""
    texts = ("pipelines.explain", "kata.toml"), ("schemas", "rules/rumus.toml"), ("schemas", "rules/konsolidasi.toml")
    return {k: v for room, name in texts for k, v in _load(room, name).items()}


def _load(room: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files(room).joinpath(name).read_text("utf-8"))
