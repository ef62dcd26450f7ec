"""What a document carries beside its text: pictures, charts with their workbooks, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.report.figures import Chart
from pipelines.report.render.charts import CHART_NAMESPACE, chart_xml
from pipelines.report.render.embedded import embed
from pipelines.report.render.text import attribute

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEFAULTS = {"xlsx": f"{_OFFICE}.spreadsheetml.sheet", "png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg",
             "gif": "image/gif", "bmp": "image/bmp", "tiff": "image/tiff"}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part the document's relations lead to; `content_type` is empty where the extension tells it."""

    name: str
    content: bytes | str
    relation: str
    content_type: str = ""

    @property
    def id(self) -> str:
        """The id of its relation."""
        return f"rId_{self.name.rpartition('/')[2].replace('.', '_')}"


class Parts:
    """The parts of one document in the order in which its text shows them."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._inner: dict[str, bytes | str] = {}
        self._pictures: dict[bytes, Part] = {}
        self._charts = self._shown = 0

    def picture(self, content: bytes, description: str, height: int) -> str:
        """The run that shows an image at a height in EMU, width in proportion; one image used twice is stored once."""
        from docx.image.image import Image  # python-docx costs 0.1 s to import, and few documents have an image

        image = Image.from_blob(content)
        if content not in self._pictures:
            name = f"media/gambar{len(self._pictures) + 1}.{image.ext}"
            self._pictures[content] = self._add(Part(name, content, "image"))
        width = height * image.px_width // image.px_height
        shown = _picture(self._pictures[content].id, width, height, self._shown + 1)
        return self._inline(_PICTURE, shown, width, height, "", description)

    def chart(self, chart: Chart, width: int, height: int) -> str:
        """The run that shows a chart of a size in EMU."""
        self._charts += 1
        number = self._charts
        part = self._add(Part(f"charts/chart{number}.xml", chart_xml(chart), "chart", f"{_OFFICE}.drawingml.chart+xml"))
        book = f"embeddings/diagram{number}.xlsx"
        self._inner[f"word/{book}"] = embed(chart)
        self._inner[f"word/charts/_rels/chart{number}.xml.rels"] = _relations(
            [_relation("rId1", "package", f"../{book}")]
        )
        shown = f'<c:chart xmlns:c="{CHART_NAMESPACE}" r:id="{part.id}"/>'
        return self._inline(CHART_NAMESPACE, shown, width, height, chart.caption, chart.summary)

    def comments(self, xml: str) -> None:
        """Take the comments of the document, if it has any."""
        if xml:
            root = f'{_HEAD}<w:comments xmlns:w="{_MAIN}">{xml}</w:comments>'
            self._add(Part("comments.xml", root, "comments", f"{_OFFICE}.wordprocessingml.comments+xml"))

    def files(self) -> dict[str, bytes | str]:
        """Content by name in the package."""
        return {f"word/{p.name}": p.content for p in self._parts.values()} | self._inner

    def relations(self) -> str:
        """The relationships of the document to them."""
        return "".join(_relation(p.id, p.relation, p.name) for p in self._parts.values())

    def content_types(self, declared: str) -> str:
        """What `[Content_Types].xml` must say of them beyond what it says already."""
        return "".join((*self._defaults(declared), *self._overrides()))

    def _defaults(self, declared: str) -> Iterator[str]:
        for kind in sorted({name.rpartition(".")[2] for name in self.files()} - {"xml", "rels"}):
            if f'Extension="{kind}"' not in declared:
                yield f'<Default Extension="{kind}" ContentType="{_DEFAULTS[kind]}"/>'

    def _overrides(self) -> Iterator[str]:
        for part in self._parts.values():
            if part.content_type:
                yield f'<Override PartName="/word/{part.name}" ContentType="{part.content_type}"/>'

    def _add(self, part: Part) -> Part:
        self._parts[part.name] = part
        return part

    def _inline(self, kind: str, shown: str, width: int, height: int, title: str, description: str) -> str:
        self._shown += 1
        named = f' title="{attribute(title)}"' if title else ""
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{self._shown}" '
            f'name="Gambar {self._shown}" descr="{attribute(description)}"{named}/>'
            f'<a:graphic><a:graphicData uri="{kind}">{shown}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _relations(entries: list[str]) -> str:
    root = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f"{_HEAD}{root}{''.join(entries)}</Relationships>"


def _picture(relation: str, width: int, height: int, number: int) -> str:
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Gambar {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
