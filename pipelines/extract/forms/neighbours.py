"""What a heading means by what stands around it: its neighbours, the years beside it, the quarter of its sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.extract.forms.columns import MONEY, TEXTS, Column, holds_money
from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.view import View
from schemas.headings import Period

_YEAR = re.compile(r"\b(20[1-4]\d)\b")
_CHANGED = re.compile(r"perubahan|setelah|sesudah|pergeseran|menjadi")
_UNCHANGED = re.compile(r"murni|sebelum|induk|awal|semula")
_OF_A_YEAR = frozenset({"target_tahunan", "realisasi", "realisasi_tahunan", "pagu", "realisasi_anggaran"})

_AGREED = ("pagu", "target_tahunan")
_RESULTS = ("realisasi", "realisasi_tw", "realisasi_tahunan", "realisasi_periode")

_SCOPES: Mapping[str, Mapping[str, str]] = {
    "program": {"target_tw": "target_program_tw", "indikator": "indikator_program", "sasaran": "sasaran_program"},
    "kegiatan": {"target_tw": "target_kegiatan_tw", "indikator": "indikator_kegiatan", "sasaran": "sasaran_kegiatan"},
}
_SCOPE_OF = {
    "sasaran_program": "program",
    "indikator_program": "program",
    "program": "program",
    "sasaran_kegiatan": "kegiatan",
    "indikator_kegiatan": "kegiatan",
    "kegiatan": "kegiatan",
    "pagu": "uang",
    "anggaran_tw": "uang",
    "realisasi_anggaran_tw": "uang",
    "indikator": "kinerja",
    "target_tahunan": "kinerja",
}
_OF_MONEY = {
    "realisasi_tw": "realisasi_anggaran_tw",
    "realisasi_bulan": "realisasi_anggaran_bulan",
    "target_tw": "anggaran_tw",
    "target_bulan": "anggaran_bulan",
}
_OF_YEAR = {"realisasi_tw": "realisasi_tahunan", "realisasi_anggaran_tw": "realisasi_anggaran"}
_LONE_NAMES = {
    "sasaran_program": "sasaran",
    "sasaran_kegiatan": "sasaran",
    "indikator_program": "indikator",
    "indikator_kegiatan": "indikator",
    "formulasi": "cara_pengukuran",
    "definisi_operasional": "cara_pengukuran",
    "sumber_data": "cara_pengukuran",
    "sub_skpd": "skpd",
}


def of_report_year(columns: list[Column], year: int | None) -> list[Column]:
    """Columns that differ by nothing but a year: those of the reported one stay, else those of the latest."""
    years = {c.number: int(m[1]) for c in columns if c.field not in TEXTS and (m := _YEAR.search(" ".join(c.path)))}
    several: dict[tuple[str, int | None], set[int]] = {}
    for column in columns:
        if column.number in years and column.field in _OF_A_YEAR:
            several.setdefault(column.key, set()).add(years[column.number])
    kept_year = {key: year if year in found else max(found) for key, found in several.items() if len(found) > 1}
    return [c for c in columns if c.key not in kept_year or years.get(c.number, kept_year[c.key]) == kept_year[c.key]]


def in_force(columns: list[Column]) -> list[Column]:
    """Of a pagu or target before and after a change (murni and perubahan, semula and menjadi) the later is in force."""
    changed = {c.field for c in columns if c.field in _AGREED and _CHANGED.search(" ".join(c.path))}
    return [c for c in columns if c.field not in changed or not _UNCHANGED.search(" ".join(c.path))]


def drop_shares(columns: list[Column]) -> list[Column]:
    """`Realisasi (%)` beside another column of its group is a share of that one, no figure of its own."""
    siblings = Counter(column.path[:-1] for column in columns if len(column.path) > 1 and column.field not in TEXTS)
    return [
        c
        for c in columns
        if c.field in ("persen_kumulatif_tw", *TEXTS)
        or not (c.shows_percent() and siblings[c.path[:-1]] > 1 and len(c.path) > 1)
    ]


def drop_capaian(columns: list[Column]) -> list[Column]:
    """`Capaian` beside a `Realisasi` of the same group is what share of the target that one is."""
    results = {c.path[:-1] for c in columns if c.path[-1].startswith("real") and c.field in _RESULTS}
    return [
        c for c in columns if not (c.path[-1].startswith("capaian") and c.field in _RESULTS and c.path[:-1] in results)
    ]


def number_identical(columns: list[Column]) -> list[Column]:
    """Four columns with one and the same heading that speaks of triwulan without a number are TW I to IV."""
    groups: dict[tuple[str, ...], list[Column]] = {}
    for column in columns:
        if column.period is None and column.field not in TEXTS and _says_quarter(column):
            groups.setdefault(column.path, []).append(column)
    four = {path: group for path, group in groups.items() if len(group) == 4}
    numbered = {c.number: Period("tw", n) for group in four.values() for n, c in enumerate(group, 1)}
    return [
        replace(c, period=numbered[c.number], field=_quartered(c.field)) if c.number in numbered else c for c in columns
    ]


def _quartered(field: str) -> str:
    bare = {"realisasi": "realisasi_tw", "target_tahunan": "target_tw", "realisasi_anggaran": "realisasi_anggaran_tw"}
    return bare.get(field, field)


def by_neighbour(view: View, header: Header, columns: list[Column]) -> list[Column]:
    """A heading that comes a second time belongs to what stands at its left: the programme, the kegiatan, the money."""
    result: list[Column] = []
    seen: set[tuple[str, int | None]] = set()
    scope = "kinerja"
    for column in columns:
        if column.key in seen or column.field in _OF_MONEY:
            column = _scoped(view, header, column, scope, column.key in seen)
        seen.add(column.key)
        scope = _SCOPE_OF.get(column.field, scope)
        result.append(column)
    return result


def rows_own_indicator(columns: list[Column]) -> list[Column]:
    """With a mixed column between two indicators the row's own is at its right; the other is the sasaran's."""
    mixed = next((c.number for c in columns if c.field == "campuran"), None)
    right = mixed is not None and any(c.field == "indikator" and c.number > mixed for c in columns)
    return [
        replace(c, field="indikator_sasaran") if right and c.field == "indikator" and c.number < (mixed or 0) else c
        for c in columns
    ]


def unit_of_target(columns: list[Column]) -> list[Column]:
    """Of several satuan the one beside the annual target is the row's."""
    targets = [c.number for c in columns if c.field == "target_tahunan"]
    beside = [c for c in columns if c.field == "satuan" and targets and c.number - 1 == targets[0]]
    return [c for c in columns if c.field != "satuan" or not beside or c is beside[0]]


