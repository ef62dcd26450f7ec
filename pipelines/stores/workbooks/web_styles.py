"""Number formats as web pages saved from Excel write them, and the names Excel 2003 gives to formats."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.stores.workbooks.number_formats import kind_of

_NAMED = {
    "percent": "percent",
    **dict.fromkeys(("short date", "medium date", "long date", "general date", "short time", "medium time"), "date"),
    **dict.fromkeys(("long time",), "date"),
    **dict.fromkeys(
        ("general", "general number", "fixed", "standard", "scientific", "currency", "euro currency"), "number"
    ),
    **dict.fromkeys(("yes/no", "true/false", "on/off"), "number"),
}
_CLASS = re.compile(r"\.([\w-]+)")
_FORMAT = re.compile(r"""mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;]*)""", re.IGNORECASE)
_LONGEST_CSS = 500_000
_UNESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})|\\(.)")


def kind_of_name(written: str) -> str:
    """The kind of a format that may be given by name (`Percent`, `Short Date`) or as a code (`0.00%`)."""
    return _NAMED.get(written.strip().lower()) or kind_of(written)


def kind_of_style(style: str) -> str | None:
    """The kind of the `mso-number-format` of a style; None where it has none."""
    found = _FORMAT.search(style)
    if not found:
        return None
    quoted = found[1].strip().strip("\"'")
    return kind_of_name(_UNESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], quoted))


def kinds_of_classes(css: str) -> Mapping[str, str]:
    """Class name → kind of number, for the classes of a style sheet that have a format."""
    kinds: dict[str, str] = {}
    for rule in css[:_LONGEST_CSS].split("}"):
        selector, _, style = rule.partition("{")
        if kind := kind_of_style(style):
            kinds.update(dict.fromkeys(_CLASS.findall(selector), kind))
    return kinds
