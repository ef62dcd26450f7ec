"""An .xlsx package being added to: what nobody asks to change is written again as it was, byte for byte."""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipelines.stores.workbooks.annotate.refusal import CannotAnnotateError
from pipelines.stores.workbooks.parts import main_part
from pipelines.stores.workbooks.sax import check_markup
from pipelines.stores.workbooks.targets import canonical, resolve

Element = Any
"""An element of lxml, which has no types."""

_STAMP = (1980, 1, 1, 0, 0, 0)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True)
class Related:
    """A relation of a part: its id, its type and the part it leads to, as the archive names it in small letters."""

    key: str
    kind: str
    part: str


@dataclass
class Package:
    """The archive, the parts changed so far and those added; a part is known by its name in small letters."""

    archive: zipfile.ZipFile
    changed: dict[str, bytes] = field(default_factory=dict)
    trees: dict[str, Element] = field(default_factory=dict)

    @property
    def main(self) -> str:
        """The workbook part."""
        return main_part(self.archive)

    @property
    def names(self) -> frozenset[str]:
        """Every part there is by now."""
        return frozenset(self.archive.NameToInfo) | self.changed.keys() | self.trees.keys()

    def read(self, part: str) -> bytes:
        """The bytes of a part as they are by now."""
        if part in self.trees:
            return _serialize(self.trees[part])
        return self.changed[part] if part in self.changed else self.archive.read(part)

    def look(self, part: str) -> Element:
        """The root of a part that is only looked at."""
        return self.trees[part] if part in self.trees else parse_part(self.read(part))

    def edit(self, part: str) -> Element:
        """The root of a part that is going to be changed."""
        if part not in self.trees:
            self.trees[part] = parse_part(self.read(part))
        return self.trees[part]

    def write(self, part: str, content: bytes) -> None:
        """Give a part other bytes, or add it."""
        self.trees.pop(part, None)
        self.changed[part] = content

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern (`xl/comments{}.xml`) that no part has."""
        taken = self.names
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)) not in taken)

    def relations(self, part: str) -> list[Related]:
        """Where a part leads to inside the package."""
        listed = _relations_of(part)
        if listed not in self.names:
            return []
        root = self.look(listed)
        found = (r for r in root.iter(f"{{{_RELATIONS}}}Relationship") if r.get("TargetMode") != "External")
        return [Related(r.get("Id"), r.get("Type"), resolve(part, r.get("Target", ""))) for r in found]

    def related(self, part: str, ending: str) -> str | None:
        """The part that a relation whose type ends so leads to, where it exists."""
        found = (r.part for r in self.relations(part) if r.kind.endswith(ending))
        return next((name for name in found if name in self.names), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lead from a part to another; the id of the new relation."""
        listed = _relations_of(part)
        if listed not in self.names:
            self.write(listed, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        root = self.edit(listed)
        taken = {r.get("Id") for r in root}
        key = next(k for n in range(1, len(taken) + 2) if (k := f"rId{n}") not in taken)
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=key, Type=kind, Target=f"/{target}")
        return key

    def forget_relations(self, part: str) -> None:
        """A part leads nowhere any more; what it led to stays in the archive."""
        if _relations_of(part) in self.names:
            self.write(_relations_of(part), f'<Relationships xmlns="{_RELATIONS}"/>'.encode())

    def declare(self, part: str, content_type: str) -> None:
        """Say in [Content_Types].xml what a new part is."""
        root = self.edit("[content_types].xml")
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what parts with an extension are, where that is not said already."""
        root = self.look("[content_types].xml")
        defaults = root.iter(f"{{{_TYPES}}}Default")
        if not any(d.get("Extension", "").lower() == extension for d in defaults):
            default = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            self.edit("[content_types].xml").insert(0, default)

    def save(self) -> bytes:
        """The whole package; parts keep their order, names and dates, new ones come last with a fixed date."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for info, content in self._parts():
                target.writestr(info, content)
        return buffer.getvalue()

    def _parts(self) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        new = {*self.changed, *self.trees}
        for info in self.archive.infolist():
            part = canonical(info.filename)
            new.discard(part)
            yield copy.copy(info), self.read(part)
        for part in sorted(new):
            info = zipfile.ZipInfo(part, _STAMP)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            yield info, self.read(part)


def parse_part(xml: bytes) -> Element:
    """The root of a part; nothing outside of it is read, and a document type is refused."""
    check_markup(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotAnnotateError("isinya memuat definisi dokumen (DTD)")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; a comment or instruction has none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """The namespace of an element."""
    return etree.QName(element).namespace or ""


def child(parent: Element, name: str) -> Element:
    """The first child of that name in the parent's namespace, or None."""
    return parent.find(f"{{{namespace(parent)}}}{name}")


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child in the parent's namespace."""
    return etree.SubElement(parent, f"{{{namespace(parent)}}}{name}", attributes)


def _serialize(root: Element) -> bytes:
    content: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
