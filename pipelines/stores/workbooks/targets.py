"""How one part of a package names another, and how a part is looked up: one rule for every reader and for the copy."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

_ODD = re.compile(rb"""\bTarget\s*=\s*(?:"[^"]*?(?:\./|//|[%\\\s&])|'[^']*?(?:\./|//|[%\\\s&]))""")


def canonical(name: str) -> str:
    """A part's name as it is looked up: some programs write other capitals than they refer to, backslashes or `%20`."""
    return unquote(name).lower().replace("\\", "/")


def resolve(part: str, target: str) -> str:
    """The part a target of this part (the package itself is "") leads to, as OPC says; it is never a path on a disk."""
    whole = posixpath.join("/", posixpath.dirname(part), canonical(target))
    return posixpath.normpath(whole).lstrip("/")


def has_odd_targets(xml: bytes) -> bool:
    """Whether relations name a part in a way not every program resolves: `../xl/`, `./`, `//`, `%20`, a backslash."""
    return _ODD.search(xml) is not None
