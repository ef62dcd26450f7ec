"""The rows below a header: which hold data, and why the others do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipelines.extract.forms.columns import DETAIL_NAMES, NAMES, TEXTS, looks_numeric
from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.totals import Totals
from pipelines.extract.forms.view import View, is_numbering
from schemas.headings import fold_heading, fold_text
from schemas.labels import RowWords, is_child, load_labels
from schemas.workbook import Cell, show_cell

_COUNTERS = ("no", "nomor", "no urut")
_SHARED = re.compile(r"tujuan|sasaran|kegiatan|program")
"""What an indicator column may hold besides: there a text without figures is none."""

MAX_GAP = 6
"""Data do not go on after more blank rows than this."""


class RowKind(StrEnum):
    """What a row below a header is; the values are what people read."""

    DATA = "data"
    BLANK = "baris kosong"
    NUMBERING = "baris nomor kolom"
    UNITS = "baris satuan kolom"
    TOTAL = "baris jumlah"
    BARE_TOTAL = "baris angka tanpa nama (jumlah tanpa label)"
    BANNER = "baris judul kelompok"
    NOTE = "catatan"
    SIGNATURE = "tanda tangan"
    PREFILLED = "nomor urut tanpa isi"
    REMOVED = "baris tersembunyi yang ditandai dihapus"
    OUTSIDE = "di luar tabel"
    UNMEASURED = "baris tabel tanpa target, realisasi, anggaran, atau indikator"


@dataclass(frozen=True)
class Row:
    """One row below the header; `text` is what it begins with."""

    number: int
    kind: RowKind
    text: str = ""


def read_body(view: View, header: Header, roles: Roles, last: int) -> Iterator[Row]:
    """Classify every filled row from the header to `last`, the row above the next table or the end of the sheet."""
    return _Body(view, header, roles).read(last)


class _Body:
    def __init__(self, view: View, header: Header, roles: Roles) -> None:
        self.view, self.header, self.words = view, header, load_labels().rows
        self.span = range(header.columns[0], header.columns[-1] + 1)
        self.names = [c.number for c in roles.columns if c.field in (*NAMES, *DETAIL_NAMES)]
        self.keys = [c.number for c in roles.columns if c.field in ("kode", "skpd")] if not self.names else []
        self.numbers = [c.number for c in roles.columns if c.field not in TEXTS]
        self.shared = [c.number for c in roles.of("indikator") if "/" in c.path[-1] and _SHARED.search(c.path[-1])]
        self.targets = [c.number for c in roles.columns if c.field.startswith("target")]
        self.counters = [c.number for c in roles.columns if c.field == "no"]
        self.codes = [c.number for c in roles.columns if c.field == "kode"]
        self.units = [c.number for c in roles.columns if c.field == "satuan"]
        self.periods = [c.number for c in roles.columns if c.field == "periode"]
        self.totals = Totals(view, roles, header.bottom + 1)

    def read(self, last: int) -> Iterator[Row]:
        ended, gap, closed = False, 0, False
        for number in range(self.header.bottom + 1, last + 1):
            kind, text = self._classify(number)
            closed = closed or self._heads_another(number)
            if closed:
                if kind is not RowKind.BLANK:
                    yield Row(number, RowKind.OUTSIDE, text)
                continue
            gap = gap + 1 if kind is RowKind.BLANK else 0
            ended = ended or kind in (RowKind.NOTE, RowKind.SIGNATURE) or gap > MAX_GAP
            if kind is RowKind.BLANK:
                continue
            if ended and kind in (RowKind.DATA, RowKind.BANNER, RowKind.BARE_TOTAL, RowKind.PREFILLED):
                kind = RowKind.OUTSIDE if not self._goes_on(number, kind) else kind
                ended = kind is RowKind.OUTSIDE
            if kind is RowKind.DATA:
                self.totals.add(number)
            yield Row(number, kind, text)

    def _heads_another(self, number: int) -> bool:
        """The heading `No` again, in a row of texts: a table of something else begins here."""
        if not any(fold_heading(self.view.own(number, c)) in _COUNTERS for c in self.counters[:1]):
            return False
        texts = [v for _, v in self.view.filled(number)]
        return len(texts) > 2 and all(isinstance(v, str) for v in texts)

    def _goes_on(self, number: int, kind: RowKind) -> bool:
        """After a note or signature only an unmistakable row is data again."""
        if kind is not RowKind.DATA:
            return False
        counted = any(self.view.own(number, c) is not None for c in (*self.counters, *self.codes))
        figures = sum(looks_numeric(self.view.own(number, c)) for c in self.numbers)
        return counted and figures >= 2 and any(self._names_something(number, c) for c in self.names)

    def _classify(self, number: int) -> tuple[RowKind, str]:
        filled = [(c, v) for c, v in self.view.filled(number) if c in self.span]
        if not filled:
            return RowKind.BLANK, ""
        lead = next((v for _, v in filled if isinstance(v, str) and any(ch.isalpha() for ch in v)), None)
        text = fold_text(lead)
        values = [v for _, v in filled]
        if is_numbering(values):
            return RowKind.NUMBERING, _shown(values)
        if self._heads_units(number, values):
            return RowKind.UNITS, _shown(values)
        return self._by_words(number, filled, text), _shown(values)

    def _heads_units(self, number: int, values: list[Cell]) -> bool:
        near = number <= self.header.bottom + 2
        return (
            near and all(isinstance(v, str) and is_child(fold_heading(v)) for v in values) and not self._named(number)
        )

    def _by_words(self, number: int, filled: list[tuple[int, Cell]], text: str) -> RowKind:
        words = self.words
        if self._is_total(number, filled, text):
            return RowKind.TOTAL
        figures = [c for c in self.numbers if looks_numeric(self.view.own(number, c))]
        if not figures and words.catatan.search(text) and not self._own_name(number, text):
            return RowKind.NOTE
        if not figures and self._is_signature(number, [fold_text(v) for _, v in filled if isinstance(v, str)]):
            return RowKind.SIGNATURE
        if len(filled) == 1 and not figures and text:
            return self._lone(number, filled[0], words)
        if not figures and self._numbered_heading(filled):
            return RowKind.BANNER
        return self._by_filling(number, filled, figures)

    def _numbered_heading(self, filled: list[tuple[int, Cell]]) -> bool:
        """`A | Sasaran: …`: a heading of the rows below it with its own counter before it."""
        texts = [v for c, v in filled if c not in self.counters]
        return len(texts) == 1 and bool(self.words.spanduk.search(fold_text(texts[0])))

    def _own_name(self, number: int, text: str) -> bool:
        """Whether a row that begins like a note is data all the same: it has two names, or a name and a unit."""
        return bool(text) and sum(self.view.own(number, c) is not None for c in (*self.names, *self.units)) >= 2

    def _is_total(self, number: int, filled: list[tuple[int, Cell]], text: str) -> bool:
        if not self.words.jumlah.search(text):
            return False
        if any(self.view.own(number, c) is not None for c in self.units):
            return bool(self.words.jumlah_saja.fullmatch(text)) and not self.totals.is_coded(number)
        if any(self.view.own(number, c) is not None and c != filled[0][0] for c in self.codes):
            return False
        named = [c for c in self.names if self.view.own(number, c) is not None]
        if len(named) > 1:
            return False
        return not self._reads_as_name(filled, text)

    def _reads_as_name(self, filled: list[tuple[int, Cell]], text: str) -> bool:
        """`Jumlah dokumen yang disusun` is an indicator; `JUMLAH BELANJA`, `Total:`, `Rata-rata capaian` are not."""
        column, raw = next((c, v) for c, v in filled if isinstance(v, str) and any(ch.isalpha() for ch in v))
        if column not in self.names or len(text.split()) <= 3:
            return False
        if any(c in self.counters for c, _ in filled) or len(filled) == 1:
            return True
        aimed = any(c in self.targets and v is not None for c, v in filled)
        return aimed and not str(raw).isupper()

    def _is_signature(self, number: int, texts: list[str]) -> bool:
        signs = sum(bool(self.words.tanda_tangan.search(t)) for t in texts)
        return signs > 0 and signs * 2 >= len(texts) and not self._own_name(number, texts[0])

    def _lone(self, number: int, cell: tuple[int, Cell], words: RowWords) -> RowKind:
        """A single text in a row: a heading of the rows below it, or the name of something without figures."""
        column, value = cell
        text = fold_text(value)
        _, left, _, right = self.view.merge(number, column)
        wide = right - left >= 2
        is_name = column in self.names
        if words.spanduk.search(text) or words.pemilik.search(str(value).casefold().strip()):
            return RowKind.BANNER
        if words.nama_skpd.search(text) and not is_name:
            return RowKind.BANNER
        if is_name and not wide:
            return self._in_shared(number) if column in self.shared else RowKind.DATA
        return RowKind.BANNER if column <= max([*self.names[:1], *self.keys[:1], self.span[0] + 1]) else RowKind.OUTSIDE

    def _in_shared(self, number: int) -> RowKind:
        """Where names of several levels share a column: a heading where a heading follows, else a detail."""
        below = [v for _, v in self.view.filled(number + 1)]
        heads = len(below) == 1 and bool(self.words.spanduk.search(fold_text(below[0])))
        return RowKind.BANNER if heads else RowKind.OUTSIDE

    def _by_filling(self, number: int, filled: list[tuple[int, Cell]], figures: list[int]) -> RowKind:
        if self._named(number):
            if self.totals.repeats(number):
                return RowKind.TOTAL
            removed = number in self.view.grid.hidden_rows and self._marked_removed(number)
            return RowKind.REMOVED if removed else RowKind.DATA
        if all(c in self.counters for c, _ in filled):
            return RowKind.PREFILLED
        if any(self.view.own(number, c) is not None for c in self.periods):
            return RowKind.DATA
        if figures or any(c in self.numbers for c, _ in filled):
            return RowKind.BARE_TOTAL if not self._covered(number) else RowKind.DATA
        return RowKind.OUTSIDE

    def _marked_removed(self, number: int) -> bool:
        return any(self.words.dihapus.search(fold_text(self.view.own(number, c))) for c in self.names)

    def _named(self, number: int) -> bool:
        """Whether the row has a name of its own (or a code, where the table has no names)."""
        return any(self._names_something(number, c) for c in (self.names or self.keys))

    def _names_something(self, number: int, column: int) -> bool:
        value = self.view.own(number, column)
        return value is not None and (not isinstance(value, str) or any(ch.isalnum() for ch in value))

    def _covered(self, number: int) -> bool:
        """Whether a merged name from above covers the row."""
        return any(self.view.merge(number, c)[0] < number and self.view.seen(number, c) is not None for c in self.names)


def _shown(values: list[Cell]) -> str:
    return " · ".join(" ".join(show_cell(v).split()) for v in values[:4])[:120]
