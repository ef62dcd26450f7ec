"""Which period a heading speaks of: the year of the report, another one, the medium term, or none that can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pipelines.extract.forms.columns import TEXTS, Column

_REGULATION = re.compile(r"\b\d{1,3} (?:tahun|thn) 20\d\d")
"""`Perbup Nomor 12 Tahun 2023` names a regulation, no year that is reported."""
_RANGE = re.compile(r"(?<!\d)(20[1-4]\d) ?(?:[-–—/]|s\.?/?d\.?|sampai(?: dengan)?) ?(20[1-4]\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)|(?:\b(?:tahun|thn?|ta|t\.a)\.? ?|['’])['’]?([1-4]\d)\b")
_UNTIL = r"(?:s\.?/?d\.?|sampai(?: dengan)?|hingga)\W{0,3}"
_UNTIL_YEAR = re.compile(rf"\b{_UNTIL}(?:(?:tahun|thn?|ta|t\.a)\b|20[1-4]\d)")
_CURRENT = re.compile(r"\bberjalan\b|\bdievaluasi\b|\btahun (?:ini|pelaporan|laporan)\b|\btahun n\b(?! ?[-+])|\(n\)")
_OTHER = re.compile(
    r"\b(?:lalu|sebelumnya|kemarin|silam|depan|berikutnya|mendatang|akan datang|prakiraan maju|tahun dasar)\b"
    r"|\b[nt] ?[-+–−] ?[1-9]\b"
)
_MEDIUM = re.compile(
    r"\bakhir (?:periode|renstra|rpjmd|masa)|\b(?:5|lima)(?: \(lima\))? ?tahun(?:an)?\b|jangka menengah|selama renstra"
    r"|^(?:renstra|rpjmd)\b|\b(?:target|pagu|anggaran|dana|realisasi|capaian)\b.*\b(?:renstra|rpjmd)\b"
)
_ANNUAL_PLAN = re.compile(r"\b(?:renja|rkpd)\b")
_NUMBERED = re.compile(r"\btahun (?:ke ?-? ?)?(?:[1-6]|i{1,3}|iv|v)\b")
_TERM = 3
"""Years so far apart are a medium term; nearer ones a school year or a comparison."""

_IN_THE_TERM = {"target_tahunan": "target_renstra", "pagu": "target_renstra_rp"}
_OF_THE_TERM = frozenset(_IN_THE_TERM.values())


class Horizon(Enum):
    """The period a heading speaks of, beside the report's."""

    REPORT = "tahun laporan"
    OTHER = "periode lain"
    MEDIUM = "jangka menengah"
    UNCLEAR = "tidak jelas"


@dataclass(frozen=True)
class Dated:
    """The columns of the report's year and of the medium term; those of other periods; those nobody can date."""

    kept: list[Column]
    others: tuple[Column, ...] = ()
    unclear: tuple[Column, ...] = ()


def years_in(label: str) -> list[int]:
    """The single years a text names, regulations and spans of years apart."""
    text = _RANGE.sub(" ", _REGULATION.sub(" ", label))
    return [int(full or f"20{short}") for full, short in _YEAR.findall(text)]


def of_report_period(columns: Sequence[Column], year: int | None) -> Dated:
    """Columns by the period their headings speak of; what says none is of the report's.

    Where the titles name no year, the headings do, if they name one only or say which is reported on.
    """
    year = year or _year_of(columns)
    kept, others, unclear = list[Column](), list[Column](), list[Column]()
    for column in columns:
        horizon = horizon_of(column.path, year) if _is_dated(column) else Horizon.REPORT
        if horizon is Horizon.MEDIUM and column.field in _IN_THE_TERM:
            kept.append(replace(column, field=_IN_THE_TERM[column.field]))
        elif horizon in (Horizon.OTHER, Horizon.MEDIUM):
            others.append(column)
        else:
            kept.append(column)
            unclear += [column] if horizon is Horizon.UNCLEAR else []
    return Dated(kept, tuple(others), tuple(unclear))


def _is_dated(column: Column) -> bool:
    return column.field not in TEXTS and column.field not in _OF_THE_TERM


def _year_of(columns: Iterable[Column]) -> int | None:
    dated = [c for c in columns if _is_dated(c)]
    said = {y for c in dated for label in c.path if _CURRENT.search(label) for y in years_in(label)}
    named = said or {y for c in dated for label in c.path for y in years_in(label)}
    return named.pop() if len(named) == 1 else None


def horizon_of(path: Sequence[str], year: int | None) -> Horizon:
    """The period of a path of labels: the innermost that speaks of one decides."""
    found = (_of_label(label, year) for label in reversed(path))
    return next((horizon for horizon in found if horizon), Horizon.REPORT)


def _of_label(label: str, year: int | None) -> Horizon | None:
    until = bool(_UNTIL_YEAR.search(label))
    if _CURRENT.search(label):
        return Horizon.UNCLEAR if until else Horizon.REPORT
    if _OTHER.search(label):
        return Horizon.OTHER
    if _MEDIUM.search(label) and not _ANNUAL_PLAN.search(label):
        return Horizon.MEDIUM
    if span := _RANGE.search(label):
        return Horizon.MEDIUM if int(span[2]) - int(span[1]) >= _TERM else Horizon.UNCLEAR
    if years := set(years_in(label)):
        return _of_years(years, year, until)
    return Horizon.UNCLEAR if until or _NUMBERED.search(label) else None


def _of_years(years: set[int], year: int | None, until: bool) -> Horizon:
    """Years up to an earlier one are over; those up to the report's hold more than it."""
    if year is None or len(years) > 1:
        return Horizon.UNCLEAR
    if years != {year}:
        return Horizon.OTHER
    return Horizon.UNCLEAR if until else Horizon.REPORT
