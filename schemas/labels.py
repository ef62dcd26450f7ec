"""The labels of forms nobody issued: which cells head a table, which field a column is (`vocabulary/label.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.workbook import Cell

MONTH_WORDS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb", "peb"),
    ("maret", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agt", "agst", "agu", "ags"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des"),
)
"""The twelve months as headers write them."""

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(
    r"\b(?:triwulan|tri wulan|triw|trw|tribulan|tw)(?:[\s._:-]*(?:ke)?[\s._:-]*)\(?(iv|i{1,3}|[1-4])\)?(?![0-9a-z])"
    r"|_tw(?:_?)([1-4])\b"
)
_QUARTERS_TO = re.compile(
    r"\b(?:tw|triwulan|trw)[ .]*(?:iv|i{1,3}|[1-4]) ?(?:[-–&,+]|s\.?/?d\.?|dan|sampai) ?(?:iv|i{1,3}|[1-4])\b"
)
"""Several quarters at once: `TW I-II`."""

_LONE_QUARTER = re.compile(r"^\(?(iv|i{1,3})\)?$")
_MONTH = {word: number for number, words in enumerate(MONTH_WORDS, 1) for word in words}
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")


@dataclass(frozen=True)
class Rule:
    """One rule: the field of a column whose path matches `pola` and not `bukan`."""

    medan: str
    pola: re.Pattern[str]
    bukan: re.Pattern[str] | None = None

    def fits(self, path: str) -> bool:
        """Whether the path of labels is this field's."""
        return bool(self.pola.search(path)) and not (self.bukan and self.bukan.search(path))


@dataclass(frozen=True)
class RowWords:
    """Patterns of the rows that are no data."""

    jumlah: re.Pattern[str]
    catatan: re.Pattern[str]
    tanda_tangan: re.Pattern[str]
    spanduk: re.Pattern[str]
    pemilik: re.Pattern[str]
    nama_skpd: re.Pattern[str]
    sasaran: re.Pattern[str]
    dihapus: re.Pattern[str]
    kondisi_akhir: re.Pattern[str]


@dataclass(frozen=True)
class Labels:
    """The vocabulary, compiled."""

    anchor: re.Pattern[str]
    child: re.Pattern[str]
    rules: tuple[Rule, ...]
    rows: RowWords


@cache
def load_labels() -> Labels:
    """The vocabulary of labels as delivered."""
    raw = tomllib.loads(files("schemas").joinpath("vocabulary/label.toml").read_text("utf-8"))
    return Labels(
        anchor=_either(raw["jangkar"]),
        child=_either(raw["anak"]),
        rules=tuple(Rule(r["medan"], re.compile(r["pola"]), _maybe(r.get("bukan"))) for r in raw["kolom"]),
        rows=RowWords(**{name: re.compile(pattern) for name, pattern in raw["baris"].items()}),
    )


def _either(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


def _maybe(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def fold_text(cell: Cell) -> str:
    """A label as the vocabulary knows it: lower case, single spaces, without marks at its ends."""
    text = _SPACES.sub(" ", str(cell if cell is not None else "")).casefold().strip()
    return text.strip("*:;.,- ") if len(text) > 1 else text


@dataclass(frozen=True)
class Period:
    """The quarter or month a label names; `until` where it says "sampai dengan"."""

    unit: str
    number: int
    until: bool = False


def find_period(label: str) -> Period | None:
    """The one quarter or month a folded label names, or None (also where it names several)."""
    lone = _LONE_QUARTER.match(label)
    if _QUARTERS_TO.search(label):
        return None
    if lone:
        return Period("tw", _ROMAN[lone[1]])
    found = {_ROMAN[a or b] for a, b in _QUARTER.findall(label)}
    if len(found) == 1:
        return Period("tw", found.pop(), bool(re.search(r"\bs\.?[/.]?d\b|sampai", label)))
    word = label.removeprefix("bulan ").rstrip(".")
    return Period("bln", _MONTH[word]) if word in _MONTH else None


def without_period(label: str) -> str:
    """The label with its quarter or month as a placeholder: `realisasi tw ii` → `realisasi tw#`."""
    if _LONE_QUARTER.match(label):
        return "tw#"
    if label.removeprefix("bulan ").rstrip(".") in _MONTH:
        return "bln#"
    return _SPACES.sub(" ", _QUARTER.sub(lambda m: "_tw#" if m[2] else "tw#", label)).strip()


def is_anchor(label: str) -> bool:
    """Whether a folded cell text may head a column."""
    return 0 < len(label) <= 220 and bool(load_labels().anchor.fullmatch(without_period(label)))


def is_child(label: str) -> bool:
    """Whether a folded cell text may stand below a heading: a quarter, a month, `K`, `Rp`, `%`."""
    return find_period(label) is not None or bool(load_labels().child.fullmatch(label))


def field_of(path: str) -> str | None:
    """The field of a path of labels; an empty string where the column is known and not read, None where unknown."""
    return next((rule.medan for rule in load_labels().rules if rule.fits(path)), None)


@cache
def known_fields() -> frozenset[str]:
    """Every field a column can be."""
    return frozenset(rule.medan for rule in load_labels().rules if rule.medan) | _DERIVED


_DERIVED = frozenset(
    {"realisasi_tahunan", "realisasi_periode", "target_periode", "target_program_tw", "target_kegiatan_tw"}
)
"""Fields that come from a bare heading by what stands around it."""
