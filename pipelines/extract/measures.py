"""A cell of a form nobody issued → a figure, grade, range, bound, ratio or a kind of absence (measurement rules §1).

What a figure looks like is `numbers.read_figure`; here is what people write around it. Nothing is guessed: what can
mean two things has no value, and a finding that asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from pipelines.extract.durations import read_clock, read_span
from pipelines.extract.figures import FIGURES, NOTES, Asked, Measured, absent, read_plain, unread
from pipelines.extract.numbers import LONGEST, fold_spaces, read_figure
from pipelines.extract.parts import read_scale, split_indicators, split_quarters
from pipelines.extract.readings import either_share, round_half_up
from pipelines.numerals import format_exact
from schemas.scales import fold_grade, known_grades
from schemas.units import is_grade_unit, is_label, is_ladder, is_percent_unit, is_whole_unit, split_multiplier
from schemas.vocabulary import Keadaan
from schemas.workbook import Cell

__all__ = ["Measured", "read_measure", "read_scale", "split_indicators", "split_quarters"]

_Reader = Callable[[Asked], Measured | None]
_AWAITED = re.compile(
    r"^\(?(?:(?:data|nilai|hasil|angka|masih|dalam) )*(?:belum|menunggu|proses|dihitung)\b[^\d]{0,60}$", re.I
)
_NOT_AIMED = re.compile(r"^\(?(?:tidak|tdk|tak|belum) (?:di ?target|ada target)[^\d]{0,40}$", re.I)
_MARKED = re.compile(
    r"^(?P<head>.*[^\s*†‡])\s*(?P<mark>\*+\)?|[†‡]+\)?)$|^(?P<head2>.*[\d%])(?P<mark2>[¹²³⁴-⁹]+\)?)$", re.S
)
_LABELLED = re.compile(r"^(?P<word>[a-z]+)\.?\s*[:=]?\s*(?P<rest>.+)$", re.I)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_STEP = re.compile(r"^(?P<step>\d|i{1,3}|iv|v)\b\s*(?:\(\s*(?P<score>\d[\d.,]*)\s*\))?$", re.I)
_RATIO = re.compile(
    r"^(?P<part>\d[\d.,]*)(?: (?P<unit>[a-z ]+?))? (?:dari|of)(?: total)? "
    r"(?P<whole>\d[\d.,]*)(?: (?P<unit2>[a-z ]+))?$",
    re.I,
)
_BRACKETED = re.compile(r"^(?P<head>[^()]+?)\s*\((?P<note>[^()]+)\)\s*(?P<tail>[^()\d]*)$")
_BESIDE = re.compile(r"^(?P<grade>[a-z][a-z +-]*?)(?:\s*[/:;]\s*|\s+[-–]\s+|\s+(?=\d+,))(?P<score>\d[\d.,]*)$", re.I)
_THREE_PLACES = re.compile(r"^(?:rp\.?\s*)?-?(?P<head>[1-9]\d{0,2}),(?P<places>\d{3})(?: (?P<unit>[a-z].*))?$", re.I)


def read_measure(cell: Cell | Decimal, *, percent: bool, satuan: str | None = None, money: bool = False) -> Measured:
    """Read any cell meant for a figure.

    `percent`: the cell is shown as a native percentage. `satuan`: the unit of the row, where it has one; it decides
    what the figure alone leaves open. `money`: the column holds rupiah. A Decimal is what a formula was computed to.
    """
    if isinstance(cell, str):
        return _from_text(Asked(cell, fold_spaces(cell), satuan, money))
    if cell is None:
        return absent(Keadaan.KOSONG)
    if isinstance(cell, (time, timedelta)):
        return _timed(read_clock(cell, satuan), satuan)
    if isinstance(cell, date):
        return Measured("date_serial_suspicious", kode="BCA-016")
    return _native(cell, percent and not money, satuan)


def _native(cell: float | Decimal, percent: bool, satuan: str | None) -> Measured:
    """A native number; shown as a percentage it is one where the unit is one, or where no unit says otherwise.

    Of a unit that counts it is the number itself; of any other it may be either, a hundredfold apart.
    """
    shown = percent and (is_percent_unit(satuan) or not (satuan or "").strip())
    reading = read_figure(cell, percent=shown)
    if reading.nilai is None:
        return unread(reading)
    if percent and not shown and reading.nilai:
        asked = either_share(reading.nilai, satuan)
        if not is_whole_unit(satuan):
            return unread(asked)
        return Measured("number", reading.nilai, kode="BCA-020", words=asked.words)
    return Measured("percent_native" if shown else "number", reading.nilai)


def _from_text(asked: Asked) -> Measured:
    if len(asked.text) > LONGEST:
        return Measured("text_unparsed", kode="BCA-003")
    return _first(asked, _awaited, _marked) or _read(asked)


def _read(asked: Asked) -> Measured:
    return _first(asked, _roman, _labelled, _ratio, _span) or _core(asked)


def _core(asked: Asked) -> Measured:
    return _first(asked, _doubtful_comma, _beside, _bracketed) or read_plain(asked)


def _first(asked: Asked, *readers: _Reader) -> Measured | None:
    return next((found for reader in readers if (found := reader(asked)) is not None), None)


def _awaited(asked: Asked) -> Measured | None:
    """`belum dinilai`, `tidak ditargetkan`: an absence in words. `Belum KLA` is a grade."""
    folded = fold_grade(asked.text)
    if folded in known_grades() and folded != "belum":
        return None
    if _NOT_AIMED.match(asked.text):
        return absent(Keadaan.TIDAK_DITARGETKAN, "missing_text")
    return absent(Keadaan.BELUM_TERSEDIA, "missing_text") if _AWAITED.match(asked.text) else None


def _marked(asked: Asked) -> Measured | None:
    """`1.050*`: a figure with the mark of a footnote."""
    match = _MARKED.match(asked.text)
    head = match and (match["head"] or match["head2"])
    if not match or not head:
        return None
    inner = _read(_retext(asked, head))
    if not isinstance(inner.value, Decimal):
        return inner
    extra = {**inner.extra, "catatan": match["mark"] or match["mark2"]}
    return replace(inner, kind="text_number_with_footnote_mark", extra=extra)


def _retext(asked: Asked, text: str) -> Asked:
    return replace(asked, raw=text, text=text)


def _roman(asked: Asked) -> Measured | None:
    """`III` is a figure only where the unit is a ladder; elsewhere it may be a number of a list, or a tick."""
    if asked.text.casefold() not in _ROMAN:
        return None
    if not is_ladder(asked.satuan):
        return Measured("text_unparsed", kode="BCA-003")
    return Measured("number_with_unit", Decimal(_ROMAN[asked.text.casefold()]))


def _labelled(asked: Asked) -> Measured | None:
    """`Level 3`, `Nilai 75,5`, `Predikat BB (70,2)`: the word only says what follows it."""
    match = _LABELLED.match(asked.text)
    if not match or not is_label(match["word"]):
        return None
    step = _STEP.match(match["rest"]) if is_ladder(match["word"]) else None
    if step:
        return _on_ladder(match["word"], step)
    found = _core(_retext(asked, match["rest"]))
    if found.kind == "text_unparsed" or found.satuan not in (None, "%"):
        return None
    if found.kind.startswith("text_number"):
        return replace(found, kind="number_with_unit", satuan=match["word"])
    return found


def _on_ladder(word: str, step: re.Match[str]) -> Measured:
    place = Decimal(_ROMAN.get(step["step"].casefold(), step["step"]))
    if not step["score"]:
        return Measured("number_with_unit", place, satuan=word)
    score = read_figure(step["score"])
    if score.nilai is None:
        return unread(score)
    return Measured("grade_with_score", place, satuan=word, extra={"score": score.nilai})


def _ratio(asked: Asked) -> Measured | None:
    """`100 dari 110 Organisasi`: a percentage where the unit is one, else a question which figure is meant."""
    match = _RATIO.match(asked.text)
    if not match:
        return None
    whole = is_whole_unit(match["unit2"] or match["unit"])
    part, total = (read_figure(match[name], whole=whole) for name in ("part", "whole"))
    if part.nilai is None or total.nilai is None:
        return unread(part if part.nilai is None else total)
    extra = {"pembilang": part.nilai, "penyebut": total.nilai}
    if not is_percent_unit(asked.satuan) or not total.nilai:
        words = {name: format_exact(figure) for name, figure in extra.items()}
        return Measured("text_unparsed", extra=extra, kode="BCA-017", words=words)
    share = round_half_up(Fraction(part.nilai) * 100 / Fraction(total.nilai))
    return Measured("ratio", share, satuan=match["unit2"] or match["unit"], extra=extra)


def _span(asked: Asked) -> Measured | None:
    found, span = read_span(asked.text, asked.satuan)
    return _timed(span, asked.satuan) if found else None


def _timed(span: Decimal | None, satuan: str | None) -> Measured:
    """A length of time in the unit of its row; without one, or with several, it is a question."""
    if span is None:
        return Measured("text_unparsed", kode="BCA-021", words={"satuan": satuan or "–"})
    return Measured("number_with_unit", span, satuan=satuan)


def _doubtful_comma(asked: Asked) -> Measured | None:
    """`Rp 1,250` or `1,250 orang`: three places nobody uses for rupiah or people, so thousands may be meant."""
    match = _THREE_PLACES.match(asked.text)
    if not match or split_multiplier(match["unit"])[0] is not None:
        return None
    money = asked.money or asked.text.casefold().startswith("rp")
    if not money and not is_whole_unit(match["unit"] or asked.satuan):
        return None
    words = {"arti_ribuan": match["head"] + match["places"], "arti_desimal": f"{match['head']},{match['places']}"}
    return Measured("text_unparsed", kode="BCA-005", words=words)


def _beside(asked: Asked) -> Measured | None:
    """`BB / 73,25`, `BB 73,25`: a grade with its score, without brackets."""
    match = _BESIDE.match(asked.text)
    if not match or fold_grade(match["grade"]) not in known_grades():
        return None
    return _scored(match["grade"], match["score"])


def _scored(grade: str, score: str) -> Measured:
    reading = read_figure(score)
    if reading.nilai is None:
        return unread(reading)
    return Measured("grade_with_score", grade, extra={"score": reading.nilai})


def _bracketed(asked: Asked) -> Measured | None:
    """`BB (73,25)`, `82,75 (Baik)`, `5 (lima) dokumen`."""
    match = _BRACKETED.match(asked.text)
    if not match:
        return None
    head, note, tail = match["head"], match["note"].strip(), match["tail"].strip()
    if not tail and FIGURES.fullmatch(note) and _is_grade(head, asked):
        return _scored(head, note)
    inner = read_plain(_retext(asked, f"{head} {tail}".strip()))
    if not isinstance(inner.value, Decimal) or any(ch.isdigit() for ch in note):
        return None
    return _with_note(inner, note, asked)


def _is_grade(text: str, asked: Asked) -> bool:
    return fold_grade(text) in known_grades() or (is_grade_unit(asked.satuan) and not any(ch.isdigit() for ch in text))


def _with_note(inner: Measured, note: str, asked: Asked) -> Measured:
    """A figure with words in brackets: its grade, its unit, or a note that is kept but not read."""
    if is_percent_unit(note):
        return replace(inner, satuan=note)
    if not _is_grade(note, asked):
        kode = "BCA-022" if inner.kode in NOTES else inner.kode
        return replace(inner, extra={**inner.extra, "catatan": note}, kode=kode, words={**inner.words, "catatan": note})
    if is_grade_unit(asked.satuan) and isinstance(inner.value, Decimal):
        return Measured("grade_with_score", note, extra={"score": inner.value})
    return replace(inner, extra={**inner.extra, "predikat": note})
