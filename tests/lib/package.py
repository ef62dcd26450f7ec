"""What is wrong with a .docx as a package: parts, relations, ids, bookmarks, fields. An empty list is a sound file."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.lib.docx_text import W

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def package_faults(content: bytes) -> list[str]:
    """Everything Word would ask to repair, as far as it can be seen without Word."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    trees = {n: etree.fromstring(c) for n, c in parts.items() if n.endswith((".xml", ".rels"))}
    faults = [f"{n} is there twice" for n, times in Counter(names).items() if times > 1]
    body = trees["word/document.xml"]
    return [
        *faults,
        *_types(parts, trees["[Content_Types].xml"]),
        *_relations(parts, trees),
        *_bookmarks(body),
        *_comments(body, trees.get("word/comments.xml")),
        *_drawings(body),
    ]


def _types(parts: dict[str, bytes], types: etree._Element) -> Iterator[str]:
    known = Counter((e.tag.removeprefix(CONTENT_TYPES), e.get("Extension") or e.get("PartName")) for e in types)
    yield from (f"content type of {key[1]} is told twice" for key, times in known.items() if times > 1)
    for name in set(parts) - {"[Content_Types].xml"}:
        if ("Override", f"/{name}") not in known and ("Default", name.rpartition(".")[2]) not in known:
            yield f"{name} has no content type"
    yield from (
        f"{key[1]} is declared and missing" for key in known if key[0] == "Override" and key[1][1:] not in parts
    )


def _relations(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        ids = [e.get("Id") for e in tree]
        yield from (f"{name}: {i} is there twice" for i, times in Counter(ids).items() if times > 1)
        for e in tree:
            if posixpath.normpath(posixpath.join(folder, e.get("Target"))) not in parts:
                yield f"{name}: {e.get('Target')} is missing"
        if owner in trees:
            used = {v for e in trees[owner].iter() for k, v in e.attrib.items() if k.startswith(R)}
            yield from (f"{owner}: relation {i} is missing" for i in used - set(ids))


def _bookmarks(body: etree._Element) -> Iterator[str]:
    begun = [e.get(f"{W}id") for e in body.iter(f"{W}bookmarkStart")]
    ended = [e.get(f"{W}id") for e in body.iter(f"{W}bookmarkEnd")]
    names = [e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")]
    yield from (f"bookmark id {i} is there twice" for i, times in Counter(begun).items() if times > 1)
    yield from (f"bookmark {n} is there twice" for n, times in Counter(names).items() if times > 1)
    yield from (f"bookmark {n} is too long for Word" for n in names if len(n) > 40)
    if sorted(begun) != sorted(ended):
        yield "bookmarks are not paired"
    instructions = [e.get(f"{W}instr") for e in body.iter(f"{W}fldSimple")]
    instructions += [e.text for e in body.iter(f"{W}instrText")]
    sought = {m[1] for i in instructions if (m := re.match(r"\s*(?:PAGE)?REF (\S+)", i))}
    sought |= {e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")} - {None}
    yield from (f"no bookmark {name}" for name in sought - set(names))
    kinds = Counter(e.get(f"{W}fldCharType") for e in body.iter(f"{W}fldChar"))
    if len(set(kinds.values())) > 1:
        yield f"fields are not paired: {dict(kinds)}"


def _comments(body: etree._Element, comments: etree._Element | None) -> Iterator[str]:
    told = [] if comments is None else [e.get(f"{W}id") for e in comments]
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if [e.get(f"{W}id") for e in body.iter(f"{W}{kind}")] != told:
            yield f"{kind} does not fit the comments"


def _drawings(body: etree._Element) -> Iterator[str]:
    shown = list(body.iter(f"{WP}docPr"))
    yield from (f"drawing {i} is there twice" for i, n in Counter(e.get("id") for e in shown).items() if n > 1)
    yield from (f"drawing {e.get('id')} has no alternative text" for e in shown if not e.get("descr"))
