"""From where on checks speak (`ambang.toml`): what is a choice, and no arithmetic."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_thresholds() -> dict[str, Any]:
    """The thresholds by room; a share is a text, so that it is exact."""
    return tomllib.loads(files("schemas").joinpath("ambang.toml").read_text("utf-8"))
