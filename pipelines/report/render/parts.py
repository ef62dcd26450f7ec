"""What a document carries beside its text: pictures, charts with their workbooks, comments."""

from __future__ import annotations

import io

from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from pipelines.report.figures import Chart
from pipelines.report.render.charts import CHART_NAMESPACE, chart_xml
from pipelines.report.render.embedded import embed
from pipelines.report.render.text import attribute

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Parts:
    """The parts of one document in the order in which its text shows them."""

    def __init__(self, file: DocxDocument) -> None:
        self._main, self._package = file.part, file.part.package
        self._shown = 0

    def picture(self, content: bytes, description: str, height: int) -> str:
        """The run that shows an image at a height in EMU, width in proportion; one image used twice is stored once."""
        relation, image = self._main.get_or_add_image(io.BytesIO(content))
        width = height * image.px_width // image.px_height
        shown = _picture(relation, width, height, self._shown + 1)
        return self._inline(_PICTURE, shown, width, height, "", description)

    def chart(self, chart: Chart, width: int, height: int) -> str:
        """The run that shows a chart of a size in EMU."""
        part = self._part(self._free("charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, chart_xml(chart).encode())
        book = self._part(self._free("embeddings/diagram%d.xlsx"), CONTENT_TYPE.SML_SHEET, embed(chart))
        part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        relation = self._main.relate_to(part, RELATIONSHIP_TYPE.CHART)
        shown = f'<c:chart xmlns:c="{CHART_NAMESPACE}" r:id="{relation}"/>'
        return self._inline(CHART_NAMESPACE, shown, width, height, chart.caption, chart.summary)

    def comments(self, xml: str) -> None:
        """Take the comments of the document, if it has any."""
        if xml:
            root = f'{_HEAD}<w:comments xmlns:w="{_MAIN}">{xml}</w:comments>'
            part = self._part(PackURI("/word/comments.xml"), CONTENT_TYPE.WML_COMMENTS, root.encode())
            self._main.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)

    def _free(self, name: str) -> PackURI:
        """The first name of this form that neither the template nor the document has taken."""
        return self._package.next_partname(f"/word/{name}")

    def _part(self, name: PackURI, kind: str, content: bytes) -> Part:
        return Part(name, kind, content, self._package)

    def _inline(self, kind: str, shown: str, width: int, height: int, title: str, description: str) -> str:
        self._shown += 1
        named = f' title="{attribute(title)}"' if title else ""
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{self._shown}" '
            f'name="Gambar {self._shown}" descr="{attribute(description)}"{named}/>'
            f'<a:graphic><a:graphicData uri="{kind}">{shown}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )


def _picture(relation: str, width: int, height: int, number: int) -> str:
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Gambar {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
