"""An answer for another program: one JSON document in which every figure stands exactly as it was read.

One convention for all commands. The envelope has English keys: `command`; what the answer is about (`file`, `sha256`,
`year`, `quarter`, `period`); then `findings` (each as `Finding.as_json` tells it, the keys of the contract first),
`rows` (data, under the names their columns have in the marts), `outputs` (kind, label and paths of what was made) and
`next` (what to do, with its command). What a command explains (`telusur`, `kepekaan`) is data too: its keys are the
terms of the field. `periksa`, which takes many files, gives a list of such answers, one for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_INDENT = " "


def answer(command: str, **parts: object) -> dict[str, object]:
    """The envelope of one command: its name first, then the parts, in their order."""
    return {"command": command, **parts}


def compose_json(value: object, depth: int = 0) -> str:
    """`value` as JSON; a Decimal becomes a number with all its digits, a date or time its ISO text.

    The json module would pass a Decimal through a binary float. Raises TypeError on what no cell can hold.
    """
    if isinstance(value, Mapping):
        items = (f"{_text(str(key))}: {compose_json(item, depth + 1)}" for key, item in value.items())
        return _bracket("{", items, "}", depth)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _bracket("[", (compose_json(item, depth + 1) for item in value), "]", depth)
    return _scalar(value)


def _bracket(opening: str, items: Iterable[str], closing: str, depth: int) -> str:
    lines = list(items)
    if not lines:
        return opening + closing
    inner, outer = "\n" + _INDENT * (depth + 1), "\n" + _INDENT * depth
    return opening + inner + f",{inner}".join(lines) + outer + closing


def _scalar(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else "null"
    if isinstance(value, (datetime, date, time)):
        return _text(value.isoformat())
    if isinstance(value, timedelta):
        return _text(str(value))
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
