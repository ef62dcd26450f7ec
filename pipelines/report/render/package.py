"""The .docx package: parts in a fixed order with fixed stamps, so that the same document is the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from pipelines.report.blocks import Document, Properties
from pipelines.report.render.parts import Parts
from pipelines.report.render.template import TITLE_MARK, Template
from pipelines.report.render.text import escape

_STAMP = (1980, 1, 1, 0, 0, 0)
_MAIN = "word/document.xml"
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
_PACKED = (".png", ".jpeg", ".jpg", ".xlsx")
"""Kinds that are compressed already."""


def pack(template: Template, document: Document, body: str, parts: Parts) -> bytes:
    """The finished file: the template's parts around a new body, properties, pictures, charts and comments."""
    files = {**template.parts, **_changed_parts(template.parts, document, body, parts), **parts.files()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def _changed_parts(files: Mapping[str, bytes], document: Document, body: str, parts: Parts) -> dict[str, str | bytes]:
    mark, title = TITLE_MARK.encode(), escape(document.running or document.title).encode()
    headers = {name: part.replace(mark, title) for name, part in files.items() if name.startswith("word/header")}
    relations, types = files["word/_rels/document.xml.rels"].decode(), files["[Content_Types].xml"].decode()
    return {
        **headers,
        "[Content_Types].xml": types.replace("</Types>", f"{parts.content_types(types)}</Types>"),
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", f"{parts.relations()}</Relationships>"),
        "docProps/core.xml": _core(document.properties),
        _MAIN: f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }


def _core(properties: Properties) -> str:
    """Core properties; the time of writing is the date of the data, for a document has no other that is its own."""
    stamp = f"{properties.data_date.isoformat()}T00:00:00Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<dc:creator>{escape(properties.creator)}</dc:creator><dc:language>id-ID</dc:language>"
        f"<cp:lastModifiedBy>{escape(properties.creator)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    )
