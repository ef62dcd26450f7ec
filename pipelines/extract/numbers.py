"""One cell → a figure, a grade, a range or one of the kinds of absence (measurement rules §1). Nothing is guessed."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pipelines.extract.readings import EMPTY, Reading, bounded, exact, fault, read_digits
from pipelines.numerals import format_exact
from schemas.invisible import without_invisible
from schemas.scales import fold_grade
from schemas.units import is_whole_unit, split_multiplier
from schemas.vocabulary import Keadaan
from schemas.workbook import Cell

LONGEST = 200
"""A longer text is no figure, whatever it begins with."""

_NOT_YET = {
    "n/a",
    "na",
    "n.a",
    "n.a.",
    "**)",
    "*)",
    "belum tersedia",
    "belum ada",
    "belum ada data",
    "belum rilis",
    "data belum tersedia",
    "tidak ada data",
    "data tidak tersedia",
    "tidak tersedia",
}
_DASHES = re.compile(r"^(rp\.?\s*)?[-–—−]+$|^rp\.?$", re.I)
_NOT_AIMED = {"tidak ditargetkan", "tdk ditargetkan", "tidak ada target"}
_ERROR = re.compile(r"^#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)$")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_DIGITS = r"\d[\d.,]*"
_MONEY_END = re.compile(r",\s*-+$|,=$|\.-+$")
_UNIT = r"%|[a-z/.²³]+(?: [a-z/.]+)?|(?:[a-z]+ ?){0,2}(?:per|/) ?\d[\d.]*(?: [a-z/.]+){1,3}"
_UNITS = rf"{_UNIT}|[a-z/ ]+"
_UPTO = r"-|–|—|s\.?d\.?|s/d|sampai(?: dengan)?"
_NUMBER = re.compile(
    rf"^(?P<neg>[-−–]?\()?(?P<sign>[-−–+])?(?P<rp>rp\.?\s*)?(?P<neg2>[-−–])?(?P<digits>{_DIGITS})\)?"
    rf"\s*(?P<unit>{_UNIT})?\.?$",
    re.I,
)
_SCIENTIFIC = re.compile(r"^[-+]?\d{1,15}(?:[.,]\d{1,15})?E[-+]?\d{1,2}$", re.I)
_QUOTED = re.compile(r"^['’]\s*(?=[-+(0-9])")
_RANGE = re.compile(rf"^(?P<low>{_DIGITS})\s*%?\s*(?:{_UPTO})\s*(?P<high>{_DIGITS})\s*(?P<unit>{_UNITS})?$", re.I)
_SIGNS = {
    "≥": ("≥", ">=", "minimal", "min", "min.", "paling sedikit"),
    "≤": ("≤", "<=", "maksimal", "maks", "maks.", "paling banyak", "paling lama"),
    ">": (">", "lebih dari", "di atas"),
    "<": ("<", "kurang dari", "di bawah"),
}
_SIGN_OF = {spelling: sign for sign, spellings in _SIGNS.items() for spelling in spellings}
_SPELLINGS = "|".join(re.escape(spelling) for spelling in sorted(_SIGN_OF, key=len, reverse=True))
_BOUND = re.compile(rf"^(?P<op>{_SPELLINGS})\s*(?P<digits>{_DIGITS})\s*(?P<unit>{_UNITS})?$", re.I)
_SCORED = re.compile(rf"^(?P<grade>[A-Za-z][A-Za-z0-9 +./-]*?)\s*\(\s*(?P<score>{_DIGITS})\s*\)$")


def read_figure(
    cell: Cell | Decimal, *, percent: bool = False, whole: bool = False, grades: frozenset[str] = frozenset()
) -> Reading:
    """Read a cell meant for a figure.

    `percent`: the cell is shown as a native percentage, 0,985 is 98,5. `whole`: the unit is rupiah or a count, so a
    lone group of three (`1.234`) can only be thousands. `grades`: the grades (folded) that may stand instead.
    """
    if cell is None or cell == "":
        return EMPTY
    if isinstance(cell, (bool, date, datetime, time, timedelta)):
        return fault("BCA-003", str(cell))
    if isinstance(cell, (int, float, Decimal)):
        return _from_number(cell, percent)
    # the mark before a figure by which a spreadsheet takes it for text: `'95`
    return _from_text(_QUOTED.sub("", fold_spaces(cell)), whole, grades)


def fold_spaces(text: str) -> str:
    """Text with every run of spaces, line ends and NBSP as one space, none around it, and nothing invisible."""
    return _SPACES.sub(" ", without_invisible(text)).strip()


def is_error(text: str) -> bool:
    """Whether the text is an error value of a spreadsheet: `#DIV/0!`."""
    return text[:1] == "#" and bool(_ERROR.match(text))


def _from_number(cell: float | Decimal, percent: bool) -> Reading:
    if not math.isfinite(cell):
        return fault("BCA-013", str(cell))
    figure = cell if isinstance(cell, Decimal) else exact(cell)
    return bounded(figure * 100 if percent else figure, str(cell))


def _from_text(text: str, whole: bool, grades: frozenset[str]) -> Reading:
    folded = text.casefold()
    if not text:
        return EMPTY
    if folded in _NOT_YET or _DASHES.match(text):
        return Reading(Keadaan.BELUM_TERSEDIA, teks=text)
    if folded in _NOT_AIMED:
        return Reading(Keadaan.TIDAK_DITARGETKAN, teks=text)
    if is_error(text):
        return fault("BCA-007", text)
    if len(text) > LONGEST:
        return fault("BCA-003", text)
    return (
        _scientific(text)
        or _graded(text, grades)
        or _ranged(text, whole)
        or _bounded_text(text, whole)
        or _plain(text, whole)
    )


def _scientific(text: str) -> Reading | None:
    """`1,25E+06`, as a spreadsheet shows a long figure in a narrow column and so writes it into a CSV."""
    match = _SCIENTIFIC.match(text)
    return bounded(Decimal(match[0].replace(",", ".")), text, "BCA-004") if match else None


def _graded(text: str, grades: frozenset[str]) -> Reading | None:
    """`WTP`; `BB (79,39)`, `Level 3 (3,35)` with their score."""
    match = _SCORED.match(text)
    if not text[0].isalpha() or fold_grade(match["grade"] if match else text) not in grades:
        return None
    if not match:
        return Reading(Keadaan.PREDIKAT, teks=text)
    score = read_digits(match["score"], whole=False)
    return Reading(Keadaan.PREDIKAT, score.nilai, teks=text) if score.nilai is not None else score


def _ranged(text: str, whole: bool) -> Reading | None:
    match = _RANGE.match(text)
    if not match:
        return None
    low, high = (_measured(match[name], match["unit"], whole) for name in ("low", "high"))
    for bound in (low, high):
        if bound.nilai is None:
            return bound
    return Reading(Keadaan.RENTANG, low.nilai, high.nilai, teks=text, satuan=high.satuan)


def _bounded_text(text: str, whole: bool) -> Reading | None:
    """`≥ 95`, `< 3 jam`: the bound is the figure; the text is kept beside it."""
    match = _BOUND.match(text)
    if not match:
        return None
    bound = _measured(match["digits"], match["unit"], whole)
    kode = bound.kode and _keep_fault(bound.kode)
    sign = _SIGN_OF[match["op"].casefold()]
    return replace(bound, teks=text, kode=kode, tanda=sign)


def _keep_fault(kode: str) -> str | None:
    return None if kode == "BCA-004" else kode


def _plain(text: str, whole: bool) -> Reading:
    match = _NUMBER.match(_MONEY_END.sub("", text))
    if not match or bool(match["neg"]) != text.rstrip().endswith(")"):
        return fault("BCA-003", text)
    money = match["rp"] is not None
    reading = _measured(match["digits"], match["unit"], whole or money)
    if reading.nilai is None:
        return replace(reading, teks=text)
    if money and len(reading.satuan or "") == 1:  # `Rp 2 M`: a multiplier nobody defined is not dropped
        return fault("BCA-003", text)
    negative = bool(match["neg"]) or (match["sign"] or match["neg2"] or "+") != "+"
    figure = -reading.nilai if negative else reading.nilai
    return replace(reading, nilai=figure, teks=text, words={"dibaca": format_exact(figure)})


def _measured(digits: str, unit: str | None, whole: bool) -> Reading:
    """Digits with the unit behind them: `1.204 orang` can only be whole, `1,5 juta` is one and a half million."""
    factor, satuan = split_multiplier(unit)
    if factor is None:
        return replace(read_digits(digits, whole or is_whole_unit(satuan)), satuan=satuan)
    reading = read_digits(digits, whole=False)  # nobody can tell whether 1.250 juta is meant with thousands or decimals
    if reading.nilai is None:
        return reading
    return replace(bounded(reading.nilai * factor, digits, "BCA-004"), satuan=satuan)
