"""How well a table was understood: a score, and in words what a person should confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.extract.forms.columns import DETAIL_NAMES, NAMES, TEXTS, body_sample, looks_numeric
from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.records import iter_figures
from pipelines.extract.forms.roles import Doubt, Roles
from pipelines.extract.forms.view import View
from schemas.reading import Record
from schemas.workbook import column_letter

_WORDS_ALONE = ("cara_pengukuran", "faktor_pendukung", "faktor_penghambat", "upaya")
_OF_PEOPLE = ("nama", "nama pegawai", "nama lengkap", "nama asn")
"""Headings of a column of names that may as well be people's."""
_UNREAD = frozenset({"text_unparsed", "date_serial_suspicious"})


def measures_something(roles: Roles) -> bool:
    """Whether a table has figures, or says what is measured: a staff list or a list of assets does neither."""
    figures = any(c.field not in TEXTS for c in roles.columns)
    return figures or roles.has(*_WORDS_ALONE, *DETAIL_NAMES, "indikator", "sasaran", "tujuan")


def judge(
    view: View, header: Header, roles: Roles, records: Sequence[Record], guessed: frozenset[int]
) -> tuple[float, tuple[Doubt, ...]]:
    """A score between 0 and 1, and what a person should confirm.

    Every doubt has a price: no name column 0.4, no figure column 0.3 (how indicators are measured, or what helped and
    hindered, needs none), two columns for one field 0.1 each, filled columns under a heading nobody knows, or under
    none, 0.3 by their share, cells that could not be read 0.4 by their share, levels told only by the kind of indicator
    0.3 by their share.
    """
    doubts = list(_doubts(view, header, roles, records, guessed))
    score = max(0.0, 1.0 - sum(price for price, _ in doubts))
    return round(score, 2), tuple(doubt for _, doubt in doubts if doubt.words)


def _doubts(
    view: View, header: Header, roles: Roles, records: Sequence[Record], guessed: frozenset[int]
) -> Iterator[tuple[float, Doubt]]:
    filled = tuple(column for column, _ in roles.unknown if body_sample(view, header, column))
    if not roles.has(*NAMES, *DETAIL_NAMES, "kode", "skpd"):
        yield 0.4, Doubt("tidak ada kolom nama (sasaran, indikator, program) yang dikenali", filled)
    if not any(c.field not in TEXTS for c in roles.columns) and not roles.has(*_WORDS_ALONE):
        yield 0.3, Doubt("tidak ada kolom angka yang dikenali", filled)
    if names := [c.number for c in roles.of("uraian") if c.path[-1] in _OF_PEOPLE]:
        yield 0.3, Doubt("kolom nama tidak menyebut nama apa (indikator, program, atau orang)", tuple(names))
    for doubt in roles.doubts:
        yield 0.1, doubt
    yield from _unknown_columns(view, header, roles)
    yield from _headless_columns(view, header, roles, records)
    unread = _share_unread(records)
    if unread > 0.2:
        yield 0.4 * unread, Doubt(f"{unread:.0%} sel angka tidak terbaca")
    if guessed:
        yield 0.3 * len(guessed) / max(len(records), 1), Doubt("")


def _unknown_columns(view: View, header: Header, roles: Roles) -> Iterator[tuple[float, Doubt]]:
    for column, label in roles.unknown:
        if body_sample(view, header, column):
            held = "angka" if _has_figures(view, header, column) else "data"
            words = f"kolom {column_letter(column)} (“{label[:60]}”) berisi {held} tetapi judulnya tidak dikenali"
            yield 0.3 / max(len(header.columns), 1), Doubt(words, (column,))


def _headless_columns(
    view: View, header: Header, roles: Roles, records: Sequence[Record]
) -> Iterator[tuple[float, Doubt]]:
    """Filled columns between those of the table over which nothing is written: a heading was left out or moved."""
    known = {*header.columns, *(c.number for c in roles.columns)}
    rows = {record.row for record in records}
    for column in set(range(header.columns[0], header.columns[-1])) - known:
        held = [value for row in rows if (value := view.own(row, column)) is not None]
        if any(map(looks_numeric, held)) or len(held) * 2 > len(rows):
            words = (
                f"kolom {column_letter(column)} berisi data tanpa judul; mungkin judul di kirinya menaungi kolom itu"
            )
            yield 0.3 / max(len(header.columns), 1), Doubt(words)


def _has_figures(view: View, header: Header, column: int) -> bool:
    sample = body_sample(view, header, column)
    return sum(map(looks_numeric, sample)) * 2 > len(sample)


def _share_unread(records: Sequence[Record]) -> float:
    """Of each cell once, however many rows and columns it is merged over."""
    figures = (v for r in records for v in iter_figures(r) if not v.inherited)
    kinds = [v.kind for v in figures if v.kind not in ("text", "missing")]
    return sum(k in _UNREAD for k in kinds) / len(kinds) if kinds else 0.0
