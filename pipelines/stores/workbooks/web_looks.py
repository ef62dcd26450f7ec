"""How an element of a web page looks by its style and its classes, as far as that changes what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.stores.workbooks.colours import written

_CLASS = re.compile(r"\.([\w-]+)\s*(?:,|$)")
_GONE = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|[;\s])visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED = re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)
_LETTERS = re.compile(r"(?:^|[;\s])color\s*:\s*(rgba?\([^)]*\)|[^;!\s]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*(rgba?\([^)]*\)|[^;!\s]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_LONGEST_CSS = 500_000


@dataclass(frozen=True)
class WebLook:
    """The look of an element. One that is not `shown` takes no place, one that is not `seen` may still take it.

    `letters` and `ground` are its own colours, empty where it has those of what is around it.
    """

    shown: bool = True
    seen: bool = True
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    letters: str = ""
    ground: str = ""


_USUAL = WebLook()


class WebLooks:
    """The classes of the style sheets of a page that change the look of what they stand on."""

    def __init__(self, css: str = "") -> None:
        self._classes: dict[str, WebLook] = {}
        for rule in _COMMENT.sub(" ", css[:_LONGEST_CSS]).split("}"):
            selector, _, style = rule.partition("{")
            if (look := _look(style)) != _USUAL:
                self._classes.update(dict.fromkeys(_CLASS.findall(selector.strip()), look))

    def of(self, attributes: Mapping[str, str]) -> WebLook:
        """The look of an element with these attributes."""
        looks = [self._classes[name] for name in attributes.get("class", "").split() if name in self._classes]
        if style := attributes.get("style"):
            looks.append(_look(style))
        if "hidden" in attributes:
            looks.append(WebLook(shown=False, seen=False))
        if ground := attributes.get("bgcolor"):
            looks.insert(0, WebLook(ground=written(ground, "")))
        if not looks:
            return _USUAL
        return WebLook(
            all(look.shown for look in looks),
            all(look.seen for look in looks),
            any(look.struck for look in looks),
            any(look.raised for look in looks),
            any(look.lowered for look in looks),
            next((look.letters for look in reversed(looks) if look.letters), ""),
            next((look.ground for look in reversed(looks) if look.ground), ""),
        )


def _look(style: str) -> WebLook:
    shown = not _GONE.search(style)
    struck, raised, lowered = (bool(pattern.search(style)) for pattern in (_STRUCK, _RAISED, _LOWERED))
    letters, ground = (_colour(pattern.search(style)) for pattern in (_LETTERS, _GROUND))
    return WebLook(shown, shown and not _UNSEEN.search(style), struck, raised, lowered, letters, ground)


def _colour(found: re.Match[str] | None) -> str:
    """A colour of its own; an image or several colours are none that could be known."""
    colour = written(found[1], "") if found else ""
    return "" if colour in ("transparent", "inherit", "none") else colour
