"""Number formats as web pages saved from Excel write them, and the names Excel 2003 gives to formats."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.stores.workbooks.number_formats import GENERAL, Format, read_format

_NAMED = {
    "percent": "0.00%",
    "fixed": "0.00",
    **dict.fromkeys(("short date", "medium date", "long date", "general date", "short time", "medium time"), "d"),
    **dict.fromkeys(("long time",), "d"),
    **dict.fromkeys(("general", "general number", "standard", "scientific", "currency", "euro currency"), "General"),
    **dict.fromkeys(("yes/no", "true/false", "on/off"), "General"),
}
_CLASS = re.compile(r"\.([\w-]+)")
_FORMAT = re.compile(
    r"""mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:\\.|[^;\\])*)""", re.IGNORECASE
)
_LONGEST_CSS = 500_000
_UNESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})|\\(.)")


def format_of_name(written: str, *, on_white: bool = False) -> Format:
    """A format that may be given by name (`Percent`, `Short Date`) or as a code (`0.00%`)."""
    return read_format(_NAMED.get(written.strip().lower(), written), on_white=on_white) if written else GENERAL


def code_of_style(style: str) -> str | None:
    """The `mso-number-format` of a style; None where it has none."""
    found = _FORMAT.search(style)
    if not found:
        return None
    quoted = found[1].strip().strip("\"'")
    return _UNESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], quoted)


def codes_of_classes(css: str) -> Mapping[str, str]:
    """Class name → number format, for the classes of a style sheet that have one."""
    codes: dict[str, str] = {}
    for rule in css[:_LONGEST_CSS].split("}"):
        selector, _, style = rule.partition("{")
        if (found := code_of_style(style)) is not None:
            codes.update(dict.fromkeys(_CLASS.findall(selector), found))
    return codes
