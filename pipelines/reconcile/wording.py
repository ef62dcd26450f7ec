"""The sentences of `penjelasan.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads(files("pipelines.reconcile").joinpath("penjelasan.toml").read_text("utf-8"))


def explain(phrase: str, **words: object) -> str:
    """The sentence of that name, filled in."""
    return _phrases()[phrase].format(**words)
