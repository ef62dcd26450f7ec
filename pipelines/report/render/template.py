"""The Word template: its parts, styles by name, paper; read once however many documents are made with it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

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

_COMMENTS_TOLD = re.compile(
    rb'<(?:Relationship|Override)\b[^>]*(?:Target|PartName)="(?:/word/)?(?:comments|people)\w*\.xml"[^>]*/>'
)

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
    """A template taken apart; `style_ids` maps the kind of a style and its name in small letters to its id."""

    parts: Mapping[str, bytes]
    style_ids: Mapping[tuple[str, str], str]
    references: str
    page: Page
    header_fill: str

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


@lru_cache(maxsize=4)
def load_template(content: bytes | None) -> Template:
    """A template taken apart; None is the program's own."""
    with zipfile.ZipFile(io.BytesIO(content or default_template())) as archive:
        parts = _without_comments({name: archive.read(name) for name in archive.namelist()})
    styles = etree.fromstring(parts["word/styles.xml"])
    section = _last_section(parts["word/document.xml"])
    return Template(parts, _style_ids(styles), _references(section), _page(section), _header_fill(styles))


def _without_comments(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a template without the comments its makers left: a document has its own."""
    kept = {name: part for name, part in parts.items() if not re.fullmatch(r"word/(?:comments|people)\w*\.xml", name)}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        kept[name] = _COMMENTS_TOLD.sub(b"", kept[name])
    return kept


def missing_styles(content: bytes | None) -> tuple[str, ...]:
    """The styles a template lacks, by name; a document made with it would show those parts as plain text.

    Raises ValueError where the content is no Word document.
    """
    try:
        ids = load_template(content).style_ids
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError("not a Word document") from error
    return tuple(name for kind, names in STYLES.items() for name in names if (kind, name.lower()) not in ids)


def _style_ids(styles: etree._Element) -> dict[tuple[str, str], str]:
    named = ((s, s.find(f"{W}name")) for s in styles.iter(f"{W}style"))
    return {
        (str(s.get(f"{W}type")), str(name.get(f"{W}val")).lower()): str(s.get(f"{W}styleId"))
        for s, name in named
        if name is not None
    }


def _last_section(document: bytes) -> etree._Element:
    sections = etree.fromstring(document).findall(f".//{W}sectPr")
    return sections[-1] if sections else etree.Element(f"{W}sectPr")


def _references(section: etree._Element) -> str:
    """The header and footer references of the template, as they may stand in any section."""
    found = (e for e in section if e.tag in (f"{W}headerReference", f"{W}footerReference"))
    return "".join(
        f'<w:{etree.QName(e).localname} w:type="{e.get(f"{W}type")}" r:id="{e.get(f"{R}id")}"/>' for e in found
    )


def _page(section: etree._Element) -> Page:
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")

    def read(element: etree._Element | None, name: str, default: int) -> int:
        return int(float(element.get(f"{W}{name}", default))) if element is not None else default

    sides = {"top": 1531, "right": 1418, "bottom": 1361, "left": 1701, "header": 794, "footer": 680, "gutter": 0}
    margins = {name: read(margin, name, default) for name, default in sides.items()}
    width, height = sorted((read(size, "w", 11906), read(size, "h", 16838)))
    return Page(width, height, margins)


def _header_fill(styles: etree._Element) -> str:
    """The fill of the first row in the table style: every header row gets it, however many there are."""
    found = styles.xpath(
        ".//w:style[w:name/@w:val='Tabel Laporan']/w:tblStylePr[@w:type='firstRow']//w:shd/@w:fill",
        namespaces={"w": W[1:-1]},
    )
    return str(found[0]) if found else "E4EAF2"
