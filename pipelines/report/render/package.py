"""The .docx package: parts in a fixed order with fixed stamps, so that the same document is the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from pipelines.report.blocks import Document, Properties
from pipelines.report.render.template import TITLE_MARK, Template
from pipelines.report.render.text import attribute, escape

_STAMP = (1980, 1, 1, 0, 0, 0)
_MAIN = "word/document.xml"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


class Media:
    """The images of one document; one image used twice is stored once."""

    def __init__(self) -> None:
        self._names: dict[bytes, str] = {}
        self._shown = 0

    def picture(self, content: bytes, description: str, height: int) -> str:
        """The run that shows an image at a height in EMU, width in proportion."""
        from docx.image.image import Image  # python-docx costs 0.1 s to import, and few documents have an image

        image = Image.from_blob(content)
        name = self._names.setdefault(content, f"gambar{len(self._names) + 1}.{image.ext}")
        self._shown += 1
        width = height * image.px_width // image.px_height
        return _drawing(_relation(name), attribute(description), width, height, self._shown)

    def parts(self) -> dict[str, bytes]:
        """Image parts by name."""
        return {f"word/media/{name}": content for content, name in self._names.items()}

    def relations(self) -> str:
        """The relationships that lead to them."""
        return "".join(
            f'<Relationship Id="{_relation(name)}" Type="{_IMAGE}" Target="media/{name}"/>'
            for name in self._names.values()
        )

    def content_types(self, declared: str) -> str:
        """Content types of images that the template does not declare."""
        kinds = sorted({name.rsplit(".", 1)[1] for name in self._names.values()})
        return "".join(
            f'<Default Extension="{kind}" ContentType="image/{kind.replace("jpg", "jpeg")}"/>'
            for kind in kinds
            if f'Extension="{kind}"' not in declared
        )


def _relation(name: str) -> str:
    return f"rId_{name.replace('.', '_')}"


def _drawing(relation: str, description: str, width: int, height: int, number: int) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Gambar {number}" descr="{description}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Gambar {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def pack(template: Template, document: Document, body: str, media: Media) -> bytes:
    """The finished file: the template's parts around a new body, properties and images."""
    parts = {**template.parts, **_changed_parts(template.parts, document, body, media), **media.parts()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def _changed_parts(parts: Mapping[str, bytes], document: Document, body: str, media: Media) -> dict[str, str | bytes]:
    mark, title = TITLE_MARK.encode(), escape(document.running or document.title).encode()
    headers = {name: part.replace(mark, title) for name, part in parts.items() if name.startswith("word/header")}
    relations, types = parts["word/_rels/document.xml.rels"].decode(), parts["[Content_Types].xml"].decode()
    return {
        **headers,
        "[Content_Types].xml": types.replace("<Override", f"{media.content_types(types)}<Override", 1),
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", f"{media.relations()}</Relationships>"),
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
