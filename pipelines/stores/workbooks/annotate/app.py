"""docProps/app.xml lists the sheets by name; it is kept true where it has the usual form."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from pipelines.stores.workbooks.annotate.package import Element, Package, child, local

_SHEETS = "Worksheets"


def list_in_properties(package: Package, names: Sequence[str], added: int) -> None:
    """Tell of `added` more sheets, `names` being all of them in their order; another form is left as it is."""
    part = _part(package)
    if part is None or not added:
        return
    if (found := _lists(package.look(part), len(names) - added)) is None:
        return
    pairs, titles = _lists(package.edit(part), len(names) - added) or found
    pairs[1][0].text = str(len(names))
    for at in range(added):
        titles.insert(at, copy.copy(titles[at]))
        titles[at].text = names[at]
    titles.set("size", str(len(titles)))


def keeps_backgrounds(package: Package) -> bool:
    """Whether the program that wrote the file keeps the background of a solid fill; LibreOffice writes another."""
    part = _part(package)
    return part is None or b"LibreOffice" not in package.read(part)


def _part(package: Package) -> str | None:
    found = (r.part for r in package.relations("") if r.kind.endswith("/extended-properties"))
    return next((part for part in found if part in package.names), None)


def _lists(root: Element, count: int) -> tuple[Element, Element] | None:
    """The counts and the names, where they begin with the sheets and agree with their number."""
    pairs, titles = (_vector(root, name) for name in ("HeadingPairs", "TitlesOfParts"))
    if pairs is None or titles is None or len(pairs) < 2 or len(titles) < count:
        return None
    return (pairs, titles) if (_text(pairs[0]), _text(pairs[1])) == (_SHEETS, str(count)) else None


def _vector(root: Element, name: str) -> Element | None:
    found = child(root, name)
    return None if found is None else next((e for e in found if local(e) == "vector"), None)


def _text(variant: Element) -> str:
    return "".join(variant.itertext()).strip()
