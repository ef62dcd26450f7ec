"""The comments of one sheet: those that are there stay, with ours below; what an earlier check wrote goes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from pipelines.stores.workbooks.annotate.cells import link_drawing
from pipelines.stores.workbooks.annotate.geometry import read_sizes
from pipelines.stores.workbooks.annotate.package import Element, Package, add, child, local, namespace
from pipelines.stores.workbooks.annotate.shapes import Shapes, clusters, no_shapes
from pipelines.stores.workbooks.annotate.texts import MAX_LETTERS, add_run, plain, set_text, shorten
from pipelines.stores.workbooks.parts import row_column
from schemas.workbook import address

AUTHOR = "capaian – pemeriksaan data"
MARK = "— Pemeriksaan data —"
"""Begins every note of ours, below a comment of somebody else too: programs that lose authors keep texts."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_PERSON_TYPE = "application/vnd.ms-excel.person+xml"
_PERSON = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "capaian:pemeriksaan-data")


@dataclass(frozen=True)
class Placed:
    """A note at its cell, one-based."""

    row: int
    column: int
    text: str
    rgb: str

    @property
    def ref(self) -> str:
        """Its address."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class SheetComments:
    """The comments of one worksheet part; `base` and `relations` are the namespaces of its package."""

    package: Package
    sheet: str
    base: str
    relations: str

    def clear(self) -> None:
        """Take away what an earlier check has written."""
        part = self.package.related(self.sheet, "/comments")
        if part is None or MARK not in self.package.read(part).decode("utf-8", "replace"):
            return
        shapes = self._shapes()
        for comment in list(child(self.package.edit(part), "commentList")):
            if _cut(child(comment, "text")):
                row, column = row_column(comment.get("ref"))
                comment.getparent().remove(comment)
                shapes.hide(row - 1, column - 1)
        self._keep(shapes)
        self._clear_threads()

    def write(self, notes: Iterable[Placed]) -> None:
        """Put each note on its cell."""
        root, shapes = self._root(), self._shapes()
        listed, sizes = child(root, "commentList"), read_sizes(self.package.look(self.sheet))
        known = {c.get("ref"): c for c in listed if local(c) == "comment"}
        author, threads = _author(root), self._threads()
        for note in notes:
            text = self._write_one(note, listed, known.get(note.ref), author)
            if note.ref in threads:
                self._reply(note, threads[note.ref])
            shapes.show(note.row - 1, note.column - 1, _whole(text), note.rgb, sizes)
        self._keep(shapes)

    def _write_one(self, note: Placed, listed: Element, known: Element | None, author: int) -> Element:
        if known is None:
            known = add(listed, "comment", ref=note.ref, authorId=str(author), shapeId="0")
        text = child(known, "text")
        text = add(known, "text") if text is None else text
        _wrap_plain(text)
        said = _whole(text)
        before = f"\n\n{MARK}\n" if said else f"{MARK}\n"
        _write_runs(text, before, note.text, max(MAX_LETTERS - len(said) - len(before), 1))
        return text

    def _root(self) -> Element:
        part = self.package.related(self.sheet, "/comments")
        if part is None:
            part = self.package.free_name("xl/comments{}.xml")
            self.package.write(part, f'<comments xmlns="{self.base}"><authors/><commentList/></comments>'.encode())
            self.package.declare(part, _TYPE)
            self.package.relate(self.sheet, f"{self.relations}/comments", part)
        return self.package.edit(part)

    def _shapes(self) -> Shapes:
        part = self._drawing()
        return Shapes(self.package.read(part))

    def _keep(self, shapes: Shapes) -> None:
        part = self._drawing()
        if (xml := shapes.part()) != self.package.read(part):
            self.package.write(part, xml)

    def _drawing(self) -> str:
        """The part the sheet's comments are drawn in, made where it has none."""
        link = child(self.package.look(self.sheet), "legacyDrawing")
        if link is not None:
            key = link.get(f"{{{self.relations}}}id")
            return next(r.part for r in self.package.relations(self.sheet) if r.key == key)
        part = self.package.free_name("xl/drawings/vmldrawing{}.vml")
        self.package.write(part, no_shapes(self._free_cluster()))
        self.package.declare_extension("vml", _DRAWING)
        key = self.package.relate(self.sheet, f"{self.relations}/vmlDrawing", part)
        link_drawing(self.package.edit(self.sheet), self.relations, key)
        return part

    def _free_cluster(self) -> int:
        drawn = (name for name in self.package.names if name.endswith(".vml"))
        return max((n for name in drawn for n in clusters(self.package.read(name))), default=0) + 1

    def _threads(self) -> dict[str, Element]:
        """The first contribution of every conversation on the sheet, by cell."""
        part = self.package.related(self.sheet, "/threadedComment")
        if part is None:
            return {}
        return {t.get("ref"): t for t in self.package.edit(part) if local(t) and not t.get("parentId")}

    def _reply(self, note: Placed, first: Element) -> None:
        key = uuid.uuid5(_OURS, f"{self.sheet}!{note.ref}\n{note.text}")
        made = etree.SubElement(
            first.getparent(),
            first.tag,
            {"ref": note.ref, "personId": self._person(), "id": _braced(key), "parentId": first.get("id")},
        )
        add(made, "text").text = shorten(note.text, MAX_LETTERS)

    def _clear_threads(self) -> None:
        part = self.package.related(self.sheet, "/threadedComment")
        if part is None or _braced(_OURS) not in self.package.read(part).decode("utf-8", "replace"):
            return
        root = self.package.edit(part)
        for reply in [t for t in root if local(t) and t.get("personId") == _braced(_OURS)]:
            root.remove(reply)

    def _person(self) -> str:
        """Who replies, entered in the workbook's list of persons."""
        part = self.package.related(self.package.main, "/person")
        if part is None:
            part = self.package.free_name("xl/persons/person{}.xml")
            self.package.write(part, f'<personList xmlns="{_THREADED}"/>'.encode())
            self.package.declare(part, _PERSON_TYPE)
            self.package.relate(self.package.main, _PERSON, part)
        root = self.package.edit(part)
        if not any(p.get("id") == _braced(_OURS) for p in root):
            add(root, "person", displayName=AUTHOR, id=_braced(_OURS), userId="capaian", providerId="None")
        return _braced(_OURS)


