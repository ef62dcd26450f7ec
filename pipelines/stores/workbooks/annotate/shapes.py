"""The shapes of comments (VML): existing ones stay as they are, to the byte, unless their box must grow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.stores.workbooks.annotate.geometry import Box, Sizes
from pipelines.stores.workbooks.annotate.refusal import CannotAnnotateError

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{cluster}}"/></o:shapelayout></xml>'
_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape {_SPACES} id="_x0000_s{{number}}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#{rgb}" '
    'o:insetmode="auto"><v:fill color2="#{rgb}"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_END = re.compile(rb"</(?:\w+:)?xml>\s*$")
_ONE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_NUMBER = re.compile(rb'_x0000_s(\d{1,9})"')
_CLUSTER = re.compile(rb'<o:idmap[^>]*\bdata="([\d,]+)"')
_CLUSTER_SIZE = 1024
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>"), re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")

Spot = tuple[int, int]


@dataclass
class Shapes:
    """The part with the shapes of one sheet's comments, its notes by the cell (zero-based) they belong to."""

    xml: bytes
    known: dict[Spot, bytes] = field(default_factory=dict)
    changed: dict[bytes, bytes] = field(default_factory=dict)
    added: list[bytes] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        notes = (m[0] for m in _ONE.finditer(self.xml) if b'"Note"' in m[0])
        self.known = {spot: shape for shape in notes if (spot := _spot(shape))}
        clusters = _CLUSTER.search(self.xml)
        first = int(clusters[1].split(b",")[0]) * _CLUSTER_SIZE if clusters else _CLUSTER_SIZE
        self.number = max((int(n) for n in _NUMBER.findall(self.xml)), default=first)

    def show(self, row: int, column: int, text: str, rgb: str, sizes: Sizes) -> None:
        """A comment on the cell now has this text: a new box, or the existing one made large enough."""
        box = sizes.box(row, column, text)
        found = self.known.get((row, column))
        if found is None:
            self._add((row, column), box, rgb)
        else:
            self.changed[found] = _ANCHOR.sub(lambda m: m[1] + _grown(m[2], box, sizes) + m[3], found)

    def hide(self, row: int, column: int) -> None:
        """A comment is gone, and with it its box."""
        if (found := self.known.pop((row, column), None)) is not None:
            self.changed[found] = b""

    def part(self) -> bytes:
        """The bytes of the part by now."""
        xml = _ONE.sub(lambda m: self.changed.get(m[0], m[0]), self.xml) if self.changed else self.xml
        if not self.added:
            return xml
        end = _END.search(xml)
        if end is None:
            raise CannotAnnotateError("gambar komentarnya tidak dikenali")
        kind = b"" if b'"_x0000_t202"' in xml.replace(b"'", b'"') else _TYPE.encode()
        return xml[: end.start()] + kind + b"".join(self.added) + xml[end.start() :]

    def _add(self, spot: Spot, box: Box, rgb: str) -> None:
        self.number += 1
        made = _SHAPE.format(
            number=self.number,
            order=self.number % _CLUSTER_SIZE,
            width=box.width * 0.75,
            height=box.height * 0.75,
            rgb=rgb.lower(),
            anchor=", ".join(map(str, box.anchor)),
            row=spot[0],
            column=spot[1],
        )
        self.added.append(made.encode())


def _spot(shape: bytes) -> Spot | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]), int(column[1])) if row and column else None


def no_shapes(cluster: int) -> bytes:
    """A part without shapes; `cluster` tells its numbers from those of other sheets."""
    return _EMPTY.format(cluster=cluster).encode()


def clusters(xml: bytes) -> list[int]:
    """The clusters of shape numbers a part uses."""
    return [int(n) for m in _CLUSTER.finditer(xml) for n in m[1].split(b",") if n]


def _grown(text: bytes, box: Box, sizes: Sizes) -> bytes:
    """The anchor of an existing box with its lower right corner moved out as far as the text now needs."""
    parts = [int(part) for part in text.split(b",") if part.strip().lstrip(b"-").isdigit()]
    if len(parts) != len(box.anchor):
        return text
    right = max((parts[4], parts[5]), sizes.walk_columns(parts[0], parts[1] + box.width))
    bottom = max((parts[6], parts[7]), sizes.walk_rows(parts[2], parts[3] + box.height))
    return ", ".join(map(str, (*parts[:4], *right, *bottom))).encode()
