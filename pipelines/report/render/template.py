"""The Word template: its styles by name, its paper; read once however many documents are made with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from lxml import etree

PARAGRAPH_STYLES = (
    "Body Text", "Paragraf Awal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "caption",
    "List Bullet", "toc 1", "toc 2", "toc 3", "table of figures", "Judul Daftar", "Tabel Teks", "Tabel Angka",
    "Tabel Tengah", "Tabel Kepala", "Tabel Grup", "Tabel Catatan", "Angka Kunci", "Label Kunci", "Sampul Kecil",
    "Sampul Tahun", "Surat", "Tanda Tangan", "Kop", "Kop Besar", "Judul Formulir", "Logo", "Gambar",
)  # fmt: skip
CHARACTER_STYLES = ("Isian SKPD", "Strong")
TABLE_STYLES = ("Tabel Laporan", "Tabel Kunci", "Tabel Polos")
STYLES = {"paragraph": PARAGRAPH_STYLES, "character": CHARACTER_STYLES, "table": TABLE_STYLES}
"""Every style a document uses, by kind and by the name Word keeps (built-in names are English in any Word)."""

TITLE_MARK = "{{judul}}"
"""What a template writes in its header where the title of the document is to stand."""


@dataclass(frozen=True)
class Page:
    """Paper and margins in twentieths of a point, upright."""

    width: int
    height: int
    margins: Mapping[str, int]

    def text_width(self, *, landscape: bool) -> int:
        """Width between the margins."""
        return (self.height if landscape else self.width) - self.margins["left"] - self.margins["right"]

    def text_height(self, *, landscape: bool) -> int:
        """Height between the margins."""
        return (self.width if landscape else self.height) - self.margins["top"] - self.margins["bottom"]


@dataclass(frozen=True)
class Template:
    """What is asked of a template; `style_ids` maps the kind of a style and its name in small letters to its id."""

    content: bytes
    style_ids: Mapping[tuple[str, str], str]
    references: str
    page: Page
    header_fill: str

    def open(self) -> DocxDocument:
        """A document to fill, without what the makers of the template said of it: its comments and properties."""
        file = docx.Document(io.BytesIO(self.content))
        _drop(file.part.rels, ("comments", "people"))
        _drop(file.part.package.rels, ("core-properties",))
        return file

    def p(self, name: str) -> str:
        """The reference to a paragraph style, nothing where the template lacks it."""
        return self._reference("pStyle", "paragraph", name)

    def r(self, name: str) -> str:
        """The reference to a character style."""
        return self._reference("rStyle", "character", name)

    def t(self, name: str) -> str:
        """The reference to a table style."""
        return self._reference("tblStyle", "table", name)

    def _reference(self, element: str, kind: str, name: str) -> str:
        style_id = self.style_ids.get((kind, name.lower()))
        return f'<w:{element} w:val="{style_id}"/>' if style_id else ""


@cache
def default_template() -> bytes:
    """The template that comes with the program."""
    return files("pipelines.report").joinpath("template/laporan.docx").read_bytes()


def _drop(relations: Relationships, kinds: tuple[str, ...]) -> None:
    """Leave out the parts of these kinds: what nothing leads to is not packed."""
    for name in [name for name, relation in relations.items() if relation.reltype.split("/")[-1].startswith(kinds)]:
        del relations[name]


@lru_cache(maxsize=4)
def load_template(content: bytes | None) -> Template:
    """What is asked of a template; None is the program's own."""
    content = content or default_template()
    main = docx.Document(io.BytesIO(content)).part
    styles = main.part_related_by(RELATIONSHIP_TYPE.STYLES)
    section = _last_section(main.element)
    ids = {(s.type.name.lower(), s.name.lower()): s.style_id for s in styles.styles if s.name}
    return Template(content, ids, _references(section), _page(section), _header_fill(styles.element))


def missing_styles(content: bytes | None) -> tuple[str, ...]:
    """The styles a template lacks, by name; a document made with it would show those parts as plain text.

    Raises ValueError where the content is no Word document.
    """
    try:
        ids = load_template(content).style_ids
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise ValueError("not a Word document") from error
    return tuple(name for kind, names in STYLES.items() for name in names if (kind, name.lower()) not in ids)


def _last_section(document: etree._Element) -> etree._Element:
    sections = document.findall(f".//{qn('w:sectPr')}")
    return sections[-1] if sections else etree.Element(qn("w:sectPr"))


def _references(section: etree._Element) -> str:
    """The header and footer references of the template, as they may stand in any section."""
    found = (e for e in section if e.tag in (qn("w:headerReference"), qn("w:footerReference")))
    return "".join(
        f'<w:{etree.QName(e).localname} w:type="{e.get(qn("w:type"))}" r:id="{e.get(qn("r:id"))}"/>' for e in found
    )


def _page(section: etree._Element) -> Page:
    """Paper and margins; read past python-docx, which fails on the fractions Google Docs writes."""
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))

    def read(element: etree._Element | None, name: str, default: int) -> int:
        return int(float(element.get(qn(f"w:{name}"), default))) if element is not None else default

    sides = {"top": 1531, "right": 1418, "bottom": 1361, "left": 1701, "header": 794, "footer": 680, "gutter": 0}
    margins = {name: read(margin, name, default) for name, default in sides.items()}
    width, height = sorted((read(size, "w", 11906), read(size, "h", 16838)))
    return Page(width, height, margins)


def _header_fill(styles: etree._Element) -> str:
    """The fill of the first row in the table style: every header row gets it, however many there are."""
    found = styles.xpath(".//w:style[w:name/@w:val='Tabel Laporan']/w:tblStylePr[@w:type='firstRow']//w:shd/@w:fill")
    return str(found[0]) if found else "E4EAF2"