def _braced(key: uuid.UUID) -> str:
    return f"{{{str(key).upper()}}}"


def _author(root: Element) -> int:
    authors = child(root, "authors")
    names = [a.text for a in authors]
    if AUTHOR not in names:
        add(authors, "author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _texts(text: Element) -> Iterator[Element]:
    yield from (t for t in text.iter(f"{{{namespace(text)}}}t"))


def _whole(text: Element) -> str:
    return "".join(t.text or "" for t in _texts(text))


def _write_runs(text: Element, before: str, said: str, room: int) -> None:
    """The mark and the first line bold, the rest plain, no more than there is room for."""
    head, line_break, body = shorten(plain(said), room).partition("\n")
    add_run(text, before + head + line_break, bold=True)
    if body:
        add_run(text, body, bold=False)


def _wrap_plain(text: Element) -> None:
    """A text that is one plain piece becomes a run, so that others can follow."""
    bare = child(text, "t")
    if bare is not None:
        said = bare.text or ""
        text.remove(bare)
        set_text(add(add(text, "r"), "t"), "")
        text[-1][-1].text = said
    for tail in [e for e in text if local(e) in ("rPh", "phoneticPr")]:
        text.remove(tail)


def _cut(text: Element | None) -> bool:
    """End the text where ours began; whether nothing else is left."""
    found = False
    for piece in [] if text is None else list(_texts(text)):
        if found:
            run = piece.getparent()
            run.getparent().remove(run)
        elif MARK in (piece.text or ""):
            found = True
            piece.text = piece.text.partition(MARK)[0].rstrip("\n")
    return found and not _whole(text).strip()
