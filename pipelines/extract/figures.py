"""A text with nothing around its figure → what it says, and what a cell can say at all (measurement rules §1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.extract.numbers import read_figure
from pipelines.extract.readings import Reading
from schemas.reading import Scalar
from schemas.scales import known_grades
from schemas.units import is_grade_unit, is_other_time, is_percent_unit, is_rupiah, is_whole_unit
from schemas.vocabulary import Keadaan

FIGURES = re.compile(r"\d[\d.,]*")
"""Every figure in a text, whatever stands between them."""

NOTES = (None, "BCA-004")
"""Codes that only say a figure was typed as text: a weightier one takes their place."""

_OPERATORS = {"≥": ">=", "≤": "<="}
"""A bound as data writes it."""

_SPACED = re.compile(r"^\d+(?: \d+)+$")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a cell says: its kind, canonical value, the unit written in it, and the finding it deserves.

    A percentage is 0-100, money is in rupiah, a range is {low, high}, a bound {op, value}. `extra` holds what few
    cells have: `score` of a grade, `predikat` of a score, `pembilang` and `penyebut` of a ratio, `catatan` (a mark or
    note behind the figure), and for every absence `keadaan` (kosong, belum_tersedia, tidak_ditargetkan).
    """

    kind: str
    value: Scalar = None
    satuan: str | None = None
    extra: Mapping[str, Decimal | str] = field(default_factory=dict)
    kode: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to be read: as it stands, with its spaces folded, and what is known of its row."""

    raw: str
    text: str
    satuan: str | None
    money: bool


def absent(keadaan: Keadaan, kind: str = "missing") -> Measured:
    """Nothing was measured; which of the kinds of absence it is stays in `extra`."""
    return Measured(kind, extra={"keadaan": str(keadaan)})


def read_plain(asked: Asked) -> Measured:
    """Read a text that is one figure, grade, range, bound or absence; anything else has no value, but a finding."""
    whole = asked.money or is_whole_unit(asked.satuan)
    reading = read_figure(asked.text, whole=whole, grades=frozenset() if asked.money else known_grades())
    if is_other_time(reading.satuan, asked.satuan):
        return Measured("text_unparsed", kode="BCA-021", words={"satuan": asked.satuan or ""})
    match reading.keadaan:
        case Keadaan.ANGKA:
            return _number(asked, reading)
        case Keadaan.RENTANG:
            return _range(asked, reading)
        case Keadaan.PREDIKAT:
            return Measured("grade", reading.teks)
        case Keadaan.GALAT:
            return _unparsed(asked, reading)
        case _:
            wordy = re.search(r"[a-z]{3}", asked.text, re.I)
            return absent(reading.keadaan, "missing_text" if wordy else "missing")


def _number(asked: Asked, reading: Reading) -> Measured:
    if asked.money and (reading.tanda or (reading.satuan and not is_rupiah(reading.satuan))):
        return Measured("text_unparsed", kode="BCA-003")
    kode, words = reading.kode, dict(reading.words)
    if kode in NOTES and reading.satuan and _clashes(reading.satuan, asked.satuan):
        kode = "BCA-024"
        words |= {"satuan_sel": reading.satuan, "satuan": asked.satuan or ""}
    if reading.tanda and reading.nilai is not None:
        operator = _OPERATORS.get(reading.tanda, reading.tanda)
        bound: Mapping[str, Decimal | str] = {"op": operator, "value": reading.nilai}
        return Measured("comparison", bound, satuan=reading.satuan, kode=kode, words=words)
    return Measured(_kind(asked, reading), reading.nilai, satuan=reading.satuan, kode=kode, words=words)


def _clashes(inside: str, satuan: str | None) -> bool:
    """Whether one of the two units is a percentage and the other is not."""
    return bool((satuan or "").strip()) and is_percent_unit(inside) != is_percent_unit(satuan)


def _kind(asked: Asked, reading: Reading) -> str:
    text = asked.text.casefold()
    if text.startswith("rp") or (asked.money and ("." in text or "," in text)):
        return "currency_text"
    if reading.satuan == "%" and (asked.satuan or not text.endswith(" %")):
        return "text_percent"
    if reading.satuan:
        return "number_with_unit"
    if text.count(".") > 1:
        return "text_number_thousands"
    return "text_number_padded" if asked.raw != asked.text else "text_number"


def _range(asked: Asked, reading: Reading) -> Measured:
    low, high = reading.nilai, reading.atas
    if asked.money or low is None or high is None or low > high:
        return Measured("text_unparsed", kode="BCA-003")
    return Measured("range", {"low": low, "high": high}, satuan=reading.satuan)


def _unparsed(asked: Asked, reading: Reading) -> Measured:
    """A text that is no figure: the finding that says why, as exactly as can be told."""
    if reading.kode == "BCA-007":
        return Measured("error_text", kode="BCA-007")
    if is_grade_unit(asked.satuan) and not any(ch.isdigit() for ch in asked.text) and len(asked.text.split()) <= 5:
        return Measured("grade", asked.text, kode="BCA-023")
    if reading.kode != "BCA-003":
        return unread(reading)
    if _SPACED.match(asked.text) and "\n" not in asked.raw:
        return Measured("text_unparsed", kode="BCA-019", words={"gabung": asked.text.replace(" ", "")})
    return Measured("text_unparsed", kode="BCA-018" if len(FIGURES.findall(asked.text)) > 1 else "BCA-003")


def unread(reading: Reading) -> Measured:
    """What could not be read, with the finding that says why."""
    return Measured("text_unparsed", kode=reading.kode, words=reading.words)
