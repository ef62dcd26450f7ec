"""The digits of the numbers of an issued form whose format fixes how many are seen, looked for when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from pipelines.stores.workbooks.number_formats import Format
from pipelines.stores.workbooks.plain import FORMULA

_NUMBER = rb'"(?: t="n")?>(?:' + FORMULA + rb")?<v>([-\d.Ee+]+)<"


class SeenDigits(Mapping[str, str]):
    """By address. Only a code that is a number is read so, which the forms as they were issued have none of."""

    def __init__(self, xml: bytes, formats: Mapping[bytes, Format], but: frozenset[str] = frozenset()) -> None:
        self._xml, self._formats, self._but = xml, formats, but

    def without(self, cells: frozenset[str]) -> SeenDigits:
        """The same but for cells that hold no number after all."""
        return SeenDigits(self._xml, self._formats, cells)

    @cached_property
    def _found(self) -> Mapping[str, str]:
        if not self._formats:
            return {}
        cells = re.findall(rb'<c r="([A-Z]+\d+)" s="(' + b"|".join(self._formats) + rb")" + _NUMBER, self._xml)
        seen = ((cell.decode(), self._formats[style].of(float(number)).text) for cell, style, number in cells)
        return {cell: text for cell, text in seen if text is not None and cell not in self._but}

    def __getitem__(self, cell: str) -> str:
        return self._found[cell]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
