"""What each column of a table is: a field, and for which quarter or month; by its labels, then by its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from pipelines.extract.forms.columns import Column, is_filled, rule_path
from pipelines.extract.forms.contents import (
    drop_covered,
    drop_unit_twins,
    measure_column,
    names_of_skpd,
    parts_of_skpd,
    quarters_of_what,
    without_bullets,
)
from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.horizons import of_report_period
from pipelines.extract.forms.neighbours import (
    by_context,
    by_neighbour,
    drop_capaian,
    drop_shares,
    in_force,
    number_identical,
    of_report_year,
    of_sheets_quarter,
    only_ones,
    rows_own_indicator,
    unit_of_target,
)
from pipelines.extract.forms.pairs import by_account, codes_by_level, name_pairs
from pipelines.extract.forms.plans import PLAN, RESULT, by_words, says_what, without_rest
from pipelines.extract.forms.titles import Titles
from pipelines.extract.forms.view import View
from pipelines.extract.forms.wholes import of_whole
from schemas.field_words import field_words
from schemas.headings import find_period, without_period
from schemas.labels import field_of
from schemas.workbook import column_letter

_STAIRS = 200
_STAIRCASE = ("indikator", "rencana_aksi", "uraian")
_BARE_PERIODS = ("tw#", "bln#")
_QUARTERED = ("_tw", "_bulan")
_EITHER = "kolom triwulan atau bulan tidak menyebut target atau realisasi; dibaca sebagai target"
_UNDATED = "tidak menyebut tahun atau periodenya dengan jelas"
_BULLETS = "berisi nomor atau tanda, bukan nama"
_UNEQUAL = "tidak sama dengan jumlah kolom-kolom bagiannya"
_UNSAID = "tidak menyebut dengan jelas rencana atau realisasi"
_LEFT = "bernama anggaran, padahal judul tabel atau lembarnya menyebut sisa anggaran"
_BARE_FIELDS = ("nilai_tw", "nilai_bulan")
_MAY_REPEAT = ("kode", "kode_rekening", "rekening", "kode_skpd", "nomor_dokumen", "keterangan", "bukti_dukung", "no")


@dataclass(frozen=True)
class Doubt:
    """What a person should confirm, in words, and the columns of which it leaves the meaning open."""

    words: str
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Roles:
    """The columns of a table that were understood, and what a person should confirm."""

    columns: tuple[Column, ...]
    unknown: tuple[tuple[int, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    others: tuple[Column, ...] = ()
    """Filled columns that speak of another period than the report's."""

    def of(self, field: str) -> list[Column]:
        """The columns of one field, from left to right."""
        return self._by_field.get(field, [])

    def has(self, *fields: str) -> bool:
        """Whether any of the fields has a column."""
        return any(field in self._by_field for field in fields)

    @cached_property
    def _by_field(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            found.setdefault(column.field, []).append(column)
        return found


def assign_roles(view: View, header: Header, titles: Titles, known: Sequence[str] | None = None) -> Roles:
    """The role of every column; `known` holds the fields of a confirmed layout, column by column."""
    paths = name_pairs(header, without_banner(header.labels))
    fields: Sequence[str | None] = known or [field_of(rule_path(path)) for path in paths]
    columns = [_column(n, path, field) for n, path, field in zip(header.columns, paths, fields, strict=True)]
    unknown = tuple((c.number, " > ".join(c.path)) for c in columns if c.field == "?")
    kept, bullets = without_bullets(view, header, [c for c in columns if c.field not in ("", "?")])
    if known:
        return _confirmed(kept, unknown, titles.quarter)
    dated = of_report_period(by_account(codes_by_level(kept)), titles.year)
    kept = drop_capaian(drop_shares(drop_covered(view, header, dated.kept)))
    kept, unequal = of_whole(view, header, of_report_year(in_force(kept), titles.year))
    kept, unsaid = by_words(kept, titles.said)
    kept, left = without_rest(kept) if titles.rest else (kept, [])
    kept = parts_of_skpd(view, header, number_identical(drop_unit_twins(view, header, kept)))
    kept = measure_column(view, header, names_of_skpd(view, header, kept))
    kept = only_ones(by_neighbour(view, header, rows_own_indicator(kept)))
    of_what, bare = _of_what(view, header, kept, titles.said), tuple(c.number for c in kept if c.field in _BARE_FIELDS)
    kept = by_context(kept, titles.quarter, quarters_measured=of_what == RESULT)
    kept, doubtful = _one_each(view, header, unit_of_target(kept))
    filled = partial(is_filled, view, header)
    doubtful += [*_asked(filter(filled, dated.unclear), _UNDATED), *_asked(bullets, _BULLETS)]
    doubtful += [*_asked(unequal, _UNEQUAL), *_asked(filter(filled, unsaid), _UNSAID)]
    doubtful += _asked(filter(filled, left), _LEFT)
    others = tuple(filter(filled, dated.others))
    return Roles(tuple(kept), unknown, (*doubtful, *([] if of_what else [Doubt(_EITHER, bare)])), others)


def _confirmed(columns: list[Column], undecided: Sequence[tuple[int, str]], quarter: int | None) -> Roles:
    """The columns of a confirmed layout; whose quarter no label names holds that of the titles.

    What a layout leaves open, and a quarter nobody names, is not read.
    """
    kept = [of_sheets_quarter(column, quarter) for column in number_identical(columns)]
    dated = [c for c in kept if c.period or not c.field.endswith(_QUARTERED)]
    undated = [c for c in kept if c not in dated]
    doubts = [
        *(_doubt(n, label, "belum diputuskan pada tata letaknya") for n, label in undecided),
        *_asked(undated, "tidak menyebut triwulannya"),
    ]
    return Roles(tuple(dated), (), tuple(doubts))


def _asked(columns: Iterable[Column], told: str) -> Iterator[Doubt]:
    return (_doubt(c.number, " > ".join(c.path), told) for c in columns)


def _doubt(column: int, label: str, told: str) -> Doubt:
    return Doubt(f"kolom {column_letter(column)} (“{label[:60]}”) {told}", (column,))


def _of_what(view: View, header: Header, columns: list[Column], said: str | None) -> str | None:
    """What columns headed by a quarter or month alone hold; None where neither figures nor titles tell."""
    fields = {c.field for c in columns}
    if _may_be_either(columns):
        return quarters_of_what(view, header, columns)
    if not fields & {*_BARE_FIELDS} or "realisasi" in fields:
        return PLAN
    if said in (PLAN, RESULT):
        return said
    return PLAN if "nilai_tw" in fields and "target_tahunan" in fields else None


def _may_be_either(columns: Sequence[Column]) -> bool:
    """Quarters with no word beside them, between an annual target and a realisasi: of either."""
    return {"nilai_tw", "target_tahunan", "realisasi"} <= {c.field for c in columns}


def without_banner(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The paths without a heading that stands over all grouped columns alike and says nothing the rest does not say."""
    grouped = [path for path in paths if len(path) > 1]
    says_all = all(
        without_period(p[1]) not in _BARE_PERIODS and field_of(rule_path(p[1:])) is not None for p in grouped
    )
    if len({p[0] for p in grouped}) != 1 or max(map(len, grouped)) < 3 or not says_all or says_what(grouped[0][0]):
        return list(paths)
    return without_banner([path[1:] if len(path) > 1 else path for path in paths])


def _column(number: int, path: tuple[str, ...], field: str | None) -> Column:
    periods = [p for label in path if (p := find_period(label))]
    return Column(number, "?" if field is None else field, periods[-1] if periods else None, path)


def _one_each(view: View, header: Header, columns: list[Column]) -> tuple[list[Column], list[Doubt]]:
    """Each field and period once (code columns and remarks apart); the first stands, the others are told.

    Names in a staircase, of which a row fills one, all stay.
    """
    repeated = {f for f in _STAIRCASE if _is_staircase(view, [c.number for c in columns if c.field == f], header)}
    kept: dict[tuple[str, int | None], Column] = {}
    result, doubtful = list[Column](), list[Doubt]()
    for column in columns:
        if column.field in _MAY_REPEAT or column.field in repeated:
            result.append(column)
        elif column.key not in kept:
            kept[column.key] = column
            result.append(column)
        elif not column.shows_percent():
            first = kept[column.key].letter
            both, name = f"kolom {first} dan {column.letter}", field_words(column.field)
            words = f"{both} sama-sama terbaca sebagai {name}; dipakai kolom {first}"
            doubtful.append(Doubt(words, (column.number,)))
    return result, doubtful


def _is_staircase(view: View, numbers: Sequence[int], header: Header) -> bool:
    """Several columns of one kind, of which hardly any row fills more than one."""
    rows = range(header.bottom + 1, min(header.bottom + _STAIRS, view.height) + 1)
    filled = [sum(view.own(row, n) is not None for n in numbers) for row in rows]
    return len(numbers) > 1 and any(filled) and max(filled) <= 1