def only_ones(columns: list[Column]) -> list[Column]:
    """`Sasaran Program` is the programme's beside another sasaran; where it is the only one, it is the table's.

    So with what says how an indicator is measured: the formula, else its definition, else its source.
    """
    fields = Counter(c.field for c in columns)
    lone: dict[str, str] = {}
    for name, plain in _LONE_NAMES.items():
        if name in fields and plain not in fields and plain not in lone.values():
            lone[name] = plain
    return [replace(c, field=lone.get(c.field, c.field)) for c in columns]


def _scoped(view: View, header: Header, column: Column, scope: str, again: bool) -> Column:
    if again and column.period and column.period.until and column.field in _OF_YEAR:
        return replace(column, field=_OF_YEAR[column.field], period=None)
    repeated = again and column.field == "realisasi_tw"
    if column.field in _OF_MONEY and scope == "uang" and (repeated or holds_money(view, header, column.number)):
        return replace(column, field=_OF_MONEY[column.field])
    return replace(column, field=_SCOPES.get(scope, {}).get(column.field, column.field)) if again else column


@dataclass(frozen=True)
class _Context:
    """What a bare heading is read by."""

    columns: Sequence[Column]
    quarter: int | None
    quarters_measured: bool

    @property
    def by_rows(self) -> bool:
        return any(c.field == "periode" for c in self.columns)

    @property
    def performs(self) -> bool:
        """Whether the table is about performance rather than money alone."""
        return any(c.field in ("indikator", "satuan", "target_tahunan") for c in self.columns)

    @property
    def has_pagu(self) -> bool:
        return any(c.field == "pagu" for c in self.columns)


def by_context(columns: Sequence[Column], quarter: int | None, *, quarters_measured: bool = False) -> list[Column]:
    """Bare headings mean what the table is about: performance or money, the year or the quarter of the sheet.

    `quarters_measured`: columns headed by a quarter or month alone hold what was measured in it.
    """
    context = _Context(columns, quarter, quarters_measured)
    return [_bare(column, context) for column in columns]


def _bare(column: Column, context: _Context) -> Column:
    if column.field == "realisasi":
        return _bare_realisasi(column, context)
    if column.field == "target_tahunan" and context.by_rows and _is_second(column, context.columns):
        return replace(column, field="target_periode")
    if column.field == "target_periode" and not context.by_rows and context.quarter is not None:
        return replace(column, field="target_tw", period=Period("tw", context.quarter))
    if column.field in ("nilai_tw", "nilai_bulan"):
        return replace(column, field=_unnamed_values(column, context))
    return column


def _unnamed_values(column: Column, context: _Context) -> str:
    """Columns headed by nothing but a quarter or month: what the table is about decides."""
    unit = "tw" if column.field == "nilai_tw" else "bulan"
    if context.quarters_measured:
        return f"realisasi_{unit}" if context.performs else f"realisasi_anggaran_{unit}"
    return f"target_{unit}" if context.performs else f"anggaran_{unit}"


def _is_second(column: Column, columns: Sequence[Column]) -> bool:
    return next(c for c in columns if c.field == column.field).number != column.number


def _bare_realisasi(column: Column, context: _Context) -> Column:
    left = [c.field for c in context.columns if c.number < column.number and c.field not in TEXTS]
    after_money = bool(left) and left[-1] in MONEY
    if after_money or (not context.performs and context.has_pagu):
        return replace(column, field="realisasi_anggaran")
    if context.by_rows:
        return replace(column, field="realisasi_periode")
    if (
        not context.quarters_measured
        and column.period is None
        and (context.quarter is not None or _says_quarter(column))
    ):
        return _of_quarter(column, context.quarter)
    return replace(column, field="realisasi_tahunan")


def of_sheets_quarter(column: Column, quarter: int | None) -> Column:
    """A column of quarters whose labels name none: it holds the one its sheet speaks of, or that of the submission."""
    if column.period is not None or not column.field.endswith("_tw"):
        return column
    if column.field == "realisasi_tw":
        return _of_quarter(column, quarter)
    return column if quarter is None else replace(column, period=Period("tw", quarter))


def _says_quarter(column: Column) -> bool:
    return any("triwulan" in label or label.split()[-1] == "tw" for label in column.path)


def _of_quarter(column: Column, quarter: int | None) -> Column:
    if quarter is None:
        return replace(column, field="realisasi_periode")
    return replace(column, field="realisasi_tw", period=Period("tw", quarter))
