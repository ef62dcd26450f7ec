"""What one document is written with: the styles of its template, its comments, the numbers its texts refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pipelines.report.blocks import OPEN_BOX, REFERENCE_MARKS, TICKED_BOX
from pipelines.report.render.template import Template
from pipelines.report.render.text import BREAK, attribute, escape, field, run

_BEGIN, _END = tuple(REFERENCE_MARKS)
_TOKEN = re.compile(rf"(\[DIISI [^\]]*\]|{_BEGIN}[^{_END}]*{_END}|[{OPEN_BOX}{TICKED_BOX}])")
_ASKED = re.compile(r"\[DIISI (?P<owner>[^:\]]*):? ?(?P<what>[^\]]*)\]")


class Comments:
    """The comments of one document: one per open place, naming who owes it; dated by the data.

    Written past python-docx, which dates them by the clock and looks through all for the number of the next.
    """

    def __init__(self, author: str, day: date, owners: Mapping[str, str]) -> None:
        self._author, self._stamp, self._owners = author, f"{day.isoformat()}T00:00:00Z", owners
        self._texts: list[str] = []

    def around(self, placeholder: str, content: str) -> str:
        """The runs of a placeholder, with a comment on them."""
        asked = _ASKED.fullmatch(placeholder)
        owner, what = asked.group("owner", "what") if asked else ("", placeholder)
        number = len(self._texts)
        self._texts.append(f"Mohon diisi oleh {self._owners.get(owner, owner)}: {what}.")
        return (
            f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        )

    def xml(self) -> str:
        """The comments one after the other, nothing where there is none."""
        head = f'w:author="{attribute(self._author)}" w:date="{self._stamp}" w:initials="C"'
        return "".join(
            f'<w:comment w:id="{n}" {head}><w:p><w:r><w:annotationRef/></w:r>{run(text)}</w:p></w:comment>'
            for n, text in enumerate(self._texts)
        )


class Pen:
    """Writes texts in the styles of a template."""

    def __init__(self, template: Template, comments: Comments, labels: Mapping[str, tuple[str, str]]) -> None:
        self.template, self._comments, self._labels = template, comments, labels
        self.p, self.r, self.t = template.p, template.r, template.t
        self._asked = template.r("Isian SKPD")

    def runs(self, text: str, properties: str = "") -> str:
        """Runs of a text that may hold line breaks, placeholders, references and boxes."""
        if "\n" not in text and not _TOKEN.search(text):
            return run(text, properties)
        return BREAK.join(self._line(line, properties) for line in text.split("\n"))

    def _line(self, line: str, properties: str) -> str:
        parts = _TOKEN.split(line)
        return "".join(self._token(part) if n % 2 else run(part, properties) for n, part in enumerate(parts) if part)

    def _token(self, token: str) -> str:
        if token.startswith("["):
            return self._comments.around(token, run(token, self._asked))
        if token in (OPEN_BOX, TICKED_BOX):
            return _box(ticked=token == TICKED_BOX)
        key = token.strip(REFERENCE_MARKS)
        anchor, label = self._labels.get(key, ("", key))
        return field(rf"REF {anchor} \h", label) if anchor else run(label)


def _box(*, ticked: bool) -> str:
    """A box to click: a content control; its two signs stand in fonts every Windows has."""
    sign = TICKED_BOX if ticked else OPEN_BOX
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" '
        'w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
        f"</w:rPr><w:t>{escape(sign)}</w:t></w:r></w:sdtContent></w:sdt>"
    )
