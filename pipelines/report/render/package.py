"""The finished .docx: what python-docx holds, with a fixed stamp on every part: the same document is the same bytes.

Two things are done past python-docx: the packing, which it stamps by the clock, and the tree of the body, which would
take as long to parse as the text takes to write.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from pipelines.report.blocks import Document, Properties
from pipelines.report.render.template import TITLE_MARK
from pipelines.report.render.text import plain

_STAMP = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKED = ("png", "jpeg", "jpg", "xlsx")
"""Kinds that are compressed already."""
_LONGEST = 255
"""Characters of a property, by the rule of Open XML."""


def pack(file: DocxDocument, document: Document, body: str) -> bytes:
    """The finished file: the template with its title and properties, around a new body."""
    _entitle(file, plain(document.running or document.title))
    _describe(file, document.properties)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compresslevel=6) as archive:
        for name, content in _files(file.part, body):
            info = zipfile.ZipInfo(name.membername, _STAMP)
            info.compress_type = zipfile.ZIP_STORED if name.ext in _PACKED else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def _files(main: Part, body: str) -> Iterator[tuple[PackURI, str | bytes]]:
    parts = main.package.parts
    yield CONTENT_TYPES_URI, _types(parts)
    yield PACKAGE_URI.rels_uri, main.package.rels.xml
    for part in parts:
        yield part.partname, _main(body) if part is main else part.blob
        if part.rels:
            yield part.partname.rels_uri, part.rels.xml


def _types(parts: Sequence[Part]) -> bytes:
    types = CT_Types.new()
    types.add_default("rels", CONTENT_TYPE.OPC_RELATIONSHIPS)
    for part in parts:
        types.add_override(part.partname, part.content_type)
    return bytes(serialize_part_xml(types))


def _main(body: str) -> str:
    return f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"


def _entitle(file: DocxDocument, title: str) -> None:
    """The title where the headers of the template have its mark."""
    headers = (p for p in file.part.package.iter_parts() if p.content_type == CONTENT_TYPE.WML_HEADER)
    for text in (text for header in headers for text in header.element.iter(qn("w:t"))):
        text.text = (text.text or "").replace(TITLE_MARK, title)


def _describe(file: DocxDocument, properties: Properties) -> None:
    """Core properties; the time of writing is the date of the data, for a document has no other that is its own."""
    core = file.core_properties
    core.title, core.subject = plain(properties.title)[:_LONGEST], plain(properties.subject)[:_LONGEST]
    core.author = core.last_modified_by = plain(properties.creator)[:_LONGEST]
    core.language, core.revision = "id-ID", 1
    core.created = core.modified = datetime.combine(properties.data_date, time.min)
